"""What was understood of a row beside its words, and 核对: what a person says of it, the list, how far one is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

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
from analysis.model import Checked, Clause, Comparator, Incentive, Instrument, Reading, Target, TargetKind, Unparsed
from analysis.present.highlight import TIMES, Mark, MarkKind, anchor, inline
from analysis.present.incentive_text import incentive_figure
from analysis.present.markup import render
from analysis.present.names import check_text, clause_name
from analysis.present.numbers import THIN_SPACE, bound_sign, period, span, with_unit, year
from analysis.present.reasons import ShownSign, rule_title, rule_why, shown_signs, sureness
from analysis.present.tables_targets import target_figure

_JOIN = "；"
Removed = tuple[Target | Incentive, Checked]
HEAVIEST = 3  # signs that a note names


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a decision rests on: how sure, the rule with its reason, the heaviest signs."""

    sure: str
    rule: str
    title: str
    why: str
    signs: tuple[ShownSign, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """One thing understood. ``kind`` is a CSS word (target, incentive, bodies, unparsed); ``anchor`` an id or ""."""

    kind: str
    title: str
    lines: tuple[tuple[str, str], ...]
    anchor: str = ""
    aside: str = ""  # small beside the title
    mark: Checked | None = None  # who stands for it
    grounds: Grounds | None = None
    left: tuple[tuple[str, Grounds], ...] = ()  # numbers that became nothing, with what that rests on


def notes(reading: Reading, clauses: Sequence[Clause], removed: Sequence[Removed] = ()) -> tuple[Note, ...]:
    """Targets, incentives, and numbers that were seen and not classed, of the given clauses, in text order.

    ``removed``: rows of the machine that a person took out; they stay to be seen, and count nowhere.
    """
    indexes = {clause.index for clause in clauses}
    rows: list[Target | Incentive] = [*reading.targets, *reading.incentives]
    found = [
        (row.start, replace(note_of(row), grounds=_machines(row, reading)))
        for row in rows
        if row.clause_index in indexes
    ]
    found += [
        (row.start, replace(note_of(row), kind="removed", anchor="", mark=mark))
        for row, mark in removed
        if row.clause_index in indexes
    ]
    found.sort(key=lambda pair: pair[0])
    every = [note for _, note in found]
    left = tuple((seen.quote, grounds(seen, reading)) for seen in reading.unparsed if seen.clause_index in indexes)
    if left:
        every.append(Note("unparsed", f"另有 {len(left)} 个数字未归为目标或激励", (), left=left))
    return tuple(every)


def _machines(row: Target | Incentive, reading: Reading) -> Grounds | None:
    """What the machine's decision rests on; None for a row that a person added."""
    return None if row.checked is not None and row.checked.machine is None else grounds(row, reading)


def grounds(row: Target | Incentive | Unparsed, reading: Reading) -> Grounds:
    """What the decision on a row rests on."""
    title = row.reason if isinstance(row, Unparsed) else rule_title(row.rule)
    signs = shown_signs(row.evidence[:HEAVIEST], reading)
    return Grounds(sureness(row.probability), row.rule, title, rule_why(row.rule), signs)


def target_note(target: Target) -> Note:
    """A target: 目标值, 时间, 类型, 范围."""
    value = f"{bound_sign(target.comparator)}{span(target.value, target.value_high, target.unit)}"
    lines = [("目标值", value), ("时间", period(target.target_year, target.recurring))]
    if target.baseline_year is not None:
        lines.append(("基年", year(target.baseline_year)))
    lines.append(("类型", TARGET_KINDS[target.kind]))
    if target.scope:
        lines.append(("范围", target.scope))
    lines += read_otherwise(target)
    return Note("target", target.indicator, tuple(lines), anchor("t", target.start, target.end), mark=target.checked)


def note_of(row: Target | Incentive) -> Note:
    """The note of a row of either kind."""
    return target_note(row) if isinstance(row, Target) else incentive_note(row)


def columns(row: Target | Incentive) -> dict[str, str]:
    """What was understood of a row, by label, its name first."""
    note = note_of(replace(row, checked=None))
    if isinstance(row, Target):
        return {"指标": note.title, **dict(note.lines)}
    return {"对象": note.title, "方式": note.aside, **dict(note.lines)}


def read_otherwise(row: Target | Incentive) -> list[tuple[str, str]]:
    """What the machine had read where a person says otherwise, as a line of a note; none where they agree."""
    if row.checked is None or row.checked.machine is None:
        return []
    now, was = columns(row), columns(row.checked.machine)
    words = [f"{label} {was.get(label, '未读出')}" for label in {**was, **now} if now.get(label) != was.get(label)]
    return [("机器读", _JOIN.join(words))] if words else []


def incentive_note(incentive: Incentive) -> Note:
    """An incentive: 起点, 条件, 比例, 金额, 上限 and what else the text says."""
    lines: list[tuple[str, str]] = []
    if incentive.threshold_wan is not None:
        lines.append(("起点", f"{with_unit(incentive.threshold_wan, '万元')}起"))
    if incentive.trigger:
        lines.append(("条件", incentive.trigger))
    rate = _rate(incentive)
    if rate:
        lines.append(("比例", rate))
    if incentive.amount_low_wan is not None or incentive.amount_high_wan is not None:
        lines.append(("金额", span(incentive.amount_low_wan, incentive.amount_high_wan, "万元")))
    caps_by = (("项", incentive.cap_item_wan), ("年", incentive.cap_year_wan))
    caps = [with_unit(cap, f"万元/{per}") for per, cap in caps_by if cap]
    if caps:
        lines.append(("上限", _JOIN.join(caps)))
    if incentive.one_off:
        lines.append(("次数", "一次性"))
    if incentive.funder:
        lines.append(("出资", incentive.funder))
    if not incentive.quantified and not incentive.rate_open:
        lines.append(("数额", "条文未写"))
    lines += [("另注", note) for note in incentive.notes if note not in incentive.trigger]
    lines += read_otherwise(incentive)
    return Note(
        "incentive",
        incentive.beneficiary or "受益人未写明",
        tuple(lines),
        anchor("i", incentive.start, incentive.end),
        instrument_name(incentive.instrument),
        incentive.checked,
    )


def _rate(incentive: Incentive) -> str:
    base = f"（{incentive.rate_base}）" if incentive.rate_base else ""
    if incentive.rate_percent is None:
        return f"条文未定{base}" if incentive.rate_open else ""
    return f"{bound_sign(incentive.rate_comparator)}{with_unit(incentive.rate_percent, '%')}{base}"


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
        when = f" {year(row.target_year)}" if row.target_year else ""
        return f"{row.indicator} {target_figure(row)}{when}"
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
    clause = reading.clause_at(item.start)
    parts = [clause_name(clause.path) if clause.level else "文首", f"第 {place}{THIN_SPACE}/{THIN_SPACE}{total} 条"]
    if item.probability is not None:
        parts.append(f"把握 {item.probability:.0%}")
    return render("checking.head", part=item.part, name=PARTS[item.part], facts=parts)


def item_html(item: Item, reading: Reading) -> Markup:
    """What was understood of a row, as it holds and in grey as the machine read it where the two differ, and why.

    A person who decided on the row is named; else what the machine's decision rests on is folded below.
    """
    machine = columns(item.machine) if item.machine else {}
    holds = columns(item.row) if item.row else machine
    lines = []
    for label in {**holds, **machine}:
        now, was = holds.get(label, ""), machine.get(label, "")
        lines.append((label, now, was if machine and now != was else None))
    why = grounds(item.machine, reading) if item.machine and not item.check else None
    return render("checking.item", lines=lines, gone=bool(item.check) and item.row is None, check=item.check, why=why)


def history_html(checks: Sequence[Check]) -> Markup:
    """All that was said of a row, the newest first: who, when, what; nothing where the row itself tells it."""
    return render("checking.history", checks=checks[::-1]) if len(checks) > 1 else Markup("")


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
    """What stands there when nothing is left to check, with the ways on: name and address of each."""
    left = sum(item.check is None for item in items)
    differing = sum(item.differs for item in items)
    return render("checking.finished", total=len(items), left=left, differing=differing, pages=pages)
