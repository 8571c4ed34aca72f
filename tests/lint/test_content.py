"""Two values of one indicator are found wherever they stand; values that may differ are left alone."""

from __future__ import annotations

import pytest
from drafts import draft_from

from analysis.lint.findings import Severity
from analysis.lint.registry import rules
from analysis.lint.run import check

C1, P13 = (next(rule for rule in rules() if rule.id == name) for name in ("C1", "P13"))

TWO_VALUES = [
    ("到2030年，全省技术转移机构达到200家。", "2030年全省技术转移机构总数要达到180家。", "180家"),
    ("到2027年，高新技术企业达到1.2万家。", "确保2027年高新技术企业数量达到11000家。", "11000家"),
    ("到2028年底，全市科技型中小企业突破5000家。", "2028年，全市科技型中小企业达到4500家。", "4500家"),
    ("到2028年，研发投入强度达到3.2%。", "2028年全社会研发投入强度提高到3%，成果转化明显加快。", "3%"),
    ("到2028年，规模以上工业企业研发投入占比达到2.1%。", "到2028年规模以上工业企业研发投入占比提高到2.5%。", "2.5%"),
    ("技术合同成交额由2025年的80亿元增长到2029年的160亿元。", "2029年全市技术合同成交额达到150亿元。", "150亿元"),
    ("技术合同成交额由2025年的80亿元增长到2029年的160亿元。", "2025年，全市技术合同成交额为75亿元。", "75亿元"),
    ("到2029年，全市孵化载体面积达到120万平方米。", "2029年全市孵化载体面积达到90万平方米。", "90万平方米"),
    ("到2028年，概念验证中心不少于20个。", "到2028年，概念验证中心达到15个。", "15个"),
    ("2026年至2028年市财政共安排9000万元。", "市级财政三年累计投入8000万元，重点支持中试。", "8000万元"),
    ("到2028年，全省登记额力争突破1200亿元。", "确保全省登记额2028年突破1000亿元的目标如期实现。", "突破1000亿元"),
    ("到2028年，登记额达到500亿元。", "围绕2028年登记额达到450亿元的目标，建立调度机制。", "450亿元"),
    ("本规划总投资12亿元。", "规划总投资11亿元，其中政府投资3亿元。", "11亿元"),
    ("设立总规模10亿元的科技成果转化基金。", "科技成果转化基金规模为8亿元，存续期7年。", "8亿元"),
    ("每年遴选示范机构10家。", "每年遴选示范机构15家，给予支持。", "15家"),
    (
        "对新认定的省级技术转移示范机构，奖励50万元。",
        "对新认定的省级技术转移示范机构，给予一次性80万元奖励。",
        "80万元",
    ),
    ("到2028年，培育技术经理人1500名。", "到2028年，全市培育技术经理人1200名。", "1200名"),
    ("到2028年，建设20家概念验证中心。", "2028年前建设15家概念验证中心。", "15家"),
]
ONE_VALUE = [
    ("到2028年，国家级孵化器达到20家。", "到2028年，省级孵化器达到60家。"),
    ("到2028年，技术经理人达到800名，其中高级技术经理人达到100名。", "高级技术经理人由所在单位聘任。"),
    ("截至2025年底，全市共有技术转移机构30家。", "到2028年，全市技术转移机构达到60家。"),
    ("对年服务收入达到500万元的机构奖励10万元。", "对年服务收入达到1000万元的机构奖励30万元。"),
    ("市级财政共安排3000万元用于平台建设。", "市级财政共安排2000万元用于人才培养。"),
    ("东部片区到2028年园区面积达到30平方公里。", "西部片区到2028年园区面积达到20平方公里。"),
    ("到2028年，每个县建设科技服务站2个。", "到2028年，每个园区建设科技服务站3个。"),
    ("到2028年，新增孵化器10家。", "到2028年，孵化器达到60家。"),
    ("全国技术合同成交额2025年达到6万亿元。", "2025年全省技术合同成交额达到900亿元。"),
    ("到2028年，技术经理人约1500名。", "到2028年，技术经理人达到1550名。"),
    ("到2028年，在高新区建设概念验证中心3家。", "到2028年，依托高校建设概念验证中心5家。"),
    ("到2028年，培育技术经理人1500名。", "到2028年，技术经理人达到2500名。"),
    ("对新认定的省级技术转移示范机构，奖励50万元。", "对新认定的国家级技术转移示范机构，奖励80万元。"),
    ("设立总规模10亿元的科技成果转化基金。", "科技成果转化基金首期规模2亿元。"),
    ("单个项目补助金额为50万元。", "单个平台补助金额为200万元。"),
]


