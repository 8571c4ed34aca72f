"""Faults planted in clean drafts, each kind at many places: what the rules find of them, and what they raise wrongly.

Every kind is a function that takes a clean text and a source of chance and gives the text with one fault, where the
fault stands, and the rules that may report it; None where the text has no place for it. The words of the faults are not
those of the rules' own examples.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Planter = Callable[[str, random.Random], "Planted | None"]
KINDS: dict[str, Planter] = {}


@dataclass(frozen=True, slots=True)
class Planted:
    """A text with one fault: ``spans`` are where a finding may point, ``rules`` the ids that may report it.

    ``anywhere``: something is missing, and a finding may stand in any place. ``peers``: texts that it is held against,
    the first of them also as an earlier text of its place.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    rules: tuple[str, ...]
    anywhere: bool = False
    peers: tuple[str, ...] = ()


def _kind(name: str) -> Callable[[Planter], Planter]:
    def register(planter: Planter) -> Planter:
        KINDS[name] = planter
        return planter

    return register


def _replaced(text: str, start: int, end: int, words: str, *rules: str, around: int = 0) -> Planted:
    made = text[:start] + words + text[end:]
    return Planted(made, ((max(start - around, 0), start + max(len(words), 1) + around),), rules)


def _pick(text: str, pattern: str, chance: random.Random) -> re.Match[str] | None:
    found = list(re.finditer(pattern, text, re.MULTILINE))
    return chance.choice(found) if found else None


def _change(name: str, pattern: str, words: str | Callable[[re.Match[str]], str], *rules: str) -> None:
    """A kind that replaces the first group of a pattern (or all of it) somewhere."""

    def planter(text: str, chance: random.Random) -> Planted | None:
        match = _pick(text, pattern, chance)
        if match is None:
            return None
        group = 1 if match.re.groups else 0
        new = words if isinstance(words, str) else words(match)
        return _replaced(text, match.start(group), match.end(group), new, *rules, around=2)

    KINDS[name] = planter


def _sentence(name: str, sentences: tuple[str, ...], *rules: str, fault: str = "", needs: str = "") -> None:
    """A kind that adds a sentence to the end of a paragraph.

    ``fault`` is a pattern of the faulty words in it, ``needs`` words without which the text cannot have this fault.
    """

    def planter(text: str, chance: random.Random) -> Planted | None:
        match = _pick(text, r"^　　(?![^\n]{0,60}有效期)[^\n]{12,}?[^；：\n]。$", chance)
        if match is None or needs not in text:
            return None
        words = chance.choice(sentences)
        at = match.end()
        made = text[:at] + words + text[at:]
        inside = re.search(fault, words) if fault else None
        start, end = (at + inside.start(), at + inside.end()) if inside else (at, at + len(words))
        return Planted(made, ((start, end),), rules)

    KINDS[name] = planter


_DIGITS = "一二三四五六七八九十"


_ITEM = re.compile(r"　　（[一二三四五六七八九]）|　　第[一二三四五六七八九十]+条")


@_kind("numbering/gap")
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


@_kind("numbering/repeat")
def _repeat(text: str, chance: random.Random) -> Planted | None:
    found = [
        match
        for match in re.finditer("^　　（([二三四五六七八])）", text, re.MULTILINE)
        if f"（{_DIGITS[_DIGITS.index(match[1]) - 1]}）" in text[: match.start()]
    ]
    if not found:
        return None
    match = chance.choice(found)
    return _replaced(text, match.start(1), match.end(1), _DIGITS[_DIGITS.index(match[1]) - 1], "N2", "N6", around=40)


_change("numbering/bracket", "^　　(（[一二三四五六]）)", lambda match: f"({match[1][1]})", "N5", "P1", "N4")
_change("numbering/mark-bracket", "^　　（[一二三四五六]）()(?=[^\\n]{2})", "、", "N4")
_change("numbering/mark-arabic", "^　　\\d(\\.)", "、", "N4", "N10")
_change("numbering/mark-chinese", "^　　[一二三四](、)", "．", "N4")
_change("numbering/series", "^　　\\d(\\.)", "）", "N1", "N4")


