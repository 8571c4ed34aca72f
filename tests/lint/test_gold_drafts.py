"""Made-up drafts: planted faults that are found, nothing raised beside them, clean drafts without an alarm.

``../shared/gold/drafts`` and the sets of ``tests/cases``, whose README say how they did when they were first read.
"""

from __future__ import annotations

from pathlib import Path

import gold_drafts
import pytest
from places import PROJECT

from analysis.lint.findings import Severity
from analysis.lint.run import check

CASES = PROJECT / "tests" / "cases"
SETS = [  # folder, faults, how many must be found
    pytest.param(
        gold_drafts.FOLDER,
        50,
        48,
        id="shared",
        marks=pytest.mark.skipif(not gold_drafts.FOLDER.is_dir(), reason=f"{gold_drafts.FOLDER} is not there"),
    ),
    pytest.param(CASES / "drafts", 76, 72, id="drafts"),
    pytest.param(CASES / "drafts2", 56, 55, id="drafts2"),
    pytest.param(CASES / "drafts3", 157, 145, id="drafts3"),
    pytest.param(CASES / "drafts4", 42, 41, id="drafts4"),
    pytest.param(CASES / "drafts5", 139, 131, id="drafts5"),
]


@pytest.mark.parametrize(("folder", "faults", "least"), SETS)
def test_planted_faults_are_found_and_little_is_raised_beside_them(folder: Path, faults: int, least: int) -> None:
    planted = found = 0
    lost: list[str] = []
    alarms: list[tuple[str, str, str]] = []
    for draft, there in gold_drafts.load(folder):
        findings = check(draft)
        missed = gold_drafts.missed(draft, findings, there)
        planted, found = planted + len(there), found + len(there) - len(missed)
        lost += [f"{draft.name}: {fault.id} {fault.kind}" for fault in missed]
        alarms += [(draft.name, each.rule, each.quote) for each in gold_drafts.false_alarms(draft, findings, there)]
        if not there:
            assert not [each for each in findings if each.severity is not Severity.INFO], draft.name
    assert planted == faults
    assert found >= least, lost
    assert len(alarms) <= 1, alarms
