"""Sentences known to be read wrongly: what they say, what should be read, what is read now."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from html import escape

from analysis.model import Comparator, Instrument, Receiver, TargetKind
from analysis.present import numbers
from analysis.present.quality_faults import KIND_WORDS
from analysis.present.tables import instrument_name, receiver_name, silent, table
from analysis.score.known import Known

_THIN = numbers.THIN_SPACE
_TEXTS = {
    "plan": "规划、方案",
    "measure": "政策措施",
    "statute": "法规",
    "question and answer": "政策问答",
    "news": "报道",
}
Row = tuple[str, ...]


def known_html(cases: Sequence[tuple[Known, Sequence[Row]]]) -> str:
    """Each sentence with what a careful reader takes from it and what is read now: markup; "" without any."""
    if not cases:
        return ""
    labels = ["句子", "应读作", "现在读作"]
    cells = [
        [
            f'<span class="zh-quote">{escape(known.text)}</span>'
            f'<div class="zh-small">{escape(_TEXTS.get(known.kind, known.kind))}</div>',
            _rows(known.part, known.rows),
            _rows(known.part, read),
        ]
        for known, read in cases
    ]
    told = (
        f"<p>换着句式试出来的 {len(cases)}{_THIN}个句子，现在还读不对；遇到类似写法请对照原文。"
        "哪一句读对了，检验就会提醒把它从这里移走。</p>"
    )
    return f"<h2>已知读不对的句子</h2>{told}{table('', labels, labels, cells, css='zh-known')}"


def _rows(part: str, rows: Sequence[Row]) -> str:
    said = _target if part == "targets" else _incentive
    return "".join(f"<div>{escape(said(row))}</div>" for row in rows) or silent("没有可读的")


def _target(row: Row) -> str:
    indicator, comparator, value, unit, year, kind = row
    sign = numbers.comparator_sign(Comparator(comparator))
    words = f"{indicator}{_THIN}{sign}{_THIN}{_with_unit(value, unit)}"
    if kind != TargetKind.LEVEL:
        words += f"，{KIND_WORDS[TargetKind(kind)]}"
    return f"{words}，{year}{_THIN}年" if year else words


def _incentive(row: Row) -> str:
    instrument, receiver, threshold, comparator, rate, low, high, item, yearly = row
    bound = numbers.comparator_sign(Comparator(comparator)) + _THIN if comparator else ""
    parts = [f"{receiver_name(Receiver(receiver))}，{instrument_name(Instrument(instrument))}"]
    parts += [f"起点 {_with_unit(threshold, '万元')}"] if threshold else []
    parts += [f"比例 {bound}{_with_unit(rate, '%')}"] if rate else []
    if low or high:
        upto = f"{_with_unit(low, '')}—" if low and high and low != high else ""
        parts.append(f"金额 {upto}{_with_unit(high or low, '万元')}")
    parts += [f"单项最高 {_with_unit(item, '万元')}"] if item else []
    parts += [f"每年最高 {_with_unit(yearly, '万元')}"] if yearly else []
    return "，".join(parts)


def _with_unit(value: str, unit: str) -> str:
    try:
        return numbers.with_unit(Decimal(value), unit)
    except InvalidOperation:
        return f"{value}{unit}"
