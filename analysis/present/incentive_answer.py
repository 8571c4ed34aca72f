"""The sentence that answers 激励对比: who pays a class of receivers, from what sum, how much and up to what."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from analysis.compare import Answer, IncentiveMatrix
from analysis.compare.benefit import counts_excess_only
from analysis.compare.incentives import RATE_OPEN, Payment
from analysis.model import Comparator, Incentive
from analysis.present import numbers
from analysis.present.html import render
from analysis.present.incentive_text import incentive_figure, threshold_text, wan
from analysis.present.names import document_name, names_before_words
from analysis.wording import COMPARATORS, receiver_name

SAID = 3  # rules of one document that the sentence names; the table below has them all


def leads(answers: Sequence[Answer], matrix: IncentiveMatrix) -> Markup | str:
    """The answer of the page: one sentence for each class of receivers asked about."""
    if not matrix.rows:
        return "所选条件下没有激励。"
    if not answers:
        thin = numbers.THIN_SPACE
        return f"所选条件下有{thin}{len(matrix.incentives)}{thin}项激励，没有给买方的。"
    return render("incentives.answers", told=[_told(answer) for answer in answers])


def lead(answer: Answer) -> Markup:
    """Who pays the receivers, from what sum, how much and up to what, each rule a link to its words."""
    return render("incentives.answer", told=_told(answer))


def _told(answer: Answer) -> dict[str, object]:
    by_card: dict[str, list[Payment]] = {}
    for payment in answer.payments:
        by_card.setdefault(payment.card.slug, []).append(payment)
    ratio = answer.threshold_ratio
    return {
        "who": receiver_name(answer.receiver),
        "paying": [_payments(listed) for listed in by_card.values()],
        "cap": wan(answer.same_cap_wan) if answer.same_cap_wan is not None else "",
        "ratio": numbers.figure(ratio, 1) if ratio is not None and ratio > 1 else "",
        "unquantified": names_before_words(answer.unquantified),
        "silent": names_before_words(answer.silent),
    }


def _payments(payments: Sequence[Payment]) -> tuple[str, list[dict[str, object]], int]:
    """What one document pays: its name, its first rules, and how many there are where not all are named."""
    said: list[dict[str, object]] = [
        {"row": payment.incentive, "said": _terms(payment.incentive)} for payment in payments[:SAID]
    ]
    return document_name(payments[0].card), said, len(payments) if len(payments) > SAID else 0


def _terms(incentive: Incentive) -> str:
    """From what sum, how much and up to what."""
    thin = numbers.THIN_SPACE
    threshold = threshold_text(incentive).replace("≥", "")
    start = f"{threshold}起" if threshold else ""
    if counts_excess_only(incentive):
        start = incentive.rate_base or ""
    amount = incentive_figure(incentive) if incentive.amount_high_wan is not None else ""
    most = f"最高{thin}{wan(incentive.cap_item_wan)}" if incentive.cap_item_wan is not None else ""
    yearly = f"每年最高{thin}{wan(incentive.cap_year_wan)}" if incentive.cap_year_wan is not None else ""
    return "，".join(part for part in (start, _share(incentive), amount, most, yearly) if part)


def _share(incentive: Incentive) -> str:
    """The rate in words: 给 30%, 给不超过 30%, 给不低于 70%, 比例未定."""
    if incentive.rate_percent is None:
        return RATE_OPEN if incentive.rate_open else ""
    bound = incentive.rate_comparator
    word = "" if bound in (None, Comparator.EQ) else COMPARATORS[bound]
    return f"给{word}{numbers.THIN_SPACE}{numbers.with_unit(incentive.rate_percent, '%')}"
