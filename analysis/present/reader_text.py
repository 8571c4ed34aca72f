"""The reader of one text: what a link points at, clause tree, marked text, its head and its editions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date as Date

from markupsafe import Markup

from analysis.chinese_words import STATUSES
from analysis.citation import How, Located, cite, surest
from analysis.model import Card, Citation, Clause, Reading
from analysis.present.checking import Note, Removed, notes
from analysis.present.highlight import Mark, MarkKind, inline, paragraphs, pieces
from analysis.present.links import citation_of, span_of, words_link
from analysis.present.markup import render
from analysis.present.names import clause_name, known_kind
from analysis.present.numbers import THIN_SPACE, date, figure, with_unit
from analysis.segment import Gap
from analysis.similar import Difference, EditionComparison

_TAGS = {1: "h2", 2: "h3", 3: "h3", 4: "h4"}
WORDS_ID = "words"


@dataclass(frozen=True, slots=True)
class Focus:
    """What a link points at: a clause, and within it a span of words unless ``start == end``.

    ``notice``: a sentence where the words are not as they were when the link was made, else "".
    """

    clause: Clause
    start: int
    end: int
    notice: str = ""


def focus(every: Sequence[Reading], asked: int, query: Callable[[str], str]) -> tuple[int, Focus | None, str]:
    """The edition that an address opens, what it points at, and a Chinese sentence where it points at nothing.

    ``query`` gives what the address says, of any values: a citation (docs/decisions/citation.md), or as the first links
    did ``at=<start>-<end>`` or ``clause=<index>`` in the cleaned text. Without a citation it is the edition ``asked``.
    """
    citation = citation_of(query)
    if citation is None:
        return asked, *_first_form(every[asked], query("at"), query("clause"))
    order = sorted(range(len(every)), key=lambda place: place != asked)
    found, located = surest(citation, [every[place].document for place in order])
    reading = every[order[found]]
    notice = _found(located, citation, reading.document.id)
    point = _focus(reading, located.span, notice)
    return order[found], point, "" if point else notice


def _focus(reading: Reading, span: tuple[int, int] | None, notice: str) -> Focus | None:
    if span is None:
        return None
    start, end = span
    clause = reading.clause_at(start)
    whole = start <= clause.start and end >= clause.start + len(clause.text.rstrip())
    return Focus(clause, start, start if whole else end, notice)


def _found(located: Located, citation: Citation, document: str) -> str:
    """The sentence about words that were searched for."""
    if located.how is How.SAME:
        return ""
    words = citation.exact
    if document != citation.document:
        lead = f"链接所指的文件“{citation.document[:60]}”已经不在，按原话找到了这一份"
    else:
        lead = "程序读取这份文件的办法在链接发出后变了" if located.same_file else "文件在链接发出后改过"
    if not words:
        return f"{lead}，链接又没有带上原话，找不到它指的地方；下面从头显示全文。"
    among = f"这段话在文中有{THIN_SPACE}{figure(located.among)}{THIN_SPACE}处"
    match located.how:
        case How.ONLY:
            return f"{lead}，这段话一字未改，已在下面标出。"
        case How.NEIGHBOURS:
            return f"{lead}，{among}，标出的一处前后文与原来相同。"
        case How.NEAREST:
            return f"{lead}，{among}，前后文认不出是哪一处，标出的一处离原来的位置最近，请核对。"
        case How.ALIKE:
            return f"{lead}，“{words}”已经改写，标出的是最相近的字句，请核对。"
    where = "下面打开它原来所在的条目" if located.span else "下面从头显示全文"
    return f"{lead}，“{words}”已经找不到；{where}。"


def _first_form(reading: Reading, at: str, clause: str) -> tuple[Focus | None, str]:
    length = len(reading.document.text)
    if at:
        span = span_of(at)
        if span is None:
            return None, f"网址里的位置“{at[:40]}”读不懂，应写成 at=起-止；下面从头显示全文。"
        if not span[0] < span[1] <= length:
            return None, f"网址里的位置 {span[0]}-{span[1]} 不在本文内（全文 {length} 个字符）；下面从头显示全文。"
        return Focus(reading.clause_at(span[0]), *span), ""
    if clause:
        number = int(clause) if clause.isdecimal() and len(clause) < 9 else -1
        found = next((each for each in reading.clauses if each.index == number), None)
        if found is None:
            last = len(reading.clauses) - 1
            return None, f"网址里的条目“{clause[:40]}”不存在，应为 0 到 {last} 的整数；下面从头显示全文。"
        return Focus(found, found.start, found.start), ""
    return None, ""


def cited(point: Focus | None) -> tuple[Mark, ...]:
    """The mark of the words a link points at."""
    if point is None or point.start == point.end:
        return ()
    return (Mark(point.start, point.end, MarkKind.CITED, "链接所指的原文", WORDS_ID),)


def clause_title(clause: Clause) -> str:
    """How a clause is named in a sentence: 四（九）加大资金支持力度; the front of a text is 文首."""
    if clause.level == 0:
        return "文首"
    name = clause_name(clause.path)
    return f"{name}{'' if name.endswith('）') else THIN_SPACE}{clause.heading}".rstrip(THIN_SPACE)


def tree(reading: Reading, missing: Sequence[Gap], point: Focus | None) -> Markup:
    """The numbered headings as a list of links, with counts, and in red the numbers that are skipped."""
    targets = Counter(target.clause for target in reading.targets)
    incentives = Counter(incentive.clause for incentive in reading.incentives)
    after = {gap.after.index: "".join(gap.missing) for gap in missing}
    here = point.clause.path if point else None
    items = [
        {
            "depth": min(clause.level, 3),
            "missing": after.get(clause.index, ""),
            "index": clause.index,
            "here": clause.path == here,
            "label": _label(clause),
            "counts": [
                f"{with_unit(table[clause.path], '项')}{name}"
                for table, name in ((targets, "目标"), (incentives, "激励"))
                if table[clause.path]
            ],
        }
        for clause in reading.clauses
        if clause.number is not None
    ]
    return render("reader.tree", items=items)


def _label(clause: Clause) -> str:
    """Number and heading as they are written: 第一章 总则, 一、目标, （二）任务, 3. 保障."""
    number = clause.number or ""
    if number.endswith("）") or not clause.heading:
        stop = ""
    elif number.startswith("第"):
        stop = THIN_SPACE
    else:
        stop = f".{THIN_SPACE}" if number.isdecimal() and number.isascii() else "、"
    return f"{number}{stop}{clause.heading}"


def text_html(reading: Reading, marks: Sequence[Mark], point: Focus | None, removed: Sequence[Removed] = ()) -> Markup:
    """The whole text, clause by clause, with what was understood beside each; taken without tags, the text itself."""
    return Markup().join(sections(reading, reading.clauses, marks, point, removed))


def sections(
    reading: Reading,
    clauses: Sequence[Clause],
    marks: Sequence[Mark],
    point: Focus | None,
    removed: Sequence[Removed] = (),
) -> tuple[Markup, ...]:
    """Each of these clauses with what was understood beside it."""
    laid = (
        _clause(reading, clause, marks, point)
        | {
            "notes": (*notes(reading, [clause], removed), *_bodies(reading, clause)),
            "lines": raw_lines(reading, clause.start, clause.end),
            "address": _address(reading, clause),
        }
        for clause in clauses
    )
    return tuple(render("reader.section", clause=clause, bare=False) for clause in laid)


def touched(reading: Reading, point: Focus | None) -> list[Clause]:
    """The clauses that look different because a link points at them."""
    if point is None:
        return []
    whole = point.clause.index
    return [one for one in reading.clauses if one.index == whole or (one.start < point.end and one.end > point.start)]


def bare_html(reading: Reading, marks: Sequence[Mark]) -> Markup:
    """The whole text, clause by clause, with nothing beside it: that place is taken by what is being checked."""
    laid = (_clause(reading, clause, marks, None) for clause in reading.clauses)
    return Markup().join(render("reader.section", clause=clause, bare=True) for clause in laid)


def _clause(reading: Reading, clause: Clause, marks: Sequence[Mark], point: Focus | None) -> dict[str, object]:
    here = point if point and point.clause.index == clause.index else None
    return {
        "level": min(clause.level, 4),
        "index": clause.index,
        "text": clause_text(reading.document.text, clause, marks),
        "chosen": here is not None,
        "notice": here.notice if here else "",
    }


def clause_text(text: str, clause: Clause, marks: Sequence[Mark]) -> Markup:
    """A clause as markup, its heading set off even where it runs into the text; no character is added or lost."""
    head_end = _heading_end(text, clause)
    nearby = [mark for mark in marks if mark.start < clause.end and mark.end > clause.start]
    if head_end == clause.start:
        return paragraphs(text, nearby, clause.start, clause.end)
    # An anchor that began in the heading must not be set again in the body.
    rest = [mark if mark.start >= head_end else Mark(mark.start, mark.end, mark.kind, mark.title) for mark in nearby]
    return render(
        "reader.clause",
        tag=_TAGS[min(max(clause.level, 1), 4)],
        head=pieces(text, nearby, clause.start, head_end),
        body=paragraphs(text, rest, head_end, clause.end),
    )


def _heading_end(text: str, clause: Clause) -> int:
    """Where the heading of a numbered or run-in clause ends, its full stop included; ``clause.start`` without one."""
    if clause.level == 0 or not clause.heading:
        return clause.start
    newline = text.find("\n", clause.start, clause.end)
    line_end = clause.end if newline < 0 else newline
    found = text.find(clause.heading, clause.start, line_end)
    if found < 0:
        return clause.start
    end = found + len(clause.heading)
    return end + 1 if text[end : end + 1] in ("。", "：", "；") and end < line_end else end


def _bodies(reading: Reading, clause: Clause) -> tuple[Note, ...]:
    """Responsible bodies; said to be missing once for an article, at its last clause, where bodies would stand."""
    if clause.bodies:
        return (Note("bodies", "责任单位", (("", "；".join(clause.bodies)),)),)
    article = [each for each in reading.clauses if each.path == clause.path]
    below = any(each.path.startswith(f"{clause.path}/") for each in reading.clauses)
    if clause.level == 0 or below or article[-1] is not clause or any(each.bodies for each in article):
        return ()
    return (Note("silent", "责任单位", (("", "本条未写"),)),)


def _address(reading: Reading, clause: Clause) -> str:
    """The address of a clause; "" for a mere heading."""
    if _heading_end(reading.document.text, clause) >= clause.start + len(clause.text.rstrip("\n 。")):
        return ""
    end = clause.start + len(clause.text.rstrip())
    return words_link(cite(reading.document, clause.start, end, clause.path))


def raw_lines(reading: Reading, start: int, end: int) -> str:
    """Lines of the raw file that hold a clean span: 原文件第 12–15 行."""
    stripped = start + len(reading.document.text[start:end].rstrip())
    raw_start, raw_end = reading.document.raw_span(start, max(stripped, start + 1))
    first = reading.document.raw.count("\n", 0, raw_start) + 1
    last = reading.document.raw.count("\n", 0, raw_end) + 1
    span = figure(first) if first == last else f"{figure(first)}–{figure(last)}"
    return f"原文件第{THIN_SPACE}{span}{THIN_SPACE}行"


_AROUND = 18
_SHOWN = 400


def meta(card: Card) -> str:
    """One line about a document, plain text: kind, issuers, number, date, status, comment period."""
    parts = [known_kind(card)] if known_kind(card) else []
    parts.append("；".join(card.issuers) or "发布机关不详")
    if card.doc_number:
        parts.append(card.doc_number)
    parts.append(f"{date(card.issued)} 发布" if card.issued else "发布时间不详")
    parts.append(STATUSES[card.status])
    if card.comment_from and card.comment_to:
        parts.append(f"征求意见 {date(card.comment_from)}至 {date(card.comment_to)}{_days(card)}")
    return "\u3000".join(parts)


def _days(card: Card) -> str:
    """Length of the comment period, both days counted, where both dates are known to the day."""
    if not (card.comment_from and card.comment_to and len(card.comment_from) == len(card.comment_to) == 10):
        return ""
    days = (Date.fromisoformat(card.comment_to) - Date.fromisoformat(card.comment_from)).days + 1
    return f"（{days}{THIN_SPACE}日）"


def summary(reading: Reading, chapters: int, articles: int, missing: Sequence[Gap]) -> Markup:
    """What the text holds, in one sentence."""
    return render(
        "reader.summary",
        reading=reading,
        chapters=chapters,
        articles=articles,
        missing="".join("".join(gap.missing) for gap in missing),
        named=len({clause.path for clause in reading.clauses if clause.bodies}),
    )


def comparison_html(comparison: EditionComparison, first: Reading, second: Reading) -> Markup:
    """Whether two editions say the same, and every place where they do not."""
    names = [reading.document.edition.label or reading.document.edition.file for reading in (first, second)]
    body, front = (
        [_sides(difference, first, second) for difference in found] for found in (comparison.body, comparison.front)
    )
    return render("reader.comparison", names=names, comparison=comparison, body=body, front=front)


def _sides(difference: Difference, first: Reading, second: Reading) -> list[dict[str, object]]:
    """The words of a difference in both editions; ``characters``: how many there are where only the first are shown."""
    sides: list[dict[str, object]] = []
    for reading, start, end in (
        (first, difference.first_start, difference.first_end),
        (second, difference.second_start, difference.second_end),
    ):
        text = reading.document.text
        stop = min(end, start + _SHOWN)
        mark = [Mark(start, stop, MarkKind.CHANGED)]
        words = inline(text, mark, max(0, start - _AROUND), min(len(text), stop + (_AROUND if stop == end else 0)))
        sides.append({"words": words if end > start else "", "characters": end - start if stop < end else 0})
    return sides


def removals_html(reading: Reading) -> Markup:
    """What cleaning took out, by kind: how often, and the words themselves where they are more than white space."""
    removed = reading.document.removed
    raw = reading.document.raw
    rows = []
    for kind, count in Counter(cut.reason for cut in removed).most_common():
        worded = [cut for cut in removed if cut.reason == kind and cut.words.strip()]
        shown = "；".join(
            f"第{THIN_SPACE}{raw.count(chr(10), 0, cut.start) + 1}{THIN_SPACE}行“{' '.join(cut.words.split())[:40]}”"
            for cut in worded[:6]
        )
        more = f"；另 {len(worded) - 6}{THIN_SPACE}处" if len(worded) > 6 else ""
        rows.append((kind, count, shown + more))
    return render("reader.removals", rows=rows)
