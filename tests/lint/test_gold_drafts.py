"""The made-up drafts of ``../shared/gold/drafts``: planted faults that are found, clean drafts without an alarm."""

from __future__ import annotations

import gold_drafts
import pytest

from analysis.lint.findings import Severity
from analysis.lint.run import check

pytestmark = pytest.mark.skipif(not gold_drafts.FOLDER.is_dir(), reason=f"{gold_drafts.FOLDER} is not there")


def test_planted_faults_are_found() -> None:
    faults = missed = 0
    said = []
    for draft, planted in gold_drafts.load():
        lost = gold_drafts.missed(draft, check(draft), planted)
        faults, missed = faults + len(planted), missed + len(lost)
        said += [f"{draft.name}: {fault.id} {fault.kind}" for fault in lost]
    assert faults == 50
    assert missed <= 0.05 * faults, said


def test_nothing_is_raised_beside_the_faults() -> None:
    alarms = [
        (draft.name, each.rule, each.quote)
        for draft, planted in gold_drafts.load()
        for each in gold_drafts.false_alarms(draft, check(draft), planted)
    ]
    assert alarms == []


def test_clean_drafts_have_no_error_and_few_warnings() -> None:
    for draft, planted in gold_drafts.load():
        if not planted:
            findings = check(draft)
            assert not [each for each in findings if each.severity is Severity.ERROR]
            warnings = [each for each in findings if each.severity is Severity.WARNING]
            assert len(warnings) <= 3 * len(draft.received) / 10_000
