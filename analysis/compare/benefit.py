"""What one contract yields under a rule that a text states: thresholds, rates, bases, caps, tiers.

All money in 万元. A rule can be drawn against the size of a contract only when the text ties the money to such a
sum; ``grammar/bases.toml`` lists the wordings that do. A rule whose rate is open or is itself a maximum has no
amount, only a ceiling, and is marked as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import exp, log

from analysis.grammar import grammar
from analysis.grammar.vocabularies import Base
from analysis.model import Comparator, Incentive, Instrument

HUNDRED = Decimal(100)
# Only these pay money that grows with a contract; a share of income or of equity is not paid on the contract's sum.
PAID_IN_MONEY = frozenset({Instrument.SUBSIDY, Instrument.REWARD})
# A rate bounded from above gives at most the computed sum, never the sum itself.
UPPER_BOUNDS = frozenset({Comparator.LE, Comparator.LT})


@dataclass(frozen=True, slots=True)
class Rule:
    """One or more tiers that the same text gives the same receiver for the same thing, lowest threshold first."""

    tiers: tuple[Incentive, ...]
    base: Base

    @property
    def first(self) -> Incentive:
        """The tier that a small contract meets first; names the rule."""
        return self.tiers[0]

    @property
    def ceiling(self) -> bool:
        """Whether only an upper bound of the money is known."""
        return any(is_ceiling(tier) for tier in self.tiers)


def base_of(incentive: Incentive) -> Base | None:
    """The sum that the money depends on, or None where it depends on no sum of contracts.

    The stated base decides; only where none is stated (a fixed amount from a threshold on) does the trigger.
    """
    words = incentive.rate_base or incentive.trigger
    return next((base for base in grammar().bases if base.matches(words)), None)


def is_ceiling(incentive: Incentive) -> bool:
    """Whether the text gives an upper bound only: no rate, a rate bounded from above, or a range of amounts."""
    if incentive.rate_percent is not None:
        return incentive.rate_comparator in UPPER_BOUNDS
    return incentive.amount_high_wan is None or incentive.amount_low_wan != incentive.amount_high_wan


def cap(incentive: Incentive) -> Decimal | None:
    """The most that one contract can yield, in 万元: the lower of the two caps, None where neither is stated."""
    stated = [sum_ for sum_ in (incentive.cap_item_wan, incentive.cap_year_wan) if sum_ is not None]
    return min(stated, default=None)


def counts_excess_only(incentive: Incentive) -> bool:
    """Whether the rate applies to the part above the threshold only (…超过1亿元部分)."""
    return incentive.threshold_wan is not None and (incentive.rate_base or "").endswith("部分")


def most(incentive: Incentive) -> Decimal | None:
    """The most that one receiver can get for one contract or project, in 万元."""
    return incentive.amount_high_wan if incentive.amount_high_wan is not None else cap(incentive)


def threshold(incentive: Incentive) -> Decimal:
    """The sum from which the incentive applies, in 万元; 0 where none is stated."""
    return incentive.threshold_wan or Decimal(0)


def _drawn_against(incentive: Incentive) -> Base | None:
    """The sum that the money can be drawn against, or None where it cannot be drawn."""
    if incentive.instrument not in PAID_IN_MONEY:
        return None
    if incentive.rate_percent is not None:
        drawable = True
    elif incentive.amount_high_wan is not None:
        drawable = incentive.threshold_wan is not None
    else:
        drawable = cap(incentive) is not None
    return base_of(incentive) if drawable else None


def saturation(tier: Incentive) -> Decimal | None:
    """The sum in 万元 from which the cap of a tier binds; None without a rate or a cap. At least the threshold."""
    highest = cap(tier)
    if highest is None or not tier.rate_percent:
        return None
    needed = highest * HUNDRED / tier.rate_percent
    return threshold(tier) + needed if counts_excess_only(tier) else max(needed, threshold(tier))


def rules(incentives: Iterable[Incentive]) -> tuple[Rule, ...]:
    """The incentives that can be drawn against a sum, tiers of one rule together; order of first appearance.

    Tiers: same document, clause, beneficiary, instrument and stated base, each with its own threshold. Rates on
    excess parts are never tiers of each other: each counts its own part.
    """
    groups: dict[tuple[object, ...], tuple[Base, list[Incentive]]] = {}
    for incentive in incentives:
        base = _drawn_against(incentive)
        if base is not None:
            groups.setdefault(_tier_key(incentive), (base, []))[1].append(incentive)
    return tuple(Rule(tuple(sorted(tiers, key=threshold)), base) for base, tiers in groups.values())


def _tier_key(incentive: Incentive) -> tuple[object, ...]:
    same = (
        incentive.document,
        incentive.clause_index,
        incentive.beneficiary,
        incentive.instrument,
        incentive.rate_base,
        incentive.rate_percent is None,
    )
    alone = incentive.threshold_wan is None or counts_excess_only(incentive)
    return (*same, incentive.start, incentive.rate_percent) if alone else same


def rule_benefit(rule: Rule, contract_wan: Decimal) -> Decimal:
    """What a contract of ``contract_wan`` 万元 yields, in 万元; the ceiling where :attr:`Rule.ceiling`.

    The highest tier whose threshold the contract meets counts; 0 below the first.
    """
    met = [tier for tier in rule.tiers if threshold(tier) <= contract_wan]
    if not met:
        return Decimal(0)
    tier = met[-1]
    if tier.rate_percent is None:
        return most(tier) or Decimal(0)
    counted = contract_wan - threshold(tier) if counts_excess_only(tier) else contract_wan
    amount, highest = counted * tier.rate_percent / HUNDRED, cap(tier)
    return amount if highest is None else min(amount, highest)


def curve(rule: Rule, low: Decimal, high: Decimal, samples: int = 160) -> tuple[tuple[Decimal, Decimal], ...]:
    """Points (sum, money) in 万元 for a chart with a logarithmic x axis from ``low`` to ``high``.

    A straight rate is no straight line on that axis, hence evenly spaced samples in the logarithm, with the corners
    exactly on the curve and a jump drawn upright: two points at the threshold. What stays level needs its ends only.
    """
    corners = {low, high}
    for tier in rule.tiers:
        corners |= {corner for corner in (tier.threshold_wan, saturation(tier)) if corner and low < corner < high}
    start, step = log(low), log(high / low) / samples
    # Places to evaluate at, not numbers of a text: floats will do and are a hundred times faster.
    between = {Decimal(f"{exp(start + step * index):.2f}") for index in range(samples)}
    steps = {tier.threshold_wan for tier in rule.tiers}
    points: list[tuple[Decimal, Decimal]] = []
    for place in sorted(corners | {value for value in between if low < value < high}):
        if place in steps and points:
            points.append((place, points[-1][1]))
        points.append((place, rule_benefit(rule, place)))
    ends = zip([None, *points[:-1]], points, [*points[1:], None], strict=True)
    return tuple(
        point
        for before, point, after in ends
        if before is None or after is None or not before[1] == point[1] == after[1]
    )


def window(drawn: Sequence[Rule]) -> tuple[Decimal, Decimal]:
    """The range of sums, in 万元, in which the rules differ: from below the first corner to beyond the last.

    Bounds are 1, 2 or 5 times a power of ten, at least 10 to 5,000.
    """
    corners = [corner for rule in drawn for tier in rule.tiers for corner in _corners(tier)]
    low = min([Decimal(10), *(_round_down(corner / 2) for corner in corners)])
    high = max([Decimal(5000), *(_round_up(corner * 2) for corner in corners)])
    return low, high


def _corners(tier: Incentive) -> list[Decimal]:
    """Threshold and saturation; a cap that only an absurd sum reaches must not stretch the axis."""
    full = saturation(tier)
    near = full is not None and full <= 20 * max(threshold(tier), Decimal(1000))
    # A small rate on an excess grows slowly: ten times the threshold shows how.
    beyond = threshold(tier) * 10 if counts_excess_only(tier) else None
    return [corner for corner in (threshold(tier), full if near else None, beyond) if corner]


def _round_up(value: Decimal) -> Decimal:
    scale = Decimal(10) ** value.adjusted()
    return next(factor * scale for factor in (1, 2, 5, 10) if factor * scale >= value)


def _round_down(value: Decimal) -> Decimal:
    scale = Decimal(10) ** value.adjusted()
    return next(factor * scale for factor in (5, 2, 1) if factor * scale <= value)
