"""Signs weighed: a linear model whose weights stand in a readable text file beside this module.

The weights are logits and add up with the bias; ``slopes`` and ``intercept`` bring the sum, and those of the numbers
beside it, to a probability that is calibrated. They are learnt by ``make learn`` (:mod:`analysis.learn`) and never
change at run time.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from analysis.model import Sign

#: (name, start, end) of a sign that is there; offsets into the cleaned text.
Seen = tuple[str, int, int]
SHOWN = 8  # signs that a row keeps: the heaviest ones


@dataclass(frozen=True, slots=True)
class Weights:
    """One model. ``learnt_from``: digest of the annotations; "" for a model made in a test."""

    weights: Mapping[str, float]
    bias: float = 0.0
    slopes: tuple[float, ...] = (1.0, 0.0, 0.0)  # of the own logit, the sentence's, the paragraph's
    intercept: float = 0.0
    threshold: float = 0.5
    learnt_from: str = ""

    def logit(self, seen: Iterable[Seen]) -> float:
        """The sum of the weights of the signs that are there. Unknown signs weigh nothing."""
        known = self.weights
        return self.bias + sum(known[name] for name, _, _ in seen if name in known)

    def probability(self, *logits: float) -> float:
        """The calibrated probability that belongs to a logit and those of its sisters, rounded to three places."""
        total = self.intercept + sum(slope * logit for slope, logit in zip(self.slopes, logits, strict=False))
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 3)

    def evidence(self, seen: Iterable[Seen], most: int | None = SHOWN) -> tuple[Sign, ...]:
        """The heaviest signs, heaviest first; of equal ones the one that stands first. ``most`` None: all of them."""
        found = [Sign(name, self.weights[name], start, end) for name, start, end in seen if name in self.weights]
        return tuple(sorted(found, key=lambda sign: (-abs(sign.weight), sign.start, sign.name))[:most])


@cache
def weights(name: str) -> Weights:
    """The model ``name`` (targets) from its file."""
    kept = tomllib.loads(files("analysis.extract").joinpath(f"weights_{name}.toml").read_text(encoding="utf-8"))
    return Weights(**(kept | {"slopes": tuple(kept["slopes"])}))
