"""The figures for unseen texts in both READMEs, written from the record: ``python -m analysis.cli.readme``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis import pipeline
from analysis.learn.unseen import Estimate, Rate

PROJECT = Path(__file__).resolve().parents[2]
BEGIN, END = "<!-- unseen: written by `make docs`, not to be edited -->", "<!-- /unseen -->"


@dataclass(frozen=True, slots=True)
class _Words:
    """What one language says. ``left_out`` and ``fresh`` take the number of documents."""

    left_out: str
    fresh: str
    rates: tuple[str, ...]
    rows: tuple[str, str, str, str]
    empty: str
    error: str
    by_rule: str  # what the rows of incentives are while rules alone read them
    dash: str


_WORDS = {
    "README.md": _Words(
        left_out="Each of {0} texts left out in turn",
        fresh="{0} texts collected last, annotated before the first run",
        rates=("precision", "recall", "F1", "95 % interval of F1"),
        rows=("targets found", "targets right", "incentives found", "incentives right"),
        empty="Rows read from {0} texts that hold nothing: {1}.",
        error=" A stated probability is off by {0} on average (calibration error).",
        by_rule="\n\nIncentives are read by rules alone, which were written with these texts at hand: leaving a text"
        "\nout changes nothing for them, and **their two rows are no figure for unseen texts**.",
        dash="–",
    ),
    "README.zh-CN.md": _Words(
        left_out="{0} 份文本逐份留出",
        fresh="{0} 份全新文本，先标注后运行",
        rates=("精确率", "召回率", "F1", "F1 的 95% 区间"),
        rows=("目标，找到", "目标，全对", "激励，找到", "激励，全对"),
        empty="应为空的 {0} 份文本读出 {1} 项。",
        error="程序说的把握与实际平均相差 {0}（校准误差）。",
        by_rule="\n\n激励只按规则读，规则是照着这些文本改的：留出对它不起作用，**这两行不能当作新文本的成绩**。",
        dash="—",
    ),
}
NAMES = tuple(_WORDS)


def block(name: str, gold: Path) -> str:
    """What stands between the two comments of README ``name``; from the records in the folder ``gold``."""
    words, parts = _WORDS[name], []
    seen, fresh = pipeline.unseen_texts(gold), pipeline.fresh_texts(gold)
    if fresh:
        parts.append(_table(words, words.fresh.format(fresh.documents), fresh.targets, fresh.incentives))
        parts.append(words.empty.format(fresh.empty, fresh.empty_rows))
    if seen:
        error = "" if seen.error is None else words.error.format(f"{seen.error:.2f}")
        parts.append(_table(words, words.left_out.format(seen.documents), seen.targets, seen.incentives))
        by_rule = words.by_rule if seen.incentives_by_rule is None else ""
        parts.append(words.empty.format(seen.empty, seen.empty_rows) + error + by_rule)
    return "\n\n".join(parts)


def renewed(name: str, text: str, gold: Path) -> str:
    """The README with its block written anew. Raises ``ValueError`` where it has none."""
    before, begun, rest = text.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not begun or not ended:
        raise ValueError(f"{name}: no block between {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{block(name, gold)}\n\n{END}{after}"


def _table(words: _Words, title: str, targets: Estimate, incentives: Estimate) -> str:
    lines = [f"| {' | '.join((title, *words.rates))} |", f"| --- |{' --- |' * len(words.rates)}"]
    lines += [f"| {' | '.join(cells)} |" for cells in _rows(words, targets, incentives)]
    return "\n".join(lines)


def _rows(words: _Words, targets: Estimate, incentives: Estimate) -> Iterator[tuple[str, ...]]:
    four = (targets.found, targets.right, incentives.found, incentives.right)
    for label, rates in zip(words.rows, four, strict=True):
        cells = (_figure(rates.precision), _figure(rates.recall), _figure(rates.f1))
        yield label, *cells, _reach(rates.f1, words.dash)


def _figure(rate: Rate) -> str:
    return "—" if rate.value is None else f"{rate.value:.2f}"


def _reach(rate: Rate, dash: str) -> str:
    return "—" if rate.within is None else f"{rate.within[0]:.2f}{dash}{rate.within[1]:.2f}"


def main() -> None:
    """Write both READMEs anew."""
    gold = pipeline.gold_folder()
    for name in NAMES if gold else ():
        path = PROJECT / name
        path.write_text(renewed(name, path.read_text(encoding="utf-8"), gold or PROJECT), encoding="utf-8")


if __name__ == "__main__":
    main()
