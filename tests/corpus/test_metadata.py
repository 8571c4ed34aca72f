"""What a text says about itself: proofs of the patterns, forms of dates, titles, numbers, who, where, how long."""

from __future__ import annotations

import re
from datetime import date

import pytest
from from_text import card_of
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.headings_and_days import days, only_day, ordinal, years_later
from analysis.grammar import grammar
from analysis.grammar.places import places_in
from analysis.model import Level, Status


def test_every_place_belongs_to_one_region() -> None:
    listed = [
        name for region in grammar().regions.values() for name in (*region.cities, *region.suffixed, *region.districts)
    ]
    assert len(listed) == len(set(listed))
    assert all(place.code in grammar().regions for place in grammar().places.values())
    assert len(set(grammar().number_signs.values())) == len(grammar().number_signs)
    assert {grammar().regions[code].name for code in grammar().number_signs.values()} >= {"四川", "北京", "黑龙江"}


def test_offices_and_their_examples() -> None:
    for entry in grammar().offices:
        letters = re.match("[^〔]+", entry.example)
        assert letters is not None
        assert grammar().office_names[letters.group()[1:]] == entry.name


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2022年9月23日", "2022-09-23"),
        ("2022 年 9 月 23 日", "2022-09-23"),
        ("二〇二二年九月二十三日", "2022-09-23"),
        ("二○一二年四月六日", "2012-04-06"),
        ("二零二二年十二月三十一日", "2022-12-31"),
        ("二〇二〇年十月十日", "2020-10-10"),
        ("2022-09-23", "2022-09-23"),
        ("2022.9.23", "2022-09-23"),
        ("2022/9/23", "2022-09-23"),
        ("2022年9月", "2022-09"),
        ("2022年13月1日", ""),
        ("2023年2月29日", ""),
        ("2022年", ""),
        ("第2022.9.23.1版", ""),
    ],
)
def test_dates_in_every_written_form(written: str, iso: str) -> None:
    assert [day.iso for day in days(written)] == ([iso] if iso else [])


@settings(deadline=None)
@given(st.dates(date(1949, 10, 1), date(2099, 12, 31)))
def test_a_date_is_read_in_figures_and_in_characters(day: date) -> None:
    figures = "〇一二三四五六七八九"

    def spoken(number: int) -> str:
        tens, ones = divmod(number, 10)
        ten = ("" if tens < 2 else figures[tens]) + "十" if tens else ""
        return ten + (figures[ones] if ones else "")

    characters = f"{''.join(figures[int(sign)] for sign in str(day.year))}年{spoken(day.month)}月{spoken(day.day)}日"
    for written in (f"{day.year}年{day.month}月{day.day}日", characters, day.isoformat(), f"（{characters}）"):
        found = only_day(written)
        assert found is not None
        assert found.iso == day.isoformat()
    assert ordinal(spoken(day.day)) == day.day


def test_a_period_ends_the_day_before_it_would_begin_again() -> None:
    assert years_later("2022-01-01", 5) == "2026-12-31"
    assert years_later("2022-09-23", 3) == "2025-09-22"
    assert years_later("2024-02-29", 1) == "2025-02-28"


