"""Comments tied to clauses: by what they name, by the draft's words, by their subject."""

from __future__ import annotations

from functools import cache, partial

import pytest
from made_up_comments import anchoring, answered
from steps import MOST, SMALL, steps

from analysis.consultation.anchors import Anchoring, Tied
from analysis.consultation.comments import Comment, How
from analysis.consultation.draft_clauses import consulted_draft

DRAFT = """关于促进技术转移的实施意见
（征求意见稿）
为促进技术转移，制定本意见。
一、主要目标
到2030年，技术合同成交额达到500亿元。
培养技术经理人2000人。
二、加强政策供给，健全激励机制
（一）加大资金支持。对促成交易的技术转移机构，按技术合同实际成交额的2%给予补助，单个项目最高20万元。
（二）改革职称评审。单列技术经纪专业，技术经理人可以评聘高级专业技术岗位，论文不作为限制性条件。
三、强化保障
（三）健全容错机制。科研人员和管理人员勤勉尽责、没有牟取非法利益的，免除决策责任。
（四）加强宣传。总结推广典型案例，营造良好氛围。
（五）加强监督。对落实情况开展督查和评估，结果向社会公布。
四、附则
本意见自2030年1月1日起施行。
附件1
责任分工
1．科技厅负责资金支持。
2．人社厅负责职称评审。
"""


@cache
def _draft() -> Anchoring:
    return Anchoring(consulted_draft(DRAFT, "意见.txt"))


def tie(text: str, clause: str = "", **beside: str) -> Tied:
    """What ties one comment on the draft above."""
    return _draft().tie([Comment(1, text, clause=clause, **beside)])[0]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("第一条建议提高标准。", "二/（一）"),
        ("（二）中应当写明正高级。", "二/（二）"),
        ("（３）太笼统了。", "三/（三）"),
        ("三、（四）内容偏少", "三/（四）"),
        ("第三部分第（五）项请补充", "三/（五）"),
        ("第三大点第一小点需要细化", "三/（三）"),
        ("第二部分第2点，希望放宽", "二/（二）"),
        ("第一部分第二段人数太少", "一"),
        ("主要目标第二段人数太少", "一"),
        ("主要目标里第3段请补充", "一"),
        ("第四条附则写得太简单", "四"),
        ("三-（四）内容偏少", "三/（四）"),
        ("强化保障（五）请补充", "三/（五）"),
        ("第一条第二款不清楚", "二/（一）"),
        ("《关于促进技术转移的实施意见》第三条请细化", "三/（三）"),
        ("二、加强政策供给，健全激励机制（二）可以放宽", "二/（二）"),
        ("最后一条请补充第三方", "三/（五）"),
        ("第五條寫得不夠具體", "三/（五）"),
        ("<b>第 四 条</b>&nbsp;可以删去", "三/（四）"),
        ("附件1第2项里应当加上教育厅", "附件1/2"),
        ("关于“改革职称评审”，我们赞成", "二/（二）"),
        ("本意见第三条很好", "三/（三）"),
        ("标题建议改短", "标题"),
        ("1、第四条太虚；2、第五条没有期限", "三/（四）"),
    ],
)
def test_a_place_that_is_named(text: str, clause: str) -> None:
    tied = tie(text)
    assert (tied.anchor.how, tied.anchor.clause, tied.anchor.missing) == (How.EXPLICIT, clause, "")
    assert tied.anchor.evidence


ARTICLES = """技术市场管理办法
第一章 总则
第一条 为了规范技术市场，制定本办法。
第二条 下列活动适用本办法：
（一）技术开发；
（二）技术转让。
法律另有规定的，从其规定。
第二章 支持措施
第三条 对促成交易的机构给予补助。
第四条 对吸纳成果的企业给予补助。
"""


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("第二条第（一）项要写全", "第一章/第二条/（一）"),
        ("第二条第二项要写全", "第一章/第二条/（二）"),
        ("第二条第二款与法律重复", "第一章/第二条"),
        ("第二章第二条标准是多少", "第二章/第四条"),
        ("本办法第四条标准是多少", "第二章/第四条"),
        ("3条太笼统", "第二章/第三条"),
        ("总则部分太短", "第一章"),
    ],
)
def test_a_place_that_is_named_in_a_draft_of_articles(text: str, clause: str) -> None:
    anchor = Anchoring(consulted_draft(ARTICLES, "x.txt")).tie([Comment(1, text)])[0].anchor
    assert (anchor.how, anchor.clause, anchor.missing) == (How.EXPLICIT, clause, "")


