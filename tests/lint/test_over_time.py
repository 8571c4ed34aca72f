"""Targets along the years, and against the series of the place."""

from __future__ import annotations

from decimal import Decimal

import pytest
from drafts import draft_from

from analysis.lint.findings import Finding, Severity
from analysis.lint.registry import rules
from analysis.lint.run import check
from analysis.model import Point, SeriesName

C3 = next(rule for rule in rules() if rule.id == "C3")
VALUES = {2021: "700", 2022: "900", 2023: "1200"}
POINTS = tuple(
    Point("990000", "望川", year, SeriesName.OUTPUT, Decimal(value), None, "made up") for year, value in VALUES.items()
)


def _against(sentence: str) -> list[Finding]:
    text = f"望川省技术市场行动方案\n望政发〔2024〕5号\n\n　　一、目标\n　　{sentence}\n"
    return list(check(draft_from(text, points=POINTS), by=[C3]))


@pytest.mark.parametrize(
    ("sentence", "severity", "shown"),
    [
        ("到2027年，全省技术合同成交额较2023年实现翻番、突破2500亿元。", Severity.INFO, "1200亿元×2=2400亿元"),
        ("到2027年，全省技术合同成交额较2023年翻一番，达到2000亿元。", Severity.WARNING, "1200亿元×2=2400亿元"),
        ("到2027年，全省技术合同成交额比2022年翻两番。", Severity.INFO, "900亿元×4=3600亿元"),
        ("到2027年，全省技术合同成交额达到1000亿元。", Severity.WARNING, "已经达到"),
        ("到2027年，全省技术合同成交额突破0.11万亿元。", Severity.WARNING, "已经达到"),
        ("技术合同成交额由2023年的1000亿元增长到2027年的2000亿元。", Severity.INFO, "1200亿元"),
    ],
)
def test_a_target_is_held_against_the_real_baseline(sentence: str, severity: Severity, shown: str) -> None:
    (finding,) = _against(sentence)
    assert finding.severity is severity
    assert shown in finding.message


@pytest.mark.parametrize(
    "sentence",
    [
        "到2027年，全省技术合同成交额达到2000亿元。",
        "到2027年，南部县技术合同成交额达到100亿元。",
        "到2027年，全省技术转移机构较2023年翻一番。",
        "技术合同成交额由2023年的1205亿元增长到2027年的2000亿元。",
        "到2027年，全省技术合同成交额比2015年翻三番。",
    ],
)
def test_other_targets_are_left_alone(sentence: str) -> None:
    assert not _against(sentence)


def test_years_after_the_draft_are_not_known_to_it() -> None:
    text = "望川省技术市场行动方案\n望政发〔2022〕5号\n\n　　到2025年，全省技术合同成交额达到800亿元。\n"
    assert not check(draft_from(text, points=POINTS), by=[C3])


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("　　到2026年，省级中试平台达到30家；到2028年，省级中试平台达到25家。\n", ["25家"]),
        ("　　全省孵化面积由2025年的90万平方米增加到2028年的80万平方米。\n", ["80万平方米"]),
        ("　　到2027年，示范机构达到60家，2030年达到50家。\n", ["50家"]),
        ("　　2026年、2027年、2028年登记额分别达到200亿元、260亿元、240亿元。\n", ["240亿元"]),
        ("　　到2026年实现登记额400亿元，到2028年实现350亿元。\n", ["350亿元"]),
        ("　　到2026年，转化率达到40%。\n　　到2029年，转化率达到35%。\n", ["35%"]),
        ("　　到2026年，平均用时为20个工作日；到2028年，平均用时为10个工作日。\n", []),
        ("　　到2026年，在研项目控制在90项；到2028年，在研项目控制在80项。\n", []),
        ("　　到2026年，国家级平台达到9家；到2028年，省级平台达到8家。\n", []),
        ("指标\t2026年\t2028年\t2030年\n孵化器（家）\t30\t28\t40\n在孵企业（家）\t100\t150\t200\n", ["28"]),
        ("指标\t2026年\t2028年\n单位增加值能耗（吨）\t0.5\t0.4\n投诉件数（件）\t9\t5\n", []),
        ("项目\t2026年\t2027年\t合计\n平台建设（万元）\t500\t300\t800\n人才培养（万元）\t200\t100\t300\n", []),
    ],
)
def test_a_later_target_is_not_lower(text: str, quotes: list[str]) -> None:
    assert [finding.quote for finding in check(draft_from(text), by=[C3])] == quotes
