"""核对 in words and markup: the row in question, what the machine read and a person wrote, the list, how far one is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from analysis.checked.checks import Check, Item
from analysis.chinese_words import (
    CHECK_SIGNS,
    CHECKS,
    COMPARATORS,
    PARTS,
    TARGET_KINDS,
    field_with_unit,
    instrument_name,
)
from analysis.model import Comparator, Incentive, Instrument, Reading, Target, TargetKind
from analysis.present.highlight import TIMES, Mark, MarkKind, inline
from analysis.present.incentive_text import incentive_figure
from analysis.present.markup import render
from analysis.present.names import check_text, clause_name
from analysis.present.numbers import THIN_SPACE
from analysis.present.tables_targets import target_figure
from analysis.present.understood import basis_html, columns, grounds

_WRONG = {
    "needed": "没有填写，请填上再保存。",
    "number": "要填数字，如 6000 或 0.3；单位写在单位一栏。",
    "year": "要填四位年份，如 2027；原文没有写就留空。",
    "choice": "不在可选的范围内，请重新选择。",
    "order": "比下限小，请对调或改正。",
}
Entry = tuple[str, str, Item]  # document, its short name where it is to be shown, row
_STOPS = "，。；、："
_AROUND = 60  # characters shown before and behind the words of a row


def choice_word(field: str, value: str) -> str:
    """A value that is chosen and not typed, in Chinese: ``ge`` -> 不低于, empty -> 不写."""
    if not value:
        return "不写"
    if field in ("comparator", "rate_comparator"):
        return COMPARATORS[Comparator(value)]
    if field == "kind":
        return TARGET_KINDS[TargetKind(value)]
    if field == "instrument":
        return instrument_name(Instrument(value))
    return "每年"


def wrong_sentence(field: str, what: str) -> str:
    """What is wrong with a field, in one sentence."""
    return f"“{field_with_unit(field)}”{_WRONG[what]}"


def progress(items: Sequence[Item]) -> Markup:
    """``已核对 3 / 17`` with what became of them, and a thin line."""
    done = sum(item.check is not None for item in items)
    differing = Counter(CHECKS[item.check.verdict] for item in items if item.check and item.differs)
    share = f"{100 * done / len(items) if items else 0:.1f}"
    return render("checking.progress", done=done, total=len(items), differing=list(differing.items()), share=share)


def short(item: Item) -> str:
    """A row in a few words, plain text."""
    row = item.shown
    if isinstance(row, Target):
        year = f" {row.target_year}{THIN_SPACE}年" if row.target_year else ""
        return f"{row.indicator} {target_figure(row)}{year}"
    if isinstance(row, Incentive):
        return f"{row.beneficiary} {incentive_figure(row)}"
    return item.check.quote[:24] if item.check else ""


def sentence_html(reading: Reading, start: int, end: int) -> Markup:
    """The words of a row inside what stands around them, in the type of the text."""
    text = reading.document.text
    first = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    newline = text.find("\n", end)
    last = min(len(text) if newline < 0 else newline, end + _AROUND)
    # Cut at a stop where there is one: a number cut in two would be read as another.
    if first and text[first - 1] != "\n":
        first = next((at + 1 for at in range(first, start) if text[at] in _STOPS), first)
    if last < len(text) and text[last] != "\n":
        last = next((at + 1 for at in range(last - 1, end, -1) if text[at] in _STOPS), last)
    numbers = [
        Mark(q.start, q.end, MarkKind.NUMBER)
        for q in reading.quantities
        if start <= q.start and q.end <= end and q.dimension not in TIMES
    ]
    marks = [Mark(start, end, MarkKind.CITED), *numbers]
    before = "…" if first and text[first - 1] != "\n" else ""
    behind = "…" if last < len(text) and text[last] != "\n" else ""
    return render("checking.sentence", before=before, words=inline(text, marks, first, last), behind=behind)


def head(item: Item, reading: Reading, place: int, total: int) -> Markup:
    """What kind of row this is, where it stands, and how sure the machine is of it."""
    thin = THIN_SPACE
    clause = reading.clause_at(item.start)
    parts = [clause_name(clause.path) if clause.level else "文首", f"第 {place}{thin}/{thin}{total} 条"]
    if item.probability is not None:
        parts.append(f"把握 {item.probability:.0%}")
    return render("checking.head", part=item.part, name=PARTS[item.part], said=parts)


def addition_head() -> Markup:
    """What stands above the form for a row that the machine did not read."""
    return render("checking.addition")


def fields_html(item: Item) -> Markup:
    """What was understood of a row: as it holds, and in grey as the machine read it where the two differ."""
    machine = columns(item.machine) if item.machine else {}
    holds = columns(item.row) if item.row else machine
    lines = []
    for label in {**holds, **machine}:
        now, was = holds.get(label, ""), machine.get(label, "")
        lines.append((label, now, was if machine and now != was else None))
    return render("checking.fields", lines=lines, gone=item.check is not None and item.row is None)


def said_html(check: Check | None) -> Markup:
    """Who said what of the row, and when."""
    return render("checking.said", check=check, added=not check.machine) if check else Markup()


def why_html(item: Item, reading: Reading) -> Markup:
    """Why the machine took the row, folded; nothing once a person stands for it."""
    if item.machine is None or item.check is not None:
        return Markup()
    return basis_html(grounds(item.machine, reading))


def list_html(entries: Sequence[Entry], here: tuple[str, str], link: Callable[[str, str], str]) -> Markup:
    """The rows as links, each with its state; ``here`` (document and row) is set off."""
    lines = [
        {
            "address": link(document, item.key),
            "hint": check_text(item.check.mark) if item.check else "未核对",
            "here": (document, item.key) == here,
            "sign": CHECK_SIGNS[item.check.verdict] if item.check else "○",
            "state": CHECKS[item.check.verdict] if item.check else "未核对",
            "part": item.part,
            "words": short(item),
            "document": name,
            "sure": f"{item.probability:.0%}" if item.probability is not None else "",
        }
        for document, name, item in entries
    ]
    return render("checking.list", lines=lines)


def finished(items: Sequence[Item], pages: Mapping[str, str]) -> Markup:
    """What is said when nothing is left to check, with the ways on: name and address of each."""
    left = sum(item.check is None for item in items)
    differing = sum(item.differs for item in items)
    return render("checking.finished", total=len(items), left=left, differing=differing, pages=pages)
