"""A group of copies: the letter, what each copy changed, each sender once."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.consultation.comments import Comment
from analysis.consultation.copied_letters import Change, differences, letter_of, senders

LETTER = "登记等于变相许可，小机构跑不起这些手续。我们反对，请删去。"


def test_the_letter_is_what_most_have() -> None:
    texts = [f"我做了十年。{LETTER}", LETTER, LETTER.replace("，", ","), LETTER.replace("小机构", "小公司")]
    assert texts[letter_of(texts)].replace(",", "，") == LETTER
    assert texts[letter_of(texts)] == texts[::-1][letter_of(texts[::-1])]


def test_words_added_left_out_and_changed() -> None:
    copy = f"我做了十年。{LETTER.replace('小机构', '小公司').replace('我们反对，', '')}"
    found = differences(LETTER, copy)
    assert [(each.change, copy[each.start : each.end].strip("。，"), each.letter) for each in found] == [
        (Change.ADDED, "我做了十年", ""),
        (Change.CHANGED, "公司", "机构"),
        (Change.LEFT_OUT, "", "我们反对，"),
    ]


def test_marks_and_traditional_characters_make_no_difference() -> None:
    assert differences("我们反对，请删去。", "我們反對 ,請刪去 . ") == ()


def test_each_sender_counts_once() -> None:
    named = Comment(1, LETTER, "江北技术转移有限公司")
    hidden = [Comment(at, LETTER, "匿名", contact=contact) for at, contact in enumerate(("a@x.cn", "a@x.cn", "b@x.cn"))]
    masked = [Comment(8, LETTER, "张**"), Comment(9, LETTER, "张**")]
    assert senders([named, named, *hidden, *masked]) == 1 + 2 + 2


WORDS = st.lists(st.sampled_from(["反对", "请删去", "登记", "，", "。", "三年", "a", " "]), max_size=20).map("".join)


@settings(max_examples=50, deadline=None)
@given(WORDS, WORDS)
def test_differences_lie_within_the_copy(letter: str, copy: str) -> None:
    found = differences(letter, copy)
    assert all(0 <= each.start <= each.end <= len(copy) for each in found)
    assert all((each.start < each.end) or each.change is Change.LEFT_OUT for each in found)
    assert differences(letter, letter) == ()
