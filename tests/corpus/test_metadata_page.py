"""What stands around a text and what its file is called: furniture, days of pages, reports, places, names of files."""

from __future__ import annotations

import pytest
from from_text import card_of
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.headlines import is_no_title
from analysis.corpus.kind import file_issued, file_place, file_title, reported
from analysis.grammar import grammar
from analysis.grammar.places import all_places_in
from analysis.model import Level, TextKind

BODY = "\n一、工作目标\n到2025年，技术合同成交额达到900亿元。\n"


@pytest.mark.parametrize(
    "line",
    [
        "您好欢迎来到某某网|免费注册",
        "当前位置：首页 > 新闻中心 > 政策",
        "网站首页",
        "登录 | 注册",
        "浏览次数：128",
        "智能问答",
        "作者：张三",
        "某某资讯网",
        "通知公告",
        "上一篇下一篇",
        "Page 90 -汇编",
        "【打印】【字体：",
        "主办单位：某市科学技术局",
        "互联网新闻信息许可证：00000000000",
        "废止日期：公开方式：主动公开",
        "申报时间：11月2日-12月1日",
        "1/3下载此文档",
        "下载此文档",
        "招聘通知",
        "修订出台政策",
        "解读单位某市科学技术局解读类型部门解读",
        "市七届人大三次会议文件（5）",
        "发布者：某某知识产权",
        "我要投稿",
    ],
)
def test_furniture_labels_and_paging_are_no_titles(line: str) -> None:
    assert is_no_title(line)
    card = card_of(f"{line}\n某市促进成果转化行动方案{BODY}")
    assert card.title == "某市促进成果转化行动方案"
    assert card_of(f"{line}{BODY}").title == "试"


@pytest.mark.parametrize(
    "line", ["某市阅读推广行动方案", "关于登记备案工作的通知", "某省首页质量提升计划", "某市政策兑现办法"]
)
def test_a_title_with_words_of_furniture_stays_a_title(line: str) -> None:
    assert not is_no_title(line)
    assert card_of(f"{line}{BODY}").title == line


def test_a_headline_may_stand_below_the_furniture_of_its_page() -> None:
    raw = (
        "首页 > 资讯\n欢迎关注\n某省出台新政激励技术转移\n2023-05-06 10:20 来源：某某日报\n"
        "本报讯（记者张三）近日，某省印发《某省技术转移若干措施》。"
    )
    card = card_of(raw)
    assert (card.title, card.kind, card.issued) == ("某省出台新政激励技术转移", TextKind.NEWS, "2023-05-06")
    assert "网页发布日期" in dict(card.inferred)["issued"]


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("时间 : 2024-04-02 10:41:18 来源 : 某区网站", "2024-04-02"),
        ("2012-12-04 08:51:40", "2012-12-04"),
        ("07.01.2016  21:09", "2016-01-07"),
        ("2024 03/23 18:16:38", "2024-03-23"),
        ("http://www.example.cn 2009年05月18日04:01 某某时报", "2009-05-18"),
        ("2017-05-27 某省科学技术厅", "2017-05-27"),
        ("发布日期 2021-02-08", "2021-02-08"),
    ],
)
def test_the_day_of_a_page(line: str, iso: str) -> None:
    card = card_of(f"某市技术市场促进意见\n{line}{BODY}")
    assert card.issued == iso
    assert dict(card.inferred)["issued"]


@pytest.mark.parametrize(
    "line",
    [
        "执行期至2025-12-31",
        "自2024-01-01起",
        "到2025年12月底，建成体系",
        "申报时间：2024年5月1日",
        "截止日期：2024-05-01",
    ],
)
def test_a_deadline_is_no_day_of_a_page(line: str) -> None:
    assert card_of(f"某市技术市场促进意见\n{line}{BODY}").issued is None


@pytest.mark.parametrize(
    ("raw", "year"),
    [
        ("2020年某市科技创新工作要点", "2020"),
        ("某省技术市场行动方案（2024—2026年）", "2024"),
        ("某示范区行动\n2026年，是实施规划的开局之年。制定本行动方案。", "2026"),
        ("某省到2030年远景目标规划", None),
        ("某市科技局2024年工作总结\n一、2024年工作情况", None),
        ("关于开展2024年度转化补助申报的通知\n一、申报条件", None),
    ],
)
def test_a_year_that_the_words_let_conclude(raw: str, year: str | None) -> None:
    card = card_of(f"{raw}{BODY}")
    assert card.issued == year
    assert year is None or "推定年份" in dict(card.inferred)["issued"]


