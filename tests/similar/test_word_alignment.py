"""Words that two texts share: in order, without overlap, as many as are plain, in bounded time."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.similar import word_alignment
from analysis.similar.word_alignment import Stretch, longest_rising, shared_words

WORDS = st.lists(st.sampled_from(["技术", "的", "，", "企业", "补助", "10", "a"]), max_size=60)


def assert_sound(one: list[str], two: list[str]) -> list[Stretch]:
    found = shared_words(one, two)
    for each in found:
        assert each.length > 0
        assert one[each.one : each.one + each.length] == two[each.two : each.two + each.length]
    for before, after in pairwise(found):
        assert before.one + before.length <= after.one
        assert before.two + before.length <= after.two
        assert (before.one + before.length, before.two + before.length) != (after.one, after.two)
    return found


@given(WORDS, WORDS)
def test_stretches_are_equal_in_order_and_apart(one: list[str], two: list[str]) -> None:
    assert_sound(one, two)


@given(WORDS)
def test_a_text_shares_all_with_itself(words: list[str]) -> None:
    assert shared_words(words, words) == ([Stretch(0, 0, len(words))] if words else [])


@given(st.lists(st.integers(0, 400).map(str), max_size=200, unique=True), st.data())
def test_words_that_stand_once_and_were_not_touched_are_found(words: list[str], data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.sampled_from(words)) if words else st.just(set()))
    left = [word for word in words if word not in gone]
    assert sum(each.length for each in assert_sound(words, left)) == len(left)


def test_a_word_in_the_middle() -> None:
    assert shared_words(list("可以给予补助"), list("应当给予补助")) == [Stretch(2, 2, 4)]
    assert shared_words(["甲", "乙", "丙"], ["甲", "丁", "丙"]) == [Stretch(0, 0, 1), Stretch(2, 2, 1)]
    assert shared_words([], ["甲"]) == []


def test_long_words_in_a_row_win_over_scattered_ones() -> None:
    one, two = ["的", "技术", "合同"], ["技术", "合同", "的"]
    assert shared_words(one, two) == [Stretch(1, 0, 2)]


def test_it_finds_as_much_as_difflib_in_a_long_text_with_edits() -> None:
    one = [f"{number % 97}" if number % 3 else f"词{number}" for number in range(3_000)]
    two = [word for at, word in enumerate(one) if at % 50] + ["新"]
    ours = sum(each.length for each in assert_sound(one, two))
    theirs = sum(block.size for block in SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks())
    assert ours >= 0.98 * theirs


@pytest.mark.parametrize(
    "words",
    [
        lambda many: (["的"] * many, ["的"] * (many // 2) + ["甲"] + ["的"] * (many // 2)),
        lambda many: (["甲", "乙"] * many, ["乙", "甲"] * many),
        lambda many: ([f"{at}" for at in range(many)], [f"{at}" for at in reversed(range(many))]),
        lambda many: ([f"{at // 2}" for at in range(many)], [f"{at // 3}" for at in range(many)]),
        lambda many: ([f"{at * at % 89}" for at in range(many)], [f"{at * at % 83}" for at in range(many)]),
    ],
)
def test_twice_the_words_take_twice_the_pairs(words: object, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = [0, 0]
    best, once = word_alignment._best, word_alignment._once
    at = 0

    def count_best(one: list[str], two: list[str], gap: word_alignment._Gap) -> list[Stretch]:
        compared[at] += (gap.b - gap.a) * (gap.d - gap.c)
        return best(one, two, gap)

    def count_once(some: list[str], start: int, end: int, size: int) -> dict[tuple[str, ...], int]:
        compared[at] += end - start
        return once(some, start, end, size)

    monkeypatch.setattr(word_alignment, "_best", count_best)
    monkeypatch.setattr(word_alignment, "_once", count_once)
    assert_sound(*words(4_000))  # type: ignore[operator]
    at = 1
    assert_sound(*words(8_000))  # type: ignore[operator]
    assert compared[1] <= 2.3 * compared[0] + 20_000


@given(st.lists(st.integers(0, 30), max_size=30))
def test_the_longest_rising_part_rises(values: list[int]) -> None:
    chosen = [values[at] for at in longest_rising(values)]
    assert all(one < other for one, other in pairwise(chosen))
    lengths: list[int] = []
    for at, value in enumerate(values):
        lengths.append(1 + max((lengths[before] for before in range(at) if values[before] < value), default=0))
    assert len(chosen) == max(lengths, default=0)
