"""How well texts are read that no weight was learnt from: rates with intervals, by kind, and how far to believe them.

Everything here is computed from counts; no word of a text is needed. The texts collected last were annotated before
their first run; of them, too, only the counts are kept.
"""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.learn.left_out import LeftOut
from analysis.model import InputError
from analysis.score.count import Tally, total
from analysis.score.score_report import recorded_by_document

DRAWS = 1000  # of documents, to see how far a figure could lie from what these documents show
BINS = 10


@dataclass(frozen=True, slots=True)
class Rate:
    """A share and its 95 % interval over documents drawn with replacement; None over nothing."""

    value: float | None
    within: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and F1 of the rows found, or of those wholly right; ``hits``: how many these are."""

    hits: int
    precision: Rate
    recall: Rate
    f1: Rate


@dataclass(frozen=True, slots=True)
class Estimate:
    """What ``documents`` texts gave together."""

    documents: int
    tally: Tally
    found: Rates
    right: Rates


def estimate(tallies: Sequence[Tally]) -> Estimate:
    """Rates of several documents together.

    Documents are drawn with replacement, again and again: rows of one document are not independent.
    """
    draw = random.Random(2026)  # the same figures each time
    draws = [total(draw.choices(tallies, k=len(tallies))) for _ in range(DRAWS if tallies else 0)]

    def rates(hits: Callable[[Tally], int]) -> Rates:
        values, drawn = whole.rates(hits(whole)), [one.rates(hits(one)) for one in draws]
        return Rates(
            hits(whole), *(Rate(value, _within(each[at] for each in drawn)) for at, value in enumerate(values))
        )

    whole = total(tallies)
    return Estimate(len(tallies), whole, rates(lambda one: one.found), rates(lambda one: one.right))


def _within(figures: Iterable[float | None]) -> tuple[float, float] | None:
    """Where 95 of 100 figures lie; None where no draw gives one."""
    seen = sorted(figure for figure in figures if figure is not None)
    return (seen[int(0.025 * len(seen))], seen[int(0.975 * len(seen))]) if seen else None


@dataclass(frozen=True, slots=True)
class Bin:
    """Numbers whose probability lies from ``low`` to ``high``: how many, the mean said, the share that came true."""

    low: float
    high: float
    count: int
    said: float
    true: float

    @property
    def hits(self) -> int:
        """How many came true."""
        return round(self.count * self.true)


def _bin(low: float, high: float, judged: Iterable[tuple[float, bool]]) -> Bin | None:
    """The numbers from ``low`` to below ``high``, with what is certain where that is 1; None where there is none."""
    rows = [(said, true) for said, true in judged if low <= said < high or said == high == 1]
    if not rows:
        return None
    said, true = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    return Bin(low, high, len(rows), said, true)


def tenths(judged: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    """What was said and what came true, by tenths of the probability; tenths that hold no number are left out."""
    every = (_bin(place / BINS, (place + 1) / BINS, judged) for place in range(BINS))
    return tuple(one for one in every if one is not None)


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """The mean distance between what was said and what came true, weighed by how many numbers lie in a tenth."""
    count = sum(each.count for each in bins)
    return sum(each.count * abs(each.said - each.true) for each in bins) / count if count else None


@dataclass(frozen=True, slots=True)
class Measured:
    """What some texts gave. ``empty``: those that hold neither target nor incentive, and the rows they gave all the
    same."""

    targets: Estimate
    incentives: Estimate
    empty: int
    empty_rows: int

    @property
    def documents(self) -> int:
        """How many texts."""
        return self.targets.documents


@dataclass(frozen=True, slots=True)
class Unseen(Measured):
    """What leaving out one document at a time says of texts nobody has tuned for.

    ``by_rule``: the grammar's rules alone. Incentives are read by nothing else: leaving a text out changes nothing.
    """

    targets_by_rule: Estimate
    empty_rows_by_rule: int
    kinds: Mapping[str, Measured]  # by kind of text (``analysis.model.TextKind``), most texts first
    bins: tuple[Bin, ...]
    error: float | None
    taken: Bin | None  # the numbers that are shown as targets, those from ``threshold`` on
    threshold: float


def unseen(documents: Sequence[LeftOut], threshold: float) -> Unseen:
    """Everything that the counts of ``documents`` say; ``threshold``: the probability from which a number is taken."""
    judged = [row for one in documents for row in one.judged]
    texts = Counter(one.kind for one in documents)
    whole, bins = _measured(documents), tenths(judged)
    return Unseen(
        whole.targets,
        whole.incentives,
        whole.empty,
        whole.empty_rows,
        targets_by_rule=estimate([one.targets_by_rule for one in documents]),
        empty_rows_by_rule=sum(
            one.targets_by_rule.predicted + one.incentives.predicted for one in documents if one.negative
        ),
        kinds={
            kind: _measured([one for one in documents if one.kind == kind])
            for kind in sorted(texts, key=lambda kind: (-texts[kind], kind))
        },
        bins=bins,
        error=calibration_error(bins),
        taken=_bin(threshold, 1, judged),
        threshold=threshold,
    )


def _measured(documents: Sequence[LeftOut]) -> Measured:
    empty = [one for one in documents if one.negative]
    return Measured(
        estimate([one.targets for one in documents]),
        estimate([one.incentives for one in documents]),
        len(empty),
        sum(one.targets.predicted + one.incentives.predicted for one in empty),
    )


def text(documents: Sequence[LeftOut]) -> str:
    """Rules alone against weighed signs, over all documents and by kind of text, as a table for a terminal."""
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
            one = estimate([of(each) for each in chosen])
            tally = one.tally
            if tally.gold or tally.predicted:
                lines.append(
                    f"  {name}：标注 {tally.gold}，读出 {tally.predicted}，"
                    f"找到 {tally.found}（{_rates(one.found)}），全对 {tally.right}（{_rates(one.right)}）"
                )
    empty = [one for one in documents if one.negative]
    rows = sum(one.targets.predicted + one.incentives.predicted for one in empty)
    error = calibration_error(tenths([row for one in documents for row in one.judged]))
    lines += ["", f"应为空的 {len(empty)} 份文件读出 {rows} 条。"]
    lines += [f"概率的校准误差：{error:.3f}。"] if error is not None else []
    lines.append("激励只按规则读：规则照着这些文本改过，留出对它不起作用。")
    return "\n".join(lines) + "\n"


def _rates(rates: Rates) -> str:
    """F1 with its interval, and the precision and recall that make it."""
    figure, precision, recall = (
        "—" if rate.value is None else f"{rate.value:.3f}" for rate in (rates.f1, rates.precision, rates.recall)
    )
    reach = rates.f1.within
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


#: The day that ``tests/gold/fresh/README.md`` names.
COLLECTED = "2026-11-28"
RESULT, SOURCES = "result.json", "sources.csv"
_COLUMNS = ("document", "region", "title", "issued", "source", "negative")


@dataclass(frozen=True, slots=True)
class FreshText:
    """Where one of the texts comes from."""

    document: str
    region: str
    title: str
    issued: str
    source: str
    negative: bool  # holds neither target nor incentive


@dataclass(frozen=True, slots=True)
class Fresh(Measured):
    """What the run gave. Rows that a fair annotator could decide otherwise are counted."""

    collected: str  # ISO date
    texts: tuple[FreshText, ...]


def read_fresh(folder: Path) -> Fresh | None:
    """The run recorded in ``folder`` by ``score … --write-baseline result.json``; None where none is.

    Raises ``InputError`` when the record or the list of sources is broken.
    """
    kept = recorded_by_document(folder / RESULT)
    if kept is None:
        return None
    texts = _sources(folder / SOURCES)
    names = sorted({one.document for one in texts}.union(*kept.values()))
    empty = {one.document for one in texts if one.negative}
    nothing = Tally(0, 0, 0, 0)
    counts = {part: [rows.get(name, nothing) for name in names] for part, rows in kept.items()}
    return Fresh(
        estimate(counts["targets"]),
        estimate(counts["incentives"]),
        empty=len(empty),
        empty_rows=sum(part[name].predicted for part in kept.values() for name in empty if name in part),
        collected=COLLECTED,
        texts=texts,
    )


def _sources(path: Path) -> tuple[FreshText, ...]:
    if not path.is_file():
        return ()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return tuple(_text(row) for row in csv.DictReader(file))
    except (OSError, UnicodeDecodeError, KeyError, csv.Error) as problem:
        columns = "、".join(_COLUMNS)
        raise InputError(path.name, "", "来源表读不出来或缺少列", f"请补全 {columns} 各列") from problem


def _text(row: Mapping[str, str | None]) -> FreshText:
    document, region, title, issued, source, negative = (row[name] or "" for name in _COLUMNS)
    return FreshText(document, region, title, issued, source, negative == "1")
