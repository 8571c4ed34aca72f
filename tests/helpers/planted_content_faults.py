"""Faults of content planted in clean drafts: figures, sums, superior law, bodies, promises, other texts."""

from __future__ import annotations

import random
import re

from planting import KINDS, Planted, Planter, change, kind, pick, sentence

sentence(
    "indicator/two-values",
    ("到2030年，全省技术合同成交额突破1200亿元。",),
    "C1",
    needs="全省技术合同成交额",
)
sentence(
    "term/two-ways-plain",
    (
        "支持中试熟化基地发展。中试基地应当开放。",
        "高等院校可以申请。高等学校每年报告。",
        "检测检验机构可以参加。检验检测费用据实列支。",
    ),
    "C9",
)
sentence(
    "shortname/early",
    (
        "转化专项按年安排。设立临澜成果转化专门资金（以下简称转化专项）。转化专项不得挪用。",
        "由登记平台自动编号。建设技术合同网上系统（以下简称登记平台）。登记平台全年开放。",
    ),
    "D10",
)
sentence(
    "shortname/twice",
    ("由市技术市场促进协会（以下简称市场协会）受理，市技术市场促进协会（以下简称技协）公布，市场协会、技协每月核对。",),
    "D10",
)
sentence(
    "superior/price-notice",
    ("协议定价的，应当公示成果名称和拟交易价格，公示期不少于10日。", "协议定价的，在单位内公示5日。"),
    "C4",
    fault="公示(?:期不少于10|5)日",
)
sentence(
    "superior/main-contributors",
    ("作出主要贡献的人员，所获份额不低于奖励总额的35%。",),
    "C4",
)
sentence(
    "date/day-passed",
    ("有关单位于2025年3月10日前完成登记。", "名单应当在2024年12月1日前报送。"),
    "D8",
    needs="\n2026年",
)
sentence("indicator/two-values-2", ("到2028年，全市中试平台达到40个。",), "C1", needs="全市中试平台达到")
sentence(
    "arithmetic/growth",
    (
        "服务收入由2025年的2亿元增长到2028年的5亿元，年均增长10%。",
        "专利许可数由2025年的200项增加到2030年的900项，翻一番。",
        "孵化企业由2025年的100家增加到2028年的150家，增长80%。",
    ),
    "C2",
)
sentence(
    "arithmetic/sum",
    (
        "全年举办省级活动8场、市级活动25场，合计40场。",
        "每年安排3000万元，3年共安排1.2亿元。",
        "其中设备购置600万元、人员经费300万元，共计1000万元。",
    ),
    "C2",
)
sentence(
    "superior/floor",
    (
        "没有约定的，从转让职务科技成果所得净收入中提取不低于30%的比例奖励完成人。",
        "单位未作规定的，以许可职务科技成果净收入不低于40%的比例给予完成人奖励。",
    ),
    "C4",
)
sentence(
    "competition/local",
    ("承担单位应当在本市注册并承诺五年内不迁出。", "优先采购本地企业的产品。", "受助企业十年内不得迁出。"),
    "C7",
)
change("body/missing", "(（责任单位：[^）\\n]+）)$", "", "C8")
sentence("term/two-ways", ("鼓励技术经纪人参与评价。", "对技术经纪人给予培训补贴。"), "C9", needs="技术经理人")
sentence("body/former", ("由市工商行政管理局提供登记信息。", "会同省国土资源厅办理。"), "C9a", "C9")
sentence("percent/point", ("将成果转化率由30%提高10%。", "持证率由50%提升20%。"), "P13", "C2")
sentence(
    "indicator/behind-base-year",
    (
        "到2031年，签约院所由2025年的20所增加到60所；验证平台达到18个。围绕2031年验证平台达到25个的目标，落实保障。",
        "到2032年，产业园区较2025年翻一番，达到24个；加速器达到16家。2032年加速器达到12家。",
    ),
    "C1",
    fault="(?<=。).*",
)
sentence(
    "indicator/two-periods",
    (
        "专家组自收到样品之日起15个工作日内提出意见。专家组收到样品后25个工作日内应当提出意见。",
        "合同签订后10日内报送登记表。自合同签订之日起2个月内报送登记表。",
        "财政部门收到拨款申请后，应当在8个工作日内拨付。自收到拨款申请之日起18个工作日内拨付资金。",
    ),
    "C1",
)
sentence(
    "indicator/two-caps",
    (
        "对牵头企业给予首用场景补贴，最高120万元。首用场景补贴每家不超过90万元，分两年兑现。",
        "样机试制费用补助不超过40万元。样机试制费用补助最高55万元，验收后拨付。",
    ),
    "C1",
)
sentence(
    "arithmetic/shares",
    (
        "补助资金构成中，设备费占55%、材料费占30%、差旅费占25%。",
        "基金出资来源中，国有资本占60%，产业资本占35%，保险资金占15%。",
    ),
    "C2",
)
sentence(
    "arithmetic/for-each",
    (
        "每个示范点建设补助25万元、运行补助10万元，合计45万元。",
        "全省12个市州各设立3个分中心，共设立40个。",
        "改造投入260万元、装修投入90万元，两项共计400万元。",
    ),
    "C2",
)
sentence(
    "target/run-of-years",
    (
        "2027年、2028年、2029年分别新增入库成果80项、120项、100项。",
        "2027年培训登记员60名、2028年培育登记员90名。2027年、2028年、2029年新建工作站分别为15个、28个、22个。",
    ),
    "C3",
)
sentence(
    "target/below-present",
    (
        "目前，各类验证基地共有36个。到2031年，验证基地达到30个。",
        "截至2025年底，省级以上试验基地75个。到2031年，省级以上试验基地达到70个。",
    ),
    "C3",
)
sentence(
    "superior/drawn",
    (
        "没有约定的，许可职务科技成果净收入中单位留存58%，其余42%奖给研发团队。",
        "未作约定的，从许可净收入中拿出不超过35%奖励完成人。",
    ),
    "C4",
)
sentence(
    "percent/on-base",
    ("开放共享率在现有35%的基础上提升8%。", "以2025年20%为基础，本地转化比重再提高6%。"),
    "P13",
)
change("tier/overlap", "（二）(500万元以上不足2000万元的)", "400万元以上不足2000万元的", "P14")
change("tier/hole", "（三）(2000万元以上的)", "3000万元以上的", "P14")
sentence("rate/open", ("对成效突出的按照一定比例给予奖励。", "给予一定额度的补助。"), "V1", "V2")
sentence("promise/vague", ("对表现突出的适当给予奖励。", "确保工作效率大幅提升。", "审批时间明显缩短。"), "V2")
sentence("burden/veto", ("对工作不力的实行一票否决。", "与县（区）签订责任状。"), "C8c")
sentence("target/falls", ("到2033年，全省技术合同成交额达到700亿元。",), "C3", needs="全省技术合同成交额")
sentence("target/falls-2", ("到2031年，全市中试平台达到18个。",), "C3", needs="全市中试平台达到")
sentence(
    "comments/period",
    (
        "本稿公开征求意见期限为2026年3月2日至2026年3月11日。",
        "意见反馈时间为2026年4月1日至2026年4月20日。",
    ),
    "Q4",
)


