"""The made-up comments of tests/cases/comments_made_up, with the drafts that they are about."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.consultation.anchors import Anchoring, Tied
from analysis.consultation.comments import Comment
from analysis.consultation.draft_clauses import consulted_draft

PROJECT = Path(__file__).resolve().parents[2]
FOLDERS = (
    *(f"policy_corpus/documents/{slug}" for slug in ("sichuan-2018", "beijing-2022", "heilongjiang-2017")),
    *("tests/cases/drafts", "tests/cases/drafts2", "../shared/gold/drafts"),
)
SETS = ("comments", "comments_second", "comments_third", "comments_fourth")


@dataclass(frozen=True, slots=True)
class Answered:
    """A comment, the clauses that are right for it (none where empty), what ties them, and what was found."""

    comment: Comment
    clauses: tuple[str, ...]
    kind: str
    tied: Tied

    @property
    def right(self) -> bool:
        """Whether the clause found is right."""
        found = self.tied.anchor.clause
        return found in self.clauses if self.clauses else not found


@cache
def anchoring(name: str) -> Anchoring | None:
    """A draft ready for comments; None where it is not on this machine."""
    path = next((PROJECT / folder / name for folder in FOLDERS if (PROJECT / folder / name).exists()), None)
    return Anchoring(consulted_draft(path.read_text(encoding="utf-8"), name)) if path else None


@cache
def answered() -> tuple[Answered, ...]:
    """All made-up comments whose drafts are at hand."""
    rows: list[dict[str, str]] = []
    for name in SETS:
        with (PROJECT / f"tests/cases/comments_made_up/{name}.csv").open(encoding="utf-8", newline="") as file:
            rows.extend(csv.DictReader(file))
    found: list[Answered] = []
    for name in dict.fromkeys(row["draft"] for row in rows):
        draft = anchoring(name)
        if draft is None:
            continue
        own = [row for row in rows if row["draft"] == name]
        comments = [Comment(int(row["row"]), row["text"], clause=row["beside"]) for row in own]
        for row, comment, tied in zip(own, comments, draft.tie(comments), strict=True):
            clauses = tuple(filter(None, row["clauses"].split("|")))
            found.append(Answered(comment, clauses, row["anchor_kind"], tied))
    return tuple(found)
