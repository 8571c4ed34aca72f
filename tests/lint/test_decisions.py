"""What is decided of findings: kept by fingerprint, undone, written and read back, and harmless whatever is loaded."""

from __future__ import annotations

import json

import pytest
from drafts import draft_from
from hypothesis import given
from hypothesis import strategies as some

from analysis.lint.decisions import Decisions, as_json, read_decisions, same_draft
from analysis.lint.run import check
from analysis.model import Corpus, InputError

DRAFT = "　　一、目标\n　　(一)人才。\n　　（二）资金。\n　　三、保障\n　　奖励发放至帐号。\n"
WHEN = "2026-11-28T21:00"


def decided() -> Decisions:
    """One finding set aside, one rule off."""
    gap = next(each for each in check(draft_from(DRAFT)) if each.rule == "N2")
    return Decisions().dismiss(gap, "上级文件如此", WHEN).switch("N5", on=False)


def test_what_is_set_aside_or_of_a_rule_that_is_off_is_left_out() -> None:
    findings = check(draft_from(DRAFT))
    left = decided().left(findings)
    assert {each.rule for each in findings} - {each.rule for each in left} >= {"N5"}
    assert "N2" not in {each.rule for each in left}
    assert "P16" in {each.rule for each in left}


def test_a_decision_holds_for_the_next_version() -> None:
    later = check(draft_from(DRAFT.replace("人才", "人才队伍").replace("　　奖励", "　　各地负责。\n　　奖励")))
    assert "N2" in {each.rule for each in later}
    assert "N2" not in {each.rule for each in decided().left(later)}


def test_it_is_undone() -> None:
    findings = check(draft_from(DRAFT))
    (aside,) = decided().dismissed
    undone = decided().restore(aside.fingerprint).switch("N5", on=True)
    assert undone == Decisions()
    assert undone.left(findings) == list(findings)


def test_a_second_reason_stands_in_place_of_the_first() -> None:
    gap = next(each for each in check(draft_from(DRAFT)) if each.rule == "N2")
    (one,) = decided().dismiss(gap, "已核对", WHEN).dismissed
    assert one.reason == "已核对"


def test_versions_of_a_draft_are_told_from_another_draft(real_corpus: Corpus) -> None:
    texts = [reading.document.text for reading in real_corpus.readings]
    for one in texts:
        edited = "\n".join(reversed(one.replace("技术", "科技").split("\n")))
        assert same_draft(one, edited)
        assert sum(same_draft(one, other) for other in texts) == 1
    assert same_draft(DRAFT, DRAFT.replace("人才", "人才队伍"))


def test_written_and_read_back_it_is_the_same() -> None:
    written = as_json("草案", decided())
    assert read_decisions(written, "取舍.json") == decided()
    assert Decisions().with_all(read_decisions(written, "取舍.json")) == decided()
    # ``check --baseline`` looks for these.
    assert json.loads(written)["findings"][0]["fingerprint"] == decided().dismissed[0].fingerprint


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff\xfe",
        b'{"findings": [], "off": 3}',
        b'{"findings": [{"fingerprint": "a"}], "off": []}',
        b'{"findings": [], "off": [3]}',
        b"[" * 100_000,
        b'{"findings": [], "off": []' + b" " * 5_000_000 + b"}",
    ],
)
def test_anything_else_is_one_sentence(data: bytes) -> None:
    with pytest.raises(InputError, match="不是取舍记录"):
        read_decisions(data, "取舍.json")


@given(some.binary())
def test_no_bytes_do_harm(data: bytes) -> None:
    with pytest.raises(InputError):
        read_decisions(data, "取舍.json")