def _elsewhere(text: str) -> str:
    """The text as that of another place."""
    return text.replace("临澜", "望桥").replace("澄原", "桐浦")


@kind("peers/lacking")
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
        match = pick(text, "^[^\\n]*最高(\\d{2,3})万元.*$", chance)
        if match is None:
            return None
        made = text[: match.start(1)] + str(int(match[1]) // 2) + text[match.end(1) :]
        other = f"关于望桥技术转移的意见\n　　一、任务\n{match[0]}\n"
        return Planted(made, ((match.start(), match.end()),), (rule,), peers=(other,))

    return planter


KINDS["peers/tighter"] = _tighter("X2")


KINDS["earlier/tighter"] = _tighter("X3")


@kind("peers/copied")
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
        match = pick(text, f"^(?![^\\n]*{limit})[^\\n]*?给予(?=[^\\n]*最高\\d{{2,3}}万元).*$", chance)
        if match is None:
            return None
        other = f"关于望桥技术转移的意见\n　　一、任务\n{match[0].replace('给予', f'给予{limit}', 1)}\n"
        return Planted(text, (match.span(),), (rule,), peers=(other,))

    return planter


KINDS["peers/without-limit"] = _without_limit("X2", "一次性")


KINDS["earlier/without-limit"] = _without_limit("X3", "一次性")
