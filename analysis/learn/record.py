"""The record of documents left out, read back: what a machine without the texts knows of unseen ones."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.learn.left_out import LeftOut
from analysis.model import InputFault, TextKind
from analysis.score.count import Tally

_REMEDY = "请运行 make learn 重新生成"


def read_record(path: Path) -> tuple[LeftOut, ...] | None:
    """Every document in the file that :mod:`analysis.learn.write` made; None where there is no such file.

    Raises ``InputFault`` when it is broken.
    """
    if not path.is_file():
        return None
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["documents"]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise InputFault(path.name, "", "不是逐份留出的记录", _REMEDY) from problem
    if not isinstance(rows, list):
        raise InputFault(path.name, "", "不是逐份留出的记录", _REMEDY)
    return tuple(_document(path.name, at, row) for at, row in enumerate(rows, start=1))


def read_kinds(path: Path) -> dict[str, str]:
    """The kind of each text as a person sees it, by document; none where there is no such file.

    Raises ``InputFault`` when it is broken.
    """
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return {row["document"]: str(TextKind(row["kind"])) for row in csv.DictReader(file)}
    except (OSError, ValueError, KeyError, csv.Error) as problem:
        raise InputFault(path.name, "", "种类的标注读不出来", "请保留 document、kind 两列，种类写英文代号") from problem


def _document(file: str, at: int, row: Any) -> LeftOut:
    try:
        return LeftOut(
            document=str(row["document"]),
            kind=str(TextKind(row["kind"])),
            negative=_flag(row["negative"]),
            targets=_tally(row["targets"]),
            targets_by_rule=_tally(row["targets_by_rule"]),
            incentives=_tally(row["incentives"]),
            judged=tuple(_judged(pair) for pair in row["judged"]),
            incentives_by_rule=_tally(row["incentives_by_rule"]) if _has(row, "incentives_by_rule") else None,
        )
    except (ValueError, KeyError, TypeError) as problem:
        raise InputFault(file, f"第 {at} 份文本", "缺少一项，或数字不合情理", _REMEDY) from problem


def _has(row: Mapping[str, Any], name: str) -> bool:
    return row.get(name) is not None


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _tally(counts: Sequence[Any]) -> Tally:
    """Counts that can be: none below nothing, none found that was not there or not read, none right and not found."""
    gold, predicted, found, right = counts
    for each in counts:
        if not isinstance(each, int) or isinstance(each, bool):
            raise TypeError(each)
    if not 0 <= right <= found <= min(gold, predicted):
        raise ValueError(counts)
    return Tally(gold, predicted, found, right)


def _judged(pair: Sequence[Any]) -> tuple[float, bool]:
    said, true = pair
    if true not in (0, 1) or not 0 <= said <= 1:
        raise ValueError(pair)
    return float(said), bool(true)