def test_a_report_without_a_headline_is_named_after_what_it_reports() -> None:
    raw = (
        "近日，湖南省政府印发《湖南省技术转移行动方案》（湘政发〔2021〕8号）。据悉，《方案》提出，"
        "到2025年，成交额达到900亿元。"
    )
    card = card_of(raw)
    assert card.title == "湖南省技术转移行动方案（报道）"
    assert (card.doc_number, card.region, card.level) == ("湘政发〔2021〕8号", "湖南", Level.PROVINCE)
    assert "所报道" in dict(card.inferred)["doc_number"]


def test_an_answer_to_a_proposal_is_named_after_it() -> None:
    raw = "张三委员：\n您提出的《关于推动专利转化的建议》的提案收悉，现答复如下。\n已印发《某方案文本》。"
    assert card_of(raw).title == "《关于推动专利转化的建议》提案（答复）"


def test_what_a_text_only_leans_on_is_not_reported() -> None:
    assert reported(["根据《某省促进科技成果转化条例》，制定本办法。"]) is None
    found = reported(["近日，某市出台《某市奖励办法》（2024-2026年），共十条。"])
    assert found is not None
    assert found.title == "某市奖励办法（2024-2026年）"


@pytest.mark.parametrize(
    ("raw", "region", "code", "level"),
    [
        ("温州市洞头区加快平台建设若干政策", "温州洞头区", "330000", Level.DISTRICT),
        ("皋兰县加快科技创新若干措施", "兰州皋兰县", "620000", Level.DISTRICT),
        ("常州经开区科技创新行动方案", "常州经开区", "320000", Level.DISTRICT),
        ("关于深化合作市场建设的若干措施", None, None, Level.UNKNOWN),
        ("三部门：对首台套装备给予补偿", "全国", "000000", Level.NATION),
        ("财政部、科技部近日联合印发《现金奖励个税办法》", "全国", "000000", Level.NATION),
        ("以四川大学科研力量助推重庆发展", "重庆", "500000", Level.PROVINCE),
        ("记者从洛阳市科技局获悉，洛阳市技术交易奖励申报启动。", "洛阳", "410000", Level.CITY),
        (
            "为推进某项工作，对标上海经验，结合实际。我市将奖励企业。济南支持平台，济南支持人才，济南市级",
            "济南",
            "370000",
            Level.CITY,
        ),
    ],
)
def test_the_place_of_a_text(raw: str, region: str | None, code: str | None, level: Level) -> None:
    card = card_of(f"{raw}{BODY}")
    assert (card.region, card.region_code, card.level) == (region, code, level)
    assert region is None or dict(card.inferred)["region"]


def test_counties_belong_to_regions_and_to_no_other_list() -> None:
    assert len(grammar().counties) > 2500
    assert all(county.code in grammar().regions for county in grammar().counties.values())
    assert not set(grammar().counties) & set(grammar().places)
    assert all(len(name) >= 3 and name[-1] in "区县市旗" for name in grammar().counties)


@pytest.mark.parametrize("around", ["", "的", "在，对"])
def test_every_county_is_found_wherever_it_stands(around: str) -> None:
    for name in grammar().counties:
        assert [place.name for *_, place in all_places_in(f"{around}{name}{around}人民政府")] == [name]


@pytest.mark.parametrize("words", ["重点区域", "县级财政", "合作市场", "高端资源县域", "技术市场", "旗下企业"])
def test_words_that_end_like_counties_are_none(words: str) -> None:
    assert all_places_in(words) == []


def test_a_file_name_is_a_source_where_the_text_is_silent() -> None:
    body = "支持平台建设，每年安排资金。"
    card = card_of(body, "洛阳市技术交易奖励办法2023.txt")
    assert (card.title, card.region, card.issued) == ("洛阳市技术交易奖励办法2023", "洛阳", "2023")
    inferred = dict(card.inferred)
    for field in ("title", "region", "issued"):
        assert "取自文件名“洛阳市技术交易奖励办法2023”" in inferred[field]


def test_what_the_text_says_goes_before_the_name_of_its_file() -> None:
    card = card_of(f"四川省成果转化行动方案\n2024年5月6日{BODY}", "洛阳市技术交易奖励办法2023.txt")
    assert (card.title, card.region, card.issued) == ("四川省成果转化行动方案", "四川", "2024-05-06")


@pytest.mark.parametrize("name", ["下载 (3)", "新建文本文档", "1", "sichuan-2018-draft", "未命名文件2024年", "附件1"])
def test_a_name_that_a_program_gave_says_nothing(name: str) -> None:
    assert file_title(name) is None
    assert file_place(name) is None
    assert file_issued(name) is None


@given(st.text(max_size=40))
def test_any_file_name_is_read_without_harm(name: str) -> None:
    found = (file_title(name), file_issued(name))
    assert all(one is None or one.why for one in found)
