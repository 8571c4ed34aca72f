"""What many documents say, in a few numbers: by region, and by indicator how far apart the targets lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from analysis.citation import quoted
from analysis.grammar import indicators
from analysis.grammar.counted import counted
from analysis.grammar.regions import regions
from analysis.model import Citation, Status
from analysis.store.choice import Choice, condition
from analysis.store.collection import Collection, rows
from analysis.store.rows import Row

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
        FROM light WHERE {met.sql()} GROUP BY {group}
    """
    known = regions()
    order = {code: place for place, code in enumerate(known)}
    found = [
        RegionRow(code, name or (known[code].name if code in known else None), *rest)
        for code, name, *rest in rows(collection, sql, met.bound(sql))
    ]
    return tuple(sorted(found, key=lambda row: (order.get(row.code or "", len(order)), -row.documents, row.name or "")))


def indicator_spread(
    collection: Collection, choice: Choice | None = None, as_of: date | None = None
) -> tuple[Spread, ...]:
    """Every indicator of the chosen documents, the one that most documents set a target for first.

    What the choice says of targets holds for the targets that are counted here.
    """
    met = condition(collection, choice or Choice(), as_of)
    aimed = f"""
        SELECT a.*, light.rank, light.document, light.region
        FROM {met.aims} JOIN light USING (number) WHERE {met.of_aim() or "true"} AND {met.sql()}
    """
    how_many = f"""
        SELECT key, count(DISTINCT number), count(DISTINCT region) FROM ({aimed}) GROUP BY key
    """
    how_far = f"""
        SELECT key, counted, count(DISTINCT number), median(base),
            min(({{'base': base, 'rank': rank, 'start': start, 'end': "end", 'year': target_year,
                'number': number, 'document': document, 'region': region}})),
            max(({{'base': base, 'rank': -rank, 'start': -start, 'end': -"end", 'year': target_year,
                'number': number, 'document': document, 'region': region}}))
        FROM ({aimed}) WHERE plain AND base IS NOT NULL GROUP BY key, counted
    """
    keys: dict[int, str] = dict(rows(collection, "SELECT id, key FROM keys"))
    names = {entry.id: entry.name for entry in indicators()}
    units = {kind.id: kind.base for kind in counted()}
    levels: dict[int, tuple[Any, ...]] = {}
    for at, *level in sorted(rows(collection, how_far, met.bound(how_far)), key=lambda row: (row[2], row[1])):
        levels[at] = tuple(level)  # the kind of unit that most documents use comes last and stays
    ends = [end for _, _, _, *ends in levels.values() for end in ends if end]
    stated = _stated(collection, ends)
    made = []
    for at, documents, places in rows(collection, how_many, met.bound(how_many)):
        kind, compared, middle, low, high = levels.get(at, (None, 0, None, None, None))
        made.append(
            Spread(
                key=keys[at],
                name=names.get(keys[at], keys[at]),
                documents=documents,
                regions=places,
                unit=units[kind] if kind else None,
                compared=compared,
                lowest=low and stated[_place(low)],
                middle=None if middle is None else _exact(middle),
                highest=high and stated[_place(high)],
            )
        )
    return tuple(sorted(made, key=lambda row: (-row.documents, -row.regions, row.key)))


def _place(found: Row) -> Place:
    return found["number"], abs(found["start"]), abs(found["end"])


def _stated(collection: Collection, found: Sequence[Row]) -> dict[Place, Stated]:
    """The values found, by the place of their words, with the words."""
    sql = """
        SELECT t.number, t.start, t."end", d.digest, t.raw_start, t.raw_end, t.quote, t.clause
        FROM targets t JOIN documents d USING (number) WHERE t.number IN (SELECT unnest($numbers))
    """
    numbers = sorted({one["number"] for one in found})
    words = {tuple(row[:3]): row[3:] for row in rows(collection, sql, {"numbers": numbers})}
    return {
        _place(one): Stated(
            _exact(one["base"]),
            one["document"],
            one["region"],
            one["year"],
            quoted(one["document"], *words[_place(one)]),
        )
        for one in found
    }


def _exact(value: float) -> Decimal:
    """The decimal number that the texts gave before it became a float."""
    return Decimal(f"{value:.{DIGITS}g}")
