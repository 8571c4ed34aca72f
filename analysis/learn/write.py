"""What was learnt, as text: weights as TOML, and the record of documents left out as JSON without a word of theirs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from analysis.extract.weigh import Weights
from analysis.learn.left_out import LeftOut
from analysis.score.count import Tally

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
    return {
        "document": one.document,
        "kind": one.kind,
        "negative": one.negative,
        "targets": _counts(one.targets),
        "targets_by_rule": _counts(one.targets_by_rule),
        "incentives": _counts(one.incentives),
        **({"incentives_by_rule": _counts(one.incentives_by_rule)} if one.incentives_by_rule else {}),
        "judged": [[probability, int(label)] for probability, label in one.judged],
    }


def _counts(tally: Tally) -> list[int]:
    return [tally.gold, tally.predicted, tally.found, tally.right]
