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
from typing import NamedTuple

from analysis import grammar
from analysis.extract.evidence import LIMITING, split
from analysis.extract.lists import respective, steps
from analysis.extract.quantities import in_wan
from analysis.extract.refusals import REPORT, refusal
from analysis.extract.required import is_required_share, is_threshold
from analysis.extract.sentences import Part
from analysis.extract.statements import Statement, states
from analysis.model import Comparator, Quantity

DIMENSIONS = ("money", "percent", "ratio")


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
    rule: str = ""  # set where another rule than that of its number made the gift: a list, a share inside
    apart: bool = False  # shares no ceiling with the gifts beside it

    @property
    def gives(self) -> bool:
        """Whether anything is given yet."""
        return any(number is not None for number in (self.rate, self.low, self.cap_item, self.cap_year))

    @property
    def inside(self) -> bool:
        """Whether it is a share of another gift: 其中不低于50%用于奖励团队."""
        return self.rule == INSIDE


LISTED, INSIDE, LATER, CLASS = (
    "incentive.respective",
    "incentive.share_inside",
    "incentive.later_years",
    "incentive.cap_by_class",
)
OWN = (LISTED, INSIDE, LATER, CLASS)  # a ceiling alone is a gift where one of these made it


class Given(NamedTuple):
    """The gifts of a statement, and the numbers that are none of it with the rule that says so."""

    gifts: tuple[Roles, ...] = ()
    refused: tuple[tuple[Quantity, str], ...] = ()


def gifts(statement: Statement) -> Given:
    """The numbers of the statement as one or several gifts; none where nothing with a number is given."""
    if not statement.gives():
        return Given()
    numbers = [number for part in statement.parts for number in part.quantities if number.dimension in DIMENSIONS]
    if _is_report(statement):
        return Given(refused=tuple((number, REPORT) for number in numbers))
    found: list[Roles] = []
    refused: list[tuple[Quantity, str]] = []
    roles = Roles()
    for part in statement.parts:
        numbers = []
        for number in part.quantities:
            if number.dimension in DIMENSIONS:
                if why := refusal(number, part, statement):
                    refused.append((number, why))
                else:
                    numbers.append(_bounded(number, part))
        several = respective(part, numbers, statement)
        if several and (answered := _answering_caps(found, roles, several, part, statement)):
            found, roles = answered, Roles()
            numbers = [number for number in numbers if number.comparator not in LIMITING]
        elif several:
            if roles.gives and _begins_another(roles, several[0], part, statement):
                found.append(roles)
                roles = Roles(threshold=roles.threshold)
            found += [gift for gift in _each(several, roles, part, statement) if gift.gives]
            starts = {number.start for number in several}
            numbers = [number for number in numbers if number.start not in starts]
            roles = Roles()
        taken = {number.start for gift in found for number in gift.used}
        for number in numbers:
            if number.start in taken:
                continue
            if found and not roles.gives and number.comparator in LIMITING and number.dimension == "money":
                found = [_with(gift, number, part, statement) for gift in found]  # the cap that a list shares
                continue
            if roles.gives and (start := _fresh(roles, number, part, statement)):
                found.append(replace(roles, apart=True) if _is_lent(roles, statement) else roles)
                roles = start
            roles = _with(roles, number, part, statement)
    roles = _with_waived_tax(roles, statement)
    ranked = roles.threshold is not None and any(part.tagged("grant") for part in statement.parts)
    if roles.gives or ranked:
        found.append(roles)
    return Given(tuple(sharing_caps(found)), tuple(refused))


def _bounded(number: Quantity, part: Part) -> Quantity:
    """The number with a ceiling word that stands a little off: 最高可获得20万元, 上限为50万元, 30万元封顶."""
    if number.comparator is not Comparator.EQ or number.dimension != "money" or number.value_high is not None:
        return number
    before, rest = split(number, part)
    if grammar.patterns()["ceiling_before"].find(before) or grammar.patterns()["ceiling_behind"].find(rest):
        return replace(number, comparator=Comparator.LE)
    return number


def _is_report(statement: Statement) -> bool:
    """Money that has been paid or is expected: 累计发放…3748万元, 预计奖励…, 奖励金额共计630万元."""
    if any(part.tagged("forecast") for part in statement.parts):
        return True
    patterns, text = grammar.patterns(), statement.text
    if patterns["counted_receivers"].find(text) and not patterns["each_of_them"].find(text):
        return True  # 对35家企业给予补助2300万元
    if any(_sets_case(part) for part in statement.parts):
        return False
    if patterns["paid_out"].find(text):
        return True
    past = {token.word for part in statement.parts for token in part.tagged("past")} - {"从", "已"}
    return bool(past) and patterns["topped"].find(text) is None


