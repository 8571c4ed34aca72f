"""Numbers of a giving statement that must be met before anything is given: thresholds, bounds of a tier, shares.

大于1000万元（含）且…的 · 达到1亿元的机构 · 超过1亿元部分 · 5000万元以上的 ·
合同额500万元且＜1000万元， · 占比高于3%的企业.
"""

from __future__ import annotations

from analysis import grammar
from analysis.extract.evidence import LIMITING, split
from analysis.extract.sentences import Part
from analysis.model import Comparator, Quantity


def is_threshold(number: Quantity, part: Part) -> bool:
    """Whether a sum of money qualifies, or bounds what qualifies, and is not given itself."""
    patterns = grammar.patterns()
    before, rest = split(number, part)
    if patterns["beyond"].find(rest) or number.comparator is Comparator.LT:
        return True
    following = next((each for each in part.quantities if each.start == number.end + 1 and rest[:1] == "、"), None)
    if following and is_threshold(following, part):  # 突破1亿元、5亿元、10亿元的企业
        return True
    if rest.endswith("的，") and not patterns["stated"].find(before + rest):  # 突破10亿元、50亿元、100亿元的，
        return True
    if number.comparator in (Comparator.GE, Comparator.GT):
        if not patterns["given_just_before"].find(before):
            return True
        return rest.startswith("的") and not patterns["given_behind"].find(rest)
    if _given_before(number, part):
        return patterns["tier_after"].find(rest) is not None
    if patterns["given_behind"].find(rest):
        return False
    if patterns["qualifies_after"].find(rest):
        return True
    if number.comparator not in LIMITING and patterns["qualifies_before"].find(before):
        return True
    if number.comparator in LIMITING or patterns["stated"].find(before):
        return False
    return patterns["measured_before"].find(before) is not None  # 合同额500万元，补贴2%


def is_required_share(number: Quantity, part: Part) -> bool:
    """Whether a share qualifies: 占比3%以上的部分 · 比例达到百分之一的，可以享受… · 增长10%以上，给予…."""
    patterns = grammar.patterns()
    before, rest = split(number, part)
    if patterns["beyond"].find(rest) or rest.startswith("的，"):
        return True
    given = bool(part.tagged("give", "grant"))
    if part.text.endswith("的，") and not given:
        return True
    if patterns["bounded_behind"].find(rest):
        return True
    if _given_before(number, part) or patterns["given_behind"].find(rest):
        return False
    if patterns["bounded_rate"].find(before):
        return True
    if number.comparator not in (Comparator.GE, Comparator.GT, Comparator.LT):
        return False
    if patterns["qualifies_after"].find(rest) and not patterns["base_behind"].find(rest):
        return True
    if not rest.strip("，；、") and (not before or before.endswith("、")):
        return True  # 4%≤占比<5%、5%以上，: a bare bound is a step
    return patterns["share_named_behind"].find(rest) is not None  # 3%≤占比<4%


def _given_before(number: Quantity, part: Part) -> bool:
    """Whether a word of giving stands before the number or inside it (最高补助300万元)."""
    inside = grammar.patterns()["stated"].find(number.quote) is not None
    return inside or bool(part.tagged("give", "grant", before=number.start))
