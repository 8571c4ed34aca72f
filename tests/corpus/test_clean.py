"""What cleaning promises: it deletes or replaces one by one, says what it took, and changes nothing twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from from_text import text_in
from hypothesis import given, settings
from hypothesis import strategies as st
from places import DOCUMENTS, SHARED

from analysis.corpus.characters import SIMPLIFIED, TABLE
from analysis.corpus.clean import clean

DEV = SHARED / "dev" / "texts"
SEEDS = sorted(DOCUMENTS.glob("*/*.txt"))

# The replacements that are allowed, beside those of the table of characters.
PAIRS = {
    *zip(",;:!?()", "，；：！？（）", strict=True),
    *(('"', "“"), ('"', "”"), ("\n", " "), ("\r", "\n"), ("\r", " ")),
}

WORDS = (
    "技术 转移 成果 的 一 年 亿元 省科技厅 附件 到2027年 8000 30 % 0.3 1,000 技術 轉移 億元 條 乾 後 "
    "一、总体要求 （一） 第三条 1. 2． ——坚持 1+4+N “互联网+” 10:30 Python 3D a@b.cn ⼀ ⾦ \uf900 ２０２７ ％ ① ㎡ 𠀀 "
    '， 。 ； ： , ; : ! ? ( ) （ ） " “ ” 、 《 》 来源： 登录|注册 ≥ （fā） (shù) （de） （a） [1] 1︰1 '
)
PIECES = st.sampled_from(
    [
        *WORDS.split(),
        *("( 二)", "第一章 总则", "AI tools", "[注2] ", "20 2", "≥ 6家", "指标 ", " ≥", " 浏览次数：12"),
        *(" ", "  ", "\t", "\u3000", "\u00a0", "\n", "\n\n", "\r\n", "\r", "\f", "\u2028", "\ufeff", "\u200b", "\x00"),
        *("\n— 2 —\n", "\n第 3 页 共 9 页\n", "\n图片_1.png\n", "[bookmark: _GoBack]", "<!-- x -->", "\n## ", "# # "),
        *("\n首页 > 政务公开\n", "\n【字体：大 中 小】", "\n上一篇：", "\n数量指标 举办场次 3次\n"),
        "优先从制造强省资金中对新认定的国家级战略性新兴产业集群给予奖补",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=80))


@settings(deadline=None)
@given(TEXTS)
def test_cleaning_only_deletes_or_replaces(raw: str) -> None:
    cleaned = clean(raw)
    assert len(cleaned.text) == len(cleaned.offsets)
    assert all(low < high for low, high in zip(cleaned.offsets, cleaned.offsets[1:], strict=False))
    for character, offset in zip(cleaned.text, cleaned.offsets, strict=True):
        known = raw[offset]
        plain = TABLE.get(ord(known), known)
        allowed = (known, plain, SIMPLIFIED.get(plain))
        assert character in allowed or (known, character) in PAIRS or (plain, character) in PAIRS


@settings(deadline=None)
@given(TEXTS)
def test_cleaning_is_idempotent(raw: str) -> None:
    once = clean(raw)
    twice = clean(once.text)
    assert twice.text == once.text
    assert list(twice.offsets) == list(range(len(once.text)))
    assert twice.removed == ()


@settings(deadline=None)
@given(TEXTS)
def test_every_character_is_kept_or_told(raw: str) -> None:
    cleaned = clean(raw)
    told = {at for cut in cleaned.removed for at in range(cut.start, cut.end)}
    assert told | set(cleaned.offsets) == set(range(len(raw)))
    assert all(cut.words == raw[cut.start : cut.end] and cut.reason for cut in cleaned.removed)


@settings(deadline=None)
@given(TEXTS)
def test_no_line_is_blank_or_padded(raw: str) -> None:
    for line in clean(raw).text.split("\n"):
        assert line == line.strip(" \t\r")
    assert "\n\n" not in clean(raw).text


EXAMPLES = {
    "marks and spaces": [
        ("科技成果转 化服务", "科技成果转化服务"),
        ("北京 市 人 才 工 作 局", "北京市人才工作局"),
        ("( 一)大力培养", "（一）大力培养"),
        ("人才( 团队)。", "人才（团队）。"),
        ("到 2027 年,力争8000 人以上", "到2027年，力争8000人以上"),
        ("联系人:张老师,028-86731029,a@163.com", "联系人：张老师，028-86731029,a@163.com"),
        ("(2022—2025年)", "（2022—2025年）"),
        ("给予1,000万元(含)补助", "给予1,000万元（含）补助"),
        ("3. 5万元以上", "3. 5万元以上"),
        ("10:30至11:00开会", "10:30至11:00开会"),
        ("见http://www.a.cn/b?c=1", "见http://www.a.cn/b?c=1"),
        ("比例为70 %。", "比例为70%。"),
        ("发挥“1+4+N”引领、“中国制造2025” “互联网+”行动", "发挥“1+4+N”引领、“中国制造2025”“互联网+”行动"),
        ("用 Open Source 软件", "用Open Source软件"),
        ("⾦额２０％", "金额20%"),
        ('实施"创新引领"战略', "实施“创新引领”战略"),
        ("[bookmark: _GoBack]各地区", "各地区"),
        ("正文。\n\n\n微信图片_2017.png", "正文。"),
        ("## 第一章　总　　则", "第一章 总则"),
        ("第一条　为了促进转化", "第一条 为了促进转化"),
        ("建设实施方案 某政发〔2017〕16号\n正文", "建设实施方案 某政发〔2017〕16号\n正文"),
        ("\ufeff标题\r\n正文。\r\n", "标题\n正文。"),
        ("national\ninnovation 中心，\n建设", "national\ninnovation中心，建设"),
        ("第三條　技術轉移機構成交額達到10億元後，給予獎勵。", "第三条 技术转移机构成交额达到10亿元后，给予奖励。"),
        ("支持乾县建设技术转移机构", "支持乾县建设技术转移机构"),
        ("给予1∶1配套，按1︰2安排", "给予1∶1配套，按1:2安排"),
        ("给予最1高30万元，科1技部门，不*过2O万元", "给予最高30万元，科技部门，不超过20万元"),
        ("第1一季度，最1个月，O型血5O人", "第1一季度，最1个月，O型血50人"),
        ("", ""),
        ("\n \n", ""),
    ],
    "readings": [
        ("加大研发（fā）经（jīng）费（ fèi ）投入，当(dāng)年增长8%。", "加大研发经费投入，当年增长8%。"),
        ("這是產(chǎn)業(yè)項(xiàng)目，給予獎(jiǎng)勵(lì)。", "这是产业项目，给予奖励。"),
        ("绿（lǜ）色的（de）转（zhuɑ̌n）型", "绿色的转型"),
        # Letters in brackets that are no reading of the character before them.
        ("研发（R&D）投入占生产总值（GDP）比重", "研发（R&D）投入占生产总值（GDP）比重"),
        ("下载客户端（app），项目（a）、成熟度（DCMM）", "下载客户端（app），项目（a）、成熟度（DCMM）"),
        ("数量（ge）不限", "数量（ge）不限"),
        ("建设咖啡馆（café）一处", "建设咖啡馆（café）一处"),
        ("Han（hàn）", "Han（hàn）"),
    ],
    "footnotes": [
        ("建设技术转移机构[5]。新增企业[1][2]、平台[注3]40家[4]", "建设技术转移机构。新增企业、平台40家"),
        ("获得补助。[12] 另行通知", "获得补助。另行通知"),
        # A note itself, a document number, an interval, a year.
        ("[1]数据来自统计年鉴", "[1]数据来自统计年鉴"),
        ("某科发[17]号、某政发[2019]16号", "某科发[17]号、某政发[2019]16号"),
        ("取值范围[1,5]", "取值范围[1,5]"),
    ],
    "cells": [
        (
            "产出指标  数量指标 新增科技企业数\t  ≥ 6 家\n服务指标 满意度指标 企业满意度 95 %",
            "产出指标 数量指标 新增科技企业数 ≥ 6家\n服务指标 满意度指标 企业满意度 95%",
        ),
        ("质量指标 按期完成率 ≥90%", "质量指标 按期完成率 ≥90%"),
        (
            "数量指标 举办活动场次 3次\n数量指标 培训人次数 200人",
            "数量指标 举办活动场次 3次\n数量指标 培训人次数 200人",
        ),
        ("技术交易项目数 全年促成项目数\n≥8项\n满意度\n≤5%", "技术交易项目数 全年促成项目数≥8项\n满意度≤5%"),
        # Scans with spaces, titles and sentences are no rows.
        ("高新技术企业 达到 500 家\n技术合同 总额 突破 500 亿元", "高新技术企业达到500家\n技术合同总额突破500亿元"),
        ("某省人民政府 关于印发 某某方案的通知", "某省人民政府关于印发某某方案的通知"),
        ("数量指标 举办活动场次 3次", "数量指标举办活动场次3次"),
        ("到 2025 年 高新技术企业 总数 500 家\n中试 平台 5 家", "到2025年高新技术企业总数500家\n中试平台5家"),
    ],
    "numbers": [
        ("到 20 25 年，占比 0. 8% 以上，强度 1 .94 %", "到2025年，占比0.8%以上，强度1.94%"),
        ("2 0 2 7年", "2027年"),
        ("2.  5家机构", "2. 5家机构"),
        ("编号 20 25 号", "编号20 25号"),
    ],
    "odd spaces": [
        ("技术\u200b转移\ufeff机构\u3000\u3000建设，\u2800平台\ufffc5\u3164家", "技术转移机构建设，平台5家"),
        ("\uf06c支持企业", "支持企业"),  # a bullet of a symbol font
        ("Open\u200b Source\u3000tools", "Open Source tools"),
    ],
}


@pytest.mark.parametrize(("raw", "text"), [pair for pairs in EXAMPLES.values() for pair in pairs])
def test_examples(raw: str, text: str) -> None:
    assert clean(raw).text == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("首页 > 政务公开 > 正文\n某市行动方案\n一、总体要求", "某市行动方案\n一、总体要求"),
        ("您好,欢迎来到某某网|免费注册\n某市行动方案", "某市行动方案"),
        ("某市行动方案\n【打印】 【字体：大 中 小】\n浏览次数：123\n正文。", "某市行动方案\n正文。"),
        (
            "来源：某市科技局　发布时间：2022-02-15　【打印】 【字体：\n正文。",
            "来源：某市科技局发布时间：2022-02-15\n正文。",
        ),
        ("首页> 政策法规 >某省关于印发《某某行动方案》的通知\n正文。", "某省关于印发《某某行动方案》的通知\n正文。"),
        (
            "到2027年,成交额500亿元,\n扫一扫在手机打开当前页\n企业1万家,\n更多政策请下载『某某』  App 搜索\n平台5家。",
            "到2027年，成交额500亿元，企业1万家，平台5家。",
        ),
        ("正文。\n上一篇：某市出台新政\n下一篇：没有了\n责任编辑：张三\n版权所有：某网 某ICP备00000000号", "正文。"),
        # What carries title, number, date or issuer stays, and so do sentences that share a word with a site.
        ("发布日期：2025-01-02\n索引号：0001/2025-1", "发布日期：2025-01-02\n索引号：0001/2025-1"),
        ("支持企业分享数据。\n欢迎各类机构来到某市投资。", "支持企业分享数据。\n欢迎各类机构来到某市投资。"),
        ("占比>5%\n首页的设计\n版权所有人应当登记", "占比>5%\n首页的设计\n版权所有人应当登记"),
    ],
)
def test_what_a_site_puts_around_a_text_goes(raw: str, text: str) -> None:
    cleaned = clean(raw)
    assert cleaned.text == text
    told = [cut for cut in cleaned.removed if cut.reason == "网页栏目"]
    assert bool(told) == (text != raw)


SITE = "字号大小中 打印| 上一篇： 责任编辑： 财经> 分享微信微博 访问次数： 设为首页| 更多下载"


@pytest.mark.parametrize("words", [*SITE.split(), "首页 > ", "甲乙 "])
def test_words_of_a_site_many_times_over_are_read_at_once(words: str) -> None:
    # A pattern that could be matched in many ways would not come to an end here.
    raw = "\n".join(f"{start}{words * (230 // len(words))}，某" for start in ("", "当前位置：", "来源："))
    assert "，某" in clean(raw).text


def test_what_was_removed_has_its_reason() -> None:
    found = {(cut.reason, cut.words) for cut in clean("研发（fā）机构[5]").removed}
    assert found == {("注音", "（fā）"), ("脚注标记", "[5]")}


def test_page_break_in_mid_sentence() -> None:
    raw = "支持有条件的高等院校、研发机构建设专业化队伍，明确\n\n— 3 —\n\n其从事成果披露的职责。\n\n下一段。"
    cleaned = clean(raw)
    assert cleaned.text == "支持有条件的高等院校、研发机构建设专业化队伍，明确其从事成果披露的职责。\n下一段。"
    assert ("页码", "— 3 —") in [(cut.reason, cut.words) for cut in cleaned.removed]


def test_signature_and_headings_stay_apart() -> None:
    raw = "请结合实际，认真组织实施\n某某省科学技术厅\n2024年1月2日\n附件\n某某方案\n一、总体要求，完善体系\n坚持创新。"
    assert clean(raw).text == raw


def _laid_out(text: str, width: int, blank: bool, mark: str, margin: int) -> str:
    """``text`` as a page of ``width`` characters shows it: cut lines, page numbers between.

    Indents are lost where there is no margin; else first lines are four spaces further in.
    """
    rows: list[str] = []
    for paragraph in text.split("\n"):
        row, room = " " * (margin and margin + 4), width - 2
        for character in paragraph:
            size = 0.5 if character.isascii() else 1
            if room < size and character not in "，。、；：？！”’）》" and not character.isascii():
                rows.append(row)
                row, room = " " * margin, width
            row, room = row + character, room - size
        rows.append(row)
    for number, at in enumerate(range(20, len(rows), 21), 1):
        rows.insert(at, mark.format(number))
    return ("\n\n" if blank else "\n").join(rows)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    ("width", "blank", "mark", "margin"),
    [
        *((width, blank, "— {} —", 0) for width in (24, 28, 33) for blank in (False, True)),
        *((28, True, "{}", 0), (28, True, "                {}", 0), (28, True, "{}", 19), (28, True, "第{}页", 8)),
    ],
)
def test_layout_does_not_change_the_text(path: Path, width: int, blank: bool, mark: str, margin: int) -> None:
    # A full last line before a full first line cannot be told from a paragraph that goes on: a few may differ.
    text = clean(text_in(path)).text
    paragraphs = set(text.split("\n"))
    kept = paragraphs & set(clean(_laid_out(text, width, blank, mark, margin)).text.split("\n"))
    assert len(kept) >= 0.95 * len(paragraphs)


@pytest.mark.parametrize(
    "raw",
    [
        "序号\n名称\n1\n某某孵化器\n√\n2\n某某众创空间\n√\n3\n某某加速器",  # a table, one cell in each line
        "总体目标\n资金总额\n936\n当年资金总额：\n936",
        "到2027年，全省各类科技型中小企业和高新技术企业总数达到\n500\n家以上，技术合同成交额稳步增长并保持全国前列。",
        "数量指标\n新增高新技术企业\n15\n质量指标",
    ],
)
def test_numbers_of_a_table_or_a_sentence_are_no_page_numbers(raw: str) -> None:
    assert not [cut for cut in clean(raw).removed if cut.reason == "页码"]


def test_a_page_number_in_a_sentence_goes() -> None:
    above = "支持有条件的高等院校和研发机构建设专业化的队伍，明确"
    below = "其从事成果披露和转化服务工作的职责以及考核办法。"
    raw = f"{above}\n\n12\n\n{below}"
    assert "队伍，明确其从事" in clean(raw).text
    assert clean("Page 14 - 某省行动方案\nP. 14\n正文。\nPage 3 of 9").text == "某省行动方案\n正文。"


def test_a_line_further_in_fills_the_page_and_a_wide_one_is_a_title() -> None:
    margin = " " * 18
    cut = "具备条件的机构每年完成认定登记的技术合同金额达到一定数"
    rest = "额以上的由财政给予一次性奖励并在申报中予以优先支持的政策扶持待遇。"
    rows = [f"{margin}      {number}.{cut}\n{margin}{rest[:-3]}\n{margin}{rest[-3:]}" for number in range(1, 7)]
    title = "某某省人民政府办公厅关于印发某某省坚持创新引领推动产业高质量发展若干政策措施清单的通知"
    text = clean("\n".join([f"{title}\n{margin}支持建设。", *rows])).text
    assert text.split("\n")[:3] == [
        title,
        "支持建设。",
        f"1.{cut}{rest}",
    ]


@pytest.mark.skipif(not DEV.is_dir(), reason="开发集文本不在本机（../shared/gold/dev）")
def test_promises_hold_on_noisy_texts() -> None:
    for path in sorted(SHARED.glob("dev*/texts/*.txt")):
        raw = text_in(path)
        cleaned = clean(raw)
        assert clean(cleaned.text).text == cleaned.text, path.name
        told = {at for cut in cleaned.removed for at in range(cut.start, cut.end)}
        assert told | set(cleaned.offsets) == set(range(len(raw))), path.name


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        # A number cut by the edge of the page, and sentences that wait for theirs.
        ("到2025年底，全市培育技术转移示范机构、中试平台共50", "家以上，技术经理人300名。", True),
        ("全社会研发投入强度达到百分比要求，高新技术企业突破9", "00家，技术合同成交额稳步增长。", True),
        ("全省技术合同成交总额突破1000亿元，高新技术企业总数达到1", ".1万家，年均增长15%。", True),
        ("到2027年，全省技术合同成交额达到", "500亿元，平台5家。", True),
        ("对符合条件的高新技术企业给予", "50万元补助。", True),
        ("通讯地址：某某市某某路科技大厦综合办公楼达到", "1号楼", False),
        ("研发投入", "500万元", False),  # cells
    ],
)
def test_a_number_at_the_edge_of_the_page_stays_with_its_sentence(above: str, below: str, whole: bool) -> None:
    assert (above + below in clean(f"{above}\n{below}").text) == whole


def test_a_date_under_a_number_opens_its_own_line() -> None:
    text = clean("联系人：某某，某某科技成果转化与技术转移处，电话83012345\n2025年3月1日").text
    assert text.splitlines()[-1] == "2025年3月1日"


def test_a_page_of_short_items_is_joined_at_its_width() -> None:
    item = (
        "（{}）申请认定的机构应当依法设立并具有固定的办公场所和与其业务\n"
        "相适应的专职人员以及健全的内部管理制度和规范的服务流程并接受科学\n技术行政部门的指导。"
    )
    rows = "\n".join(item.format(number) for number in "一二三四五六七八")
    short = "\n".join(f"{number}.名称" for number in range(1, 25))
    text = clean(f"{rows}\n{short}").text
    assert "与其业务相适应的专职人员" in text
    assert "接受科学技术行政部门" in text
    assert "23.名称\n24.名称" in text
