"""Sentences that are known to be read wrongly, with what a careful reader takes from them.

They stand in ``tests/cases/known_failures.toml`` as strict expected failures, so the list cannot grow stale: whatever
comes right must leave it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from analysis.model import InputError, Reading

# A sentence is read where such sentences stand.
FRAME = "某省技术转移实施方案\n一、重点任务\n（一）工作安排\n"


@dataclass(frozen=True, slots=True)
class Known:
    """One sentence. ``rows`` as in the file: of a target indicator, comparator, value, unit, year and kind; of an
    incentive instrument, receiver, threshold, rate comparator, rate, low, high, cap for one item, cap for a year."""

    part: str  # targets, incentives
    kind: str  # what sort of text says such a thing
    text: str
    rows: tuple[tuple[str, ...], ...]


def known_failures(path: Path) -> tuple[Known, ...]:
    """The sentences in ``path``; none where there is no such file. Raises ``InputError`` when it is broken."""
    if not path.is_file():
        return ()
    try:
        kept = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(
            Known(part, case["kind"], case["text"], tuple(tuple(str(cell) for cell in row) for row in case[rows]))
            for name, part, rows in (("target", "targets", "targets"), ("gift", "incentives", "incentive_terms"))
            for case in kept.get(name, [])
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as problem:
        raise InputError(path.name, "", "已知读错的句子读不出来", "请恢复原来的文件") from problem


def rows_read(known: Known, reading: Reading) -> tuple[tuple[str, ...], ...]:
    """What was read from the sentence, as rows of the same form."""
    if known.part == "targets":
        return tuple(
            (one.indicator, one.comparator, f"{one.value}", one.unit, f"{one.target_year or ''}", one.kind)
            for one in reading.targets
        )
    return tuple(
        (
            one.instrument,
            one.receiver,
            *(
                "" if cell is None else f"{cell}"
                for cell in (
                    one.threshold_wan,
                    one.rate_comparator,
                    one.rate_percent,
                    one.amount_low_wan,
                    one.amount_high_wan,
                    one.cap_item_wan,
                    one.cap_year_wan,
                )
            ),
        )
        for one in reading.incentives
        if one.quantified
    )
