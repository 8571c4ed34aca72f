"""Questions that set texts side by side, hold them against what happened, or ask for their words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from analysis.compare import (
    Answer,
    IncentiveMatrix,
    TargetMatrix,
    answer,
    incentive_matrix,
    incentive_table,
    key,
    narrow,
    target_matrix,
    target_table,
    years,
)
from analysis.compare.target_matrix import Key
from analysis.model import (
    Card,
    Checked,
    Corpus,
    Incentive,
    Instrument,
    Level,
    Receiver,
    Target,
    TargetStatus,
)
from analysis.similar import GroupBy, group_names
from analysis.store import Choice, Collection, Facets, choose, facets
from analysis.trend import TrendRow, TrendView, regions, series_notes, target_statuses, trend_view

Mark = Callable[[Checked | None], bool]  # a question on who stands for a row


@dataclass(frozen=True, slots=True)
class TargetComparison:
    """Targets side by side: all of the documents, those that filters leave of them, and what became of them."""

    every: TargetMatrix
    matrix: TargetMatrix
    outcomes: Mapping[Key, TrendRow]


def target_comparison(corpus: Corpus) -> TargetMatrix:
    """Who set which targets: indicators × documents, newest document first."""
    return target_matrix(corpus.readings)


def target_records(corpus: Corpus, as_of: date) -> pd.DataFrame:
    """All targets as a tidy table, one a row, each with its document, clause, span and verdict."""
    verdicts = {name: row.status for name, row in target_statuses(corpus, as_of).items()}
    return target_table(corpus.readings, verdicts)


def incentive_records(corpus: Corpus) -> pd.DataFrame:
    """All incentives as a tidy table, one a row, each with its document, clause and span."""
    return incentive_table(corpus.readings)


def compare_targets(
    corpus: Corpus, as_of: date, choice: Choice | None = None, marks: Sequence[Mark] = ()
) -> TargetComparison:
    """All targets of a corpus, and those that ``choice`` leaves by indicator, year and verdict as of a date.

    ``marks``: what may be said of who stands for a row, any of it.
    """
    asked = choice or Choice()
    every, outcomes = target_comparison(corpus), target_statuses(corpus, as_of)

    def status(name: Key) -> TargetStatus:
        return outcomes[name].status if name in outcomes else TargetStatus.NOT_COMPARABLE

    matrix = narrow(
        every,
        lambda row, target: (
            (not asked.indicators or row.key in asked.indicators)
            and (not asked.target_years or target.target_year in asked.target_years)
            and (not asked.verdicts or status(key(target)) in asked.verdicts)
            and _marked(target, marks)
        ),
    )
    return TargetComparison(every, matrix, outcomes)


def _marked(row: Target | Incentive, marks: Sequence[Mark]) -> bool:
    return not marks or any(mark(row.checked) for mark in marks)


def offered_targets(facets: Facets, shown: TargetMatrix) -> tuple[dict[str, str], tuple[int | None, ...]]:
    """What targets can be chosen by: name of an indicator -> its key, and years, None last.

    Those of a collection (``facets``), and of the documents shown: rows that people changed and a visitor's own files
    are in no table.
    """
    names = {name: key for key, name, _ in facets.indicators} | {row.name: row.key for row in shown.rows}
    found = {year for year, _ in facets.target_years} | set(years(shown.targets))
    return names, tuple(sorted(found, key=lambda year: (year is None, year or 0)))


def offered_incentives(
    facets: Facets, shown: Sequence[Incentive]
) -> tuple[tuple[Receiver, ...], tuple[Instrument, ...]]:
    """The receivers and instruments that incentives can be chosen by, in the same way."""
    receivers = {receiver for receiver, _ in facets.receivers} | {incentive.receiver for incentive in shown}
    instruments = {tool for tool, _ in facets.instruments} | {incentive.instrument for incentive in shown}
    return tuple(one for one in Receiver if one in receivers), tuple(one for one in Instrument if one in instruments)


def incentive_comparison(corpus: Corpus, choice: Choice | None = None, marks: Sequence[Mark] = ()) -> IncentiveMatrix:
    """Who gets what: receivers × documents, as far as ``choice`` leaves receivers and instruments."""
    asked = choice or Choice()
    shown = [
        replace(reading, incentives=tuple(row for row in reading.incentives if _marked(row, marks)))
        for reading in corpus.readings
    ]
    wanted = [receiver for receiver in Receiver if not asked.receivers or receiver in asked.receivers]
    return incentive_matrix(shown, wanted, asked.instruments or tuple(Instrument))


def receiver_answer(matrix: IncentiveMatrix, receiver: Receiver) -> Answer | None:
    """Who pays these receivers, from what sum, how much and up to what; None where the matrix has no such row."""
    row = next((row for row in matrix.rows if row.receiver is receiver), None)
    return answer(row, matrix.cards) if row else None


def contract_targets(corpus: Corpus, as_of: date) -> tuple[dict[str, str], TrendView]:
    """Code and name of each region that has a document, and what all of them aimed at and reached, as of a date."""
    own = dict(regions(corpus)[0])
    return own, trend_view(corpus, tuple(own), as_of=as_of)


_JUDGED = (Level.NATION, Level.PROVINCE, Level.UNKNOWN)
_BELOW = (Level.CITY, Level.DISTRICT)  # no figures of the same place
Region = tuple[str, str]  # code, name


def trend_regions(
    collection: Collection, shown: Corpus, choice: Choice | None = None
) -> tuple[tuple[Region, ...], tuple[Region, ...]]:
    """Regions of the documents in ``shown``, then those with a target on contract value, most documents first.

    After them, apart, all other regions with documents or figures. ``choice`` says which documents count.
    """
    base = choice or Choice()
    near, known = regions(shown)
    found = facets(collection, _with_contract_targets(base, _JUDGED)).provinces
    own = dict(near) | {code: name for code, name, _ in sorted(found, key=lambda region: -region[2])}
    every = {code: name for code, name, _ in facets(collection).provinces} | dict(known)
    return tuple(own.items()), tuple(sorted((code, name) for code, name in every.items() if code not in own))


def regions_with_targets(collection: Collection, choice: Choice) -> frozenset[str]:
    """The codes of the regions that set a target on contract value."""
    return frozenset(code for code, _, _ in facets(collection, _with_contract_targets(choice, _JUDGED)).provinces)


def on_trend(region_codes: Sequence[str], choice: Choice) -> Choice:
    """The documents of these regions that set a target on contract value."""
    provinces = tuple(region_codes) or ("",)  # "": none, where () is all
    return _with_contract_targets(replace(choice, provinces=provinces), _JUDGED)


def cities_on_trend(collection: Collection, region_codes: Sequence[str], choice: Choice) -> int:
    """How many documents of cities and districts in these regions set one: nothing to hold it against is known."""
    below = _with_contract_targets(replace(choice, provinces=tuple(region_codes)), _BELOW)
    return choose(collection, below, 1, 1).total if region_codes else 0


def _with_contract_targets(choice: Choice, levels: Sequence[Level]) -> Choice:
    return replace(choice, levels=tuple(levels), indicators=tuple(series_notes()))


def wording_groups(cards: Sequence[Card], by: GroupBy, names: Mapping[str, str]) -> tuple[str, ...]:
    """The group each text is read in; ``names`` are short names by slug. Periods go by the year a text counts from."""
    return group_names(cards, by, names)
