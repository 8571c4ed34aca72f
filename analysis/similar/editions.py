"""Where two editions of a document differ, character by character."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from analysis.model import Clause, Reading


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that only one edition has, or has otherwise; an empty span says that the edition lacks them."""

    first_start: int
    first_end: int
    second_start: int
    second_end: int
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class EditionComparison:
    """Two editions side by side. ``characters`` counts those the bodies share, white space left out.

    The body runs from the first numbered clause on; what stands before it (letter, title) is the front.
    """

    same_body: bool
    clauses_first: int
    clauses_second: int
    characters: int
    body: tuple[Difference, ...]
    front: tuple[Difference, ...]


def edition_differences(first: Reading, second: Reading) -> EditionComparison:
    """Compare the bodies (from the first numbered clause on) and the fronts of two editions."""
    one, two = _body_start(first), _body_start(second)
    text_one, text_two = first.document.text, second.document.text
    body = differences(text_one[one:], text_two[two:], one, two)
    front = differences(text_one[:one], text_two[:two])
    changed = sum(len("".join(difference.first.split())) for difference in body)
    return EditionComparison(
        same_body=not body,
        clauses_first=len(_numbered(first.clauses)),
        clauses_second=len(_numbered(second.clauses)),
        characters=len("".join(text_one[one:].split())) - changed,
        body=body,
        front=front,
    )


def _numbered(clauses: tuple[Clause, ...]) -> list[Clause]:
    return [clause for clause in clauses if clause.level > 0]


def _body_start(reading: Reading) -> int:
    numbered = _numbered(reading.clauses)
    return numbered[0].start if numbered else 0


def differences(first: str, second: str, first_from: int = 0, second_from: int = 0) -> tuple[Difference, ...]:
    """Differences of two strings, in order; taken out of each, what is left is equal.

    ``first_from`` and ``second_from`` are added to the offsets. Lines are matched first and characters only within
    lines that changed: matching characters over whole texts is quadratic and pairs them by accident across clauses.
    """
    one, two = first.splitlines(keepends=True), second.splitlines(keepends=True)
    found: list[Difference] = []
    at_one, at_two = first_from, second_from
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        left, right = "".join(one[a:b]), "".join(two[c:d])
        if tag == "replace":
            found += _characters(left, right, at_one, at_two)
        elif tag != "equal":
            found.append(_difference(left, right, at_one, at_two))
        at_one += len(left)
        at_two += len(right)
    return tuple(found)


def _characters(first: str, second: str, first_from: int, second_from: int) -> list[Difference]:
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.ratio() < 0.5:  # another text altogether: single characters in common mean nothing
        return [_difference(first, second, first_from, second_from)]
    return [
        _difference(first[a:b], second[c:d], first_from + a, second_from + c)
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]


def _difference(first: str, second: str, first_from: int, second_from: int) -> Difference:
    return Difference(first_from, first_from + len(first), second_from, second_from + len(second), first, second)
