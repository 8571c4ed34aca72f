"""What many documents come to: what can be chosen, totals, regions, and how far apart targets of an indicator lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from analysis.citation import quoted
from analysis.grammar import grammar
from analysis.model import Citation, Instrument, Level, Receiver, Status, TextKind
from analysis.store.choice import Choice, Condition, condition
from analysis.store.collection import Collection, records, rows
from analysis.store.rows import Row

Kind = TypeVar("Kind", Level, Status, TextKind, Receiver, Instrument)


@dataclass(frozen=True, slots=True)
class Facets:
    """The values that documents have, each with the number of documents that choosing it would leave.

    Each list leaves its own filter out of account (that of provinces the filter by place too), so that another value
    can be chosen. What no document has is not listed.
    """

    provinces: tuple[tuple[str, str, int], ...]  # code, name, documents; in the order of the standard
    places: tuple[tuple[str, str | None, Level, int], ...]  # name, code of the province, level, documents
    levels: tuple[tuple[Level, int], ...]
    statuses: tuple[tuple[Status, int], ...]
    kinds: tuple[tuple[TextKind, int], ...]
    years: tuple[tuple[int | None, int], ...]  # newest first, None last
    indicators: tuple[tuple[str, str, int], ...]  # key, name, documents; most frequent first
    target_years: tuple[tuple[int | None, int], ...]  # ascending, None last
    receivers: tuple[tuple[Receiver, int], ...]
    instruments: tuple[tuple[Instrument, int], ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """What a choice of documents comes to; ``unread`` counts the files of the whole collection that gave none.

    ``files`` are all places of all editions; ``regions`` are provincial units, ``places`` names of regions.
    """

    documents: int
    further_editions: int
    files: int
    unread: int
    regions: int
    places: int
    drafts: int
    targets: int
    quantified: int
    qualitative: int
    first_year: int | None
    last_year: int | None
    by_metadata: tuple[tuple[str, int], ...]  # card, sidecar, text: documents


@dataclass(frozen=True, slots=True)
class IncentiveCounts:
    """Who receives something of the documents of a choice, and how: each with the number of documents that give so.

    Both lists leave the filters by receiver and instrument out as those of :class:`Facets` do.
    """

    receivers: tuple[tuple[Receiver, int], ...]
    instruments: tuple[tuple[Instrument, int], ...]


def facets(collection: Collection, choice: Choice | None = None, as_of: date | None = None) -> Facets:
    """What can be chosen beside ``choice``; ``as_of`` as for choosing by verdict."""
    met = condition(collection, choice or Choice(), as_of)
    provinces = dict(_counted(met, "province", "provinces", "places"))
    years = _counted(met, "year", "years")
    target_years = _below(met, "targets", "t.target_year", "target_years")
    incentives = _incentive_counts(met)
    return Facets(
        provinces=tuple(
            (code, one.name, provinces[code]) for code, one in grammar().regions.items() if code in provinces
        ),
        places=_places(met),
        levels=_members(Level, _counted(met, "level", "levels")),
        statuses=_members(Status, _counted(met, "status", "statuses")),
        kinds=_members(TextKind, _counted(met, "kind", "kinds")),
        years=tuple(sorted(years, key=lambda pair: (pair[0] is None, -(pair[0] or 0)))),
        indicators=_indicators(met),
        target_years=tuple(sorted(target_years, key=lambda pair: (pair[0] is None, pair[0] or 0))),
        receivers=incentives.receivers,
        instruments=incentives.instruments,
    )


def incentive_counts(
    collection: Collection, choice: Choice | None = None, as_of: date | None = None
) -> IncentiveCounts:
    """Receivers and instruments alone; ``as_of`` as for choosing by verdict."""
    return _incentive_counts(condition(collection, choice or Choice(), as_of))


def _incentive_counts(met: Condition) -> IncentiveCounts:
    return IncentiveCounts(
        receivers=_members(Receiver, _below(met, "incentives", "i.receiver", "receivers")),
        instruments=_members(Instrument, _below(met, "incentives", "i.instrument", "instruments")),
    )


def _places(met: Condition) -> tuple[tuple[str, str | None, Level, int], ...]:
    sql = (
        "SELECT region, province, min(level), count(*) FROM documents "
        f"WHERE region IS NOT NULL AND {met.sql('places')} GROUP BY region, province"
    )
    found = [(name, code, Level(level), number) for name, code, level, number in met.ask(sql)]
    order = list(Level)
    return tuple(sorted(found, key=lambda place: (place[1] or "~", order.index(place[2]), place[0])))


def _counted(met: Condition, column: str, *without: str) -> list[tuple[Any, ...]]:
    return met.ask(f"SELECT {column}, count(*) FROM documents WHERE {met.sql(*without)} GROUP BY ALL")


def _below(met: Condition, table: str, column: str, own: str) -> list[tuple[Any, ...]]:
    """Documents by a value of their targets or incentives, but for the filter ``own``.

    The other filters on these hold for the same target or incentive.
    """
    where = met.sql(*(name for name, _ in met.rows[table]))
    some = "" if where == "true" else " JOIN documents USING (number)"
    return met.ask(
        f"SELECT {column}, count(DISTINCT number) FROM {met.tables[table]}{some} "
        f"WHERE {met.of(table, own)} AND {where} GROUP BY ALL"
    )


def _members(kind: type[Kind], found: list[tuple[Any, ...]]) -> tuple[tuple[Kind, int], ...]:
    numbers = dict(found)
    return tuple((member, numbers[str(member)]) for member in kind if str(member) in numbers)


def _indicators(met: Condition) -> tuple[tuple[str, str, int], ...]:
    names = _indicator_names(met)
    found = [(*names[at], number) for at, number in _below(met, "targets", "t.key", "indicators")]
    return tuple(sorted(found, key=lambda one: (-one[2], one[0])))


def _indicator_names(met: Condition) -> dict[int, tuple[str, str]]:
    """Key and name of each indicator by its number in the tables."""
    names = {entry.id: entry.name for entry in grammar().indicators}
    return {at: (key, names.get(key, key)) for at, key in met.ask("SELECT id, key FROM indicator_keys")}


def totals(collection: Collection, choice: Choice | None = None, as_of: date | None = None) -> Totals:
    """What the documents of a choice come to; ``as_of`` as for choosing by verdict."""
    met = condition(collection, choice or Choice(), as_of)
    sql = f"""
        WITH chosen AS MATERIALIZED (SELECT * FROM documents WHERE {met.sql()}),
        more AS (SELECT f.files FROM further_editions f JOIN chosen ON f.edition_of = chosen.document)
        SELECT count(*) AS documents, (SELECT count(*) FROM more) AS further_editions,
            (coalesce(sum(files), 0) + (SELECT coalesce(sum(files), 0) FROM more))::BIGINT AS files,
            (SELECT count(*) FROM stored.unread) AS unread,
            count(DISTINCT province) AS regions, count(DISTINCT region) AS places,
            count(*) FILTER (status = '{Status.DRAFT}') AS drafts,
            coalesce(sum(targets), 0)::BIGINT AS targets, coalesce(sum(quantified), 0)::BIGINT AS quantified,
            coalesce(sum(qualitative), 0)::BIGINT AS qualitative,
            min(year) AS first_year, max(year) AS last_year, histogram(metadata_from) AS by_metadata
        FROM chosen
    """
    (found,) = records(collection, sql, met.bound(sql))
    return Totals(**found | {"by_metadata": tuple(sorted(found["by_metadata"] or ()))})


Place = tuple[int, int, int]  # number of the document and clean span
DIGITS = 10  # significant ones of a value that DuckDB reckons with as a float; texts state fewer


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region in the table of all; ``newest`` is the latest date of issue, as precise as known.

    ``code`` is that of the provincial unit, None where documents name no region that is known; ``name`` is None then.
    """

    code: str | None
    name: str | None
    places: int  # names of regions in it
    documents: int
    drafts: int
    newest: str | None
    targets: int
    quantified: int
    qualitative: int


