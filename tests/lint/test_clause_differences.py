"""What differs between a clause of a draft and the nearest one of another text, and what does not."""

from __future__ import annotations

import pytest
from drafts import draft_from

from analysis.lint.clause_differences import Side, differences, for_all_clauses

HEAD = "关于技术转移的措施\n　　一、奖励\n"


def side(words: str) -> Side:
    reading = draft_from(f"{HEAD}　　（一）奖励交易。{words}\n").reading
    return Side(reading, reading.clauses[-1], for_all_clauses(reading))


def said(own: str, other: str, *, close: bool = True) -> list[str]:
    found = differences(side(own), side(other), close=close)
    return [each.sentence("甲地") for each in found]


GIVES = "对促成技术交易的{who}技术转移机构，{when}给予{how}最高20万元奖励{tail}。"


def gives(who: str = "", when: str = "", how: str = "", tail: str = "") -> str:
    return GIVES.format(who=who, when=when, how=how, tail=tail)


@pytest.mark.parametrize(
    ("own", "other", "sentence"),
    [
        (gives("省内"), gives(), "范围（地域）：本条有“省内”，甲地没有这一项，本稿更严"),
        (gives("省内外"), gives("在本市登记注册的"), "范围（地域）：本条没有这一项，甲地有“在本市登记注册”，本稿更宽"),
        (gives("省内"), gives("注册地在我省的"), "范围（地域）：本条为“省内”，甲地为“注册地在我省”，本稿更宽"),
        (gives(how="一次性"), gives(), "条件（给予次数）：本条有“一次性”，甲地没有这一项，本稿更严"),
        (
            gives(),
            gives(tail="，同一项目不重复奖励"),
            "条件（重复享受）：本条没有这一项，甲地有“同一项目不重复奖励”，本稿更宽",
        ),
        (
            gives(tail="，可叠加享受"),
            gives(tail="，就高不重复"),
            "条件（重复享受）：本条为“可叠加享受”，甲地为“就高不重复”，本稿更宽",
        ),
        (gives(when="与买方无关联关系的，"), gives(), "条件（关联交易）：本条有“无关联关系”，甲地没有这一项，本稿更严"),
        (gives(when="经备案的，"), gives(), "条件（备案）：本条有“经备案的”，甲地没有这一项，本稿更严"),
        (
            gives(tail="，有失信记录的，不予奖励"),
            gives(),
            "范围（排除的对象）：本条有“有失信记录的，不予奖励”，甲地没有这一项，本稿更严",
        ),
        (
            gives(tail="。收到申请后10个工作日内拨付"),
            gives(tail="。收到申请后二十个工作日内拨付"),
            "数值（拨付时限）：本条为“10个工作日内”，甲地为“二十个工作日内”，本稿更严",
        ),
        (
            gives(),
            gives().replace("20万元", "30万元"),
            "数值（奖励单项封顶）：本条为“20万元”，甲地为“30万元”，本稿更低",
        ),
        (
            "技术转移机构应当建立交易档案。",
            "技术转移机构可以建立交易档案。",
            "力度：本条为“应当”，甲地为“可以”，本稿更严",
        ),
    ],
)
def test_a_difference_is_one_sentence(own: str, other: str, sentence: str) -> None:
    assert said(own, other) == [sentence]


@pytest.mark.parametrize(
    ("own", "other"),
    [
        (gives("省内"), gives("我省")),  # the same in other words
        (gives("国内外"), gives()),  # open to all, as silence is
        (gives(how="一次性"), gives(tail="，同类奖励只能享受一次")),
        (gives(tail="。收到申请后10个工作日内拨付"), gives(tail="。收到申请后1个月内拨付")),  # other units
        (gives(tail="。收到申请后10日内拨付"), gives(tail="。收到申请后20日内公示")),  # other deeds
        ("技术转移机构应当建立交易档案。", "技术转移机构必须建立交易档案。"),
        ("技术转移机构不得泄露秘密。", "技术转移机构可以建立交易档案。"),
        (gives(tail="，实行一次性告知"), gives()),
        (gives(tail="，法律另有规定的除外"), gives()),
    ],
)
def test_what_is_no_difference(own: str, other: str) -> None:
    assert said(own, other) == []


def test_clauses_that_give_other_things_are_no_measure_for_each_other() -> None:
    other = "对在本市登记注册的孵化器，给予一次性租金补贴。"
    assert said(gives(), other, close=False) == []


def test_what_the_text_says_once_for_all_clauses_is_not_missed() -> None:
    general = HEAD + "　　（一）支持对象。在本市登记注册的机构。\n"
    reading = draft_from(f"{general}　　（二）奖励交易。{gives()}\n").reading
    own = Side(reading, reading.clauses[-1], for_all_clauses(reading))
    assert list(differences(own, side(gives("在本市登记注册的")), close=True)) == []


def test_a_list_of_receivers_that_holds_the_other_is_wider() -> None:
    own = "对促成交易的技术转移机构和技术经理人，分别给予20万元、5万元奖励。"
    (found,) = [each for each in said(own, gives()) if each.startswith("范围")]
    assert found.startswith("范围（奖励对象）：")
    assert found.endswith("本稿更宽")


def test_a_sentence_on_another_matter_is_not_compared() -> None:
    own = "支持高校建设概念验证中心，开展技术交易服务。经备案的平台可以开放共享仪器。"
    other = "支持高校建设概念验证中心，开展技术交易服务。"
    assert said(own, other) == []
