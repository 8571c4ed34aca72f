"""What was said of a sample of the findings on real texts: ``tests/cases/findings_on_real_texts.csv``.

``judged``: right, wrong, or no draft (news, furniture of a page, an excerpt: nobody would have it checked). What holds
for the sample is taken to hold for all findings of the same rule and severity.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from real_texts import real_drafts

from analysis.lint.draft import Draft
from analysis.lint.findings import Finding, Severity
from analysis.lint.run import check

FILE = Path(__file__).resolve().parents[1] / "cases/findings_on_real_texts.csv"
FIGURES = FILE.with_suffix(".json")
RIGHT, WRONG, NO_DRAFT = "right", "wrong", "no draft"
JUDGEMENTS = (RIGHT, WRONG, NO_DRAFT)
Key = tuple[str, str, str]  # document, rule, fingerprint


@dataclass(frozen=True, slots=True)
class Judged:
    """One finding that was judged by hand."""

    document: str
    rule: str
    fingerprint: str
    severity: str
    judged: str
    why: str

    @property
    def key(self) -> Key:
        """What tells it from all others."""
        return self.document, self.rule, self.fingerprint


def judgements() -> dict[Key, Judged]:
    """Every judgement by its key."""
    with FILE.open(encoding="utf-8", newline="") as stream:
        every = [Judged(**row) for row in csv.DictReader(stream)]
    return {one.key: one for one in every}


@dataclass
class OnRealTexts:
    """What all rules find in all real texts at hand."""

    documents: int = 0
    characters: int = 0
    found: dict[Key, tuple[Draft, Finding]] = field(default_factory=dict)

    @property
    def counts(self) -> Counter[tuple[str, Severity]]:
        """How many findings a rule has of each severity."""
        return Counter((finding.rule, finding.severity) for _, finding in self.found.values())

    def false(self, severity: Severity, known: Mapping[Key, Judged], *, strictly: bool = False) -> float:
        """False findings of a severity in 10,000 characters, extrapolated by rule; ``strictly``: what is no draft too.

        Where nothing of a rule and severity was judged, all of it counts as false.
        """
        total = 0.0
        for (rule, grave), count in self.counts.items():
            if grave is severity:
                seen = [one.judged for one in known.values() if one.rule == rule and one.severity == severity]
                wrong = seen.count(WRONG) + (seen.count(NO_DRAFT) if strictly else 0)
                total += count * wrong / len(seen) if seen else count
        return total / self.characters * 10_000

    def figures(self, known: Mapping[Key, Judged]) -> dict[str, Any]:
        """What docs/rules.md says of all this."""
        rules = sorted({rule for rule, _ in self.counts})
        judged = Counter((one.rule, one.judged) for one in known.values())
        grave = ((each, strictly) for each in (Severity.ERROR, Severity.WARNING) for strictly in (False, True))
        return {
            "documents": self.documents,
            "characters": self.characters,
            **{
                f"{each}s{'_strictly' if strictly else ''}": round(self.false(each, known, strictly=strictly), 2)
                for each, strictly in grave
            },
            "rules": {
                rule: {
                    **{severity.value: self.counts[rule, severity] for severity in Severity},
                    **{each: judged[rule, each] for each in JUDGEMENTS},
                }
                for rule in rules
            },
        }


def on_real_texts() -> OnRealTexts:
    """Check every real text."""
    result = OnRealTexts()
    for draft in real_drafts():
        result.documents += 1
        result.characters += len(draft.received)
        for finding in check(draft):
            result.found[draft.name, finding.rule, finding.fingerprint] = draft, finding
    return result
