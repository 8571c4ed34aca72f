"""Drafts: from a file to what a check finds in it.

Whatever a file holds, it is read and checked in a process of its own, within bounds of time and memory
(:func:`analysis.pipeline.reading.in_reading_process`). Nothing of it is written to the disk.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from analysis import store
from analysis.corpus.documents import anonymous_card, document
from analysis.corpus.files import check_size
from analysis.corpus.formats import office, text_of
from analysis.corpus.formats.kinds import Kind, kind_of
from analysis.corpus.metadata import introduced
from analysis.lint.decisions import same_draft
from analysis.lint.draft import Draft, draft_of
from analysis.lint.packs import usable_packs
from analysis.lint.registry import Rule, rules
from analysis.lint.run import CheckedDraft, check
from analysis.lint.tier_lists import tier_lists
from analysis.lint.versions import Comparison, comparison
from analysis.model import Fault, InputError, Point, Reading, TextKind
from analysis.pipeline.reading import POLICIES, in_reading_process, product_root, read, read_series_below, state_of
from analysis.similar.terms import is_term
from analysis.tokenise import tokens
from analysis.word.annotate import Correction, Note, annotated
from analysis.word.layout import word_layout
from analysis.word.package import opened
from analysis.word.paragraphs import word_text

RULES_VARIABLE = "ZHENGHENG_RULES"
AUTHOR = "政衡"  # of comments and tracked changes
PEERS, OF_ITS_PLACE = 8, 2  # texts that a draft is held against
_EXAMPLE = ("sichuan-2024", "sichuan-2024-notice.txt")


@dataclass(frozen=True, slots=True)
class _Received:
    """A file as it came in: a Word file, made of an older format where need be, or else its text; what to say of it."""

    word: bytes | None
    text: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Against:
    """What a draft is held against: series of contracts, other texts, and the earlier text of its own place.

    ``earlier`` None: the newest of ``others`` that is of the same place, where the draft says which place that is.
    ``former`` counts where it is a version of the draft.
    """

    points: tuple[Point, ...] = ()
    others: tuple[Reading, ...] = ()
    earlier: Reading | None = None
    former: Reading | None = None


@dataclass(frozen=True, slots=True)
class DraftWords:
    """What a draft is chosen its peers by: kind, place (code), and how often it uses each term."""

    kind: TextKind
    region_code: str | None
    terms: Mapping[str, int]


def texts_nearest(collection: store.Collection, words: DraftWords) -> tuple[Reading, ...]:
    """The texts of a collection of any size that a draft is held against: the nearest ones of its kind, by words.

    At most eight of other places, and two of its own; of a draft whose kind is not known the nearest policies.
    """
    kinds = (words.kind,) if words.kind.is_policy and words.kind is not TextKind.UNKNOWN else POLICIES
    asked = (collection, words.terms)
    slugs = store.nearest_documents(*asked, kinds, PEERS, region=words.region_code)
    own = store.nearest_documents(*asked, POLICIES, OF_ITS_PLACE, region=words.region_code, elsewhere=False)
    return store.part(collection, (*slugs, *own)).readings


def check_file(
    data: bytes,
    name: str,
    *,
    off: Collection[str] = (),
    own: Sequence[Rule] = (),
    against: Against | None = None,
    peers: Callable[[DraftWords], tuple[Reading, ...]] | None = None,
) -> CheckedDraft:
    """Check a draft of any format. ``off``: rules that are switched off; ``own``: rules of one's own (packs).

    Of ``against`` the series of the draft's own place are looked at, and those of its texts that are of other places as
    its peers; ``peers`` chooses further ones by the words of the draft. Raises ``InputError`` when the file cannot be
    read or takes too long.
    """
    received = _received(data, name)
    beside = against or Against()
    if peers is not None:
        words = in_reading_process(name, _words_of_draft, name, data, received)
        beside = replace(beside, others=(*beside.others, *peers(words)))
    return in_reading_process(name, _checked, name, data, received, frozenset(off), tuple(own), beside)


def open_draft(data: bytes, name: str) -> Draft:
    """A draft of any format, not checked. Raises as :func:`check_file` does."""
    return in_reading_process(name, _opened_draft, name, data, _received(data, name))


def draft_of_text(reading: Reading) -> Draft:
    """A text that is read already, as a draft; one of the corpus with the way back to its file (``full_readings``)."""
    return draft_of(reading.document.edition.file, reading.document.raw, reading)


def compare_drafts(old: Draft, new: Draft) -> Comparison:
    """Two versions of a text, provision by provision. Raises ``InputError`` where that takes too long."""
    return in_reading_process(f"{old.name}与{new.name}", comparison, old, new)


def annotated_word(checked: CheckedDraft, notes: Sequence[Note], corrections: Sequence[Correction]) -> bytes:
    """The Word file of a checked draft with comments and tracked changes. Raises as :func:`check_file` does.

    Only for drafts that have one (``CheckedDraft.word``).
    """
    assert checked.word is not None
    name = checked.draft.name
    return in_reading_process(name, _annotated, checked.word, name, tuple(notes), tuple(corrections), datetime.now(UTC))


def _annotated(
    word: bytes, name: str, notes: tuple[Note, ...], corrections: tuple[Correction, ...], when: datetime
) -> bytes:
    return annotated(word, name, notes, corrections, author=AUTHOR, when=when)


def example_draft() -> tuple[bytes, str]:
    """A real draft that was put up for comment, as a Word file, and its name. Raises ``InputError`` without it."""
    from analysis.word.tables import of_lines  # here, so that nobody waits for it who writes no Word file

    slug, name = _EXAMPLE
    path = product_root() / "documents" / slug / name
    try:
        return of_lines(text_of(path.read_bytes(), name)), "四川2024年征求意见稿.docx"
    except OSError:
        raise InputError(name, "", "随程序的示例文本不在", "请放入自己的草案") from None


def own_rules_folder() -> Path | None:
    """The folder of rules of one's own: ``$ZHENGHENG_RULES``; None where none is named."""
    chosen = os.environ.get(RULES_VARIABLE)
    return Path(chosen) if chosen else None


