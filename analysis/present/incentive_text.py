"""An incentive in words: the large line (what is given), the small line (on what conditions), sums and rates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from analysis.chinese_words import SIGNS, instrument_name, receiver_name
from analysis.compare.benefit import Rule, base_of, counts_excess_only
from analysis.compare.incentive_matrix import RATE_OPEN
from analysis.grammar import grammar
from analysis.model import Card, Incentive
from analysis.present import numbers
from analysis.present.names import document_name

LONGEST_BASE = 14  # characters of what a rate is taken of that stand before it; the end says what it is
_GIVING = re.compile("给予|奖励|补助|补贴|资助|一次性|最高|不超过|不高于|分别|按照?|再")
LONGEST_MEASURE = 18  # characters; longer words before a threshold are a condition, not the name of a sum
LEAST_TELLING, LONGEST_BENEFICIARY = 3, 26  # 企业 says no more than its row; a long name is cut in the middle


def wan(value: Decimal | None, decimals: int | None = None) -> str:
    """A sum in 万元 as people write it: ``100 万元``, from 1 亿元 on ``1.2 亿元``."""
    if value is not None and value >= 10_000:
        return numbers.with_unit(value / 10_000, "亿元", 2 if decimals is None else decimals)
    return numbers.with_unit(value, "万元", decimals)


def incentive_figure(incentive: Incentive) -> str:
    """The large line of a cell, plain text: what is given. ``30%，最高 100 万元``; without a sum the instrument."""
    thin = numbers.THIN_SPACE
    parts = []
    if incentive.amount_high_wan is not None:
        low, high = incentive.amount_low_wan, incentive.amount_high_wan
        parts.append(wan(high) if low in (None, high) else f"{numbers.figure(low)}–{wan(high)}")
    if incentive.rate_percent is not None:
        sign = SIGNS[incentive.rate_comparator] if incentive.rate_comparator else ""
        rate = f"{sign}{numbers.with_unit(incentive.rate_percent, '%')}"
        if base_of(incentive) is None and incentive.rate_base:
            base = re.sub("[（(][^）)]*[）)]$", "", incentive.rate_base)
            rate = f"{base if len(base) <= LONGEST_BASE else f'…{base[-LONGEST_BASE:]}'}{thin}{rate}"
        parts.append(rate)
    if incentive.cap_item_wan is not None:
        parts.append(f"最高{thin}{wan(incentive.cap_item_wan)}")
    elif incentive.cap_year_wan is not None and not parts:
        parts.append(f"每年最高{thin}{wan(incentive.cap_year_wan)}")
    return "，".join(parts) or instrument_name(incentive.instrument)


def threshold_text(incentive: Incentive) -> str:
    """``单个技术合同成交额 ≥1,000 万元``: what is counted, as far as the text says, and from where on."""
    if incentive.threshold_wan is None or counts_excess_only(incentive):
        return ""
    least = f"≥{wan(incentive.threshold_wan)}"
    counted = _counted(incentive)
    return f"{counted}{numbers.THIN_SPACE}{least}" if counted else least


def _counted(incentive: Incentive) -> str:
    """What the threshold counts: the stated base where the trigger names it, else the trigger's words before it."""
    if incentive.rate_base and incentive.rate_base in incentive.trigger:
        return incentive.rate_base
    before = re.split(r"[0-9０-９]", incentive.trigger, maxsplit=1)
    words = re.split(r"[，、；：]", before[0])[-1] if len(before) > 1 else ""
    for bound in grammar().bounds:
        if bound.place == "before":
            words = words.removesuffix(bound.form)
    return words if len(words) <= LONGEST_MEASURE else ""


def condition(incentive: Incentive) -> str:
    """The small line of a cell, plain text: who, base, threshold, what is open, the cap of a year, notes."""
    thin = numbers.THIN_SPACE
    parts = []
    who = incentive.beneficiary
    if len(who) > LEAST_TELLING and who != receiver_name(incentive.receiver):
        parts.append(shortened(who))
    threshold = threshold_text(incentive)
    if threshold:
        parts.append(threshold)
    elif incentive.trigger and len(incentive.trigger) <= LONGEST_BENEFICIARY and incentive.trigger not in who:
        parts.append(incentive.trigger)
    if incentive.rate_base and base_of(incentive) is not None and incentive.rate_base not in threshold:
        parts.append(f"按{incentive.rate_base}")
    if incentive.rate_open:
        parts.append(RATE_OPEN)
    if incentive.cap_year_wan is not None and not incentive_figure(incentive).startswith("每年最高"):
        parts.append(f"每年{thin}≤{wan(incentive.cap_year_wan)}")
    if incentive.one_off:
        parts.append("一次性")
    # A note that the base already says in other words adds nothing.
    parts.extend(
        note for note in incentive.notes if not (incentive.rate_base or "").endswith(note.removeprefix("超过"))
    )
    return "；".join(parts)


def conditions(incentives: Sequence[Incentive]) -> tuple[str, ...]:
    """The small lines of the incentives of one cell; where some are the same, what tells them apart is added."""
    lines = [condition(incentive) for incentive in incentives]
    often = Counter(lines)
    lines_apart = [
        line if often[line] == 1 else "；".join(part for part in (line, _telling(incentive, line)) if part)
        for line, incentive in zip(lines, incentives, strict=True)
    ]
    return tuple(lines_apart)


def _telling(incentive: Incentive, line: str) -> str:
    """The case in which it is given, else the words before its sum; empty where the line says it already."""
    if incentive.trigger and incentive.trigger not in line:
        return shortened(incentive.trigger)
    sums = (incentive.amount_high_wan, incentive.cap_item_wan, incentive.rate_percent, incentive.cap_year_wan)
    figure = next((format(one.normalize(), "f") for one in sums if one is not None), "")
    found = re.search(rf"([^，；：、。\d%％]+){re.escape(figure)}(?!\d)", incentive.quote) if figure else None
    words = _GIVING.sub("", found[1]) if found else ""
    return words[-LONGEST_MEASURE:] if len(words) > 1 and words not in line else ""


def shortened(words: str) -> str:
    """A name that is too long for a table, with its head and its end: 列入省级目录的重大…转化应用的项目."""
    if len(words) <= LONGEST_BENEFICIARY:
        return words
    half = LONGEST_BENEFICIARY // 2
    return f"{words[:half]}…{words[-half:]}"


def rule_name(rule: Rule, cards: Mapping[str, Card]) -> str:
    """``四川 2024 买方企业``."""
    return f"{document_name(cards[rule.first.document])} {receiver_name(rule.first.receiver)}"


def rule_details(rules: Sequence[Rule], cards: Mapping[str, Card]) -> tuple[str, ...]:
    """What tells rules of one name apart, in the order of ``rules``: who receives, else in which case; mostly empty."""
    names = [rule_name(rule, cards) for rule in rules]
    often = Counter(names)
    receiving = [rule.first.beneficiary or rule.first.trigger for rule in rules]
    same = Counter(zip(names, receiving, strict=True))
    return tuple(
        "" if often[name] == 1 else shortened((rule.first.trigger or who) if same[name, who] > 1 else who)
        for name, who, rule in zip(names, receiving, rules, strict=True)
    )


def figure_runs(text: str) -> tuple[tuple[str, bool], ...]:
    """Text cut into figures (digits with their separators and the percent sign: true) and what is between them."""
    pieces = re.split(r"(\d[\d,.–%]*)", text)
    return tuple((piece, place % 2 == 1) for place, piece in enumerate(pieces) if piece)
