"""The values of a consultation: what came in, what the program proposes for it, and what people decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class SenderType(StrEnum):
    """Who sends a comment. Institutes and hospitals count as universities."""

    CITIZEN = "citizen"
    ENTERPRISE = "enterprise"
    UNIVERSITY = "university"
    ASSOCIATION = "association"
    DEPARTMENT = "department"
    UNKNOWN = "unknown"


class How(StrEnum):
    """What ties a comment to a clause: a number or heading, the words of the draft, its subject, or nothing."""

    EXPLICIT = "explicit"
    QUOTE = "quote"
    SIMILAR = "similar"
    NONE = "none"


class Stance(StrEnum):
    """What a comment wants, where its words say so."""

    SUPPORT = "support"
    OPPOSE = "oppose"
    SUGGEST = "suggest"
    ASK = "ask"
    NONE = "none"


class Decision(StrEnum):
    """What becomes of a comment. Every comment received has exactly one when a consultation is closed."""

    ADOPTED = "adopted"
    PARTLY = "partly"
    NOT_ADOPTED = "not_adopted"
    EXPLAINED = "explained"
    MERGED = "merged"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment as it came in; nothing in it is trusted, and nothing in it is changed.

    ``row`` is 1-based among the rows below the header of its table, where blank, section and total rows count; of a
    letter or a form typed by hand it counts within the file or the entry. ``text`` is the opinion; what stands beside
    it in other columns (a title, reasons, the clause it names, contact, time) keeps the words of its cell.
    """

    row: int
    text: str
    sender: str = ""
    title: str = ""
    reason: str = ""
    clause: str = ""
    contact: str = ""
    submitted: str = ""
    sender_kind: str = ""  # the sender's own statement in a column such as 人员类别
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is no comment, with the reason in Chinese and its cells: nothing is dropped silently."""

    row: int
    reason: str
    cells: tuple[str, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """What a file holds: its comments and the rows that are none. Every row is in exactly one of the two."""

    comments: tuple[Comment, ...]
    rejected: tuple[Rejected, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """The clause that words of a comment are tied to.

    ``clause`` is the path in the draft, as in ``四/（九）``; ``start`` and ``end`` are the clause in the draft as
    received. All three are empty or None where nothing ties the comment. ``confidence`` is 0 to 1; ``evidence`` says
    in Chinese what it rests on (the number, the words quoted, the words in common); ``missing`` names a place the
    comment refers to which the draft does not have, or which says something else.
    """

    how: How
    confidence: float
    clause: str = ""
    start: int | None = None
    end: int | None = None
    evidence: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class CommentPoint:
    """One point of a comment: its place in the text, its clause, and other clauses that could be meant."""

    start: int
    end: int
    anchor: Anchor
    stance: Stance
    others: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class SortedComment:
    """What the program proposes for a comment. ``anchor`` is that of the comment as a whole, the best of its points.

    ``group`` is the same for copies of one letter ("" where there is no other); ``own_words`` are the stretches of
    its text (start, end) that the rest of the group does not have; ``theme`` names what it is about.
    """

    comment: Comment
    anchor: Anchor
    points: tuple[CommentPoint, ...]
    stance: Stance
    sender_type: SenderType
    group: str = ""
    own_words: tuple[tuple[int, int], ...] = ()
    theme: str = ""


@dataclass(frozen=True, slots=True)
class DraftClause:
    """A clause of the draft on which comments are invited: its path and its span in the draft as received.

    A clause runs from its number to the end of its last sentence, and holds the clauses below it. The title of the
    draft has the path 标题, its opening paragraph 引言, an enclosure 附件 with its number. ``text`` is its own words as
    they are read: cleaned, in simplified characters, without its number and the clauses below it.
    """

    path: str
    number: str
    heading: str
    text: str
    start: int
    end: int
    parent: str = ""


@dataclass(frozen=True, slots=True)
class ConsultedDraft:
    """A draft as comments are tied to it: its text as received and its clauses in order."""

    name: str
    raw: str
    clauses: tuple[DraftClause, ...]
    by_path: Mapping[str, DraftClause] = field(default_factory=dict, compare=False)
