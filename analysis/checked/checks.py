"""What people decide of the rows of a reading, which of several decisions holds, and the reading with them applied.

Rows are named by where they stand in the raw file. Where the machine reads otherwise than at the time (a better model,
a new rule), a check finds its row by place and number; it holds all the same, with or without one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from analysis.checked.fields import NUMBERS, Part, fields_of, missing_or_wrong, part_of, row_of
from analysis.citation import cite
from analysis.model import Checked, CheckVerdict, Document, Incentive, InputError, Reading, Target


@dataclass(frozen=True, slots=True)
class Check:
    """What one person decided of one row. Spans are offsets into the raw file, as in the gold.

    ``row`` names the row for as long as the file lives: ``t`` or ``i`` and the raw span of its number or words.
    ``fields`` are the columns of the gold as the person wants them; ``machine`` the same as the machine had them at
    the time, at ``machine_start``–``machine_end``, empty where it had no such row.
    """

    document: str
    row: str
    part: Part
    verdict: CheckVerdict
    who: str
    when: str  # ISO 8601, UTC
    clause: str
    quote: str
    start: int
    end: int
    fields: Mapping[str, str] = field(default_factory=dict)
    machine: Mapping[str, str] = field(default_factory=dict)
    machine_start: int | None = None
    machine_end: int | None = None
    note: str = ""

    @property
    def mark(self) -> Checked:
        """What a row carries of it."""
        return Checked(self.verdict, self.who, self.when)


def standing(checks: Sequence[Check]) -> dict[str, Check]:
    """The check that holds for each row, by row: the last one that was not withdrawn."""
    by_row: dict[str, list[Check]] = {}
    for check in checks:
        stack = by_row.setdefault(check.row, [])
        if check.verdict is not CheckVerdict.WITHDRAWN:
            stack.append(check)
        elif stack:
            stack.pop()
    return {row: stack[-1] for row, stack in by_row.items() if stack}


def last_of(checks: Sequence[Check], who: str) -> Check | None:
    """This person's last check that still stands: what 撤销 takes back."""
    stands = standing(checks)
    return next((check for check in reversed(checks) if check.who == who and stands.get(check.row) is check), None)


def after(checks: Sequence[Check], check: Check, seen: int) -> tuple[Check, ...]:
    """``checks`` with one more. ``seen``: how many of them its author had before them.

    The same check twice by one person, as a key pressed too long gives it, is one. Raises ``InputError``, and nothing
    is added, where the row was checked otherwise since.
    """
    if len(checks) < seen:
        raise InputError("核对记录", "", "文件在别处被改短了", "这次判断没有写入，请刷新页面再定")
    between = [other for other in checks[seen:] if other.row == check.row]
    if not between:
        return (*checks, check)
    other = between[-1]
    if (other.who, other.verdict, other.fields) == (check.who, check.verdict, check.fields):
        return tuple(checks)
    raise InputError("核对记录", "", f"{other.who}刚刚核对过这一行", "这次判断没有写入，请看过再定")


@dataclass(frozen=True, slots=True)
class Item:
    """One row to check. ``machine``: as the machine reads it now; ``row``: as it holds, None where it is removed.

    ``start``/``end`` are clean offsets of its words; ``key`` names it in addresses and in the file.
    """

    key: str
    part: Part
    machine: Target | Incentive | None
    check: Check | None
    row: Target | Incentive | None
    start: int
    end: int

    @property
    def shown(self) -> Target | Incentive | None:
        """The row to look at: as it holds, else as the machine reads it."""
        return self.row or self.machine

    @property
    def differs(self) -> bool:
        """Whether a person decided otherwise than the machine."""
        return self.check is not None and self.check.verdict is not CheckVerdict.CONFIRMED

    @property
    def probability(self) -> float | None:
        """How sure the machine is of the row; None where it gives no probability."""
        return self.machine.probability if self.machine else None


def items(reading: Reading, checks: Sequence[Check]) -> tuple[Item, ...]:
    """Every row of the machine and every row that a person added, in the order of the text."""
    named = _named(reading)
    held = standing([check for check in checks if check.document == reading.document.id])
    paired = _paired(reading.document, named, held)
    found = [_item(reading, key, row, paired.pop(key, None)) for key, row in named.items()]
    found += [_item(reading, check.row, None, check) for check in paired.values()]
    placed = [item for item in found if item is not None]
    return tuple(sorted(placed, key=lambda item: (item.start, item.end)))


def apply(reading: Reading, checks: Sequence[Check]) -> Reading:
    """The reading with people's rows in place of the machine's, each marked by ``checked``."""
    if not checks:
        return reading
    rows = [item.row for item in items(reading, checks) if item.row is not None]
    return replace(
        reading,
        targets=tuple(row for row in rows if isinstance(row, Target)),
        incentives=tuple(row for row in rows if isinstance(row, Incentive)),
    )


def least_sure_first(found: Sequence[Item]) -> tuple[Item, ...]:
    """The rows that the machine is least sure of first; those without a probability last, in text order."""
    return tuple(sorted(found, key=lambda item: 2.0 if item.probability is None else item.probability))


