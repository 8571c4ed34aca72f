"""The stance of comments: weights learnt from made-up ones, and what they tell of those that they have not seen.

The model is logistic regression over the signs of the rules and the runs of characters. Comments are left out register
by register, so that no wording, subject or way of speaking of those judged has been learnt from.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from analysis.consultation.comments import Stance
from analysis.consultation.stance import Noticed, decided, noticed
from analysis.consultation.stance_weights import BIAS, ORDER, StanceWeights
from analysis.model import InputError

_LEAST = 2  # comments that show what is learnt
_STRENGTH = 10.0  # inverse of the penalty on heavy weights
_SIGN_SCALE = 0.5  # of a sign beside a run of characters: the smaller, the heavier its weight is punished


@dataclass(frozen=True, slots=True)
class Example:
    """A made-up comment: which register it is of, what it wants (the weightier first), what is noticed in it."""

    register: str
    stances: tuple[Stance, ...]
    text: str
    noticed: Noticed


@dataclass(frozen=True, slots=True)
class Told:
    """Of one register: each comment with what the rules alone and what weights learnt from the others tell."""

    register: str
    by_rules: tuple[tuple[Example, Stance], ...]
    by_weights: tuple[tuple[Example, Stance], ...]


def examples(file: Path) -> tuple[Example, ...]:
    """The comments of a csv with ``register`` (or ``set``), ``stance`` and ``text``.

    Raises ``InputError`` where it cannot be read.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            return tuple(
                Example(
                    row.get("register") or f"{file.stem}/{row['set']}",
                    tuple(Stance(name) for name in row["stance"].split("|")),
                    row["text"],
                    noticed(row["text"]),
                )
                for row in csv.DictReader(opened)
            )
    except (OSError, ValueError, KeyError, csv.Error) as problem:
        raise InputError(file.name, "", "意见的态度标注读不出来", "请保留 register、stance、text 三列") from problem


def learnt(every: Sequence[Example]) -> StanceWeights:
    """Weights from all examples."""
    counted: dict[str, int] = defaultdict(int)
    for one in every:
        for name in (*one.noticed.signs, *one.noticed.runs):
            counted[name] += 1
    names = sorted(name for name, count in counted.items() if count >= _LEAST)
    column = {name: at for at, name in enumerate(names)}
    model = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=300, tol=1e-3)
    model.fit(_matrix(every, column), [str(one.stances[0]) for one in every])
    place = {name: at for at, name in enumerate(model.classes_)}
    chosen = [place[str(stance)] for stance in ORDER]
    scale = np.array([_SIGN_SCALE if name.startswith("#") else 1.0 for name in names])
    table = np.rint(model.coef_[chosen].T * scale[:, None] * 100).astype(int)
    bias = np.rint(model.intercept_[chosen] * 100).astype(int)
    rows = {name: tuple(row.tolist()) for name, row in zip(names, table, strict=True) if row.any()}
    return StanceWeights(rows | {BIAS: tuple(bias.tolist())})


def _matrix(every: Sequence[Example], column: dict[str, int]) -> csr_matrix:
    rows, columns, values = [], [], []
    for at, one in enumerate(every):
        shared = max(len(one.noticed.runs), 1) ** -0.5
        for names, value in ((one.noticed.signs, _SIGN_SCALE), (one.noticed.runs, shared)):
            for name in sorted(names):
                if name in column:
                    rows.append(at)
                    columns.append(column[name])
                    values.append(value)
    return csr_matrix((values, (rows, columns)), shape=(len(every), len(column)))


def left_out(every: Sequence[Example], registers: Collection[str] = ()) -> tuple[Told, ...]:
    """Each register, or each of ``registers``, as told by weights learnt from all others."""
    result = []
    for register in dict.fromkeys(one.register for one in every if not registers or one.register in registers):
        weights = learnt([one for one in every if one.register != register])
        chosen = [one for one in every if one.register == register]
        result.append(
            Told(
                register,
                tuple((one, one.noticed.by_rules) for one in chosen),
                tuple((one, decided(one.noticed, weights)) for one in chosen),
            )
        )
    return tuple(result)


def shares(pairs: Iterable[tuple[Example, Stance]]) -> dict[Stance, float]:
    """For each stance the share told right of the comments that mainly have it; either of two is right."""
    right: dict[Stance, list[bool]] = defaultdict(list)
    for one, found in pairs:
        right[one.stances[0]].append(found in one.stances)
    return {stance: sum(each) / len(each) for stance, each in sorted(right.items())}


def mean(pairs: Iterable[tuple[Example, Stance]]) -> float:
    """The mean of ``shares``."""
    found = shares(pairs)
    return sum(found.values()) / len(found)


def told_text(every: Sequence[Told]) -> str:
    """The figures as a table: each register left out, then all together, the share of each stance."""
    lines = ["逐组留出，五种态度判对比例的平均（只用规则 → 加上权重）："]
    lines += [
        f"  {told.register}（{len(told.by_rules)} 条）：{mean(told.by_rules):.2f} → {mean(told.by_weights):.2f}"
        for told in every
    ]
    by_rules = [pair for told in every for pair in told.by_rules]
    by_weights = [pair for told in every for pair in told.by_weights]
    lines.append(f"  全部（{len(by_rules)} 条）：{mean(by_rules):.3f} → {mean(by_weights):.3f}")
    before, after = shares(by_rules), shares(by_weights)
    lines += [f"    {stance}：{before[stance]:.2f} → {after[stance]:.2f}" for stance in before]
    return "\n".join(lines) + "\n"
