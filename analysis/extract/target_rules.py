"""What the grammar says of a number that could be a target: rules that speak against it, and what it lacks.

These are signs among others: :mod:`analysis.extract.target_signs` collects them, and the weights decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.extract import target_patterns as patterns
from analysis.extract.incentive_patterns import AT_LEAST_BEFORE, BEYOND, INCENTIVE_SUMMED, LOOKED_BACK
from analysis.extract.naming import label_before, share_before
from analysis.extract.quantities import looks_counted
from analysis.extract.scope import Scope, Tense
from analysis.extract.sentences import LIMITING, Part, Sentence, enclosure
from analysis.model import Comparator, Quantity

RAISING = (Comparator.GE, Comparator.GT, Comparator.APPROX)
RATIOS = ("percent", "points")
NAMES = frozenset("“《「【〔")
FEW = 100
SET_AGAINST = ("同比", "环比", "较上年", "比上年")
RANKS = ("位", "名", "强")
VERBS = ("goal", "bring", "reach")


def refusal(quantity: Quantity, part: Part, sentence: Sentence) -> str | None:
    """The rule of hard grammar that refuses a number, whatever else speaks for it; None where none does."""
    return (
        _named(quantity, part, sentence)
        or _set_against(quantity, part)
        or _paid(quantity, part, sentence)
        or _described(quantity, part)
    )


def _named(quantity: Quantity, part: Part, sentence: Sentence) -> str | None:
    """Where the number stands: in a sentence of penalties, in a name, as a name, under 现状, in a condition."""
    if any(piece.tagged("penalty") for piece in sentence.parts):
        return "penalty"
    if enclosure(quantity, sentence) in NAMES:
        return "in_name"  # “千人计划”, 《二十条措施》
    if quantity.dimension == "count" and re.match("[一二三四五六七八九十两]", quantity.quote):
        before = part.around(quantity)[0]
        if "、" in before:
            return "named_before"  # 甲、乙、丙三个中心
        ranked = quantity.unit in RANKS and before.endswith("前")  # 上升至前十八位
        if quantity.value < FEW and quantity.comparator is Comparator.EQ and not ranked:
            return "in_words"  # 强化三个队伍建设: what the text numbers; aims are written in figures
    if patterns.STANDING.find(_cell_label(part, sentence)):
        return "baseline"
    if patterns.CONDITION_HEAD.find(part.text) and part.text.endswith(("的，", "的,", "的；", "的。")):
        return "condition"  # 对成交额达到3亿元以上的，优先推荐
    return None


def _set_against(quantity: Quantity, part: Part) -> str | None:
    """What the number is measured against: another number, another year, an item, a task."""
    before, rest = part.around(quantity)
    if patterns.PER_ITEM.find(before):
        return "measure_of_giving"
    if quantity.dimension == "multiple" and patterns.COMPARED.find(before):
        return "compared"
    if quantity.dimension == "percent" and patterns.SHARE_OF_TASK.find(before):
        return "share_of_task"
    if patterns.AMONG.find(rest) and any(each.start > quantity.end for each in part.quantities):
        return "among"  # 每千家企业中高新技术企业不少于6家
    if patterns.STARTS_FROM.find(before) and patterns.RISES_TO.find(rest):
        return "starting_point"  # 由1200亿元提高到2000亿元
    return None


def _paid(quantity: Quantity, part: Part, sentence: Sentence) -> str | None:
    """Money that is given or has been paid."""
    summed = quantity.dimension == "money" and INCENTIVE_SUMMED.find(part.around(quantity)[0])  # 奖励总金额为43万元
    if summed or any(token.word in ("予以", "给予") for token in part.tagged("give")):
        return "given"
    counted = quantity.dimension in ("money", "percent") and INCENTIVE_SUMMED.find(sentence.text)
    return "fact" if counted and any(LOOKED_BACK.find(piece.text) for piece in sentence.parts) else None


def _described(quantity: Quantity, part: Part) -> str | None:
    """A number that says what something is like: at most so large, in so many parts, of those with so much income."""
    rest = part.around(quantity)[1]
    if quantity.comparator in LIMITING and quantity.dimension in ("money", "count"):
        return "ceiling"
    if quantity.dimension == "count" and patterns.PART_OF_TEXT.find(rest):
        return "part_of_text"  # 提出18项具体举措
    counted_later = any(each.start > quantity.end and each.dimension == "count" for each in part.quantities)
    if quantity.dimension in ("count", "money", "area") and counted_later:
        of_a_noun = quantity.quote.endswith(("以上", "以下")) and re.match(r"[^，、；。\d]{1,14}", rest)
        if of_a_noun or re.match("的(?!速度)", rest):
            return "attribute"  # 年服务收入超过1000万元的机构20家, 产值15亿元以上企业3家
    return None


def objections(quantity: Quantity, part: Part, sentence: Sentence, scope: Scope) -> Iterator[str]:
    """Ids of the rules that speak against a number that could look like a target, the surest first."""
    rest = part.around(quantity)[1]
    if enclosure(quantity, sentence):
        yield "bracketed"
    if part.tagged("forecast"):
        yield "forecast"
    if scope.required or _is_condition(quantity, part, sentence):
        yield "condition"
    if patterns.ADMINISTRATIVE.find(rest):
        yield "administrative"
    governed = part.tagged(*VERBS, before=quantity.start)
    if quantity.dimension in ("count", "money") and re.match("的(?!速度)", rest) and not governed:
        yield "attribute"


def missing(quantity: Quantity, part: Part, sentence: Sentence, scope: Scope, *, listed: bool) -> str | None:
    """Which of the two things a target needs is missing: a verb that brings it about, or a sign that it is wanted.

    ``listed``: the number before it in the sentence is a target, and this one goes on its list.
    """
    year = scope.year if scope.near else None
    labelled = year and scope.firm and label_before(quantity, part, sentence)  # 到2025年：技术合同成交额：300亿元
    if not (listed or labelled or _brought_about(quantity, part, sentence)):
        return "no_verb"
    wished = any(piece.tagged("mood") for piece in sentence.parts if piece.start <= part.start)
    issued = scope.text.issued
    reported = scope.text.reports and scope.tense is not Tense.PLAN  # by its title, the text tells what has been done
    if not wished and (reported or (year and scope.counted)):  # 截至2025年，特色产业园达到64家
        return "fact"
    if year and scope.firm:
        told = any(token.word != "从" for token in part.tagged("past"))  # 已建成, 同比: deadline or not
        return "fact" if told and not wished else None
    if wished:
        return None
    if _past(sentence) or (year and issued and year < issued):
        return "fact"
    if in_goal_section(sentence) or listed:
        return None
    if year:
        set_out = part.tagged("goal", "reach", before=quantity.start) or quantity.comparator in RAISING
        return None if set_out and not measured(quantity) else "fact"
    if quantity.dimension in RATIOS:
        return None if _demanded_share(quantity, part, sentence) else "no_wish"
    if any(piece.tagged("oblige") for piece in sentence.parts):
        return "duty"
    return None if _set_as_task(quantity, part) else "no_wish"


def _set_as_task(quantity: Quantity, part: Part) -> bool:
    """Whether a plain imperative sets the number: 培养100名高级技术经理人."""
    # 每年组织10场, 建成50个左右: reports give figures, not bounds
    open_ended = quantity.comparator in (Comparator.GE, Comparator.APPROX) or patterns.YEARLY.find(part.text)
    urged = part.tagged("goal", before=quantity.start) or (open_ended and part.tagged("bring", before=quantity.start))
    return bool(urged) and quantity.dimension in ("count", "area") and not measured(quantity)


def bound(quantity: Quantity, part: Part) -> Comparator:
    """How the number binds, also where its base stands between: 不低于年销售额的百分之三."""
    before, _ = part.around(quantity)
    if quantity.comparator is not Comparator.EQ:
        return quantity.comparator
    if AT_LEAST_BEFORE.find(before):
        return Comparator.GE
    ranked = quantity.unit in RANKS and before.endswith("前")  # 进入全国前20位
    return Comparator.LE if ranked else Comparator.EQ


def _is_condition(quantity: Quantity, part: Part, sentence: Sentence) -> bool:
    """…300万元以上的， · 对…达到1亿元的机构 · 超过部分 · a number in a list of requirements."""
    if patterns.CONDITION_END.find(part.text) and not part.text.startswith("——"):
        return True
    if BEYOND.find(part.around(quantity)[1]):
        return True
    before = sentence.before(part)
    if before and before.text.endswith("的，") and patterns.REQUIRED_SUM.find(part.text):
        return True  # 申请贷款补助的，应付利息不得低于20万元
    if patterns.CONDITION_HEAD.find(part.text) and not part.tagged("goal", "bring", before=quantity.start):
        return True
    if any(patterns.REQUIREMENTS.find(piece.text) for piece in sentence.parts if piece.start < part.start):
        return True
    asking = (each for each in sentence.headings[1:] or sentence.headings if patterns.ELIGIBILITY_HEADING.find(each))
    return any(not patterns.GOAL_HEADING.find(heading) for heading in asking)


def _cell_label(part: Part, sentence: Sentence) -> str:
    """What the cell of a table, or a line with a colon, is headed by: 2023年基数：技术合同成交额120亿元."""
    index = sentence.parts.index(part)
    while index and not sentence.parts[index].opens:
        index -= 1
        if sentence.parts[index].text.endswith(("：", ":")):
            return sentence.parts[index].text
    return ""


def _brought_about(quantity: Quantity, part: Part, sentence: Sentence) -> bool:
    before, rest = part.around(quantity)
    if part.tagged(*VERBS, before=quantity.start) or bound(quantity, part) in RAISING:
        return True
    if quantity.dimension == "multiple" and part.tagged("reach"):  # 翻番 is number and verb in one
        return True
    labelled = patterns.GOAL_HEADING.find(_cell_label(part, sentence))  # 2027年目标：技术合同成交额300亿元
    if labelled or rest.startswith("成为") or in_goal_section(sentence):
        return True
    return bool(part.tagged(*VERBS, after=quantity.end)) and "支持" in before  # 支持100家企业建成…


def in_goal_section(sentence: Sentence) -> bool:
    """Whether a heading above says that what follows are aims."""
    return any(patterns.GOAL_HEADING.find(heading) for heading in sentence.headings)


def _past(sentence: Sentence) -> bool:
    """Whether the sentence tells of what has happened: 同比, 已建成, 布局建设了5个, 从256亿元提升到561亿元.

    Under a heading of aims growth may well be set against last year's (分别同比增长20%以上).
    """
    if patterns.NARRATED.find(sentence.text):
        return True
    aims = in_goal_section(sentence)
    return any(
        (token.word != "从" or "到" in part.text) and not (aims and token.word in SET_AGAINST)
        for part in sentence.parts
        for token in part.tagged("past")
    )


def measured(quantity: Quantity) -> bool:
    """Whether the number looks counted and not set: aims are round (300, 1500), facts are not (1708, 293.9)."""
    return quantity.dimension not in (*RATIOS, "multiple") and looks_counted(quantity.value)


def _demanded_share(quantity: Quantity, part: Part, sentence: Sentence) -> bool:
    """Whether a share is a standing demand: 应当占…2%以上, 比例原则上不低于三分之一, 每年安排2%的资金."""
    raised, before = bound(quantity, part) in RAISING, part.around(quantity)[0]
    growing = patterns.YEARLY.find(part.text) and patterns.GROWTH.find(part.text)  # 每年增长不低于10%
    if patterns.URGED_RISE.find(before) or (raised and (growing or share_before(part, sentence))):
        return True
    if any(piece.tagged("oblige") for piece in sentence.parts):
        return patterns.SHARE_SUBJECT.find(sentence.text) is not None
    directed = any(piece.tagged("goal", "bring", "mood") for piece in sentence.parts)
    if not directed and not patterns.FUND_SUBJECT.find(part.text):
        return False
    if patterns.YEARLY.find(part.text) and part.tagged("goal", "bring"):
        return True
    return raised and patterns.SHARE_SUBJECT.find(before) is not None
