"""A run as a list of row names, to say which rows a change gained and lost.

A row is named by document, place and value alone, so a baseline holds no words of the texts.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from analysis.model import Incentive, InputError, Target
from analysis.score import Score
from analysis.score.agree import GIVEN
from analysis.score.count import Part, Tally, total
from analysis.score.gold import GoldRow

LISTS = ("found", "right", "extra")
_DOCUMENT = re.compile(r"(.+):\d+-\d+[#=]")


@dataclass(frozen=True, slots=True)
class Change:
    """Rows gained and lost in one list of one part; for ``extra`` to gain is bad."""

    part: str  # targets, incentives
    list: str  # found, right, extra
    gained: tuple[str, ...]
    lost: tuple[str, ...]


def row_name(row: GoldRow) -> str:
    """Document, span and line of a gold row."""
    return f"{row.document}:{row.start}-{row.end}#{row.line}"


def extra_name(row: Target | Incentive) -> str:
    """Document, span and numbers of a prediction."""
    numbers = (row.value, row.unit) if isinstance(row, Target) else tuple(getattr(row, field) for field in GIVEN)
    return f"{row.document}:{row.start}-{row.end}=" + "/".join("" if one is None else str(one) for one in numbers)


def snapshot(result: Score) -> dict[str, dict[str, list[str]]]:
    """The rows of a run by part and list, ready for JSON."""
    parts = (result.targets, result.incentives)
    return {part.name: {name: sorted(_names(part, name)) for name in (*LISTS, "missed")} for part in parts}


def _names(part: Part, name: str) -> set[str]:
    if name == "extra":
        return {extra_name(row) for row in part.extra}
    if name == "missed":
        return {row_name(row) for row in part.missed}
    return {row_name(pair.gold) for pair in part.pairs if pair.right or name == "found"}


def read_baseline(path: Path) -> dict[str, dict[str, list[str]]]:
    """A snapshot from a file. Raises ``InputError`` when it is none."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return {part: {name: list(kept[part][name]) for name in LISTS} for part in ("targets", "incentives")}
    except OSError as problem:
        raise InputError(str(path), "", "基线文件读不出来", "请检查路径") from problem
    except (ValueError, KeyError, TypeError) as problem:
        raise InputError(str(path), "", "不是基线文件", "请用 score --write-baseline 重新生成") from problem


def recorded(path: Path) -> dict[str, Tally] | None:
    """Counts by part as a snapshot holds them, for machines without the texts; None where it does not hold them.

    Raises ``InputError`` when the file is no snapshot.
    """
    kept = recorded_by_document(path)
    if kept is None:
        return None
    return {part: total(by_document.values()) for part, by_document in kept.items()}


def recorded_by_document(path: Path) -> dict[str, dict[str, Tally]] | None:
    """The same by part and document; a document with neither annotation nor prediction is in no snapshot."""
    if not path.is_file():
        return None
    kept = read_baseline(path)
    every = json.loads(path.read_text(encoding="utf-8"))
    if any("missed" not in every[part] for part in kept):
        return None
    try:
        return {part: _by_document({**lists, "missed": list(every[part]["missed"])}) for part, lists in kept.items()}
    except (ValueError, TypeError) as problem:
        raise InputError(str(path), "", "不是基线文件", "请用 score --write-baseline 重新生成") from problem


def _by_document(lists: dict[str, list[str]]) -> dict[str, Tally]:
    counts = {name: Counter(_document(row) for row in rows) for name, rows in lists.items()}
    found, extra, missed = counts["found"], counts["extra"], counts["missed"]
    return {
        each: Tally(found[each] + missed[each], found[each] + extra[each], found[each], counts["right"][each])
        for each in sorted(set().union(*counts.values()))
    }


def _document(row: str) -> str:
    """The document in the name of a row."""
    named = _DOCUMENT.match(row)
    if named is None:
        raise ValueError(row)
    return named[1]


def changes(result: Score, before: dict[str, dict[str, list[str]]]) -> tuple[Change, ...]:
    """What ``result`` gained and lost against ``before``; lists without a change are left out."""
    now = snapshot(result)
    found = []
    for part, lists in now.items():
        for name in LISTS:
            old, new = set(before[part][name]), set(lists[name])
            if old != new:
                found.append(Change(part, name, tuple(sorted(new - old)), tuple(sorted(old - new))))
    return tuple(found)
