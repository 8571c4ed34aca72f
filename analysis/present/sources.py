"""Where everything comes from, and how well the texts were read, in words and markup."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from analysis.model import Card, Fault, Level, SeriesCard, Status
from analysis.present import numbers
from analysis.present.links import page_link
from analysis.present.names import known_kind
from analysis.present.numbers import spaced
from analysis.present.tables import table
from analysis.score import Score
from analysis.wording import CARD_FIELDS

_THIN = numbers.THIN_SPACE


def read_lead(result: Score) -> str:
    """How well the corpus that comes with the product is read, in one sentence: markup."""
    targets, incentives = result.targets.tally(), result.incentives.tally()
    return (
        f"随产品保存的文件与人工标注逐条对照：目标 {targets.gold}{_THIN}项，读对 <strong>{targets.right}</strong>；"
        f"写明数额的激励 {incentives.gold}{_THIN}项，读对 <strong>{incentives.right}</strong>；"
        f"多读的 {len(result.targets.extra) + len(result.incentives.extra)}{_THIN}项。"
    )


def unknown(card: Card) -> tuple[str, ...]:
    """What the card does not say, in Chinese; a draft has no legal force to know of, others no comment period."""
    missing = [name for name in ("doc_number", "issuers", "issued", "source") if not getattr(card, name)]
    if card.status is Status.UNKNOWN:
        missing.append("status")
    if card.status is Status.DRAFT:
        missing += [name for name in ("comment_from", "comment_to") if not getattr(card, name)]
    else:
        missing += [name for name in ("valid_from", "valid_to") if not getattr(card, name)]
    if card.level is Level.UNKNOWN:
        missing.append("level")
    return tuple(CARD_FIELDS[name] for name in missing)


def known_lines(card: Card) -> list[str]:
    """What is known of a document beside its title, number and date: one line of markup for each."""
    said = [
        ("文件类型", known_kind(card)),
        ("发文机关", "、".join(card.issuers)),
        ("有效期", _span(card.valid_from, card.valid_to)),
        ("征求意见", _span(card.comment_from, card.comment_to)),
        ("网页地址", card.source),
    ]
    return [f"{name}：{escape(value)}" for name, value in said if value]


def _span(first: str | None, last: str | None) -> str | None:
    if not first and not last:
        return None
    return f"{numbers.date(first, '不详')}至 {numbers.date(last, '不详')}"


def faults_html(faults: Sequence[Fault]) -> str:
    """One sentence for each part of the corpus that could not be used; "" without any."""
    lines = "".join(f'<p class="zh-fault" role="alert">{escape(fault.message)}</p>' for fault in faults)
    return f"<h2>用不了的部分</h2>{lines}" if lines else ""


def series_html(card: SeriesCard) -> str:
    """Definitions and gaps of the data set."""
    defined = "".join(
        f"<li><strong>{escape(name)}</strong>　{escape(words)}</li>" for _, name, words in card.definitions
    )
    gaps = "".join(f"<li>{escape(spaced(gap))}</li>" for gap in card.gaps)
    return (
        f"<h2>{escape(card.title)}</h2><p>单位：{escape(card.unit)}。三种口径分列，不连成一条线。</p>"
        f'<ul class="zh-list">{defined}</ul><h3>缺口</h3><ul class="zh-list">{gaps}</ul>'
    )


def series_sources_html(card: SeriesCard) -> str:
    """Where the figures were taken from: name and remark in Chinese, the reference as it was received."""
    remarks = dict(card.remarks)
    labels = ["代号", "来源", "出处"]
    rows = [
        [
            f'<span class="zh-as-received">{escape(name)}</span>',
            escape(title),
            f"{escape(remarks.get(name, ''))}"
            f'<span class="zh-as-received zh-small" lang="en">{escape(reference)}</span>',
        ]
        for name, title, reference in card.sources
    ]
    return f"<h3>数字的出处</h3>{table('', [escape(label) for label in labels], labels, rows)}"


def score_html(result: Score) -> str:
    """Where the score is told row by row: markup."""
    rows = len(result.gold.targets) + len(result.gold.incentives)
    where = escape(page_link("quality"))
    return (
        f"<h2>读得准不准</h2><p>开头的成绩按 {rows}{_THIN}条人工标注现场算出，读法就是照着这几份文件写的，"
        "不说明没见过的文件也读得一样好。逐份、逐个字段和逐条的对照见"
        f'<a href="{where}" target="_self">抽取质量</a>。</p>'
    )