def test_the_same_number_in_several_parts_is_told_by_the_words_around_it() -> None:
    raw = (
        "方案\n一、目标\n（一）总量。交易额翻番。\n二、保障\n（一）经费。财政安排专项资金，落实预算。\n"
        "（二）宣传。营造氛围。"
    )
    tied = Anchoring(consulted_draft(raw, "x.txt")).tie([Comment(1, "（一）的专项资金从哪个预算出？财政能拿多少")])[0]
    assert tied.anchor.clause == "二/（一）"
    assert [each.clause for each in tied.others] == ["一/（一）"]
    assert tied.anchor.confidence < 0.9


@pytest.mark.parametrize(
    ("beside", "clause"),
    [
        ("第二条", "二/（二）"),
        ("（五）", "三/（五）"),
        ("三、（四）", "三/（四）"),
        ("标题", "标题"),
        ("四、附则", "四"),
        ("5", "三/（五）"),
    ],
)
def test_a_column_beside_the_comment_names_it(beside: str, clause: str) -> None:
    assert tie("请再斟酌。", beside).anchor.clause == clause


def test_words_of_the_draft_in_a_column_beside_the_comment_name_the_clause() -> None:
    anchor = tie("主体不清楚，请写明。", "科研人员和管理人员勤勉尽责、没有牟取非法利益的，免除决策责任。").anchor
    assert (anchor.how, anchor.clause) == (How.QUOTE, "三/（三）")
    assert "涉及条款一栏" in anchor.evidence
    assert tie("第五条主体不清楚，请写明。", "总结推广典型案例，营造良好氛围").anchor.clause == "三/（四）"


def test_each_clause_of_a_list_is_an_anchor_of_its_own() -> None:
    text = "第三、四条可以合并，（五）另说"
    spans = tie(text).spans
    assert [each.anchor.clause for each in spans] == ["三/（三）", "三/（四）", "三/（五）"]
    assert text[spans[-1].start : spans[-1].end] == "（五）"
    assert [each.anchor.clause for each in tie("见右", "第三至五条").spans] == ["三/（三）", "三/（四）", "三/（五）"]


@pytest.mark.parametrize(
    "text",
    [
        "我校已按照《中华人民共和国促进科技成果转化法》第四条执行。",
        "根据我省条例第三条，本单位没有补充。",
        "比例3%，排名第一，2024年有十个。",
        "第一，很好；第二，没有别的。",
        "（一）很好；（二）没有别的。",
    ],
)
def test_a_number_that_is_no_reference(text: str) -> None:
    tied = tie(text)
    assert tied.anchor.how is not How.EXPLICIT
    assert not tied.anchor.missing


def test_a_place_that_is_not_there_is_said_beside_one_that_is() -> None:
    anchor = tie("第三条和第十二条都要写明主体。").anchor
    assert (anchor.how, anchor.clause) == (How.EXPLICIT, "三/（三）")
    assert anchor.missing == "草案中没有“第十二条”"


@pytest.mark.parametrize(
    "text", ["（二）建议补充，点击查看附件", "（二）详见附件2", "（二）我们的附件里有说明", "（二）这一款很好"]
)
def test_an_enclosure_of_the_sender_is_not_missed(text: str) -> None:
    assert tie(text).anchor.missing == ""


def test_remarks_in_a_copy_of_the_draft_are_tied_to_the_clauses_they_stand_behind() -> None:
    remarked = DRAFT.replace("最高20万元。", "最高20万元。【我单位建议：提高到五十万元为宜。】").replace(
        "限制性条件。", "限制性条件。【我单位意见：应当写明同行评议。】"
    )
    tied = tie("我单位意见写在各条后面：" + remarked)
    assert [each.anchor.clause for each in tied.spans] == ["二/（一）", "二/（二）"]
    assert tied.anchor.clause == "二/（一）"


@pytest.mark.parametrize(
    "text", ["第二十条处罚太轻。", "第六部分第一项没写清楚。", "附件3应当补充。", "请看第8页第二段。"]
)
def test_a_place_that_is_not_there_is_said(text: str) -> None:
    anchor = tie(text).anchor
    assert anchor.missing
    assert (anchor.how, anchor.clause, anchor.start) == (How.NONE, "", None)


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("第四条“单列技术经纪专业”很好，请尽快发文。", "二/（二）"),
        ("第二十条勤勉尽责、没有牟取非法利益的免除决策责任，请明确谁来认定。", "三/（三）"),
        ("第五条讲评职称不看论文，请明确代表作怎么评，高级岗位比例有多少，技术经理人评审由谁组织。", "二/（二）"),
        ("二、（三）免责写得不够", "三/（三）"),
    ],
)
def test_a_number_with_the_words_of_another_clause_is_wrong(text: str, clause: str) -> None:
    anchor = tie(text).anchor
    assert anchor.clause == clause
    assert anchor.missing


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("“按技术合同实际成交额的2%给予补助”偏低", "二/（一）"),
        ("按技術合同實際成交額的2％給予補助，偏低", "二/（一）"),
        ("“论文不作为限制条件”，那么看什么", "二/（二）"),
        ("科研人员和管理人员勤免尽责没有牟取非法利益的，谁来认定", "三/（三）"),
    ],
)
def test_words_of_the_draft_tie_a_comment(text: str, clause: str) -> None:
    anchor = tie(text).anchor
    assert (anchor.how, anchor.clause) == (How.QUOTE, clause)
    assert anchor.confidence > 0.5


