"""Why a number is a target, or why not. Every refusal is a reason that the user can read."""

from __future__ import annotations

import re

from analysis import grammar
from analysis.extract.naming import label_before, share_before
from analysis.extract.period import Period
from analysis.extract.sentences import Part, Sentence, bracketed
from analysis.model import Comparator, Quantity

RAISING = (Comparator.GE, Comparator.GT, Comparator.APPROX)
LIMITING = (Comparator.LE, Comparator.LT)
RATIOS = ("percent", "points")
VERBS = ("goal", "bring", "reach")
FACT = "已发生的事实"
NO_WISH = "没有说明是要达到的"


def objection(quantity: Quantity, part: Part, sentence: Sentence) -> str | None:
    """Why a number that could look like a target is none, or None. The order is that of how sure the sign is."""
    before, rest = split(quantity, part)
    if bracketed(quantity, sentence):
        return "括号、引号或书名号之内"
    if any(token.tag == "penalty" for piece in sentence.parts for token in piece.tokens):
        return "罚则"
    if part.tagged("forecast"):
        return "预测"
    if _is_condition(quantity, part, sentence):
        return "条件"
    if quantity.dimension == "count" and re.match("[一二三四五六七八九十]", quantity.quote) and "、" in before:
        return "前面已逐一列名"  # 甲、乙、丙三个中心
    if grammar.patterns()["standing"].find(_cell_label(part, sentence)):
        return "基数或现状"
    if grammar.patterns()["per_item"].find(before):
        return "给予的计量标准"
    if quantity.dimension == "multiple" and grammar.patterns()["compared"].find(before):
        return "与以往相比"
    if grammar.patterns()["administrative"].find(rest):
        return "行政区划或部门的个数"
    if any(token.word in ("予以", "给予") for token in part.tagged("give")):
        return "给予的内容"
    if quantity.comparator in LIMITING and quantity.dimension in ("money", "count"):
        return "上限"
    governed = part.tagged(*VERBS, before=quantity.start)
    counted_later = any(each.start > quantity.end and each.dimension == "count" for each in part.quantities)
    if quantity.dimension in ("count", "money") and re.match("的(?!速度)", rest) and (counted_later or not governed):
        return "修饰成分"  # 年服务收入超过1000万元的机构20家
    return None


def unsupported(
    quantity: Quantity, part: Part, sentence: Sentence, period: Period, *, listed: bool, issued: int | None
) -> str | None:
    """Which of the two things a target needs is missing: a verb that brings it about, or a sign that it is wanted.

    ``listed``: the number before it in the sentence is a target, and this one goes on its list. ``issued``: the year
    of the text where it is known; a year before it tells what was.
    """
    labelled = period.firm and label_before(quantity, part, sentence)  # 到2025年：技术合同成交额：300亿元
    if not (listed or labelled or _brought_about(quantity, part, sentence)):
        return "没有目标动词"
    wished = any(piece.tagged("mood") for piece in sentence.parts if piece.start <= part.start)
    if period.year and period.firm:
        return FACT if _tells(part) and not wished else None
    if wished:
        return None
    if _past(sentence) or (period.year and issued and period.year < issued):
        return FACT
    if _in_goal_section(sentence) or listed:
        return None
    if period.year:
        set_out = part.tagged("goal", "reach", before=quantity.start) or quantity.comparator in RAISING
        return None if set_out and not _measured(quantity) else FACT
    if quantity.dimension in RATIOS:
        return None if _demanded_share(quantity, part, sentence) else NO_WISH
    if any(piece.tagged("oblige") for piece in sentence.parts):
        return "义务而非目标"
    # 每年组织10场, 建成50个左右: reports give figures, not bounds
    open_ended = quantity.comparator in (Comparator.GE, Comparator.APPROX) or grammar.patterns()["yearly"].find(
        part.text
    )
    urged = part.tagged("goal", before=quantity.start) or (open_ended and part.tagged("bring", before=quantity.start))
    if urged and quantity.dimension in ("count", "area") and not _measured(quantity):
        return None  # a plain imperative: 培养100名高级技术经理人
    return NO_WISH


def split(quantity: Quantity, part: Part) -> tuple[str, str]:
    """The words of the part before and behind the number."""
    return part.text[: quantity.start - part.start], part.text[quantity.end - part.start :]


