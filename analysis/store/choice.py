"""Which documents: a choice of filters, the documents it lets through page by page, and verdicts on their targets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from analysis.grammar import grammar
from analysis.model import Card, Instrument, Level, Receiver, SeriesName, Status, Target, TargetStatus, TextKind
from analysis.store.collection import SIDE_BY_SIDE, Collection, records, rows, storable, storables
from analysis.store.rows import Row, from_row
from analysis.trend import series_notes, trend_rows

_YEARS_KEPT = 8  # a visitor may ask for any year: the table does not grow with their curiosity

# Targets of cities and districts have no figures of the same reach: they are not comparable without a look.
_HELD = """
SELECT t.*, l.region_code, l.region, l.level, l.year
FROM stored.targets t JOIN documents l USING (number)
WHERE list_contains($ids, t.indicator_id) AND l.region_code IS NOT NULL AND l.level NOT IN ('city', 'district')
ORDER BY t.number, t.start
"""


def fill_verdicts(collection: Collection, as_of: date) -> None:
    """See to it that ``verdicts`` has the targets that the output series can answer, as of the year of a day.

    A target without a row there is not comparable.
    """
    with collection.lock:
        if as_of.year in collection.verdict_years:
            return
        found = _verdicts(collection, as_of)
        with collection.connection.cursor() as cursor:
            if len(collection.verdict_years) >= _YEARS_KEPT:
                gone = collection.verdict_years.pop(0)
                cursor.execute("DELETE FROM verdicts WHERE as_of = $year", {"year": gone})
            if found:
                cursor.register("arriving", pa.Table.from_pylist(found))
                cursor.execute("INSERT INTO verdicts BY NAME SELECT * FROM arriving")
                cursor.unregister("arriving")
        collection.verdict_years.append(as_of.year)


def _verdicts(collection: Collection, as_of: date) -> list[Row]:
    held = records(collection, _HELD, {"ids": list(series_notes())})
    cards = {
        row["document"]: Card(
            row["document"],
            "",
            row["region_code"],
            row["region"],
            Level(row["level"]),
            issued=f"{row['year']:04d}" if row["year"] is not None else None,
        )
        for row in held
    }
    targets = [from_row(Target, row["document"], row) for row in held]
    judged = trend_rows(targets, cards, collection.points, as_of, (SeriesName.OUTPUT,))
    numbers = {row["document"]: row["number"] for row in held}
    return [
        {
            "as_of": as_of.year,
            "number": numbers[row.document],
            "start": row.start,
            "end": row.end,
            "kind": str(row.kind),
            "status": str(row.status),
        }
        for row in judged
    ]


@dataclass(frozen=True, slots=True)
class Choice:
    """Filters over documents; an empty one lets everything through, and a document must pass them all.

    ``provinces`` are codes of provincial units (000000 the nation) and include their cities; ``places`` are names of
    regions as on the cards; ``documents`` are slugs; ``years`` are those that name the texts, None where it is not
    known; each of the ``words`` (white space between them) stands literally in title, number, region or year, or is the
    name of the province. What is said of targets must be true of one target of the document: its indicator (key), its
    target year (None: none stated) and its verdict; so for receiver and instrument.
    """

    provinces: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    statuses: tuple[Status, ...] = ()
    kinds: tuple[TextKind, ...] = ()
    documents: tuple[str, ...] = ()
    years: tuple[int | None, ...] = ()
    words: str = ""
    indicators: tuple[str, ...] = ()
    target_years: tuple[int | None, ...] = ()
    verdicts: tuple[TargetStatus, ...] = ()
    receivers: tuple[Receiver, ...] = ()
    instruments: tuple[Instrument, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """A page of the documents that a choice lets through, newest first, undated last.

    ``first`` is the place of the first one shown among all ``total``, counted from 1; 0 when there is none.
    """

    documents: tuple[str, ...]
    total: int
    page: int
    pages: int
    first: int


Filters = Sequence[tuple[str, str]]  # name of a filter, and what it asks as SQL


@dataclass(frozen=True, slots=True)
class Condition:
    """A choice as SQL over a collection, filter by filter, with the values that are bound in it.

    ``document`` speaks of ``documents``; ``rows`` has what is asked of one of the ``targets t`` (with the verdicts
    ``v``) and of one of the ``incentives i``, by the name of the table; ``tables`` are these tables.
    """

    collection: Collection
    document: Filters
    rows: Mapping[str, Filters]
    tables: Mapping[str, str]
    values: Mapping[str, Any]

    def sql(self, *without: str) -> str:
        """What a row of ``documents`` must meet, but for the filters ``without``; "true" when nothing is asked."""
        parts = [part for name, part in self.document if name not in without]
        for name, table in self.tables.items():
            if (one := self.of(name, *without)) != "true":
                parts.append(f"documents.number IN (SELECT number FROM {table} WHERE {one})")
        return " AND ".join(parts) or "true"

    def of(self, table: str, *without: str) -> str:
        """What one of the ``targets`` or ``incentives`` must meet."""
        return " AND ".join(part for name, part in self.rows[table] if name not in without) or "true"

    def bound(self, sql: str) -> dict[str, Any]:
        """The values that ``sql`` names: a value too many is an error."""
        named = set(re.findall(r"[$](\w+)", sql))
        return {name: value for name, value in self.values.items() if name in named}

    def ask(self, sql: str, more: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """The answer to ``sql``, in which the values of the choice and ``more`` are bound."""
        return rows(self.collection, sql, self.bound(sql) | dict(more or {}))


def choose(
    collection: Collection,
    choice: Choice,
    page: int = 1,
    size: int = SIDE_BY_SIDE,
    as_of: date | None = None,
    also: Sequence[str] = (),
) -> Chosen:
    """A page of the documents that the choice lets through; a page out of range becomes the nearest one.

    ``as_of`` is the day that verdicts are given for; a choice by verdict needs it. The documents ``also`` stand first,
    whatever the choice says of them; unknown ones are left out.
    """
    met = condition(collection, choice, as_of)
    first = _places(collection, also)
    where = f"({met.sql()}) AND NOT list_contains($also, number)" if first else met.sql()
    more = {"also": list(first)} if first else {}
    total = met.ask(f"SELECT count(*) FROM documents WHERE {where}", more)[0][0] + len(first)
    pages = max(-(-total // size), 1)
    page = min(max(page, 1), pages)
    start = (page - 1) * size
    shown = list(first.values())[start : start + size]
    if len(shown) < size and total:
        from_, most = max(start - len(first), 0), size - len(shown)
        sql = f"SELECT document FROM documents WHERE {where} ORDER BY rank LIMIT {most:d} OFFSET {from_:d}"
        shown += [slug for (slug,) in met.ask(sql, more)]
    return Chosen(tuple(shown), total, page, pages, start + 1 if total else 0)


def _places(collection: Collection, slugs: Sequence[str]) -> dict[int, str]:
    """Number and slug of the documents that there are, in the order given."""
    wanted = storables(slugs)
    sql = "SELECT document, number FROM documents WHERE list_contains($slugs, document)"
    numbers = dict(rows(collection, sql, {"slugs": wanted})) if wanted else {}
    return {numbers[slug]: slug for slug in wanted if slug in numbers}


def condition(collection: Collection, choice: Choice, as_of: date | None = None) -> Condition:
    """The choice as SQL. Raises ValueError for verdicts without a day."""
    values: dict[str, Any] = {}

    def among(name: str, column: str, wanted: Sequence[Any]) -> tuple[str, str]:
        known = [one for one in wanted if one is not None]
        values[name] = [str(one) for one in known if storable(one)] if any(isinstance(o, str) for o in known) else known
        some = f"list_contains(${name}, {column})" if known else "false"
        return name, f"({some} OR {column} IS NULL)" if None in wanted else some

    def asked(*filters: tuple[str, str, Sequence[Any]]) -> list[tuple[str, str]]:
        return [among(name, column, wanted) for name, column, wanted in filters if wanted]

    document = asked(
        ("provinces", "documents.province", choice.provinces),
        ("places", "documents.region", choice.places),
        ("levels", "documents.level", choice.levels),
        ("statuses", "documents.status", choice.statuses),
        ("kinds", "documents.kind", choice.kinds),
        ("documents", "documents.document", choice.documents),
        ("years", "documents.year", choice.years),
    )
    for at, part in enumerate(choice.words.split()):
        values[f"words{at}"] = part if storable(part) else None  # nothing contains what is no text
        values[f"called{at}"] = [code for code, one in grammar().regions.items() if part in (one.name, one.full)]
        inside = f"contains(concat_ws(' ', title, doc_number, region, year), $words{at})"
        document.append(("words", f"({inside} OR coalesce(list_contains($called{at}, province), false))"))
    if choice.verdicts:
        if as_of is None:
            raise ValueError("a choice by verdict needs the day it is given for")
        fill_verdicts(collection, as_of)
        values["as_of"] = as_of.year
    judged = ' LEFT JOIN (SELECT * FROM verdicts WHERE as_of = $as_of) v USING (number, start, "end", kind)'
    by_key = asked(("indicators", "indicator_keys.key", choice.indicators))
    target = [
        *((name, f"t.key IN (SELECT id FROM indicator_keys WHERE {part})") for name, part in by_key),
        *asked(
            ("target_years", "t.target_year", choice.target_years),
            ("verdicts", f"coalesce(v.status, '{TargetStatus.NOT_COMPARABLE}')", choice.verdicts),
        ),
    ]
    incentive = asked(
        ("receivers", "i.receiver", choice.receivers), ("instruments", "i.instrument", choice.instruments)
    )
    return Condition(
        collection,
        document,
        {"targets": target, "incentives": incentive},
        {"targets": "targets t" + (judged if choice.verdicts else ""), "incentives": "incentives i"},
        values,
    )
