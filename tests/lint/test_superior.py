"""Each bound of superior law is found broken in its examples and kept in those that only look so."""

from __future__ import annotations

import pytest
from drafts import draft_from

from analysis.grammar import grammar
from analysis.grammar.vocabularies import SuperiorBound
from analysis.lint.findings import Severity
from analysis.lint.registry import rules
from analysis.lint.run import check

C4 = next(rule for rule in rules() if rule.id == "C4")
BOUNDS = pytest.mark.parametrize("bound", grammar().superior, ids=lambda bound: bound.id)


@BOUNDS
def test_examples_break_a_bound_and_look_alikes_do_not(bound: SuperiorBound) -> None:
    for example in bound.examples:
        findings = check(draft_from(f"　　{example}。\n"), by=[C4])
        assert [finding.source.name for finding in findings] == [bound.law], example
        assert findings[0].severity is (Severity.INFO if bound.note else Severity.WARNING)
    for example in bound.not_:
        assert not check(draft_from(f"　　{example}。\n"), by=[C4]), example


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("科研院所转让、许可职务成果取得的净收入，归成果完成团队所有的比例不低于30%。", ["不低于30%"]),
        ("成果转让净收入用于奖励和报酬的比例最高不超过40%。", ["最高不超过40%"]),
        ("转让净收入按照3∶7分配，单位留存30%，奖励完成人70%。", []),
        ("转让净收入的70%奖励给完成人，20%留归单位，10%用于技术转移机构。", []),
        ("对技术经理人促成转让的，从净收入中提取不低于5%给予奖励。", []),
        ("科研机构从成果转让净收入中提取不低于30%奖励完成人。", ["不低于30%"]),
        ("从转让净收入、股份和营业利润中分别提取不低于60%、60%和10%奖励科研人员。", []),
        ("转让净收入中，70%奖励完成人，其余30%由单位统筹，其中10%奖励管理人员。", []),
        ("从转让净收入中提取不超过20%用于奖励技术转移机构服务人员，奖励科研团队不低于60%。", []),
        ("对企业受让高校成果的，按照技术合同成交额的10%给予补助。", []),
        ("作价投资形成的股份，由科研团队持有的比例不低于25%，并依法办理登记，奖励完成人。", ["不低于25%"]),
    ],
)
def test_statements_about_shares(text: str, quotes: list[str]) -> None:
    assert [finding.quote for finding in check(draft_from(f"　　{text}\n"), by=[C4])] == quotes


def test_a_bound_of_beijing_holds_in_beijing_alone_and_hides_the_lower_one_of_the_nation() -> None:
    sentence = "　　转让职务科技成果的，从净收入中提取不低于{}奖励完成人。\n"
    head = "北京市支持科技成果转化若干措施\n京政发〔2026〕3号\n\n"
    (finding,) = check(draft_from(head + sentence.format("60%")), by=[C4])
    assert finding.source.name == "北京市促进科技成果转化条例"
    (finding,) = check(draft_from(head + sentence.format("40%")), by=[C4])
    assert "70%" in finding.message
    assert not check(draft_from("望川省若干措施\n\n" + sentence.format("60%")), by=[C4])


def test_a_text_older_than_the_law_is_left_alone() -> None:
    text = "望川省若干措施\n望政发〔2012〕3号\n\n　　转让职务科技成果的，从净收入中提取不低于20%奖励完成人。\n"
    assert not check(draft_from(text), by=[C4])
