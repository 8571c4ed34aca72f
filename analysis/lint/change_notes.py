"""What a change of a provision does to strength, numbers, scope and conditions, a sentence each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.lint.changed_words import Run, written_anew
from analysis.lint.clause_terms import STRICTEST, WEAK, Kind, Term, Turn, quoted, strictness, terms, turn_of
from analysis.lint.provisions import folded

_MOST = 6  # pairs that a sentence names
_SIDE_BY_SIDE = 3  # words of a change that are told as having become others; more are said to be gone and new
_SHORT = 16  # characters of a change in which a word of strength alone was put in or taken out
_TURNS = {
    Kind.STRENGTH: {Turn.STRICTER: "，要求加严", Turn.LOOSER: "，要求放宽"},
    Kind.SCOPE: {Turn.STRICTER: "，范围缩小", Turn.LOOSER: "，范围扩大"},
    Kind.CONDITION: {Turn.STRICTER: "，条件加严", Turn.LOOSER: "，条件放宽"},
}


@dataclass(frozen=True, slots=True)
class _Side:
    """A version in half width, and what differs in it: by how many stretches that are the same stand before it."""

    text: str
    gaps: dict[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Change:
    """Terms of one kind that are gone and that are new in one place.

    ``length``: characters of the longer side; ``replaced``: other words stand there instead.
    """

    lost: Sequence[Term]
    come: Sequence[Term]
    length: int
    replaced: bool = False


def notes(old: Sequence[Run], new: Sequence[Run]) -> tuple[str, ...]:
    """What a change does, a sentence each: strength, numbers, scope, conditions.

    Of a provision that was written anew only the numbers are named, and that it was.
    """
    one, two = _side(old), _side(new)
    anew = written_anew(old, new)
    numbers = _sentence(Kind.NUMBER, _changes(one, two, Kind.NUMBER), together=anew)
    if anew:
        return tuple(said for said in (numbers, "文字：整条改写，两稿相同的字不多。") if said)
    said = (_strength(one, two), numbers, _limited(one, two, Kind.SCOPE), _limited(one, two, Kind.CONDITION))
    return tuple(sentence for sentence in said if sentence)


def _side(runs: Sequence[Run]) -> _Side:
    parts: list[str] = []
    gaps: dict[int, tuple[int, int]] = {}
    at = same = 0
    for run in runs:
        words = "\n".join(map(folded, run.words.split("\n")))
        if run.same:
            gaps.setdefault(same, (at, at))
            same += 1
        else:
            gaps[same] = (at, at + len(words))
        parts.append(words)
        at += len(words)
    gaps.setdefault(same, (at, at))
    return _Side("".join(parts), gaps)


def _changes(one: _Side, two: _Side, kind: Kind) -> list[_Change]:
    """What a kind of words lost and won in each place that differs.

    What stands on the other side too is neither, wherever it stands there: as often, or a limit at all.
    """
    first, second = terms(one.text, kind), terms(two.text, kind)
    left, right = _by_gap(one, _beyond(first, second)), _by_gap(two, _beyond(second, first))
    found = []
    for gap in sorted(left.keys() | right.keys()):
        sizes = [side.gaps[gap][1] - side.gaps[gap][0] if gap in side.gaps else 0 for side in (one, two)]
        found.append(_Change(left.get(gap, []), right.get(gap, []), max(sizes), min(sizes) > 0))
    return found


def _beyond(some: Sequence[Term], others: Sequence[Term]) -> list[Term]:
    left = Counter(each.key for each in others)
    found = []
    for each in some:
        if left[each.key]:
            left[each.key] -= 0 if each.about else 1
        else:
            found.append(each)
    return found


def _by_gap(side: _Side, some: Sequence[Term]) -> dict[int, list[Term]]:
    """The terms by the place that differs and that they touch; those that touch none were moved, or said more often."""
    found: dict[int, list[Term]] = {}
    gaps = iter(sorted(side.gaps.items(), key=lambda item: item[1]))
    number, (start, end) = next(gaps)
    for each in some:
        while end < each.start:
            following = next(gaps, None)
            if following is None:
                return found
            number, (start, end) = following
        if start <= each.end:
            found.setdefault(number, []).append(each)
    return found


def _strength(one: _Side, two: _Side) -> str:
    """Words of strength that were replaced, put in or taken out in their place; whole sentences say it themselves."""
    changes = [
        change
        for change in _changes(one, two, Kind.STRENGTH)
        if (change.lost and change.come) or change.length <= _SHORT
    ]
    lost, come = (
        [each for change in changes for each in change.lost],
        [each for change in changes for each in change.come],
    )
    if len(lost) == len(come) == 1:
        changes = [_Change(lost, come, 0)]
    turns = {_turn(each) for each in changes}
    return _sentence(Kind.STRENGTH, changes, turns)


def _turn(change: _Change) -> Turn:
    """Whether the requirement has become stricter or looser, where that is plain."""
    lost, come = ([each.strict or 0 for each in some] for some in (change.lost, change.come))
    if lost and come:
        stricter, looser = min(come) > max(lost), max(come) < min(lost)
    elif change.replaced:  # by what has a strength of its own
        return Turn.OTHER
    elif lost:  # 应当 alone may go without a loss: what is said outright binds too
        stricter, looser = max(lost) <= WEAK, min(lost) >= STRICTEST
    else:
        stricter, looser = min(come) > WEAK, max(come) <= WEAK
    return Turn.STRICTER if stricter else Turn.LOOSER if looser else Turn.OTHER


def _limited(one: _Side, two: _Side, kind: Kind) -> str:
    """Limits that came, went or were replaced; what they do, where all of them say that by themselves."""
    changes = _changes(one, two, kind)
    changed = [each for change in changes for each in (*change.lost, *change.come)]
    turns = {Turn.OTHER}
    if all(each.strict is not None for each in changed):
        before, after = terms(one.text, kind), terms(two.text, kind)
        abouts = {each.about for each in changed}
        turns = {turn_of(strictness(before, about), strictness(after, about)) for about in abouts}
    return _sentence(kind, changes, turns)


def _sentence(kind: Kind, changes: Sequence[_Change], turns: set[Turn] | None = None, together: bool = False) -> str:
    """One sentence; "" where nothing differs. ``together``: what is gone and what is new are no pairs."""
    said = list(_said(changes, together))
    turn = _TURNS[kind].get(next(iter(turns)), "") if turns and len(turns) == 1 else ""
    return f"{kind.value}：{'，'.join(said)}{turn}。" if said else ""


def _said(changes: Sequence[_Change], together: bool) -> Iterator[str]:
    paired = [
        each
        for each in changes
        if each.lost and each.come and not together and max(len(each.lost), len(each.come)) <= _SIDE_BY_SIDE
    ]
    for each in paired[:_MOST]:
        yield f"由{_words(each.lost)}改为{_words(each.come)}"
    others = [each for each in changes if each not in paired[:_MOST]]
    if lost := [term for each in others for term in each.lost]:
        yield f"删去{_words(lost)}"
    if come := [term for each in others for term in each.come]:
        yield f"增加{_words(come)}"


def _words(some: Sequence[Term]) -> str:
    return quoted([each.words for each in some])
