"""The revised draft held against what was promised: what became of each clause, and which comment stands behind it.

A comment that was adopted promises a change in its clause, in a clause below it, or, where it asks for one, a new
clause beside it. What was promised and did not change is list A; what changed with nothing promised there is list B.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from analysis.consultation.closing_patterns import DRAFT_MARK, WANTS_GONE, WANTS_MORE
from analysis.consultation.comment_text import as_simple
from analysis.consultation.comments import ConsultedDraft, Decision, DraftClause
from analysis.consultation.draft_clauses import TITLE
from analysis.lint.change_notes import notes
from analysis.lint.changed_words import Run, runs
from analysis.lint.provisions import Provision, folded
from analysis.lint.versions import Fate, compare_provisions

PROMISING = frozenset({Decision.ADOPTED, Decision.PARTLY})
_ECHO = 2  # characters of new words that are told to come from a comment
_ECHO_OF_MORE = 4  # the same where they are part of a longer stretch of new words


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """What became of clauses: those of the draft put to the public, those of the revised one, the words that differ.

    ``notes`` name in a sentence each what the change does to strength, numbers, scope and conditions. ``beside`` is
    the path of the clause after which new ones stand, "" where they stand first or where there are old ones;
    ``within`` that of the clause which holds them, as the draft put to the public calls it.
    """

    fate: Fate
    old: tuple[DraftClause, ...]
    new: tuple[DraftClause, ...]
    old_runs: tuple[Run, ...]
    new_runs: tuple[Run, ...]
    notes: tuple[str, ...]
    beside: str = ""
    within: str = ""

    @property
    def new_words(self) -> tuple[str, ...]:
        """The words that only the revised draft has here; a figure has the sign behind it too: 5%."""
        behind = [*(run.words for run in self.new_runs[1:]), ""]  # one longer where there is no run at all
        return tuple(
            run.words + (after[:1] if run.words[-1:].isdecimal() else "")
            for run, after in zip(self.new_runs, behind, strict=False)
            if not run.same
        )


@dataclass(frozen=True, slots=True)
class Promise:
    """A comment as it counts at the end: whatever names it, its clause ("" for none), its decision, its words.

    ``others``: clauses that further points of it are tied to.
    """

    comment: Hashable
    clause: str
    decision: Decision | None
    text: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """An adopted comment with the changes that stand at its clause; ``echoes``: new words that the comment has too."""

    promise: Promise
    changes: tuple[ClauseChange, ...]
    echoes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClosingLists:
    """What is to be looked at before a consultation is closed. Every adopted comment is in exactly one of its lists.

    ``kept``: adopted, and the clause changed; ``unchanged`` (list A): adopted, and it did not; ``without_clause``:
    adopted, but tied to no clause, so that only a person can tell; ``unexplained`` (list B): changes with no adopted
    comment behind them; ``orphans``: comments whose clause the revised draft does not have, whatever was decided, but
    for those adopted that ask for just that.
    """

    kept: tuple[Fulfilment, ...]
    unchanged: tuple[Promise, ...]
    without_clause: tuple[Promise, ...]
    unexplained: tuple[ClauseChange, ...]
    orphans: tuple[Promise, ...]


def changes(consulted: ConsultedDraft, revised: ConsultedDraft) -> tuple[ClauseChange, ...]:
    """What became of every clause, in the order of the revised draft; a clause whose number alone changed is kept."""
    rows = compare_provisions(_provisions(consulted.clauses), _provisions(revised.clauses))
    found: list[ClauseChange] = []
    beside = ""
    for row in rows:
        old = tuple(consulted.clauses[each.index] for each in row.old)
        new = tuple(revised.clauses[each.index] for each in row.new)
        added = "" if old else beside
        found.append(ClauseChange(row.fate, old, new, row.old_runs, row.new_runs, row.notes, added))
        beside = old[-1].path if old and new else beside
    return _held_by(_parts_renamed(found))


def _parts_renamed(found: Sequence[ClauseChange]) -> list[ClauseChange]:
    """A part with another heading over the clauses that it had is a changed one, not a new one."""
    children: Counter[tuple[str, str]] = Counter()
    held: Counter[str] = Counter()
    for change in found:
        held.update(new.parent for new in change.new)
        if change.fate is not Fate.ADDED:
            children.update({(old.parent, new.parent) for old in change.old for new in change.new})
    gone = {change.old[0].path: change for change in found if change.fate is Fate.DELETED}
    added = {change.new[0].path: change for change in found if change.fate is Fate.ADDED}
    renamed: dict[str, ClauseChange] = {}
    for (old, new), count in children.most_common():
        if old in gone and new in added and count * 2 > held[new] and new not in renamed:
            renamed[new] = gone.pop(old)
    left = [change for change in found if change.fate is not Fate.DELETED or change.old[0].path in gone]
    return [_renamed(renamed[at], change) if (at := _only_new(change)) in renamed else change for change in left]


def _only_new(change: ClauseChange) -> str:
    return change.new[0].path if change.fate is Fate.ADDED else ""


def _renamed(gone: ClauseChange, added: ClauseChange) -> ClauseChange:
    old_runs, new_runs = runs(gone.old[0].text, added.new[0].text)
    return ClauseChange(Fate.CHANGED, gone.old, added.new, old_runs, new_runs, notes(old_runs, new_runs))


def _held_by(found: Sequence[ClauseChange]) -> tuple[ClauseChange, ...]:
    """New clauses with the clause of the draft put to the public that holds them in the revised one."""
    was = {new.path: change.old[0].path for change in found if change.old for new in change.new}
    return tuple(
        replace(change, within=was.get(change.new[0].parent, "")) if change.fate is Fate.ADDED else change
        for change in found
    )


def closing_lists(
    found: Sequence[ClauseChange], promises: Iterable[Promise], consulted: ConsultedDraft
) -> ClosingLists:
    """Hold what people decided against what changed. A comment on a part is kept by a change of any clause below it."""
    real = [change for change in found if change.fate is not Fate.KEPT]
    fates = {clause.path: change.fate for change in found for clause in change.old}
    at_clause, next_to = _by_clause(real, consulted.by_path)
    known = folded("\n".join(clause.text for clause in consulted.clauses))
    kept: list[Fulfilment] = []
    unchanged: list[Promise] = []
    loose: list[Promise] = []
    orphans: list[Promise] = []
    explained: set[int] = set()
    for promise in promises:
        gone = bool(promise.clause) and fates.get(promise.clause, Fate.DELETED) is Fate.DELETED
        promises_change = promise.decision in PROMISING
        there = list(_there(promise, real, at_clause, next_to, known)) if promises_change else []
        explained.update(there)
        if gone and not (promises_change and WANTS_GONE.find(as_simple(promise.text))):
            orphans.append(promise)
        elif there:
            at = tuple(real[index] for index in there)
            kept.append(Fulfilment(promise, at, _echoes(promise.text, at, known)))
        elif promises_change:
            (unchanged if promise.clause else loose).append(promise)
    rest = tuple(change for index, change in enumerate(real) if index not in explained)
    return ClosingLists(tuple(kept), tuple(unchanged), tuple(loose), rest, tuple(orphans))


_Places = Mapping[str, Sequence[int]]


def _there(
    promise: Promise, real: Sequence[ClauseChange], at_clause: _Places, next_to: _Places, known: str
) -> Iterator[int]:
    """The changes that stand behind a promise, in order: at its clauses, and new ones beside that it asks for."""
    clauses = [clause for clause in dict.fromkeys((promise.clause, *promise.others)) if clause]
    found = {index for clause in clauses for index in at_clause.get(clause, ())}
    beside = {index for clause in clauses for index in next_to.get(clause, ())} - found
    asks = bool(beside) and WANTS_MORE.find(as_simple(promise.text)) is not None
    found |= {index for index in beside if asks or _echoes(promise.text, [real[index]], known)}
    yield from sorted(found)


def _by_clause(real: Sequence[ClauseChange], by_path: Mapping[str, DraftClause]) -> tuple[_Places, _Places]:
    """For each clause of the consulted draft the changes in it or below it, and the new clauses beside it."""
    at_clause: dict[str, list[int]] = {}
    next_to: dict[str, list[int]] = {}
    for index, change in enumerate(real):
        inside = {above for clause in change.old for above in _and_above(clause.path, by_path)}
        inside |= set(_and_above(change.within, by_path))
        for path in inside:
            at_clause.setdefault(path, []).append(index)
        for path in set(_and_above(change.beside, by_path)) - inside:
            next_to.setdefault(path, []).append(index)
    return at_clause, next_to


def _and_above(path: str, by_path: Mapping[str, DraftClause]) -> list[str]:
    """A clause and those that hold it."""
    found = []
    while path in by_path:
        found.append(path)
        path = by_path[path].parent
    return found


def _echoes(text: str, there: Sequence[ClauseChange], known: str) -> tuple[str, ...]:
    """New words of some changes that stand in a comment too: whole, or four characters and more of a longer stretch.

    Of a longer stretch only words that are not ``known``, in the draft put to the public, are told to come from there.
    """
    told = folded(text)
    grams = {told[at : at + _ECHO_OF_MORE] for at in range(len(told) - _ECHO_OF_MORE + 1)}
    found: dict[str, None] = {}
    for words in (words for change in there for words in change.new_words):
        new = folded(words).strip("，。；：、“”（）")
        whole = len(new) < _ECHO_OF_MORE and len(new) >= _ECHO and new in told
        found |= dict.fromkeys([new] if whole else (each for each in _stretches(new, grams) if each not in known))
    return tuple(found)


def _stretches(new: str, grams: Set[str]) -> Iterator[str]:
    """The longest stretches of some words all of whose runs of characters a comment has."""
    start = end = 0
    for at in range(len(new) - _ECHO_OF_MORE + 1):
        if new[at : at + _ECHO_OF_MORE] not in grams:
            continue
        if at + _ECHO_OF_MORE - 1 > end or not end:
            yield from _whole_figure(new, start, end)
            start = at
        end = at + _ECHO_OF_MORE
    yield from _whole_figure(new, start, end)


def _whole_figure(new: str, start: int, end: int) -> Iterator[str]:
    """A stretch without the rest of a figure that it would cut in two."""
    while 0 < start < end and new[start - 1].isdecimal() and new[start].isdecimal():
        start += 1
    if end - start >= _ECHO_OF_MORE:
        yield new[start:end]


def _provisions(clauses: Sequence[DraftClause]) -> tuple[Provision, ...]:
    """The clauses as they are compared; that a title calls its draft one (征求意见稿) is no part of its words."""
    return tuple(
        Provision(index, each.path, words, each.start, each.end, each.heading, each.number)
        for index, each in enumerate(clauses)
        for words in [DRAFT_MARK.regex.sub("", each.text) if each.path == TITLE else each.text]
    )
