"""What was learnt, as text: weights as TOML, and the record of documents left out as JSON without a word of theirs.

The record is read back where the texts are not at hand, and says what is known of unseen ones.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple
from pathlib import Path
from typing import Any

from analysis.extract.weigh import Weights
from analysis.learn.left_out import LeftOut
from analysis.model import InputError, TextKind
from analysis.score.count import Tally

_REMEDY = "请运行 make learn 重新生成"


def read_record(path: Path) -> tuple[LeftOut, ...] | None:
    """Every document in the file that ``record_json`` made; None where there is no such file.

    Raises ``InputError`` when it is broken.
    """
    if not path.is_file():
        return None
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["documents"]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise InputError(path.name, "", "不是逐份留出的记录", _REMEDY) from problem
    if not isinstance(rows, list):
        raise InputError(path.name, "", "不是逐份留出的记录", _REMEDY)
    return tuple(_document(path.name, at, row) for at, row in enumerate(rows, start=1))


def read_kinds(path: Path) -> dict[str, str]:
    """The kind of each text as a person sees it, by document; none where there is no such file.

    Raises ``InputError`` when it is broken.
    """
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return {row["document"]: str(TextKind(row["kind"])) for row in csv.DictReader(file)}
    except (OSError, ValueError, KeyError, csv.Error) as problem:
        raise InputError(path.name, "", "种类的标注读不出来", "请保留 document、kind 两列，种类写英文代号") from problem


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
        )
    except (ValueError, KeyError, TypeError) as problem:
        raise InputError(file, f"第 {at} 份文本", "缺少一项，或数字不合情理", _REMEDY) from problem


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _tally(counts: Sequence[Any]) -> Tally:
    """Counts that can be: none below nothing, none found that was not there or not read, none right and not found."""
    gold, predicted, found, right = counts
    if any(type(each) is not int for each in counts):
        raise TypeError(counts)
    if not 0 <= right <= found <= min(gold, predicted):
        raise ValueError(counts)
    return Tally(gold, predicted, found, right)


def _judged(pair: Sequence[Any]) -> tuple[float, bool]:
    said, true = pair
    if true not in (0, 1) or not 0 <= said <= 1:
        raise ValueError(pair)
    return float(said), bool(true)


_ANNOTATIONS = ("index.csv", "documents.csv", "targets.csv", "incentives.csv", "not_targets.csv")


def digest(folders: Iterable[Path], made_up: Path) -> str:
    """SHA-256 over the annotations and texts of ``folders``, whatever they are called, and the made-up sentences."""
    total = hashlib.sha256()
    if made_up.is_file():
        total.update(hashlib.sha256(made_up.read_bytes()).digest())
    for folder in folders:
        files = [folder / name for name in _ANNOTATIONS] + sorted((folder / "texts").glob("*"))
        for file in files:
            if file.is_file():
                total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def weights_toml(weights: Weights, learnt_from: str) -> str:
    """A model as the file beside :mod:`analysis.extract.weigh`: heaviest weights first, equal ones by name."""
    ordered = sorted(weights.weights.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
    lines = [
        "# Written by `make learn`; not to be edited. Weights are logits: above 0 speaks for, below 0 against.",
        "# What a sign means stands in analysis/grammar/signs.toml.",
        f'learnt_from = "{learnt_from}"',
        f"bias = {weights.bias}",
        f"slopes = [{', '.join(str(slope) for slope in weights.slopes)}]",
        f"intercept = {weights.intercept}",
        f"threshold = {weights.threshold}",
        "",
        "[weights]",
        *(f'"{name}" = {weight}' for name, weight in ordered),
    ]
    return "\n".join(lines) + "\n"


def record_json(documents: Iterable[LeftOut], learnt_from: str) -> str:
    """The counts of each document left out, one line a document, so that a page can show them without the texts."""
    rows = [json.dumps(_row(one), ensure_ascii=False) for one in documents]
    return f'{{"learnt_from": "{learnt_from}", "documents": [\n' + ",\n".join(rows) + "\n]}\n"


def _row(one: LeftOut) -> dict[str, Any]:
    counts = {name: astuple(getattr(one, name)) for name in ("targets", "targets_by_rule", "incentives")}
    return asdict(one) | counts | {"judged": [[probability, int(label)] for probability, label in one.judged]}