def _sets_case(part: Part) -> bool:
    """对…， and …的， say for whom a rule is; reports do not speak like that."""
    return part.text.endswith("的，") or grammar.patterns()["opening"].find(part.text) is not None


def _each(several: Sequence[Quantity], shared: Roles, part: Part, statement: Statement) -> list[Roles]:
    """One gift for each number of the list; what binds the first binds all, thresholds answer one to one."""
    first = _with(shared, several[0], part, statement)
    found = []
    thresholds = steps(statement, several) or [shared.threshold] * len(several)
    for number, threshold in zip(several, thresholds, strict=True):
        gift = _with(shared, number, part, statement)
        comparator, base = first.rate_comparator, first.base
        found.append(replace(gift, threshold=threshold, rate_comparator=comparator, base=base, rule=LISTED))
    return found


def _answering_caps(
    found: Sequence[Roles], roles: Roles, several: Sequence[Quantity], part: Part, statement: Statement
) -> list[Roles]:
    """分别按5%、3%给予补助，最高分别不超过50万元、30万元: ceilings that answer the gifts before them one to one."""
    before = [*found, roles] if roles.gives else list(found)
    open_ended = all(gift.cap_item is None and (gift.rate is not None or gift.low is not None) for gift in before)
    if len(before) != len(several) or not open_ended or any(number.comparator not in LIMITING for number in several):
        return []
    return [_with(gift, number, part, statement) for gift, number in zip(before, several, strict=True)]


def _fresh(roles: Roles, number: Quantity, part: Part, statement: Statement) -> Roles | None:
    """What the next gift starts from where ``number`` begins one, else None."""
    patterns = grammar.patterns()
    if _begins_another(roles, number, part, statement):
        return Roles() if patterns["share_inside"].find(part.text) else Roles(threshold=roles.threshold)
    later = roles.first is not None and roles.first.end <= part.start
    if later and number.dimension == "money" and is_threshold(number, part):
        return Roles()  # 100万元以下的按5%，100万元至500万元的按3%: a new threshold behind what is given
    before, _ = split(number, part)
    if roles.low is not None and later and _after_the_first_year(roles, number, statement):
        return Roles(threshold=roles.threshold, rule=LATER, apart=True)
    bounded = number.dimension == "money" and number.comparator in LIMITING and roles.cap_item is not None
    if bounded and patterns["class_label"].find(before) and not _is_yearly(*split(number, part)):
        return replace(roles, cap_item=None, rule=CLASS)  # 国家级最高100万元，省级最高50万元
    return None


def _after_the_first_year(roles: Roles, number: Quantity, statement: Statement) -> bool:
    """第一年安排100万元，之后每年最高50万元: what is given in later years is a gift of its own."""
    assert roles.first is not None
    between = statement.text[roles.first.end - statement.start : number.start - statement.start]
    return grammar.patterns()["later_years"].find(between) is not None


def _begins_another(roles: Roles, number: Quantity, part: Part, statement: Statement) -> bool:
    """A second rate or sum, given in words of its own in a later part: 超过部分按0.6‰给予奖励."""
    patterns = grammar.patterns()
    if roles.first is not None and part.start <= roles.first.start < part.end:
        between = part.text[roles.first.end - part.start : number.start - part.start]
        return number.dimension == "percent" and patterns["next_share"].find(between) is not None
    taken = roles.rate is not None or roles.low is not None
    if not taken and roles.cap_item is None:
        return False
    before, _ = split(number, part)
    if number.dimension in ("percent", "ratio"):
        if patterns["share_inside"].find(part.text) and not is_required_share(number, part):
            return True
        taken = taken or _is_lent(roles, statement)
        ceiling = _rate_comparator(number, before) is Comparator.LE
        return states(part) and taken and not ceiling and not is_required_share(number, part)
    if number.comparator is not Comparator.EQ or is_threshold(number, part):
        return False
    listed = part is not statement.parts[0] and patterns["label_only"].find(before) is not None
    return states(part) or listed


def _is_lent(roles: Roles, statement: Statement) -> bool:
    """获得最高1000万元信用贷款，给予1%的利息补贴: the loan is a gift of its own."""
    if roles.first is None:
        return False
    behind = statement.text[roles.first.end - statement.start :]
    return grammar.patterns()["loan_behind"].find(behind) is not None


