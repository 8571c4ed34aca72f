"""The tables of a collection: one schema each, shared by who writes them and who asks them.

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

import pyarrow as pa

TEXT, NUMBER, OFFSET, COUNT, YES = pa.string(), pa.int64(), pa.int32(), pa.int32(), pa.bool_()
TEXTS = pa.list_(TEXT)

DOCUMENTS = pa.schema(
    {
        "number": NUMBER,
        "document": TEXT,
        "digest": TEXT,  # SHA-256 of the bytes
        "paths": TEXTS,
        "bytes": NUMBER,
        "edition": TEXT,  # label of the edition
        "edition_of": TEXT,
        "similarity": pa.float64(),
        "extent": TEXT,
        "metadata_from": TEXT,
        "title": TEXT,
        "region_code": TEXT,
        "region": TEXT,
        "province": TEXT,  # code of the provincial unit that region_code belongs to
        "level": TEXT,
        "doc_number": TEXT,
        "issuers": TEXTS,
        "issued": TEXT,
        "year": OFFSET,  # the year that names the text and that baselines count from
        "status": TEXT,
        "kind": TEXT,
        "valid_from": TEXT,
        "valid_to": TEXT,
        "comment_from": TEXT,
        "comment_to": TEXT,
        "source": TEXT,
        "notes": TEXTS,
        "inferred": pa.list_(pa.struct({"field": TEXT, "why": TEXT})),
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

_ROW = {"number": NUMBER, "document": TEXT}
_SPAN = {"clause_index": COUNT, "start": OFFSET, "end": OFFSET, "quote": TEXT}
_RAW_SPAN = {"raw_start": OFFSET, "raw_end": OFFSET}

_SIGN = pa.struct({"name": TEXT, "weight": pa.float64(), "start": OFFSET, "end": OFFSET})
_DECISION = {"rule": TEXT, "probability": pa.float64(), "evidence": pa.list_(_SIGN)}

CLAUSES = pa.schema(
    _ROW
    | {
        "index": COUNT,
        "path": TEXT,
        "level": COUNT,
        "clause_number": TEXT,
        "heading": TEXT,
        "text": TEXT,
        "start": OFFSET,
        "end": OFFSET,
        "offsets": pa.list_(OFFSET),
        "bodies": TEXTS,
    }
)

TARGETS = pa.schema(
    _ROW
    | {
        "key": TEXT,
        "clause": TEXT,
        "indicator": TEXT,
        "indicator_id": TEXT,
        "kind": TEXT,
        "comparator": TEXT,
        "value": TEXT,
        "value_high": TEXT,
        "unit": TEXT,
        "target_year": OFFSET,
        "baseline_year": OFFSET,
        "recurring": TEXT,
        "scope": TEXT,
        "value_start": OFFSET,
        "value_end": OFFSET,
        "steps": TEXTS,
    }
    | _SPAN
    | _RAW_SPAN
    | _DECISION
)

INCENTIVES = pa.schema(
    _ROW
    | {
        "clause": TEXT,
        "beneficiary": TEXT,
        "receiver": TEXT,
        "instrument": TEXT,
        "trigger": TEXT,
        "threshold_wan": TEXT,
        "rate_comparator": TEXT,
        "rate_percent": TEXT,
        "rate_percent_high": TEXT,
        "rate_base": TEXT,
        "rate_open": YES,
        "amount_low_wan": TEXT,
        "amount_high_wan": TEXT,
        "cap_item_wan": TEXT,
        "cap_year_wan": TEXT,
        "one_off": YES,
        "funder": TEXT,
        "notes": TEXTS,
    }
    | _SPAN
    | _RAW_SPAN
    | _DECISION
)

BODIES = pa.schema(_ROW | {"clause_index": COUNT, "clause": TEXT, "body": TEXT})
UNPARSED = pa.schema(_ROW | _SPAN | {"reason": TEXT} | _DECISION)
WORDS = pa.schema(_ROW | {"word": TEXT, "count": COUNT, "term": YES})
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
#: Of the tables together; a manifest with another number was written by another version of the program.
FORMAT = 4
#: In the metadata of every table: the digest that the manifest names. Tables with another one are not its tables.
DIGEST_KEY = b"zhengheng.digest"
