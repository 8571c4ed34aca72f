"""How well unseen texts are read, in words and tables; said first what it is, then what it does not say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from analysis.learn.fresh import Fresh
from analysis.learn.unseen import Estimate, Rate, Rates, Unseen
from analysis.model import TextKind
from analysis.present import export, kinds, numbers
from analysis.present.quality_faults import PARTS
from analysis.present.tables import silent, table
from analysis.present.trend_text import spaced
from analysis.score import Tally

_THIN = numbers.THIN_SPACE
FEW = 20  # annotated rows; a rate over fewer says little, so counts stand in its place
SOURCE = "人工标注与程序读出的逐条对照，逐份留出"
#: Names and what they are the figures of.
Parts = Sequence[tuple[str, Estimate]]
_COLUMNS = ("", "标注", "读出", "相符", "精确率", "召回率", "F1")


def lead(result: Unseen, fresh: Fresh | None = None) -> str:
    """What a person who brings a text of his own has to expect, from the texts that say most of it: markup."""
    if fresh is not None:
        targets, incentives = ("、".join(_three(one)) for one in (result.targets, result.incentives))
        return _spaced(
            f"谁也没看过的 {fresh.documents} 份文本，先标注后运行：{_told(fresh)}"
            f"在写规则的人看过的 {result.documents} 份上逐份留出，这三个数目标是 {targets}，激励是 {incentives}，偏高。"
            "请点回原文核对。"
        )
    seen = (
        "；激励只按规则读，规则是照着这些文本改的，<strong>不能当作新文本的成绩</strong>"
        if result.incentives_by_rule is None
        else ""
    )
    return _spaced(
        f"在别处的 {result.documents} 份文本上逐份留出：{_told(result)}写规则的人看过它们{seen}。"
        "<strong>真正的新文本多半会差些</strong>：请点回原文核对。"
    )


def _told(result: Unseen | Fresh) -> str:
    """Of a hundred that are there and of a hundred that are read, and what texts gave that hold nothing: markup."""
    targets, incentives = (_three(one) for one in (result.targets, result.incentives))
    said = (
        f"应有的目标每 100 项读到 {targets[0]} 项；列出的每 100 项里 {targets[1]} 项确是目标，"
        f"{targets[2]} 项连年份、关系词和指标也全对。写明数额的激励，这三个数是 {'、'.join(incentives)}。"
    )
    if result.empty:
        said += f"既没有目标也没有激励的 {result.empty} 份一共多读出 <strong>{result.empty_rows}</strong> 项。"
    return said


def _spaced(markup: str) -> str:
    """A thin space between figures and Han characters, where the figure is printed bold too."""
    return spaced(markup).replace("</strong> ", f"</strong>{_THIN}").replace(" <strong>", f"{_THIN}<strong>")


def _three(one: Estimate) -> tuple[str, str, str]:
    """Recall of what is found, precision of that, precision of what is wholly right; of a hundred: markup."""
    rates = (one.found.recall, one.found.precision, one.right.precision)
    said = ("—" if rate.value is None else f"<strong>{100 * rate.value:.0f}</strong>" for rate in rates)
    return next(said), next(said), next(said)


def both(targets: Estimate, incentives: Estimate) -> Parts:
    """The two parts under the names that the page gives them."""
    return (PARTS["targets"], targets), (PARTS["incentives"], incentives)


def estimates_html(parts: Parts) -> str:
    """Counts and rates, each with its interval: markup."""
    head = [*_COLUMNS[:4], *(f'{name} <span class="zh-small">95% 区间</span>' for name in _COLUMNS[4:])]
    rows = []
    for part, word, one, hits, rates in _rows(parts):
        counts = [f"{count}" for count in (one.tally.gold, one.tally.predicted, hits)]
        cells = [_rate(rates.precision), _rate(rates.recall), _rate(rates.f1, strong=True)]
        rows.append([f"{escape(part)}，<strong>{word}</strong>", *counts, *cells])
    return table("", head, _COLUMNS, rows, css="zh-estimates")


def _rows(parts: Parts) -> Iterator[tuple[str, str, Estimate, int, Rates]]:
    for part, one in parts:
        yield part, "找到", one, one.tally.found, one.found
        yield part, "全对", one, one.tally.right, one.right


def _rate(rate: Rate, *, strong: bool = False, more: str = "") -> str:
    if rate.value is None:
        return silent("无从计算")
    figure = f"<strong>{rate.value:.2f}</strong>" if strong else f"{rate.value:.2f}"
    reach = f"{rate.within[0]:.2f}—{rate.within[1]:.2f}" if rate.within else ""
    small = "；".join(part for part in (reach, more) if part)
    return f'{figure} <span class="zh-small">{small}</span>' if small else figure


def unseen_html(result: Unseen) -> str:
    """What was done, and what it gave: markup."""
    told = spaced(
        f"读哪一份，就只用学自其余文本的权重，{result.documents} 份依次来过；随产品保存的文件不在其中。"
        "“找到”：位置重叠且数值、单位一致；“全对”：目标还要年份、关系词、指标一致，激励还要六个数字和方式一致。"
    )
    if result.incentives_by_rule is None:
        told += "<strong>激励只按规则读，没有权重可以留出</strong>：它的两行是看过的成绩。"
    heading = f"<h2>逐份留出 {result.documents}{_THIN}份：学权重时没见过，写规则时见过</h2>"
    return f"{heading}<p>{told}</p>{estimates_html(both(result.targets, result.incentives))}"


def unseen_table(result: Unseen) -> export.Table:
    """The first table as a file."""
    return estimates_table(both(result.targets, result.incentives), "逐份留出", SOURCE)


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


def versus_html(result: Unseen) -> str:
    """The rules alone and the weighed signs side by side: markup."""
    labels = ["F1", "只用规则", "权衡迹象", "相差"]
    parts = [("targets", result.targets_by_rule, result.targets)]
    if result.incentives_by_rule is not None:
        parts.append(("incentives", result.incentives_by_rule, result.incentives))
    rows = []
    for part, before, after in parts:
        for word, one, other in (("找到", before.found, after.found), ("全对", before.right, after.right)):
            cells = [
                _rate(rates.f1, more=f"读出 {each.tally.predicted}，对 {_hits(each.tally, word)}")
                for rates, each in ((one, before), (other, after))
            ]
            rows.append([f"{escape(PARTS[part])}，<strong>{word}</strong>", *cells, _gain(one.f1, other.f1)])
    if result.empty:
        before_, after_ = result.empty_rows_by_rule, result.empty_rows
        name = f"应为空的 {result.empty}{_THIN}份文本，<strong>多读的项数</strong>"
        rows.append([name, f"{before_}", f"{after_}", f"{after_ - before_:+d}".replace("-", "−")])
    return table("", [escape(label) for label in labels], labels, rows, css="zh-estimates")


def versus_table(result: Unseen) -> export.Table:
    """The same as a file."""
    title, rules, weighed = "只用规则与权衡迹象", "（只用规则）", "（权衡迹象）"
    parts = [(f"目标{rules}", result.targets_by_rule), (f"目标{weighed}", result.targets)]
    if result.incentives_by_rule is not None:
        name = PARTS["incentives"]
        parts += [(f"{name}{rules}", result.incentives_by_rule), (f"{name}{weighed}", result.incentives)]
    return estimates_table(parts, title, SOURCE)


def versus_notes(result: Unseen) -> tuple[str, ...]:
    """What the comparison leaves out, for small print."""
    weighed = () if result.incentives_by_rule is not None else ("激励只按规则读，没有两种成绩可比。",)
    return (*weighed, "规则的一栏占了便宜：规则照着这些文本改过，权重没有见过留出的那一份。")


def _hits(tally: Tally, word: str) -> int:
    return tally.right if word == "全对" else tally.found


def _gain(before: Rate, after: Rate) -> str:
    if before.value is None or after.value is None:
        return silent("无从计算")
    gain = after.value - before.value
    return f"<strong>{gain:+.2f}</strong>".replace("-", "−")


def kinds_heading(result: Unseen) -> str:
    """Where it is hardest, among what is frequent enough to say so."""
    known = [
        (one.right.f1.value, kinds.name(TextKind(kind.kind)), PARTS[part])
        for kind in result.kinds
        for part, one in (("targets", kind.targets), ("incentives", kind.incentives))
        if one.tally.gold >= FEW and one.right.f1.value is not None
    ]
    if not known:
        return "按文本种类"
    value, kind, part = min(known)
    return spaced(f"按文本种类：最难读对的是{kind}里{part}，全对的 F1 为 {value:.2f}")


def kinds_html(result: Unseen) -> str:
    """F1 by kind of text; counts alone where there are few rows: markup."""
    labels = ["文本种类", "份数", "目标找到", "目标全对", "激励找到", "激励全对"]
    rows = [
        [
            f"<strong>{escape(kinds.name(TextKind(kind.kind)))}</strong>",
            f"{kind.targets.documents}",
            *_of_kind(kind.targets),
            *_of_kind(kind.incentives),
        ]
        for kind in result.kinds
    ]
    return table("", [escape(label) for label in labels], labels, rows, css="zh-estimates")


def _of_kind(one: Estimate) -> tuple[str, str]:
    tally = one.tally
    if not tally.gold:
        more = f"没有，多读 {tally.predicted}{_THIN}项" if tally.predicted else "没有"
        return silent(more), silent("—")
    if tally.gold < FEW:
        told = f"标注 {tally.gold}，读出 {tally.predicted}，找到 {tally.found}"
        return silent(told), silent(f"全对 {tally.right}")
    return _rate(one.found.f1, more=f"{tally.gold}{_THIN}项"), _rate(one.right.f1)


def kinds_notes() -> tuple[str, ...]:
    """How to read the table by kind, for small print."""
    return (
        spaced(f"数字是 F1，小字是 95% 区间和标注的项数；标注不足 {FEW} 项的只列出条数，不算比例。种类按人工标注。"),
    )


def unsaid_html() -> str:
    """What the figures do not say: markup."""
    told = (
        "<strong>规则不是没见过。</strong>留出的是权重：写词表和规则的人看过这些文本，照着读错的句子改过规则。"
        "所以这是偏高的估计，区间里也不含这一层；全凭规则读的部分，留出对它不起作用。",
        "<strong>文本不是随意抽的。</strong>多是科技成果转化一类的文件和报道，而且多是网页的开头部分；"
        "整本的规划、扫描件、别的领域没有量过。",
        "<strong>标注也会有出入。</strong>别人认为可能另有判断的条目记作存疑，没有计入；其余的也只由少数人读过。",
        "<strong>“全对”不含全部字段。</strong>激励的对象、比例的基数和条款位置另行对照，不计入；没有数字的激励不在其中。",
        "<strong>把握只检验了“是不是目标”。</strong>年份、关系词、指标和激励的各项数字，没有把握可言。",
    )
    rows = "".join(f"<li>{spaced(line)}</li>" for line in told)
    return f'<h2>这些数字没有说的</h2><ul class="zh-list">{rows}</ul>'


def estimates_table(parts: Parts, title: str, source: str) -> export.Table:
    """Counts and rates as a file."""
    columns = (
        export.Column("part", "内容"),
        export.Column("what", "相符的程度"),
        export.Column("documents", "文本", "份"),
        export.Column("gold", "标注", "项"),
        export.Column("predicted", "读出", "项"),
        export.Column("hits", "相符", "项"),
        *(
            export.Column(f"{name}{end}", f"{label}{said}")
            for name, label in (("precision", "精确率"), ("recall", "召回率"), ("f1", "F1"))
            for end, said in (("", ""), ("_low", "区间下端"), ("_high", "区间上端"))
        ),
    )
    rows: tuple[Mapping[str, export.Cell], ...] = tuple(
        {
            "part": part,
            "what": word,
            "documents": one.documents,
            "gold": one.tally.gold,
            "predicted": one.tally.predicted,
            "hits": hits,
            **_ends("precision", rates.precision),
            **_ends("recall", rates.recall),
            **_ends("f1", rates.f1),
        }
        for part, word, one, hits, rates in _rows(parts)
    )
    return export.Table(title, title, columns, rows, source)


def _ends(name: str, rate: Rate) -> dict[str, export.Cell]:
    low, high = rate.within or (None, None)
    return {name: rate.value, f"{name}_low": low, f"{name}_high": high}


def kinds_table(result: Unseen) -> export.Table:
    """The table by kind as a file, with rates where there are few rows too."""
    columns = (
        export.Column("kind", "文本种类"),
        export.Column("documents", "文本", "份"),
        export.Column("part", "内容"),
        export.Column("gold", "标注", "项"),
        export.Column("predicted", "读出", "项"),
        export.Column("found", "找到", "项"),
        export.Column("right", "全对", "项"),
        export.Column("found_f1", "找到的 F1"),
        export.Column("right_f1", "全对的 F1"),
    )
    rows: tuple[Mapping[str, export.Cell], ...] = tuple(
        {
            "kind": kinds.name(TextKind(kind.kind)),
            "documents": one.documents,
            "part": PARTS[part],
            "gold": one.tally.gold,
            "predicted": one.tally.predicted,
            "found": one.tally.found,
            "right": one.tally.right,
            "found_f1": one.found.f1.value,
            "right_f1": one.right.f1.value,
        }
        for kind in result.kinds
        for part, one in (("targets", kind.targets), ("incentives", kind.incentives))
    )
    title = "逐份留出 按种类"
    return export.Table(title, title, columns, rows, SOURCE)
