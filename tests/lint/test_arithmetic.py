"""Sums are worked out whatever the words around them; what comes out right is never questioned."""

from __future__ import annotations

import pytest
from drafts import draft_from

from analysis.lint.registry import rules
from analysis.lint.run import check
from analysis.word.paragraphs import Cell

C2 = next(rule for rule in rules() if rule.id == "C2")

WRONG = [
    ("企业研发投入由2024年的50亿元提高到2027年的80亿元，年均增长30%。", "年均增长30%", "109.85亿元"),
    ("到2030年，产值从2025年的600亿元提升至1000亿元，年均增速15%。", "年均增速15%", "1206.81亿元"),
    ("登记额翻两番，由2025年的30亿元增加到2030年的60亿元。", "翻两番", "120亿元"),
    ("在2025年200亿元的基础上增长60%，达到300亿元。", "增长60%", "320亿元"),
    ("到2030年达到900家，是2025年300家的2倍。", "2倍", "600家"),
    ("由2025年的5000人增加到2030年的8000人，净增4000人。", "净增4000人", "3000人"),
    ("办理时限由15个工作日压缩到5个工作日。成交额由100亿元减少到80亿元，下降30%。", "下降30%", "70亿元"),
    ("覆盖率由60%提高到75%，提高10个百分点。", "提高10个百分点", "15个百分点"),
    ("开设基础课程12门、专业课程18门，共计32门。", "32门", "12+18=30门"),
    ("安排省级资金800万元，市级资金1200万元，合计安排2500万元。", "2500万元", "800+1200=2000万元"),
    ("一是基础平台3000万元；二是人才培养2000万元；三是活动经费500万元，总计6000万元。", "6000万元", "=5500万元"),
    ("培育机构每年20家，5年共120家。", "120家", "20家×5年=100家"),
    ("2026年至2030年每年新建平台4个，五年合计25个。", "25个", "4个×5年=20个"),
    ("连续4年每年资助50万元，总计150万元。", "150万元", "50万元×4年=200万元"),
    ("四年共投入2.4亿元，每年5000万元。", "2.4亿元", "5000万元×4年=2亿元"),
    ("共安排1000万元：平台建设500万元、人才培养300万元、成果转化300万元。", "1000万元", "500+300+300=1100万元"),
    ("由县（市、区）和项目单位按照60%、50%的比例分担。", "50%", "60+50=110"),
    ("分三批遴选，每批20家，共50家。", "50家", "20家×3=60家"),
    ("每季度举办成果路演2场，全年举办10场。", "10场", "2场×4次=8场"),
    ("资金总额8000万元，分4年平均安排，每年2500万元。", "8000万元", "2500万元×4年=10000万元"),
    ("2025年登记额为200亿元，到2028年达到300亿元，年均增长20%。", "年均增长20%", "345.6亿元"),
    ("市本级承担60%，县（市、区）承担50%。", "50%", "60+50=110"),
    ("评价指标由技术水平（30分）、市场前景（40分）、团队（20分）组成，满分100分。", "100分", "=90分"),
    ("评分标准：技术水平占40%、市场前景占35%、团队能力占30%。", "30%", "=105"),
    ("项目经费分两次拨付，首次拨付60%，验收后拨付50%。", "50%", "=110"),
    ("遴选12个县，每个支持200万元，共2000万元。", "2000万元", "=2400万元"),
]

RIGHT = [
    "遴选3批，每批不超过20家，共支持50家左右。",
    "首次拨付60%，验收后拨付剩余40%。",
    "研发投入占3%、营业收入占5%的企业优先。",
    "企业研发投入由2024年的50亿元提高到2027年的80亿元，年均增长17%。",
    "企业研发投入由2024年的50亿元提高到2027年的80亿元，年均增长15%以上。",
    "在2025年200亿元的基础上增长60%，达到320亿元。",
    "产值由300亿元增加到500亿元以上，翻一番。",
    "开设基础课程12门、专业课程18门，每门不少于20课时，共计30门。",
    "市财政安排500万元，对每家机构最高补助50万元，合计不超过200万元。",
    "与周边城市共建创新中心3个、实验室2个，共同举办活动20场。",
    "拥有科研机构30家，其中国家级5家、省级12家。",
    "每年培育不少于20家，五年累计不少于150家。",
    "由单位和完成人按照30%、70%的比例分配。",
    "对一类、二类、三类项目分别按照50%、30%、20%给予补助。",
    "对优秀、良好等次分别按照30%、20%的比例给予补助。",
    "按上年度增量的3%给予奖励，比上年度提高5个百分点的，另奖励10万元。",
    "新增企业20家、平台5家，总数达到80家。",
]


@pytest.mark.parametrize(("sentence", "quote", "shown"), WRONG)
def test_a_wrong_sum_is_found_and_shown(sentence: str, quote: str, shown: str) -> None:
    findings = check(draft_from(f"　　一、目标\n　　{sentence}\n"), by=[C2])
    assert [finding.quote for finding in findings] == [quote]
    assert shown in findings[0].message


@pytest.mark.parametrize("sentence", RIGHT)
def test_a_right_sum_is_left_alone(sentence: str) -> None:
    assert not check(draft_from(f"　　一、目标\n　　{sentence}\n"), by=[C2])


ROWS = [
    "地区 2026年 2027年 合计",
    "东部 30 40 {one}",
    "西部 20 10 30",
    "小计 50 50 100",
    "机关 5 5 10",
    "合计 55 55 {two}",
]
TABLE = "\n".join(ROWS).replace(" ", "\t") + "\n"


@pytest.mark.parametrize(
    ("one", "two", "quotes"),
    [("70", "110", []), ("80", "110", ["80", "100"]), ("70", "120", ["120", "120"])],  # in its row and its column
)
def test_totals_of_rows_and_columns_with_subtotals(one: str, two: str, quotes: list[str]) -> None:
    findings = check(draft_from("　　安排如下：\n" + TABLE.format(one=one, two=two)), by=[C2])
    assert [finding.quote for finding in findings] == quotes


def test_growth_on_a_year_whose_figure_stands_elsewhere() -> None:
    text = "　　截至2025年底，全省共有技术经理人800名。\n　　到2030年，技术经理人达到{}名，较2025年翻一番。\n"
    assert not check(draft_from(text.format(1600)), by=[C2])
    (finding,) = check(draft_from(text.format(1200)), by=[C2])
    assert finding.quote == "翻一番"
    assert "1600名" in finding.message


def test_cells_of_a_word_table_are_added_also_below_a_merged_label() -> None:
    rows = [["序号", "事项", "金额（万元）"], ["1", "平台", "40"], ["2", "人才", "35"], ["合计", "80"]]
    words = [cell for row in rows for cell in row]
    places = [Cell(0, row, column) for row, cells in enumerate(rows) for column in range(len(cells))]
    draft = draft_from("\n".join(words), cells=places)
    assert [finding.quote for finding in check(draft, by=[C2])] == ["80"]


def test_yearly_growth_in_a_table_is_held_against_its_years() -> None:
    table = "指标\t2025年\t2030年\t年均增长（%）\n成交额（亿元）\t100\t200\t{rate}\n机构（家）\t50\t61\t4\n"
    assert not check(draft_from(table.format(rate="14.9")), by=[C2])
    assert [found.quote for found in check(draft_from(table.format(rate="20")), by=[C2])] == ["20"]
