"""Rows that were read otherwise than annotated, with their words and what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from analysis.model import Comparator, Corpus, Incentive, Instrument, Reading, Receiver, Target, TargetKind
from analysis.present import export, numbers
from analysis.present.tables import clause_name, instrument_name, receiver_name, table, words_anchor
from analysis.score import Part, Score
from analysis.score.agree import SIX_NUMBERS
from analysis.score.gold import GoldRow

_THIN = numbers.THIN_SPACE
PARTS = {"targets": "目标", "incentives": "写明数额的激励"}
MISSED, EXTRA, WRONG, MINOR = "漏读", "多读", "未全对", "次要不符"
KINDS = (MISSED, EXTRA, WRONG, MINOR)
FIELDS = {
    "value": "数值",
    "value_high": "数值上端",
    "unit": "单位",
    "kind": "类型",
    "comparator": "关系词",
    "target_year": "目标年",
    "baseline_year": "基年",
    "recurring": "是否每年",
    "indicator": "指标",
    "clause": "条款位置",
    "threshold_wan": "起点金额",
    "rate_percent": "比例",
    "amount_low_wan": "金额下端",
    "amount_high_wan": "金额上端",
    "cap_item_wan": "单项上限",
    "cap_year_wan": "年度上限",
    "instrument": "方式",
    "rate_comparator": "比例关系词",
    "receiver": "对象类别",
    "beneficiary": "对象",
    "rate_base": "比例基数",
}
KIND_WORDS = {
    TargetKind.LEVEL: "达到",
    TargetKind.INCREMENT: "新增",
    TargetKind.GROWTH: "增长",
    TargetKind.MULTIPLE: "倍数",
    TargetKind.SHARE: "占比",
}
COMPARED = {
    "targets": ("value", "unit", "comparator", "target_year", "indicator", "kind", "baseline_year", "recurring"),
    "incentives": (*SIX_NUMBERS, "instrument", "rate_comparator", "receiver", "beneficiary", "rate_base"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A row at fault. ``start``/``end`` are clean offsets where the words can be opened, else None."""

    kind: str  # one of KINDS
    part: str  # targets, incentives
    document: str
    clause: str
    quote: str
    what: str
    ambiguous: bool
    start: int | None
    end: int | None


def faults(result: Score, corpus: Corpus, *, ambiguous: bool) -> tuple[Fault, ...]:
    """Every row at fault: missed first, then too many, then wrong where it counts, then wrong in lesser fields."""
    found = [fault for part in (result.targets, result.incentives) for fault in _of_part(part, corpus)]
    kept = [fault for fault in found if ambiguous or not fault.ambiguous]
    return tuple(sorted(kept, key=lambda fault: KINDS.index(fault.kind)))


def _of_part(part: Part, corpus: Corpus) -> list[Fault]:
    rows = [_from_gold(MISSED, part.name, row, _stated(row), corpus) for row in part.missed]
    for one in part.extra:
        there = corpus.reading(one.document) is not None
        span = (one.start, one.end) if there else (None, None)
        rows.append(Fault(EXTRA, part.name, one.document, one.clause, one.quote, _read_as(one), False, *span))
    for pair in part.pairs:
        if pair.differences:
            words = "；".join(
                f"{FIELDS[one.field]}应为{_said(one.field, one.gold)}，读作{_said(one.field, one.predicted)}"
                for one in pair.differences
            )
            rows.append(_from_gold(MINOR if pair.right else WRONG, part.name, pair.gold, words, corpus))
    return rows


def _from_gold(kind: str, part: str, row: GoldRow, what: str, corpus: Corpus) -> Fault:
    reading = corpus.reading(row.document)
    start, end = _clean_span(row, reading) if reading and row.located else (None, None)
    quote, clause = row.fields.get("quote", ""), row.fields.get("clause", "")
    return Fault(kind, part, row.document, clause, quote, what, row.ambiguous, start, end)


