"""How well texts are read that no weight was learnt from: rates with intervals, by kind, and how far to believe them.

Everything here is computed from counts; no word of a text is needed. The texts collected last were annotated before
their first run; of them, too, only the counts are kept.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.learn.learning_report import Bin, calibration_error, drawn, reliability, within
from analysis.learn.left_out import LeftOut
from analysis.model import InputError
from analysis.score.count import Tally, total
from analysis.score.score_report import recorded_by_document


@dataclass(frozen=True, slots=True)
class Rate:
    """A share and its 95 % interval over documents drawn with replacement; None over nothing."""

    value: float | None
    within: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and F1 of the rows found, or of those wholly right."""

    precision: Rate
    recall: Rate
    f1: Rate


@dataclass(frozen=True, slots=True)
class Estimate:
    """What ``documents`` texts gave together."""

    documents: int
    tally: Tally
    found: Rates
    right: Rates


@dataclass(frozen=True, slots=True)
class OfKind:
    """Texts of one kind (``analysis.model.TextKind``)."""

    kind: str
    targets: Estimate
    incentives: Estimate


@dataclass(frozen=True, slots=True)
class Belief:
    """Numbers whose probability says the same side of the line: how many, the mean said, the share that came true."""

    count: int
    said: float
    true: float


@dataclass(frozen=True, slots=True)
class Unseen:
    """What leaving out one document at a time says of texts nobody has tuned for.

    ``by_rule``: the grammar's rules alone; of incentives None while nothing else reads them. ``empty``: texts that hold
    neither target nor incentive, and the rows they gave all the same.
    """

    documents: int
    targets: Estimate
    targets_by_rule: Estimate
    incentives: Estimate
    incentives_by_rule: Estimate | None
    kinds: tuple[OfKind, ...]
    empty: int
    empty_rows: int
    empty_rows_by_rule: int
    bins: tuple[Bin, ...]
    error: float | None
    taken: Belief | None  # of the numbers that are shown as targets, those from ``threshold`` on
    threshold: float


def estimate(tallies: Sequence[Tally]) -> Estimate:
    """Rates of several documents together."""
    whole, draws = total(tallies), drawn(tallies)
    return Estimate(len(tallies), whole, _rates(whole, draws, right=False), _rates(whole, draws, right=True))


def _rates(whole: Tally, draws: Sequence[Tally], *, right: bool) -> Rates:
    def of(tally: Tally) -> tuple[float | None, float | None, float | None]:
        return tally.rates(tally.right if right else tally.found)

    drawn_rates = [of(one) for one in draws]
    rates = [Rate(value, within(each[at] for each in drawn_rates)) for at, value in enumerate(of(whole))]
    return Rates(*rates)


def unseen(documents: Sequence[LeftOut], threshold: float) -> Unseen:
    """Everything that the counts of ``documents`` say; ``threshold``: the probability from which a number is taken."""
    rules = [one.incentives_by_rule for one in documents if one.incentives_by_rule is not None]
    empty = [one for one in documents if one.negative]
    bins = reliability(documents)
    return Unseen(
        documents=len(documents),
        targets=estimate([one.targets for one in documents]),
        targets_by_rule=estimate([one.targets_by_rule for one in documents]),
        incentives=estimate([one.incentives for one in documents]),
        incentives_by_rule=estimate(rules) if documents and len(rules) == len(documents) else None,
        kinds=_kinds(documents),
        empty=len(empty),
        empty_rows=sum(one.targets.predicted + one.incentives.predicted for one in empty),
        empty_rows_by_rule=sum(
            one.targets_by_rule.predicted + (one.incentives_by_rule or one.incentives).predicted for one in empty
        ),
        bins=bins,
        error=calibration_error(bins),
        taken=_belief([row for one in documents for row in one.judged if row[0] >= threshold]),
        threshold=threshold,
    )


def _kinds(documents: Sequence[LeftOut]) -> tuple[OfKind, ...]:
    """Those that occur, most texts first."""
    by_kind: dict[str, list[LeftOut]] = {}
    for one in documents:
        by_kind.setdefault(one.kind, []).append(one)
    ordered = sorted(by_kind.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(
        OfKind(kind, estimate([one.targets for one in some]), estimate([one.incentives for one in some]))
        for kind, some in ordered
    )


def _belief(rows: Sequence[tuple[float, bool]]) -> Belief | None:
    if not rows:
        return None
    return Belief(len(rows), sum(said for said, _ in rows) / len(rows), sum(true for _, true in rows) / len(rows))


#: The day that ``tests/gold/fresh/README.md`` names.
COLLECTED = "2026-11-28"
RESULT, SOURCES = "result.json", "sources.csv"
_COLUMNS = ("document", "region", "title", "issued", "source", "negative")


@dataclass(frozen=True, slots=True)
class FreshText:
    """Where one of the texts comes from."""

    document: str
    region: str
    title: str
    issued: str
    source: str
    negative: bool  # holds neither target nor incentive


@dataclass(frozen=True, slots=True)
class Fresh:
    """What the run gave. Rows that a fair annotator could decide otherwise are counted."""

    collected: str  # ISO date
    texts: tuple[FreshText, ...]
    documents: int
    targets: Estimate
    incentives: Estimate
    empty: int
    empty_rows: int


def read_fresh(folder: Path) -> Fresh | None:
    """The run recorded in ``folder`` by ``score … --write-baseline result.json``; None where none is.

    Raises ``InputError`` when the record or the list of sources is broken.
    """
    kept = recorded_by_document(folder / RESULT)
    if kept is None:
        return None
    texts = _sources(folder / SOURCES)
    names = sorted({one.document for one in texts}.union(*kept.values()))
    empty = {one.document for one in texts if one.negative}
    return Fresh(
        collected=COLLECTED,
        texts=texts,
        documents=len(names),
        targets=estimate(_in_order(kept["targets"], names)),
        incentives=estimate(_in_order(kept["incentives"], names)),
        empty=len(empty),
        empty_rows=sum(part[name].predicted for part in kept.values() for name in empty if name in part),
    )


def _in_order(kept: Mapping[str, Tally], names: list[str]) -> list[Tally]:
    return [kept.get(name, Tally(0, 0, 0, 0)) for name in names]


def _sources(path: Path) -> tuple[FreshText, ...]:
    if not path.is_file():
        return ()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return tuple(_text(row) for row in csv.DictReader(file))
    except (OSError, UnicodeDecodeError, KeyError, csv.Error) as problem:
        columns = "、".join(_COLUMNS)
        raise InputError(path.name, "", "来源表读不出来或缺少列", f"请补全 {columns} 各列") from problem


def _text(row: Mapping[str, str | None]) -> FreshText:
    document, region, title, issued, source, negative = (row[name] or "" for name in _COLUMNS)
    return FreshText(document, region, title, issued, source, negative == "1")
