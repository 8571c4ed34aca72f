"""Between the model and the rows of the tables: what is written of a reading, and a reading made of rows again."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from analysis.citation import cited
from analysis.compare.target_matrix import join_key
from analysis.grammar import grammar
from analysis.model import (
    Card,
    Clause,
    Comparator,
    Document,
    Edition,
    Incentive,
    Instrument,
    Level,
    Reading,
    Receiver,
    Sign,
    Status,
    Target,
    TargetKind,
    TextKind,
    Unparsed,
)
from analysis.segment import counts
from analysis.similar.terms import WordCount

Row = dict[str, Any]
Rows = dict[str, list[Row]]  # by table

_CARD = (
    *("title", "region_code", "region", "doc_number", "issued", "valid_from", "valid_to", "comment_from"),
    *("comment_to", "source"),
)

_NOT_STORED = ("document", "checked", "citation")

#: The columns of ``documents`` that :func:`card_of` and :func:`edition_of` need.
OF_CARD = (
    *("number", "document", "edition_of", "edition", "digest", "paths"),
    *("level", "issuers", "status", "kind", "inferred", "notes"),
    *_CARD,
)


def rows_of(reading: Reading, words: WordCount, number: int = 0) -> Rows:
    """The rows of one reading for every table but ``unread``.

    ``words`` as :func:`analysis.similar.terms.count_words` counts them. ``paths``, ``bytes``, ``metadata_from``,
    ``edition_of``, ``similarity`` and ``extent`` are what a reading does not know: whoever writes fills them in.
    """
    own: Row = {"number": number, "document": reading.document.id}
    return {
        "documents": [own | _document(reading, words)],
        "clauses": [own | _clause(clause, reading.document) for clause in reading.clauses],
        "targets": [own | _target(target) | _raw_span(reading.document, target) for target in reading.targets],
        "incentives": [
            own | _plain(incentive) | _raw_span(reading.document, incentive) for incentive in reading.incentives
        ],
        "bodies": [
            own | {"clause_index": clause.index, "clause": clause.path, "body": body}
            for clause in reading.clauses
            for body in clause.bodies
        ],
        "unparsed": [own | _plain(seen) for seen in reading.unparsed],
        "words": [
            own | {"word": word, "count": count, "term": term}
            for counted, term in ((words.terms, True), (words.others, False))
            for word, count in sorted(counted.items())
        ],
    }


def _document(reading: Reading, words: WordCount) -> Row:
    card = reading.document.card
    chapters, articles = counts(reading.clauses)
    quantified = sum(incentive.quantified for incentive in reading.incentives)
    region = grammar().region_of(card.region_code) if card.region_code else None
    return {
        "digest": reading.document.edition.sha256,
        "paths": [],
        "bytes": None,
        "edition": reading.document.edition.label,
        "edition_of": None,
        "similarity": None,
        "extent": None,
        "metadata_from": None,
        **{name: getattr(card, name) for name in _CARD},
        "province": region.code if region else None,
        "level": str(card.level),
        "issuers": list(card.issuers),
        "year": card.counted_year,
        "status": str(card.status),
        "kind": str(card.kind),
        "notes": list(card.notes),
        "inferred": [{"field": name, "why": why} for name, why in card.inferred],
        "characters": len(reading.document.text),
        "counted": words.characters,
        "chapters": chapters,
        "articles": articles,
        "targets": len(reading.targets),
        "quantified": quantified,
        "qualitative": len(reading.incentives) - quantified,
        "assigned": sum(bool(clause.bodies) for clause in reading.clauses),
        "raw": reading.document.raw,
    }


def _clause(clause: Clause, document: Document) -> Row:
    row = _plain(clause)
    row["clause_number"] = row.pop("number")
    row["offsets"] = _jumps(document.offsets[clause.start : clause.end])
    return row


def _jumps(offsets: Sequence[int]) -> list[int]:
    """Places by the few that do not follow on from the one before: 5 6 7 9 10 -> 0 5 3 9."""
    jumps: list[int] = []
    for place, offset in enumerate(offsets):
        if not place or offset != offsets[place - 1] + 1:
            jumps += (place, offset)
    return jumps


def offsets_of(rows: Iterable[Row]) -> array[int]:
    """Where the characters of clauses, given as rows, stand in the raw text."""
    offsets = array("q")
    for row in rows:
        jumps = row["offsets"]
        ends = (*jumps[2::2], len(row["text"]))
        for place, offset, end in zip(jumps[::2], jumps[1::2], ends, strict=True):
            offsets.extend(range(offset, offset + end - place))
    return offsets


def _target(target: Target) -> Row:
    return _plain(target) | {"key": join_key(target)}


def _raw_span(document: Document, one: Target | Incentive) -> Row:
    start, end = document.raw_span(one.start, one.end)
    return {"raw_start": start, "raw_end": end}


def _plain(one: Clause | Target | Incentive | Unparsed) -> Row:
    """The fields as Parquet holds them; ``document`` comes from the caller.

    The tables hold what the machine read: what people said of it is in files of its own (:mod:`analysis.checked`).
    """
    return {name: _value(getattr(one, name)) for name in one.__dataclass_fields__ if name not in _NOT_STORED}


def _value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [asdict(each) if isinstance(each, Sign) else each for each in value]
    return str(value) if isinstance(value, str) else value  # members of an enumeration become plain text


def card_of(row: Row, editions: Sequence[Row] = ()) -> Card:
    """The card of a document; ``editions`` are the rows of its further editions, in order."""
    return Card(
        slug=row["edition_of"] or row["document"],
        **{name: row[name] for name in _CARD},
        level=Level(row["level"]),
        issuers=tuple(row["issuers"] or ()),
        status=Status(row["status"]),
        kind=TextKind(row["kind"]),
        editions=tuple(edition_of(each) for each in (row, *editions)),
        inferred=tuple((each["field"], each["why"]) for each in row["inferred"] or ()),
        notes=tuple(row["notes"] or ()),
    )


def edition_of(row: Row) -> Edition:
    """The edition that a row of ``documents`` is."""
    name = PurePosixPath(row["paths"][0]).name if row["paths"] else row["document"]
    return Edition(file=name, label=row["edition"], sha256=row["digest"])


def reading_of(card: Card, edition: Edition, rows: Mapping[str, Sequence[Row]]) -> Reading:
    """A reading for comparing: clauses, text, targets, incentives and what was not understood.

    ``rows`` by table (clauses, targets, incentives, unparsed) of this one document, in order. Neither the file as
    received nor the quantities come with them: ``document.raw`` is empty. Who needs them reads ``raw`` of the row of
    ``documents`` anew.
    """
    clauses = tuple(clause_of(card.slug, row) for row in rows.get("clauses", ()))
    text = "".join(clause.text for clause in clauses)
    document = Document(card, edition, text, offsets_of(rows.get("clauses", ())), "")
    return Reading(
        document=document,
        clauses=clauses,
        quantities=(),
        targets=cited(document, (target_of(card.slug, row) for row in rows.get("targets", ()))),
        incentives=cited(document, (incentive_of(card.slug, row) for row in rows.get("incentives", ()))),
        unparsed=tuple(unparsed_of(card.slug, row) for row in rows.get("unparsed", ())),
    )


def clause_of(slug: str, row: Row) -> Clause:
    """The clause that a row of ``clauses`` is."""
    return Clause(
        document=slug,
        number=row["clause_number"],
        bodies=tuple(row["bodies"] or ()),
        **{name: row[name] for name in ("index", "path", "level", "heading", "text", "start", "end")},
    )


def _named(kind: type, row: Row, out: Iterable[str] = ()) -> Row:
    left = {*_NOT_STORED, *out}
    return {field.name: row[field.name] for field in fields(kind) if field.name not in left}


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _evidence(row: Row) -> tuple[Sign, ...]:
    return tuple(Sign(**each) for each in row["evidence"] or ())


def unparsed_of(slug: str, row: Row) -> Unparsed:
    """The number left over that a row of ``unparsed`` is."""
    return Unparsed(slug, **_named(Unparsed, row, ("evidence",)), evidence=_evidence(row))


def target_of(slug: str, row: Row) -> Target:
    """The target that a row of ``targets`` is."""
    made: Row = {
        "kind": TargetKind(row["kind"]),
        "comparator": Comparator(row["comparator"]),
        "value": Decimal(row["value"]),
        "value_high": _decimal(row["value_high"]),
        "steps": tuple(row["steps"] or ()),
        "evidence": _evidence(row),
    }
    return Target(document=slug, **_named(Target, row, made), **made)


_SUMS = (
    *("threshold_wan", "rate_percent", "rate_percent_high"),
    *("amount_low_wan", "amount_high_wan", "cap_item_wan", "cap_year_wan"),
)


def incentive_of(slug: str, row: Row) -> Incentive:
    """The incentive that a row of ``incentives`` is."""
    made: Row = {name: _decimal(row[name]) for name in _SUMS}
    made |= {
        "receiver": Receiver(row["receiver"]),
        "instrument": Instrument(row["instrument"]),
        "rate_comparator": Comparator(row["rate_comparator"]) if row["rate_comparator"] else None,
        "notes": tuple(row["notes"] or ()),
        "evidence": _evidence(row),
    }
    return Incentive(document=slug, **_named(Incentive, row, made), **made)
