"""Faults of form planted in clean drafts: numbers, titles, references, dates, punctuation, words, length."""

from __future__ import annotations

import random
import re

from planting import Planted, change, kind, pick, replaced, sentence

_DIGITS = "一二三四五六七八九十"


_ITEM = re.compile(r"　　（[一二三四五六七八九]）|　　第[一二三四五六七八九十]+条")


@kind("numbering/gap")
def _gap(text: str, chance: random.Random) -> Planted | None:
    """Leave out a numbered paragraph that stands between two others of its list."""
    lines = text.split("\n")
    places = [
        at
        for at in range(1, len(lines) - 1)
        if all(
            re.match(r"　　（[一二三四五六七八九]）|　　第[一二三四五六七八九十]+条", lines[at + step])
            for step in (0, 1)
        )
        and re.match(r"　　（[一二三四五六七八]）|　　第[一二三四五六七八九十]+条", lines[at - 1])
        and lines[at][2] == lines[at + 1][2] == lines[at - 1][2]
        and lines[at].endswith(("。", "；"))
        and not lines[at].startswith(("　　（一）",))
    ]
    if not places:
        return None
    at = chance.choice(places)
    made = "\n".join([*lines[:at], *lines[at + 1 :]])
    start = sum(len(line) + 1 for line in lines[:at])
    return Planted(made, ((start, start + len(lines[at + 1])),), ("N2", "N6"))


@kind("numbering/repeat")
def _repeat(text: str, chance: random.Random) -> Planted | None:
    found = [
        match
        for match in re.finditer("^　　（([二三四五六七八])）", text, re.MULTILINE)
        if f"（{_DIGITS[_DIGITS.index(match[1]) - 1]}）" in text[: match.start()]
    ]
    if not found:
        return None
    match = chance.choice(found)
    return replaced(text, match.start(1), match.end(1), _DIGITS[_DIGITS.index(match[1]) - 1], "N2", "N6", around=40)


change("numbering/bracket", "^　　(（[一二三四五六]）)", lambda match: f"({match[1][1]})", "N5", "P1", "N4")
change("numbering/mark-bracket", "^　　（[一二三四五六]）()(?=[^\\n]{2})", "、", "N4")
change("numbering/mark-arabic", "^　　\\d(\\.)", "、", "N4", "N10")
change("numbering/mark-chinese", "^　　[一二三四](、)", "．", "N4")
change(
    "numbering/article-script",
    "^　　第([二三四五六七八])条",
    lambda match: str(_DIGITS.index(match[1]) + 1),
    "N6",
    "N2",
)
change("numbering/series", "^　　\\d(\\.)", "）", "N1", "N4", "N10")


@kind("numbering/malformed")
def _malformed(text: str, chance: random.Random) -> Planted | None:
    match = pick(text, "^　　第(十)([一二三四五六])条", chance)
    return match and replaced(text, match.start(1), match.end(1), "一十", "N7", "N2", around=3)


sentence(
    "reference/article",
    ("违反本办法第九十条的，责令改正。", "具体程序依照本办法第七十六条执行。"),
    "N8",
    fault="本办法第.{2,4}条",
)
sentence("reference/enclosure", ("具体要求见附件7。", "格式见附件9。"), "N8", fault="附件\\d")
sentence(
    "enumeration/count",
    (
        "各单位应当做好以下五项工作：一是摸底，二是登记，三是核验，四是公布。",
        "重点抓好三个方面：一是机构建设，二是人才培养。",
        "建立下列四项制度：一是会商，二是通报，三是督查，四是问责，五是评估。",
    ),
    "N9",
)
change("enclosure/title", "^概念验证项目(汇总表)$", "统计表", "N10")
change("items/end", "^　　（[一二三]）[^\\n]{4,}(；)$", "，", "N11")


@kind("heading/full-stop")
def _heading_stop(text: str, chance: random.Random) -> Planted | None:
    found = list(re.finditer("^　　[一二三四]、[^\\n。]{2,12}$", text, re.MULTILINE))
    if len(found) < 3:
        return None
    match = chance.choice(found)
    return replaced(text, match.end(), match.end(), "。", "N12", "P12", around=6)


