"""How well the reading agrees with human readings: precision, recall, F1, and the rows behind them.

``gold`` reads annotations, ``agree`` says when rows, headings and quantities agree with them, ``count`` pairs and
counts, ``score_report`` prints and compares with a run that was kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.model import Incentive, Reading, Target
from analysis.score.agree import Mismatch, wrong_quantities, wrong_structure
from analysis.score.count import (
    FILE,
    Pair,
    Part,
    Tally,
    count_incentives,
    count_targets,
    qualitative,
    read_classes,
    taken,
    with_class,
)
from analysis.score.gold import Gold, GoldRow, gold_documents, holds_gold, read_gold


@dataclass(frozen=True, slots=True)
class Score:
    """Everything one run over one gold folder says. Rows are kept, so each count leads to its words."""

    gold: Gold
    targets: Part
    incentives: Part
    taken: tuple[tuple[GoldRow, Target], ...]  # rows that are no target and were taken for one
    unlisted: tuple[GoldRow, ...]  # qualitative incentives that were not listed
    unasked: tuple[Incentive, ...]  # qualitative incentives that were listed and are not in the gold
    structure: tuple[Mismatch, ...]
    quantities: tuple[Mismatch, ...]

    @property
    def parts(self) -> tuple[Part, Part]:
        """The two kinds of row that rates are given of."""
        return self.targets, self.incentives

    @property
    def unlocated(self) -> tuple[GoldRow, ...]:
        """Gold rows whose words are not in the text: a fault of the gold or of the text, never a hit."""
        rows = (*self.gold.targets, *self.gold.incentives, *self.gold.traps, *self.gold.qualitative)
        return tuple(row for row in (*rows, *self.gold.quantities) if not row.located)

    @property
    def not_empty(self) -> tuple[str, ...]:
        """Documents that must give nothing and gave something."""
        return tuple(
            name
            for name in self.gold.documents
            if name in self.gold.negative and any(part.tally(name).predicted for part in self.parts)
        )


def score(folder: Path, readings: Mapping[str, Reading], classes: Path | None = None) -> Score:
    """Score ``readings`` (by document name, see :func:`gold_documents`) against the gold in ``folder``.

    Documents of the gold that are not in ``readings`` are left out. ``classes``: annotated classes of receivers, where
    ``folder`` has none of its own. Raises ``InputError`` on a broken gold file.
    """
    gold = read_gold(folder, readings)
    kept = next((path for path in (folder / FILE, classes) if path is not None and path.is_file()), None)
    known = read_classes(kept) if kept else {}
    gold = replace(gold, incentives=tuple(with_class(row, known) for row in gold.incentives))
    missing, further = qualitative(gold, readings)
    return Score(
        gold=gold,
        targets=count_targets(gold, readings),
        incentives=count_incentives(gold, readings),
        taken=taken(gold, readings),
        unlisted=missing,
        unasked=further,
        structure=wrong_structure(gold, readings),
        quantities=wrong_quantities(gold, readings),
    )