def test_a_sentence_of_two_clauses_is_ambiguous() -> None:
    raw = "方案\n一、甲\n各单位应当按季度报送进展情况和存在问题。\n二、乙\n各单位应当按季度报送进展情况和存在问题。"
    tied = Anchoring(consulted_draft(raw, "x.txt")).tie([Comment(1, "“各单位应当按季度报送进展情况和存在问题”太频繁")])[
        0
    ]
    assert tied.anchor.how is How.QUOTE
    assert [each.clause for each in tied.others] == ["二"]
    assert tied.anchor.confidence < 0.75


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("学校领导怕担责任，出了事要追究，没人敢签字", "三/（三）"),
        ("干这一行的评不上高级，总要发论文", "二/（二）"),
        ("在电视台多放一放典型故事，老百姓都不知道", "三/（四）"),
    ],
)
def test_a_subject_in_other_words_ties_a_comment(text: str, clause: str) -> None:
    anchor = tie(text).anchor
    assert (anchor.how, anchor.clause) == (How.SIMILAR, clause)


@pytest.mark.parametrize(
    "text", ["写得很好，坚决支持！", "无意见", "小区停车太难", "征求意见的时间太短", "垃圾", "。", ""]
)
def test_what_belongs_to_no_clause_is_tied_to_none(text: str) -> None:
    assert tie(text).anchor.how is How.NONE


def test_points_of_a_comment_are_tied_each_by_its_own_words() -> None:
    comment = Comment(1, "一是第三条要细化。二是评不上高级职称。", clause="")
    points = [(0, 9), (9, len(comment.text))]
    ties = _draft().tie_points(comment, points)
    assert [each.anchor.clause for each in ties] == ["三/（三）", "二/（二）"]
    first = ties[0].spans[0]
    assert comment.text[first.start : first.end] == "第三条"


def test_the_same_comment_gives_the_same_answer_among_others() -> None:
    comments = [each.comment for each in answered() if not each.comment.clause][:40]
    draft = _draft()
    assert [draft.tie([each])[0] for each in comments] == draft.tie(comments)


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "第九条",
            "（九）",
            "四、",
            "“",
            "《",
            "》第",
            "<p>",
            "&nbsp;",
            "技术转移",
            "最后",
            "、第三条",
            "第九、",
            "见附件1、",
            "100万元",
        ),
        *(
            "强化保障",
            "主要目标第",
            "“技术转移”",
            "（一）加大资金支持。对促成交易的技术转移机构，",
            "《某某法》第三条",
            "第一条至第九条",
        ),
    ],
)
def test_twice_the_comment_takes_twice_the_steps(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tie("先读一条。")
    once, twice = (steps(partial(tie, unit * (length // len(unit))), monkeypatch) for length in (2_000, 4_000))
    assert once < SMALL or twice < MOST * once


def test_made_up_comments_on_other_drafts() -> None:
    """Figures of the first run stand in the README beside the comments; here what must hold."""
    every = answered()
    for kind, least in (
        ("explicit", 0.94),
        ("quote", 0.97),
        ("content", 0.75),
        ("wrong_reference", 0.85),
        ("none", 0.85),
    ):
        own = [each for each in every if each.kind == kind]
        assert sum(each.right for each in own) >= least * len(own), kind
    wrong = [each for each in every if each.kind == "wrong_reference"]
    assert sum(bool(each.tied.anchor.missing) for each in wrong) >= 0.85 * len(wrong)
    assert not [each.comment.text for each in every if each.kind == "quote" and each.tied.anchor.missing]


def test_every_span_is_that_of_its_clause() -> None:
    for each in answered():
        for anchor in (each.tied.anchor, *each.tied.others, *(spanned.anchor for spanned in each.tied.spans)):
            assert (anchor.clause == "") == (anchor.start is None) == (anchor.how is How.NONE)
            assert 0 <= anchor.confidence <= 1
    for name in ("sichuan-2018-draft.txt", "beijing-2022.txt"):
        draft = anchoring(name)
        assert draft is not None
        for clause in draft.draft.clauses:
            spot = draft.tie([Comment(1, "见此条", clause=clause.path.replace("/", ""))])[0].anchor
            assert (spot.start, spot.end) == (clause.start, clause.end), clause.path


def test_praise_beside_a_subject_is_no_reason_to_tie_to_none() -> None:
    assert tie("写得很好，坚决支持！另外老师评职称还是要论文，高级名额也太少。").anchor.clause == "二/（二）"
