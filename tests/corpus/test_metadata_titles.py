"""Titles below menus, labels and paging, run into their text, in a page's table; reports without a headline; places."""

from __future__ import annotations

import pytest
from from_text import card_of

from analysis.corpus.headlines import is_no_title
from analysis.corpus.kind import held, leaned_on
from analysis.model import Level, TextKind

BODY = "\n一、工作目标\n到2025年，技术合同成交额达到900亿元。\n"


@pytest.mark.parametrize(
    "line",
    [
        "某市科技奖励政策",
        "某省许可证管理办法",
        "某县：科技局学习会议精神",
        "科技部：四年内建设三十个示范区",
        "关于招聘科技副总的通知",
    ],
)
def test_what_only_looks_like_a_label_or_a_menu_stays_a_title(line: str) -> None:
    assert not is_no_title(line)
    assert card_of(f"{line}{BODY}").title == line


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("某区科技局2017年工作要点.doc\n文档分类：办公文档\n", "某区科技局2017年工作要点"),
        (
            "索引号：0000\n名称：2023年某县科技局主要目标任务落实情况文号：\n序号\n",
            "2023年某县科技局主要目标任务落实情况",
        ),
        ("发布机构科技局发文日期2020-09-04标题关于开展调研工作的函文号无主题词\n", "关于开展调研工作的函"),
        ("增强新动力——某高新区推进创新驱动 |\n发布日期：2013-05-20 |\n", "增强新动力——某高新区推进创新驱动"),
        ("1.某某某某星座网首页\n2.栏目\n某县科技局2022年工作计划\n", "某县科技局2022年工作计划"),
        ("1.某某网首页\n2.栏目\n某县科技局2023年工作计划\n", "某县科技局2023年工作计划"),
        (
            "我的法规最新法规热门法规失效法规法规搜索\n发文标题: 某市关于补齐短板的若干意见\n",
            "某市关于补齐短板的若干意见",
        ),
        ("某局以科技创新引领产业发展索引号：0000文号：发布时间：2024-05-14\n", "某局以科技创新引领产业发展"),
        ("2018年度某区贷款利息补贴项目申报开始啦！详情如下：\n", "2018年度某区贷款利息补贴项目申报"),
        ("某区企业贷款利息补贴，最高补贴100万元\n", "某区企业贷款利息补贴，最高补贴100万元"),
    ],
)
def test_the_real_title_stands_further_down(raw: str, title: str) -> None:
    assert card_of(raw.rstrip("\n") + BODY).title == title


def test_a_title_may_run_into_its_text_with_day_and_number() -> None:
    raw = (
        "某部某局关于促进成果转化的若干规定1999年3月30日国办发[1999]29号为了鼓励转化高新技术成果，"
        "作出如下规定：一、鼓励开发1、科研机构可以转化成果。"
    )
    card = card_of(raw)
    assert card.title == "某部某局关于促进成果转化的若干规定"
    assert (card.doc_number, card.issued) == ("国办发〔1999〕29号", "1999-03-30")
    assert (card.region, card.level, card.kind) == ("全国", Level.NATION, TextKind.NORMATIVE)


def test_a_sentence_that_names_a_text_is_no_title_run_in() -> None:
    raw = "某市围绕目标制定行动计划，为全市技术市场发展提供支撑，并安排资金支持平台和人才引进，成效明显，得到各方好评。"
    assert card_of(raw).title == "试"


def test_of_several_titles_the_one_counts_that_the_text_repeats() -> None:
    other = "关于促进新型机构发展的实施办法（试行）"
    own = "某高新区加快科技创新若干政策措施（试行）"
    raw = f"{other}\n{own}\n{own}为深入实施创新驱动发展战略，结合我区实际，制定本政策措施，请认真执行。{BODY}"
    assert card_of(raw).title == own
    assert card_of(f"{own}{BODY}").title == own


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("1月5日上午，沭阳县召开全县科技型企业发展工作会议，县长出席。", "沭阳县召开全县科技型企业发展工作会议"),
        ("昨日，我市隆重召开表彰大会暨全市科技工作会议，总结去年工作。", "全市科技工作会议"),
        ("记者从日前举行的2016年全市知识产权工作会议获悉，专利增加。", "2016年全市知识产权工作会议"),
        ("1月3日，第七届某省成果博览会（以下简称“博览会”）在某市开幕。", "第七届某省成果博览会"),
    ],
)
def test_a_report_of_a_meeting_is_named_after_it(raw: str, title: str) -> None:
    found = held([raw])
    assert found is not None
    assert found.title == title
    card = card_of(raw)
    assert (card.kind, card.title) == (TextKind.NEWS, f"{title}（报道）")
    assert "没有标题" in dict(card.inferred)["title"]


def test_meetings_that_a_text_only_mentions_name_nothing() -> None:
    assert held(["本办法经市政府第3次常务会议审议通过。"]) is None
    assert held(["某厅在某市经开区举办交流会。"]) is None
    assert leaned_on(["根据《方案》，制定本办法。"]) is None