change("number/brackets", "^[^\\n　]{2,6}(〔2026〕)\\d+号$", "[2026]", "D1")
change("number/zero", "^[^\\n　]{2,6}〔2026〕()\\d+号$", "0", "D1")
change("number/ordinal", "^[^\\n　]{2,6}〔2026〕()\\d+号$", "第", "D1")
change("number/year", "^[^\\n　]{2,6}〔(2026)〕\\d+号$", "26", "D1")
change("title/kind", "^[^　\\n]{6,}(的实施意见|的通知)$", "", "D4")
change("addressee/colon", "^各[^\\n]{6,}(：)$", "", "D12")
change("date/zero", "^2026年()\\d月\\d{1,2}日$", "0", "D7")
change("date/zero-body", "2026年()\\d月\\d{1,2}日(?=[前起])", "0", "D7")
sentence(
    "date/impossible",
    ("有关材料于2026年4月31日前报送。", "应当于2027年2月30日前完成。", "名单在2026年13月5日前公布。"),
    "D8",
)
change("date/validity", "有效期(\\d)年，至", lambda match: str(int(match[1]) + 2), "D8")
sentence(
    "citation/order",
    (
        "按照国办发〔2021〕26号《关于完善科技成果评价机制的指导意见》执行。",
        "落实国发〔2024〕8号文件《关于优化环境的意见》要求。",
    ),
    "D9",
)
sentence("shortname/undeclared", ("按照《管理办法》执行。", "与《实施细则》不一致的，从其规定。"), "D10")
sentence(
    "shortname/unused",
    ("委托省技术市场协会（以下简称省技术协会）承担。", "由成果转化专家委员会（以下简称专委会）评议。"),
    "D10",
)
sentence(
    "titles/comma",
    ("同时落实《科技成果登记办法》、《技术合同认定规则》。", "执行《科普条例》、《专利条例》、《种子条例》。"),
    "D11",
)
change("effect/missing", "自2026年\\d+月\\d+日起(施行|实施)，有效期", "有效", "D14")
change("punct/half-comma", "[\\u4e00-\\u9fff](，)[\\u4e00-\\u9fff]", ",", "P1")
change("punct/half-semicolon", "[\\u4e00-\\u9fff](；)$", ";", "P1", "N11")
change("punct/half-bracket", "[\\u4e00-\\u9fff](（)[\\u4e00-\\u9fff]", "(", "P1")
change("punct/straight-quote", "(“[^”\\n]{2,6}”)", lambda match: f'"{match[1][1:-1]}"', "P2")
change("punct/unpaired", "^　　[^\\n]*[\\u4e00-\\u9fff](）)。?$", "", "P2a")
sentence(
    "range/unit",
    ("设备投入为3～8亿元。", "补贴比例为10～25%。", "每项给予20—50万元支持。"),
    "P3",
    fault="\\d+[～—]\\d+.",
)
sentence("approx/comma", ("材料补正应当在两、三日内完成。", "每年走访四、五次。", "组织六、七家机构参加。"), "P4")
sentence(
    "approx/stacked",
    ("带动就业近2000余人。", "占比约30%左右。", "参加单位超过80家以上。", "比例不低于15%以上。"),
    "P5",
)
sentence("numeral/mixed", ("安排资金2千5百万元。", "支持4百20家企业。", "带动投资1百50万元。"), "P6")
sentence("year/zero", ("自二0二七年起执行。", "到二O二八年全面完成。"), "P8")
sentence("ellipsis/etc", ("包括仪器、软件、数据……等资源。",), "P10")
change("days/mixed", "(公示期为5个工作日)", "公示期为5个工作日，公示满5日", "P15")
sentence("residue/bookmark", ("[bookmark: _Hlk123456]", "错误!未找到引用源。", "&nbsp;"), "R1")
sentence("residue/bold", ("**重点任务**应当按期完成。", "**有关材料**由各单位留存。"), "R7", fault="\\*\\*")
change("residue/page-number", "^()　　（二）", "— 2 —\n", "R6")
sentence("punct/doubled", ("服务清单定期更新。。", "加强统筹，，压实责任。"), "P2b", fault="。。|，，")
sentence("words/doubled", ("定期公布办理办理情况。", "加强对服务机构的的指导。"), "T2", fault="办理办理|的的")
sentence("residue/image", ("（见image3.jpeg）", "（见图片2.png）"), "R1")
change("residue/invisible", "[\\u4e00-\\u9fff]()[\\u4e00-\\u9fff]", "\u200b", "R2")
change("residue/blank", "，[\\u4e00-\\u9fff]{3}()[\\u4e00-\\u9fff]{3}[^\\n]{10,}。", " ", "R3")
sentence("formula/missing", ("为做好有关工作，特定本方案。", "结合实际，特定本细则。"), "T1")
sentence("citation/repealed", ("依照《中华人民共和国合同法》签订合同。", "公文格式执行GB/T 9704-1999。"), "C5", "D9")
sentence(
    "citation/wrong-number",
    (
        "落实《促进科技成果转移转化行动方案》（国办发〔2017〕28号）。",
        "依据《政府网站发展指引》（国办发〔2017〕74号）公开信息。",
    ),
    "C5a",
)
sentence(
    "numeral/two-forms",
    ("培养周期两年，2年期满组织考核。", "预付六个月租金，6个月后按季支付。", "首批认定八家，8家均签订承诺书。"),
    "P7",
)
change("word/misused", "银行(账户)", "帐户", "P16")
sentence("word/misused-2", ("其它事项另行规定。", "按照统一布署推进。", "截止目前已有三批。"), "P16")
change("caption/stop", "^　　[^\\n]{12,}?。\\n()(?=　　)", "表1　经费安排。\n", "P12")
change(
    "numbering/climbing",
    "^　　1\\.[^\\n]+\\n()(?=　　2\\.)",
    "　　（一）受理材料。\n　　（二）组织评审。\n",
    "N3",
    "N2",
)
change("blank/left", "^　　[^\\n]{12,}?[^；：\\n]()。$", "，咨询电话××××××××", "D3")
change("title/regulation", "^[^　\\n]{6,}(办法)$", "条例", "D4a")