@_kind("numbering/malformed")
def _malformed(text: str, chance: random.Random) -> Planted | None:
    match = _pick(text, "^　　第(十)([一二三四五六])条", chance)
    return match and _replaced(text, match.start(1), match.end(1), "一十", "N7", "N2", around=3)


_sentence(
    "reference/article",
    ("违反本办法第九十条的，责令改正。", "具体程序依照本办法第七十六条执行。"),
    "N8",
    fault="本办法第.{2,4}条",
)
_sentence("reference/enclosure", ("具体要求见附件7。", "格式见附件9。"), "N8", fault="附件\\d")
_sentence(
    "enumeration/count",
    (
        "各单位应当做好以下五项工作：一是摸底，二是登记，三是核验，四是公布。",
        "重点抓好三个方面：一是机构建设，二是人才培养。",
        "建立下列四项制度：一是会商，二是通报，三是督查，四是问责，五是评估。",
    ),
    "N9",
)
_change("enclosure/title", "^概念验证项目(汇总表)$", "统计表", "N10")
_change("items/end", "^　　（[一二三]）[^\\n]{4,}(；)$", "，", "N11")


@_kind("heading/full-stop")
def _heading_stop(text: str, chance: random.Random) -> Planted | None:
    found = list(re.finditer("^　　[一二三四]、[^\\n。]{2,12}$", text, re.MULTILINE))
    if len(found) < 3:
        return None
    match = chance.choice(found)
    return _replaced(text, match.end(), match.end(), "。", "N12", "P12", around=6)