def _with(roles: Roles, number: Quantity, part: Part, statement: Statement) -> Roles:
    """``roles`` after this number has found its place."""
    used = (*roles.used, number)
    if number.dimension == "ratio":
        return _with_match(roles, number, part, used)
    if number.dimension == "percent":
        return _with_rate(roles, number, part, used)
    return _with_money(roles, number, part, statement, used)


def _with_match(roles: Roles, number: Quantity, part: Part, used: tuple[Quantity, ...]) -> Roles:
    """按1∶1给予配套 gives as much again: a rate of 100."""
    if roles.rate is not None or not number.value or not grammar.patterns()["matching"].find(part.text):
        return roles
    rate = (100 / number.value).quantize(Decimal("0.01"))
    before, rest = split(number, part)
    return replace(
        roles,
        rate=Decimal(int(rate)) if rate == int(rate) else rate,
        rate_comparator=_rate_comparator(number, before),
        base=_base(before, rest),
        first=roles.first or number,
        used=used,
        rule="incentive.match",
    )


def _with_rate(roles: Roles, number: Quantity, part: Part, used: tuple[Quantity, ...]) -> Roles:
    before, rest = split(number, part)
    if roles.rate is not None:
        return roles
    if is_required_share(number, part):
        return replace(roles, used=used)
    comparator = _rate_comparator(number, before)
    if roles.low is not None and comparator is Comparator.LE:  # 每人500元，不超过开支的50%
        return replace(roles, used=used)
    inside = grammar.patterns()["share_inside"].find(part.text) is not None
    rate = number.value / 100 if number.unit == "万分之" else number.value
    return replace(
        roles,
        rate=rate,
        rate_high=number.value_high,
        rate_comparator=comparator,
        base=_base(before, rest),
        first=roles.first or number,
        used=used,
        rule=INSIDE if inside else roles.rule,
        apart=inside or roles.apart,
    )


def _with_money(roles: Roles, number: Quantity, part: Part, statement: Statement, used: tuple[Quantity, ...]) -> Roles:
    amount = in_wan(number)
    before, rest = split(number, part)
    if is_threshold(number, part):
        if number.comparator in LIMITING or roles.threshold is not None:
            return replace(roles, used=used)
        return replace(roles, threshold=amount, used=used)
    first = roles.first or number
    if number.comparator in LIMITING:
        if roles.low is not None and roles.first is not None and roles.first.comparator is Comparator.GE:
            return replace(roles, high=amount, used=used)  # 不低于10万元、不高于50万元
        if _is_yearly(before, rest) or _is_yearly_by_base(before, part, statement):
            return replace(roles, cap_year=amount if roles.cap_year is None else roles.cap_year, first=first, used=used)
        return replace(roles, cap_item=amount if roles.cap_item is None else roles.cap_item, first=first, used=used)
    if roles.low is not None:
        return roles
    high = amount if number.value_high is None else in_wan(number, number.value_high)
    return replace(roles, low=amount, high=high, first=first, used=used)


def _is_yearly(before: str, rest: str) -> bool:
    """每家企业每年最高100万元 · 最高100万元/年: a ceiling for one receiver and year."""
    patterns = grammar.patterns()
    return patterns["year_cap"].find(before) is not None or patterns["year_behind"].find(rest) is not None


def _is_yearly_by_base(before: str, part: Part, statement: Statement) -> bool:
    """年成交额达到20万元的，…每家企业最高20万元: what is counted by the year is capped by the year."""
    patterns = grammar.patterns()
    if not patterns["each_receiver"].find(before):
        return False
    return any(patterns["yearly_base"].find(each.text) for each in statement.parts if each.start < part.start)


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


def sharing_caps(found: Sequence[Roles]) -> list[Roles]:
    """Tiers share the cap that stands behind them; a cap alone beside them is no gift."""
    if len(found) < 2:
        return list(found)
    ceilings_only = all(gift.rate is None and gift.low is None for gift in found)
    item: Decimal | None = None
    year: Decimal | None = None
    sharing: list[Roles] = []
    for gift in reversed(found):
        if gift.apart:
            sharing.append(gift)
            continue
        item = item if gift.cap_item is None else gift.cap_item
        year = year if gift.cap_year is None else gift.cap_year
        if ceilings_only or gift.rule in OWN or gift.rate is not None or gift.low is not None:
            sharing.append(replace(gift, cap_item=item, cap_year=year))
    return sharing[::-1]
