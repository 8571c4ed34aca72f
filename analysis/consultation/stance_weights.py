"""How likely each stance is, by weights learnt from made-up comments: a linear model over signs and runs of characters.

The weights stand in ``stance_weights.tsv`` beside this module, which ``python -m analysis comments stances --write``
makes; they are whole numbers in hundredths of a logit, so that every machine adds up the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from analysis.consultation.comments import Stance

ORDER = (Stance.OPPOSE, Stance.SUGGEST, Stance.ASK, Stance.SUPPORT, Stance.NONE)  # of equal weight the first counts
LONGEST_RUN = 3  # characters
SIGN = "#"  # with which the name of a sign begins; no run holds it
BIAS = f"{SIGN}bias"
FILE = Path(__file__).with_name("stance_weights.tsv")
_BLANK = re.compile(r"\s+|#")
_FIGURES = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_QUOTED = re.compile(r"\x00+")


@dataclass(frozen=True, slots=True)
class StanceWeights:
    """For each sign or run of characters its weight for each stance of ``ORDER``, in hundredths of a logit."""

    weights: Mapping[str, tuple[int, ...]]

    def likely(self, signs: Iterable[str], runs: Iterable[str]) -> dict[Stance, float]:
        """The logit of each stance. Runs share one weight: the sum over the root of their number; unknown ones too."""
        known = self.weights
        every = set(runs)
        by_sign = self._sums(known[sign] for sign in (BIAS, *sorted(set(signs))) if sign in known)
        by_run = self._sums(known[run] for run in every if run in known)
        shared = max(len(every), 1) ** 0.5
        return {stance: (sign + run / shared) / 100 for stance, sign, run in zip(ORDER, by_sign, by_run, strict=True)}

    @staticmethod
    def _sums(rows: Iterable[tuple[int, ...]]) -> list[int]:
        sums = [0] * len(ORDER)
        for row in rows:
            for at, weight in enumerate(row):
                sums[at] += weight
        return sums


def runs_of(simple: str) -> frozenset[str]:
    """The runs of one to three characters of a simplified text; a figure counts as 0, a quotation as one mark.

    >>> sorted(runs_of("好 12"))
    ['$', '0', '0$', '^', '^好', '^好0', '好', '好0', '好0$']
    """
    text = f"^{_QUOTED.sub('Q', _FIGURES.sub('0', _BLANK.sub('', simple)))}$"
    return frozenset(
        chain.from_iterable(
            (text[at : at + length] for at in range(len(text) - length + 1)) for length in range(1, LONGEST_RUN + 1)
        )
    )


@cache
def stance_weights() -> StanceWeights:
    """The weights in use."""
    return read(FILE.read_text(encoding="utf-8"))


def read(text: str) -> StanceWeights:
    """Weights from what ``written`` made."""
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return StanceWeights({name: tuple(map(int, numbers)) for name, *numbers in rows})


def written(weights: StanceWeights) -> str:
    """Weights as tab-separated lines below a header, by name."""
    header = "\t".join(("sign", *(str(stance) for stance in ORDER)))
    lines = ("\t".join((name, *map(str, row))) for name, row in sorted(weights.weights.items()))
    return "\n".join((header, *lines)) + "\n"
