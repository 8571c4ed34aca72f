"""The revised draft held against what was promised."""

from __future__ import annotations

import pytest

from analysis.consultation.closing import ClosingLists, Promise, changes, closing_lists
from analysis.consultation.comments import Decision
from analysis.consultation.draft_clauses import consulted_draft
from analysis.lint.versions import Fate

BEFORE = """某市技术转移机构管理办法
（征求意见稿）
为规范技术转移机构，制定本办法。
一、总体要求
（一）主要目标。到2027年，全市技术转移机构达到50家以上，技术合同成交额突破300亿元。
（二）基本原则。坚持市场主导、政府引导，推动技术要素自由流动。
二、主要措施
（三）资金支持。对促成技术交易的机构，按实际成交额的3%给予最高30万元补助。
（四）人才培养。支持高校开设技术转移专业，建设省级人才培养基地。
（五）统计考核。每季度报送统计报表，年底集中考核并通报结果。
三、保障措施
市科技局会同有关部门负责本办法的组织实施。
"""
AFTER = (
    BEFORE.replace("3%", "5%")
    .replace("（五）统计考核。每季度报送统计报表，年底集中考核并通报结果。\n", "")
    .replace(
        "（四）人才培养。支持高校开设技术转移专业，建设省级人才培养基地。\n",
        "（四）人才培养。支持高校开设技术转移专业，建设省级人才培养基地。\n"
        "（五）信用管理。建立机构信用档案，对失信机构取消补助资格。\n",
    )
    .replace("政府引导，", "政府引导、企业主体，")
)


def lists(*promises: Promise) -> ClosingLists:
    """The lists over the two drafts above."""
    before, after = consulted_draft(BEFORE, "稿.txt"), consulted_draft(AFTER, "修改稿.txt")
    return closing_lists(changes(before, after), promises, before)


def test_an_adopted_comment_is_kept_where_its_clause_changed_and_the_words_are_named() -> None:
    found = lists(Promise(1, "二/（三）", Decision.ADOPTED, "3%太低，建议提高到5%。"))
    (kept,) = found.kept
    assert [change.fate for change in kept.changes] == [Fate.CHANGED]
    assert kept.echoes == ("5%",)
    assert any("3%" in note and "5%" in note for note in kept.changes[0].notes)


def test_an_adopted_comment_without_a_change_is_on_list_a() -> None:
    found = lists(Promise(2, "二/（四）", Decision.ADOPTED), Promise(3, "一/（一）", Decision.PARTLY))
    assert [each.comment for each in found.unchanged] == [3]
    assert [each.promise.comment for each in found.kept] == [2]  # a clause was put in after it


def test_what_was_not_adopted_promises_nothing() -> None:
    found = lists(Promise(4, "一/（一）", Decision.NOT_ADOPTED), Promise(5, "二/（三）", None))
    assert (found.kept, found.unchanged) == ((), ())


def test_a_change_without_an_adopted_comment_is_on_list_b() -> None:
    found = lists(Promise(1, "二/（三）", Decision.ADOPTED))
    assert {clause.path for change in found.unexplained for clause in (*change.old, *change.new)} == {
        "一/（二）",
        "二/（五）",
    }


def test_a_comment_on_a_part_explains_what_changed_below_it() -> None:
    found = lists(Promise(1, "二", Decision.ADOPTED), Promise(2, "一", Decision.PARTLY))
    assert found.unexplained == ()
    assert len(found.kept) == 2


@pytest.mark.parametrize("decision", [None, *Decision])
def test_a_comment_whose_clause_is_gone_is_an_orphan_whatever_was_decided(decision: Decision | None) -> None:
    found = lists(Promise(6, "二/（五）", decision), Promise(7, "九/（九）", decision))
    assert [each.comment for each in found.orphans] == [6, 7]


def test_an_adopted_comment_on_the_whole_is_left_to_a_person() -> None:
    assert [each.comment for each in lists(Promise(8, "", Decision.ADOPTED)).without_clause] == [8]


def test_two_equal_drafts_have_no_changes() -> None:
    same = consulted_draft(BEFORE, "稿.txt")
    assert {change.fate for change in changes(same, same)} == {Fate.KEPT}
