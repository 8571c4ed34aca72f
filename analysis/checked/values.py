"""What a person said of one row, as a frozen value; which word of several holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from analysis.model import Checked, CheckVerdict, InputError


class Part(StrEnum):
    """Which table of the gold a row belongs to."""

    TARGET = "target"
    INCENTIVE = "incentive"


TARGET_FIELDS = (
    "indicator", "kind", "comparator", "value", "value_high", "unit", "target_year", "baseline_year", "recurring",
)  # fmt: skip
INCENTIVE_FIELDS = (
    "beneficiary", "instrument", "trigger", "threshold_wan", "rate_comparator", "rate_percent", "rate_base",
    "amount_low_wan", "amount_high_wan", "cap_item_wan", "cap_year_wan",
)  # fmt: skip
FIELDS = {Part.TARGET: TARGET_FIELDS, Part.INCENTIVE: INCENTIVE_FIELDS}


@dataclass(frozen=True, slots=True)
class Check:
    """What one person said of one row. Spans are offsets into the raw file, as in the gold.

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


def standing(said: Sequence[Check]) -> dict[str, Check]:
    """The word that holds for each row, by row: the last one that was not withdrawn."""
    words: dict[str, list[Check]] = {}
    for check in said:
        stack = words.setdefault(check.row, [])
        if check.verdict is not CheckVerdict.WITHDRAWN:
            stack.append(check)
        elif stack:
            stack.pop()
    return {row: stack[-1] for row, stack in words.items() if stack}


def last_of(said: Sequence[Check], who: str) -> Check | None:
    """What this person said last of all that still stands: what 撤销 takes back."""
    stands = standing(said)
    return next((check for check in reversed(said) if check.who == who and stands.get(check.row) is check), None)


def after(said: Sequence[Check], check: Check, seen: int) -> tuple[Check, ...]:
    """``said`` with one word more. ``seen``: how many words whoever speaks had before them.

    The same word twice by one person, as a key pressed too long says it, is one. Raises ``InputError``, and nothing
    is added, where the row was spoken of otherwise since.
    """
    if len(said) < seen:
        raise InputError("核对记录", "", "文件在别处被改短了", "这次判断没有写入，请刷新页面再定")
    between = [other for other in said[seen:] if other.row == check.row]
    if between and _same(between[-1], check):
        return tuple(said)
    if between:
        raise InputError("核对记录", "", f"{between[-1].who}刚刚核对过这一行", "这次判断没有写入，请看过再定")
    return (*said, check)


def _same(one: Check, other: Check) -> bool:
    return (one.who, one.verdict, one.fields) == (other.who, other.verdict, other.fields)