def own_rules_state(folder: Path) -> str:
    """Another one when a file of that folder has changed; cheap."""
    return state_of(folder, (path for path in folder.glob("*.toml") if path.is_file()))


def own_rules(folder: Path) -> tuple[tuple[Rule, ...], tuple[Fault, ...]]:
    """The rules of the packs in a folder that can be used, and one sentence on each that cannot."""
    return usable_packs(folder)


def series_points(root: Path) -> tuple[Point, ...]:
    """The series of contracts of a corpus; none where it has none that can be read."""
    return read_series_below(root / "series")[1]


def _received(data: bytes, name: str) -> _Received:
    """The Word file or the text of what came in; nothing inside a Word file is looked at yet."""
    check_size(data, name)
    kind = kind_of(data)
    if kind is Kind.DOCX:
        return _Received(data)
    if kind in (Kind.DOC, Kind.RTF, Kind.ODT):
        note = f"{kind}已由 LibreOffice 转成 docx 再检查，批注稿是 docx，版式以转换结果为准"
        return _Received(office.to_docx(data, kind, name), notes=(note,))
    return _Received(None, text_of(data, name))


def _checked(
    name: str,
    data: bytes,
    received: _Received,
    off: frozenset[str],
    own: tuple[Rule, ...],
    against: Against,
) -> CheckedDraft:
    """In the reading process: the draft, and what the rules find."""
    received = _looked_into(received, name)
    draft = _draft(name, data, received, against)
    found = check(draft, off=off, by=(*rules(), *own))
    cards = [one.document.card for one in (*draft.peers, *((draft.earlier,) if draft.earlier else ()))]
    beside = tuple((card.slug, card.title) for card in cards)
    draft = replace(draft, peers=(), earlier=None, former=None)  # a visitor's draft is kept: not ten texts with it
    return CheckedDraft(draft, found, received.word, received.notes, tuple(tier_lists(draft)), own, beside)


def _words_of_draft(name: str, data: bytes, received: _Received) -> DraftWords:
    """In the reading process: what a draft is about, without reading its numbers."""
    received = _looked_into(received, name)
    raw = word_text(received.word, name).text if received.word is not None else received.text
    card = anonymous_card(name, data)
    made = introduced(document(card, card.editions[0], raw))
    terms = Counter(token.word for token in tokens(made.text) if is_term(token))
    return DraftWords(made.card.kind, made.card.region_code, terms)


def _opened_draft(name: str, data: bytes, received: _Received) -> Draft:
    return _draft(name, data, _looked_into(received, name), Against())


def _looked_into(received: _Received, name: str) -> _Received:
    """In the reading process: a Word file without its macros, and what else it carries in words."""
    if received.word is None:
        return received
    found = opened(received.word, name)
    return _Received(found.data, notes=(*received.notes, *found.notes))


def _draft(name: str, data: bytes, received: _Received, against: Against) -> Draft:
    """In the reading process: the draft from the file."""
    words = word_text(received.word, name) if received.word is not None else None
    raw = words.text if words else received.text
    card = anonymous_card(name, data)
    reading = read(introduced(document(card, card.editions[0], raw)))
    card = reading.document.card
    others = [one for one in against.others if not _same_text(one, reading)]
    same = [one for one in others if card.region_code and one.document.card.region_code == card.region_code]
    former = against.former
    if former is not None and not same_draft(former.document.text, reading.document.text):
        former = None
    same.sort(key=lambda one: one.document.card.issued or "")
    return draft_of(
        name,
        raw,
        reading,
        labels=words.labels if words else (),
        cells=words.cells if words else (),
        points=tuple(point for point in against.points if point.region_code == card.region_code),
        peers=tuple(one for one in others if one not in same and one is not against.earlier),
        earlier=against.earlier or (same[-1] if same else None),
        former=former,
        layout=word_layout(received.word, name, words) if words and received.word else None,
    )


def _same_text(one: Reading, other: Reading) -> bool:
    """Whether two readings are editions of one text: most clauses of the shorter one are in the other."""
    first, second = ({"".join(clause.text.split()) for clause in each.clauses} for each in (one, other))
    return len(first & second) > 0.6 * min(len(first), len(second))
