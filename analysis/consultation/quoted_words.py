"""Words of the draft in a comment: in quotation marks or not, with characters missing, added or exchanged.

Both are taken without marks and blanks. Runs of four characters that stand in the draft are joined to a stretch where
they follow each other on nearly the same diagonal. What a stretch says of a clause is the sum of what its runs say:
one that a single clause has counts 1, one that ten clauses have counts a tenth, so that the terms of the field prove
little. Time grows with the length of the comment.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from analysis.consultation.comments import ConsultedDraft, DraftClause
from analysis.consultation.draft_clauses import TITLE
from analysis.consultation.folded_words import Folded, folded

SIZE = 4  # characters of a run
_SLACK = 4  # characters that may be missing or added between two runs of a stretch
_REACH = SIZE + _SLACK  # how far apart the beginnings of two runs of a stretch are at most
_MOST_PLACES = 40  # a run that stands in more places joins stretches and begins none
_MARKED = re.compile(r"“([^“”]{2,600})”|\"([^\"]{2,600})\"|《([^《》]{2,200})》|‘([^‘’]{2,400})’")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a clause in a comment: ``start`` to ``end`` in the folded comment, ``weight`` as the module says.

    ``copied``: how many of its characters stand in the clause; ``marked``: they are in quotation marks.
    """

    clause: DraftClause
    start: int
    end: int
    weight: float
    copied: int
    marked: bool


@dataclass(slots=True)
class _Stretch:
    """Runs that follow each other: first and last place in the comment, the last in the draft, and the runs."""

    first: int
    last: int
    draft_last: int
    starts: list[int]


@dataclass(frozen=True, eq=False)
class QuotableWords:
    """The words of a draft's clauses in one string without marks, and where each run of it stands."""

    draft: ConsultedDraft

    @cached_property
    def _laid_out(self) -> tuple[str, list[int]]:
        """The words of all clauses with a sign between them, and the clause of each character by index."""
        words: list[str] = []
        owners: list[int] = []
        for index, clause in enumerate(self.draft.clauses):
            if clause.path == TITLE:  # whoever names the draft quotes nothing of it
                continue
            heading = "" if clause.text.startswith(clause.heading) else clause.heading
            own = folded(heading + clause.text).words().text + "\n"
            words.append(own)
            owners.extend([index] * len(own))
        return "".join(words), owners

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        text, _ = self._laid_out
        found: dict[str, list[int]] = {}
        for at in range(len(text) - SIZE + 1):
            run = text[at : at + SIZE]
            if "\n" not in run:
                found.setdefault(run, []).append(at)
        return found

    @cached_property
    def _weights(self) -> dict[str, float]:
        """What a run says: one part of the clauses that have it."""
        _, owners = self._laid_out
        return {run: 1 / len({owners[at] for at in places}) for run, places in self._places.items()}

    @cached_property
    def length(self) -> int:
        """How many characters without marks the clauses have."""
        return len(self._laid_out[0])

    def quoted(self, comment: Folded) -> list[Quoted]:
        """The stretches of a folded comment that stand in the draft, the weightiest first; stretches of one clause
        may overlap those of another."""
        bare = comment.words()
        where = {offset: at for at, offset in enumerate(comment.offsets)}
        marks = [match.span() for match in _MARKED.finditer(comment.text)]
        opens = [start for start, _ in marks]
        found = []
        for stretch in self._stretches(bare.text):
            clause = self.draft.clauses[self._laid_out[1][stretch.draft_last]]
            start, end = where[bare.offsets[stretch.first]], where[bare.offsets[stretch.last + SIZE - 1]] + 1
            weight = sum(self._weights[bare.text[at : at + SIZE]] for at in stretch.starts)
            copied = len({at + more for at in stretch.starts for more in range(SIZE)})
            before = bisect_right(opens, (start + end) // 2)
            marked = before > 0 and (start + end) // 2 < marks[before - 1][1]
            found.append(Quoted(clause, start, end, weight, copied, marked))
        return sorted(found, key=lambda each: (-each.weight, -each.copied, each.start, each.clause.start))

    def _stretches(self, text: str) -> list[_Stretch]:
        """Joined runs. One that stands where an open stretch goes on, give or take ``_SLACK``, joins it."""
        done: list[_Stretch] = []
        open_at: dict[int, _Stretch] = {}  # by diagonal: place in the draft minus place in the comment
        for at in range(len(text) - SIZE + 1):
            run = text[at : at + SIZE]
            places = self._places.get(run, ())
            often = len(places) > _MOST_PLACES
            for place in self._on_open_diagonals(open_at, at, run) if often else places:
                stretch = self._going_on(open_at, at, place)
                if stretch is not None:
                    stretch.last, stretch.draft_last = at, place
                    stretch.starts.append(at)
                    open_at[place - at] = stretch
                elif not often:
                    stretch = _Stretch(at, at, place, [at])
                    open_at[place - at] = stretch
                    done.append(stretch)
            if at % _REACH == 0:
                open_at = {diagonal: each for diagonal, each in open_at.items() if at - each.last <= _REACH}
        return done

    def _on_open_diagonals(self, open_at: dict[int, _Stretch], at: int, run: str) -> list[int]:
        """Where a run stands in the draft that is too frequent to look at each of its places."""
        text, _ = self._laid_out
        return [at + diagonal for diagonal in open_at if text.startswith(run, max(at + diagonal, 0))]

    def _going_on(self, open_at: dict[int, _Stretch], at: int, place: int) -> _Stretch | None:
        """The open stretch of the same clause that a run at ``at``, which stands at ``place`` in the draft, goes on."""
        owners = self._laid_out[1]
        for near in range(_SLACK + 1):
            for diagonal in {place - at - near, place - at + near}:
                stretch = open_at.get(diagonal)
                if stretch is None or stretch.draft_last >= place or stretch.last >= at:
                    continue
                same_clause = owners[stretch.draft_last] == owners[place]
                if same_clause and at - stretch.last <= _REACH and place - stretch.draft_last <= _REACH:
                    return stretch
        return None
