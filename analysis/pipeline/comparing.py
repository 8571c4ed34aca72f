"""Questions that set texts side by side, or hold them against what happened."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from analysis.compare import (
    Answer,
    IncentiveMatrix,
    Rule,
    TargetMatrix,
    answer,
    incentive_matrix,
    incentive_table,
    key,
    narrow,
    rules,
    target_matrix,
    target_table,
)
from analysis.compare import (
    years as years_of,
)
from analysis.compare.targets import Key
from analysis.coverage import Coverage, coverage
from analysis.grammar import indicators
from analysis.model import Checked, Corpus, Incentive, Instrument, Receiver, SeriesName, Target, Verdict
from analysis.overview import Overview, overview
from analysis.trend import Basis, Measure, TrendRow, TrendView, trend_rows
from analysis.trend import regions as regions_of
from analysis.trend import view as view_of

Mark = Callable[[Checked | None], bool]  # a question on who stands for a row


def target_comparison(corpus: Corpus) -> TargetMatrix:
    """Who set which targets: indicators × documents, newest document first."""
    return target_matrix(corpus.readings, indicators())


def target_outcomes(
    corpus: Corpus,
    as_of: date,
    series: Sequence[SeriesName] = (SeriesName.OUTPUT, SeriesName.REGISTERED),
) -> tuple[TrendRow, ...]:
    """Each target on contract value against what happened by each series, as of a date."""
    cards = {reading.document.id: reading.document.card for reading in corpus.readings}
    return trend_rows(
        [target for reading in corpus.readings for target in reading.targets],
        cards,
        corpus.points,
        as_of,
        definitions=series_notes(),
        series=series,
    )


def target_verdicts(corpus: Corpus, as_of: date) -> Mapping[Key, TrendRow]:
    """What became of the targets that the output series can answer, as of a date."""
    found = target_outcomes(corpus, as_of, (SeriesName.OUTPUT,))
    return {(row.document, row.start, row.end, str(row.kind)): row for row in found}


def target_records(corpus: Corpus, as_of: date) -> pd.DataFrame:
    """All targets as a tidy table, one a row, each with its document, clause, span and verdict."""
    verdicts = {name: row.status for name, row in target_verdicts(corpus, as_of).items()}
    return target_table(corpus.readings, indicators(), verdicts)


def incentive_records(corpus: Corpus) -> pd.DataFrame:
    """All incentives as a tidy table, one a row, each with its document, clause and span."""
    return incentive_table(corpus.readings)


def choose_targets(
    matrix: TargetMatrix,
    verdicts: Mapping[Key, TrendRow],
    *,
    documents: Collection[str],
    indicator_keys: Collection[str] = (),
    years: Collection[int | None] = (),
    statuses: Collection[Verdict] = (),
    marks: Collection[Mark] = (),
) -> TargetMatrix:
    """The part of a matrix that filters leave; an empty filter lets everything through, except ``documents``.

    ``marks``: what may be said of who stands for a row, any of it.
    """

    def status(name: Key) -> Verdict:
        return verdicts[name].status if name in verdicts else Verdict.NOT_COMPARABLE

    return narrow(
        matrix,
        documents,
        lambda row, target: (
            (not indicator_keys or row.key in indicator_keys)
            and (not years or target.target_year in years)
            and (not statuses or status(key(target)) in statuses)
            and _marked(target, marks)
        ),
    )


def _marked(row: Target | Incentive, marks: Collection[Mark]) -> bool:
    return not marks or any(mark(row.checked) for mark in marks)


def target_years(matrix: TargetMatrix) -> tuple[int | None, ...]:
    """The target years of a matrix, ascending; None last where a target has none."""
    return years_of(matrix.targets)


def incentive_comparison(
    corpus: Corpus,
    *,
    documents: Collection[str] | None = None,
    receivers: Collection[Receiver] = (),
    instruments: Collection[Instrument] = (),
    marks: Collection[Mark] = (),
) -> IncentiveMatrix:
    """Who gets what: receivers × documents; an empty filter lets everything through, None means all documents."""
    shown = [
        replace(reading, incentives=tuple(row for row in reading.incentives if _marked(row, marks)))
        for reading in corpus.readings
        if documents is None or reading.document.id in documents
    ]
    wanted = [receiver for receiver in Receiver if not receivers or receiver in receivers]
    return incentive_matrix(shown, wanted, instruments or tuple(Instrument))


def receiver_answer(matrix: IncentiveMatrix, receiver: Receiver) -> Answer | None:
    """Who pays these receivers, from what sum, how much and up to what; None where the matrix has no such row."""
    row = next((row for row in matrix.rows if row.receiver is receiver), None)
    return answer(row, matrix.cards) if row else None


def contract_rules(matrix: IncentiveMatrix) -> tuple[Rule, ...]:
    """The incentives of a matrix whose money follows from a sum of contracts."""
    return rules(matrix.incentives)


def trend_regions(corpus: Corpus) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """(code, name) of the regions with a document, newest document first, and of all others in the series."""
    return regions_of(corpus)


def trend_view(
    corpus: Corpus,
    region_codes: Sequence[str],
    *,
    basis: str = Basis.OUTPUT,
    measure: str = Measure.VALUE,
    as_of: date,
    extrapolate: bool = False,
) -> TrendView:
    """What was aimed at and what came of it, for a choice of regions and measure, as of a date."""
    return view_of(
        corpus,
        region_codes,
        Basis(basis),
        Measure(measure),
        as_of,
        definitions=series_notes(),
        extrapolate=extrapolate,
    )


def series_notes() -> Mapping[str, str]:
    """Indicators that the series can answer, with how their definition differs from it."""
    return {entry.id: entry.series_note for entry in indicators() if entry.series}


def corpus_overview(corpus: Corpus, as_of: date) -> Overview:
    """The corpus at a glance and the differences worth knowing first, as of a date."""
    return overview(corpus, target_comparison(corpus), incentive_comparison(corpus), target_verdicts(corpus, as_of))


def series_coverage(corpus: Corpus) -> Coverage:
    """For which regions and years there are figures."""
    return coverage(corpus.points)
