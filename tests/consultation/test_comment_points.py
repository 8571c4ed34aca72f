"""The points of a comment: where each begins, and that no word of it is lost or counted twice."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.consultation.comment_points import MOST_POINTS, points_of


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("建议提高补助。", ["建议提高补助。"]),
        ("1.第五条太窄。2.第七条太高。", ["第五条太窄。", "第七条太高。"]),
        ("意见如下：\n（1）第五条太窄；（2）第七条太高。", ["第五条太窄；", "第七条太高。"]),
        ("一是期限太短；二是比例太低。", ["期限太短；", "比例太低。"]),
        ("首先，期限太短。其次，比例太低。", ["首先，期限太短。", "其次，比例太低。"]),
        ("第九条期限太长。另外，平台应当开放。", ["第九条期限太长。", "另外，平台应当开放。"]),
        ("第五条太窄。应当放宽。第七条太高。", ["第五条太窄。应当放宽。", "第七条太高。"]),
        ("（九）补助太低。应当提高。", ["（九）补助太低。应当提高。"]),
        ("各位领导好：\n建议提高补助。此致敬礼！", ["建议提高补助。"]),
        ("补助1.5倍太高。", ["补助1.5倍太高。"]),
        ("期限是三年。第三方评估没有必要。", ["期限是三年。第三方评估没有必要。"]),
        ("……\n！！", []),
        ("", []),
    ],
)
def test_points(text: str, points: list[str]) -> None:
    assert [text[start:end] for start, end in points_of(text)] == points


PIECES = st.lists(
    st.sampled_from(
        [
            "1.",
            "2、",
            "（一）",
            "（二）",
            "一是",
            "二是",
            "另外，",
            "第五条",
            "第七条",
            "太高",
            "。",
            "；",
            "\n",
            " ",
            "此致",
            "①",
            "②",
        ]
    ),
    max_size=40,
).map("".join)


@given(st.one_of(PIECES, st.text(max_size=80)))
def test_points_are_in_order_and_apart(text: str) -> None:
    found = points_of(text)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(one[1] <= two[0] for one, two in pairwise(found))
    assert len(found) <= MOST_POINTS
    assert found == points_of(text)


def test_many_points_go_into_the_last() -> None:
    text = "另外，太低。" * (MOST_POINTS + 20)
    found = points_of(text)
    assert len(found) == MOST_POINTS
    assert found[-1][1] == len(text)