_change("number/brackets", "^[^\\n　]{2,6}(〔2026〕)\\d+号$", "[2026]", "D1")
_change("number/zero", "^[^\\n　]{2,6}〔2026〕()\\d+号$", "0", "D1")
_change("number/ordinal", "^[^\\n　]{2,6}〔2026〕()\\d+号$", "第", "D1")
_change("number/year", "^[^\\n　]{2,6}〔(2026)〕\\d+号$", "26", "D1")
_change("title/kind", "^[^　\\n]{6,}(的实施意见|的通知)$", "", "D4")
_change("addressee/colon", "^各[^\\n]{6,}(：)$", "", "D12")
_change("date/zero", "^2026年()\\d月\\d{1,2}日$", "0", "D7")
_change("date/zero-body", "2026年()\\d月\\d{1,2}日(?=[前起])", "0", "D7")
_sentence(
    "date/impossible",
    ("有关材料于2026年4月31日前报送。", "应当于2027年2月30日前完成。", "名单在2026年13月5日前公布。"),
    "D8",
)
_change("date/validity", "有效期(\\d)年，至", lambda match: str(int(match[1]) + 2), "D8")
_sentence(
    "citation/order",
    (
        "按照国办发〔2021〕26号《关于完善科技成果评价机制的指导意见》执行。",
        "落实国发〔2024〕8号文件《关于优化环境的意见》要求。",
    ),
    "D9",
)
_sentence("shortname/undeclared", ("按照《管理办法》执行。", "与《实施细则》不一致的，从其规定。"), "D10")
_sentence(
    "shortname/unused",
    ("委托省技术市场协会（以下简称省技术协会）承担。", "由成果转化专家委员会（以下简称专委会）评议。"),
    "D10",
)
_sentence(
    "titles/comma",
    ("同时落实《科技成果登记办法》、《技术合同认定规则》。", "执行《科普条例》、《专利条例》、《种子条例》。"),
    "D11",
)
_change("effect/missing", "自2026年\\d+月\\d+日起(施行|实施)，有效期", "有效", "D14")
_change("punct/half-comma", "[\\u4e00-\\u9fff](，)[\\u4e00-\\u9fff]", ",", "P1")
_change("punct/half-semicolon", "[\\u4e00-\\u9fff](；)$", ";", "P1", "N11")
_change("punct/half-bracket", "[\\u4e00-\\u9fff](（)[\\u4e00-\\u9fff]", "(", "P1")
_change("punct/straight-quote", "(“[^”\\n]{2,6}”)", lambda match: f'"{match[1][1:-1]}"', "P2")
_change("punct/unpaired", "^　　[^\\n]*[\\u4e00-\\u9fff](）)。?$", "", "P2a")
_sentence(
    "range/unit",
    ("设备投入为3～8亿元。", "补贴比例为10～25%。", "每项给予20—50万元支持。"),
    "P3",
    fault="\\d+[～—]\\d+.",
)
_sentence("approx/comma", ("材料补正应当在两、三日内完成。", "每年走访四、五次。", "组织六、七家机构参加。"), "P4")
_sentence(
    "approx/stacked",
    ("带动就业近2000余人。", "占比约30%左右。", "参加单位超过80家以上。", "比例不低于15%以上。"),
    "P5",
)
_sentence("numeral/mixed", ("安排资金2千5百万元。", "支持4百20家企业。", "带动投资1百50万元。"), "P6")
_sentence("year/zero", ("自二0二七年起执行。", "到二O二八年全面完成。"), "P8")
_sentence("ellipsis/etc", ("包括仪器、软件、数据……等资源。",), "P10")
_change("days/mixed", "(公示期为5个工作日)", "公示期为5个工作日，公示满5日", "P15")
_sentence("residue/bookmark", ("[bookmark: _Hlk123456]", "错误!未找到引用源。", "&nbsp;"), "R1")
_sentence("residue/image", ("（见image3.jpeg）", "（见图片2.png）"), "R1")
_change("residue/invisible", "[\\u4e00-\\u9fff]()[\\u4e00-\\u9fff]", "\u200b", "R2")
_change("residue/blank", "，[\\u4e00-\\u9fff]{3}()[\\u4e00-\\u9fff]{3}[^\\n]{10,}。", " ", "R3")
_sentence("formula/missing", ("为做好有关工作，特定本方案。", "结合实际，特定本细则。"), "T1")
_sentence(
    "indicator/two-values",
    ("到2030年，全省技术合同成交额突破1200亿元。",),
    "C1",
    needs="全省技术合同成交额",
)
_sentence("indicator/two-values-2", ("到2028年，全市中试平台达到40个。",), "C1", needs="全市中试平台达到")
_sentence(
    "arithmetic/growth",
    (
        "服务收入由2025年的2亿元增长到2028年的5亿元，年均增长10%。",
        "专利许可数由2025年的200项增加到2030年的900项，翻一番。",
        "孵化企业由2025年的100家增加到2028年的150家，增长80%。",
    ),
    "C2",
)
_sentence(
    "arithmetic/sum",
    (
        "全年举办省级活动8场、市级活动25场，合计40场。",
        "每年安排3000万元，3年共安排1.2亿元。",
        "其中设备购置600万元、人员经费300万元，共计1000万元。",
    ),
    "C2",
)
_sentence(
    "superior/floor",
    (
        "没有约定的，从转让职务科技成果所得净收入中提取不低于30%的比例奖励完成人。",
        "单位未作规定的，以许可职务科技成果净收入不低于40%的比例给予完成人奖励。",
    ),
    "C4",
)
_sentence("citation/repealed", ("依照《中华人民共和国合同法》签订合同。", "公文格式执行GB/T 9704-1999。"), "C5", "D9")
_sentence(
    "citation/wrong-number",
    (
        "落实《促进科技成果转移转化行动方案》（国办发〔2017〕28号）。",
        "依据《政府网站发展指引》（国办发〔2017〕74号）公开信息。",
    ),
    "C5a",
)
_sentence(
    "competition/local",
    ("承担单位应当在本市注册并承诺五年内不迁出。", "优先采购本地企业的产品。", "受助企业十年内不得迁出。"),
    "C7",
)
_change("body/missing", "(（责任单位：[^）\\n]+）)$", "", "C8")
_sentence("term/two-ways", ("鼓励技术经纪人参与评价。", "对技术经纪人给予培训补贴。"), "C9", needs="技术经理人")
_sentence("body/former", ("由市工商行政管理局提供登记信息。", "会同省国土资源厅办理。"), "C9a", "C9")
_sentence("percent/point", ("将成果转化率由30%提高10%。", "持证率由50%提升20%。"), "P13", "C2")
_sentence(
    "indicator/behind-base-year",
    (
        "到2031年，签约院所由2025年的20所增加到60所；验证平台达到18个。围绕2031年验证平台达到25个的目标，落实保障。",
        "到2032年，产业园区较2025年翻一番，达到24个；加速器达到16家。2032年加速器达到12家。",
    ),
    "C1",
    fault="(?<=。).*",
)
_sentence(
    "indicator/two-periods",
    (
        "专家组自收到样品之日起15个工作日内提出意见。专家组收到样品后25个工作日内应当提出意见。",
        "合同签订后10日内报送登记表。自合同签订之日起2个月内报送登记表。",
        "财政部门收到拨款申请后，应当在8个工作日内拨付。自收到拨款申请之日起18个工作日内拨付资金。",
    ),
    "C1",
)
_sentence(
    "indicator/two-caps",
    (
        "对牵头企业给予首用场景补贴，最高120万元。首用场景补贴每家不超过90万元，分两年兑现。",
        "样机试制费用补助不超过40万元。样机试制费用补助最高55万元，验收后拨付。",
    ),
    "C1",
)
_sentence(
    "arithmetic/shares",
    (
        "补助资金构成中，设备费占55%、材料费占30%、差旅费占25%。",
        "基金出资来源中，国有资本占60%，产业资本占35%，保险资金占15%。",
    ),
    "C2",
)
_sentence(
    "arithmetic/for-each",
    (
        "每个示范点建设补助25万元、运行补助10万元，合计45万元。",
        "全省12个市州各设立3个分中心，共设立40个。",
        "改造投入260万元、装修投入90万元，两项共计400万元。",
    ),
    "C2",
)
_sentence(
    "target/run-of-years",
    (
        "2027年、2028年、2029年分别新增入库成果80项、120项、100项。",
        "2027年培训登记员60名、2028年培育登记员90名。2027年、2028年、2029年新建工作站分别为15个、28个、22个。",
    ),
    "C3",
)
_sentence(
    "target/below-present",
    (
        "目前，各类验证基地共有36个。到2031年，验证基地达到30个。",
        "截至2025年底，省级以上试验基地75个。到2031年，省级以上试验基地达到70个。",
    ),
    "C3",
)
_sentence(
    "superior/drawn",
    (
        "没有约定的，许可职务科技成果净收入中单位留存58%，其余42%奖给研发团队。",
        "未作约定的，从许可净收入中拿出不超过35%奖励完成人。",
    ),
    "C4",
)
_sentence(
    "percent/on-base",
    ("开放共享率在现有35%的基础上提升8%。", "以2025年20%为基础，本地转化比重再提高6%。"),
    "P13",
)
_sentence(
    "numeral/two-forms",
    ("培养周期两年，2年期满组织考核。", "预付六个月租金，6个月后按季支付。", "首批认定八家，8家均签订承诺书。"),
    "P7",
)
_change("tier/overlap", "（二）(500万元以上不足2000万元的)", "400万元以上不足2000万元的", "P14")
_change("tier/hole", "（三）(2000万元以上的)", "3000万元以上的", "P14")
_change("word/misused", "银行(账户)", "帐户", "P16")
_sentence("word/misused-2", ("其它事项另行规定。", "按照统一布署推进。", "截止目前已有三批。"), "P16")
_sentence("rate/open", ("对成效突出的按照一定比例给予奖励。", "给予一定额度的补助。"), "V1", "V2")
_change("caption/stop", "^　　[^\\n]{12,}?。\\n()(?=　　)", "表1　经费安排。\n", "P12")
_sentence("promise/vague", ("对表现突出的适当给予奖励。", "确保工作效率大幅提升。", "审批时间明显缩短。"), "V2")
_sentence("burden/veto", ("对工作不力的实行一票否决。", "与县（区）签订责任状。"), "C8c")


