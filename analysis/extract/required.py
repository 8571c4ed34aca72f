"""Numbers of a giving statement that must be met before anything is given: thresholds, bounds of a tier, shares.

大于1000万元（含）且…的 · 达到1亿元的机构 · 超过1亿元部分 · 5000万元以上的 ·
合同额500万元且＜1000万元， · 占比高于3%的企业.
"""

from __future__ import annotations

from analysis.extract import incentive_patterns as patterns
from analysis.extract.evidence import LIMITING, split
from analysis.extract.refusal_patterns import BOUNDED_BEHIND, BOUNDED_RATE, SHARE_NAMED_BEHIND
from analysis.extract.sentences import Part
from analysis.model import Comparator, Quantity
from analysis.tokenise import Token


def is_threshold(number: Quantity, part: Part) -> bool:
    """Whether a sum of money qualifies, or bounds what qualifies, and is not given itself."""
    before, rest = split(number, part)
    if patterns.BEYOND.find(rest) or number.comparator is Comparator.LT or _is_step(number, part):
        return True
    if number.comparator in (Comparator.GE, Comparator.GT):
        if not patterns.GIVEN_JUST_BEFORE.find(before):
            return True
        return rest.startswith("的") and not patterns.GIVEN_BEHIND.find(rest)
    if _given_before(number, part):
        return patterns.TIER_AFTER.find(rest) is not None
    if patterns.GIVEN_BEHIND.find(rest):
        return False
    if patterns.QUALIFIES_AFTER.find(rest):
        return True
    if number.comparator not in LIMITING and patterns.QUALIFIES_BEFORE.find(before):
        return True
    if number.quote.endswith("以下") and before.endswith("以上"):
        return True  # 100万元以上500万元以下奖励1万元
    if patterns.STATED.find(before) or (number.comparator in LIMITING and not number.quote.endswith("以下")):
        return False
    return patterns.MEASURED_BEFORE.find(before) is not None  # 合同额500万元，补贴2%


def _is_step(number: Quantity, part: Part) -> bool:
    """Whether a sum is one of several to be reached: 突破1亿元、5亿元、10亿元的企业 · 突破10亿元、50亿元的，."""
    before, rest = split(number, part)
    following = next((each for each in part.quantities if each.start == number.end + 1 and rest[:1] in "、/"), None)
    if following and number.comparator not in LIMITING and is_threshold(following, part):
        return True
    return rest.endswith("的，") and not patterns.STATED.find(before + rest)


def is_required_share(number: Quantity, part: Part) -> bool:
    """Whether a share qualifies: 占比3%以上的部分 · 比例达到百分之一的，可以享受… · 增长10%以上，给予…."""
    before, rest = split(number, part)
    if patterns.BEYOND.find(rest) or rest.startswith("的，"):
        return True
    if patterns.BASE_BEHIND.find(rest):
        return False  # 可获得不低于90%的转让收益
    given = bool(_giving(part))
    if BOUNDED_BEHIND.find(rest) or (part.text.endswith("的，") and not given):
        return True
    if _given_before(number, part) or patterns.GIVEN_BEHIND.find(rest):
        return False
    if BOUNDED_RATE.find(before):
        return True
    if not given and rest.startswith("的") and patterns.OPENING.find(part.text):
        return True  # 对超过1%且小于3%的不良贷款
    if number.comparator not in (Comparator.GE, Comparator.GT, Comparator.LT):
        return False
    if patterns.QUALIFIES_AFTER.find(rest) and not patterns.BASE_BEHIND.find(rest):
        return True
    if not rest.strip("，；、") and (not before or before.endswith("、")):
        return True  # 4%≤占比<5%、5%以上，: a bare bound is a step
    return SHARE_NAMED_BEHIND.find(rest) is not None  # 3%≤占比<4%


def _given_before(number: Quantity, part: Part) -> bool:
    """Whether a word of giving stands before the number or inside it (最高补助300万元)."""
    inside = patterns.STATED.find(number.quote) is not None
    return inside or bool(_giving(part, before=number.start))


def _giving(part: Part, before: int | None = None) -> list[Token]:
    """The words of giving of a part; in 加计扣除额 and 研发费用加计扣除的企业 nothing is given."""
    return [
        token
        for token in part.tagged("give", "grant", before=before)
        if not (token.word.endswith("扣除") and part.text[token.end - part.start :][:1] in "额的研费基金数")
    ]
