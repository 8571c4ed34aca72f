"""Which documents: a choice of filters, and the documents that it lets through, page by page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.grammar.regions import regions
from analysis.model import Instrument, Level, Receiver, Status, TextKind, Verdict
from analysis.store.collection import SIDE_BY_SIDE, Collection, rows, storable, storables
from analysis.store.verdicts import fill_verdicts

END = '"end"'  # a word of SQL


@dataclass(frozen=True, slots=True)
class Choice:
    """Filters over documents; an empty one lets everything through, and a document must pass them all.

    ``provinces`` are codes of provincial units (000000 the nation) and include their cities; ``places`` are names of
    regions as on the cards; ``documents`` are slugs; ``years`` are those that name the texts, None where it is not
    known; each of the
    ``words`` (white space between them) stands literally in title, number, region or year, or is the name of the
    province. What is said of targets must be true of one target of the document: its indicator (key), its target
    year (None: none stated) and its verdict; so for receiver and instrument.
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
    verdicts: tuple[Verdict, ...] = ()
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


@dataclass(frozen=True, slots=True)
class Condition:
    """A choice as SQL, filter by filter, with the values that are bound in it.

    ``document`` speaks of ``light``, ``aim`` of ``aims a`` (with the verdicts ``v``), ``gift`` of ``given g``.
    """

    document: tuple[tuple[str, str], ...]
    aim: tuple[tuple[str, str], ...]
    gift: tuple[tuple[str, str], ...]
    aims: str  # the table `aims a`, joined with the verdicts where they are asked for
    values: Mapping[str, Any]

    def sql(self, *without: str) -> str:
        """What a row of ``light`` must meet, but for the filters ``without``."""
        parts = [part for name, part in self.document if name not in without]
        for rest, table in ((self.of_aim(*without), self.aims), (self.of_gift(*without), "given g")):
            if rest:
                parts.append(f"light.number IN (SELECT number FROM {table} WHERE {rest})")
        return " AND ".join(parts) or "true"

    def of_aim(self, *without: str) -> str:
        """What one of the targets must meet; "" when nothing is asked of targets."""
        return " AND ".join(part for name, part in self.aim if name not in without)

    def of_gift(self, *without: str) -> str:
        """What one of the incentives must meet; "" when nothing is asked of incentives."""
        return " AND ".join(part for name, part in self.gift if name not in without)

    def bound(self, sql: str) -> dict[str, Any]:
        """The values that ``sql`` names: a value too many is an error."""
        named = set(re.findall(r"[$](\w+)", sql))
        return {name: value for name, value in self.values.items() if name in named}


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
    values = met.bound(where) | ({"also": list(first)} if first else {})
    total = rows(collection, f"SELECT count(*) FROM light WHERE {where}", values)[0][0] + len(first)
    pages = max(-(-total // size), 1)
    page = min(max(page, 1), pages)
    start = (page - 1) * size
    shown = list(first.values())[start : start + size]
    if len(shown) < size and total:
        from_, most = max(start - len(first), 0), size - len(shown)
        sql = f"SELECT document FROM light WHERE {where} ORDER BY rank LIMIT {most:d} OFFSET {from_:d}"
        shown += [slug for (slug,) in rows(collection, sql, values)]
    return Chosen(tuple(shown), total, page, pages, start + 1 if total else 0)


def _places(collection: Collection, slugs: Sequence[str]) -> dict[int, str]:
    """Number and slug of the documents that there are, in the order given."""
    if not slugs:
        return {}
    wanted = storables(list(dict.fromkeys(slugs)))
    found = rows(
        collection, "SELECT document, number FROM light WHERE list_contains($slugs, document)", {"slugs": wanted}
    )
    numbers = dict(found)
    return {numbers[slug]: slug for slug in wanted if slug in numbers}


def condition(collection: Collection, choice: Choice, as_of: date | None = None) -> Condition:
    """The choice as SQL. Raises ValueError for verdicts without a day."""
    values: dict[str, Any] = {}

    def among(name: str, column: str, wanted: Sequence[Any]) -> tuple[str, str]:
        known = [one for one in wanted if one is not None]
        values[name] = [str(one) for one in known if storable(one)] if any(isinstance(o, str) for o in known) else known
        some = f"list_contains(${name}, {column})" if known else "false"
        return name, f"({some} OR {column} IS NULL)" if None in wanted else some

    document = [
        among(name, f"light.{column}", wanted)
        for name, column, wanted in (
            ("provinces", "province", choice.provinces),
            ("places", "region", choice.places),
            ("levels", "level", choice.levels),
            ("statuses", "status", choice.statuses),
            ("kinds", "kind", choice.kinds),
            ("documents", "document", choice.documents),
            ("years", "year", choice.years),
        )
        if wanted
    ]
    for at, part in enumerate(choice.words.split()):
        values[f"words{at}"] = part if storable(part) else None  # nothing contains what is no text
        values[f"called{at}"] = [code for code, one in regions().items() if part in (one.name, one.full)]
        inside = f"contains(concat_ws(' ', title, doc_number, region, year), $words{at})"
        document.append(("words", f"({inside} OR coalesce(list_contains($called{at}, province), false))"))
    aim, gift, aims = [], [], "aims a"
    if choice.indicators:
        _, named = among("indicators", "keys.key", choice.indicators)
        aim.append(("indicators", f"a.key IN (SELECT id FROM keys WHERE {named})"))
    if choice.target_years:
        aim.append(among("target_years", "a.target_year", choice.target_years))
    if choice.verdicts:
        if as_of is None:
            raise ValueError("a choice by verdict needs the day it is given for")
        fill_verdicts(collection, as_of)
        values["as_of"] = as_of.year
        aims = f"aims a LEFT JOIN (SELECT * FROM verdicts WHERE as_of = $as_of) v USING (number, start, {END}, kind)"
        aim.append(among("verdicts", f"coalesce(v.status, '{Verdict.NOT_COMPARABLE}')", choice.verdicts))
    if choice.receivers:
        gift.append(among("receivers", "g.receiver", choice.receivers))
    if choice.instruments:
        gift.append(among("instruments", "g.instrument", choice.instruments))
    return Condition(tuple(document), tuple(aim), tuple(gift), aims, values)
