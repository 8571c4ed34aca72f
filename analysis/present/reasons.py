"""What became of each number of a text and why: rule, how sure, signs for and against; as text and as values."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.chinese_words import FIELDS, OUTCOMES, YEAR_FROM
from analysis.extract import Explained, Outcome, Weighed
from analysis.extract.scope import Scope
from analysis.grammar import grammar
from analysis.model import Document, Incentive, Reading, Sign, Target
from analysis.present.names import clause_name

BY_RULE = "规则直接认定"


@dataclass(frozen=True, slots=True)
class ShownSign:
    """A sign as a reader sees it. ``words``: the words where it stands, "" where that is the number itself."""

    title: str
    weight: float
    words: str = ""

    @property
    def side(self) -> str:
        """支持 or 反对."""
        return "支持" if self.weight > 0 else "反对"


def rule_title(rule: str) -> str:
    """The title of a rule; one that an older version wrote and this one no longer knows is its id."""
    known = grammar().rules.get(rule)
    return known.title if known else rule


def rule_why(rule: str) -> str:
    """Why a rule decides as it does, "" where that is not known."""
    known = grammar().rules.get(rule)
    return known.why if known else ""


def sureness(probability: float | None) -> str:
    """How sure a decision is that this is a target: ``92%``; 规则直接认定 where nothing was weighed."""
    if probability is None:
        return BY_RULE
    return f"{min(max(round(probability * 100), 1), 99)}%"


def shown_signs(signs: Sequence[Sign], reading: Reading) -> tuple[ShownSign, ...]:
    """Signs as titles with their words, in the given order."""
    return tuple(ShownSign(grammar().sign_title(sign.name), sign.weight, _words(sign, reading)) for sign in signs)


def _words(sign: Sign, reading: Reading) -> str:
    """The words where a sign stands; "" where that is the number it was weighed for."""
    numbers = reading.quantities
    at = bisect_left(numbers, sign.start, key=lambda number: number.start)
    if at < len(numbers) and (numbers[at].start, numbers[at].end) == (sign.start, sign.end):
        return ""
    return reading.document.text[sign.start : sign.end]


def titles(signs: Sequence[Sign]) -> str:
    """Signs in one cell of a table: 支持：…、…；反对：…"""
    sides = []
    for side, found in (
        ("支持", [sign for sign in signs if sign.weight > 0]),
        ("反对", [sign for sign in signs if sign.weight <= 0]),
    ):
        if found:
            sides.append(f"{side}：{'、'.join(dict.fromkeys(grammar().sign_title(sign.name) for sign in found))}")
    return "；".join(sides)


_ASIDE = "年份、日期、期限这类数字只说明别的数字，规则不判断它们。"
_NO_RULE = "它已随激励读出：同样的话前面说过，或并入了别处的激励。"


def values(reading: Reading, every: Sequence[Explained]) -> list[dict[str, Any]]:
    """One object a number; offsets are into the file as received."""
    return [_value(reading.document, one) for one in every]


def _value(document: Document, one: Explained) -> dict[str, Any]:
    start, end = document.raw_span(one.quantity.start, one.quantity.end)
    return {
        "quote": one.quantity.quote,
        "start": start,
        "end": end,
        "line": _line(document, one),
        "clause": one.clause.path,
        "outcome": str(one.outcome),
        "what": _what(one),
        "rule": one.rule or None,
        "title": rule_title(one.rule) if one.rule else None,
        "why": _why(one),
        "probability": one.probability,
        "scope": _scope_value(document, one.scope),
        "sums": _sums(one.weighed),
        "signs": _signs(document, one),
    }


def _scope_value(document: Document, scope: Scope | None) -> dict[str, Any] | None:
    if scope is None:
        return None
    return {
        "year": scope.year,
        "firm": scope.firm,
        "from": str(scope.year_from),
        "words": _year_words(document, scope),
        "tense": str(scope.tense),
        "required": scope.required,
        "kind": str(scope.text.kind),
    }


def _sums(weighed: Weighed | None) -> dict[str, float] | None:
    if weighed is None:
        return None
    return {name: getattr(weighed, name) for name in ("bias", "total", "sentence", "paragraph")}


def _signs(document: Document, one: Explained) -> list[dict[str, Any]]:
    found = []
    for sign in one.signs:
        start, end = document.raw_span(sign.start, sign.end)
        words = document.text[sign.start : sign.end]
        title = grammar().sign_title(sign.name)
        found.append(
            {"name": sign.name, "title": title, "weight": sign.weight, "start": start, "end": end, "words": words}
        )
    return found


def text(reading: Reading, every: Sequence[Explained]) -> str:
    """All numbers for reading on a terminal: what each is, by which rule, how sure, which signs are for and against."""
    counts = Counter(one.outcome for one in every)
    listed = "，".join(f"{OUTCOMES[outcome]} {counts[outcome]}" for outcome in Outcome if counts[outcome])
    title = reading.document.card.title
    head = f"《{title}》：{len(every)} 个数字" + (f"，其中{listed}。" if listed else "。")
    return "\n\n".join([head, *(_entry(reading, one) for one in every)]) + "\n"


def _entry(reading: Reading, one: Explained) -> str:
    document = reading.document
    start, end = document.raw_span(one.quantity.start, one.quantity.end)
    place = clause_name(one.clause.path)
    lines = [f"“{one.quantity.quote}”　第 {_line(document, one)} 行，{place}，字符 {start}–{end}"]
    rows = [("判定", _what(one))]
    if one.rule:
        rows.append(("规则", f"{rule_title(one.rule)}（{one.rule}）"))
    rows.append(("理由", _why(one)))
    if one.outcome is not Outcome.ASIDE:
        rows.append(("把握", _sure(one)))
    if one.scope:
        rows += [("年份", _year(document, one.scope)), ("语境", _setting(one.scope))]
    lines += [f"  {label}  {words}" for label, words in rows]
    lines += _sides(shown_signs(one.signs, reading))
    if one.weighed:
        lines.append(f"  合计  {_added(one.weighed)}")
    return "\n".join(lines)


def _sides(signs: Sequence[ShownSign]) -> list[str]:
    """Signs for, then signs against, each with its weight and, where it has some, its words."""
    width = max((_width(sign.title) for sign in signs), default=0)
    lines = []
    for side in ("支持", "反对"):
        label = side
        for sign in signs:
            if sign.side == side:
                words = f"{' ' * (width - _width(sign.title))}  “{sign.words}”" if sign.words else ""
                lines.append(f"  {label}  {signed(sign.weight)}  {sign.title}{words}")
                label = "    "
    return lines


def _what(one: Explained) -> str:
    """What the number became, in words."""
    if isinstance(one.row, Target):
        year = f"{one.row.target_year} 年" if one.row.target_year else "未写年份"
        return f"目标：{one.row.indicator}，{year}"
    if isinstance(one.row, Incentive):
        role = f"的{FIELDS[one.role]}" if one.role else "的一部分"
        return f"激励{role}，给{one.row.beneficiary}" if one.row.beneficiary else f"激励{role}"
    return "既不是目标，也不是激励" if one.outcome is Outcome.NEITHER else OUTCOMES[one.outcome]


def _why(one: Explained) -> str:
    if one.rule:
        return rule_why(one.rule)
    return _ASIDE if one.outcome is Outcome.ASIDE else _NO_RULE


def _sure(one: Explained) -> str:
    if one.probability is None:
        return BY_RULE
    of = "确是给予的概率" if one.outcome is Outcome.INCENTIVE else "是目标的概率"
    return f"{of} {sureness(one.probability)}"


def _year(document: Document, scope: Scope) -> str:
    if scope.year is None:
        return YEAR_FROM["nowhere"]
    words = _year_words(document, scope)
    quoted = f"“{words}”" if words else ""
    bound = "，只是统计截止的时间" if scope.counted else "，是期限" if scope.firm else ""
    return f"{scope.year}，{YEAR_FROM[scope.year_from]}{quoted}{bound}"


def _year_words(document: Document, scope: Scope) -> str:
    if scope.year is None:
        return ""
    return document.text[scope.start : scope.end] if scope.end else document.card.title


def _setting(scope: Scope) -> str:
    """Tense, kind of text, and whether the number stands in a list of requirements."""
    parts = [grammar().sign_title(f"tense.{scope.tense}"), grammar().sign_title(f"kind.{scope.text.kind}")]
    if scope.required:
        parts.append("在条件清单之内")
    return "；".join(parts)


def _added(weighed: Weighed) -> str:
    return (
        f"{signed(weighed.total)}（底数 {signed(weighed.bias)}）；"
        f"同句其他数平均 {signed(weighed.sentence)}，同段其他数平均 {signed(weighed.paragraph)}"
    )


def signed(weight: float) -> str:
    """A weight with its sign: +0.84, −0.60."""
    return f"{'−' if weight < 0 else '+'}{abs(weight):.2f}"


def _line(document: Document, one: Explained) -> int:
    return document.raw.count("\n", 0, document.raw_span(one.quantity.start, one.quantity.end)[0]) + 1


def _width(words: str) -> int:
    """Columns on a terminal: Han characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in words)
