"""Numbers of a giving statement that are neither given nor asked for, each with the rule that says so.

低于1万元的不享受 · 由2万元提高到5万元 (the 2) · 各按50%拨付 · 遴选不超过25%的项目 · 每增加1亿元 ·
每年安排200万元资金 · 已获得30万元奖励的 · 参照外省提高到200万元的做法 · 2000元的整数倍.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.extract import refusal_patterns as patterns
from analysis.extract.evidence import split
from analysis.extract.incentive_patterns import OPENING
from analysis.extract.required import is_threshold
from analysis.extract.sentences import Part, bracketed
from analysis.extract.statements import Statement
from analysis.grammar.pattern import Pattern
from analysis.model import Quantity

BRACKETED = "incentive.refused.bracketed"
REPORT = "incentive.refused.report"
AGGREGATE = "incentive.refused.aggregate"

# What the words of the part before or behind the number say; the first that hits names the rule.
_BEFORE = (
    ("counted", patterns.PER_SUM),
    ("former", patterns.RAISED_FROM),
    ("taken_back", patterns.TAKEN_BACK),
    ("selection", patterns.CHOSEN_SHARE),
    ("payer", patterns.BORNE),
    ("stacked", patterns.STACKED),
)
_SUM_BEFORE = (("received", patterns.RECEIVED_BEFORE), ("unit_price", patterns.UNIT_PRICE), ("held", patterns.HELD))
_SHARE_BEFORE = (
    ("payer", patterns.PAYERS),
    ("achieved", patterns.ACHIEVED),
    ("payer", patterns.OWN_FUNDS),
    ("instalment", patterns.INSTALMENTS_BEFORE),
)
_SHARE_BEHIND = (
    ("instalment", patterns.PAID_IN_PARTS),
    ("payer", patterns.BORNE_BEHIND),
    ("fund", patterns.SHARE_SET_ASIDE),
    ("former", patterns.RAISED_BY),
)


def refusal(number: Quantity, part: Part, statement: Statement) -> str | None:
    """The id of the rule by which ``number`` has no part in what is given, or None."""
    if bracketed(number, statement.sentence) and not _stated_in_bracket(number, part):
        return BRACKETED
    name = _by_pattern(number, part, statement) or _by_place(number, part, statement)
    return f"incentive.refused.{name}" if name else None


def _by_pattern(number: Quantity, part: Part, statement: Statement) -> str | None:
    """What the words of the part just before or behind the number say of it."""
    before, rest = split(number, part)
    if name := _first(before, (*_BEFORE, *(_SUM_BEFORE if number.dimension == "money" else ()))):
        return name
    if patterns.MULTIPLE_OF.find(rest):
        return "step"
    if patterns.MODEL_BEFORE.find(before) and patterns.MODEL_BEHIND.find(rest):
        return "model"
    if number.dimension in ("percent", "ratio"):
        if name := _first(before, _SHARE_BEFORE) or _first(rest, _SHARE_BEHIND):
            return name
        if patterns.INSTITUTION.find(before) and patterns.DIVIDED.find(statement.text):
            return "institution"
    return "price" if number.dimension == "money" and patterns.PRICED.find(rest) else None


def _first(words: str, rules: Sequence[tuple[str, Pattern]]) -> str | None:
    """The name of the first rule whose pattern hits."""
    return next((name for name, pattern in rules if pattern.find(words)), None)


def _by_place(number: Quantity, part: Part, statement: Statement) -> str | None:
    """What the rest of the statement says of the number: who pays, who gets nothing, that money is only set aside."""
    before, rest = split(number, part)
    if part is not statement.parts[0] and patterns.PAYERS_PART.find(before):
        return "payer"
    if _excluded(part, statement):
        return "exclusion"
    funded = patterns.FUND_BEFORE.find(before) or (
        patterns.FUND_BEHIND.find(rest) and patterns.SET_ASIDE_BEFORE.find(part.text[: number.start - part.start])
    )
    if number.dimension == "money" and funded and not _for_somebody(part, statement):
        return "fund"
    return None


def _stated_in_bracket(number: Quantity, part: Part) -> bool:
    """Whether the bracket around the number says how much is given: 给予奖励（最高不超过50万元）."""
    opened = part.text.rfind("（", 0, number.start - part.start)
    if opened < 0:
        return False
    inside = part.text[opened + 1 : number.end - part.start]
    if patterns.STATED_IN_BRACKET.find(inside):
        return True
    first = all(each.start >= part.start + opened for each in part.quantities)  # no sum that the bracket explains
    return first and patterns.GIFT_AT_END.find(part.text[:opened]) is not None and not is_threshold(number, part)


def _excluded(part: Part, statement: Statement) -> bool:
    """Whether who falls under the number gets nothing: 低于1万元的，不享受."""
    if patterns.DENIED.find(part.text):
        return True
    index = statement.parts.index(part)
    follows = statement.parts[index + 1 : index + 2]
    return part.text.endswith("的，") and any(patterns.DENIED.find(next_part.text) for next_part in follows)


def _for_somebody(part: Part, statement: Statement) -> bool:
    """Whether the statement says for whom (对…， 给予…), so that money set aside is money given."""
    return bool(part.tagged("grant")) or any(
        OPENING.find(each.text)
        or each.text.endswith("的，")
        or any(token.word == "给予" for token in each.tagged("give"))
        for each in statement.parts
        if each.start <= part.start
    )
