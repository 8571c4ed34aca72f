"""Who sends a comment: the name of a body first, then the column, then the name of a person, then the mail."""

from __future__ import annotations

import csv

import pytest
from places import PROJECT

from analysis.consultation.comments import Comment, SenderType
from analysis.consultation.sender_types import sender_type


@pytest.mark.parametrize(
    ("sender", "kind", "contact", "expected"),
    [
        ("江北大学科技园有限公司", "", "", SenderType.ENTERPRISE),
        ("江北大学科技处", "", "", SenderType.UNIVERSITY),
        ("市第二人民医院", "", "", SenderType.UNIVERSITY),
        ("江北市企业家联合会", "", "", SenderType.ASSOCIATION),
        ("江北市工商业联合会", "", "", SenderType.ASSOCIATION),
        ("江北市科学技术局", "", "", SenderType.DEPARTMENT),
        ("省科學技術廳成果處", "", "", SenderType.DEPARTMENT),
        ("李**", "", "", SenderType.CITIZEN),
        ("欧阳某", "", "", SenderType.CITIZEN),
        ("李某", "企业", "", SenderType.ENTERPRISE),
        ("匿名", "高校院所", "", SenderType.UNIVERSITY),
        ("匿名", "", "", SenderType.UNKNOWN),
        ("", "", "rd@example.edu.cn", SenderType.UNIVERSITY),
        ("", "", "办公室 a@kjj.example.gov.cn", SenderType.DEPARTMENT),
        ("", "", "12345678@qq.com", SenderType.UNKNOWN),
        ("开心的小鱼", "", "", SenderType.UNKNOWN),
    ],
)
def test_sender_type(sender: str, kind: str, contact: str, expected: SenderType) -> None:
    assert sender_type(Comment(1, "建议", sender, contact=contact, sender_kind=kind)) is expected


def test_made_up_senders() -> None:
    """Names of many kinds, written before they were tried; at first 57 of the 70 were right."""
    with (PROJECT / "tests" / "cases" / "senders.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = [row["sender"] for row in rows if sender_type(Comment(1, "建议", row["sender"])) != row["sender_type"]]
    assert wrong == ["省疾控中心"]  # a 中心 may be anything


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我公司去年买了两项专利。", SenderType.ENTERPRISE),
        ("我校在编人员怎么办？", SenderType.UNIVERSITY),
        ("我局无意见。", SenderType.DEPARTMENT),
        ("我会经征求会员意见，建议删去。", SenderType.ASSOCIATION),
        ("我会去问问。", SenderType.UNKNOWN),
    ],
)
def test_an_unnamed_sender_is_what_its_text_calls_it(text: str, expected: SenderType) -> None:
    assert sender_type(Comment(1, text)) is expected
