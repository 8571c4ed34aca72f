"""What the grammar says of every number that could be a target: rules that speak against it, and what it lacks.

These are signs among others: :mod:`analysis.extract.target_decision` collects them, and the weights decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from analysis.extract import target_patterns as patterns
from analysis.extract.incentive_patterns import AT_LEAST_BEFORE, BEYOND, INCENTIVE_SUMMED, LOOKED_BACK
from analysis.extract.naming import Name, label_before, own_name, share_before
from analysis.extract.quantities import looks_counted
from analysis.extract.scope import Scope, Tense, respective_years
from analysis.extract.sentences import COUNTED, LIMITING, Mention, Sentence
from analysis.model import Comparator, Quantity

RAISING = (Comparator.GE, Comparator.GT, Comparator.APPROX)
RATIOS = ("percent", "points")
NAMES = frozenset("“《「【〔")
FEW = 100
SET_AGAINST = ("同比", "环比", "较上年", "比上年")
RANKS = ("位", "名", "强")
VERBS = ("goal", "bring", "reach")


@dataclass(frozen=True, slots=True)
class Candidate(Mention):
    """A number that could be a target. ``against``: rules that speak against it; empty where the grammar takes it."""

    scope: Scope
    refused: str | None  # the rule of hard grammar that refuses it; nothing is weighed then
    against: tuple[str, ...]
    name: Name
    overtaken: bool = False  # another number of its sentence is for a later year

    @property
    def by_rule(self) -> bool:
        """Whether the grammar's rules alone would take it."""
        return not self.refused and not self.against


def candidates(found: Sequence[Sentence], used: AbstractSet[int], scoped: Mapping[int, Scope]) -> tuple[Candidate, ...]:
    """All numbers of the sentences that could be targets, in the order of the text.

    ``used``: starts of the numbers that incentives hold. ``scoped``: the scope of each part by its start.
    """
    result: list[Candidate] = []
    for sentence in found:
        listed = False
        # The latest year that something is set out for: 2024年成交额1500亿元，2027年力争达到2500亿元.
        set_out = [part for part in sentence.parts if part.quantities and part.tagged(*VERBS, "mood")]
        latest = max((scoped[part.start].year or 0 for part in set_out), default=0)
        for part in sentence.parts:
            answers = respective_years(part)
            for quantity in part.quantities:
                if quantity.dimension not in COUNTED or quantity.start in used:
                    continue
                scope, answer = scoped[part.start], answers.get(quantity.start)
                scope = scope.naming(answer) if answer else scope
                overtaken = overtaken_by(scope, latest)
                number = Mention(quantity, part, sentence)
                refused = refusal(number)
                if overtaken and not (scope.firm or bound(number) in RAISING or part.tagged(*VERBS, "mood")):
                    refused = refused or "baseline"
                against: tuple[str, ...] = ()
                if not refused:
                    lacks = missing(number, scope, listed=listed)
                    against = (*objections(number, scope), *([lacks] if lacks else ()))
                name = own_name(number)
                result.append(Candidate(quantity, part, sentence, scope, refused, against, name, overtaken))
                listed = listed or result[-1].by_rule
    return tuple(result)


def overtaken_by(scope: Scope, latest: int) -> bool:
    """Whether something is set out for a later year, and this one is not known to lie ahead of the text."""
    issued = scope.text.issued
    return scope.year is not None and scope.year < latest and (issued is None or scope.year < issued)


def refusal(number: Mention) -> str | None:
    """The rule of hard grammar that refuses a number, whatever else speaks for it; None where none does."""
    return _named(number) or _set_against(number) or _paid(number) or _described(number)


