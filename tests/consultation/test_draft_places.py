"""Places of drafts whose numbers begin anew in every part, of drafts of articles, and of enclosures."""

from __future__ import annotations

from functools import cache

import pytest
from places import PROJECT

from analysis.consultation.anchors import Anchoring
from analysis.consultation.comments import Anchor, Comment
from analysis.consultation.draft_clauses import consulted_draft

FOLDER = PROJECT / "tests" / "cases" / "comments_blind3"


@cache
def _draft(path: str) -> Anchoring:
    return Anchoring(consulted_draft((FOLDER / path).read_text(encoding="utf-8"), path))


def _parts(text: str, beside: str = "") -> Anchor:
    return _draft("measures/pilot-draft.txt").tie([Comment(1, text, clause=beside)])[0].anchor


def _articles(text: str) -> Anchor:
    return _draft("articles/empowerment-draft.txt").tie([Comment(1, text)])[0].anchor


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("二、（二）、3.建议修改", "二/（二）/3"),
        ("二（二）3建议修改", "二/（二）/3"),
        ("二（二）3点意见", "二/（二）"),  # three points, not the third
        ("二（二）30%太低", "二/（二）"),
        ("第二点第二小点第1项建议修改", "二/（二）/1"),
        ("第五点第四小点建议修改", "五/（四）"),
        ("第三条第（二）项建议修改", "三/（二）"),
        ("第一条建议修改", "一"),  # （一） stands in every part
        ("（五）建议修改", "三/（五）"),  # one part alone has a fifth
        ("三部分第二条建议修改", "三/（二）"),
        ("第3.1条建议修改", "三/（一）"),
        ("政策支持部分第二点建议修改", "三/（二）"),
        ("附件1二、建议修改", "附件1/二"),
        ("附件1一3建议修改", "附件1/一/3"),
        ("附件1中第1.2条建议修改", "附件1/一/2"),
    ],
)
def test_numbers_that_begin_anew_in_every_part(text: str, clause: str) -> None:
    anchor = _parts(text)
    assert (anchor.clause, anchor.missing) == (clause, "")


@pytest.mark.parametrize(
    ("beside", "clause"),
    [("二、（二）2.", "二/（二）/2"), ("2.2.2", "二/（二）/2"), ("附件1 一 2", "附件1/一/2"), ("3.1", "三/（一）")],
)
def test_a_column_beside_the_comment(beside: str, clause: str) -> None:
    assert _parts("请修改。", beside).clause == clause


@pytest.mark.parametrize(
    ("text", "clause"),
    [("附件2第四条太少。", "附件2"), ("三、（六）建议删除。", "")],
)
def test_a_place_that_is_not_there(text: str, clause: str) -> None:
    anchor = _parts(text)
    assert anchor.missing
    assert anchor.clause == clause


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("第一，第八条建议修改；第二，第十条建议修改。", "第二章/第八条"),  # the numbers of its own points
        ("第一、第八条建议修改。第二、第十条建议修改。", "第二章/第八条"),
        ("第一、八条建议修改。", "第一章/第一条"),
        ("1、第九条建议修改。\n2、第十条建议修改。", "第二章/第九条"),
        ("九、十条建议合并。", "第二章/第九条"),
        ("9条建议都没有用", ""),  # nine suggestions
        ("第七（二）太宽", "第二章/第七条/（二）"),
        ("第九点建议修改", "第二章/第九条"),
        ("收益分配这一章建议修改", "第四章"),
        ("第四章第三条建议修改", "第四章/第二十条"),
    ],
)
def test_places_in_a_draft_of_articles(text: str, clause: str) -> None:
    assert _articles(text).clause == clause


def test_a_list_goes_on_without_its_sign() -> None:
    spans = _draft("articles/empowerment-draft.txt").tie([Comment(1, "第二十三条和二十五条重复。")])[0].spans
    assert [each.anchor.clause for each in spans] == ["第五章/第二十三条", "第五章/第二十五条"]
