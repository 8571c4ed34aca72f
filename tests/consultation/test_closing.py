"""The revised draft held against what was promised."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.consultation.closing import PROMISING, ClosingLists, Promise, changes, closing_lists
from analysis.consultation.comments import ConsultedDraft, Decision
from analysis.consultation.draft_clauses import consulted_draft
from analysis.lint.versions import Fate

SICHUAN = Path("../shared/corpus/sichuan-2024-notice.txt")
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
    assert [each.comment for each in found.unchanged] == [2, 3]


def test_a_new_clause_beside_keeps_what_asks_for_one_and_nothing_else() -> None:
    found = lists(
        Promise(1, "二/（四）", Decision.ADOPTED, "应当增加对失信机构的约束。"),
        Promise(2, "二/（四）", Decision.ADOPTED, "失信机构应当取消补助资格。"),  # its words stand in the new clause
        Promise(3, "二/（四）", Decision.ADOPTED, "培养基地太少。"),
    )
    assert [each.promise.comment for each in found.kept] == [1, 2]
    assert [each.comment for each in found.unchanged] == [3]


def test_a_further_point_of_a_comment_counts_at_its_own_clause() -> None:
    found = lists(Promise(1, "一/（一）", Decision.ADOPTED, "两点意见。", ("二/（三）",)))
    assert [[change.old[0].path for change in each.changes] for each in found.kept] == [["二/（三）"]]
    assert not any(change.old and change.old[0].path == "二/（三）" for change in found.unexplained)


def test_who_asked_for_a_clause_to_go_is_no_orphan() -> None:
    found = lists(
        Promise(1, "二/（五）", Decision.ADOPTED, "考核太多，建议删除本条。"),
        Promise(2, "二/（五）", Decision.NOT_ADOPTED, "建议删除本条。"),
        Promise(3, "二/（五）", Decision.ADOPTED, "改为每半年报送一次。"),
    )
    assert [each.promise.comment for each in found.kept] == [1]
    assert [each.comment for each in found.orphans] == [2, 3]


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


def after(text: str, *promises: Promise) -> ClosingLists:
    """The lists over the first draft and another version of it."""
    before, revised = consulted_draft(BEFORE, "稿.txt"), consulted_draft(text, "修改稿.txt")
    return closing_lists(changes(before, revised), promises, before)


def fates(text: str) -> dict[str, Fate]:
    """What became of each clause of the first draft."""
    revised = changes(consulted_draft(BEFORE, "稿.txt"), consulted_draft(text, "修改稿.txt"))
    return {clause.path: change.fate for change in revised for clause in change.old if change.fate is not Fate.KEPT}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # a new number, another mark of what stage a draft is at, or line ends are no change
        ("三、保障措施", "四、保障措施", {}),
        ("（征求意见稿）", "（送审稿）", {}),
        ("（征求意见稿）\n", "", {}),
        ("管理办法\n（征求意见稿）", "管理办法（试行）", {"标题": Fate.CHANGED}),
        ("制定本办法", "特制定本办法", {"引言": Fate.CHANGED}),
        ("二、主要措施", "二、重点任务", {"二": Fate.CHANGED}),  # its clauses went with it
        ("会同有关部门", "会同财政局", {"三": Fate.CHANGED}),
        (
            "（三）资金支持。对促成技术交易的机构，按实际成交额的3%给予最高30万元补助。\n（四）人才培养。支持",
            "（三）资金和人才。对促成技术交易的机构，按实际成交额的3%给予最高30万元补助。支持",
            {"二/（三）": Fate.MERGED, "二/（四）": Fate.MERGED},
        ),
    ],
)
def test_what_became_of_clauses(old: str, new: str, expected: dict[str, Fate]) -> None:
    assert old in BEFORE
    assert fates(BEFORE.replace(old, new)) == expected


def test_a_new_clause_before_all_others_is_explained_by_a_comment_on_its_part() -> None:
    text = BEFORE.replace("二、主要措施\n", "二、主要措施\n（一）平台建设。建设省级技术交易平台，汇聚供需信息。\n")
    found = after(
        text, Promise(1, "二", Decision.ADOPTED, "平台没有提到。"), Promise(2, "一", Decision.ADOPTED, "太长。")
    )
    assert [each.promise.comment for each in found.kept] == [1]
    assert [each.comment for each in found.unchanged] == [2]
    assert found.unexplained == ()


def test_an_enclosure_changes_with_its_clauses() -> None:
    enclosure = "附件1\n技术转移机构认定条件\n一、有固定场所和五名以上专职人员。\n二、年促成技术交易额五百万元以上。\n"
    before = consulted_draft(BEFORE + enclosure, "稿.txt")
    revised = consulted_draft(BEFORE + enclosure.replace("五百万", "三百万"), "修改稿.txt")
    promises = [Promise(at, path, Decision.ADOPTED) for at, path in enumerate(("附件1", "附件1/二", "附件1/一"))]
    found = closing_lists(changes(before, revised), promises, before)
    assert [each.promise.clause for each in found.kept] == ["附件1", "附件1/二"]
    assert [each.clause for each in found.unchanged] == ["附件1/一"]


def test_two_equal_drafts_have_no_changes() -> None:
    same = consulted_draft(BEFORE, "稿.txt")
    assert {change.fate for change in changes(same, same)} == {Fate.KEPT}


_WORDS = st.sampled_from(
    [
        "资金支持对象是技术转移机构",
        "人才培养由高校承担",
        "统计报表每季度报送",
        "平台向社会开放",
        "奖励不超过三十万元",
        "考核结果向社会公布",
    ]
)
_CLAUSES = st.lists(st.tuples(_WORDS, _WORDS).map("，".join), min_size=1, max_size=6, unique=True)
_PARTS = st.lists(_CLAUSES, min_size=1, max_size=3)
_ASKED = st.sampled_from(["", "建议增加一条", "建议删除", "奖励不超过五十万元"])


def _draft(parts: list[list[str]]) -> ConsultedDraft:
    lines = ["若干措施", "（征求意见稿）"]
    for part, clauses in zip("一二三四", parts, strict=False):
        lines += [f"{part}、第{part}部分任务"]
        lines += [f"（{number}）{words}。" for number, words in zip("一二三四五六七", clauses, strict=False)]
    return consulted_draft("\n".join(lines), "稿.txt")


@settings(max_examples=60, deadline=None)
@given(_PARTS, _PARTS, st.data())
def test_every_change_and_every_promise_is_in_exactly_one_place(
    old: list[list[str]], new: list[list[str]], data: st.DataObject
) -> None:
    before, revised = _draft(old), _draft(new)
    found = changes(before, revised)
    paths = st.sampled_from(["", "九/（九）", *(clause.path for clause in before.clauses)])
    promises = [
        Promise(number, *data.draw(st.tuples(paths, st.sampled_from([None, *Decision]), _ASKED)))
        for number in range(data.draw(st.integers(0, 6)))
    ]
    sides = [[clause.path for change in found for clause in getattr(change, side)] for side in ("old", "new")]
    assert [sorted(side) for side in sides] == [
        sorted(clause.path for clause in draft.clauses) for draft in (before, revised)
    ]
    ends = closing_lists(found, promises, before)
    told = [change for each in ends.kept for change in each.changes] + list(ends.unexplained)
    real = [change for change in found if change.fate is not Fate.KEPT]
    behind = {id(change) for each in ends.kept for change in each.changes}
    assert all(id(change) not in behind for change in ends.unexplained)
    gone = {each.comment for each in ends.orphans}
    if not gone:  # an orphan that was adopted explains what took its clause away
        assert {id(change) for change in told} == {id(change) for change in real}
    listed = [each.promise for each in ends.kept] + [*ends.unchanged, *ends.without_clause, *ends.orphans]
    assert len({each.comment for each in listed}) == len(listed)
    adopted = {each.comment for each in promises if each.decision in PROMISING}
    assert adopted <= {each.comment for each in listed} <= adopted | gone


@pytest.mark.skipif(not SICHUAN.exists(), reason="../shared/corpus is not there")
def test_a_made_up_revision_of_a_real_draft_is_told_clause_by_clause() -> None:
    raw = SICHUAN.read_text(encoding="utf-8")
    revised = raw
    for old, new in (
        ("(含)且属非关联交易", "(含)且属非关联交易、已办理技术合同认定登记"),
        ("(十四)建立星级", "(十二)建立星级"),
        ("(十五)组建", "(十三)组建"),
        ("超过 300 名", "超过 500 名"),
        (
            "推动行业自律自治。\n",
            "推动行业自律自治。\n(十四)加强信用管理。建立技术经理人信用档案,对弄虚作假的取消备案。\n",
        ),
        ("(十六)建强", "(十五)建强"),
    ):
        assert old in revised
        revised = revised.replace(old, new, 1)
    before, after_ = consulted_draft(raw, "稿.txt"), consulted_draft(revised, "修改稿.txt")
    found = changes(before, after_)
    assert {(change.fate, (change.new or change.old)[0].path) for change in found if change.fate is not Fate.KEPT} == {
        (Fate.CHANGED, "一"),
        (Fate.CHANGED, "四/（九）"),
        (Fate.ADDED, "四/（十四）"),  # the clauses that only got another number are kept
    }
    ends = closing_lists(
        found,
        [
            Promise(1, "四/（九）", Decision.ADOPTED, "应写明须经技术合同认定登记。"),
            Promise(2, "四/（十四）", Decision.PARTLY, "星级太多。"),
            Promise(3, "四/（十五）", Decision.ADOPTED, "建议增加对失信人员的约束。"),
        ],
        before,
    )
    assert [each.promise.comment for each in ends.kept] == [1, 3]
    assert [each.comment for each in ends.unchanged] == [2]
    assert [(change.new or change.old)[0].path for change in ends.unexplained] == ["一"]
