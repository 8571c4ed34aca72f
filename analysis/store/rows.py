"""The tables of a collection, and a reading as rows of them and back: shared by who writes them and who asks them.

``number`` names a document within one collection and ascends through every table, so that the rows of a document are
found by the row groups' statistics; ``document`` is its slug, which links use. Numbers that a text states are decimal
strings as the model has them; offsets are Python string offsets into the cleaned text. ``null`` is unknown, never 0.

- documents: one row a file read (every edition of a document). The card's fields; ``metadata_from`` is ``card``,
  ``sidecar`` or ``text``, ``inferred`` says field by field which words of the text a value was read from; ``paths``
  are all places of the same bytes, relative to the folder; ``edition_of`` is the document that this is a further
  edition of, with ``similarity`` (share of sentences in common, estimated; 1 for editions that a card names) and
  ``extent``: ``longer`` where it holds the first edition whole and says more, ``shorter`` where it is held by it;
  ``raw`` is the text as decoded, from which the whole reading can be made again.
- clauses: they tile the cleaned text; joined in order of ``index`` they give it back. ``offsets`` says where their
  characters stand in ``raw``: a place in the clause and its place in ``raw``, then the next place that does not follow
  on from there, and so on.
- targets, incentives, unparsed: as in :mod:`analysis.model`; ``key`` of a target is what targets of different texts
  are joined by.
  ``rule``, ``probability`` and ``evidence`` say why a row was taken or a number refused.
  ``raw_start`` and ``raw_end`` of targets and incentives are the same span in ``raw``, for other programs.
- bodies: one row for each responsible body that a clause names.
- words: how often a document uses a word in its provisions; ``term`` as :func:`analysis.similar.terms.is_term` says.
- unread: files that gave no document, with the reason; ``path`` relative to the folder.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from types import UnionType
from typing import Any, TypeVar, get_args, get_type_hints

import pyarrow as pa
from msgspec import convert, to_builtins

from analysis.citation import cited
from analysis.compare.target_matrix import join_key
from analysis.grammar import grammar
from analysis.model import Card, Clause, Document, Edition, Incentive, Reading, Sign, Target, Unparsed
from analysis.segment import counts
from analysis.similar.terms import WordCount

Row = dict[str, Any]
Rows = dict[str, list[Row]]  # by table
Kind = TypeVar("Kind", Clause, Target, Incentive, Unparsed)

TEXT, NUMBER, OFFSET, COUNT, SHARE = pa.string(), pa.int64(), pa.int32(), pa.int32(), pa.float64()
TEXTS = pa.list_(TEXT)
_SIGN = pa.struct({"name": TEXT, "weight": SHARE, "start": OFFSET, "end": OFFSET})
_COLUMNS = {int: OFFSET, float: SHARE, bool: pa.bool_(), tuple[str, ...]: TEXTS, tuple[Sign, ...]: pa.list_(_SIGN)}

# What people said of a row is in files of its own (:mod:`analysis.checked`), citations follow from the spans.
_NOT_STORED = ("document", "checked", "citation", "slug", "editions", "own")
# The type of each field that is stored.
_TYPES: dict[type, Mapping[str, Any]] = {
    kind: {name: type_ for name, type_ in get_type_hints(kind).items() if name not in _NOT_STORED}
    for kind in (Card, Clause, Target, Incentive, Unparsed)
}


def _columns(kind: type) -> dict[str, pa.DataType]:
    """A column for each field of the model; numbers that a text states and members of enumerations are text."""
    known = {
        name: get_args(type_)[0] if isinstance(type_, UnionType) else type_ for name, type_ in _TYPES[kind].items()
    }
    return {name: _COLUMNS.get(type_, TEXT) for name, type_ in known.items()}


_ROW = {"number": NUMBER, "document": TEXT}
_RAW_SPAN = {"raw_start": OFFSET, "raw_end": OFFSET}
DOCUMENTS = pa.schema(
    _ROW
    | {
        "digest": TEXT,  # SHA-256 of the bytes
        "paths": TEXTS,
        "bytes": NUMBER,
        "edition": TEXT,  # label of the edition
        "edition_of": TEXT,
        "similarity": SHARE,
        "extent": TEXT,
        "metadata_from": TEXT,
    }
    | _columns(Card)
    | {
        "inferred": pa.list_(pa.struct({"field": TEXT, "why": TEXT})),
        "province": TEXT,  # code of the provincial unit that region_code belongs to
        "year": OFFSET,  # the year that names the text and that baselines count from
        "characters": COUNT,  # of the cleaned text
        "counted": COUNT,  # characters of the provisions without white space: what rates of words are taken of
        "chapters": COUNT,
        "articles": COUNT,
        "targets": COUNT,
        "quantified": COUNT,  # incentives with a number
        "qualitative": COUNT,  # incentives without
        "assigned": COUNT,  # clauses that name responsible bodies
        "raw": TEXT,
    }
)
# Again _ROW: the number of a clause in its text is another column.
CLAUSES = pa.schema(_ROW | _columns(Clause) | _ROW | {"clause_number": TEXT, "offsets": pa.list_(OFFSET)})
TARGETS = pa.schema(_ROW | {"key": TEXT} | _columns(Target) | _RAW_SPAN)
INCENTIVES = pa.schema(_ROW | _columns(Incentive) | _RAW_SPAN)
BODIES = pa.schema(_ROW | {"clause_index": COUNT, "clause": TEXT, "body": TEXT})
UNPARSED = pa.schema(_ROW | _columns(Unparsed))
WORDS = pa.schema(_ROW | {"word": TEXT, "count": COUNT, "term": pa.bool_()})
UNREAD = pa.schema({"path": TEXT, "place": TEXT, "problem": TEXT, "remedy": TEXT})

TABLES = {
    "documents": DOCUMENTS,
    "clauses": CLAUSES,
    "targets": TARGETS,
    "incentives": INCENTIVES,
    "bodies": BODIES,
    "unparsed": UNPARSED,
    "words": WORDS,
    "unread": UNREAD,
}
#: Rows in one row group: what a page shows of few documents is fetched group by group, hence few in a group.
ROW_GROUP = {"documents": 100, "clauses": 1_000, "targets": 500, "incentives": 500, "unparsed": 500}
MANIFEST = "manifest.json"
#: Of the tables together; a manifest with another number was written by another version of the program. A stored field
#: of the model that comes, goes or changes makes it another one.
FORMAT = 4
#: In the metadata of every table: the digest that the manifest names. Tables with another one are not its tables.
DIGEST_KEY = b"zhengheng.digest"

#: The columns of ``documents`` that :func:`card_of` and :func:`edition_of` need.
OF_CARD = ("number", "document", "edition_of", "edition", "digest", "paths", *_TYPES[Card])


def rows_of(reading: Reading, words: WordCount, number: int = 0) -> Rows:
    """The rows of one reading for every table but ``unread``.

    ``words`` as :func:`analysis.similar.terms.count_words` counts them. ``paths``, ``bytes``, ``metadata_from``,
    ``edition_of``, ``similarity`` and ``extent`` are what a reading does not know: whoever writes fills them in.
    """
    document = reading.document
    own: Row = {"number": number, "document": document.id}
    return {
        "documents": [own | _document(reading, words)],
        "clauses": [own | _clause(clause, document) for clause in reading.clauses],
        "targets": [
            own | _plain(target) | _raw_span(document, target) | {"key": join_key(target)} for target in reading.targets
        ],
        "incentives": [own | _plain(incentive) | _raw_span(document, incentive) for incentive in reading.incentives],
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
    document, card = reading.document, reading.document.card
    chapters, articles = counts(reading.clauses)
    quantified = sum(incentive.quantified for incentive in reading.incentives)
    region = grammar().region_of(card.region_code) if card.region_code else None
    written = to_builtins(card)
    return {
        **{name: written[name] for name in _TYPES[Card]},
        **dict.fromkeys(("bytes", "edition_of", "similarity", "extent", "metadata_from")),
        "digest": document.edition.sha256,
        "paths": [],
        "edition": document.edition.label,
        "province": region.code if region else None,
        "year": card.counted_year,
        "inferred": [{"field": name, "why": why} for name, why in card.inferred],
        "characters": len(document.text),
        "counted": words.characters,
        "chapters": chapters,
        "articles": articles,
        "targets": len(reading.targets),
        "quantified": quantified,
        "qualitative": len(reading.incentives) - quantified,
        "assigned": sum(bool(clause.bodies) for clause in reading.clauses),
        "raw": document.raw,
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


def _raw_span(document: Document, one: Target | Incentive) -> Row:
    start, end = document.raw_span(one.start, one.end)
    return {"raw_start": start, "raw_end": end}


def _plain(one: Clause | Target | Incentive | Unparsed) -> Row:
    """The fields as Parquet holds them; ``document`` comes from the caller."""
    return {name: to_builtins(getattr(one, name)) for name in _TYPES[type(one)]}


def from_row(kind: type[Kind], slug: str, row: Row) -> Kind:
    """What a row of ``clauses``, ``targets``, ``incentives`` or ``unparsed`` says of the document ``slug``."""
    stored = row | {"number": row.get("clause_number")}  # the number of a row is that of its document
    return kind(document=slug, **{name: convert(stored[name], type_) for name, type_ in _TYPES[kind].items()})


def card_of(row: Row, editions: Sequence[Row] = ()) -> Card:
    """The card of a document; ``editions`` are the rows of its further editions, in order."""
    made: Row = {
        "slug": row["edition_of"] or row["document"],
        "editions": [edition_of(each) for each in (row, *editions)],
        "inferred": [(each["field"], each["why"]) for each in row["inferred"]],
    }
    return convert(row | made, Card)


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
    clauses = tuple(from_row(Clause, card.slug, row) for row in rows["clauses"])
    document = Document(card, edition, "".join(clause.text for clause in clauses), offsets_of(rows["clauses"]), "")
    return Reading(
        document=document,
        clauses=clauses,
        quantities=(),
        targets=cited(document, (from_row(Target, card.slug, row) for row in rows["targets"])),
        incentives=cited(document, (from_row(Incentive, card.slug, row) for row in rows["incentives"])),
        unparsed=tuple(from_row(Unparsed, card.slug, row) for row in rows["unparsed"]),
    )
