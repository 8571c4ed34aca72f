"""How well unseen texts are read: left out one by one, or annotated before the first run over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from markupsafe import Markup

from analysis.chinese_words import TEXT_KINDS
from analysis.learn.unseen import Estimate, Fresh, FreshText, Rate, Rates, Unseen
from analysis.model import TextKind
from analysis.present import export
from analysis.present.markup import render
from analysis.present.numbers import THIN_SPACE, spaced
from analysis.present.tables_quality import PARTS

FEW = 20  # annotated rows; a rate over fewer says little, so counts stand in its place
LEFT_OUT_SOURCE = "人工标注与程序读出的逐条对照，逐份留出"
_FRESH_SOURCE = "tests/gold/fresh：来源见 sources.csv，收集和标注的经过见 README.md"
_WEB = ("http://", "https://")
#: Names and what they are the figures of.
Parts = Sequence[tuple[str, Estimate]]


def lead(result: Unseen, fresh: Fresh | None = None) -> Markup:
    """What a person who brings a text of his own has to expect, from the texts that say most of it."""
    by_rule = result.incentives_by_rule is None
    told = _told(fresh) if fresh else None
    return render("quality.unseen_lead", unseen=_told(result), fresh=told, incentives_by_rule=by_rule)


def _told(result: Unseen | Fresh) -> dict[str, object]:
    targets, incentives = _of_hundred(result.targets), _of_hundred(result.incentives)
    return {"documents": result.documents, "targets": targets, "incentives": incentives,
            "empty": result.empty, "empty_rows": result.empty_rows}  # fmt: skip


def _of_hundred(one: Estimate) -> tuple[str | None, ...]:
    """Recall of what is found, precision of that, precision of what is wholly right."""
    rates = (one.found.recall, one.found.precision, one.right.precision)
    return tuple(None if rate.value is None else f"{100 * rate.value:.0f}" for rate in rates)


def _both(result: Unseen | Fresh) -> Parts:
    """The two parts under the names that the page gives them."""
    return (PARTS["targets"], result.targets), (PARTS["incentives"], result.incentives)


def _estimates(parts: Parts) -> list[list[object]]:
    """Counts and rates, each with its interval."""
    return [
        [
            {"part": part, "word": word},
            *(one.tally.gold, one.tally.predicted, hits),
            *(_rate(rates.precision), _rate(rates.recall), _rate(rates.f1, strong=True)),
        ]
        for part, word, one, hits, rates in _rows(parts)
    ]


_Compared = tuple[str, str, Estimate, int, Rates]  # part, how it agrees, estimate, rows that do, their rates


def _rows(parts: Parts) -> Iterator[_Compared]:
    for part, one in parts:
        yield part, "找到", one, one.tally.found, one.found
        yield part, "全对", one, one.tally.right, one.right


def _rate(rate: Rate, *, strong: bool = False, more: str = "") -> dict[str, object]:
    if rate.value is None:
        return {"value": None}
    reach = f"{rate.within[0]:.2f}—{rate.within[1]:.2f}" if rate.within else ""
    small = "；".join(part for part in (reach, more) if part)
    return {"value": f"{rate.value:.2f}", "strong": strong, "small": small}


def fresh_heading(result: Fresh) -> str:
    """When they were collected, and in which order."""
    return f"全新文本（{result.collected} 收集，先标注后运行）"


def fresh_html(result: Fresh) -> Markup:
    """Counts and rates of texts that were annotated before the first run over them."""
    return render("quality.fresh", heading=fresh_heading(result), result=result, rows=_estimates(_both(result)))


def sources_html(result: Fresh) -> Markup:
    """Where the texts come from, folded; "" where that is not recorded. An address is a link only where it is one."""
    if not result.texts:
        return Markup()
    texts = [
        {
            "said": "　".join(part for part in (one.region, one.title, one.issued) if part),
            "source": one.source,
            "address": one.source.split(" ")[0] if one.source.startswith(_WEB) else "",
            "negative": one.negative,
        }
        for one in result.texts
    ]
    return render("quality.sources", heading=spaced(f"{len(texts)} 份文本从哪里来"), texts=texts)


def fresh_table(result: Fresh) -> export.Table:
    """Counts and rates as a file."""
    return _estimates_table(_both(result), "全新文本", _FRESH_SOURCE)


def sources_table(result: Fresh) -> export.Table:
    """Where the texts come from as a file."""
    columns: export.Columns[FreshText] = {
        "文本": lambda one: one.document,
        "地区": lambda one: one.region,
        "标题": lambda one: one.title,
        "时间": lambda one: one.issued,
        "网页地址": lambda one: one.source,
        "应为空": lambda one: one.negative,
    }
    return export.tabulate("全新文本的来源", "全新文本的来源", columns, result.texts, _FRESH_SOURCE)


def unseen_html(result: Unseen) -> Markup:
    """What was done, and what it gave."""
    by_rule = result.incentives_by_rule is None
    rows = _estimates(_both(result))
    return render("quality.left_out", documents=result.documents, rows=rows, incentives_by_rule=by_rule)


def unseen_table(result: Unseen) -> export.Table:
    """The first table as a file."""
    return _estimates_table(_both(result), "逐份留出", LEFT_OUT_SOURCE)


def definitions() -> tuple[str, ...]:
    """What the columns mean, for small print."""
    return tuple(
        spaced(line)
        for line in (
            "精确率是读出的里面对的比例，召回率是标注的里面读到的比例，F1 是两者的调和平均。存疑的条目不计。"
            "95% 区间由整份文本有放回地重抽一千次得出：同一份文本里的条目对错常常一起来，不能当作各自独立。",
        )
    )


def versus_heading(result: Unseen) -> str:
    """What weighing brings over the rules alone."""
    gains = [
        (word, after.f1.value - before.f1.value)
        for word, before, after in (
            ("找到", result.targets_by_rule.found, result.targets.found),
            ("全对", result.targets_by_rule.right, result.targets.right),
        )
        if after.f1.value is not None and before.f1.value is not None
    ]
    told = "，".join(f"{word}的 F1 {'高' if gain >= 0 else '低'} {abs(gain):.2f}" for word, gain in gains)
    return spaced(f"权衡各项迹象，目标比只用规则{told}" if told else "只用规则与权衡各项迹象")


def versus_html(result: Unseen) -> Markup:
    """The rules alone and the weighed signs side by side."""
    parts = [("targets", result.targets_by_rule, result.targets)]
    if result.incentives_by_rule is not None:
        parts.append(("incentives", result.incentives_by_rule, result.incentives))
    rows: list[list[object]] = []
    for part, before, after in parts:
        for (_, word, _, old_hits, old), (_, _, _, hits, new) in zip(
            _rows([("", before)]), _rows([("", after)]), strict=True
        ):
            cells = [
                _rate(old.f1, more=f"读出 {before.tally.predicted}，对 {old_hits}"),
                _rate(new.f1, more=f"读出 {after.tally.predicted}，对 {hits}"),
            ]
            rows.append([{"part": PARTS[part], "word": word}, *cells, _gain(old.f1, new.f1)])
    if result.empty:
        before_, after_ = result.empty_rows_by_rule, result.empty_rows
        rows.append([{"empty": result.empty}, f"{before_}", f"{after_}", f"{after_ - before_:+d}".replace("-", "−")])
    return render("quality.versus", rows=rows)


def versus_table(result: Unseen) -> export.Table:
    """The same as a file."""
    title, rules, weighed = "只用规则与权衡迹象", "（只用规则）", "（权衡迹象）"
    parts = [(f"目标{rules}", result.targets_by_rule), (f"目标{weighed}", result.targets)]
    if result.incentives_by_rule is not None:
        name = PARTS["incentives"]
        parts += [(f"{name}{rules}", result.incentives_by_rule), (f"{name}{weighed}", result.incentives)]
    return _estimates_table(parts, title, LEFT_OUT_SOURCE)


def versus_notes(result: Unseen) -> tuple[str, ...]:
    """What the comparison leaves out, for small print."""
    weighed = () if result.incentives_by_rule is not None else ("激励只按规则读，没有两种成绩可比。",)
    return (*weighed, "规则的一栏占了便宜：规则照着这些文本改过，权重没有见过留出的那一份。")


def _gain(before: Rate, after: Rate) -> dict[str, object]:
    if before.value is None or after.value is None:
        return {"value": None}
    return {"value": f"{after.value - before.value:+.2f}".replace("-", "−"), "strong": True, "small": ""}


def kinds_heading(result: Unseen) -> str:
    """Where it is hardest, among what is frequent enough to say so."""
    known = [
        (one.right.f1.value, TEXT_KINDS[TextKind(kind.kind)], PARTS[part])
        for kind in result.kinds
        for part, one in (("targets", kind.targets), ("incentives", kind.incentives))
        if one.tally.gold >= FEW and one.right.f1.value is not None
    ]
    if not known:
        return "按文本种类"
    value, kind, part = min(known)
    return spaced(f"按文本种类：最难读对的是{kind}里{part}，全对的 F1 为 {value:.2f}")


def kinds_html(result: Unseen) -> Markup:
    """F1 by kind of text; counts alone where there are few rows."""
    rows = [
        [
            TEXT_KINDS[TextKind(kind.kind)],
            kind.targets.documents,
            *_of_kind(kind.targets),
            *_of_kind(kind.incentives),
        ]
        for kind in result.kinds
    ]
    return render("quality.kinds", rows=rows)


def _of_kind(one: Estimate) -> tuple[object, object]:
    tally = one.tally
    if not tally.gold:
        return f"没有，多读 {tally.predicted}{THIN_SPACE}项" if tally.predicted else "没有", "—"
    if tally.gold < FEW:
        return f"标注 {tally.gold}，读出 {tally.predicted}，找到 {tally.found}", f"全对 {tally.right}"
    return _rate(one.found.f1, more=f"{tally.gold}{THIN_SPACE}项"), _rate(one.right.f1)


def kinds_notes() -> tuple[str, ...]:
    """How to read the table by kind, for small print."""
    return (
        spaced(f"数字是 F1，小字是 95% 区间和标注的项数；标注不足 {FEW} 项的只列出条数，不算比例。种类按人工标注。"),
    )


def unsaid_html() -> Markup:
    """What the figures do not say."""
    return render("quality.unsaid")


def _estimates_table(parts: Parts, title: str, source: str) -> export.Table:
    """Counts and rates as a file."""
    columns: dict[str, Callable[[_Compared], export.Cell]] = {
        "内容": lambda row: row[0],
        "相符的程度": lambda row: row[1],
        "文本（份）": lambda row: row[2].documents,
        "标注（项）": lambda row: row[2].tally.gold,
        "读出（项）": lambda row: row[2].tally.predicted,
        "相符（项）": lambda row: row[3],
    }
    for name, label in (("precision", "精确率"), ("recall", "召回率"), ("f1", "F1")):
        for end, words in enumerate(("", "区间下端", "区间上端")):
            columns[f"{label}{words}"] = partial(_rate_end, name, end)
    return export.tabulate(title, title, columns, _rows(parts), source)


def _rate_end(name: str, end: int, row: _Compared) -> float | None:
    """A rate of a row (``end`` 0), or the lower or the upper end of its interval."""
    rate: Rate = getattr(row[4], name)
    low, high = rate.within or (None, None)
    return (rate.value, low, high)[end]


def kinds_table(result: Unseen) -> export.Table:
    """The table by kind as a file, with rates where there are few rows too."""
    rows = [
        (kind.kind, part, one)
        for kind in result.kinds
        for part, one in (("targets", kind.targets), ("incentives", kind.incentives))
    ]
    columns: export.Columns[tuple[str, str, Estimate]] = {
        "文本种类": lambda row: TEXT_KINDS[TextKind(row[0])],
        "文本（份）": lambda row: row[2].documents,
        "内容": lambda row: PARTS[row[1]],
        "标注（项）": lambda row: row[2].tally.gold,
        "读出（项）": lambda row: row[2].tally.predicted,
        "找到（项）": lambda row: row[2].tally.found,
        "全对（项）": lambda row: row[2].tally.right,
        "找到的 F1": lambda row: row[2].found.f1.value,
        "全对的 F1": lambda row: row[2].right.f1.value,
    }
    return export.tabulate("逐份留出 按种类", "逐份留出 按种类", columns, rows, LEFT_OUT_SOURCE)
