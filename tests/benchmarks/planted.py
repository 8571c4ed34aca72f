"""Plant faults in clean drafts and print, for each rule, how many are found, missed and raised wrongly.

Drafts are texts and, for faults of layout, Word files.

python tests/benchmarks/planted.py [--each N] [--missed] [--write]

``--write`` keeps the figures for docs/rules.md in ``tests/cases/planted_faults.json``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1] / "helpers")]

import planted_content_faults  # noqa: E402, F401
import planted_faults  # noqa: E402, F401
from clean_drafts import CLEAN  # noqa: E402
from drafts import draft_from  # noqa: E402
from planted_word_faults import WORD_KINDS, WordFault, plant_in_word  # noqa: E402
from planting import KINDS, Planted, plant  # noqa: E402
from word_drafts import draft_of_word  # noqa: E402

from analysis.lint.draft import Draft  # noqa: E402
from analysis.lint.findings import Finding, Severity  # noqa: E402
from analysis.lint.registry import Family, rules  # noqa: E402
from analysis.lint.run import check  # noqa: E402

RESULT = Path(__file__).resolve().parents[1] / "cases/planted_faults.json"
EACH = 4  # of a kind in a draft


@dataclass(slots=True)
class Count:
    """What became of the faults of each kind, and what was raised beside them by each rule."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    by_rule: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    rules: dict[str, str] = field(default_factory=dict)  # of each kind the rule that is to find it
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    raised: list[tuple[str, str, str]] = field(default_factory=list)

    def figures(self) -> dict[str, dict[str, int]]:
        """By rule: faults planted for it, found (by it, or by another that may report them), raised by it wrongly."""
        planted: Counter[str] = Counter()
        found: Counter[str] = Counter()
        for kind, rule in self.rules.items():
            planted[rule] += self.planted[kind]
            found[rule] += self.found[kind]
        names = sorted({*planted, *self.false})
        return {name: {"planted": planted[name], "found": found[name], "raised": self.false[name]} for name in names}


def count(each: int = EACH) -> Count:
    """Plant, check, count. A finding of a clean draft counts for nothing."""
    known = {name: {finding.fingerprint for finding in check(draft_from(text))} for name, text in CLEAN.items()}
    result = Count()
    for kind, name, planted in plant(CLEAN, each):
        findings = [one for one in check(_draft(planted)) if one.fingerprint not in known[name]]
        result.planted[kind] += 1
        result.rules[kind] = planted.rules[0]
        hits = [one for one in findings if one.rule in planted.rules and _touches(one, planted)]
        if hits:
            result.found[kind] += 1
            result.by_rule[hits[0].rule] += 1
        else:
            start, end = planted.spans[0] if planted.spans else (0, 20)
            result.missed.append((kind, name, planted.text[max(start - 20, 0) : end + 20]))
        for one in findings:
            if one.severity is not Severity.INFO and not _touches(one, planted):
                result.false[one.rule] += 1
                result.raised.append((kind, one.rule, f"{one.quote[:30]} {one.message}"))
    _count_in_word(result)
    return result


def _count_in_word(result: Count) -> None:
    """The same with the faults of layout in Word files, whose words are those of the clean drafts."""
    by = [rule for rule in rules() if rule.family is Family.LAYOUT]
    for kind, name, planted in plant_in_word(CLEAN):
        fault = planted.fault
        findings = check(draft_of_word(planted.data), by=by)
        result.planted[kind] += 1
        result.rules[kind] = fault.rule
        hits = [one for one in findings if one.rule == fault.rule and re.search(fault.about, one.message)]
        hits = [one for one in hits if _at(one, fault)]
        if hits:
            result.found[kind] += 1
            result.by_rule[fault.rule] += 1
        else:
            result.missed.append((kind, name, fault.words[:40]))
        for one in findings:
            if one not in hits and one.severity is not Severity.INFO and not (fault.words and _at(one, fault)):
                result.false[one.rule] += 1
                result.raised.append((kind, one.rule, f"{one.quote[:30]} {one.message}"))


def _at(finding: Finding, fault: WordFault) -> bool:
    """Whether a finding points into the paragraph that was spoiled, or the whole file was."""
    return not fault.words or finding.quote in fault.words or fault.words in finding.quote


def _draft(planted: Planted) -> Draft:
    peers = tuple(draft_from(text, f"对照{at}.txt").reading for at, text in enumerate(planted.peers))
    return draft_from(planted.text, peers=peers, earlier=peers[0] if peers else None)


def _touches(finding: Finding, planted: Planted) -> bool:
    """Whether a finding overlaps the fault, or stands in its line."""
    if planted.anywhere:
        return True
    for start, end in ((finding.start, finding.end), *finding.places):
        for low, high in planted.spans:
            if start < high and low < max(end, start + 1):
                return True
            if planted.text.count("\n", 0, start) == planted.text.count("\n", 0, low):
                return True
    return False


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--each", type=int, default=EACH)
    parser.add_argument("--missed", action="store_true")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    result = count(given.each)
    for kind in (*KINDS, *WORD_KINDS):
        print(f"{kind:24} {result.found[kind]:4} of {result.planted[kind]:4}")
    total, found = result.planted.total(), result.found.total()
    print(f"\n{len(result.planted)} kinds, {total} faults, {found} found ({found / total:.1%})")
    print("raised wrongly by rule:", dict(result.false) or "nothing")
    if given.write:
        RESULT.write_text(json.dumps(result.figures(), indent=1) + "\n", encoding="utf-8")
    if given.missed:
        for line in (*result.missed, *result.raised):
            print("  ", *line)


if __name__ == "__main__":
    main()