def test_the_year_of_what_is_reported_counts_only_where_nothing_else_does() -> None:
    raw = "某市发改委等部门印发《某市培育产业集群行动计划（2022-2025年）》，《计划》指出，到2025年产值达到400亿元。"
    card = card_of(raw)
    assert card.issued == "2022"
    assert "推定年份" in dict(card.inferred)["issued"]
    assert card_of(raw, "某市产业集群行动计划_报道2023.txt").issued == "2023"


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("某市科技局2024年工作总结.txt", None),
        ("某市2024年度补助申报通知.txt", None),
        ("某市2024年科技工作要点.txt", "2024"),
    ],
)
def test_years_that_a_file_looks_back_on_are_no_years_of_issue(name: str, year: str | None) -> None:
    assert card_of("支持平台建设，安排资金。", name).issued == year


def test_the_day_below_a_title_that_stands_low_on_its_page() -> None:
    menu = "\n".join(f"栏目{number}号" for number in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳")
    raw = f"{menu}\n关于组织开展某项保险补偿资金申请工作的通知\n2025/9/28 22:47:12由：qs编辑\n各省、自治区、直辖市："
    card = card_of(raw)
    assert (card.issued, card.region) == ("2025-09-28", "全国")
    assert card_of(f"今天是2024年6月11日星期二\n某市技术市场促进意见{BODY}").issued is None


@pytest.mark.parametrize(
    ("raw", "region"),
    [
        ("信息来源：江苏省科技厅\n5月4日，沭阳县召开全县科技工作会议，部署全县工作。", "宿迁沭阳县"),
        ("会议在北京开幕，国务院总理某某作政府工作报告。", "全国"),
        ("近日发布《国家“十二五”科技发展规划》，我国研发投入将提高。", "全国"),
        ("我市要抓好科技工作，我国研发投入将提高。", None),
        ("支撑和引领驻马店产业升级，我市奖励企业。", "驻马店"),
        ("市科委联合发布了《若干规定》（沪科规〔2019〕3号），现解读如下。", None),
        (
            "市科委联合发布了《关于机构发展的若干规定》（沪科规〔2019〕3号，以下简称《规定》），现将主要内容解读如下。",
            "上海",
        ),
    ],
)
def test_places_of_reports_and_of_texts_that_name_one_place(raw: str, region: str | None) -> None:
    assert card_of(raw).region == region


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("某某财经北京4月12日电据科技部12日消息，十四部门共同发布意见。", TextKind.NEWS),
        ("1月3日，某省成果博览会在某市开幕。\n展出成果。（记者 张三 李四）", TextKind.NEWS),
        ("2023年某县科技局主要目标任务落实情况\n序号\n工作目标\n全年落实情况", TextKind.SUMMARY),
        ("市科技局承担的任务全面完成\n专利申请310件，占全年目标任务的110%。", TextKind.SUMMARY),
        ("1—6月份，成交额750亿元。\n分市看，成交额居前5位的是甲乙丙。\n序号|区域|合同数", TextKind.SUMMARY),
        ("县科技局2022年工作总结和2023年工作思路\n2022年取得了成效。", TextKind.SUMMARY),
        ("政府工作报告\n各位代表：\n现在，我代表区人民政府作报告。", TextKind.PLAN),
        ("某县计划\n2023年我县科技工作的总体要求是，深入实施战略。", TextKind.PLAN),
        ("第三十九条 成果完成后应当奖励。第四十条 县级以上人民政府应当建立投入机制。", TextKind.STATUTE),
        ("某区贷款利息补贴项目申报开始啦！详情如下：\n申报时间：11月2日-12月1日\n一、申报条件", TextKind.CALL),
    ],
)
def test_kinds_of_excerpts_and_short_news(raw: str, kind: TextKind) -> None:
    assert card_of(raw).kind is kind


def test_a_file_name_may_say_that_it_is_a_report() -> None:
    card = card_of("技术合同成交额为三百项。", "某省_技术市场_报道2023.txt")
    assert card.kind is TextKind.NEWS
    assert card_of("技术合同成交额为三百项。", "某省_技术市场条例_节选.txt").kind is TextKind.STATUTE
    assert card_of("技术合同成交额为三百项。", "某省_技术市场条例_试题.txt").kind is TextKind.UNKNOWN


def test_a_text_without_title_is_called_by_its_set_phrase_if_its_file_says_nothing() -> None:
    raw = "各市人民政府：为落实方案，现就加快全省技术市场建设，提出如下意见。一、加大投入。"
    card = card_of(raw)
    assert card.title == "关于加快全省技术市场建设的意见"
    assert "拟名" in dict(card.inferred)["title"]
    assert card_of(raw, "某省技术市场建设意见2018.txt").title == "某省技术市场建设意见2018"
    assert card_of("为落实规划，制定本方案。").title == "试"
