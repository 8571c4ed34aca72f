"""Where everything comes from, and how well the texts were read, in words and markup."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from analysis.model import Card, Corpus, Fault, Level, SeriesCard, Status
from analysis.present import export, numbers
from analysis.present.links import page_link
from analysis.present.names import known_kind, place
from analysis.present.numbers import spaced
from analysis.present.tables import kind_mark, silent, table
from analysis.score import Score
from analysis.wording import CARD_FIELDS

_THIN = numbers.THIN_SPACE


def lead(corpus: Corpus, result: Score | None) -> str:
    """How much is kept, whether anything is wrong with it, and how well it was read: markup."""
    editions = sum(len(reading.document.card.editions) for reading in corpus.readings)
    faults = len(corpus.faults)
    kept = (
        f"<strong>{len(corpus.readings)}{_THIN}份文件、{editions}{_THIN}个版本</strong>按收到时的样子保存，"
        f"一组技术合同数据共 {numbers.figure(len(corpus.points))}{_THIN}行，逐行注明来源。"
    )
    state = (
        f"有 <strong>{faults}{_THIN}处问题</strong>，见下。" if faults else "文件摘要都与登记相符，没有读不了的部分。"
    )
    return kept + state + (read_lead(result) if result else "")


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


def cards_html(cards: Sequence[Card]) -> str:
    """What is known of each document, what was inferred and why, what is not known, and its editions."""
    labels = ["文件", "已知", "推定及理由", "不详", "版本与摘要"]
    rows = [[_title(card), _known(card), _inferred(card), _unknown(card), _editions(card)] for card in cards]
    return table("", [escape(label) for label in labels], labels, rows, css="zh-cards-of-documents")


def _title(card: Card) -> str:
    title = f'<a href="{escape(f"reader?document={card.slug}")}" target="_self">{escape(card.title)}</a>'
    return f"<strong>{escape(place(card))}</strong>{kind_mark(card)}<div>{title}</div>"


def _known(card: Card) -> str:
    inferred = {name for name, _ in card.inferred}
    said = [
        ("kind", known_kind(card)),
        ("doc_number", card.doc_number),
        ("issuers", "、".join(card.issuers)),
        ("issued", numbers.date(card.issued) if card.issued else None),
        ("valid_from", _span(card.valid_from, card.valid_to)),
        ("comment_from", _span(card.comment_from, card.comment_to)),
        ("source", card.source),
    ]
    heads = {"valid_from": "有效期", "comment_from": "征求意见"}
    lines = [
        f"{heads.get(name, CARD_FIELDS[name])}：{escape(value)}{'（推定）' if name in inferred else ''}"
        for name, value in said
        if value
    ]
    lines += [f'<span class="zh-small">{escape(spaced(note))}</span>' for note in card.notes]
    return "<br>".join(lines)


def _span(first: str | None, last: str | None) -> str | None:
    if not first and not last:
        return None
    return f"{numbers.date(first, '不详')}至 {numbers.date(last, '不详')}"


def _inferred(card: Card) -> str:
    return (
        "<br>".join(f"{escape(CARD_FIELDS.get(name, name))}：{escape(spaced(why))}" for name, why in card.inferred)
        or "没有推定"
    )


def _unknown(card: Card) -> str:
    return escape("、".join(unknown(card))) or silent("没有")


def _editions(card: Card) -> str:
    return "".join(
        f'<div>{escape(edition.label)}<div class="zh-small zh-as-received zh-digest">{escape(edition.file)}<br>'
        f"SHA-256 {escape(edition.sha256[:16])}…</div></div>"
        for edition in card.editions
    )


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


def cards_table(cards: Sequence[Card]) -> export.Table:
    """One row for each edition of each document."""
    columns = (
        export.Column("slug", "代号"),
        export.Column("region", "地区"),
        export.Column("title", "标题"),
        export.Column("kind", "文件类型"),
        export.Column("number", "发文字号"),
        export.Column("issuers", "发文机关"),
        export.Column("issued", "发布时间"),
        export.Column("inferred", "推定及理由"),
        export.Column("unknown", "不详"),
        export.Column("label", "版本"),
        export.Column("file", "文件名"),
        export.Column("sha256", "SHA-256"),
    )
    rows = tuple(
        {
            "slug": card.slug,
            "region": card.region,
            "title": card.title,
            "kind": known_kind(card),
            "number": card.doc_number,
            "issuers": "、".join(card.issuers),
            "issued": card.issued,
            "inferred": "；".join(f"{CARD_FIELDS.get(name, name)}：{why}" for name, why in card.inferred),
            "unknown": "、".join(unknown(card)),
            "label": edition.label,
            "file": edition.file,
            "sha256": edition.sha256,
        }
        for card in cards
        for edition in card.editions
    )
    return export.Table("语料文件登记", "语料文件登记", columns, rows, source="各文件卡片")
