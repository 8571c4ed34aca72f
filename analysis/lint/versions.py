"""Two versions of a text, provision by provision: kept, changed, moved, merged, split, added, deleted."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.lint.change_notes import notes
from analysis.lint.changed_words import Run, runs
from analysis.lint.draft import Draft
from analysis.lint.provisions import Provision, Shingles, folded, headings, provisions, subject
from analysis.similar.nearest import Near, nearest
from analysis.similar.word_alignment import longest_rising

SIMILAR = 0.35  # cosine from which two provisions are versions of one
_ALIKE = 0.6  # cosine from which two headings name the same subject
_EQUAL = 0.9  # the same where only one of the two stands alone, without a text below it
_HEADING = 0.35  # what the same heading is worth beside the cosine of the texts
_TOGETHER = 0.42  # what words and heading come to from which two provisions are versions of one
_OVERLAP = 0.25  # of runs of characters that versions of one share
_OVERLAP_CLOSE = 0.08  # the same of those at about the same place, or with much the same heading
_NEARBY = 0.15  # of the length of a text: what counts as about the same place
_MUCH_ALIKE = 0.3  # cosine of headings that are much the same
_LEAST = 0.05  # cosine below which nothing is looked at
_HELD = 0.6  # share of the runs of characters of one provision that stand in another which took it in
_LEAST_HELD = 12  # characters of a provision that can be told to stand in another
_CANDIDATES = 5
_AT_ONCE = 600  # provisions without a partner that are compared with each other; of more, those at about the same place


class Fate(StrEnum):
    """What became of a provision."""

    KEPT = "kept"
    MOVED = "moved"
    CHANGED = "changed"
    MERGED = "merged"
    SPLIT = "split"
    ADDED = "added"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table of old and new provisions. ``moved``: it stands elsewhere among the others.

    ``old_runs`` and ``new_runs`` are the words of each side, several provisions joined by line ends, with what differs
    set apart; ``notes`` say in a sentence each what the change does to strength, numbers, scope and conditions.
    """

    fate: Fate
    old: tuple[Provision, ...]
    new: tuple[Provision, ...]
    moved: bool
    old_runs: tuple[Run, ...]
    new_runs: tuple[Run, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions held against each other: names of the files, titles ("" where a text has none), and the rows."""

    old_name: str
    new_name: str
    old_title: str
    new_title: str
    rows: tuple[Row, ...]

    def count(self, fate: Fate) -> int:
        """How many rows there are of a fate."""
        return sum(row.fate is fate for row in self.rows)


def comparison(old: Draft, new: Draft) -> Comparison:
    """Two drafts with their names and titles; those of the cards where the texts have none."""
    return Comparison(old.name, new.name, _title(old), _title(new), compare_versions(old, new))


def _title(draft: Draft) -> str:
    return draft.title or draft.reading.document.card.title


def compare_versions(old: Draft, new: Draft) -> tuple[Row, ...]:
    """Every provision of both versions in one row, in the order of the new one; deleted ones where they stood.

    A provision whose number alone has changed is kept: only those whose order among the others has changed have moved.
    """
    return compare_provisions(provisions(old), provisions(new))


def compare_provisions(before: Sequence[Provision], after: Sequence[Provision]) -> tuple[Row, ...]:
    """The same for provisions however they were found; the index of each is its place."""
    shingles = Shingles(one.text for one in (*before, *after))
    partners = _partners(before, after, shingles)
    merged = _taken_in(before, after, partners, shingles)
    back = {b: a for a, b in partners.items()}
    split = _taken_in(after, before, back, shingles, closed=set(merged.values()) | set(merged))
    partners = {a: b for b, a in back.items()}
    pairs = sorted(partners.items(), key=lambda pair: pair[1])
    in_order = {pairs[at] for at in longest_rising([a for a, _ in pairs])}
    olds, news = _by_target(merged), _by_target(split)
    rows: list[tuple[tuple[int, int, int], Row]] = []
    for a, b in pairs:
        left = [before[at] for at in sorted([a, *olds[b]])]
        right = [after[at] for at in sorted([b, *news[a]])]
        rows.append(((right[0].index, 0, 0), _row(left, right, (a, b) not in in_order)))
    rows += [
        ((one.index, 0, 0), _row([], [one], False)) for one in after if one.index not in back and one.index not in split
    ]
    steady = sorted(in_order)
    for one in before:
        if one.index not in partners and one.index not in merged:
            at = bisect_left(steady, (one.index, -1))
            rows.append(((steady[at - 1][1] if at else -1, 1, one.index), _row([one], [], False)))
    return tuple(row for _, row in sorted(rows, key=lambda pair: pair[0]))


def _by_target(taken: Mapping[int, int]) -> defaultdict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for one, target in taken.items():
        found[target].append(one)
    return found


# Which provision became which -----------------------------------------------------------------------------------------


def _partners(before: Sequence[Provision], after: Sequence[Provision], shingles: Shingles) -> dict[int, int]:
    """Old to new, one to one: the same words first, those with the same neighbours before others, then the nearest."""
    partners: dict[int, int] = {}
    old_keys, new_keys = [folded(one.text) for one in before], [folded(one.text) for one in after]

    def with_one_above(keys: Sequence[str], at: int) -> Hashable:
        return (keys[at - 1] if at else "", keys[at])

    def with_one_below(keys: Sequence[str], at: int) -> Hashable:
        return (keys[at], keys[at + 1] if at + 1 < len(keys) else "")

    def alone(keys: Sequence[str], at: int) -> Hashable:
        return keys[at]

    taken: set[int] = set()
    for key in (with_one_above, with_one_below, alone):
        _pair_same(old_keys, new_keys, key, partners, taken)
    rest_old = [one for one in before if one.index not in partners]
    rest_new = [one for one in after if one.index not in taken]
    for _, _, a, b in sorted(_ranked(rest_old, rest_new, len(before), len(after), shingles)):
        if a not in partners and b not in taken:
            partners[a] = b
            taken.add(b)
    return partners


def _pair_same(
    old_keys: Sequence[str],
    new_keys: Sequence[str],
    key: Callable[[Sequence[str], int], Hashable],
    partners: dict[int, int],
    taken: set[int],
) -> None:
    """Pair what has the same key and no partner yet, in order."""
    waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at in reversed(range(len(new_keys))):
        if at not in taken:
            waiting[key(new_keys, at)].append(at)
    for at in range(len(old_keys)):
        if at not in partners and (found := waiting.get(key(old_keys, at))):
            partners[at] = found.pop()
            taken.add(partners[at])


def _ranked(
    rest_old: Sequence[Provision], rest_new: Sequence[Provision], olds: int, news: int, shingles: Shingles
) -> Iterator[tuple[float, float, int, int]]:
    """Pairs that may be versions of one provision, as (rank, how far apart they stand, old, new), the best the lowest.

    They have much the same words, or the same heading, under which the words may differ much.
    """
    for some_old, some_new in _at_about_the_same_place(rest_old, rest_new):
        titled = [one for one in some_new if one.heading]
        by_words = _near([one.text for one in some_old], some_new)
        by_heading = _near(headings(some_old), titled, headings(titled))
        for a, words, names in zip(some_old, by_words, by_heading, strict=True):
            text = {b.index: similarity for b, similarity in words}
            name = {b.index: similarity for b, similarity in names}
            for b in dict.fromkeys(b for b, _ in (*words, *names)):
                same_words, same_name = text.get(b.index, 0.0), name.get(b.index, 0.0)
                if subject(a.heading) and subject(a.heading) == subject(b.heading):
                    same_name = max(same_name, _ALIKE)
                apart = abs(a.index / olds - b.index / news)
                close = apart <= _NEARBY or same_name >= _MUCH_ALIKE
                if _of_one(a, b, same_words, same_name) and (
                    same_name >= _ALIKE or shingles.share(a.text, b.text) >= (_OVERLAP_CLOSE if close else _OVERLAP)
                ):
                    yield -round(same_words + _HEADING * same_name, 6), apart, a.index, b.index


def _of_one(a: Provision, b: Provision, words: float, name: float) -> bool:
    """Whether words and headings are like those of two versions of one provision."""
    if _is_heading(a) != _is_heading(b):
        return name >= _EQUAL
    return name >= _ALIKE or words >= SIMILAR or words + _HEADING * name >= _TOGETHER


def _is_heading(one: Provision) -> bool:
    return one.text == one.heading


def _near(
    queries: Sequence[str], among: Sequence[Provision], texts: Sequence[str] | None = None
) -> list[list[tuple[Provision, float]]]:
    """For each query the nearest of some provisions, by their words or by ``texts`` in place of them."""
    found: list[list[Near]] = nearest(queries, texts or [one.text for one in among], _CANDIDATES, _LEAST)
    return [[(among[each.index], each.similarity) for each in some] for some in found]


def _at_about_the_same_place(
    some: Sequence[Provision], others: Sequence[Provision]
) -> Iterator[tuple[Sequence[Provision], Sequence[Provision]]]:
    """Both lists whole, or in stretches of the same share of each: that keeps the time in bounds."""
    parts = -(-max(len(some), len(others), 1) // _AT_ONCE)
    for part in range(parts):
        first, last = part / parts, (part + 1) / parts
        yield (
            some[round(first * len(some)) : round(last * len(some))],
            others[round(first * len(others)) : round(last * len(others))],
        )


# Which were merged, which split ---------------------------------------------------------------------------------------


def _taken_in(
    some: Sequence[Provision],
    others: Sequence[Provision],
    partners: dict[int, int],
    shingles: Shingles,
    closed: Iterable[int] = (),
) -> dict[int, int]:
    """For those of ``some`` without a partner: which of ``others`` took their words in, beside those of its partner.

    Where that has no partner yet, the first one that it took in becomes it, in ``partners``. Of ``closed`` none takes
    anything in.
    """
    partner_of = {other: one for one, other in partners.items()}
    shut = set(closed)
    open_others = [one for one in others if one.index not in shut]
    rest = [
        one
        for one in some
        if one.index not in partners and not _is_heading(one) and len(folded(one.text)) >= _LEAST_HELD
    ]
    held: dict[int, int] = {}
    fresh: dict[int, frozenset[str]] = {}
    for some_rest, some_others in _at_about_the_same_place(rest, open_others):
        for one, near in zip(some_rest, _near([each.text for each in some_rest], some_others), strict=True):
            own = shingles.of(one.text)
            for other, _ in near:
                if other.index not in fresh:
                    partner = partner_of.get(other.index)
                    known = shingles.of(some[partner].text) if partner is not None else frozenset()
                    fresh[other.index] = shingles.of(other.text) - known
                if shingles.weight(own & fresh[other.index]) >= _HELD * shingles.weight(own):
                    held[one.index] = other.index
                    break
    for one_index, target in list(held.items()):
        if target not in partner_of:
            partners[one_index], partner_of[target] = target, one_index
            del held[one_index]
    return held


def _row(old: Sequence[Provision], new: Sequence[Provision], moved: bool) -> Row:
    first, second = "\n".join(one.text for one in old), "\n".join(one.text for one in new)
    if not old:
        return Row(Fate.ADDED, (), tuple(new), False, (), (Run(second, False),), ())
    if not new:
        return Row(Fate.DELETED, tuple(old), (), False, (Run(first, False),), (), ())
    same = folded(first) == folded(second)
    if len(old) > 1:
        fate = Fate.MERGED
    elif len(new) > 1:
        fate = Fate.SPLIT
    elif same:
        fate = Fate.MOVED if moved else Fate.KEPT
    else:
        fate = Fate.CHANGED
    old_runs, new_runs = runs(first, second)
    return Row(fate, tuple(old), tuple(new), moved, old_runs, new_runs, () if same else notes(old_runs, new_runs))
