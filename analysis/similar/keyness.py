"""Terms that set one group of texts apart: log-odds ratio with an informative Dirichlet prior.

B. L. Monroe, M. P. Colaresi and K. M. Quinn, "Fightin' Words", Political Analysis 16 (2008). The prior spreads
``PRIOR_WORDS`` imagined words over the terms as all texts together use them, which draws rare words towards "no
difference": a word that one short text has three times and the others never is not reported as infinitely typical.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.similar.terms import TermCounts

PRIOR_WORDS = 500.0
NORMAL_95 = 1.959964


@dataclass(frozen=True, slots=True)
class KeyTerm:
    """How much more (positive) or less (negative) the group uses a term than the other texts.

    ``log_odds`` is a natural logarithm; ``low`` and ``high`` bound its 95 % interval. Rates are per 10,000 characters.
    """

    term: str
    log_odds: float
    low: float
    high: float
    count: int
    count_rest: int
    rate: float
    rate_rest: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out 0, that is: whether the difference is more than chance would give."""
        return self.low > 0 or self.high < 0


def log_odds(
    focus: NDArray[np.int64], rest: NDArray[np.int64], prior_words: float = PRIOR_WORDS
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Log-odds ratios of the terms of ``focus`` against ``rest`` and their standard errors, each of shape (terms,).

    Every term must occur at least once in the two together: its share of the prior would otherwise be nothing.
    """
    pooled = focus + rest
    prior = prior_words * pooled / pooled.sum()
    first, second = focus + prior, rest + prior
    ratio = np.log(first / (first.sum() - first)) - np.log(second / (second.sum() - second))
    error = np.sqrt(1 / first + 1 / second)
    return ratio, error


def keyness(table: TermCounts, groups: Sequence[str], focus: str, *, inside: bool, least: int) -> tuple[KeyTerm, ...]:
    """Terms used at least ``least`` times in all, most typical of group ``focus`` first, most avoided last.

    Sorted by the ratio over its standard error, so that a well-supported difference stands before a large but shaky
    one. Empty when the group or the rest has no document, or when there are fewer than two terms.
    """
    chosen = np.array([group == focus for group in groups], dtype=bool)
    if not chosen.any() or chosen.all() or len(table.terms) < 2:
        return ()
    counts = table.counts(inside=inside)
    here, there = counts[chosen].sum(axis=0), counts[~chosen].sum(axis=0)
    ratio, error = log_odds(here, there)
    rate = here * 10_000 / max(int(table.characters[chosen].sum()), 1)
    rate_rest = there * 10_000 / max(int(table.characters[~chosen].sum()), 1)
    kept = sorted(np.flatnonzero(here + there >= least), key=lambda at: (-ratio[at] / error[at], table.terms[at]))
    return tuple(
        KeyTerm(
            table.terms[at],
            float(ratio[at]),
            float(ratio[at] - NORMAL_95 * error[at]),
            float(ratio[at] + NORMAL_95 * error[at]),
            int(here[at]),
            int(there[at]),
            float(rate[at]),
            float(rate_rest[at]),
        )
        for at in kept
    )
