"""Comments made to hurt cost steps in proportion to how many and how long they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from steps import MOST, steps

from analysis.consultation.comment_text import DraftWords
from analysis.consultation.comments import Comment
from analysis.consultation.copied_letters import differences, letter_of
from analysis.consultation.copies import groups, own_words, profile
from analysis.consultation.draft_clauses import consulted_draft
from analysis.consultation.sorting import sort_comments
from analysis.consultation.stance import stance_of

WORDS = DraftWords("逾期未转化的，由单位无偿收回，三年之内应当实施转化。" * 20)
DRAFT = consulted_draft("办法（征求意见稿）\n第一条　对企业给予补助。\n第二条　机构应当登记。\n", "办法.txt")
LETTER = "登记等于变相许可，小机构跑不起这些手续，实际只会把人推到地下。我们反对，请删去。"


def _grouped(texts: list[str]) -> object:
    return groups([profile(text, WORDS) for text in texts], [0] * len(texts))


#: By how many pieces they have: what goes through them.
HURTING: dict[str, Callable[[int], object]] = {
    "copies with a number each": lambda many: _grouped([f"{LETTER}{at}号来信" for at in range(many)]),
    "the same sentence in all": lambda many: _grouped(
        [f"我公司去年就遇到过这种情况，跑了三趟才办成。{chr(0x4E00 + 7 * at) * 9}。" for at in range(many)]
    ),
    "nothing in common": lambda many: _grouped(
        ["".join(chr(0x4E00 + (at * 37 + place * 11) % 20_000) for place in range(40)) for at in range(many)]
    ),
    "a chain": lambda many: _grouped([LETTER[at % 30 :] + LETTER[: at % 30] + str(at) for at in range(many)]),
    "many sentences": lambda many: _grouped(["。".join(f"第{at}句话说的是补助" for at in range(many))] * 2),
    "own words": lambda many: own_words([f"{LETTER}{at}号来信" for at in range(many)]),
    "the letter": lambda many: letter_of([f"{LETTER}{at}号来信" for at in range(many)]),
    "differences": lambda many: differences("甲乙丙" * many, "甲丙乙" * many),
    "stance of quotation marks": lambda many: stance_of("“" * many + "不是不支持" * many),
    "points of one comment": lambda many: sort_comments(DRAFT, [Comment(1, "另外，第一条太低。" * many)]),
    "numbers of one comment": lambda many: sort_comments(DRAFT, [Comment(1, "1.（一）第一条" * many)]),
    "comments": lambda many: sort_comments(
        DRAFT, [Comment(at, f"第{at % 2 + 1}条补助{at}登记{at % 17}号") for at in range(many)]
    ),
}


@pytest.mark.parametrize("made", HURTING.values(), ids=HURTING)
def test_twice_the_comments_take_twice_thesteps(made: Callable[[int], object], monkeypatch: pytest.MonkeyPatch) -> None:
    made(20)  # what is made once is made now
    once, twice = (steps(partial(made, many), monkeypatch) for many in (800, 1600))
    assert twice <= MOST * once, (once, twice)
