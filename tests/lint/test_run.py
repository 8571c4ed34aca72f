"""Findings: their order, their offsets, what is folded, and fingerprints that survive edits elsewhere."""

from __future__ import annotations

from drafts import draft_from
from hypothesis import given
from hypothesis import strategies as st

from analysis.lint.run import FOLDED_FROM, TAKEN_APART, check, worst_first

FAULTY = "　　一、目标\n　　(一)人才。\n　　(二)资金,平台。\n　　三、保障\n　　依照《合同法》签定合同。\n"


def test_findings_stand_in_the_order_of_the_text_and_the_worst_first_on_demand() -> None:
    findings = check(draft_from(FAULTY))
    assert [each.start for each in findings] == sorted(each.start for each in findings)
    ranks = [each.severity.rank for each in worst_first(findings)]
    assert ranks == sorted(ranks)
    assert {"N2", "N5", "P1", "C5", "P16"} <= {each.rule for each in findings}


def test_a_rule_that_is_off_finds_nothing() -> None:
    assert "N5" not in {each.rule for each in check(draft_from(FAULTY), off={"N5"})}


@given(st.text("甲乙丙，。\n", max_size=60))
def test_a_fingerprint_survives_edits_elsewhere(before: str) -> None:
    def of(text: str) -> set[str]:
        return {each.fingerprint for each in check(draft_from(text)) if each.rule in ("C5", "P16")}

    assert of(FAULTY) <= of(f"　　{before}\n{FAULTY}") | of(f"{FAULTY}　　{before}\n")


def test_two_equal_faults_have_two_fingerprints() -> None:
    text = "　　拨付至帐号。\n　　拨付至帐号。\n"
    findings = [each for each in check(draft_from(text)) if each.rule == "P16"]
    assert len({each.fingerprint for each in findings}) == 2


def test_many_equal_findings_become_one_with_all_places() -> None:
    text = "　　支持甲,乙。\n" * FOLDED_FROM
    (finding,) = [each for each in check(draft_from(text)) if each.rule == "P1"]
    assert f"共 {FOLDED_FROM} 处" in finding.message
    spans = [(finding.start, finding.end), *finding.places]
    assert [text[start:end] for start, end in spans] == [","] * FOLDED_FROM
    assert len(finding.changes) == FOLDED_FROM
    assert [each.count for each in finding.change_sets] == [1] * FOLDED_FROM
    assert tuple(change for each in finding.change_sets for change in each.changes) == finding.changes


def test_of_very_many_the_first_can_be_corrected_one_by_one_and_the_others_together() -> None:
    lines = [f"　　支持第{at}类甲,乙。\n" for at in range(TAKEN_APART + 7)]
    (finding,) = [each for each in check(draft_from("".join(lines))) if each.rule == "P1"]
    sets = finding.change_sets
    assert [each.count for each in sets] == [*[1] * TAKEN_APART, 7]
    assert len({each.token for each in sets} | {finding.fingerprint}) == TAKEN_APART + 2
    assert tuple(change for each in sets for change in each.changes) == finding.changes
    later = "".join(["　　另有一段。\n", *lines[1:]])
    (after,) = [each for each in check(draft_from(later)) if each.rule == "P1"]
    assert [each.token for each in after.change_sets[: TAKEN_APART - 1]] == [each.token for each in sets[1:TAKEN_APART]]


def test_a_text_of_wrapped_lines_is_found_at_its_own_offsets() -> None:
    line = (
        "为推动技术转移体系建设，支持高校院所和企业联合建\n设概念验证中心，对技术经理人按照一定比例给予补\n"
        "助，并建立台帐。\n"
    )
    text = "".join(f"（{number}）{line}" for number in "一二三四五六七八")
    draft = draft_from(text)
    assert draft.offsets is not None
    for finding in check(draft):
        assert finding.quote == text[finding.start : finding.end]
    assert "一定比例" in {finding.quote for finding in check(draft)}
