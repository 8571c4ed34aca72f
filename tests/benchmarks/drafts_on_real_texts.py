"""Run every rule over the real texts at hand and print what each finds, by severity and in 10,000 characters.

python tests/benchmarks/drafts_on_real_texts.py [--sample] [--all] [--rule ID …] [--seen] [--write]

``--sample``: draw up to twelve findings of every rule, with the words around each, to be judged by hand; ``--all``: all
of them. Judgements stand in ``tests/cases/findings_on_real_texts.csv``; ``--seen`` shows those that are judged as well.
``--write`` keeps the figures for docs/rules.md in ``tests/cases/findings_on_real_texts.json``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1] / "helpers")]

from judged_findings import FIGURES, OnRealTexts, judgements, on_real_texts  # noqa: E402

from analysis.lint.draft import Draft  # noqa: E402
from analysis.lint.findings import Finding, Severity  # noqa: E402

SAMPLE, SEED = 12, 20261128
AROUND = 70  # characters shown on each side
GRAVE = (Severity.ERROR, Severity.WARNING)


def by_rule(result: OnRealTexts) -> dict[str, list[tuple[Draft, Finding]]]:
    """The findings of each rule, in the order of the texts."""
    found: dict[str, list[tuple[Draft, Finding]]] = defaultdict(list)
    for draft, finding in result.found.values():
        found[finding.rule].append((draft, finding))
    return dict(sorted(found.items()))


def sampled(found: list[tuple[Draft, Finding]]) -> list[tuple[Draft, Finding]]:
    """Up to twelve findings of one rule, the same as long as the findings are."""
    ordered = sorted(found, key=lambda pair: (pair[0].name, pair[1].start))
    return ordered if len(ordered) <= SAMPLE else random.Random(SEED).sample(ordered, SAMPLE)


def around(draft: Draft, finding: Finding) -> str:
    """The words of a finding with what stands around them, on one line."""
    text = draft.received
    before, after = text[max(finding.start - AROUND, 0) : finding.start], text[finding.end : finding.end + AROUND]
    return f"{before}【{finding.quote[:160]}】{after}".replace("\n", "⏎")


def main() -> None:
    """Print the table, and the sample."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--seen", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--rule", nargs="*", default=[])
    given = parser.parse_args()
    result, known = on_real_texts(), judgements()
    _table(result)
    for severity in GRAVE:
        false, strictly = (result.false(severity, known, strictly=each) for each in (False, True))
        print(f"false {severity}s in 10,000 characters: {false:.2f}; with what is no draft {strictly:.2f}")
    if given.write:
        FIGURES.write_text(json.dumps(result.figures(known), indent=1) + "\n", encoding="utf-8")
    if not (given.sample or given.all):
        return
    for rule, found in by_rule(result).items():
        if given.rule and rule not in given.rule:
            continue
        print(f"\n=== {rule}")
        for draft, finding in found if given.all else sampled(found):
            judged = known.get((draft.name, rule, finding.fingerprint))
            if judged is None or given.seen:
                print(judged.judged if judged else "?", draft.name, finding.fingerprint, finding.severity, sep="\t")
                print(f"\t{finding.message[:120]}\n\t{around(draft, finding)}")


def _table(result: OnRealTexts) -> None:
    print(f"{result.characters:,} characters")
    print(f"{'rule':6}" + "".join(f"{severity:>10}" for severity in Severity) + "   errors and warnings in 10,000")
    total: Counter[Severity] = Counter()
    for rule in by_rule(result):
        counts = [result.counts[rule, severity] for severity in Severity]
        total.update(dict(zip(Severity, counts, strict=True)))
        grave = sum(result.counts[rule, severity] for severity in GRAVE)
        print(f"{rule:6}" + "".join(f"{each:10}" for each in counts) + f"{grave / result.characters * 10_000:14.2f}")
    print(f"{'all':6}" + "".join(f"{total[each]:10}" for each in Severity))


if __name__ == "__main__":
    main()
