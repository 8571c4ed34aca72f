"""Trees of made-up documents become collections: documents a second, most memory, growth, and that nothing is lost."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
from made_up import Made, make
from processes import watched
from timing import wrapped

ROOT = Path(__file__).resolve().parents[2]
SIZES = (100, 1_000, 10_000)
TABLES = ("documents", "clauses", "targets", "incentives", "bodies", "unread")


@dataclass(frozen=True, slots=True)
class Ingested:
    """One tree and the collection made of it."""

    made: Made
    out: Path
    seconds: float
    processor: float  # seconds of all processes together
    peak: float  # MB of all processes together
    processes: int
    again: float  # seconds of a second run that finds everything read: plan, merge, tables
    merging: float  # MB at most of that run
    rows: dict[str, int]

    @property
    def size(self) -> float:
        """MB of all tables on disk."""
        return sum(path.stat().st_size for path in self.out.glob("*.parquet")) / 2**20

    @property
    def whole(self) -> bool:
        """Whether every document and every file that cannot be read is there once."""
        return self.rows["documents"] == self.made.documents and self.rows["unread"] == self.made.unreadable


def ingest(folder: Path, out: Path, options: Sequence[str] = ()) -> tuple[float, float, float, int]:
    """Seconds, processor seconds, most MB and most processes of ``python -m analysis ingest``. Raises when it fails."""
    log = out.with_suffix(".log")
    start, used = time.perf_counter(), _children()
    with log.open("w") as said:
        command = [sys.executable, "-m", "analysis", "ingest", str(folder), "-o", str(out), *options]
        process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said, stdin=subprocess.DEVNULL)
        try:
            with watched(process.pid) as peak:
                code = process.wait()
        finally:
            process.terminate()
    if code:
        raise RuntimeError(f"ingest ended with {code}: {log.read_text()[-2000:]}")
    return time.perf_counter() - start, _children() - used, peak.memory, peak.processes


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def ingested(folder: Path, count: int) -> Ingested:
    """Make a tree of ``count`` documents below ``folder`` and ingest it."""
    tree, out = folder / f"made-up-{count}", folder / f"out-{count}"
    made = make(count, tree)
    seconds, processor, peak, processes = ingest(tree, out)
    again, _, merging, _ = ingest(tree, out)
    rows = {name: pq.read_metadata(out / f"{name}.parquet").num_rows for name in TABLES}
    return Ingested(made, out, seconds, processor, peak, processes, again, merging, rows)


def lines(folder: Path, found: list[Ingested], sizes: Sequence[int] = SIZES) -> Iterator[str]:
    """Markdown; appends to ``found`` what was made below ``folder``."""
    heads = ["documents", "files", "characters", "time", "documents/s", "processor", "memory", "tables"]
    heads += ["again", "its memory"]
    yield f"| {' | '.join(heads)} | all there once |"
    yield f"| {' | '.join('---:' for _ in heads)} | --- |"
    for count in sizes:
        one = ingested(folder, count)
        found.append(one)
        yield (
            f"| {one.made.documents:,} | {one.made.files:,} | {one.made.characters:,} | {one.seconds:.1f} s "
            f"| {one.made.documents / one.seconds:.0f} | {one.processor:.0f} s "
            f"| {one.peak:,.0f} MB | {one.size:.1f} MB | {one.again:.1f} s "
            f"| {one.merging:,.0f} MB "
            f"| {'yes' if one.whole else f'NO: {one.rows}'} |"
        )
    yield ""
    last = found[-1]
    rows = ", ".join(f"{name} {count:,}" for name, count in last.rows.items())
    yield from wrapped(
        "Time and memory from start to end of `python -m analysis ingest`, start of Python and dictionary included; "
        "memory is what all its processes hold together at most, shared pages counted once, sampled twice a second, "
        f"{last.processes} processes at most. Again: a second run that finds everything read, so that it plans, merges "
        f"and writes only. Rows of the largest: {rows}. All there once: as many rows of `documents` as distinct files "
        "that can be read, and as many of `unread` as files that cannot. One file in a hundred lies there twice, one "
        "is nearly the same as another."
    )
    if len(found) > 1:
        yield ""
        yield from _growth(found[-2], last)


def _growth(less: Ingested, more: Ingested) -> Iterator[str]:
    times = more.made.documents / less.made.documents
    each = (more.processor - less.processor) / (more.made.documents - less.made.documents)
    memory = (more.merging - less.merging) / (more.made.documents - less.made.documents) * 1024
    table = more.size / more.made.documents * 1024
    yield from wrapped(
        f"Growth from {less.made.documents:,} to {more.made.documents:,} documents: {times:.0f} times the documents in "
        f"{more.processor / less.processor:.1f} times the processor time. Each more takes {each * 1000:.1f} ms of a "
        f"processor, {table:.0f} KB of tables, and {memory:.1f} KB of memory in the run that only merges; the whole "
        f"run takes {less.peak:,.0f} and {more.peak:,.0f} MB at most."
    )
