"""What became of the targets, as of a year, beside the tables: filled when it is first asked for.

A verdict follows from the figures of whole years, so that one filling serves every day of a year.
"""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from analysis.grammar import indicators
from analysis.model import Card, Level, SeriesName
from analysis.store.collection import Collection, records
from analysis.store.rows import Row, target_of
from analysis.trend import trend_rows

_YEARS_KEPT = 8  # a visitor may ask for any year: the table does not grow with their curiosity

# Targets of cities and districts have no figures of the same reach: they are not comparable without a look.
_HELD = """
SELECT t.*, l.region_code, l.region, l.level, l.year
FROM targets t JOIN light l USING (number)
WHERE list_contains($ids, t.indicator_id) AND l.region_code IS NOT NULL AND l.level NOT IN ('city', 'district')
ORDER BY t.number, t.start
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
    judged = trend_rows(
        [target_of(row["document"], row) for row in held],
        {row["document"]: _card(row) for row in held},
        collection.points,
        as_of,
        definitions=notes,
        series=(SeriesName.OUTPUT,),
    )
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
