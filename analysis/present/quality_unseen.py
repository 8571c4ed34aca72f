"""How well unseen texts are read: left out one by one, or annotated before the first run over them.

The last part is the reliability curve: what the reading said of a number, against the share that came true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from analysis.chinese_words import TEXT_KINDS
from analysis.learn.unseen import Bin, Estimate, Fresh, FreshText, Measured, Rate, Rates, Unseen
from analysis.model import TextKind
from analysis.present import export, theme
from analysis.present.markup import render
from analysis.present.numbers import THIN_SPACE, spaced
from analysis.present.tables_quality import PARTS
from analysis.present.theme import Figure, bold, template
from analysis.score.count import interval

FEW = 20  # annotated rows; a rate over fewer says little, so counts stand in its place
LEFT_OUT_SOURCE = "人工标注与程序读出的逐条对照，逐份留出"
_FRESH_SOURCE = "tests/gold/fresh：来源见 sources.csv，收集和标注的经过见 README.md"
_WEB = ("http://", "https://")
#: Names and what they are the figures of.
Parts = Sequence[tuple[str, Estimate]]


def lead(result: Unseen, fresh: Fresh | None = None) -> Markup:
    """What a person who brings a text of his own has to expect, from the texts that say most of it."""
    return render("quality.unseen_lead", unseen=_told(result), fresh=_told(fresh) if fresh else None)


def _told(result: Measured) -> dict[str, object]:
    targets, incentives = _of_hundred(result.targets), _of_hundred(result.incentives)
    return {"documents": result.documents, "targets": targets, "incentives": incentives,
            "empty": result.empty, "empty_rows": result.empty_rows}  # fmt: skip


def _of_hundred(one: Estimate) -> tuple[str | None, ...]:
    """Recall of what is found, precision of that, precision of what is wholly right."""
    rates = (one.found.recall, one.found.precision, one.right.precision)
    return tuple(None if rate.value is None else f"{100 * rate.value:.0f}" for rate in rates)


def _both(result: Measured) -> Parts:
    """The two parts under the names that the page gives them."""
    return (PARTS["targets"], result.targets), (PARTS["incentives"], result.incentives)


def _estimates(parts: Parts) -> list[list[object]]:
    """Counts and rates, each with its interval."""
    return [
        [
            {"part": part, "word": word},
            *(one.tally.gold, one.tally.predicted, rates.hits),
            *(_rate(rates.precision), _rate(rates.recall), _rate(rates.f1, strong=True)),
        ]
        for part, word, one, rates in _rows(parts)
    ]


_Compared = tuple[str, str, Estimate, Rates]  # part, how its rows agree, all that is known of them, rates of those


def _rows(parts: Parts) -> Iterator[_Compared]:
    for part, one in parts:
        yield part, "找到", one, one.found
        yield part, "全对", one, one.right


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
    return render("quality.left_out", documents=result.documents, rows=_estimates(_both(result)))


def unseen_table(result: Unseen) -> export.Table:
    """The first table as a file."""
    return _estimates_table(_both(result), "逐份留出", LEFT_OUT_SOURCE)


#: What the columns mean, for small print.
DEFINITIONS = (
    spaced(
        "精确率是读出的里面对的比例，召回率是标注的里面读到的比例，F1 是两者的调和平均。存疑的条目不计。"
        "95% 区间由整份文本有放回地重抽一千次得出：同一份文本里的条目对错常常一起来，不能当作各自独立。"
    ),
)


def _versus(result: Unseen) -> Iterator[tuple[str, Rates, Rates]]:
    """Targets found and wholly right, by the rules alone and by weighed signs."""
    yield "找到", result.targets_by_rule.found, result.targets.found
    yield "全对", result.targets_by_rule.right, result.targets.right


def versus_heading(result: Unseen) -> str:
    """What weighing brings over the rules alone."""
    gains = [
        (word, after.f1.value - before.f1.value)
        for word, before, after in _versus(result)
        if after.f1.value is not None and before.f1.value is not None
    ]
    told = "，".join(f"{word}的 F1 {'高' if gain >= 0 else '低'} {abs(gain):.2f}" for word, gain in gains)
    return spaced(f"权衡各项迹象，目标比只用规则{told}" if told else "只用规则与权衡各项迹象")


def versus_html(result: Unseen) -> Markup:
    """The rules alone and the weighed signs side by side."""
    read = (result.targets_by_rule.tally.predicted, result.targets.tally.predicted)
    rows: list[list[object]] = []
    for word, *both in _versus(result):
        cells = [
            _rate(rates.f1, more=f"读出 {count}，对 {rates.hits}") for count, rates in zip(read, both, strict=True)
        ]
        rows.append([{"part": PARTS["targets"], "word": word}, *cells, _gain(*(rates.f1 for rates in both))])
    if result.empty:
        before, after = result.empty_rows_by_rule, result.empty_rows
        rows.append([{"empty": result.empty}, f"{before}", f"{after}", f"{after - before:+d}".replace("-", "−")])
    return render("quality.versus", rows=rows)


def versus_table(result: Unseen) -> export.Table:
    """The same as a file."""
    parts = [("目标（只用规则）", result.targets_by_rule), ("目标（权衡迹象）", result.targets)]
    return _estimates_table(parts, "只用规则与权衡迹象", LEFT_OUT_SOURCE)


#: What the comparison leaves out, for small print.
VERSUS_NOTES = (
    "激励只按规则读，没有两种成绩可比。",
    "规则的一栏占了便宜：规则照着这些文本改过，权重没有见过留出的那一份。",
)


def _gain(before: Rate, after: Rate) -> dict[str, object]:
    if before.value is None or after.value is None:
        return {"value": None}
    return {"value": f"{after.value - before.value:+.2f}".replace("-", "−"), "strong": True, "small": ""}


def _kinds(result: Unseen) -> Iterator[tuple[str, str, Estimate]]:
    """Kind of text, part and what is known of it."""
    for kind, measured in result.kinds.items():
        for part, one in _both(measured):
            yield TEXT_KINDS[TextKind(kind)], part, one


def kinds_heading(result: Unseen) -> str:
    """Where it is hardest, among what is frequent enough to say so."""
    known = [
        (one.right.f1.value, kind, part)
        for kind, part, one in _kinds(result)
        if one.tally.gold >= FEW and one.right.f1.value is not None
    ]
    if not known:
        return "按文本种类"
    value, kind, part = min(known)
    return spaced(f"按文本种类：最难读对的是{kind}里{part}，全对的 F1 为 {value:.2f}")


def kinds_html(result: Unseen) -> Markup:
    """F1 by kind of text; counts alone where there are few rows."""
    rows = [
        [TEXT_KINDS[TextKind(kind)], one.documents, *_of_kind(one.targets), *_of_kind(one.incentives)]
        for kind, one in result.kinds.items()
    ]
    return render("quality.kinds", rows=rows)


def _of_kind(one: Estimate) -> tuple[object, object]:
    tally = one.tally
    if not tally.gold:
        return f"没有，多读 {tally.predicted}{THIN_SPACE}项" if tally.predicted else "没有", "—"
    if tally.gold < FEW:
        return f"标注 {tally.gold}，读出 {tally.predicted}，找到 {tally.found}", f"全对 {tally.right}"
    return _rate(one.found.f1, more=f"{tally.gold}{THIN_SPACE}项"), _rate(one.right.f1)


#: How to read the table by kind, for small print.
KINDS_NOTES = (
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
        "相符（项）": lambda row: row[3].hits,
    }
    for name, label in (("precision", "精确率"), ("recall", "召回率"), ("f1", "F1")):
        for end, words in enumerate(("", "区间下端", "区间上端")):
            columns[f"{label}{words}"] = partial(_rate_end, name, end)
    return export.tabulate(title, title, columns, _rows(parts), source)


def _rate_end(name: str, end: int, row: _Compared) -> float | None:
    """A rate of a row (``end`` 0), or the lower or the upper end of its interval."""
    rate: Rate = getattr(row[3], name)
    low, high = rate.within or (None, None)
    return (rate.value, low, high)[end]


def kinds_table(result: Unseen) -> export.Table:
    """The table by kind as a file, with rates where there are few rows too."""
    columns: export.Columns[tuple[str, str, Estimate]] = {
        "文本种类": lambda row: row[0],
        "文本（份）": lambda row: row[2].documents,
        "内容": lambda row: row[1],
        "标注（项）": lambda row: row[2].tally.gold,
        "读出（项）": lambda row: row[2].tally.predicted,
        "找到（项）": lambda row: row[2].tally.found,
        "全对（项）": lambda row: row[2].tally.right,
        "找到的 F1": lambda row: row[2].found.f1.value,
        "全对的 F1": lambda row: row[2].right.f1.value,
    }
    return export.tabulate("逐份留出 按种类", "逐份留出 按种类", columns, _kinds(result), LEFT_OUT_SOURCE)


CURVE_HEIGHT = 430
ENOUGH = 15  # numbers in a tenth; what fewer show is chance
_UPPER, _LOWER = (0.27, 1.0), (0.0, 0.17)  # the two panels: the curve, and how many numbers it rests on


def reliability_heading(result: Unseen) -> str:
    """The answer to the question whether it can be believed."""
    if result.error is None:
        return "程序说的把握可信吗"
    believed = "可信" if result.error < 0.05 else "还不大可信"
    return spaced(f"程序说的把握{believed}：与实际平均相差 {100 * result.error:.1f} 个百分点")


def reliability_words(result: Unseen) -> str:
    """What the curve says, in words; plain text."""
    said = ""
    if result.taken is not None:
        said += (
            f"列为目标的 {result.taken.count} 处，程序平均说有 {result.taken.said:.0%} 的把握，"
            f"实际 {result.taken.true:.0%} 确是目标。"
        )
    frequent = [one for one in result.bins if one.count >= ENOUGH]
    if frequent:
        worst = max(frequent, key=lambda one: abs(one.said - one.true))
        way = "低了" if worst.said < worst.true else "高了"
        said += f"差得最多的是说 {_tenth(worst)} 的一档：{worst.count} 处里 {worst.true:.0%} 确是目标，说{way}。"
    return spaced(said)


def _tenth(one: Bin) -> str:
    return f"{one.low:.0%}—{one.high:.0%}"


def _reach(one: Bin) -> tuple[float, float]:
    return interval(one.hits, one.count) or (one.true, one.true)


def reliability_chart(result: Unseen, *, dark: bool = False) -> Figure:
    """Points with their intervals about the diagonal; under it how many numbers each point rests on."""
    bins, reach = result.bins, [_reach(one) for one in result.bins]
    has = theme.shades(dark)
    ink, second = has.ink, has.second
    small = {"size": 12, "color": second}
    above = {"x": 0, "xanchor": "left", "xshift": -40, "yref": "paper", "yanchor": "bottom", "yshift": 6, "font": small}
    share: dict[str, Any] = {"dtick": 0.2, "tickformat": ".0%"}
    diagonal = {
        "x": [0, 1],
        "y": [0, 1],
        "mode": "lines",
        "line": {"color": second, "width": 1, "dash": "6px,4px"},
        "hoverinfo": "skip",
        "name": "两者相等",
    }
    counts = {
        "type": "bar",
        "x": [(one.low + one.high) / 2 for one in bins],
        "y": [one.count for one in bins],
        "width": 0.07,
        "yaxis": "y2",
        "text": [f"{one.count}" for one in bins],
        "textposition": "outside",
        "textangle": 0,
        "cliponaxis": False,
        "textfont": small,
        "marker": {"color": has.rule, "line": {"color": second, "width": 1}},
        "hoverinfo": "skip",
        "name": "处数",
    }
    points = {
        "x": [one.said for one in bins],
        "y": [one.true for one in bins],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [high - one.true for one, (_, high) in zip(bins, reach, strict=True)],
            "arrayminus": [one.true - low for one, (low, _) in zip(bins, reach, strict=True)],
            "color": second,
            "thickness": 1,
            "width": 3,
        },
        "mode": "lines+markers",
        "line": {"color": ink, "width": 1.6},
        "marker": {
            "size": 9,
            "color": [ink if one.count >= ENOUGH else has.ground for one in bins],
            "line": {"color": ink, "width": 1.6},
        },
        "customdata": [
            [_tenth(one), one.count, one.hits, *(f"{end:.0%}" for end in ends)]
            for one, ends in zip(bins, reach, strict=True)
        ],
        "hovertemplate": template(
            bold("说 %{customdata[0]}"),
            "平均说 %{x:.0%}，实际 %{y:.0%}",
            f"%{{customdata[1]}}{THIN_SPACE}处里 %{{customdata[2]}}{THIN_SPACE}处确是目标",
            "95% 区间 %{customdata[3]}—%{customdata[4]}",
        ),
        "name": "实际是目标的比例",
    }
    layout = {
        "height": CURVE_HEIGHT,
        "margin": {"l": 48, "r": 30, "t": 34, "b": 52},
        "xaxis": share
        | {"range": [0, 1], "title": {"text": "程序说的把握"}, "anchor": "y2", "showgrid": False, "ticks": "outside"},
        "yaxis": share | {"domain": _UPPER, "range": [-0.03, 1.03]},
        "yaxis2": {
            "domain": _LOWER,
            "range": [0, 1.5 * max((one.count for one in bins), default=1)],
            "showticklabels": False,
            "showgrid": False,
            "zeroline": True,
        },
        "shapes": [theme.upright(result.threshold, {"color": second, "width": 1, "dash": "2px,3px"})],
        "annotations": [
            above | {"text": "实际是目标的比例", "y": _UPPER[1]},
            above | {"text": "每一档有多少处数字", "y": _LOWER[1]},
            above | {"text": "从这里起列为目标 →", "x": result.threshold, "xshift": 5, "y": 0.02, "yref": "y"},
            {
                "x": 0.7,
                "y": 0.7,
                "text": "虚线：两者相等",
                "showarrow": True,
                "arrowhead": 0,
                "arrowwidth": 1,
                "arrowcolor": second,
                "ax": 36,
                "ay": 84,
                "font": small,
            },
        ],
        "bargap": 0.25,
    }
    return {"data": [diagonal, counts, points], "layout": layout}


def reliability_alt(result: Unseen) -> str:
    """The curve for those who do not see it."""
    told = "；".join(f"说 {_tenth(one)} 的 {one.count} 处，实际 {one.true:.0%}" for one in result.bins)
    return f"可靠性曲线：横轴是程序说的把握，纵轴是实际是目标的比例，虚线是两者相等。{told}。"


#: How to read the curve, for small print.
RELIABILITY_NOTES = (
    spaced(
        "把留出的文本里每一处可能是目标的数字按程序说的把握分成十档，看每一档里实际有多少是目标；点在虚线上方，是说低了。"
        f"竖线是 95% 区间（威尔逊法）。空心的点不足 {ENOUGH} 处，只当参考；相差的平均数按处数加权。"
    ),
)


def reliability_table(result: Unseen) -> export.Table:
    """The points as a file."""
    columns: export.Columns[Bin] = {
        "把握下端": lambda one: one.low,
        "把握上端": lambda one: one.high,
        "数字（处）": lambda one: one.count,
        "确是目标（处）": lambda one: one.hits,
        "平均说的把握": lambda one: one.said,
        "实际是目标的比例": lambda one: one.true,
        "区间下端": lambda one: _reach(one)[0],
        "区间上端": lambda one: _reach(one)[1],
    }
    return export.tabulate("可靠性曲线", "程序说的把握与实际是目标的比例", columns, result.bins, LEFT_OUT_SOURCE)
