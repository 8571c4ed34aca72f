"""Words: misused ones, two names of one thing, repealed sources, vague promises, fair competition (C5, C7, C9, P16)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analysis.grammar import grammar
from analysis.lint.draft import Draft
from analysis.lint.findings import Change, Force, Found, Severity, Source
from analysis.lint.registry import Family, rule
from analysis.lint.series_sums import year_of_draft
from analysis.lint.sources import PRACTICE
from analysis.model import TextKind

_USAGE = Source("立法技术规范（试行）（一）", "13—23", Force.PRACTICE)


@rule(
    "P16",
    "易混易误用词",
    Family.WORDING,
    Severity.INFO,
    why="“帐号”“其它”“签定”一类写法容易误用，公文里应当用规范的词。",
    source=_USAGE,
    bad=("　　奖励资金拨付至申请人的银行帐号。\n", "　　法律规定的其它情形。\n"),
    good=("　　奖励资金拨付至申请人的银行账号。\n", "　　按装机容量给予补助。\n"),
)
def misused(draft: Draft) -> Iterator[Found]:
    """A word of the vocabulary that is written where another is meant."""
    known = {entry.form: entry for entry in grammar().misused}
    pattern = re.compile("|".join(map(re.escape, known)))
    for line in draft.lines:
        for match in pattern.finditer(line.text):
            entry = known[match.group()]
            start, end = line.span(match)
            if _means_something_else(line.text, match, entry.not_):
                continue
            message = f"“{entry.form}”疑为“{entry.right}”误用：{entry.why}"
            yield Found(start, end, message, f"改为“{entry.right}”", changes=(Change(start, end, entry.right),))


def _means_something_else(text: str, match: re.Match[str], phrases: Sequence[str]) -> bool:
    """Whether the characters of a match are part of one of ``phrases``."""
    near = text[max(match.start() - 8, 0) : match.end() + 8]
    return any(match.group() in phrase and phrase in near for phrase in phrases)


@rule(
    "C9",
    "同一事物用语一致",
    Family.WORDING,
    Severity.WARNING,
    why="同一事物两种叫法，读者会以为是两件事；术语宜与法律和统计口径一致。",
    source=PRACTICE,
    bad=("　　培养技术经理人100名。\n　　技术经纪人参加培训的给予补助。\n", "　　优化基础架构。\n　　完善基础构架。\n"),
    good=(
        "　　培养技术经理人100名。\n　　技术经理人参加培训的给予补助。\n",
        "　　按照《技术经纪人管理办法》培养技术经理人。\n",
    ),
)
def two_names(draft: Draft) -> Iterator[Found]:
    """Two names of one thing in one text, found at the name that is used less."""
    statute = draft.reading.document.card.kind is TextKind.STATUTE  # which names bodies as superior law does
    for term in grammar().terms:
        if statute and not term.grave:
            continue
        places: dict[str, list[tuple[int, int]]] = {form: [] for form in term.forms}
        pattern = re.compile("|".join(map(re.escape, sorted(term.forms, key=len, reverse=True))))
        for line in draft.lines:
            for match in pattern.finditer(line.text):
                if not _in_title(line.text, match.start()):
                    places[match.group()].append(line.span(match))
        used = [form for form in term.forms if places[form]]
        if len(used) < 2:
            continue
        beside = _side_by_side(draft, used)
        main = max(used, key=lambda form: (len(places[form]), form == term.forms[0]))
        for form in used:
            if form == main:
                continue
            first, *others = places[form]
            message = f"全文多称“{main}”，此处称“{form}”：{term.why}"
            grave = None if term.grave and not beside else Severity.INFO
            yield Found(
                *first, message, f"统一为“{main}”或“{term.forms[0]}”", (*others, places[main][0]), severity=grave
            )


def _side_by_side(draft: Draft, names: Sequence[str]) -> bool:
    """Whether the text lists the names beside each other, so that it means two things by them."""
    either = "|".join(map(re.escape, names))
    together = re.compile(f"(?:{either})(?:[、，或和与及]|以及|或者)(?:{either})")
    return any(together.search(line.text) for line in draft.lines)


def _in_title(text: str, at: int) -> bool:
    """Whether a place stands inside title marks, where names are what they are."""
    opened = text.rfind("《", max(at - 60, 0), at)
    return opened >= 0 and text.find("》", opened, at) < 0


@rule(
    "C5",
    "引用的依据现行有效",
    Family.SUPERIOR,
    Severity.WARNING,
    why="依据已经废止或停止执行，文件就失去根据。",
    source=Source("党政机关公文处理工作条例", "第二十条", Force.RULED),
    bad=(
        "　　依照《中华人民共和国合同法》签订技术合同。\n",
        "　　按照《国家行政机关公文处理办法》（国发〔2000〕23号）办理。\n",
    ),
    good=(
        "　　依照《中华人民共和国民法典》签订技术合同。\n",
        "　　依照《劳动合同法》签订劳动合同。\n",
        "　　《合同法》已废止。\n",
    ),
)
def repealed(draft: Draft) -> Iterator[Found]:
    """A law or document that had ceased when this text was made; one finding for each line that cites it."""
    year = year_of_draft(draft)
    for entry in grammar().repealed:
        if year is not None and year < entry.since.year:
            continue
        for line in draft.lines:
            at = next((at for form in entry.forms if (at := line.text.find(form)) >= 0), -1)
            if at < 0 or re.search("废止|失效|停止执行", line.text):
                continue
            form = next(form for form in entry.forms if line.text.startswith(form, at))
            since = f"{entry.since.year}年{entry.since.month}月{entry.since.day}日"
            start = line.start + at
            message = f"“{form.strip('《》')}”已于{since}停止执行或废止（{entry.source}）"
            yield Found(start, start + len(form), message, f"改引{entry.instead}")


@rule(
    "C9a",
    "机构名称为现行名称",
    Family.SUPERIOR,
    Severity.WARNING,
    why="机构改革后仍用旧名，责任就落不到现在的部门。",
    source=Source("机构改革方案", "", Force.PRACTICE),
    bad=("　　由市工商行政管理局负责登记。\n\n市科技局\n2026年3月2日\n",),
    good=(
        "　　由市市场监督管理局负责登记。\n\n市科技局\n2026年3月2日\n",
        "　　由市工商行政管理局负责登记。\n\n市科技局\n2015年3月2日\n",
        "　　由原市工商行政管理局登记的企业。\n\n市科技局\n2026年3月2日\n",
    ),
)
def renamed(draft: Draft) -> Iterator[Found]:
    """A body by a name that it no longer had when this text was made."""
    year = year_of_draft(draft)
    if year is None:
        return
    former = {form: entry for entry in grammar().renamed for form in entry.forms if year > entry.since}
    if not former:
        return
    pattern = re.compile("|".join(map(re.escape, sorted(former, key=len, reverse=True))))
    for line in draft.lines:
        for match in pattern.finditer(line.text):
            if not re.search("原[^，。；、]{0,6}$", line.text[: match.start()][-8:]):
                start, end = line.span(match)
                entry = former[match.group()]
                yield Found(start, end, f"“{match.group()}”是{entry.since}年机构改革前的名称", f"改为“{entry.now}”")


_MONEY = "奖励|补助|补贴|资助|返还|分成|提取|支持|配套|贴息|分担|补偿|给予"
_OPEN = re.compile("一定(?:比例|额度|数额|数量|金额|标准|幅度)|适当比例|相应比例(?=给予)")
_MAY = re.compile("可(?:以|在|从|将|按|由|对)?(?!能|持续|行)[^。；]{0,36}$")  # left to whoever may do it
_VAGUE = re.compile(
    rf"适当(?:的)?(?:{_MONEY}|提高|增加|倾斜|放宽|延长)|(?:大幅|大幅度|较大幅度|显著|明显)(?:度)?(?:地)?(?:提升|提高|增长|增加|降低|减少|缩短)"
)


@rule(
    "V1",
    "奖补标准明确",
    Family.CONTENT,
    Severity.WARNING,
    why="“一定比例”没有数，申请人算不出能得多少，执行的人也无法核验。",
    source=PRACTICE,
    bad=("　　技术经理人促成交易的，按照一定比例给予补助。\n",),
    good=("　　技术经理人促成交易的，按照2%给予补助。\n", "　　各类人员比例由单位确定。\n"),
)
def open_rate(draft: Draft) -> Iterator[Found]:
    """A rate or sum that is given and left open; a note where nothing is given, or it is left to others to give it."""
    for line in draft.body():
        for match in _OPEN.finditer(line.text):
            start, end = line.span(match)
            head = line.text[max(match.start() - 40, 0) : match.start()]
            given = re.search(_MONEY, head[-30:] + line.text[match.end() : match.end() + 20])
            grave = None if given and not _MAY.search(head) else Severity.INFO
            yield Found(start, end, f"“{match.group()}”没有明确是多少，无法核验", "写明数值或计算办法", severity=grave)


@rule(
    "V2",
    "承诺可以核验",
    Family.CONTENT,
    Severity.INFO,
    why="“适当”“大幅”没有数，事后无法核验是否做到。",
    source=PRACTICE,
    bad=("　　对成效突出的机构适当给予奖励。\n", "　　到2028年，成果转化率大幅提升。\n"),
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
                yield Found(start, end, f"“{match.group()}”没有可核验的标准", "写明数值、期限或对象")


_LOCAL = re.compile(
    r"本地(?:企业|产品|品牌|供应商|服务商)|(?:须|应|应当|必须|要求|由)[^，。；户]{0,10}迁入|外地迁入|不(?:得|能)(?:随意|擅自)?(?:迁出|外迁|搬离)"
    r"|(?:优先|限于?|只能|必须)[^，。；]{0,6}(?:采购|购买|使用|选用)(?:本地|本省|本市|本县|本区|我省|我市)"
    r"|注册地(?:址)?[^，。；]{0,8}(?:须|应当|必须)[^，。；]{0,4}(?:在|位于)(?:本|我)(?:省|市|县|区)"
    r"|在(?:本|我)(?:省|市|县|区)(?:行政区域内|境内|内)?(?:依法|登记|工商)*注册"
    r"|(?:税收|纳税|户管|统计)(?:户管)?(?:关系|地|登记)?[^，。；]{0,6}(?:应当|须|必须)[^，。；]{0,6}(?:在|位于|留在|保持在)[^，。；]{1,8}"
    r"|(?:不得?|承诺不)(?:变更|迁移|变动)(?:注册|登记|税收|纳税|户管)[^，。；]{0,6}"
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
    ),
    good=(
        "　　不得变相要求企业迁入，不得限定本地企业。\n",
        "　　落实《公平竞争审查条例》，不得以注册地为条件。\n",
        "　　在本市从事技术转移活动的，适用本办法。\n",
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