def _named(number: Mention) -> str | None:
    """Where the number stands: in a sentence of penalties, in a name, as a name, under 现状, in a condition."""
    quantity, part = number.quantity, number.part
    if number.sentence.says("penalty"):
        return "penalty"
    if number.enclosure in NAMES:
        return "in_name"  # “千人计划”, 《二十条措施》
    if quantity.dimension == "count" and re.match("[一二三四五六七八九十两]", quantity.quote):
        if "、" in number.before:
            return "named_before"  # 甲、乙、丙三个中心
        if quantity.value < FEW and quantity.comparator is Comparator.EQ and not _is_rank(number):
            return "in_words"  # 强化三个队伍建设: what the text numbers; aims are written in figures
    if patterns.STANDING.find(_cell_label(number)):
        return "baseline"
    if patterns.CONDITION_HEAD.find(part.text) and part.text.endswith(("的，", "的,", "的；", "的。")):
        return "condition"  # 对成交额达到3亿元以上的，优先推荐
    return None


def _set_against(number: Mention) -> str | None:
    """What the number is measured against: another number, another year, an item, a task."""
    quantity, before, rest = number.quantity, number.before, number.behind
    if patterns.PER_ITEM.find(before):
        return "measure_of_giving"
    if quantity.dimension == "multiple" and patterns.COMPARED.find(before):
        return "compared"
    if quantity.dimension == "percent" and patterns.SHARE_OF_TASK.find(before):
        return "share_of_task"
    if patterns.AMONG.find(rest) and number.later():
        return "among"  # 每千家企业中高新技术企业不少于6家
    if patterns.STARTS_FROM.find(before) and patterns.RISES_TO.find(rest):
        return "starting_point"  # 由1200亿元提高到2000亿元
    return None


def _paid(number: Mention) -> str | None:
    """Money that is given or has been paid."""
    dimension, sentence = number.quantity.dimension, number.sentence
    summed = dimension == "money" and INCENTIVE_SUMMED.find(number.before)  # 奖励总金额为43万元
    if summed or any(token.word in ("予以", "给予") for token in number.part.tagged("give")):
        return "given"
    counted = dimension in ("money", "percent") and INCENTIVE_SUMMED.find(sentence.text)
    return "fact" if counted and any(LOOKED_BACK.find(piece.text) for piece in sentence.parts) else None


def _described(number: Mention) -> str | None:
    """A number that says what something is like: at most so large, in so many parts, of those with so much income."""
    quantity, rest = number.quantity, number.behind
    if quantity.comparator in LIMITING and quantity.dimension in ("money", "count"):
        return "ceiling"
    if quantity.dimension == "count" and patterns.PART_OF_TEXT.find(rest):
        return "part_of_text"  # 提出18项具体举措
    counted_later = any(each.dimension == "count" for each in number.later())
    if quantity.dimension in ("count", "money", "area") and counted_later:
        of_a_noun = quantity.quote.endswith(("以上", "以下")) and re.match(r"[^，、；。\d]{1,14}", rest)
        if of_a_noun or re.match("的(?!速度)", rest):
            return "attribute"  # 年服务收入超过1000万元的机构20家, 产值15亿元以上企业3家
    return None


def objections(number: Mention, scope: Scope) -> Iterator[str]:
    """Ids of the rules that speak against a number that could look like a target, the surest first."""
    if number.enclosure:
        yield "bracketed"
    if number.part.tagged("forecast"):
        yield "forecast"
    if scope.required or _is_condition(number):
        yield "condition"
    if patterns.ADMINISTRATIVE.find(number.behind):
        yield "administrative"
    attributed = number.quantity.dimension in ("count", "money") and re.match("的(?!速度)", number.behind)
    if attributed and not number.tagged_before(*VERBS):
        yield "attribute"


def missing(number: Mention, scope: Scope, *, listed: bool) -> str | None:
    """Which of the two things a target needs is missing: a verb that brings it about, or a sign that it is wanted.

    ``listed``: the number before it in the sentence is a target, and this one goes on its list.
    """
    quantity, part, sentence = number.quantity, number.part, number.sentence
    year = scope.year if scope.near else None
    labelled = year and scope.firm and label_before(number)  # 到2025年：技术合同成交额：300亿元
    if not (listed or labelled or _brought_about(number)):
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
        set_out = number.tagged_before("goal", "reach") or quantity.comparator in RAISING
        return None if set_out and not measured(quantity) else "fact"
    if quantity.dimension in RATIOS:
        return None if _demanded_share(number) else "no_wish"
    if sentence.says("oblige"):
        return "duty"
    return None if _set_as_task(number) else "no_wish"


