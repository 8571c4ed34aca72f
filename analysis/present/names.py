"""What documents, clauses, filters over documents and people's checks are called, as plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from analysis.chinese_words import CHECKS, SHORT_KINDS, STATUSES, TEXT_KINDS
from analysis.model import OWN_MARK, Card, Checked, CheckVerdict, SeriesCard, Status, TextKind
from analysis.present.label_placement import text_width
from analysis.present.numbers import THIN_SPACE, figure, with_unit
from analysis.store import Choice, Chosen, Facets

_SHORT = 14  # characters of a title that stand in a column head or on a button
_CHINA = timezone(timedelta(hours=8))
NEWS_TOGGLE = "计入新闻与总结"

#: What a comparison can be narrowed to, by who stands for its rows.
CHECK_STATES: Mapping[str, Callable[[Checked | None], bool]] = {
    "已核对": lambda mark: mark is not None,
    "有出入": lambda mark: mark is not None and mark.verdict is not CheckVerdict.CONFIRMED,
    "未核对": lambda mark: mark is None,
}


def place(card: Card) -> str:
    """The region of a document, or its title where the region is not known; a user's own file is marked as such."""
    if not card.own:
        return card.region or card.title
    title = card.title if len(card.title) <= _SHORT else f"{card.title[: _SHORT - 1]}…"
    return f"{card.region or title}{OWN_MARK}"


def document_name(card: Card) -> str:
    """Short name for sentences: 四川 2024 (thin space), 四川（年份不详）, 湖南 2021（本次会话）, 四川 2024（新闻）."""
    short = SHORT_KINDS.get(card.kind, "")
    report = f"（{short}）" if short else ""
    if card.own:
        year = f"{THIN_SPACE}{card.counted_year}" if card.counted_year else ""
        return f"{place(card).removesuffix(OWN_MARK)}{year}{report}{OWN_MARK}"
    if card.counted_year:
        return f"{place(card)}{THIN_SPACE}{card.counted_year}{report}"
    return f"{place(card)}（年份不详{'，' if report else ''}{short}）"


def short_names(cards: Sequence[Card]) -> dict[str, str]:
    """Slug -> name in a row of choices: 四川 2024, 四川 年份不详; the slug is added where two would be the same."""
    names = {card.slug: document_name(card) if card.own else _choice_name(card) for card in cards}
    seen = Counter(names.values())
    return {slug: name if seen[name] == 1 else f"{name} {slug}" for slug, name in names.items()}


def _choice_name(card: Card) -> str:
    short = SHORT_KINDS.get(card.kind, "")
    return f"{place(card)} {card.counted_year or '年份不详'}{f'（{short}）' if short else ''}"


def names_before_words(cards: Sequence[Card]) -> str:
    """Names of documents to be followed by Han characters: a thin space stands after a closing figure."""
    text = "、".join(document_name(card) for card in cards)
    return f"{text}{THIN_SPACE}" if text[-1:].isdigit() else text


def document_line(card: Card) -> str:
    """The second line of a column head: number of the document, else year and legal state, as far as known."""
    if card.doc_number:
        return card.doc_number
    year = f"{card.counted_year}" if card.counted_year else "年份不详"
    guessed = "" if card.issued_year or not card.counted_year else "（年份推定）"
    state = STATUSES[card.status] if card.status in (Status.DRAFT, Status.EXPIRED) else ""
    return f"{year} {state}{guessed}".strip()


def known_kind(card: Card) -> str:
    """The kind of a document in Chinese; "" where it is not known."""
    return "" if card.kind is TextKind.UNKNOWN else TEXT_KINDS[card.kind]


def report_kind(card: Card) -> str:
    """The kind of a report, which is marked in lists; "" for policies."""
    return "" if card.kind.is_policy else TEXT_KINDS[card.kind]


def left_out(number: int) -> str:
    """How many reports are not counted, in one line; "" where there are none."""
    return f"另有 {with_unit(number, '份')}新闻与总结未计入" if number else ""


def clause_name(path: str) -> str:
    """How a clause is cited: ``四/（九）`` -> 四（九）, ``三/3`` -> 三 3; text before the first heading is 正文."""
    parts = [part for part in path.split("/") if part]
    text = parts[0] if parts else "正文"
    for part in parts[1:]:
        text += part if part.startswith("（") else f"{THIN_SPACE}{part}"
    return text


def source(cards: Sequence[Card]) -> str:
    """The source line of a comparison: the texts themselves."""
    return "；".join(f"{card.title}（{card.doc_number}）" if card.doc_number else card.title for card in cards)


def needs_two_lines(label: str) -> bool:
    """Whether a label is wider than its 76 pixels on a card, so that a short cell must leave room for it."""
    return text_width(label, 12) > 76


def picked_spans(selection: Any) -> tuple[tuple[str, int, int], ...]:
    """(document, start, end) of each clicked point, from a chart's selection state (a mapping, or None)."""
    points = selection["selection"]["points"] if selection else ()
    found = [point.get("customdata") for point in points]
    return tuple(dict.fromkeys((str(data[0]), int(data[1]), int(data[2])) for data in found if data and len(data) > 2))


