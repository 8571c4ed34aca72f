"""The nearest texts: a general function over the words of texts."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.similar.nearest import Near, nearest, words_of

TEXTS = (
    "对技术合同按实际成交额给予补助",
    "建立技术经理人职称评审制度，完善人才评价机制",
    "支持高校设立技术转移机构",
    "对购买技术的企业按技术合同成交额的百分之十给予补助",
)
WORDS = st.lists(st.sampled_from(["技术", "合同", "补助", "人才", "评价", "高校", "，", "2027", "年"]), max_size=12)


def test_the_same_text_is_nearest_and_a_like_one_comes_next() -> None:
    (found,) = nearest([TEXTS[0]], TEXTS, most=2)
    assert [each.index for each in found] == [0, 3]
    assert found[0].similarity == pytest.approx(1)
    assert 0.2 < found[1].similarity < 1


def test_every_query_has_its_answer_in_order() -> None:
    assert [near[0].index for near in nearest(TEXTS, TEXTS)] == [0, 1, 2, 3]


def test_what_is_not_similar_enough_is_left_out() -> None:
    assert nearest(["今天天气很好"], TEXTS) == [[]]
    assert nearest([TEXTS[0]], TEXTS, most=4, least=0.99) == [[Near(0, 1.0)]]
    assert nearest([TEXTS[0]], TEXTS, most=0) == [[]]


def test_of_equals_the_first_counts() -> None:
    (found,) = nearest(["给予补助"], ["给予补助", "人才评价", "给予补助"], most=3)
    assert [each.index for each in found] == [0, 2]


@pytest.mark.parametrize("nothing", [[], [""], ["，。"], ["", "　"]])
def test_texts_without_words_are_near_to_nothing(nothing: list[str]) -> None:
    assert nearest(nothing, nothing, most=3) == [[] for _ in nothing]
    assert nearest(TEXTS, nothing) == [[] for _ in TEXTS]
    assert nearest(nothing, TEXTS) == [[] for _ in nothing]


def test_marks_are_no_words() -> None:
    assert words_of("技术合同，2027 年！") == ["技术合同", "2027", "年"]


@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6), st.integers(1, 4), st.floats(0, 1))
def test_similarities_fall_from_1_and_are_the_same_both_ways(
    queries: list[list[str]], among: list[list[str]], most: int, least: float
) -> None:
    asked, known = ["".join(words) for words in queries], ["".join(words) for words in among]
    found = nearest(asked, known, most, least)
    assert len(found) == len(asked)
    for near in found:
        values = [each.similarity for each in near]
        assert values == sorted(values, reverse=True)
        assert len(near) <= most
        assert all(least - 1e-9 <= value <= 1 for value in values)
        assert len({each.index for each in near}) == len(near)
    there, back = nearest(asked, known, len(known)), nearest(known, asked, len(asked))
    both_ways = {(row, each.index): each.similarity for row, near in enumerate(there) for each in near}
    for row, near in enumerate(back):
        for each in near:
            assert both_ways.pop((each.index, row)) == pytest.approx(each.similarity, abs=1e-6)
    assert not both_ways


def test_thousands_of_texts_that_share_their_words_are_compared_in_seconds() -> None:
    texts = [f"支持第{number}批企业建设平台" for number in range(3_000)]
    start = time.perf_counter()
    found = nearest(texts[:1_000], texts, most=3)
    assert [near[0].index for near in found] == list(range(1_000))
    assert time.perf_counter() - start < 60  # a loaded machine included; seconds otherwise