def _set_as_task(number: Mention) -> bool:
    """Whether a plain imperative sets the number: 培养100名高级技术经理人."""
    quantity = number.quantity
    # 每年组织10场, 建成50个左右: reports give figures, not bounds
    open_ended = quantity.comparator in (Comparator.GE, Comparator.APPROX) or patterns.YEARLY.find(number.part.text)
    urged = number.tagged_before("goal") or (open_ended and number.tagged_before("bring"))
    return bool(urged) and quantity.dimension in ("count", "area") and not measured(quantity)


def bound(number: Mention) -> Comparator:
    """How the number binds, also where its base stands between: 不低于年销售额的百分之三."""
    if number.quantity.comparator is not Comparator.EQ:
        return number.quantity.comparator
    if AT_LEAST_BEFORE.find(number.before):
        return Comparator.GE
    return Comparator.LE if _is_rank(number) else Comparator.EQ


def _is_rank(number: Mention) -> bool:
    """进入全国前20位 · 上升至前十八位."""
    return number.quantity.unit in RANKS and number.before.endswith("前")


def _is_condition(number: Mention) -> bool:
    """…300万元以上的， · 对…达到1亿元的机构 · 超过部分 · a number in a list of requirements."""
    part, sentence = number.part, number.sentence
    if patterns.CONDITION_END.find(part.text) and not part.text.startswith("——"):
        return True
    if BEYOND.find(number.behind):
        return True
    before = number.part_before
    if before and before.text.endswith("的，") and patterns.REQUIRED_SUM.find(part.text):
        return True  # 申请贷款补助的，应付利息不得低于20万元
    if patterns.CONDITION_HEAD.find(part.text) and not number.tagged_before("goal", "bring"):
        return True
    if any(patterns.REQUIREMENTS.find(piece.text) for piece in sentence.parts if piece.start < part.start):
        return True
    asking = (each for each in sentence.headings[1:] or sentence.headings if patterns.ELIGIBILITY_HEADING.find(each))
    return any(not patterns.GOAL_HEADING.find(heading) for heading in asking)


def _cell_label(number: Mention) -> str:
    """What the cell of a table, or a line with a colon, is headed by: 2023年基数：技术合同成交额120亿元."""
    parts = number.sentence.parts
    index = parts.index(number.part)
    while index and not parts[index].opens:
        index -= 1
        if parts[index].text.endswith(("：", ":")):
            return parts[index].text
    return ""


def _brought_about(number: Mention) -> bool:
    if number.tagged_before(*VERBS) or bound(number) in RAISING:
        return True
    if number.quantity.dimension == "multiple" and number.part.tagged("reach"):  # 翻番 is number and verb in one
        return True
    labelled = patterns.GOAL_HEADING.find(_cell_label(number))  # 2027年目标：技术合同成交额300亿元
    if labelled or number.behind.startswith("成为") or in_goal_section(number.sentence):
        return True
    return bool(number.tagged_behind(*VERBS)) and "支持" in number.before  # 支持100家企业建成…


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


def _demanded_share(number: Mention) -> bool:
    """Whether a share is a standing demand: 应当占…2%以上, 比例原则上不低于三分之一, 每年安排2%的资金."""
    part, sentence, before = number.part, number.sentence, number.before
    raised = bound(number) in RAISING
    growing = patterns.YEARLY.find(part.text) and patterns.GROWTH.find(part.text)  # 每年增长不低于10%
    if patterns.URGED_RISE.find(before) or (raised and (growing or share_before(number))):
        return True
    if sentence.says("oblige"):
        return patterns.SHARE_SUBJECT.find(sentence.text) is not None
    if not sentence.says("goal", "bring", "mood") and not patterns.FUND_SUBJECT.find(part.text):
        return False
    if patterns.YEARLY.find(part.text) and part.tagged("goal", "bring"):
        return True
    return raised and patterns.SHARE_SUBJECT.find(before) is not None
