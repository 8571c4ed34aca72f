"""How something is given, by the words of giving next to the number and not by the words of its base.

加计扣除研发费用的10%给予补助 is a subsidy: 补助 is what is given, 加计扣除 says of what. 按50%加计扣除 is tax.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.extract import incentive_patterns as patterns
from analysis.extract.incentive_terms import IncentiveTerms
from analysis.extract.sentences import Part
from analysis.extract.statements import Statement, goes_on, states
from analysis.grammar import grammar
from analysis.model import Instrument, Quantity

# Where the number's own words name no incentive, these are known by their words anywhere in the parts that give.
NAMED_ANYWHERE = ("tax", "title", "equity_share", "income_share")
AROUND = 2000  # characters of its clause that may call an incentive by its name
SHARES = ("equity_share", "income_share")


def instrument_of(statement: Statement, terms: IncentiveTerms) -> Instrument:
    """By what stands next to the number: what is given in so many words, a share of income, else reward or subsidy."""
    cues = grammar().instrument_cues
    first = terms.first or terms.used[0]
    own = next(part for part in statement.parts if part.start <= first.start < part.end)
    behind = _behind(own, first)
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
        return (money is Instrument.REWARD and _share(own, statement, terms)) or money
    if patterns.INVESTED.find(statement.text):
        return Instrument.OTHER
    return _share(own, statement, terms) or _by_words_around(statement, own, terms)


def _by_words_around(statement: Statement, own: Part, terms: IncentiveTerms) -> Instrument:
    """By what the words name that do not stand next to the number."""
    cues = grammar().instrument_cues
    given = "".join(part.text for part in statement.parts if _gives(part, own))
    for name in NAMED_ANYWHERE:
        if cues[name].hit(given) and (name != "income_share" or terms.rate is not None):
            return Instrument(name)
    if not _money_given(own.text) and cues["voucher"].hit(statement.text):
        return Instrument.VOUCHER
    for words in _regions(statement, own, terms):
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
    first = terms.first or terms.used[0]
    before = re.split("[；。]", statement.text[: first.start - statement.start])[-1]
    found = patterns.PRIZE.find(before)
    return found["prize"] if found else ""


def _behind(own: Part, first: Quantity) -> str:
    """The words of the part behind the number."""
    return own.text[first.end - own.start :]


def _regions(statement: Statement, own: Part, terms: IncentiveTerms) -> Iterator[str]:
    """Where a word of giving may stand, nearest first."""
    first = terms.first or terms.used[0]
    yield own.text[first.start - own.start : first.end - own.start]  # 最高奖励50万元
    yield own.text[: first.start - own.start]
    yield "".join(part.text for part in statement.parts if part.start >= own.end)
    yield "".join(part.text for part in reversed(statement.parts) if part.end <= own.start)
    if patterns.RAISED_TO.find(statement.text):  # 给予奖励2%；本地转化的，比例提高到3%
        yield "".join(part.text for part in reversed(statement.before))
    if goes_on(statement.parts, statement.before, statement.previous):  # 奖励国家级100万元；省级50万元
        yield "".join(part.text for part in (statement.before or statement.previous))
    if statement.announced():
        yield "".join(part.text for part in statement.previous)
        yield "".join(statement.sentence.headings[-1:])


def _money_given(words: str) -> Instrument | None:
    """Reward or subsidy, whichever is named first; of a compound (奖励补助, 补贴奖励) the reward."""
    found = patterns.GIFT_NOUN.find(words)
    if not found:
        return None
    return Instrument.REWARD if patterns.REWARD_NOUN.find(found.group()) else Instrument.SUBSIDY


def _share(own: Part, statement: Statement, terms: IncentiveTerms) -> Instrument | None:
    """A reward that is a share of what the result earned: 将不低于净收益的70%奖励给完成人."""
    if terms.rate is None or patterns.TREASURY.find(statement.text):
        return None
    cues = grammar().instrument_cues
    given = "".join(part.text for part in statement.parts if _gives(part, own))
    if named := next((Instrument(name) for name in SHARES if cues[name].hit(given)), None):
        return named
    said = "".join(part.text for part in (*statement.before, *statement.parts) if part.start <= own.start)
    taken = patterns.INCOME_TAKEN.find(said) or patterns.INCOME_TAKEN.find(statement.text)
    earned = taken is not None and not patterns.SUBSIDY_NOUN.find(own.text)
    return Instrument.INCOME_SHARE if earned else None


def _gives(part: Part, own: Part) -> bool:
    return part is own or states(part) or patterns.BASE_FROM.find(part.text) is not None