def moment(when: str) -> str:
    """``2026-11-28T05:00:00+00:00`` -> ``2026-11-28 13:00``: as clocks in China show it."""
    try:
        return datetime.fromisoformat(when).astimezone(_CHINA).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return when  # a person wrote it into the file otherwise


def check_text(mark: Checked | None) -> str:
    """``已更正（张三，2026-11-28）`` for files; "" for a row of the machine alone."""
    return f"{CHECKS[mark.verdict]}（{mark.who}，{moment(mark.when)[:10]}）" if mark else ""


UNDATED = "年份不详"
#: The filters over documents: field of a choice, its name in addresses, what the page calls it.
FILTERS = (
    ("provinces", "province", "地区"),
    ("places", "place", "市县"),
    ("years", "issued", "年份"),
    ("statuses", "nature", "性质"),
    ("kinds", "news", f"不{NEWS_TOGGLE}"),
    ("words", "search", "查找的字词"),
)


def province_codes(facets: Facets) -> dict[str, str]:
    """Short name of each provincial unit that has documents -> its code, in the order of the standard."""
    return {name: code for code, name, _ in facets.provinces}


def place_names(facets: Facets, provinces: Sequence[str]) -> tuple[str, ...]:
    """The names of places in these provinces (codes), or of all cities, districts and counties, each once.

    Within provinces, the name of the province itself stands for what it issued without its cities.
    """
    of_provinces = set() if provinces else {name for _, name, _ in facets.provinces}
    names = (name for name, code, _, _ in facets.places if not provinces or code in provinces)
    return tuple(dict.fromkeys(name for name in names if name not in of_provinces))


def year_words(facets: Facets) -> dict[str, int | None]:
    """Years that name documents as words, newest first, 年份不详 last."""
    return {UNDATED if year is None else str(year): year for year, _ in facets.years}


def natures(facets: Facets) -> dict[str, Status]:
    """The legal states that documents have, in words."""
    return {STATUSES[status]: status for status, _ in facets.statuses}


def kinds_offered(facets: Facets) -> dict[str, TextKind]:
    """The kinds of text that documents have, in words."""
    return {TEXT_KINDS[kind]: kind for kind, _ in facets.kinds}


def reports(facets: Facets) -> bool:
    """Whether there are reports of news or of work done among the documents."""
    return not all(kind.is_policy for kind, _ in facets.kinds)


def address(choice: Choice, facets: Facets) -> dict[str, str | list[str]]:
    """The filters over documents as the addresses of pages carry them."""
    provinces, years, states = province_codes(facets), year_words(facets), natures(facets)
    filters: dict[str, str | list[str]] = {
        "province": [name for name, code in provinces.items() if code in choice.provinces],
        "place": list(choice.places),
        "issued": [word for word, year in years.items() if year in choice.years],
        "nature": [word for word, status in states.items() if status in choice.statuses],
        "news": "true" if reports(facets) and not choice.kinds else "",
        "search": choice.words,
    }
    return {name: value for name, value in filters.items() if value}


def beside(chosen: Chosen, own: int = 0) -> str:
    """Which documents stand side by side, in words; ``own``: files of the visitor's after them."""
    shown = len(chosen.documents)
    yours = f"，自己放入的{THIN_SPACE}{own}{THIN_SPACE}份排在最后" if own else ""
    if chosen.pages == 1:
        return f"下面并排的是全部{THIN_SPACE}{shown}{THIN_SPACE}份，由新到旧{yours}。"
    if chosen.page == 1:
        return f"下面并排的是其中最新的{THIN_SPACE}{shown}{THIN_SPACE}份{yours}。"
    last = figure(chosen.first + shown - 1)
    return f"下面并排的是由新到旧的第{THIN_SPACE}{figure(chosen.first)}—{last}{THIN_SPACE}份{yours}。"


def empty(active: Mapping[str, int], what: str = "没有文件") -> str:
    """Nothing meets all filters: which one to loosen. ``active``: each filter in use -> documents without it."""
    if not active:
        return f"{what}。"
    names = "、".join(active)
    helpful = [(name, left) for name, left in active.items() if left]
    if len(active) == 1:
        return f"{what}符合所选的{names}，请换一个。"
    if not helpful:
        return f"{what}同时满足所选的{names}，请去掉其中两项以上。"
    ways = "，".join(f"去掉“{name}”有{THIN_SPACE}{figure(left)}{THIN_SPACE}份" for name, left in helpful)
    return f"{what}同时满足所选的{names}：{ways}。"


def source_of_many(documents: int, series: SeriesCard | None) -> str:
    """The source line of a page over many documents, plain text."""
    data = f"；{series.title}（各年来源见“语料与来源”）" if series else ""
    return f"所选{THIN_SPACE}{figure(documents)}{THIN_SPACE}份文件的原文{data}"