def _clean_span(row: GoldRow, reading: Reading) -> tuple[int | None, int | None]:
    """Raw span of an annotated row -> clean span, for the link."""
    inside = [at for at, raw in enumerate(reading.document.offsets) if row.start <= raw < row.end]
    return (inside[0], inside[-1] + 1) if inside else (None, None)


def _said(field: str, value: object) -> str:
    """A value in Chinese, in quotation marks; 空 where there is none."""
    words = "" if value is None else str(value)
    if not words:
        return "空"
    try:
        if field in ("comparator", "rate_comparator"):
            words = numbers.comparator_word(Comparator(words))
        elif field == "instrument":
            words = instrument_name(Instrument(words))
        elif field == "receiver":
            words = receiver_name(Receiver(words))
        elif field == "kind":
            words = KIND_WORDS[TargetKind(words)]
        elif field == "recurring":
            words = "每年"
    except ValueError:  # an annotation may hold a word of its own
        pass
    return f"“{words}”"


def _stated(row: GoldRow) -> str:
    """What the annotator found in a row that was missed."""
    stated = [(field, row.fields.get(field, "")) for field in FIELDS if field != "clause"]
    return "标注为" + "，".join(f"{FIELDS[field]}{_said(field, words)}" for field, words in stated if words)


def _read_as(one: Target | Incentive) -> str:
    part = "targets" if isinstance(one, Target) else "incentives"
    stated = [(field, getattr(one, field)) for field in COMPARED[part]]
    return "读作" + "，".join(f"{FIELDS[field]}{_said(field, value)}" for field, value in stated if value)


def faults_heading(rows: Sequence[Fault]) -> str:
    """How many rows are at fault, by kind: markup."""
    counts = Counter(fault.kind for fault in rows)
    told = "，".join(f"{kind} {counts[kind]}{_THIN}条" for kind in KINDS if counts[kind])
    return f"不符的条目：{told}" if told else "不符的条目"


def no_faults(rows: Sequence[Fault]) -> str:
    """What to say where no row is shown."""
    return "所选的这几种不符一条也没有。" if rows else "这一组里没有不符的条目。"


def faults_html(rows: Sequence[Fault], called: Mapping[str, str]) -> str:
    """The rows at fault with their words; a link where the text is in the corpus: markup."""
    labels = ["不符", "文本", "原话", "怎么不符"]
    cells = [
        [
            f"<strong>{escape(fault.kind)}</strong>{'（存疑）' if fault.ambiguous else ''}"
            f'<div class="zh-small">{escape(PARTS[fault.part])}</div>',
            f'<span class="zh-as-received">{escape(called.get(fault.document, fault.document))}</span>',
            _quoted(fault),
            f'<span class="zh-as-received">{escape(fault.what)}</span>',
        ]
        for fault in rows
    ]
    return table("", [escape(label) for label in labels], labels, cells, css="zh-differences")


def _quoted(fault: Fault) -> str:
    words = f'<span class="zh-quote">“{escape(fault.quote)}”</span>'
    if fault.start is None or fault.end is None:
        return words
    link = words_anchor(fault.document, fault.start, fault.end, clause_name(fault.clause))
    return f"{words} {link}"


def faults_table(rows: Sequence[Fault], called: Mapping[str, str], name: str) -> export.Table:
    """The rows at fault as a file."""
    columns = (
        export.Column("kind", "不符"),
        export.Column("part", "内容"),
        export.Column("document", "文本"),
        export.Column("clause", "条款"),
        export.Column("quote", "原话"),
        export.Column("what", "怎么不符"),
        export.Column("ambiguous", "存疑"),
    )
    cells: tuple[Mapping[str, export.Cell], ...] = tuple(
        {
            "kind": fault.kind,
            "part": PARTS[fault.part],
            "document": called.get(fault.document, fault.document),
            "clause": fault.clause,
            "quote": fault.quote,
            "what": fault.what,
            "ambiguous": fault.ambiguous,
        }
        for fault in rows
    )
    title = f"不符的条目 {name}"
    return export.Table(title, title, columns, cells, "人工标注与程序读出的逐条对照")