_change(
    "numbering/climbing",
    "^　　1\\.[^\\n]+\\n()(?=　　2\\.)",
    "　　（一）受理材料。\n　　（二）组织评审。\n",
    "N3",
    "N2",
)
_change("blank/left", "^　　[^\\n]{12,}?[^；：\\n]()。$", "，咨询电话××××××××", "D3")
_change("title/regulation", "^[^　\\n]{6,}(办法)$", "条例", "D4a")


@_kind("title/sent")
def _sent(text: str, chance: random.Random) -> Planted | None:
    """A letter that sends the text under another kind of document."""
    title = text.split("\n", 1)[0].strip()
    kind = re.search("(?:办法|细则|方案|措施|意见|规定)$", title)
    if kind is None or not 8 <= len(title) <= 40:
        return None
    named = title[: kind.start()] + ("规则" if kind.group() != "规定" else "办法")
    letter = f"关于印发《{named}》的通知\n各有关单位：\n　　现印发给你们。\n\n云溪省科学技术厅\n2026年3月2日\n\n"
    return Planted(letter + text, ((0, len(letter) + len(title)),), ("D4b",))


_change("title/mark", "^[^　\\n]{4,}关于[^　\\n]{4}()[^　\\n]+(?:意见|通知)$", "；", "D5")
_sentence(
    "draft-mark/outside",
    ("同步修改《创新券管理规程》（征求意见稿）。", "与《概念验证中心认定条件》（草案）做好衔接。"),
    "D6",
    fault="》（[^）]+）",
)


