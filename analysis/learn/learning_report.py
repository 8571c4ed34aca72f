"""What leaving out one document at a time gave, as figures and as a table for a terminal."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from analysis.learn.left_out import LeftOut
from analysis.score.count import Tally, total

DRAWS = 1000  # of documents, to see how far a figure could lie from what these documents show
BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Numbers whose probability lies from ``low`` to ``high``: how many, the mean said, the share that came true."""

    low: float
    high: float
    count: int
    said: float
    true: float


def f1(tally: Tally, *, right: bool = False) -> float | None:
    """F1 of the rows found, or of those wholly right; None over nothing."""
    return tally.rates(tally.right if right else tally.found)[2]


def drawn(tallies: Sequence[Tally]) -> list[Tally]:
    """Counts over documents drawn with replacement, again and again: rows of one document are not independent."""
    draw = random.Random(2026)  # the same figures each time
    return [total(draw.choices(tallies, k=len(tallies))) for _ in range(DRAWS if tallies else 0)]


def within(figures: Iterable[float | None]) -> tuple[float, float] | None:
    """Where 95 of 100 figures lie; None where no draw gives one."""
    seen = sorted(figure for figure in figures if figure is not None)
    return (seen[int(0.025 * len(seen))], seen[int(0.975 * len(seen))]) if seen else None


def spread(tallies: Sequence[Tally], *, right: bool = False) -> tuple[float, float] | None:
    """95 % interval of F1 over documents drawn with replacement."""
    return within(f1(one, right=right) for one in drawn(tallies))


def reliability(documents: Iterable[LeftOut]) -> tuple[Bin, ...]:
    """Probabilities in tenths against what came true; tenths that hold no number are left out."""
    return tenths([row for one in documents for row in one.judged])


def tenths(judged: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    """What was said and what came true, by tenths of the probability."""
    bins = []
    for place in range(BINS):
        low, high = place / BINS, (place + 1) / BINS
        rows = [(said, true) for said, true in judged if low <= said < high or (said == 1 and high == 1)]
        if rows:
            said, true = (sum(column) / len(rows) for column in zip(*rows, strict=True))
            bins.append(Bin(low, high, len(rows), said, true))
    return tuple(bins)


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """The mean distance between what was said and what came true, weighed by how many numbers lie in a tenth."""
    count = sum(each.count for each in bins)
    return sum(each.count * abs(each.said - each.true) for each in bins) / count if count else None


def text(documents: Sequence[LeftOut]) -> str:
    """Rules alone against weighed signs, over all documents and by kind of text."""
    parts: dict[str, Callable[[LeftOut], Tally]] = {
        "目标，只用规则": lambda one: one.targets_by_rule,
        "目标，权衡迹象": lambda one: one.targets,
        "激励": lambda one: one.incentives,
    }
    lines = [f"逐份留出：{len(documents)} 份文件，存疑条目不计。", ""]
    for kind in ("全部", *sorted({one.kind for one in documents})):
        chosen = [one for one in documents if kind in ("全部", one.kind)]
        lines.append(f"{kind}（{len(chosen)} 份）")
        for name, of in parts.items():
            tallies = [of(one) for one in chosen]
            tally = total(tallies)
            if tally.gold or tally.predicted:
                found, right = _rates(tallies, right=False), _rates(tallies, right=True)
                lines.append(
                    f"  {name}：标注 {tally.gold}，读出 {tally.predicted}，"
                    f"找到 {tally.found}（{found}），全对 {tally.right}（{right}）"
                )
    empty = [one for one in documents if one.negative]
    rows = sum(one.targets.predicted + one.incentives.predicted for one in empty)
    error = calibration_error(reliability(documents))
    lines += ["", f"应为空的 {len(empty)} 份文件读出 {rows} 条。"]
    lines += [f"概率的校准误差：{error:.3f}。"] if error is not None else []
    if any(one.incentives_by_rule is None for one in documents):
        lines.append("激励只按规则读：规则照着这些文本改过，留出对它不起作用。")
    return "\n".join(lines) + "\n"


def _rates(tallies: Sequence[Tally], *, right: bool) -> str:
    """F1 with its interval, and the precision and recall that make it."""
    tally = total(tallies)
    precision, recall, figure = (
        "—" if rate is None else f"{rate:.3f}" for rate in tally.rates(tally.right if right else tally.found)
    )
    reach = spread(tallies, right=right)
    interval = f"，95% 区间 {reach[0]:.2f}—{reach[1]:.2f}" if reach else ""
    return f"F1 {figure}，精确率 {precision}，召回率 {recall}{interval}"


def incentives_text(judged: Iterable[Iterable[tuple[float, bool]]]) -> str:
    """How sure the signs are of the numbers that are read as given, against what a person says."""
    rows = [row for document in judged for row in document]
    error = calibration_error(tenths(rows))
    if error is None:
        return ""
    true = sum(label for _, label in rows)
    return f"激励：读作给予的 {len(rows)} 个数中 {true} 个确是，概率的校准误差：{error:.3f}。\n"