LETTER = (
    "{title}\n{number}\n各市、县人民政府：\n现将《某方案》印发给你们，请认真组织实施。\n"
    "四川省科学技术厅\n四川省财政厅\n2023年5月6日\n四川省成果转化行动方案\n（2023—2025年）\n一、总体要求\n二、任务\n"
)


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("四川省成果转化条例\n第一条 为了转化，制定本条例。", "四川省成果转化条例"),
        ("# 四川省成果转化办法\n\n第一条 总则。", "四川省成果转化办法"),
        (
            "关于促进成果转化的若干措施（试行）\n（征求意见稿）\n一、目标",
            "关于促进成果转化的若干措施（试行）（征求意见稿）",
        ),
        ("附件\n关于加强队伍建设的实施意见\n（征求意见稿）\n一、目标", "关于加强队伍建设的实施意见（征求意见稿）"),
        (
            "四川省人民政府办公厅关于印发\n四川省转移体系建设方案的通知\n川办发〔2018〕1号\n一、目标",
            "四川省转移体系建设方案",
        ),
        ("四川省技术转移体系\n建设方案\n为做好工作，制定本方案。\n一、目标", "四川省技术转移体系建设方案"),
        ("关于加强技术经理人\n队伍建设的实施意见\n一、目标", "关于加强技术经理人队伍建设的实施意见"),
        (
            LETTER.format(
                title="四川省科学技术厅等2部门关于印发《四川省成果转化行动方案（2023—2025年）》的通知", number=""
            ),
            "四川省成果转化行动方案（2023—2025年）",
        ),
        ("关于公开征求《某市转化办法（征求意见稿）》意见的公告\n现公开征求意见。", "某市转化办法（征求意见稿）"),
        ("某省转化实施方案 某政发〔2017〕16号\n某省转化实施方案\n某政发〔2017〕16号\n一、要求", "某省转化实施方案"),
        ("关于开展2024年度机构认定工作的通知\n各有关单位：\n一、对象", "关于开展2024年度机构认定工作的通知"),
        ("首页>政策>科技\n名称：某市技术市场管理办法\n第一条 总则。", "某市技术市场管理办法"),
        ("企业可以享受哪些政策？\n问：有哪些补助？\n答：见下。", "企业可以享受哪些政策？"),
    ],
)
def test_titles(raw: str, title: str) -> None:
    card = card_of(raw)
    assert card.title == title
    assert dict(card.inferred)["title"]


@pytest.mark.parametrize(
    "raw",
    [
        "为深入实施创新驱动发展战略，结合实际，特制定本办法。\n一、目标\n到2025年，建成体系。",
        "第三十一条 技术成果参与转化的，从其约定。",
        "",
        "。",
    ],
)
def test_a_text_without_a_title_keeps_the_name_of_its_file(raw: str) -> None:
    card = card_of(raw, "我的文件.txt")
    assert card.title == "我的文件"
    assert "title" not in dict(card.inferred)


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("某方案\n黑政发〔2017〕16号\n一、要求", "黑政发〔2017〕16号"),
        ("某方案 黑政发[2017]16 号\n一、要求", "黑政发〔2017〕16号"),
        ("川科成（2018）第3号\n某方案\n一、要求", "川科成〔2018〕第3号"),
        ("文 号：咸科办〔2025〕1号发布日期：2025年3月20日\n某市转化方案\n一、要求", "咸科办〔2025〕1号"),
        ("四川省人民政府令\n第345号\n四川省转化办法\n第一条 总则。", "四川省人民政府令第345号"),
        ("四川省人民政府令第345号\n四川省转化办法\n第一条 总则。", "四川省人民政府令第345号"),
        ("中华人民共和国主席令（第三十二号）\n转化法\n第一条 总则。", "中华人民共和国主席令第三十二号"),
        ("某方案\n根据《国家方案》（国发〔2017〕44号）精神，制定本方案。\n一、要求", None),
        ("某方案\n按照国发〔2017〕44号文件要求，制定本方案。\n一、要求", None),
    ],
)
def test_the_number_is_the_texts_own(raw: str, number: str | None) -> None:
    assert card_of(raw).doc_number == number


def test_a_letter_with_two_signatures() -> None:
    card = card_of(
        LETTER.format(title="关于印发《四川省成果转化行动方案（2023—2025年）》的通知", number="川科发〔2023〕8号")
    )
    assert card.issuers == ("四川省科学技术厅", "四川省财政厅")
    assert card.issued == "2023-05-06"
    assert (card.region, card.region_code, card.level) == ("四川", "510000", Level.PROVINCE)
    assert (card.valid_from, card.valid_to) == ("2023", "2025")
    assert card.status is Status.UNKNOWN  # that it still holds is more than it can say
    why = dict(card.inferred)
    assert "四川省财政厅" in why["issuers"]
    assert "2023年5月6日" in why["issued"]


def test_a_deadline_takes_its_year_from_the_signature() -> None:
    letter = "关于《某条例（草案）》公开征求意见的公告\n请于7月30日前反馈意见。\n江苏省科技厅\n2025年7月1日"
    card = card_of(letter)
    assert (card.title, card.comment_to) == ("某条例（草案）", "2025-07-30")
    assert card_of(letter.replace("7月1日", "12月1日")).comment_to is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("四川省科技厅 四川省财政厅", ("四川省科技厅", "四川省财政厅")),
        ("四川省科技厅、四川省财政厅", ("四川省科技厅", "四川省财政厅")),
        ("中共四川省委 四川省人民政府", ("中共四川省委", "四川省人民政府")),
        ("科技部 教育部", ("科技部", "教育部")),
        ("国务院办公厅", ("国务院办公厅",)),
        ("北京市科学技术委员会、中关村科技园区管理委员会", ("北京市科学技术委员会、中关村科技园区管理委员会",)),
        ("省科技厅", ("四川省科技厅",)),
    ],
)
def test_signatures_on_one_line_are_parted(line: str, names: tuple[str, ...]) -> None:
    card = card_of(f"四川省某通知\n各单位：\n请执行。\n{line}\n二〇二三年五月六日")
    assert card.issuers == names