def _draft(one: str, two: str) -> str:
    return f"　　一、总体要求\n　　{one}\n　　二、保障措施\n　　（一）加强考核。{two}\n"


@pytest.mark.parametrize(("one", "two", "quote"), TWO_VALUES)
def test_a_second_value_is_found(one: str, two: str, quote: str) -> None:
    found = [finding.quote for finding in check(draft_from(_draft(one, two)), by=[C1])]
    assert found == [quote]


@pytest.mark.parametrize(("one", "two"), ONE_VALUE)
def test_values_that_may_differ_are_left_alone(one: str, two: str) -> None:
    assert not check(draft_from(_draft(one, two)), by=[C1])


TABLE = "　　到2030年，全省技术转移机构达到120家，登记合同额达到900亿元。\n{caption}\n{table}\n"


@pytest.mark.parametrize(
    ("caption", "table", "quotes"),
    [
        ("表1　主要指标", "指标\t2026年\t2030年\n技术转移机构（家）\t60\t110\n登记合同额（亿元）\t500\t900", ["110"]),
        (
            "表1　主要指标",
            "序号\t指标名称\t单位\t2030年目标\n1\t技术转移机构\t家\t120\n2\t登记合同额\t亿元\t950",
            ["950"],
        ),
        ("单位：亿元", "指标\t2026\t2030\n登记合同额\t500\t800\n服务收入\t30\t90", ["800"]),
        (
            "",
            "| 指标 | 单位 | 2030年 |\n|---|---|---|\n| 技术转移机构 | 家 | 130 |\n| 登记合同额 | 万元 | 9000000 |",
            ["130"],
        ),
        (
            "附件1\n2030年主要目标",
            "序号\t指标\t目标值\n1\t技术转移机构（家）\t110\n2\t登记合同额（亿元）\t900",
            ["110"],
        ),
        ("", "年度\t技术转移机构（家）\t登记合同额（亿元）\n2028年\t80\t600\n2030年\t120\t800", ["800"]),
        ("附件1\n指标分解表", "指标\t2030年（目标）\n技术转移机构数\t120家\n登记合同额\t900亿元", []),
        ("", "指标\t2030年\n技术转移机构\t≥120\n登记合同额（亿元）\t900以上", []),
    ],
)
def test_tables_are_held_against_the_text(caption: str, table: str, quotes: list[str]) -> None:
    draft = draft_from(TABLE.format(caption=caption, table=table))
    assert [finding.quote for finding in check(draft, by=[C1])] == quotes


def test_a_year_that_is_only_inferred_makes_it_a_warning() -> None:
    text = "　　一、目标\n　　到2028年，实现下列目标：\n　　技术经理人达到900名。\n"
    text += "　　二、保障\n　　确保2028年技术经理人达到1000名。\n"
    (finding,) = check(draft_from(text), by=[C1])
    assert finding.severity is Severity.WARNING


def test_two_lengths_of_one_period_are_a_note() -> None:
    (finding,) = check(draft_from(_draft("公示期为7个工作日。", "公示期为5个工作日。")), by=[C1])
    assert (finding.severity, finding.quote) == (Severity.INFO, "5个工作日")
    assert not check(draft_from(_draft("公示期为7个工作日。", "公示期不少于7个工作日，项目建设期为3年。")), by=[C1])


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("三年内技术合同履约率提升8%。", "提升8%"),
        ("高价值专利占比提高12%。", "提高12%"),
        ("将后补助比例由40%上调10%。", "上调10%"),
        ("不良率下降3%。", "下降3%"),
        ("使高校专利转让许可率较2025年提升10%。", "提升10%"),
        ("企业参与率从55%增加20%，到账周期缩短。", "增加20%"),
    ],
)
def test_per_cent_of_a_rate_is_found(sentence: str, quote: str) -> None:
    assert [finding.quote for finding in check(draft_from(f"　　{sentence}\n"), by=[P13])] == [quote]


@pytest.mark.parametrize(
    "sentence",
    [
        "技术合同履约率提升至95%。",
        "履约率由80%提升到95%。",
        "履约率提高15个百分点，达到95%。",
        "成交额增长率不低于10%。",
        "设备运行效率提高20%。",
        "成果转化收入占比达到30%，比上年增长5%的单位优先。",
        "按照研发投入增加额的10%给予补助，比例最高提高至15%。",
    ],
)
def test_other_growth_in_per_cent_is_left_alone(sentence: str) -> None:
    assert not check(draft_from(f"　　{sentence}\n"), by=[P13])