@dataclass(frozen=True, slots=True)
class Stated:
    """A value with the words that state it; ``value`` in the unit of its row."""

    value: Decimal
    document: str
    region: str | None
    target_year: int | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Spread:
    """One indicator over many documents: how many set a target for it, in how many regions, and how far apart.

    ``compared`` documents state a plain level (no growth, no share, nothing that recurs) in a unit of one kind, named
    by ``unit``; lowest, middle and highest are of those, None where there is none.
    """

    key: str
    name: str
    documents: int
    regions: int
    unit: str | None
    compared: int
    lowest: Stated | None
    middle: Decimal | None
    highest: Stated | None


def region_table(
    collection: Collection, choice: Choice | None = None, as_of: date | None = None, *, by_place: bool = False
) -> tuple[RegionRow, ...]:
    """What there is by provincial unit, in the order of the standard, or by place within them; unknown ones last."""
    met = condition(collection, choice or Choice(), as_of)
    group = "province, region" if by_place else "province"
    sql = f"""
        SELECT province, {"region" if by_place else "NULL"}, count(DISTINCT region), count(*),
            count(*) FILTER (status = '{Status.DRAFT}'), max(issued), sum(targets)::BIGINT,
            sum(quantified)::BIGINT, sum(qualitative)::BIGINT
        FROM documents WHERE {met.sql()} GROUP BY {group}
    """
    known = grammar().regions
    order = {code: place for place, code in enumerate(known)}
    found = [
        RegionRow(code, name or (known[code].name if code in known else None), *rest)
        for code, name, *rest in met.ask(sql)
    ]
    return tuple(sorted(found, key=lambda row: (order.get(row.code or "", len(order)), -row.documents, row.name or "")))