def test_an_order_is_issued_by_whom_it_names() -> None:
    card = card_of("浙江省人民政府令第388号\n现予公布，自2022年1月1日起施行。\n浙江省转化办法\n第一条 总则。")
    assert (card.issuers, card.valid_from, card.title) == (("浙江省人民政府",), "2022-01-01", "浙江省转化办法")


@pytest.mark.parametrize(
    ("preamble", "issued", "issuers"),
    [
        (
            ["2017年4月20日 上海市第十四届人民代表大会常务委员会第三十七次会议通过"],
            "2017-04-20",
            "上海市人民代表大会常务委员会",
        ),
        (
            [
                "2010年1月2日 上海市第十三届人大常委会第三次会议通过",
                "2024年5月10日上海市第十六届人大常委会第二次会议修订",
            ],
            "2024-05-10",
            "上海市人民代表大会常务委员会",
        ),
        (
            [
                "2010年1月2日 上海市第十三届人大常委会第三次会议通过",
                "2016年5月10日上海市第十四届人大常委会第二次会议《关于修改部分地方性法规的决定》修正",
            ],
            "2010-01-02",
            "上海市人民代表大会常务委员会",
        ),
        (
            [
                "2011年6月28日青岛市第十四届人民代表大会常务委员会第二十八次会议通过",
                "2011年7月29日山东省第十一届人民代表大会常务委员会第二十五次会议批准",
                "2011年10月1日施行",
            ],
            "2011-07-29",
            "青岛市人民代表大会常务委员会",
        ),
    ],
)
def test_the_history_of_a_statute(preamble: list[str], issued: str, issuers: str) -> None:
    card = card_of(
        "\n".join(["某条例", *preamble, "第一条 为了转化，制定本条例。", "第二条 本条例自2025年1月1日起施行。"])
    )
    assert (card.issued, card.issuers) == (issued, (issuers,))
    assert card.valid_from == "2025-01-01"


def test_amendments_that_make_no_new_version_are_noted() -> None:
    card = card_of(
        "某条例\n2010年1月2日上海市第十三届人大常委会第三次会议通过\n"
        "2016年5月10日上海市第十四届人大常委会第二次会议《关于修改部分地方性法规的决定》修正\n第一条 总则。"
    )
    assert card.notes == ("正文已收入2016-05-10的修正。",)


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("第九条 本办法自2022年1月1日起施行，有效期5年。", "2022-01-01", "2026-12-31"),
        ("本办法自2022年1月1日起施行，有效期至2025年12月31日。", "2022-01-01", "2025-12-31"),
        ("本措施自印发之日起施行，有效期三年。", "2021-12-30", "2024-12-29"),
        ("本条例自2018年1月1日起施行。2001年5月24日通过的《某条例》同时废止。", "2018-01-01", None),
        ("有效期内的专利自2018年1月1日起执行优惠。", None, None),
        ("企业自2018年1月1日起实施的项目，给予补助。", None, None),
    ],
)
def test_validity(line: str, first: str | None, last: str | None) -> None:
    card = card_of(f"某市转化办法\n一、目标\n某市科技局\n2021年12月30日\n二、附则\n{line}")
    assert (card.valid_from, card.valid_to) == (first, last)


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("本次征求意见时间为2024年10月18日至2024年11月17日。", "2024-10-18", "2024-11-17"),
        ("公开征求意见，时间为2024年10月18日至11月17日。", "2024-10-18", "2024-11-17"),
        ("征求意见时间：2024年10月18日—28日。", "2024-10-18", "2024-10-28"),
        ("请于2024年11月17日前将意见反馈至市科技局。", None, "2024-11-17"),
        ("意见反馈截止时间：2024年11月17日。", None, "2024-11-17"),
        ("请于7月30日前将意见反馈至市科技局。", None, None),  # of which year?
        ("请提出宝贵意见。", None, None),
    ],
)
def test_comment_period(line: str, first: str | None, last: str | None) -> None:
    card = card_of(
        f"关于公开征求《某市转化办法（征求意见稿）》意见的公告\n{line}\n联系人：李老师，028-12345678\n某市科技局"
    )
    assert card.status is Status.DRAFT
    assert (card.comment_from, card.comment_to) == (first, last)
    assert card.notes == ("反馈意见的联系方式：李老师，028-12345678",)


