"""What there is to choose from, with how many documents each choice would show, and what a choice comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from analysis.grammar import indicators
from analysis.grammar.regions import regions
from analysis.model import Instrument, Level, Receiver, Status, TextKind
from analysis.store.choice import Choice, Condition, condition
from analysis.store.collection import Collection, records, rows

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
class Gifts:
    """Who receives something of the documents of a choice, and how: each with the number of documents that give so.

    Both lists leave the filters by receiver and instrument out as those of :class:`Facets` do.
    """

    receivers: tuple[tuple[Receiver, int], ...]
    instruments: tuple[tuple[Instrument, int], ...]


def facets(collection: Collection, choice: Choice | None = None, as_of: date | None = None) -> Facets:
    """What can be chosen beside ``choice``; ``as_of`` as for choosing by verdict."""
    met = condition(collection, choice or Choice(), as_of)
    provinces = dict(_counted(collection, met, "province", "provinces", "places"))
    years = _counted(collection, met, "year", "years")
    target_years = _aimed(collection, met, "a.target_year", "target_years")
    given = _gifts(collection, met)
    return Facets(
        provinces=tuple((code, one.name, provinces[code]) for code, one in regions().items() if code in provinces),
        places=_places(collection, met),
        levels=_members(Level, _counted(collection, met, "level", "levels")),
        statuses=_members(Status, _counted(collection, met, "status", "statuses")),
        kinds=_members(TextKind, _counted(collection, met, "kind", "kinds")),
        years=tuple(sorted(years, key=lambda pair: (pair[0] is None, -(pair[0] or 0)))),
        indicators=_indicators(collection, met),
        target_years=tuple(sorted(target_years, key=lambda pair: (pair[0] is None, pair[0] or 0))),
        receivers=given.receivers,
        instruments=given.instruments,
    )


def gifts(collection: Collection, choice: Choice | None = None, as_of: date | None = None) -> Gifts:
    """Receivers and instruments alone; ``as_of`` as for choosing by verdict."""
    return _gifts(collection, condition(collection, choice or Choice(), as_of))


def _gifts(collection: Collection, met: Condition) -> Gifts:
    return Gifts(
        receivers=_members(Receiver, _given(collection, met, "g.receiver", "receivers")),
        instruments=_members(Instrument, _given(collection, met, "g.instrument", "instruments")),
    )


def _places(collection: Collection, met: Condition) -> tuple[tuple[str, str | None, Level, int], ...]:
    sql = (
        "SELECT region, province, min(level), count(*) FROM light "
        f"WHERE region IS NOT NULL AND {met.sql('places')} GROUP BY region, province"
    )
    found = [(name, code, Level(level), number) for name, code, level, number in rows(collection, sql, met.bound(sql))]
    order = list(Level)
    return tuple(sorted(found, key=lambda place: (place[1] or "~", order.index(place[2]), place[0])))


def _counted(collection: Collection, met: Condition, column: str, *without: str) -> list[tuple[Any, int]]:
    sql = f"SELECT {column}, count(*) FROM light WHERE {met.sql(*without)} GROUP BY ALL"
    return [(value, number) for value, number in rows(collection, sql, met.bound(sql))]


def _aimed(collection: Collection, met: Condition, column: str, name: str) -> list[tuple[Any, int]]:
    """Documents by a value of their targets; the other filters on targets hold for the same target."""
    where = met.sql("indicators", "target_years", "verdicts")
    return _below(collection, met, column, met.aims, met.of_aim(name), where)


def _given(collection: Collection, met: Condition, column: str, name: str) -> list[tuple[Any, int]]:
    """Documents by a value of their incentives; the other filter on incentives holds for the same one."""
    where = met.sql("receivers", "instruments")
    return _below(collection, met, column, "given g", met.of_gift(name), where)


def _below(
    collection: Collection, met: Condition, column: str, table: str, own: str, where: str
) -> list[tuple[Any, int]]:
    some = "" if where == "true" else " JOIN light USING (number)"
    sql = f"SELECT {column}, count(DISTINCT number) FROM {table}{some} WHERE {own or 'true'} AND {where} GROUP BY ALL"
    return [(value, number) for value, number in rows(collection, sql, met.bound(sql))]


def _members(kind: type[Kind], found: list[tuple[Any, int]]) -> tuple[tuple[Kind, int], ...]:
    numbers: dict[str, int] = dict(found)
    return tuple((member, numbers[str(member)]) for member in kind if str(member) in numbers)


def _indicators(collection: Collection, met: Condition) -> tuple[tuple[str, str, int], ...]:
    names = {entry.id: entry.name for entry in indicators()}
    keys: dict[int, str] = dict(rows(collection, "SELECT id, key FROM keys"))
    found = [(keys[at], number) for at, number in _aimed(collection, met, "a.key", "indicators")]
    found.sort(key=lambda pair: (-pair[1], pair[0]))
    return tuple((key, names.get(key, key), number) for key, number in found)


def totals(collection: Collection, choice: Choice | None = None, as_of: date | None = None) -> Totals:
    """What the documents of a choice come to; ``as_of`` as for choosing by verdict."""
    met = condition(collection, choice or Choice(), as_of)
    where = met.sql()
    sql = f"""
        WITH chosen AS MATERIALIZED (SELECT * FROM light WHERE {where}),
        more AS (SELECT further.files FROM further JOIN chosen ON further.edition_of = chosen.document)
        SELECT count(*) AS documents, (SELECT count(*) FROM more) AS further_editions,
            (coalesce(sum(files), 0) + (SELECT coalesce(sum(files), 0) FROM more))::BIGINT AS files,
            (SELECT count(*) FROM unread) AS unread,
            count(DISTINCT province) AS regions, count(DISTINCT region) AS places,
            count(*) FILTER (status = '{Status.DRAFT}') AS drafts,
            coalesce(sum(targets), 0)::BIGINT AS targets, coalesce(sum(quantified), 0)::BIGINT AS quantified,
            coalesce(sum(qualitative), 0)::BIGINT AS qualitative,
            min(year) AS first_year, max(year) AS last_year, histogram(metadata_from) AS by_metadata
        FROM chosen
    """
    (found,) = records(collection, sql, met.bound(sql))
    return Totals(**found | {"by_metadata": tuple(sorted((found["by_metadata"] or {}).items()))})