@kind("page/furniture")
def _furniture(text: str, chance: random.Random) -> Planted | None:
    """What a web page puts above a text."""
    above = chance.choice(
        ("当前位置：首页 > 信息公开 > 规范性文件\n", "发布机构：云溪省科学技术厅\n", "【字体：大 中 小】\n打印 关闭\n")
    )
    return Planted(above + text, ((0, len(above)),), ("R5",))


@kind("title/sent")
def _sent(text: str, chance: random.Random) -> Planted | None:
    """A letter that sends the text under another kind of document."""
    title = text.split("\n", 1)[0].strip()
    kind = re.search("(?:办法|细则|方案|措施|意见|规定)$", title)
    if kind is None or not 8 <= len(title) <= 40:
        return None
    named = title[: kind.start()] + ("规则" if kind.group() != "规定" else "办法")
    letter = f"关于印发《{named}》的通知\n各有关单位：\n　　现印发给你们。\n\n云溪省科学技术厅\n2026年3月2日\n\n"
    return Planted(letter + text, ((0, len(letter) + len(title)),), ("D4b",))


change("title/mark", "^[^　\\n]{4,}关于[^　\\n]{4}()[^　\\n]+(?:意见|通知)$", "；", "D5")
sentence(
    "draft-mark/outside",
    ("同步修改《创新券管理规程》（征求意见稿）。", "与《概念验证中心认定条件》（草案）做好衔接。"),
    "D6",
    fault="》（[^）]+）",
)


@kind("report/request")
def _request(text: str, chance: random.Random) -> Planted | None:
    """A report that ends by asking for a decision."""
    made, changed = re.subn(
        "(?<=关于)([^　\\n]{4,40}的)(?:实施意见|通知)$", r"\1报告", text, count=1, flags=re.MULTILINE
    )
    match = pick(made, "^　　[^\\n]{12,}?[^；：\\n]。$", chance)
    if not changed or match is None:
        return None
    words = "以上事项妥否，请批示。"
    made = made[: match.end()] + words + made[match.end() :]
    return Planted(made, ((match.end(), match.end() + len(words)), (0, made.index("\n"))), ("D13",))


sentence(
    "orders/below",
    ("各县（区）人民政府应当安排配套经费。", "各市（州）人民政府须建立工作专班。"),
    "D13a",
    needs="厅关于",
)
sentence(
    "titles/no-work",
    ("承办《全省成果对接大会》。", "向合格人员颁发《技术经理人培训证书》。", "组织参加《创新创业大赛》。"),
    "P11",
    fault="《[^》]+》",
)
sentence("numeral/two-forms", ("市县两级按比例分担，补助比例不超过百分之四十。",), "P7", fault="百分之四十", needs="%")
change("residue/spaced", "^([\\u4e00-\\u9fff]{6,12}(?:厅|政府|委员会))$", lambda match: " ".join(match[1]), "R4")


@kind("length/long")
def _long(text: str, chance: random.Random) -> Planted | None:
    """Six thousand characters more of what nobody needs."""
    match = pick(text, "^　　[^\\n]{30,}?[^；：\\n]。$", chance)
    if match is None or not re.search("意见|通知|方案", text[:60]):
        return None
    filling = "".join(
        f"\n　　要从第{at}个角度深刻认识技术转移的重要意义，切实增强使命感和紧迫感。" for at in range(2, 190)
    )
    return Planted(text[: match.end()] + filling + text[match.end() :], (), ("C8b",), anywhere=True)
