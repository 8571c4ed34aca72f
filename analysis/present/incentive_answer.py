"""The sentence that answers 激励对比: who pays a class of receivers, from what sum, how much and up to what."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from analysis.compare import Answer, IncentiveMatrix
from analysis.compare.benefit import counts_excess_only
from analysis.compare.incentives import RATE_OPEN, Payment
from analysis.model import Card, Comparator, Incentive
from analysis.present import numbers
from analysis.present.incentive_text import incentive_figure, threshold_text, wan
from analysis.present.names import document_name, names_before_words
from analysis.present.tables import words_anchor
from analysis.wording import COMPARATORS, receiver_name

SAID = 3  # rules of one document that the sentence names; the table below has them all


def leads(answers: Sequence[Answer], matrix: IncentiveMatrix) -> str:
    """The answer of the page: one sentence for each class of receivers asked about."""
    if not matrix.rows:
        return "所选条件下没有激励。"
    if not answers:
        thin = numbers.THIN_SPACE
        return f"所选条件下有{thin}{len(matrix.incentives)}{thin}项激励，没有给买方的。"
    return "<br>".join(lead(told) for told in answers)


def lead(told: Answer) -> str:
    """Who pays the receivers, from what sum, how much and up to what: markup, each rule a link to its words."""
    who = escape(receiver_name(told.receiver))
    others = _others(told)
    if not told.payments:
        return f"所选文件都没有给{who}写明金额或比例。{others}"
    by_card: dict[str, list[Payment]] = {}
    for payment in told.payments:
        by_card.setdefault(payment.card.slug, []).append(payment)
    text = "；".join(_payments(listed[0].card, listed) for listed in by_card.values())
    thin = numbers.THIN_SPACE
    texts = len(by_card)
    compared = []
    if told.same_cap_wan is not None:
        compared.append(f"封顶都是<strong>{thin}{wan(told.same_cap_wan)}</strong>")
    if told.threshold_ratio is not None and told.threshold_ratio > 1:
        compared.append(f"起点相差<strong>{thin}{numbers.figure(told.threshold_ratio, 1)}{thin}倍</strong>")
    contrast = f"{'，'.join(compared)}。" if compared else ""
    return f"{who}能从{thin}{texts}{thin}份文件拿到钱：{text}。{contrast}{others}"


def _payments(card: Card, payments: Sequence[Payment]) -> str:
    """What one document pays: its name, then its first rules as links to their words, and how many more there are."""
    rules = "，另".join(_payment(payment.incentive) for payment in payments[:SAID])
    thin = numbers.THIN_SPACE
    more = f"，等{thin}{len(payments)}{thin}项" if len(payments) > SAID else ""
    return f"<strong>{escape(document_name(card))}</strong> {rules}{more}"


def _payment(incentive: Incentive) -> str:
    thin = numbers.THIN_SPACE
    threshold = threshold_text(incentive).replace("≥", "")
    start = f"{threshold}起" if threshold else ""
    if counts_excess_only(incentive):
        start = incentive.rate_base or ""
    amount = incentive_figure(incentive) if incentive.amount_high_wan is not None else ""
    most = f"最高{thin}{wan(incentive.cap_item_wan)}" if incentive.cap_item_wan is not None else ""
    yearly = f"每年最高{thin}{wan(incentive.cap_year_wan)}" if incentive.cap_year_wan is not None else ""
    said = "，".join(part for part in (start, _share(incentive), amount, most, yearly) if part)
    return words_anchor(incentive.citation, said, incentive.quote)


def _share(incentive: Incentive) -> str:
    """The rate in words: 给 30%, 给不超过 30%, 给不低于 70%, 比例未定."""
    if incentive.rate_percent is None:
        return RATE_OPEN if incentive.rate_open else ""
    bound = incentive.rate_comparator
    word = "" if bound in (None, Comparator.EQ) else COMPARATORS[bound]
    return f"给{word}{numbers.THIN_SPACE}{numbers.with_unit(incentive.rate_percent, '%')}"


def _others(told: Answer) -> str:
    parts = []
    if told.unquantified:
        parts.append(f"{escape(names_before_words(told.unquantified))}有支持但没有写金额")
    if told.silent:
        parts.append(f"{escape(names_before_words(told.silent))}文件未载")
    return f"{'；'.join(parts)}。" if parts else ""
