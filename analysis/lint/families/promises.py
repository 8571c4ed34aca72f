"""What is promised and to whom: open rates, vague words, conditions that favour the place's own (V1, V2, C7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.lint.draft import Draft
from analysis.lint.findings import Force, Found, Severity, Source
from analysis.lint.registry import Family, rule
from analysis.lint.sources import PRACTICE

_MONEY = "奖励|补助|补贴|资助|返还|分成|提取|支持|配套|贴息|分担|补偿|给予"
_OPEN = re.compile(
    "一定(?:比例|额度|数额|数量|金额|标准|幅度)|适当比例|相应比例(?=给予)"
    "|一定的?(?:[\u4e00-\u9fff]{2,4})?(?:奖励|补助|补贴|资助|奖补|贴息)"
)
_LEFT_OPEN = re.compile(  # 补助比例根据预算确定: a rule for it, but no number
    r"(?:奖励|补助|补贴|资助|奖补|贴息|补偿)(?:的)?(?:比例|标准|金额|额度)(?:由|按照?|根据|视|另行)[^，。；\d]{0,24}(?:确定|核定|制定|商定|明确)"
)
_MAY = re.compile("可(?:以|在|从|将|按|由|对)?(?!能|持续|行)[^。；]{0,36}$")  # left to whoever may do it
_VAGUE = re.compile(
    rf"适当(?:的)?(?:{_MONEY}|提高|增加|倾斜|放宽|延长)|(?:大幅|大幅度|较大幅度|显著|明显)(?:度)?(?:地)?(?:提升|提高|增长|增加|降低|减少|缩短)"
    "|给予(?:大力|重点|积极|必要的?|充分)(?:支持|扶持|倾斜|保障)"
)


@rule(
    "V1",
    "奖补标准明确",
    Family.CONTENT,
    Severity.WARNING,
    why="“一定比例”没有数，申请人算不出能得多少，执行的人也无法核验。",
    source=PRACTICE,
    bad=(
        "　　技术经理人促成交易的，按照一定比例给予补助。\n",
        "　　对驻县专家视贡献给予一定的生活补助。\n",
        "　　补助标准按照年度预算确定。\n",
    ),
    good=("　　技术经理人促成交易的，按照2%给予补助。\n", "　　各类人员比例由单位确定。\n"),
)
def open_rate(draft: Draft) -> Iterator[Found]:
    """A rate or sum that is given and left open; a note where nothing is given, or it is left to others to give it."""
    for line in draft.body():
        for match in _OPEN.finditer(line.text):
            start, end = line.span(match)
            head = line.text[max(match.start() - 40, 0) : match.start()]
            given = re.search(_MONEY, head[-30:] + line.text[match.end() : match.end() + 20])
            told = re.match("。?(?:其中|具体|标准)", line.text[match.end() :])
            grave = None if given and not told and not _MAY.search(head) else Severity.INFO
            yield Found(start, end, f"“{match.group()}”没有明确是多少，无法核验", "写明数值或计算办法", severity=grave)
        for match in _LEFT_OPEN.finditer(line.text):
            start, end = line.span(match)
            message = f"“{match.group()}”没有明确是多少，无法核验"
            yield Found(start, end, message, "写明数值，或注明由哪个文件确定", severity=Severity.INFO)


@rule(
    "V2",
    "承诺可以核验",
    Family.CONTENT,
    Severity.INFO,
    why="“适当”“大幅”没有数，事后无法核验是否做到。",
    source=PRACTICE,
    bad=(
        "　　对成效突出的机构适当给予奖励。\n",
        "　　到2028年，成果转化率大幅提升。\n",
        "　　在住房、子女教育等方面给予大力支持。\n",
    ),
    good=(
        "　　对成效突出的机构给予10万元奖励。\n",
        "　　到2028年，成果转化率大幅提升，达到50%。\n",
        "　　支持能够显著提高产业技术水平的项目。\n",
        "　　近年来，成果转化投入明显增加。\n",
    ),
)
def vague(draft: Draft) -> Iterator[Found]:
    """A promise without a number in its sentence."""
    for line in draft.body():
        for match in _VAGUE.finditer(line.text):
            left = max(line.text.rfind("。", 0, match.start()), line.text.rfind("；", 0, match.start())) + 1
            right = re.search("[。；]|$", line.text[match.end() : match.end() + 200])
            rest = line.text[max(left, match.start() - 100) : match.end() + (right.start() if right else 200)]
            told = re.search("能够?$|近年来|以来|去年|已经?[^，。；]{0,8}$", line.text[left : match.start()][-40:])
            if told is None and not re.search(r"\d(?!\d{0,3}年)", re.sub(r"\d{4}", "", rest)):
                start, end = line.span(match)
                yield Found(start, end, f"“{match.group()}”没有标准，无法核验", "写明数值、期限或对象")


_LOCAL = re.compile(
    r"本地(?:企业|产品|品牌|供应商|服务商)|(?:须|应|应当|必须|要求|由)[^，。；户]{0,10}迁入|外地迁入|不(?:得|能)(?:随意|擅自)?(?:迁出|外迁|搬离)"
    r"|(?:优先|限于?|只能|必须)[^，。；]{0,6}(?:采购|购买|使用|选用)(?:本地|本省|本市|本县|本区|我省|我市)"
    r"|注册地(?:址)?[^，。；]{0,8}(?:须|应当|必须)[^，。；]{0,4}(?:在|位于)(?:本|我)(?:省|市|县|区)"
    r"|在(?:本|我)(?:省|市|县|区)(?:行政区域内|境内|内)?(?:依法|登记|工商)*注册"
    r"|在[^，。；在]{0,10}(?:高新区|开发区|经开区|自贸区|新区|园区|合作区|示范区|[省市县区]内|辖区)(?:内|范围内|境内)?(?:依法|登记|工商)*注册"
    r"|(?:税务登记|纳税|税收|税务|统计)(?:登记)?(?:和|、|与|及)[^，。；]{0,8}关系[^，。；]{0,3}在[^，。；]{1,12}的"
    r"|注册地由?[^，。；]{0,10}迁入"
    r"|(?:税收|纳税|户管|统计)(?:户管)?(?:关系|地|登记)?[^，。；]{0,6}(?:应当|须|必须)[^，。；]{0,6}(?:在|位于|留在|保持在)[^，。；]{1,8}"
    r"|(?:不得?|承诺不)(?:变更|迁移|变动)(?:注册|登记|税收|纳税|户管)[^，。；]{0,6}"
    r"|(?:须|应|应当|必须|要求|承诺)[^，。；]{0,14}不(?:得)?(?:迁出|外迁|搬离|迁离)"
    r"|(?:须|应当?|必须)[^，。；]{0,4}在(?:本|我)(?:省|市|县|区)(?:内|境内|行政区域内)?[^，。；]{0,4}(?:设立|成立|缴纳|缴|投产|落地|生产|采购|购买|转化)"
    r"|(?:应当|须|必须)?优先(?:采购|购买|使用|选用)(?:本地|本省|本市|本县|本区|我省|我市)"
    r"|不得(?:向|在)(?:市|省|县|区|本市|本省|我市|我省)外"
)
_NEGATED = re.compile("(?:不得|禁止|严禁|不能)[^，。；]{0,20}$|取消[^，。；]{0,10}$|公平竞争")
_ACT = "公平竞争审查条例"


@rule(
    "C7",
    "公平竞争审查",
    Family.SUPERIOR,
    Severity.WARNING,
    why="以注册地、迁入迁出、本地产品为条件给予奖补，限制商品要素流动，没有法律、行政法规依据或者国务院批准的，不得出台。",
    source=Source(_ACT, "第八条至第十二条", Force.RULED),
    bad=(
        "　　申请机构须由外地迁入我市，并承诺5年内不得迁出。\n",
        "　　优先采购本地产品。\n",
        "　　奖励对象为在本市注册的企业。\n",
        "　　申请企业纳税关系应当在本市，三年内不变更注册地。\n",
        "　　适用于在高新区内登记注册的企业。\n",
        "　　外地企业须在本市设立子公司，承诺5年内不迁出。\n",
        "　　项目产品必须在我省投产。\n",
    ),
    good=(
        "　　不得变相要求企业迁入，不得限定本地企业。\n",
        "　　落实《公平竞争审查条例》，不得以注册地为条件。\n",
        "　　在本市从事技术转移活动的，适用本办法。\n",
        "　　结果应当在本市科技局网站公布。\n",
    ),
)
def fair_competition(draft: Draft) -> Iterator[Found]:
    """Conditions that favour the place's own, unless the sentence forbids them; one finding for each sentence."""
    for line in draft.body():
        for sentence in re.finditer("[^。；]+", line.text):
            text = sentence.group()
            matches = [
                match
                for match in _LOCAL.finditer(text)
                if not _NEGATED.search(text[max(match.start() - 24, 0) : match.start()])
            ]
            if matches:
                offset = line.start + sentence.start()
                places = [(offset + match.start(), offset + match.end()) for match in matches]
                words = "”“".join(dict.fromkeys(match.group() for match in matches))
                message = f"“{words}”可能限制商品要素自由流动，请做公平竞争审查"
                yield Found(*places[0], message, "删去这一条件，或写明法律、行政法规依据和实施期限", tuple(places[1:]))
