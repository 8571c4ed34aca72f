"""Comments sorted: in their order, the same answer twice and in any order, each in one group or none."""

from __future__ import annotations

from collections import Counter, defaultdict
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.consultation.comments import Comment, How, SenderType, SortedComment, Stance
from analysis.consultation.draft_clauses import consulted_draft
from analysis.consultation.sorting import Step, sort_comments, sorted_themes
from analysis.consultation.themes import OTHER

DRAFT = consulted_draft(
    "促进科技成果转化办法（征求意见稿）\n"
    "第一条　高等院校应当从转让净收入中提取不低于百分之八十的比例，奖励完成成果的人员。\n"
    "第二条　对购买科技成果的企业，按合同实际到账金额的百分之十给予补助。\n"
    "第三条　技术转移服务机构应当自设立之日起三十日内登记，未登记的不得从事技术转移服务。\n"
    "第四条　本办法自发布之日起施行。\n",
    "办法.txt",
)
LETTER = "第三条的登记等于变相许可，小机构跑不起这些手续，实际只会把人推到地下。我们反对，请删去。"
COMMENTS = (
    Comment(1, LETTER, "江北技术转移有限公司"),
    Comment(2, f"我做这一行十二年。{LETTER}", "李**"),
    Comment(4, "第二条补助比例偏低，建议提高到百分之二十。", "江北市工商业联合会"),
    Comment(5, LETTER, "江北技术转移有限公司"),
    Comment(6, "1.第一条的比例过高，建议改为百分之七十。2.第三条的登记建议改为备案。", "江北大学"),
    Comment(7, "支持！", "网友"),
    Comment(8, "", "王某"),
)


def by_row(comments: tuple[Comment, ...] = COMMENTS) -> dict[int, SortedComment]:
    """What is proposed for each row."""
    return {each.comment.row: each for each in sort_comments(DRAFT, comments)}


def test_order_and_rows_stay() -> None:
    assert [each.comment for each in sort_comments(DRAFT, COMMENTS)] == list(COMMENTS)


def test_copies_are_grouped_and_none_is_dropped() -> None:
    found = by_row()
    assert found[1].group == found[2].group == found[5].group != ""
    assert {found[row].group for row in (4, 6, 7, 8)} == {""}
    assert [found[2].comment.text[start:end] for start, end in found[2].own_words] == ["我做这一行十二年"]
    assert found[1].own_words == ()


def test_each_point_has_its_clause_and_stance() -> None:
    found = by_row()
    text = found[6].comment.text
    assert [(text[point.start : point.end], point.anchor.clause) for point in found[6].points] == [
        ("第一条的比例过高，建议改为百分之七十。", "第一条"),
        ("第三条的登记建议改为备案。", "第三条"),
    ]
    assert {point.stance for point in found[6].points} == {Stance.SUGGEST}
    assert (found[6].sender_type, found[6].anchor.how) == (SenderType.UNIVERSITY, How.EXPLICIT)


def test_spans_are_those_of_the_clause() -> None:
    for each in sort_comments(DRAFT, COMMENTS):
        for anchor in (each.anchor, *(point.anchor for point in each.points)):
            if anchor.clause:
                clause = DRAFT.by_path[anchor.clause]
                assert (anchor.start, anchor.end) == (clause.start, clause.end)
            else:
                assert (anchor.how, anchor.start, anchor.end) == (How.NONE, None, None)


def test_progress_is_told() -> None:
    told: list[tuple[Step, int, int]] = []
    sort_comments(DRAFT, COMMENTS, lambda *report: told.append(report))
    assert list(dict.fromkeys(step for step, _, _ in told)) == [Step.READ, Step.GROUP, Step.THEMES]
    assert all(0 <= done <= of for _, done, of in told)


def test_nothing_gives_nothing() -> None:
    assert sort_comments(DRAFT, ()) == ()


PARTS = st.sampled_from(
    [
        "第三条",
        "第九条",
        "补助比例偏低，",
        "建议提高",
        "反对，",
        "支持",
        "不",
        "登记的手续跑不起。",
        "\n",
        "1.",
        "2.",
        "？",
        "补助",
        "职称，",
    ]
)
MADE = st.lists(st.lists(PARTS, max_size=10).map("".join), max_size=14)


@settings(max_examples=15, deadline=None)
@given(MADE, st.randoms(use_true_random=False))
def test_any_order_gives_the_same(texts: list[str], random: Random) -> None:
    comments = [Comment(row, text) for row, text in enumerate(texts, 1)]
    shuffled = list(comments)
    random.shuffle(shuffled)
    first = sort_comments(DRAFT, comments)
    assert first == sort_comments(DRAFT, comments)
    assert sorted(sort_comments(DRAFT, shuffled), key=lambda each: each.comment.row) == list(first)


@settings(max_examples=15, deadline=None)
@given(MADE)
def test_each_is_in_one_group_of_several_or_in_none(texts: list[str]) -> None:
    found = sort_comments(DRAFT, [Comment(row, text) for row, text in enumerate(texts, 1)])
    sizes = Counter(each.group for each in found if each.group)
    assert all(size > 1 for size in sizes.values())
    words: dict[str, set[str]] = defaultdict(set)
    for each in found:
        words["".join(each.comment.text.split())].add(each.group)
    assert all(len(groups) == 1 for groups in words.values())


@pytest.mark.parametrize(
    "text", ["1." * 9_000, "（一）" * 6_000, "“" * 20_000, "不是不" * 6_000, "第九条" * 6_000, "征求意见稿" * 4_000]
)
def test_a_text_made_to_hurt_is_sorted(text: str) -> None:
    (found,) = sort_comments(DRAFT, [Comment(1, text)])
    assert found.comment.text == text


def test_short_words_are_the_same_only_beside_the_same_clause() -> None:
    comments = [
        Comment(1, "同意", "甲", clause="第一条"),
        Comment(2, "同意", "乙", clause="第二条"),
        Comment(3, "同意。", "丙", clause="第一条"),
        Comment(4, "同意", "丁", clause="第二条"),
    ]
    groups = [each.group for each in sort_comments(DRAFT, comments)]
    assert groups[0] == groups[2] != groups[1] == groups[3]
    assert "" not in groups


def test_a_letter_parted_into_opinion_and_reasons_is_a_copy() -> None:
    opinion, reason = "我们反对第三条，请删去。", LETTER.replace("我们反对，请删去。", "")
    comments = [Comment(1, f"{opinion}{reason}", "甲"), Comment(2, opinion, "乙", reason=reason)]
    one, two = sort_comments(DRAFT, comments)
    assert one.group == two.group != ""
    assert (one.own_words, two.own_words) == ((), ())


def test_themes_have_their_members_and_typical_comments() -> None:
    texts = [
        *(f"登记手续{words}" for words in ("太繁琐，小机构跑不起", "应当在网上办", "三十日太短", "由谁来管")),
        *(f"补助比例{words}" for words in ("偏低", "应当提高", "到账金额怎么核定", "一年发一次太慢")),
        "天气很好",
    ]
    found = sort_comments(DRAFT, [Comment(row, text) for row, text in enumerate(texts, 1)])
    made = sorted_themes(DRAFT, found)
    assert {theme.name: theme.members for theme in made if theme.name != OTHER} == {
        name: tuple(at for at, each in enumerate(found) if each.theme == name)
        for name in {each.theme for each in found} - {"", OTHER}
    }
    assert found[0].theme == found[1].theme != found[4].theme == found[5].theme
    assert all(set(theme.typical) <= set(theme.members) for theme in made)
