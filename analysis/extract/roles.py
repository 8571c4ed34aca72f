"""The numbers of a statement in their roles: threshold, rate, sum, cap for one item, cap for one year.

The role follows from where a number stands and how it binds: money that must be exceeded before anything is given is
a threshold, a percentage is a rate, money with a ceiling word is a cap (for a year where 每年 stands before it), any
other money is the sum. 分别 and a second rate or sum in words of its own make further gifts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from analysis import grammar
from analysis.extract.evidence import LIMITING, split
from analysis.extract.quantities import in_wan
from analysis.extract.sentences import Part, bracketed
from analysis.extract.statements import Statement, states
from analysis.model import Comparator, Quantity


@dataclass(frozen=True, slots=True)
class Roles:
    """The numbers of one gift. Money in 万元, rate in percent."""

    threshold: Decimal | None = None
    rate: Decimal | None = None
    rate_high: Decimal | None = None  # of a range (1%—3%); the rate is its lower end
    rate_comparator: Comparator | None = None
    base: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    cap_item: Decimal | None = None
    cap_year: Decimal | None = None
    first: Quantity | None = None  # the first number that is given, not required
    used: tuple[Quantity, ...] = ()

    @property
    def gives(self) -> bool:
        """Whether anything is given yet."""
        return any(number is not None for number in (self.rate, self.low, self.cap_item, self.cap_year))


def gifts(statement: Statement) -> list[Roles]:
    """The numbers of the statement as one or several gifts; empty where nothing with a number is given."""
    if not statement.gives() or _is_report(statement):
        return []
    found: list[Roles] = []
    roles = Roles()
    for part in statement.parts:
        numbers = [number for number in part.quantities if _can_be_given(number, statement)]
        if several := _respective(part, numbers):
            found += [gift for gift in _each(several, roles, part, statement) if gift.gives]
            numbers = [number for number in numbers if number not in several]
            roles = Roles()
        for number in numbers:
            if found and not roles.gives and number.comparator in LIMITING and number.dimension == "money":
                found = [_with(gift, number, part, statement) for gift in found]  # the cap that a list shares
                continue
            if roles.gives and _begins_another(roles, number, part):
                found.append(roles)
                roles = Roles(threshold=roles.threshold)
            elif roles.gives and _begins_tier(roles, number, part, statement):
                found.append(roles)
                roles = Roles()
            roles = _with(roles, number, part, statement)
    roles = _with_waived_tax(roles, statement)
    ranked = roles.threshold is not None and any(part.tagged("grant") for part in statement.parts)
    if roles.gives or ranked:
        found.append(roles)
    return _sharing_caps(found)


def _can_be_given(number: Quantity, statement: Statement) -> bool:
    return number.dimension in ("money", "percent") and not bracketed(number, statement.sentence)


def _is_report(statement: Statement) -> bool:
    """Money that has been paid or is expected: 累计发放…3748万元, 预计奖励…."""
    if any(part.tagged("forecast") for part in statement.parts):
        return True
    if any(_sets_case(part) for part in statement.parts):
        return False
    past = {token.word for part in statement.parts for token in part.tagged("past")} - {"从", "已"}
    return bool(past) and grammar.patterns()["topped"].find(statement.text) is None


def _sets_case(part: Part) -> bool:
    """对…， and …的， say for whom a rule is; reports do not speak like that."""
    return part.text.endswith("的，") or grammar.patterns()["opening"].find(part.text) is not None


def _respective(part: Part, numbers: Sequence[Quantity]) -> list[Quantity]:
    """分别…A、B、C: the numbers that belong to one each of the receivers or grades named before."""
    mark = max(part.text.find("分别"), part.text.find("分別"))
    behind = [number for number in numbers if mark >= 0 and number.start > part.start + mark]
    if not behind:
        return []
    return [n for n in behind if n.dimension == behind[0].dimension and n.comparator not in LIMITING]


def _each(several: Sequence[Quantity], shared: Roles, part: Part, statement: Statement) -> list[Roles]:
    """One gift for each number of the list; what binds the first binds all, thresholds answer one to one."""
    first = _with(shared, several[0], part, statement)
    found = []
    for number, step in zip(several, _steps(statement, part, len(several)), strict=True):
        gift = replace(_with(shared, number, part, statement), rate_comparator=first.rate_comparator, base=first.base)
        found.append(gift if step is None else replace(gift, threshold=step))
    return found


def _steps(statement: Statement, part: Part, count: int) -> list[Decimal | None]:
    """10亿元、50亿元、100亿元的，分别给予…: the thresholds that the sums answer, else none."""
    for before in statement.parts:
        money = [number for number in before.quantities if number.dimension == "money"]
        if before.end <= part.start and len(money) == count > 1:
            return [in_wan(number) for number in money]
    return [None] * count


def _begins_another(roles: Roles, number: Quantity, part: Part) -> bool:
    """A second rate or sum, given in words of its own in a later part: 超过部分按0.6‰给予奖励."""
    if roles.first is not None and part.start <= roles.first.start < part.end:
        return False
    taken = roles.rate is not None or roles.low is not None
    if number.dimension == "percent":
        ceiling = _rate_comparator(number, split(number, part)[0]) is Comparator.LE
        return states(part) and taken and not ceiling
    return states(part) and taken and number.comparator is Comparator.EQ


def _begins_tier(roles: Roles, number: Quantity, part: Part, statement: Statement) -> bool:
    """100万元以下的按5%，100万元至500万元的按3%: a new threshold behind what is given."""
    later = roles.first is not None and roles.first.end <= part.start
    return later and number.dimension == "money" and _is_threshold(number, part, statement)


def _with(roles: Roles, number: Quantity, part: Part, statement: Statement) -> Roles:
    """``roles`` after this number has found its place."""
    used = (*roles.used, number)
    return (
        _with_rate(roles, number, part, used)
        if number.dimension == "percent"
        else _with_money(roles, number, part, statement, used)
    )


def _with_rate(roles: Roles, number: Quantity, part: Part, used: tuple[Quantity, ...]) -> Roles:
    before, rest = split(number, part)
    if roles.rate is not None or _is_required_share(part, before, rest):
        return roles
    comparator = _rate_comparator(number, before)
    if roles.low is not None and comparator is Comparator.LE:  # 每人500元，不超过开支的50%
        return replace(roles, used=used)
    rate = number.value / 100 if number.unit == "万分之" else number.value
    return replace(
        roles,
        rate=rate,
        rate_high=number.value_high,
        rate_comparator=comparator,
        base=_base(before, rest),
        first=roles.first or number,
        used=used,
    )


def _with_money(roles: Roles, number: Quantity, part: Part, statement: Statement, used: tuple[Quantity, ...]) -> Roles:
    amount = in_wan(number)
    if grammar.patterns()["per_sum"].find(split(number, part)[0]):  # 每增加1亿元，给予1万元
        return replace(roles, used=used)
    if _is_threshold(number, part, statement):
        if number.comparator in LIMITING or roles.threshold is not None:
            return replace(roles, used=used)
        return replace(roles, threshold=amount, used=used)
    first = roles.first or number
    if number.comparator in LIMITING:
        if roles.low is not None and roles.first is not None and roles.first.comparator is Comparator.GE:
            return replace(roles, high=amount, used=used)  # 不低于10万元、不高于50万元
        if grammar.patterns()["year_cap"].find(split(number, part)[0]):
            return replace(roles, cap_year=amount if roles.cap_year is None else roles.cap_year, first=first, used=used)
        return replace(roles, cap_item=amount if roles.cap_item is None else roles.cap_item, first=first, used=used)
    if roles.low is not None:
        return roles
    high = amount if number.value_high is None else in_wan(number, number.value_high)
    return replace(roles, low=amount, high=high, first=first, used=used)


def _is_threshold(number: Quantity, part: Part, statement: Statement) -> bool:
    """Money that qualifies: 大于1000万元（含）且…的 · 达到1亿元的机构 · 超过1亿元部分 · 5000万元以上的."""
    patterns = grammar.patterns()
    before, rest = split(number, part)
    if patterns["beyond"].find(rest):
        return True
    if following := next((each for each in part.quantities if each.start == number.end + 1 and rest[:1] == "、"), None):
        return _is_threshold(following, part, statement)  # 突破1亿元、5亿元、10亿元的企业
    if rest.endswith("的，") and not patterns["stated"].find(before + rest):  # 突破10亿元、50亿元、100亿元的，
        return True
    if number.comparator in (Comparator.GE, Comparator.GT):
        return not patterns["given_just_before"].find(before) or rest.startswith("的")
    qualifies = patterns["qualifies_after"].find(rest) is not None
    if _given_before(number, statement) and not (
        patterns["tier_after"].find(rest) if number.comparator in LIMITING else qualifies
    ):
        return False  # 给予最高500万元的项目资助
    return qualifies or patterns["qualifies_before"].find(before) is not None


def _given_before(number: Quantity, statement: Statement) -> bool:
    """Whether a word of giving stands before the number or inside it (最高补助300万元)."""
    inside = grammar.patterns()["stated"].find(number.quote) is not None
    return inside or any(part.tagged("give", "grant", before=number.start) for part in statement.parts)


def _is_required_share(part: Part, before: str, rest: str) -> bool:
    """A share that qualifies: 占比3%以上的部分 · 比例达到百分之一的，可以享受…."""
    if grammar.patterns()["beyond"].find(rest) or rest.startswith("的，"):
        return True
    if grammar.patterns()["borne"].find(before):
        return True
    return part.text.endswith("的，") and not part.tagged("give", "grant")


def _rate_comparator(number: Quantity, before: str) -> Comparator | None:
    """None for a plain rate; 最高X% le, 不低于X% ge — also where the base stands between: 不高于实际交易额的5%."""
    if number.comparator is not Comparator.EQ:
        return {Comparator.GT: Comparator.GE, Comparator.LT: Comparator.LE}.get(number.comparator, number.comparator)
    if grammar.patterns()["at_most_before"].find(before):
        return Comparator.LE
    return Comparator.GE if grammar.patterns()["at_least_before"].find(before) else None


def _base(before: str, rest: str) -> str | None:
    """What the rate is taken of: 按(成交额)的3%, 从(净收入)中提取, 不低于70%的(股权)."""
    patterns = grammar.patterns()
    bare = re.split("不超过|不高于|不低于|最高", before)[-1]
    bare = re.sub(r"(?:给予|提取|奖励|补助|的|可|最高|用于|比例|可以|按照|按|给予最高)+$", "", bare)
    for name in ("base_from", "base_in", "base_by"):
        if found := patterns[name].find(before) or patterns[name].find(bare):
            base = re.sub(r"^(?:其|该项?|不高于|不超过|最高|一次性)", "", found["base"])
            base = re.sub(r"(?:[的，]|给予)$", "", base)
            if len(base) >= 2:
                return base
    if found := patterns["base_behind"].find(rest):
        return found["base"]
    return bare.lstrip("，") if len(bare) >= 2 and patterns["base_noun"].find(bare) else None


def _with_waived_tax(roles: Roles, statement: Statement) -> Roles:
    """免征 is a rate of 100, 减半征收 one of 50: the share of the tax that is not levied."""
    waived = grammar.patterns()["waived"].find(statement.text)
    if not waived or not roles.used:
        return roles
    part = grammar.patterns()["part_of"].find(statement.text)
    return replace(roles, rate=Decimal(100 if waived.group() == "免征" else 50), base=part["base"] if part else None)


def _sharing_caps(found: list[Roles]) -> list[Roles]:
    """Tiers share the cap that stands behind them; a cap alone beside them is no gift."""
    if len(found) < 2:
        return found
    item = next((gift.cap_item for gift in reversed(found) if gift.cap_item is not None), None)
    year = next((gift.cap_year for gift in reversed(found) if gift.cap_year is not None), None)
    sharing = [
        replace(
            gift,
            cap_item=item if gift.cap_item is None else gift.cap_item,
            cap_year=year if gift.cap_year is None else gift.cap_year,
        )
        for gift in found
        if gift.rate is not None or gift.low is not None
    ]
    return sharing or found