def bound(quantity: Quantity, part: Part) -> Comparator:
    """How the number binds, also where its base stands between: 不低于年销售额的百分之三."""
    before, _ = split(quantity, part)
    if quantity.comparator is Comparator.EQ and grammar.patterns()["at_least_before"].find(before):
        return Comparator.GE
    return quantity.comparator


def _is_condition(quantity: Quantity, part: Part, sentence: Sentence) -> bool:
    """…300万元以上的， · 对…达到1亿元的机构 · 超过部分 · a number in a list of requirements."""
    patterns = grammar.patterns()
    if patterns["condition_end"].find(part.text) and not part.text.startswith("——"):
        return True
    if patterns["beyond"].find(split(quantity, part)[1]):
        return True
    if patterns["condition_head"].find(part.text) and not part.tagged("goal", "bring", before=quantity.start):
        return True
    if any(patterns["requirements"].find(piece.text) for piece in sentence.parts if piece.start < part.start):
        return True
    headings = sentence.headings[1:] or sentence.headings
    return any(patterns["eligibility_heading"].find(heading) for heading in headings)


def _cell_label(part: Part, sentence: Sentence) -> str:
    """What the cell of a table, or a line with a colon, is headed by: 2023年基数：技术合同成交额120亿元."""
    index = sentence.parts.index(part)
    while index and not sentence.parts[index].opens:
        index -= 1
        if sentence.parts[index].text.endswith(("：", ":")):
            return sentence.parts[index].text
    return ""


def _brought_about(quantity: Quantity, part: Part, sentence: Sentence) -> bool:
    before, rest = split(quantity, part)
    if part.tagged(*VERBS, before=quantity.start) or bound(quantity, part) in RAISING:
        return True
    if quantity.dimension == "multiple" and part.tagged("reach"):  # 翻番 is number and verb in one
        return True
    if rest.startswith("成为") or _in_goal_section(sentence):
        return True
    if grammar.patterns()["goal_heading"].find(_cell_label(part, sentence)):  # 2027年目标：技术合同成交额300亿元
        return True
    return bool(part.tagged(*VERBS, after=quantity.end)) and "支持" in before  # 支持100家企业建成…


def _in_goal_section(sentence: Sentence) -> bool:
    return any(grammar.patterns()["goal_heading"].find(heading) for heading in sentence.headings)


def _past(sentence: Sentence) -> bool:
    """Whether the sentence tells of what has happened: 同比, 已建成, 布局建设了5个, 从256亿元提升到561亿元."""
    if grammar.patterns()["narrated"].find(sentence.text):
        return True
    return any(token.word != "从" or "到" in part.text for part in sentence.parts for token in part.tagged("past"))


def _tells(part: Part) -> bool:
    """Whether the part itself says that it has happened (已建成, 同比), deadline or not."""
    return any(token.word != "从" for token in part.tagged("past"))


def _measured(quantity: Quantity) -> bool:
    """Whether the number looks counted and not set: aims are round (300, 1500), facts are not (1708, 293.9)."""
    if quantity.dimension in (*RATIOS, "multiple"):
        return False
    digits = str(quantity.value.normalize()).split("E")[0].replace(".", "").strip("0")
    return len(digits) >= 3


def _demanded_share(quantity: Quantity, part: Part, sentence: Sentence) -> bool:
    """Whether a share is a standing demand: 应当占…2%以上, 比例原则上不低于三分之一, 每年安排2%的资金."""
    patterns = grammar.patterns()
    raised = bound(quantity, part) in RAISING
    if raised and share_before(part, sentence):
        return True
    if patterns["urged_rise"].find(split(quantity, part)[0]):
        return True
    if raised and patterns["yearly"].find(part.text) and patterns["growth"].find(part.text):
        return True  # 每年增长不低于10%
    if any(piece.tagged("oblige") for piece in sentence.parts):
        return patterns["share_subject"].find(sentence.text) is not None
    directed = any(piece.tagged("goal", "bring", "mood") for piece in sentence.parts)
    if not directed and not patterns["fund_subject"].find(part.text):
        return False
    if patterns["yearly"].find(part.text) and part.tagged("goal", "bring"):
        return True
    return patterns["share_subject"].find(split(quantity, part)[0]) is not None and raised
