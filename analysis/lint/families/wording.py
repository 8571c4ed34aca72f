"""Words: misused ones, two names of one thing, repealed and misnumbered sources, former names (C5, C9, P16)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analysis.grammar import grammar
from analysis.lint.draft import Draft
from analysis.lint.findings import Change, Force, Found, Severity, Source
from analysis.lint.lines import Role
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
    bad=(
        "　　奖励资金拨付至申请人的银行帐号。\n",
        "　　法律规定的其它情形。\n",
        "　　截止2025年底已有8家机构备案。\n",
        "　　会同市财政局制订资金管理办法。\n",
        "　　资金使用情况应当接收审计监督。\n",
    ),
    good=(
        "　　奖励资金拨付至申请人的银行账号。\n",
        "　　按装机容量给予补助。\n",
        "　　申报截止日期为2026年5月31日。\n",
        "　　参与制订国际标准，制订年度计划。\n",
    ),
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
        for near, right, why in _BY_OBJECT:
            for match in near.finditer(line.text):
                start, end = line.span(match)
                message = f"“{match.group()}”疑为“{right}”误用：{why}"
                yield Found(start, end, message, f"改为“{right}”", changes=(Change(start, end, right),))


# Words that are right or wrong by what follows them.
_BY_OBJECT = tuple(
    (re.compile(pattern), right, why)
    for pattern, right, why in (
        (
            r"(?<!申报)(?<!报名)(?<!受理)(?<!征集)截止(?=(?:19|20)\d\d年|去年|今年|上年|上月|本月)",
            "截至",
            "“截止”是停止，后面不带时间；到某时为止写作“截至”",
        ),
        ("制订(?=[^，。；、]{0,16}(?:办法|细则|规定|条例|规章|制度))", "制定", "定出法规、制度写作“制定”"),
        ("交纳(?=[^，。；]{0,6}(?:税|社会保险|罚款|违约金|滞纳金))", "缴纳", "依法履行给付义务写作“缴纳”"),
        ("做出(?=[^，。；、]{0,6}(?:决定|裁决|处理|承诺|处罚|认定))", "作出", "决定、处理等抽象行为写作“作出”"),
        ("反应(?=[^，。；]{0,4}(?:问题|情况|意见|诉求))", "反映", "把情况告诉上级或有关部门写作“反映”"),
        ("必需(?=(?:提交|具备|符合|遵守|按照|经过|在))", "必须", "表示一定要写作“必须”，“必需”是不可少的"),
        ("抵消(?=[^，。；]{0,6}(?:债务|债权|应纳税|税款))", "抵销", "债权债务相互冲销写作“抵销”"),
        (
            "接收(?=[^，。；、]{0,3}(?:审计|监督|检查|监管|审查|考核|评估|处罚|询问|质询|教育))",
            "接受",
            "答应、承受写作“接受”",
        ),
        ("泄漏(?=[^，。；]{0,10}秘密)", "泄露", "秘密为人所知写作“泄露”"),
    )
)


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
        "　　培养技术经理人（原称技术经纪人）。\n",
        "　　由市科学技术局（以下简称市科技局）负责。\n　　市科技局按月公布。\n",
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
            if term.body and (line.role is not Role.BODY or not re.search("[。；，：]", line.text)):
                continue  # where bodies sign and are addressed, with their full names
            for match in pattern.finditer(line.text):
                if not _in_title(line.text, match.start()) and not _FORMER.search(line.text[: match.start()][-4:]):
                    places[match.group()].append(line.span(match))
        used = [form for form in term.forms if places[form]]
        if len(used) < 2 or (term.body and _declared(draft, used)):
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


_FORMER = re.compile("(?:原称|原名|原|又称|也称|旧称|俗称|即)[“]?$")


def _declared(draft: Draft, names: Sequence[str]) -> bool:
    """Whether the text declares one of the names of a body as short for another."""
    short = re.compile(f"简称为?[“]?[^（）()]{{0,4}}(?:{'|'.join(map(re.escape, names))})")
    return any(short.search(line.text) for line in draft.lines)


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
    "C5a",
    "引用的字号与标题相符",
    Family.SUPERIOR,
    Severity.WARNING,
    why="字号的年份或顺序号写错，读者找不到所引的文件。",
    source=Source("党政机关公文处理工作条例", "第二十条", Force.RULED),
    bad=("　　落实《国家技术转移体系建设方案》（国发〔2018〕44号），提出以下意见。\n",),
    good=(
        "　　落实《国家技术转移体系建设方案》（国发〔2017〕44号），提出以下意见。\n",
        "　　落实《云溪省贯彻国家技术转移体系建设方案的意见》（云府发〔2018〕5号），提出以下意见。\n",
    ),
)
def number_of_title(draft: Draft) -> Iterator[Found]:
    """A document of the centre that is cited with another number than its own."""
    central = {entry.letters for entry in grammar().numbered}
    for line in draft.lines:
        for match in _TITLE_AND_NUMBER.finditer(line.text):
            if match["letters"] not in central:
                continue
            for entry in grammar().numbered:
                given = match["letters"], int(match["year"]), int(match["number"])
                if entry.title in match["title"] and given != (entry.letters, entry.year, entry.number):
                    right = f"{entry.letters}〔{entry.year}〕{entry.number}号"
                    start, end = line.span(match)
                    yield Found(start, end, f"所引文件的字号是{right}，此处不同", f"核对后改为“{right}”")


_TITLE_AND_NUMBER = re.compile(
    r"《(?P<title>[^《》]{4,80})》[（(](?P<letters>[\u3400-\u9fff]{2,6})[〔\[［（(](?P<year>\d{4})[〕\]］）)]\s?(?P<number>\d{1,4})\s?号"
)


@rule(
    "C9a",
    "机构名称为现行名称",
    Family.SUPERIOR,
    Severity.WARNING,
    why="机构改革后仍用旧名，责任就落不到现在的部门。",
    source=Source("机构改革方案", "", Force.PRACTICE),
    bad=(
        "　　由市工商行政管理局负责登记。\n\n市科技局\n2026年3月2日\n",
        "　　由区质量技术监督局负责，成交额由2025年的2亿元增加到2028年的3亿元。\n",
    ),
    good=(
        "　　由市市场监督管理局负责登记。\n\n市科技局\n2026年3月2日\n",
        "　　由市工商行政管理局负责登记。\n\n市科技局\n2015年3月2日\n",
        "　　由原市工商行政管理局登记的企业。\n\n市科技局\n2026年3月2日\n",
    ),
)
def renamed(draft: Draft) -> Iterator[Found]:
    """A body by a name that it no longer had when this text was made."""
    year = year_of_draft(draft) or _past_year(draft)
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


def _past_year(draft: Draft) -> int | None:
    """The last year that a text without a date speaks of as a base or as past: 由2025年的2000万元, 截至2025年底."""
    years = [
        int(match[1])
        for line in draft.body()
        for match in re.finditer(r"(?:由|从|较|比|截至|截止)(20\d\d)年", line.text)
    ]
    return max(years, default=None)
