"""Made-up drafts with planted faults (``../shared/gold/drafts``): what a check finds, misses and raises wrongly."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from drafts import draft_from

from analysis.lint.draft import Draft
from analysis.lint.findings import Finding, Severity
from analysis.lint.registry import rules
from analysis.word.paragraphs import word_text

FOLDER = Path(__file__).resolve().parents[2] / "../shared/gold/drafts"


@dataclass(frozen=True, slots=True)
class Fault:
    """A planted fault: its id, the rules that may report it, and the raw spans where they may."""

    id: str
    kind: str
    rules: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    anywhere: bool


def load(folder: Path = FOLDER) -> list[tuple[Draft, tuple[Fault, ...]]]:
    """Each draft with its faults, in the order of their names."""
    faults: dict[str, list[Fault]] = {}
    with (folder / "faults.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            also = [part for part in row["also"].split(";") if part and part != "*"]
            spans = [(int(row["start"]), int(row["end"])), *((int(a), int(b)) for a, b in (p.split("-") for p in also))]
            fault = Fault(
                row["fault_id"], row["kind"], tuple(row["rules"].split("|")), tuple(spans), "*" in row["also"]
            )
            faults.setdefault(row["document"], []).append(fault)
    found = []
    for path in sorted([*folder.glob("*.txt"), *folder.glob("*.docx")]):
        if path.suffix == ".docx":
            word = word_text(path.read_bytes(), path.name)
            draft = draft_from(word.text, path.name, labels=word.labels, cells=word.cells)
        else:
            draft = draft_from(path.read_text(encoding="utf-8"), path.name)
        found.append((draft, tuple(faults.get(path.stem, ()))))
    return found


def finds(draft: Draft, finding: Finding, fault: Fault) -> bool:
    """Whether a finding reports a fault: one of its rules, and the same words, another of its places, or the line."""
    title = next(rule.title for rule in rules() if rule.id == finding.rule)
    named = any(
        finding.rule == name or name in title or name in finding.message or name in finding.rule for name in fault.rules
    )
    return named and touches(draft, finding, fault)


def touches(draft: Draft, finding: Finding, fault: Fault) -> bool:
    """Whether a finding overlaps the places of a fault or stands in the line of one."""
    if fault.anywhere:
        return True
    places = [(finding.start, finding.end), *finding.places]
    return any(
        (start < max(high, low + 1) and low < max(end, start + 1)) or draft.line_at(start) == draft.line_at(low)
        for start, end in places
        for low, high in fault.spans
    )


def missed(draft: Draft, findings: Sequence[Finding], faults: Sequence[Fault]) -> list[Fault]:
    """The faults that no finding reports."""
    return [fault for fault in faults if not any(finds(draft, finding, fault) for finding in findings)]


def false_alarms(draft: Draft, findings: Sequence[Finding], faults: Sequence[Fault]) -> list[Finding]:
    """Errors and warnings that overlap no fault; layout counts neither way."""
    return [
        finding
        for finding in findings
        if finding.severity is not Severity.INFO
        and not finding.rule.startswith("L")
        and not any(touches(draft, finding, fault) for fault in faults)
    ]