@pytest.mark.parametrize(
    ("raw", "region", "code", "level"),
    [
        ("成都市成果转化方案\n一、目标", "成都", "510000", Level.CITY),
        ("江苏省苏州市转化方案\n一、目标", "苏州", "320000", Level.CITY),
        ("北京市海淀区人民政府关于支持转化的若干措施\n一、目标", "北京海淀区", "110000", Level.DISTRICT),
        ("重庆市技术市场条例\n第一条 总则。", "重庆", "500000", Level.PROVINCE),
        ("中华人民共和国转化法\n第一条 总则。", "全国", "000000", Level.NATION),
        ("国务院关于印发国家技术转移体系建设方案的通知\n国发〔2017〕44号\n一、目标", "全国", "000000", Level.NATION),
        ("关于支持转化的若干措施\n川办发〔2020〕1号\n一、目标", "四川", "510000", Level.PROVINCE),
        ("吉林市转化方案\n一、目标", "吉林市", "220000", Level.CITY),
        ("吉林省转化方案\n一、目标", "吉林", "220000", Level.PROVINCE),
        ("凉山彝族自治州转化方案\n一、目标", "凉山", "510000", Level.CITY),
        ("关于支持转化的若干措施\n结合赣州市实际，制定本措施。\n一、目标", "赣州", "360000", Level.CITY),
        ("关于支持转化的若干措施\n结合四川实际，我市制定本措施。\n一、目标", None, None, Level.UNKNOWN),  # which city?
        ("发展转化\n一、目标\n山东省支持。山东省奖励。在山东推动，我市负责，全市推进。", None, None, Level.UNKNOWN),
        ("发展转化\n一、目标\n山东省支持。山东省奖励。在山东推动，全省推进。", "山东", "370000", Level.PROVINCE),
        ("关于支持转化的若干措施\n青政发〔2020〕1号\n一、目标", None, None, Level.UNKNOWN),  # 青海 or 青岛
        ("关于支持转化的若干措施\n县科技部门和科技部门负责。\n一、目标", None, None, Level.UNKNOWN),
        ("京津冀与长三角技术转移协作方案\n加强北京、天津、河北的协作。\n一、目标", None, None, Level.UNKNOWN),
    ],
)
def test_region_and_level(raw: str, region: str | None, code: str | None, level: Level) -> None:
    card = card_of(raw)
    assert (card.region, card.region_code, card.level) == (region, code, level)
    assert ("region" in dict(card.inferred)) == (region is not None)


def test_a_place_keeps_its_suffix_apart() -> None:
    text = "四川省科技厅与内蒙古自治区、成都市"
    assert [(text[start:end], place.name) for start, end, place in places_in(text)] == [
        ("四川省", "四川"),
        ("内蒙古自治区", "内蒙古"),
        ("成都市", "成都"),
    ]


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(LETTER.split("\n")),
            st.sampled_from(
                [
                    "2022年9月23日",
                    "附件",
                    "《",
                    "）",
                    "〔2020〕1号",
                    "联系人：",
                    "本办法自2022年2月29日起施行",
                    "有效期5年",
                ]
            ),
            st.text(max_size=30),
        ),
        max_size=20,
    ).map("\n".join)
)
def test_any_text_gives_a_card_whose_fields_are_explained(raw: str) -> None:
    card = card_of(raw)
    assert card.title
    assert card.slug == "试"  # the name of a document never depends on its words
    why = dict(card.inferred)
    for field in ("region", "doc_number", "issuers", "issued", "valid_from", "valid_to", "comment_from", "comment_to"):
        assert bool(getattr(card, field)) == (field in why), field
    for day in (card.issued, card.valid_from, card.valid_to, card.comment_from, card.comment_to):
        assert day is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", day)
    again = card_of(raw)
    assert again == card
