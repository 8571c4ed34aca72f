"""Our reading of numbers against that of JioNLP and Recognizers-Text, in one run. Started by ``make bench-peers``.

All three get the same texts, the project's own, cleaned and as received, and are held against the annotated
quantities: found with the right value, with the right kind, with the right bound, and milliseconds a document.
Prints the table in Chinese, writes ``docs/benchmarks-peers.md``; never a test.
"""

from __future__ import annotations

import csv
import datetime
import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from peer_tools import Found  # noqa: E402

from analysis.corpus.documents import document, read_documents  # noqa: E402
from analysis.model import Document  # noqa: E402
from analysis.pipeline import default_root  # noqa: E402

PEERS = ROOT / ".venv-peers" / "bin" / "python"
GOLD = ROOT / "tests" / "gold" / "quantities.csv"
REPORT = ROOT / "docs" / "benchmarks-peers.md"
TOOLS = {"zhengheng": "政衡", "jionlp": "JioNLP", "recognizers": "Recognizers-Text"}
BINDING = (">=", ">", "<=", "<", "~", "range")
LENIENT = {"more": (">=", ">"), "less": ("<=", "<")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One annotated quantity in one edition; offsets into the text that the tools get."""

    text: int
    start: int
    end: int
    words: str
    value: str
    high: str | None
    kind: str
    bound: str


@dataclass(frozen=True, slots=True)
class TargetStatus:
    """What a tool made of one quantity; kind and bound count only where the value is right."""

    value: bool
    kind: bool
    bound: bool


@dataclass(frozen=True, slots=True)
class Result:
    """One tool on one set of texts."""

    version: str
    verdicts: tuple[TargetStatus, ...]
    seconds: tuple[float, ...]  # one a text

    def count(self, field: str) -> int:
        """How many quantities are right in ``field``."""
        return sum(getattr(verdict, field) for verdict in self.verdicts)


def wanted(documents: Sequence[Document], rows: Sequence[Mapping[str, str]], *, raw: bool) -> list[Wanted]:
    """Each row in each edition of its document. Raises ``ValueError`` for a row whose words are not there."""
    found = []
    for row in rows:
        before, words, after = row["context"].replace("]]", "[[").split("[[")
        for place, edition in enumerate(documents):
            if edition.id != row["document"]:
                continue
            at = edition.text.find(before + words + after)
            if at < 0:
                raise ValueError(f"{edition.id}: {row['context']}")
            span = (at + len(before), at + len(before + words))
            start, end = edition.raw_span(*span) if raw else span
            high = row["value_high"] or None
            found.append(Wanted(place, start, end, words, row["value"], high, row["kind"], row["bound"]))
    return found


def judge(row: Wanted, found: Sequence[Found]) -> TargetStatus:
    """The best of what a tool found over the words of ``row``; the ends of a range may be found one by one."""
    here = [one for one in found if one.start < row.end and row.start < one.end]
    low, high = _number(row.value), _number(row.high)
    right = [one for one in here if (_number(one.value), _number(one.high)) == (low, high)]
    if not right and high is not None:
        ends = [one for one in here if one.high is None]
        lows, highs = ([one for one in ends if _number(one.value) == end] for end in (low, high))
        right = [*lows, *highs] if lows and highs else []
    kinds = {one.kind for one in right}
    # The annotation calls 3年 a count; a tool that calls it a length of time says more, not less.
    named = row.kind in kinds or (row.kind == "count" and row.words.endswith("年") and "duration" in kinds)
    bound = any(row.bound in LENIENT.get(one.bound, (one.bound,)) for one in right)
    return TargetStatus(bool(right), named, bound)


def _number(written: str | None) -> Decimal | str | None:
    if written is None:
        return None
    try:
        return Decimal(written).normalize()
    except InvalidOperation:
        return written  # a day


def ask(tool: str, texts: Sequence[str], rows: Sequence[Wanted]) -> Result:
    """Run one tool in its own process and environment over ``texts``."""
    python = sys.executable if tool == "zhengheng" else str(PEERS)
    script = str(Path(__file__).with_name("peer_tools.py"))
    done = subprocess.run(
        [python, "-W", "ignore", script, tool],
        input=json.dumps(list(texts)),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    if done.returncode:
        sys.exit(f"{TOOLS[tool]}：没有跑完。\n{done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout[done.stdout.index('{"version"') :])
    found = [[Found(*row) for row in one["found"]] for one in answer["answers"]]
    verdicts = tuple(judge(row, found[row.text]) for row in rows)
    return Result(answer["version"], verdicts, tuple(one["seconds"] for one in answer["answers"]))


def table(results: Mapping[str, Result], rows: Sequence[Wanted], heads: Sequence[str]) -> list[str]:
    """Markdown lines; ``heads``: names of the five columns."""
    binding = [place for place, row in enumerate(rows) if row.bound in BINDING]
    lines = [f"| {' | '.join(heads)} |", "| --- | ---: | ---: | ---: | ---: |"]
    for tool, result in results.items():
        bound = sum(result.verdicts[place].bound for place in binding)
        low, high = min(result.seconds) * 1000, max(result.seconds) * 1000
        lines.append(
            f"| {f'{TOOLS[tool]} {result.version}'.strip()} | {result.count('value')} / {len(rows)} "
            f"| {result.count('kind')} / {len(rows)} | {bound} / {len(binding)} | {low:.1f}–{high:.1f} |"
        )
    return lines


def missed(result: Result, rows: Sequence[Wanted]) -> list[str]:
    """The words of each quantity whose value, kind or bound a tool does not give."""
    return [
        row.words
        for row, verdict in zip(rows, result.verdicts, strict=True)
        if not verdict.value or not verdict.kind or (row.bound in BINDING and not verdict.bound)
    ]


def machine() -> str:
    """What the figures were measured on."""
    known = Path("/proc/cpuinfo")
    lines = known.read_text().splitlines() if known.exists() else []
    cpu = next((line.split(":", 1)[1].strip() for line in lines if "model name" in line), platform.machine())
    return (
        f"{datetime.date.today().isoformat()}, {cpu}, {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}. Load when the run began: {os.getloadavg()[0]:.1f}."
    )


NOTES = """
Value: something the tool found overlaps the annotated words and has their value; of a range both ends, together or
one by one. Kind: and calls it what it is. Bound: and says how it binds, counted over the quantities that a word
binds (以上, 超过, 最高, 左右, a range), since for the others saying nothing is right. Time: the middle of five rounds
for each document, the fastest and the slowest document; only the reading of numbers, in a process of its own, after
a first text that warms up.

How the peers' answers are taken. JioNLP: `extract_money` and `extract_time` with parsing, all it has for numbers in
running text; `blur+` counts as right for both 以上 and 超过, `blur-` for 以下 and 不足; a span of days is a year where
it is one. Recognizers-Text: `recognize_number`, `_percentage`, `_currency` and `_datetime` for zh-cn, the best of the
four; a number that it calls nothing but a number counts for its value and not for its kind; it says nothing about
bounds outside of times. A length of time counts as the right kind where the annotation says count (3年).

Neither tool is made for policies, and neither was tuned; ours was built with these texts at hand. So this says what a
general tool leaves open here, and not how ours does on other texts: for that see `python -m analysis score`.
"""


def main() -> None:
    """Ask every tool, print the table, write the report."""
    if not PEERS.exists():
        sys.exit("没有找到 .venv-peers，请用 make bench-peers 启动。")
    title = machine()
    found, faults = read_documents(default_root() / "documents")
    if faults:
        sys.exit(str(faults[0].message))
    documents = [document(card, edition, raw) for card, edition, raw in found]
    with GOLD.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    report = ["# Numbers: against peers", "", "Written by `make bench-peers`; do not edit.", "", title]
    for raw, chinese, english in (
        (False, "清洗后的正文", "Cleaned texts"),
        (True, "收到时的原文", "Texts as received"),
    ):
        texts = [one.raw if raw else one.text for one in documents]
        sought = wanted(documents, rows, raw=raw)
        results = {tool: ask(tool, texts, sought) for tool in TOOLS if not (raw and tool == "zhengheng")}
        print(f"\n{chinese}：{len(texts)} 份，标注的数量 {len(sought)} 处")
        print("\n".join(table(results, sought, ("工具", "数值对", "类别对", "界限对", "毫秒/份"))))
        report += ["", f"## {english}", "", f"{len(texts)} files, {len(sought)} annotated quantities."]
        if raw:
            report += ["Ours reads cleaned texts only; the time of cleaning is not counted above."]
        report += ["", *table(results, sought, ("tool", "value", "kind", "bound", "ms a document"))]
        if not raw:
            report += ["", f"Not right with ours: {'、'.join(missed(results['zhengheng'], sought)) or 'none'}."]
    REPORT.write_text("\n".join(report) + "\n\n## How it is counted\n" + NOTES, encoding="utf-8")
    print(f"\n写入 {REPORT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
