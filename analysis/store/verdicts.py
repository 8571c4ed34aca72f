"""What became of the targets, as of a year, beside the tables: filled when it is first asked for.

A verdict follows from the figures of whole years, so that one filling serves every day of a year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

import pyarrow as pa

from analysis.grammar import indicators
from analysis.model import Card, Level, SeriesName
from analysis.store.collection import Collection, records
from analysis.store.rows import Row, target_of
from analysis.trend import trend_rows

_YEARS_KEPT = 8  # a visitor may ask for any year: the table does not grow with their curiosity
_AT_ONCE = 30  # targets judged together, of documents kept whole: each is compared with all the others

# Targets of cities and districts have no figures of the same reach: they are not comparable without a look.
_HELD = """
SELECT t.*, l.region_code, l.region, l.level, l.year
FROM targets t JOIN light l USING (number)
WHERE list_contains($ids, t.indicator_id) AND l.region_code IS NOT NULL AND l.level NOT IN ('city', 'district')
ORDER BY l.region_code, t.number, t.start
"""
_COLUMNS = pa.schema(
    {
        "as_of": pa.int32(),
        "number": pa.int64(),
        "start": pa.int32(),
        "end": pa.int32(),
        "kind": pa.string(),
        "status": pa.string(),
    }
)


def fill_verdicts(collection: Collection, as_of: date) -> None:
    """See to it that ``verdicts`` has the targets that the output series can answer, as of the year of a day.

    A target without a row there is not comparable.
    """
    with collection.lock:
        if as_of.year in collection.verdict_years:
            return
        table = pa.Table.from_pylist(_verdicts(collection, as_of), _COLUMNS)
        with collection.connection.cursor() as cursor:
            if len(collection.verdict_years) >= _YEARS_KEPT:
                gone = collection.verdict_years.pop(0)
                cursor.execute("DELETE FROM verdicts WHERE as_of = $year", {"year": gone})
            cursor.register("arriving", table)
            cursor.execute("INSERT INTO verdicts SELECT * FROM arriving")
            cursor.unregister("arriving")
        collection.verdict_years.append(as_of.year)


def _verdicts(collection: Collection, as_of: date) -> list[Row]:
    notes = {entry.id: entry.series_note for entry in indicators() if entry.series}
    held = records(collection, _HELD, {"ids": list(notes)})
    made: list[Row] = []
    for code, several in groupby(held, key=lambda row: row["region_code"]):
        # Judging looks through all points it is given: those of the region are enough.
        points = [point for point in collection.points if point.region_code == code]
        for some in _together(list(several)):
            numbers = {row["document"]: row["number"] for row in some}
            targets = [target_of(row["document"], row) for row in some]
            cards = {row["document"]: _card(row) for row in some}
            judged = trend_rows(targets, cards, points, as_of, definitions=notes, series=(SeriesName.OUTPUT,))
            made += [
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
    return made


def _together(held: Sequence[Row]) -> Iterator[list[Row]]:
    """Parts of some ``_AT_ONCE`` rows; the rows of a document stay together, since one target may outbid another."""
    part: list[Row] = []
    for _, several in groupby(held, key=lambda row: row["number"]):
        part += several
        if len(part) >= _AT_ONCE:
            yield part
            part = []
    if part:
        yield part


def _card(row: Row) -> Card:
    """What judging asks of a card."""
    return Card(
        slug=row["document"],
        title="",
        region_code=row["region_code"],
        region=row["region"],
        level=Level(row["level"]),
        issued=f"{row['year']:04d}" if row["year"] is not None else None,
    )