def judged(
    reading: Reading, item: Item, who: str, when: str, *, fields: Mapping[str, str] | None = None, remove: bool = False
) -> Check:
    """A check of a row: that it holds as shown, that it holds with these ``fields``, or that it is to go.

    The verdict follows from the columns: a row put back to what the machine reads is confirmed.
    """
    machine = fields_of(item.machine) if item.machine else {}
    wanted = fields if fields is not None else fields_of(item.shown) if item.shown else {}
    if remove:
        verdict, wanted = CheckVerdict.REMOVED, {}
    elif item.machine is None:
        verdict = CheckVerdict.ADDED
    else:
        verdict = CheckVerdict.CONFIRMED if dict(wanted) == machine else CheckVerdict.CHANGED
    check = _check(reading, item.part, (item.start, item.end), wanted, who, when)
    span = reading.document.raw_span(item.machine.start, item.machine.end) if item.machine else (None, None)
    return replace(check, row=item.key, verdict=verdict, machine=machine, machine_start=span[0], machine_end=span[1])


def added(
    reading: Reading,
    checks: Sequence[Check],
    part: Part,
    span: tuple[int, int],
    fields: Mapping[str, str],
    who: str,
    when: str,
) -> Check:
    """A row over clean ``span`` that the machine does not have."""
    check = _check(reading, part, span, fields, who, when)
    taken = [item.key for item in items(reading, checks)] + [check.row for check in checks]
    return replace(check, row=_key(part, check.start, check.end, taken))


def _check(
    reading: Reading, part: Part, span: tuple[int, int], fields: Mapping[str, str], who: str, when: str
) -> Check:
    """A check over clean ``span``, still without the name of its row."""
    start, end = reading.document.raw_span(*span)
    return Check(
        document=reading.document.id,
        row="",
        part=part,
        verdict=CheckVerdict.ADDED,
        who=who,
        when=when,
        clause=reading.clause_at(span[0]).path,
        quote=reading.document.raw[start:end],
        start=start,
        end=end,
        fields=dict(fields),
    )


def withdrawn(check: Check, when: str) -> Check:
    """The check that takes another back."""
    return replace(check, verdict=CheckVerdict.WITHDRAWN, when=when)


def _key(part: Part, start: int, end: int, taken: Sequence[str]) -> str:
    """The name of a row over a raw span; a number behind it where others have the same."""
    key = f"{part[0]}{start}-{end}"
    numbered = (f"{key}.{number}" for number in range(2, len(taken) + 3))
    return next(name for name in (key, *numbered) if name not in taken)


def _named(reading: Reading) -> dict[str, Target | Incentive]:
    named: dict[str, Target | Incentive] = {}
    every: tuple[Target | Incentive, ...] = (*reading.targets, *reading.incentives)
    for row in every:
        number = (row.value_start, row.value_end) if isinstance(row, Target) else (row.start, row.end)
        named[_key(part_of(row), *reading.document.raw_span(*number), tuple(named))] = row
    return named


def _paired(document: Document, named: dict[str, Target | Incentive], checks: dict[str, Check]) -> dict[str, Check]:
    """Checks by the row of the machine that they are about; those that have none under the name of their own."""
    paired = {key: checks[key] for key in named if key in checks}
    left = dict(enumerate(check for key, check in checks.items() if key not in paired))
    ranked = sorted(
        (-alike, key, number)
        for number, check in left.items()
        for key, row in named.items()
        if key not in paired and (alike := _alike(document, row, check))
    )
    for _, key, number in ranked:
        if key not in paired and number in left:
            paired[key] = left.pop(number)
    return paired | {check.row: check for check in left.values()}


def _alike(document: Document, row: Target | Incentive, check: Check) -> int:
    """How many numbers a row of the machine shares with a check of the same place; 0: it is about another row."""
    if part_of(row) is not check.part:
        return 0
    start, end = document.raw_span(row.start, row.end)
    spans = [(check.start, check.end)]
    if check.machine_start is not None and check.machine_end is not None:
        spans.append((check.machine_start, check.machine_end))
    if not any(start < last and first < end for first, last in spans):
        return 0
    now = fields_of(row)
    return max(_shared(now, other) for other in (check.machine, check.fields))


def _shared(one: Mapping[str, str], other: Mapping[str, str]) -> int:
    """How many numbers two rows share; of rows without any, whether they give in the same way."""
    compared = NUMBERS if any(name in row for row in (one, other) for name in NUMBERS) else ("instrument",)
    return sum(one[name] == other.get(name) for name in compared if name in one)


def _item(reading: Reading, key: str, machine: Target | Incentive | None, check: Check | None) -> Item | None:
    """The item of a row; None for a check whose place is no longer in the text."""
    if check is None:
        assert machine is not None
        return Item(key, part_of(machine), machine, None, machine, machine.start, machine.end)
    span = _span(reading.document, check)
    if machine is not None and (span is None or check.verdict is not CheckVerdict.ADDED):
        span = machine.start, machine.end
    if span is None:
        return None
    row = None
    if check.verdict is not CheckVerdict.REMOVED and missing_or_wrong(check.part, check.fields) == ("", ""):
        same = machine is not None and part_of(machine) is check.part and check.verdict is not CheckVerdict.ADDED
        made = row_of(check.part, check.fields, reading, *span, machine if same else None)
        cited = cite(reading.document, *span, made.clause)
        row = replace(made, checked=replace(check.mark, machine=machine), citation=cited)
    # A check keeps the name it was recorded under: its row is withdrawn or changed by that name.
    return Item(check.row, check.part, machine, check, row, *span)


def _span(document: Document, check: Check) -> tuple[int, int] | None:
    """Where the words of a check stand now: where they stood, else the only place where they stand."""
    start, end = check.start, check.end
    if document.raw[start:end] != check.quote:
        start = document.raw.find(check.quote) if check.quote else -1
        if start < 0 or document.raw.find(check.quote, start + 1) >= 0:
            return None
        end = start + len(check.quote)
    return document.clean_span(start, end)
