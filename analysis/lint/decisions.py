"""What the owner of a draft decided: findings set aside with a reason, rules switched off.

Findings are known by their fingerprints, so that a decision holds for the next version of the draft. It is written as
JSON and read back; ``check --baseline`` takes the same file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from analysis.lint.findings import Finding
from analysis.model import InputError

MOST = 5000  # decisions of one draft
LONGEST = 200  # characters of a reason
_BYTES = 4_000_000
_REMEDY = "请载入本页下载的取舍记录"


@dataclass(frozen=True, slots=True)
class Dismissal:
    """One finding set aside: which, where it stood and what it said then, why, and when (ISO day and time)."""

    fingerprint: str
    rule: str
    clause: str
    quote: str
    message: str
    reason: str
    when: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that was decided of a draft, the earliest first; ``off`` names rules."""

    dismissed: tuple[Dismissal, ...] = ()
    off: frozenset[str] = frozenset()

    @property
    def fingerprints(self) -> frozenset[str]:
        """The findings that are set aside."""
        return frozenset(each.fingerprint for each in self.dismissed)

    @property
    def reasons(self) -> dict[str, str]:
        """The reason for each finding that is set aside, by fingerprint."""
        return {each.fingerprint: each.reason for each in self.dismissed}

    def dismiss(self, finding: Finding, reason: str, when: str) -> Decisions:
        """Set a finding aside; a later reason stands in place of an earlier one."""
        made = Dismissal(
            finding.fingerprint, finding.rule, finding.clause, finding.quote[:LONGEST], finding.message, reason, when
        )
        return replace(self, dismissed=(*self.restore(finding.fingerprint).dismissed, made)[-MOST:])

    def restore(self, fingerprint: str) -> Decisions:
        """Take a finding up again."""
        return replace(self, dismissed=tuple(each for each in self.dismissed if each.fingerprint != fingerprint))

    def switch(self, rule: str, on: bool) -> Decisions:
        """Switch a rule on or off."""
        return replace(self, off=self.off - {rule} if on else self.off | {rule})

    def with_all(self, other: Decisions) -> Decisions:
        """These and those of a file that was loaded, which count where both decided the same."""
        known = other.fingerprints
        mine = tuple(each for each in self.dismissed if each.fingerprint not in known)
        return Decisions((*mine, *other.dismissed)[-MOST:], self.off | other.off)

    def left(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that are neither set aside nor of a rule that is off."""
        aside = self.fingerprints
        return [each for each in findings if each.fingerprint not in aside and each.rule not in self.off]


_RUN = 8  # characters
_SHARE = 0.3  # of the runs of the shorter text; two policies of different places share a tenth at most


def same_draft(one: str, other: str) -> bool:
    """Whether two texts are versions of one draft: they have many runs of characters in common, wherever they stand."""
    first, second = _runs(one), _runs(other)
    return len(first & second) >= _SHARE * max(min(len(first), len(second)), 1)


def _runs(text: str) -> set[str]:
    words = "".join(text.split())
    return {words[at : at + _RUN] for at in range(max(len(words) - _RUN + 1, 1))}


def as_json(document: str, decisions: Decisions) -> bytes:
    """The decisions as a file to keep beside the draft."""
    values = {
        "document": document,
        "findings": [asdict(each) for each in decisions.dismissed],
        "off": sorted(decisions.off),
    }
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode(errors="replace")


def read_decisions(data: bytes, name: str) -> Decisions:
    """The decisions of such a file. Raises ``InputError`` where it is none."""
    wrong = InputError(name, "", "不是取舍记录", _REMEDY)
    if len(data) > _BYTES:
        raise wrong
    try:
        values = json.loads(data.decode("utf-8-sig"))
        entries, off = values["findings"], values["off"]
        if not (isinstance(entries, list) and isinstance(off, list) and len(entries) + len(off) <= MOST):
            raise wrong
        return Decisions(tuple(_dismissal(each) for each in entries), frozenset(_words(each) for each in off))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise wrong from None


def _dismissal(entry: dict[str, object]) -> Dismissal:
    return Dismissal(**{name: _words(entry[name]) for name in Dismissal.__dataclass_fields__})


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return "".join(sign for sign in value if sign.isprintable())[:LONGEST]