@_kind("report/request")
def _request(text: str, chance: random.Random) -> Planted | None:
    """A report that ends by asking for a decision."""
    made, changed = re.subn(
        "(?<=关于)([^　\\n]{4,40}的)(?:实施意见|通知)$", r"\1报告", text, count=1, flags=re.MULTILINE
    )
    match = _pick(made, "^　　[^\\n]{12,}?[^；：\\n]。$", chance)
    if not changed or match is None:
        return None
    words = "以上事项妥否，请批示。"
    made = made[: match.end()] + words + made[match.end() :]
    return Planted(made, ((match.end(), match.end() + len(words)), (0, made.index("\n"))), ("D13",))


_sentence(
    "orders/below",
    ("各县（区）人民政府应当安排配套经费。", "各市（州）人民政府须建立工作专班。"),
    "D13a",
    needs="厅关于",
)
_sentence(
    "titles/no-work",
    ("承办《全省成果对接大会》。", "向合格人员颁发《技术经理人培训证书》。", "组织参加《创新创业大赛》。"),
    "P11",
    fault="《[^》]+》",
)
_sentence("numeral/two-forms", ("市县两级按比例分担，补助比例不超过百分之四十。",), "P7", fault="百分之四十", needs="%")
_change("residue/spaced", "^([\\u4e00-\\u9fff]{6,12}(?:厅|政府|委员会))$", lambda match: " ".join(match[1]), "R4")
_sentence("target/falls", ("到2033年，全省技术合同成交额达到700亿元。",), "C3", needs="全省技术合同成交额")
_sentence("target/falls-2", ("到2031年，全市中试平台达到18个。",), "C3", needs="全市中试平台达到")
_sentence(
    "comments/period",
    (
        "本稿公开征求意见期限为2026年3月2日至2026年3月11日。",
        "意见反馈时间为2026年4月1日至2026年4月20日。",
    ),
    "Q4",
)


