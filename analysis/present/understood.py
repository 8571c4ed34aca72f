"""What was understood of a clause, as titled groups of label and value in Chinese, each leading to its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from analysis.chinese_words import TARGET_KINDS, instrument_name
from analysis.model import Checked, Clause, Comparator, Incentive, Reading, Target, Unparsed
from analysis.present.highlight import anchor
from analysis.present.markup import render
from analysis.present.numbers import comparator_sign, figure, period, with_unit
from analysis.present.reasons import Spoke, rule_title, rule_why, spoke, sureness

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
    signs: tuple[Spoke, ...]


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

    ``removed``: rows of the machine that a person took out.
    """
    indexes = {clause.index for clause in clauses}
    found = [
        (target.start, replace(target_note(target), grounds=_machines(target, reading)))
        for target in reading.targets
        if target.clause_index in indexes
    ]
    found += [
        (given.start, replace(incentive_note(given), grounds=_machines(given, reading)))
        for given in reading.incentives
        if given.clause_index in indexes
    ]
    found += [(row.start, removed_note(row, mark)) for row, mark in removed if row.clause_index in indexes]
    found.sort(key=lambda pair: pair[0])
    unparsed = [seen for seen in reading.unparsed if seen.clause_index in indexes]
    rest = (
        (
            Note(
                "unparsed",
                f"另有 {len(unparsed)} 个数字未归为目标或激励",
                (),
                left=tuple((seen.quote, grounds(seen, reading)) for seen in unparsed),
            ),
        )
        if unparsed
        else ()
    )
    return (*(note for _, note in found), *rest)


def _machines(row: Target | Incentive, reading: Reading) -> Grounds | None:
    """What the machine's decision rests on; None for a row that a person added."""
    return None if row.checked is not None and row.checked.machine is None else grounds(row, reading)


def grounds(row: Target | Incentive | Unparsed, reading: Reading) -> Grounds:
    """What the decision on a row rests on."""
    title = row.reason if isinstance(row, Unparsed) else rule_title(row.rule)
    signs = spoke(row.evidence[:HEAVIEST], reading)
    return Grounds(sureness(row.probability), row.rule, title, rule_why(row.rule), signs)


def target_note(target: Target) -> Note:
    """A target: 目标值, 时间, 类型, 范围."""
    sign = "" if target.comparator is Comparator.EQ else f"{comparator_sign(target.comparator)}"
    lines = [("目标值", sign + _range(target)), ("时间", period(target.target_year, None, target.recurring))]
    if target.baseline_year is not None:
        lines.append(("基年", period(target.baseline_year)))
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


def removed_note(row: Target | Incentive, mark: Checked) -> Note:
    """A row of the machine that a person took out: it stays to be seen, and counts nowhere."""
    return replace(note_of(row), kind="removed", anchor="", mark=mark)


def _range(target: Target) -> str:
    if target.value_high is None:
        return with_unit(target.value, target.unit)
    return f"{figure(target.value)}–{with_unit(target.value_high, target.unit)}"


def incentive_note(given: Incentive) -> Note:
    """An incentive: 起点, 条件, 比例, 金额, 上限 and what else the text says."""
    lines: list[tuple[str, str]] = []
    if given.threshold_wan is not None:
        lines.append(("起点", f"{with_unit(given.threshold_wan, '万元')}起"))
    if given.trigger:
        lines.append(("条件", given.trigger))
    rate = _rate(given)
    if rate:
        lines.append(("比例", rate))
    if given.amount_low_wan is not None or given.amount_high_wan is not None:
        lines.append(("金额", _amount(given)))
    caps = [
        with_unit(cap, f"万元/{per}") for cap, per in ((given.cap_item_wan, "项"), (given.cap_year_wan, "年")) if cap
    ]
    if caps:
        lines.append(("上限", _JOIN.join(caps)))
    if given.one_off:
        lines.append(("次数", "一次性"))
    if given.funder:
        lines.append(("出资", given.funder))
    if not given.quantified and not given.rate_open:
        lines.append(("数额", "条文未写"))
    lines += [("另注", note) for note in given.notes if note not in given.trigger]
    lines += read_otherwise(given)
    return Note(
        "incentive",
        given.beneficiary or "受益人未写明",
        tuple(lines),
        anchor("i", given.start, given.end),
        instrument_name(given.instrument),
        given.checked,
    )


def _rate(given: Incentive) -> str:
    base = f"（{given.rate_base}）" if given.rate_base else ""
    if given.rate_percent is None:
        return f"条文未定{base}" if given.rate_open else ""
    sign = "" if given.rate_comparator in (None, Comparator.EQ) else comparator_sign(given.rate_comparator)
    return f"{sign}{with_unit(given.rate_percent, '%')}{base}"


def _amount(given: Incentive) -> str:
    low, high = given.amount_low_wan, given.amount_high_wan
    if low is not None and high is not None and low != high:
        return f"{figure(low)}–{with_unit(high, '万元')}"
    return with_unit(low if low is not None else high, "万元")


def note_html(note: Note) -> Markup:
    """A note as markup: its title leads to the words in the text."""
    return render("checking.note", note=note)


def basis_html(grounds: Grounds) -> Markup:
    """What a decision rests on, folded."""
    return render("checking.basis", grounds=grounds)
