"""Which documents of many: the words that stand for filters, on a page and in its address, and what a choice left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.chinese_words import STATUSES, TEXT_KINDS
from analysis.model import SeriesCard, Status, TextKind
from analysis.present import numbers
from analysis.present.names import NEWS_TOGGLE
from analysis.store import Choice, Chosen, Facets

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
_THIN = numbers.THIN_SPACE


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
    said: dict[str, str | list[str]] = {
        "province": [name for name, code in provinces.items() if code in choice.provinces],
        "place": list(choice.places),
        "issued": [word for word, year in years.items() if year in choice.years],
        "nature": [word for word, status in states.items() if status in choice.statuses],
        "news": "true" if reports(facets) and not choice.kinds else "",
        "search": choice.words,
    }
    return {name: value for name, value in said.items() if value}


def beside(chosen: Chosen, own: int = 0) -> str:
    """Which documents stand side by side, in words; ``own``: files of the visitor's after them."""
    shown = len(chosen.documents)
    yours = f"，自己放入的{_THIN}{own}{_THIN}份排在最后" if own else ""
    if chosen.pages == 1:
        return f"下面并排的是全部{_THIN}{shown}{_THIN}份，由新到旧{yours}。"
    if chosen.page == 1:
        return f"下面并排的是其中最新的{_THIN}{shown}{_THIN}份{yours}。"
    last = numbers.figure(chosen.first + shown - 1)
    return f"下面并排的是由新到旧的第{_THIN}{numbers.figure(chosen.first)}—{last}{_THIN}份{yours}。"


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
    told = "，".join(f"去掉“{name}”有{_THIN}{numbers.figure(left)}{_THIN}份" for name, left in helpful)
    return f"{what}同时满足所选的{names}：{told}。"


def source(documents: int, series: SeriesCard | None) -> str:
    """The source line of a page over many documents, plain text."""
    data = f"；{series.title}（各年来源见“语料与来源”）" if series else ""
    return f"所选{_THIN}{numbers.figure(documents)}{_THIN}份文件的原文{data}"
