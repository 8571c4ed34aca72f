"""One incentive: its numbers in their terms (threshold, rate, sum, caps for an item and a year), and its instrument.

The role follows from where a number stands and how it binds: money that must be exceeded before anything is given is
a threshold, a percentage is a rate, money with a ceiling word is a cap (for a year where 每年 stands before it), any
other money is the sum. The instrument is told by the words of giving next to the number and not by those of its base:
加计扣除研发费用的10%给予补助 is a subsidy, 按50%加计扣除 is tax.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from analysis.extract import incentive_patterns as patterns
from analysis.extract.quantities import in_wan
from analysis.extract.sentences import LIMITING, Part
from analysis.extract.statements import StatedNumber, Statement, is_required_share, is_threshold, states
from analysis.grammar import grammar
from analysis.model import Comparator, Instrument

LISTED, INSIDE, LATER, CLASS = (
    "incentive.respective",
    "incentive.share_inside",
    "incentive.later_years",
    "incentive.cap_by_class",
)
# Where the number's own words name no incentive, these are known by their words anywhere in the parts that give.
NAMED_ANYWHERE = ("tax", "title", "equity_share", "income_share")
AROUND = 2000  # characters of its clause that may call an incentive by its name
SHARES = ("equity_share", "income_share")
NOT_GIVEN = ("none", "threshold")  # roles


@dataclass(frozen=True, slots=True)
class IncentiveTerms:
    """The numbers of one incentive. Money in 万元, rate in percent."""

    threshold: Decimal | None = None
    rate: Decimal | None = None
    rate_high: Decimal | None = None  # of a range (1%—3%); the rate is its lower end
    rate_comparator: Comparator | None = None
    base: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    cap_item: Decimal | None = None
    cap_year: Decimal | None = None
    placed: tuple[tuple[StatedNumber, str], ...] = ()  # its numbers and their roles: rate, low, high, cap_item, none …
    rule: str = ""  # set where another rule than that of its number made the incentive: a list, a share inside
    apart: bool = False  # shares no ceiling with the incentives beside it

    @property
    def first(self) -> StatedNumber | None:
        """The first number that is given, and not asked for."""
        return next((number for number, role in self.placed if role not in NOT_GIVEN), None)

    @property
    def lead(self) -> StatedNumber:
        """The number that the incentive is about: the first that is given, of a rank the threshold."""
        return self.first or self.placed[0][0]

    @property
    def sized(self) -> bool:
        """Whether it says how much is given, and not only a ceiling."""
        return self.rate is not None or self.low is not None

    @property
    def gives(self) -> bool:
        """Whether anything is given yet."""
        return self.sized or self.cap_item is not None or self.cap_year is not None

    @property
    def inside(self) -> bool:
        """Whether it is a share of another incentive: 其中不低于50%用于奖励团队."""
        return self.rule == INSIDE


def place(terms: IncentiveTerms, number: StatedNumber) -> IncentiveTerms:
    """``terms`` after this number has found its place."""
    if number.quantity.dimension == "money":
        return _with_money(terms, number)
    return _with_match(terms, number) if number.quantity.dimension == "ratio" else _with_rate(terms, number)


def _placing(terms: IncentiveTerms, number: StatedNumber, role: str, **fields: Any) -> IncentiveTerms:
    return replace(terms, placed=(*terms.placed, (number, role)), **fields)


def _with_match(terms: IncentiveTerms, number: StatedNumber) -> IncentiveTerms:
    """按1∶1给予配套 gives as much again: a rate of 100."""
    value = number.quantity.value
    if terms.rate is not None or not value or not patterns.MATCHING.find(number.part.text):
        return terms
    rate = (100 / value).quantize(Decimal("0.01"))
    return _placing(
        terms,
        number,
        "rate",
        rate=Decimal(int(rate)) if rate == int(rate) else rate,
        rate_comparator=rate_comparator(number),
        base=_base(number),
        rule="incentive.match",
    )


def _with_rate(terms: IncentiveTerms, number: StatedNumber) -> IncentiveTerms:
    if terms.rate is not None:
        return terms
    quantity, comparator = number.quantity, rate_comparator(number)
    beside = terms.low is not None and comparator is Comparator.LE  # 每人500元，不超过开支的50%
    if beside or is_required_share(number):
        return _placing(terms, number, "none")
    inside = patterns.SHARE_INSIDE.find(number.part.text) is not None
    return _placing(
        terms,
        number,
        "rate",
        rate=quantity.value / 100 if quantity.unit == "万分之" else quantity.value,
        rate_high=quantity.value_high,
        rate_comparator=comparator,
        base=_base(number),
        rule=INSIDE if inside else terms.rule,
        apart=inside or terms.apart,
    )


def _with_money(terms: IncentiveTerms, number: StatedNumber) -> IncentiveTerms:
    quantity, amount = number.quantity, in_wan(number.quantity)
    if is_threshold(number):
        per_area = patterns.PER_AREA.find(number.behind) is not None  # 30万元/亩以上 is no sum of money
        if per_area or quantity.comparator in LIMITING or terms.threshold is not None:
            return _placing(terms, number, "none")
        return _placing(terms, number, "threshold", threshold=amount)
    if quantity.comparator in LIMITING:
        if terms.low is not None and terms.first and terms.first.quantity.comparator is Comparator.GE:
            return _placing(terms, number, "high", high=amount)  # 不低于10万元、不高于50万元
        role = "cap_year" if is_yearly(number) or _is_yearly_by_base(number) else "cap_item"
        former = getattr(terms, role)
        return _placing(terms, number, role, **{role: amount if former is None else former})
    if terms.low is not None:
        return terms
    high = amount if quantity.value_high is None else in_wan(quantity, quantity.value_high)
    return _placing(terms, number, "low", low=amount, high=high)


def is_yearly(number: StatedNumber) -> bool:
    """每家企业每年最高100万元 · 最高100万元/年: a ceiling for one receiver and year."""
    before = re.split("[，；（]", number.before)[-1]
    return patterns.YEAR_CAP.find(before) is not None or patterns.YEAR_BEHIND.find(number.behind) is not None


def _is_yearly_by_base(number: StatedNumber) -> bool:
    """年成交额达到20万元的，…每家企业最高20万元: what is counted by the year is capped by the year."""
    if not patterns.EACH_RECEIVER.find(number.before):
        return False
    earlier = (part for part in number.statement.parts if part.start < number.part.start)
    return any(patterns.YEARLY_BASE.find(part.text) for part in earlier)


def rate_comparator(number: StatedNumber) -> Comparator | None:
    """None for a plain rate; 最高X% le, 不低于X% ge — also where the base stands between: 不高于实际交易额的5%."""
    comparator = number.quantity.comparator
    if comparator is not Comparator.EQ:
        return {Comparator.GT: Comparator.GE, Comparator.LT: Comparator.LE}.get(comparator, comparator)
    if patterns.AT_MOST_BEFORE.find(number.before):
        return Comparator.LE
    return Comparator.GE if patterns.AT_LEAST_BEFORE.find(number.before) else None


def _base(number: StatedNumber) -> str | None:
    """What the rate is taken of: 按(成交额)的3%, 从(净收入)中提取, 不低于70%的(股权)."""
    before = number.before
    bare = re.split("不超过|不高于|不低于|最高", before)[-1]
    bare = re.sub(r"(?:给予|提取|奖励|补助|的|可|最高|用于|比例|可以|按照|按|给予最高)+$", "", bare)
    for pattern in (patterns.BASE_FROM, patterns.BASE_IN, patterns.BASE_BY):
        if found := pattern.find(before) or pattern.find(bare):
            base = re.sub(r"^(?:其|该项?|不高于|不超过|最高|一次性)", "", found["base"])
            base = re.sub(r"(?:[的，]|给予)$", "", base)
            if len(base) >= 2:
                return base
    if found := patterns.BASE_BEHIND.find(number.behind):
        return found["base"]
    return bare.lstrip("，") if len(bare) >= 2 and patterns.BASE_NOUN.find(bare) else None


def instrument_of(statement: Statement, terms: IncentiveTerms) -> Instrument:
    """By what stands next to the number: what is given in so many words, a share of income, else reward or subsidy."""
    cues = grammar().instrument_cues
    own, behind = terms.lead.part, terms.lead.behind
    insured = patterns.PREMIUM_SHARE.find(statement.text) and not patterns.SUBSIDY_NOUN.find(statement.text)
    if patterns.INSURANCE.find(statement.text) or (insured and _called_compensation(statement)):
        return Instrument.INSURANCE
    if terms.inside:
        return Instrument.INCOME_SHARE
    if cues["voucher"].hit(own.text):
        return Instrument.VOUCHER
    if terms.rate is None and (patterns.LOAN_BEHIND.find(behind) or patterns.LOAN_BEFORE.find(own.text)):
        return Instrument.LOAN
    if prize_of(statement, terms):
        return Instrument.AWARD
    if money := _money_given(behind):
        return (money is Instrument.REWARD and _share(statement, terms)) or money
    if patterns.INVESTED.find(statement.text):
        return Instrument.OTHER
    return _share(statement, terms) or _by_words_around(statement, terms)


def _by_words_around(statement: Statement, terms: IncentiveTerms) -> Instrument:
    """By what the words name that do not stand next to the number."""
    cues, own = grammar().instrument_cues, terms.lead.part
    given = "".join(part.text for part in statement.parts if _gives(part, own))
    for name in NAMED_ANYWHERE:
        if cues[name].hit(given) and (name != "income_share" or terms.rate is not None):
            return Instrument(name)
    if not _money_given(own.text) and cues["voucher"].hit(statement.text):
        return Instrument.VOUCHER
    for words in _regions(statement, terms.lead):
        if money := _money_given(words):
            return money
    return Instrument.TITLE if any(part.tagged("grant") for part in statement.parts) else Instrument.SUBSIDY


def _called_compensation(statement: Statement) -> bool:
    """按保费的80%给予扶持 in a text that calls it 保险补偿."""
    clause = statement.sentence.clause
    at = statement.start - clause.start
    return patterns.COMPENSATION.find(clause.text[max(at - AROUND, 0) : at + AROUND]) is not None


def prize_of(statement: Statement, terms: IncentiveTerms) -> str:
    """The prize that the number is the money of (设特别奖一项，奖金8万元), else nothing."""
    before = re.split("[；。]", statement.text[: terms.lead.quantity.start - statement.start])[-1]
    found = patterns.PRIZE.find(before)
    return found["prize"] if found else ""


def _regions(statement: Statement, lead: StatedNumber) -> Iterator[str]:
    """Where a word of giving may stand, nearest first."""
    yield lead.quantity.quote  # 最高奖励50万元
    yield lead.before
    yield "".join(part.text for part in statement.parts if part.start >= lead.part.end)
    yield "".join(part.text for part in reversed(statement.parts) if part.end <= lead.part.start)
    if patterns.RAISED_TO.find(statement.text):  # 给予奖励2%；本地转化的，比例提高到3%
        yield "".join(part.text for part in reversed(statement.before))
    if statement.goes_on():  # 奖励国家级100万元；省级50万元
        yield "".join(part.text for part in (statement.before or statement.previous))
    if statement.announced():
        yield "".join(part.text for part in statement.previous)
        yield "".join(statement.sentence.headings[-1:])


def _money_given(words: str) -> Instrument | None:
    """Reward or subsidy, whichever is named first; of a compound (奖励补助, 补贴奖励) the reward."""
    found = patterns.INCENTIVE_NOUN.find(words)
    if not found:
        return None
    return Instrument.REWARD if patterns.REWARD_NOUN.find(found.group()) else Instrument.SUBSIDY


def _share(statement: Statement, terms: IncentiveTerms) -> Instrument | None:
    """A reward that is a share of what the result earned: 将不低于净收益的70%奖励给完成人."""
    if terms.rate is None or patterns.TREASURY.find(statement.text):
        return None
    cues, own = grammar().instrument_cues, terms.lead.part
    given = "".join(part.text for part in statement.parts if _gives(part, own))
    if named := next((Instrument(name) for name in SHARES if cues[name].hit(given)), None):
        return named
    said = "".join(part.text for part in (*statement.before, *statement.parts) if part.start <= own.start)
    taken = patterns.INCOME_TAKEN.find(said) or patterns.INCOME_TAKEN.find(statement.text)
    earned = taken is not None and not patterns.SUBSIDY_NOUN.find(own.text)
    return Instrument.INCOME_SHARE if earned else None


def _gives(part: Part, own: Part) -> bool:
    return part is own or states(part) or patterns.BASE_FROM.find(part.text) is not None
