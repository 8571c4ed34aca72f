"""Copies of one letter: words added, left out or changed. No copies: the same quotation, the opposite side."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import combinations, pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places import PROJECT
from varied_comments import varied

from analysis.consultation.comment_text import DraftWords, compared
from analysis.consultation.copies import groups, own_words, profile
from analysis.consultation.stance import leaning_of

DRAFT = (
    "第六条　科研人员应当自取得权利之日起三年内实施转化；逾期未转化的，由单位无偿收回。"
    "第七条　奖励比例不低于百分之八十。"
)
LETTER = (
    "“逾期未转化的，由单位无偿收回”对科研人员不公平。从样品到产品需要五到八年，三年连中试都做不完。"
    "请删去无偿收回的规定。"
)


def grouped(*texts: str, sides: tuple[int, ...] = ()) -> tuple[int, ...]:
    """The number of the group of each text."""
    draft = DraftWords(DRAFT)
    return groups([profile(text, draft) for text in texts], sides or (0,) * len(texts))


@pytest.mark.parametrize(
    "other",
    [
        LETTER.replace("三年", "这几年"),
        LETTER.replace("请删去无偿收回的规定。", ""),
        f"我在所里工作二十年。{LETTER}盼复。",
        LETTER.replace("，", ",").replace("。", " . "),
        "「逾期未轉化的，由單位無償收回」對科研人員不公平。從樣品到產品需要五到八年，三年連中試都做不完。請刪去無償收回的規定。",
    ],
    ids=["changed", "left out", "added", "marks", "traditional"],
)
def test_a_letter_with_other_words_is_a_copy(other: str) -> None:
    one, two = grouped(LETTER, other)
    assert one == two


@pytest.mark.parametrize(
    "other",
    [
        "“逾期未转化的，由单位无偿收回”，请问收回以后发明人还署不署名？",
        "逾期未转化的由单位无偿收回，我很赞成，财政的钱做出来的东西不能躺在抽屉里。",
        "第七条的奖励比例应当区分转让和许可。",
    ],
)
def test_who_quotes_the_same_sentence_is_no_copy(other: str) -> None:
    one, two = grouped(LETTER, other)
    assert one != two


def test_opposite_sides_of_one_letter_are_apart() -> None:
    turned = LETTER.replace("不公平", "很公平").replace("请删去", "请保留")
    one, two, three = grouped(LETTER, turned, LETTER.replace("产品", "商品"), sides=(-1, 1, 0))
    assert one != two
    assert one == three


def test_what_each_has_of_its_own() -> None:
    added = f"我在所里工作二十年。{LETTER}"
    assert [
        [text[start:end] for start, end in spans]
        for text, spans in zip((LETTER, added), own_words((LETTER, added)), strict=True)
    ] == [
        [],
        ["我在所里工作二十年"],
    ]


def test_what_many_write_makes_no_copies() -> None:
    phrase = "我公司去年就遇到过这种情况，跑了三趟才办成。"
    wishes = ("补助请早点发。", "公示期太长了吧？", "登记网站打不开。", "奖励比例怎么算？", "评审专家从哪里来？")
    found = grouped(*(f"{wish}{phrase}" for wish in wishes))
    assert len(set(found)) == len(wishes)


def test_a_short_comment_with_words_around_it_is_a_copy() -> None:
    short = "“逾期未转化的，由单位无偿收回”，医院适用吗？"
    one, two = grouped(short, f"我是替我父亲提的，他不会上网。{short}")
    assert one == two


@pytest.mark.parametrize("seed", range(1, 5))
def test_made_up_copies_are_found(seed: int) -> None:
    texts: list[str] = []
    for name in ("comments.csv", "comments_second.csv"):
        with (PROJECT / "tests" / "cases" / "comments_made_up" / name).open(encoding="utf-8", newline="") as file:
            texts += [row["text"] for row in csv.DictReader(file)]
    rows = list(varied(list(dict.fromkeys(texts)), seed))
    draft = DraftWords("")
    found = groups([profile(text, draft) for _, text in rows], [leaning_of(text, draft).side for _, text in rows])
    pairs = [
        (one[0] == two[0], found[at] == found[other]) for (at, one), (other, two) in combinations(enumerate(rows), 2)
    ]
    wanted, got = Counter(want for want, _ in pairs)[True], Counter(get for _, get in pairs)[True]
    both = pairs.count((True, True))
    assert 2 * both / (wanted + got) >= 0.95
    assert got == both


WORDS = st.lists(
    st.sampled_from(["建议", "补助", "三年", "无偿收回", "，", "。", "不", "职称", "a", "\n", "登记"]), max_size=40
).map("".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=12), st.randoms(use_true_random=False))
def test_order_does_not_matter(texts: list[str], random: Random) -> None:
    sides = [len(text) % 3 - 1 for text in texts]
    places = list(range(len(texts)))
    random.shuffle(places)
    first = grouped(*texts, sides=tuple(sides))
    second = grouped(*(texts[at] for at in places), sides=tuple(sides[at] for at in places))
    pairs = {frozenset((one, two)) for one in places for two in places if first[one] == first[two]}
    again = {
        frozenset((places[one], places[two]))
        for one in range(len(places))
        for two in range(len(places))
        if second[one] == second[two]
    }
    assert pairs == again


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=6))
def test_own_words_lie_within_their_text(texts: list[str]) -> None:
    for text, spans in zip(texts, own_words(texts), strict=True):
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(one[1] <= two[0] for one, two in pairwise(spans))


@given(st.text(max_size=60))
def test_compared_characters_keep_their_places(text: str) -> None:
    read = compared(text)
    assert len(read.words) == len(read.places)
    assert list(read.places) == sorted(set(read.places))
    assert Counter(read.words).keys().isdisjoint("，。 \n")
