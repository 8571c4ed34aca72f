"""The revised draft held against what was promised: what became of each clause, and which comment stands behind it.

A comment that was adopted promises a change in its clause, in a clause below it, or a new clause beside it. What was
promised and did not change is list A; what changed with nothing promised there is list B.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.consultation.comments import ConsultedDraft, Decision, DraftClause
from analysis.lint.changed_words import Run
from analysis.lint.provisions import Provision, folded
from analysis.lint.versions import Fate, compare_provisions

PROMISING = frozenset({Decision.ADOPTED, Decision.PARTLY})
_ECHO = 2  # characters of new words that are told to come from a comment


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """What became of clauses: those of the draft put to the public, those of the revised one, the words that differ.

    ``notes`` name in a sentence each what the change does to strength, numbers, scope and conditions. ``beside`` is
    the path of the clause after which new ones stand, "" where they stand first or where there are old ones.
    """

    fate: Fate
    old: tuple[DraftClause, ...]
    new: tuple[DraftClause, ...]
    old_runs: tuple[Run, ...]
    new_runs: tuple[Run, ...]
    notes: tuple[str, ...]
    beside: str = ""

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
    """A comment as it counts at the end: whatever names it, its clause ("" for none), its decision, its words."""

    comment: Hashable
    clause: str
    decision: Decision | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """An adopted comment with the changes that stand at its clause; ``echoes``: new words that the comment has too."""

    promise: Promise
    changes: tuple[ClauseChange, ...]
    echoes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClosingLists:
    """What is to be looked at before a consultation is closed.

    ``kept``: adopted, and the clause changed; ``unchanged`` (list A): adopted, and it did not; ``without_clause``:
    adopted, but tied to no clause, so that only a person can tell; ``unexplained`` (list B): changes with no adopted
    comment behind them; ``orphans``: comments whose clause the revised draft does not have.
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
    return tuple(found)


def closing_lists(
    found: Sequence[ClauseChange], promises: Iterable[Promise], consulted: ConsultedDraft
) -> ClosingLists:
    """Hold what people decided against what changed. A comment on a part is kept by a change of any clause below it."""
    real = [change for change in found if change.fate is not Fate.KEPT]
    fates = {clause.path: change.fate for change in found for clause in change.old}
    by_clause = _by_clause(real, consulted.by_path)
    kept, unchanged, loose, orphans = [], [], [], []
    explained: set[int] = set()
    for promise in promises:
        gone = fates.get(promise.clause) is Fate.DELETED or (promise.clause and promise.clause not in fates)
        if gone:
            orphans.append(promise)
        if promise.decision not in PROMISING:
            continue
        there = by_clause.get(promise.clause, ())
        explained.update(there)
        if not promise.clause:
            loose.append(promise)
        elif there:
            at = tuple(real[index] for index in there)
            kept.append(Fulfilment(promise, at, _echoes(promise.text, at)))
        elif not gone:
            unchanged.append(promise)
    rest = tuple(change for index, change in enumerate(real) if index not in explained)
    return ClosingLists(tuple(kept), tuple(unchanged), tuple(loose), rest, tuple(orphans))


def _by_clause(real: Sequence[ClauseChange], by_path: Mapping[str, DraftClause]) -> dict[str, list[int]]:
    """For each clause of the consulted draft the changes that stand in it, below it, or just after it."""
    found: dict[str, list[int]] = {}
    for index, change in enumerate(real):
        paths = [clause.path for clause in change.old] or [change.beside]
        above = {parent for path in paths for parent in _and_above(path, by_path)}
        for path in sorted(above):
            found.setdefault(path, []).append(index)
    return found


def _and_above(path: str, by_path: Mapping[str, DraftClause]) -> list[str]:
    """A clause and those that hold it."""
    found = []
    while path in by_path:
        found.append(path)
        path = by_path[path].parent
    return found


def _echoes(text: str, there: Sequence[ClauseChange]) -> tuple[str, ...]:
    """New words of some changes that stand in a comment too."""
    told = folded(text)
    new = (folded(words).strip("，。；：、“”（）") for change in there for words in change.new_words)
    return tuple(dict.fromkeys(words for words in new if len(words) >= _ECHO and words in told))


def _provisions(clauses: Sequence[DraftClause]) -> tuple[Provision, ...]:
    return tuple(
        Provision(index, each.path, each.text, each.start, each.end, each.heading, each.number)
        for index, each in enumerate(clauses)
    )