@_kind("length/long")
def _long(text: str, chance: random.Random) -> Planted | None:
    """Six thousand characters more of what nobody needs."""
    match = _pick(text, "^　　[^\\n]{30,}?[^；：\\n]。$", chance)
    if match is None or not re.search("意见|通知|方案", text[:60]):
        return None
    filling = "".join(
        f"\n　　要从第{at}个角度深刻认识技术转移的重要意义，切实增强使命感和紧迫感。" for at in range(2, 190)
    )
    return Planted(text[: match.end()] + filling + text[match.end() :], (), ("C8b",), anywhere=True)


def _elsewhere(text: str) -> str:
    """The text as that of another place."""
    return text.replace("临澜", "望桥").replace("澄原", "桐浦")


@_kind("peers/lacking")
def _lacking(text: str, chance: random.Random) -> Planted | None:
    """Peers that set a target which the text does not have."""
    match = re.search("技术合同成交额达到900亿元，", text)
    if match is None:
        return None
    other = _elsewhere(text)
    made = text[: match.start()] + text[match.end() :]
    return Planted(made, (), ("X1",), anywhere=True, peers=(other, other.replace("900亿元", "700亿元")))


def _tighter(rule: str) -> Planter:
    def planter(text: str, chance: random.Random) -> Planted | None:
        """A ceiling that is lower than in the same clause of another text."""
        match = _pick(text, "^[^\\n]*最高(\\d{2,3})万元.*$", chance)
        if match is None:
            return None
        made = text[: match.start(1)] + str(int(match[1]) // 2) + text[match.end(1) :]
        other = f"关于望桥技术转移的意见\n　　一、任务\n{match[0]}\n"
        return Planted(made, ((match.start(), match.end()),), (rule,), peers=(other,))

    return planter


KINDS["peers/tighter"] = _tighter("X2")
KINDS["earlier/tighter"] = _tighter("X3")


@_kind("peers/copied")
def _copied(text: str, chance: random.Random) -> Planted | None:
    """Most clauses word for word as in another text."""
    lines = text.split("\n")
    other = "\n".join(line for line in lines if chance.random() < 0.9)
    return Planted(
        text, (), ("C8a",), anywhere=True, peers=(other, "关于科普工作的意见\n　　一、目标\n　　办好科普场馆。\n")
    )


def _without_limit(rule: str, limit: str) -> Planter:
    def planter(text: str, chance: random.Random) -> Planted | None:
        """A clause that gives without a limit which the same clause of another text has."""
        match = _pick(text, f"^(?![^\\n]*{limit})[^\\n]*?给予(?=[^\\n]*最高\\d{{2,3}}万元).*$", chance)
        if match is None:
            return None
        other = f"关于望桥技术转移的意见\n　　一、任务\n{match[0].replace('给予', f'给予{limit}', 1)}\n"
        return Planted(text, (match.span(),), (rule,), peers=(other,))

    return planter


KINDS["peers/without-limit"] = _without_limit("X2", "一次性")
KINDS["earlier/without-limit"] = _without_limit("X3", "一次性")


def plant(texts: dict[str, str], each: int = 3, seed: int = 2026) -> Iterator[tuple[str, str, Planted]]:
    """(kind, name of the draft, fault): every kind up to ``each`` times in every draft, never twice the same."""
    chance = random.Random(seed)
    for kind, planter in KINDS.items():
        for name, text in texts.items():
            seen: set[str] = set()
            for _ in range(each * 4):
                planted = planter(text, chance)
                if planted is not None and planted.text not in seen and len(seen) < each:
                    seen.add(planted.text)
                    yield kind, name, planted
