"""What a check of a draft says: findings, how grave they are, and on whose authority."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a finding is. What a source words with 一般, 可以 or 宜 is never an error."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class Force(StrEnum):
    """How a source may be quoted: seen in full, practice, or not seen in its primary text."""

    RULED = "规定"
    PRACTICE = "实务通常"
    TO_VERIFY = "建议核对"


@dataclass(frozen=True, slots=True)
class Source:
    """Law, standard or practice that a rule rests on: its name, its clause, and how sure its wording is."""

    name: str
    clause: str
    force: Force

    def __str__(self) -> str:
        return f"{self.name} {self.clause}".strip()


@dataclass(frozen=True, slots=True)
class Change:
    """A mechanical correction: ``words`` in place of raw characters ``start``–``end`` (empty span: put in)."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A clause of another text that a finding holds the draft against: its document, path and words.

    ``ours`` and ``theirs`` are the words that differ, as far as the rule names them; ``own`` is what is held against
    it, where that is not the words of the finding.
    """

    document: str
    title: str
    clause: str
    text: str
    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    own: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found, in offsets of ``Draft.text``. ``places`` are others that it concerns (another value).

    ``about`` names what is missing, where no words of the draft are wrong; ``severity`` and ``source`` only where they
    differ from those of the rule. ``changes`` correct it mechanically, together.
    """

    start: int
    end: int
    message: str
    suggestion: str = ""
    places: tuple[tuple[int, int], ...] = ()
    changes: tuple[Change, ...] = ()
    about: str = ""
    severity: Severity | None = None
    source: Source | None = None
    beside: Beside | None = None
    folded: tuple[Found, ...] = ()  # those that this one stands for, where they are many and say the same


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What can be taken or left on its own: the changes of one place, or those of ``count`` places together.

    ``token`` names it, also after an edit elsewhere.
    """

    token: str
    changes: tuple[Change, ...]
    count: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding as every page, file and command shows it. ``start``/``end`` are raw offsets, ``quote`` their words."""

    rule: str
    severity: Severity
    clause: str
    start: int
    end: int
    quote: str
    message: str
    suggestion: str
    source: Source
    fingerprint: str
    places: tuple[tuple[int, int], ...] = ()
    changes: tuple[Change, ...] = ()
    beside: Beside | None = None
    apart: tuple[ChangeSet, ...] = ()  # its changes place by place, where it stands for many places

    @property
    def change_sets(self) -> tuple[ChangeSet, ...]:
        """What of its changes can be taken on its own; all together where it stands for one place."""
        return self.apart or ((ChangeSet(self.fingerprint, self.changes),) if self.changes else ())


_BLANKS = re.compile(r"\s+")
_NEIGHBOURS = 12  # characters on each side, within the line, by which two equal quotes are told apart


def fingerprints(raw: str, found: Iterable[tuple[str, Found]]) -> list[str]:
    """A name for each finding that stays the same when the draft is edited elsewhere, one for each of ``found``.

    It is made from the rule, the words, their neighbours in the line and what is missing, not from offsets or numbers
    of clauses. Findings that agree in all of these are counted in the order of the text.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    names = []
    for rule, each in found:
        line_start = raw.rfind("\n", 0, each.start) + 1
        line_end = raw.find("\n", each.end)
        before = raw[max(line_start, each.start - _NEIGHBOURS) : each.start]
        after = raw[each.end : min(line_end if line_end >= 0 else len(raw), each.end + _NEIGHBOURS)]
        words = (before, raw[each.start : each.end], after)
        key = (rule, each.about, *(() if each.about else (_BLANKS.sub("", part) for part in words)))
        seen[key] += 1
        names.append(hashlib.sha256("\x1f".join((*key, str(seen[key]))).encode()).hexdigest()[:16])
    return names
