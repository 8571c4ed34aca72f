"""The numbers of a statement as incentives: one, or several where it says several.

Lists, tiers, a second rate or sum in words of its own and ceilings for classes make further incentives; a ceiling
behind several holds for them all. A list is told by 分别, or by numbers of one kind with nothing but a mark or a short
label between them (一次性给予奖励300万元、150万元、50万元 · 奖励国家级50万元和省级20万元).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from analysis.extract import incentive_patterns as patterns
from analysis.extract.incentive_terms import (
    CLASS,
    INSIDE,
    LATER,
    LISTED,
    IncentiveTerms,
    is_yearly,
    place,
    rate_comparator,
)
from analysis.extract.quantities import in_wan
from analysis.extract.sentences import LIMITING, Part
from analysis.extract.statements import StatedNumber, Statement, is_required_share, is_threshold, refusal, states
from analysis.model import Comparator

DIMENSIONS = ("money", "percent", "ratio")
HANDING = ("给予", "予以", "給予")
OWN = (LISTED, INSIDE, LATER, CLASS)  # a ceiling alone is an incentive where one of these made it


class StatementTerms(NamedTuple):
    """The incentives of a statement, and the numbers that are none of it with the rule that says so."""

    terms: tuple[IncentiveTerms, ...] = ()
    refused: tuple[tuple[StatedNumber, str], ...] = ()


def terms_of(statement: Statement) -> StatementTerms:
    """The numbers of the statement as one or several incentives; none where nothing with a number is given."""
    if not statement.gives():
        return StatementTerms()
    if _is_report(statement):
        return StatementTerms(refused=tuple((number, "incentive.refused.report") for number in countable(statement)))
    found: list[IncentiveTerms] = []
    refused: list[tuple[StatedNumber, str]] = []
    terms = IncentiveTerms()
    for part in statement.parts:
        judged = [(number, refusal(number)) for number in countable(statement, part)]
        refused += [(number, why) for number, why in judged if why]
        listed = _starts(incentive for incentive in found if incentive.rule == LISTED)
        numbers = [_bounded(number) for number, why in judged if not why and number.quantity.start not in listed]
        found, terms, numbers = _with_list(found, terms, numbers, part, statement)
        taken = _starts(found)
        for number in numbers:
            if number.quantity.start in taken:
                continue
            if _is_cap(number) and _sums_up(number, [*found, terms]):
                refused.append((number, "incentive.refused.aggregate"))
                continue
            found, terms = _with_number(found, terms, number)
    terms = _with_waived_tax(terms, statement)
    ranked = terms.threshold is not None and any(part.tagged("grant", after=_asked(terms)) for part in statement.parts)
    if terms.gives or ranked:
        found.append(terms)
    return StatementTerms(tuple(_sharing_caps(found)), tuple(refused))


def countable(statement: Statement, *parts: Part) -> list[StatedNumber]:
    """The numbers of the statement, or of some parts of it, that could be given or asked for."""
    numbers = (number for part in parts or statement.parts for number in statement.mentions(part))
    return [number for number in numbers if number.quantity.dimension in DIMENSIONS]


def _starts(found: Iterable[IncentiveTerms]) -> set[int]:
    """Where the numbers of the incentives start."""
    return {number.quantity.start for incentive in found for number, _ in incentive.placed}


def _with_list(
    found: list[IncentiveTerms], terms: IncentiveTerms, numbers: list[StatedNumber], part: Part, statement: Statement
) -> tuple[list[IncentiveTerms], IncentiveTerms, list[StatedNumber]]:
    """The incentives after those that a list of the part makes, and the numbers that are left."""
    several = _listed(part, numbers, statement)
    if not several:
        return found, terms, numbers
    if answered := _answering_caps([*found, terms] if terms.gives else found, several):
        return answered, IncentiveTerms(), [number for number in numbers if not _is_limited(number)]
    if terms.rate is None and _steps(several):
        terms = IncentiveTerms()  # the steps are asked for, whatever they looked like
    if terms.gives and _begins_another(terms, several[0]):
        found = [*found, terms]
        terms = IncentiveTerms(threshold=terms.threshold)
    made = [incentive for incentive in _each(several, terms) if incentive.gives]
    starts = {number.quantity.start for number in several}
    return [*found, *made], IncentiveTerms(), [number for number in numbers if number.quantity.start not in starts]


def _with_number(
    found: list[IncentiveTerms], terms: IncentiveTerms, number: StatedNumber
) -> tuple[list[IncentiveTerms], IncentiveTerms]:
    """The incentives that are made, and the one that is being made, after one more number."""
    tiered = terms.threshold is not None and bool(terms.placed)  # 超过3亿元的项目，最高…: a tier of its own
    if found and not terms.gives and not tiered and _is_cap(number):
        return [place(incentive, number) for incentive in found], terms  # the cap that a list shares
    number = _bounded_with(terms, number)
    if terms.gives and (start := _fresh(terms, number)):
        alone = start.rule != CLASS and not terms.sized
        found = [*found, replace(terms, apart=True) if alone else terms]
        terms = start
    return found, place(terms, number)


def _is_limited(number: StatedNumber) -> bool:
    return number.quantity.comparator in LIMITING


def _is_cap(number: StatedNumber) -> bool:
    return _is_limited(number) and number.quantity.dimension == "money"


def _sums_up(number: StatedNumber, given: Sequence[IncentiveTerms]) -> bool:
    """Whether a ceiling is of several fixed sums together (累计不超过50万元), and so of none of them."""
    fixed = [incentive for incentive in given if incentive.gives]
    if len(fixed) < 2 or any(incentive.rate is not None or incentive.low is None for incentive in fixed):
        return False
    words = number.before + re.split(r"\d", number.quantity.quote)[0]  # 累计不超过 may be the number's own bound
    return patterns.SUMMED_UP.find(words) is not None and not is_yearly(number)


def _asked(terms: IncentiveTerms) -> int:
    """Where the threshold begins: a rank is granted behind it."""
    return next((number for number, role in terms.placed if role == "threshold"), terms.placed[0][0]).quantity.start


def _bounded(number: StatedNumber) -> StatedNumber:
    """The number with a ceiling word that stands a little off: 最高可获得20万元, 上限为50万元, 30万元封顶."""
    if not _is_plain(number) or number.quantity.dimension != "money":
        return number
    limited = patterns.CEILING_BEFORE.find(number.before) or patterns.CEILING_BEHIND.find(number.behind)
    return number.bound(Comparator.LE) if limited else number


def _is_plain(number: StatedNumber) -> bool:
    """Whether it is one number that nothing bounds."""
    return number.quantity.comparator is Comparator.EQ and number.quantity.value_high is None


def _bounded_with(terms: IncentiveTerms, number: StatedNumber) -> StatedNumber:
    """最高给予500万元项目经费、200万元安家补贴: what bounds the first sum of a breath bounds the second."""
    first = terms.first
    if not _is_plain(number) or first is None or not _is_limited(first):
        return number
    alike = first.quantity.dimension == number.quantity.dimension
    breath = alike and patterns.NEXT_GIFT.find(number.since(first))
    return number.bound(first.quantity.comparator) if breath else number


def _is_report(statement: Statement) -> bool:
    """Money that has been paid or is expected: 累计发放…3748万元, 预计奖励…, 奖励金额共计630万元."""
    if any(part.tagged("forecast") for part in statement.parts):
        return True
    text = statement.text
    if patterns.LOOKED_BACK.find(text):
        return True
    if patterns.COUNTED_RECEIVERS.find(text) and not patterns.EACH_OF_THEM.find(text):
        return True  # 对35家企业给予补助2300万元
    if any(part.text.endswith("的，") or patterns.OPENING.find(part.text) for part in statement.parts):
        return False  # 对…， and …的， say for whom a rule is; reports do not speak like that
    if patterns.PAID_OUT.find(text):
        return True
    if patterns.GOES_ON.find(text.strip()):
        return False  # a row of a table: 获批省级重点实验室 100万元
    past = {token.word for part in statement.parts for token in part.tagged("past")} - {"从", "已", "分别为"}
    return bool(past) and patterns.TOPPED.find(text) is None


def _each(several: Sequence[StatedNumber], shared: IncentiveTerms) -> list[IncentiveTerms]:
    """One incentive for each number of the list; what binds the first binds all, thresholds answer one to one."""
    made = [place(shared, number) for number in several]
    thresholds = _steps(several) or [shared.threshold] * len(several)
    comparator, base = made[0].rate_comparator, made[0].base
    return [
        replace(one, threshold=threshold, rate_comparator=comparator, base=base, rule=LISTED)
        for one, threshold in zip(made, thresholds, strict=True)
    ]


def _answering_caps(before: Sequence[IncentiveTerms], several: Sequence[StatedNumber]) -> list[IncentiveTerms]:
    """分别按5%、3%给予补助，最高分别不超过50万元、30万元: ceilings that answer those before them."""
    open_ended = all(incentive.cap_item is None and incentive.sized for incentive in before)
    if len(before) != len(several) or not open_ended or not all(map(_is_limited, several)):
        return []
    return [place(incentive, number) for incentive, number in zip(before, several, strict=True)]


def _fresh(terms: IncentiveTerms, number: StatedNumber) -> IncentiveTerms | None:
    """What the next incentive starts from where ``number`` begins one, else None."""
    part, first, before = number.part, terms.first, number.before
    later = first is not None and first.quantity.end <= part.start
    if terms.low is not None and later and patterns.LATER_YEARS.find(number.since(first)):
        return IncentiveTerms(threshold=terms.threshold, rule=LATER, apart=True)  # 第一年100万元，之后每年最高50万元
    if _begins_another(terms, number):
        if _is_cap(number):
            return IncentiveTerms(threshold=terms.threshold, rule="incentive.cap", apart=True)
        matched = number.quantity.dimension == "ratio"  # its ceiling is that of what is matched
        inside = patterns.SHARE_INSIDE.find(part.text)
        return IncentiveTerms() if inside else IncentiveTerms(threshold=terms.threshold, apart=matched)
    if later and number.quantity.dimension == "money" and is_threshold(number):
        return IncentiveTerms()  # 100万元以下的按5%，100万元至500万元的按3%: a new threshold behind what is given
    if not _is_cap(number):
        return None
    if terms.cap_item is not None and patterns.CLASS_LABEL.find(before) and not is_yearly(number):
        handed = any(token.word in HANDING for token in number.tagged_before("give"))
        if handed or not terms.sized:  # 给予企业最高100万元，给予团队最高20万元 · 国家级最高100万元，省级最高50万元
            return IncentiveTerms(threshold=terms.threshold, rule=CLASS)
        return replace(terms, cap_item=None, rule=CLASS)
    bare = later and terms.low is not None and terms.cap_item is None
    if bare and patterns.CLASS_NOUN.find(before):  # 一般为50万元至100万元，重点项目不超过300万元
        return IncentiveTerms(threshold=terms.threshold, rule=CLASS, apart=True)
    return None


def _begins_another(terms: IncentiveTerms, number: StatedNumber) -> bool:
    """A second rate or sum, given in words of its own in a later part: 超过部分按0.6‰给予奖励."""
    part, before, first = number.part, number.before, terms.first
    dimension, comparator = number.quantity.dimension, number.quantity.comparator
    between = number.since(first)
    if patterns.NEXT_GIFT.find(between) and not (dimension == "money" and is_threshold(number)):
        return dimension == "percent" or comparator in (Comparator.EQ, *LIMITING)
    if first is not None and part.start <= first.quantity.start < part.end:
        if dimension == "percent":
            return patterns.NEXT_SHARE.find(between) is not None
        if is_threshold(number):
            return False
        summed = comparator is Comparator.EQ and terms.low is not None
        return summed and patterns.NEXT_SUM.find(between) is not None
    if not terms.sized and terms.cap_item is None:
        return False
    if dimension in ("percent", "ratio"):
        return _is_another_share(terms, number)
    if comparator in LIMITING and terms.low is not None and patterns.MATCHED_BESIDES.find(between):
        return True  # 奖励6万元，并由县财政配套，最高15万元
    if comparator in LIMITING and terms.low is not None and patterns.CASE_GIVEN.find(before):
        return not is_threshold(number)  # 通过复审的企业给予最高2万元奖励
    if comparator is not Comparator.EQ or is_threshold(number):
        return False
    listed = part is not number.statement.parts[0] and (
        before == "每年" or patterns.LABEL_ONLY.find(before) is not None
    )
    return states(part) or listed


def _is_another_share(terms: IncentiveTerms, number: StatedNumber) -> bool:
    """A second rate in a later part: for others, for another year, of what is inside, besides the first, of a loan."""
    part, parts, before = number.part, number.statement.parts, number.before
    wanted = not is_required_share(number)
    if terms.rate is not None and patterns.NEXT_RECEIVER.find(number.since(terms.placed[-1][0])) and wanted:
        return True
    index = parts.index(part)
    goes_on = index > 0 and parts[index - 1].text.endswith("、")
    if goes_on and terms.rate is not None and patterns.LABEL_ONLY.find(before):
        return wanted  # 第一年80%、第二年60%
    if patterns.SHARE_INSIDE.find(part.text) and wanted:
        return True
    if states(part) and patterns.BESIDES.find(before):
        return True
    taken = terms.sized or _is_lent(terms.first)
    ceiling = rate_comparator(number) is Comparator.LE
    own = not ceiling or any(token.word in HANDING for token in part.tagged("give"))
    return states(part) and taken and own and wanted


def _is_lent(number: StatedNumber | None) -> bool:
    """获得最高1000万元信用贷款，给予1%的利息补贴: the loan is an incentive of its own."""
    if number is None:
        return False
    return bool(patterns.LOAN_BEFORE.find(number.part.text) or patterns.LOAN_BEHIND.find(number.behind))


def _with_waived_tax(terms: IncentiveTerms, statement: Statement) -> IncentiveTerms:
    """免征 is a rate of 100, 减半征收 one of 50: the share of the tax that is not levied."""
    waived = patterns.WAIVED.find(statement.text)
    if not waived or not terms.placed:
        return terms
    part = patterns.PART_OF.find(statement.text)
    return replace(terms, rate=Decimal(100 if waived.group() == "免征" else 50), base=part["base"] if part else None)


def _sharing_caps(found: Sequence[IncentiveTerms]) -> list[IncentiveTerms]:
    """Tiers share the cap that stands behind them; a cap alone beside them is no incentive."""
    if len(found) < 2:
        return list(found)
    ceilings_only = not any(incentive.sized for incentive in found)
    item: Decimal | None = None
    year: Decimal | None = None
    sharing: list[IncentiveTerms] = []
    for incentive in reversed(found):
        sibling = bool(sharing) and sharing[-1].rule == CLASS and incentive.cap_item is not None
        if incentive.apart:
            sharing.append(incentive)
            continue
        item = item if incentive.cap_item is None else incentive.cap_item
        year = year if incentive.cap_year is None else incentive.cap_year
        if ceilings_only or sibling or incentive.rule in OWN or incentive.sized:
            sharing.append(replace(incentive, cap_item=item, cap_year=year))
    return sharing[::-1]


def _listed(part: Part, numbers: Sequence[StatedNumber], statement: Statement) -> list[StatedNumber]:
    """The numbers of the list that begins in ``part``, with the binding of the first; fewer than two: no list."""
    mark = max(part.text.find("分别"), part.text.find("分別"))
    if mark >= 0:
        members = _of_one_kind([number for number in numbers if number.quantity.start > part.start + mark])
        members = members or _side_by_side(numbers)  # 按5%、8%分别给予补助
    elif states(part) or any(map(_is_limited, numbers[:1])):
        members = _side_by_side(numbers)
    else:
        return []
    if members and members[-1].quantity.dimension == "money":
        members += _going_on(members[-1], part, statement)
    if not members or (len(members) < 2 and mark < 0):
        return []
    first = members[0].quantity
    required = is_threshold if first.dimension == "money" else is_required_share
    if any(map(required, members)):
        return []  # 最高15万元、7万元: what bounds the first bounds all
    return [one.bound(first.comparator) if one.quantity.comparator is Comparator.EQ else one for one in members]


def _steps(several: Sequence[StatedNumber]) -> list[Decimal | None] | None:
    """10亿元、50亿元、100亿元的，分别给予…: the thresholds that the sums answer, else None.

    A step that is bounded from above only (5000万元以下) has no threshold.
    """
    statement = several[0].statement
    for before in statement.parts:
        earlier = [number for number in statement.mentions(before) if number.quantity.end <= several[0].quantity.start]
        money = [number for number in earlier if number.quantity.dimension == "money"]
        asked = not states(before) or all(map(is_threshold, money))
        if asked and len(money) == len(several) > 1:
            return [None if _is_limited(number) else in_wan(number.quantity) for number in money]
    return None


def _of_one_kind(behind: Sequence[StatedNumber]) -> list[StatedNumber]:
    """Numbers of the kind of the first; a ceiling behind plain sums is no member."""
    alike = [number for number in behind if number.quantity.dimension == behind[0].quantity.dimension]
    bounded = bool(alike) and _is_limited(alike[0])
    return [number for number in alike if bounded or not _is_limited(number)]


def _side_by_side(numbers: Sequence[StatedNumber]) -> list[StatedNumber]:
    """The first run of numbers of one kind with nothing but a mark or a label between them."""
    run: list[StatedNumber] = []
    for number in numbers:
        alike = not run or number.quantity.dimension == run[0].quantity.dimension
        if run and not (alike and patterns.LIST_GAP.find(number.since(run[-1]))):
            if len(run) > 1:
                break
            run = []
        run.append(number)
    return _of_one_kind(run) if len(run) > 1 else []


def _going_on(last: StatedNumber, part: Part, statement: Statement) -> list[StatedNumber]:
    """Sums at the head of the next parts, behind a comma, and their lists: 20万元，5万元和2万元的奖励."""
    found = [last]
    for following in statement.parts[statement.parts.index(part) + 1 :]:
        numbers = statement.mentions(following)
        if not numbers or numbers[0].before or found[-1].quantity.end + 1 != following.start:
            break
        head = numbers[0].quantity
        if head.dimension != last.quantity.dimension or head.comparator is not Comparator.EQ:
            break
        found += _side_by_side(numbers) or numbers[:1]
    return found[1:]