def indicator_spread(
    collection: Collection, choice: Choice | None = None, as_of: date | None = None
) -> tuple[Spread, ...]:
    """Every indicator of the chosen documents, the one that most documents set a target for first.

    What the choice says of targets holds for the targets that are counted here.
    """
    met = condition(collection, choice or Choice(), as_of)
    chosen = f"""
        SELECT t.*, documents.rank, documents.document, documents.region
        FROM {met.tables["targets"]} JOIN documents USING (number) WHERE {met.of("targets")} AND {met.sql()}
    """
    stated = """{'number': number, 'start': start, 'end': "end", 'base': base, 'document': document,
        'region': region, 'year': target_year}"""
    how_many = f"SELECT key, count(DISTINCT number), count(DISTINCT region) FROM ({chosen}) GROUP BY key"
    how_far = f"""
        SELECT key, counted, count(DISTINCT number), median(base),
            arg_min({stated}, (base, rank, start, "end")), arg_max({stated}, (base, -rank, -start, -"end"))
        FROM ({chosen}) WHERE plain AND base IS NOT NULL GROUP BY key, counted
        ORDER BY count(DISTINCT number), counted
    """
    names = _indicator_names(met)
    units = {kind.id: kind.base for kind in grammar().counted}
    # The kind of unit that most documents use comes last and stays.
    levels = {at: level for at, *level in met.ask(how_far)}
    words = _words(collection, [end for *_, low, high in levels.values() for end in (low, high)])
    made = []
    for at, documents, regions in met.ask(how_many):
        kind, compared, middle, low, high = levels.get(at, (None, 0, None, None, None))
        made.append(
            Spread(
                *names[at],
                documents=documents,
                regions=regions,
                unit=units[kind] if kind else None,
                compared=compared,
                lowest=low and _stated(low, words),
                middle=None if middle is None else _exact(middle),
                highest=high and _stated(high, words),
            )
        )
    return tuple(sorted(made, key=lambda row: (-row.documents, -row.regions, row.key)))


def _words(collection: Collection, found: Sequence[Row]) -> dict[Place, tuple[Any, ...]]:
    """What a citation is made of, by the place of the words."""
    sql = """
        SELECT t.number, t.start, t."end", d.digest, t.raw_start, t.raw_end, t.quote, t.clause
        FROM stored.targets t JOIN stored.documents d USING (number) WHERE t.number IN (SELECT unnest($numbers))
    """
    numbers = sorted({one["number"] for one in found})
    return {row[:3]: row[3:] for row in rows(collection, sql, {"numbers": numbers})}


def _stated(found: Row, words: Mapping[Place, tuple[Any, ...]]) -> Stated:
    """A value found, with its words."""
    citation = quoted(found["document"], *words[found["number"], found["start"], found["end"]])
    return Stated(_exact(found["base"]), found["document"], found["region"], found["year"], citation)


def _exact(value: float) -> Decimal:
    """The decimal number that the texts gave before it became a float."""
    return Decimal(f"{value:.{DIGITS}g}")
