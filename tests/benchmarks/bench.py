"""Measure speed in one run, print it, and write ``docs/benchmarks.md``. Started by ``make bench``; never a test.

``bench.py reading`` (or ``ingest``, ``start`` …, see ``SECTIONS``) measures that part alone and writes nothing.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "browser"), str(Path(__file__).parent)]

import bench_browser  # noqa: E402
import bench_drafts  # noqa: E402
import bench_hostile  # noqa: E402
import bench_ingest  # noqa: E402
import bench_kept  # noqa: E402
import bench_questions  # noqa: E402
import bench_reading  # noqa: E402
import bench_records  # noqa: E402
import bench_uploads  # noqa: E402
import reviewers  # noqa: E402
import visitors  # noqa: E402
from harness import missing_parts  # noqa: E402
from timing import machine_line  # noqa: E402

REPORT = ROOT / "docs" / "benchmarks.md"
LOADS = ((1, 1.0), (10, 2.0), (50, 10.0), (50, 5.0))  # people, and seconds between their clicks
CLICKING = 75.0  # seconds of each
HEAD = """# Benchmarks

Written by `make bench`; do not edit. Timings inform and never fail a test. The collections below are made up: clauses
of the corpus, cut and mixed (`tests/benchmarks/made_up.py`); what they say of a million documents stands in
[at-a-million.md](at-a-million.md).
"""
Sections = dict[str, tuple[str, Callable[[], Iterator[str]]]]


def sections(folder: Path, sizes: tuple[int, ...]) -> Sections:
    """Title and lines of each section, in the order they are measured; collections are made below ``folder``."""
    found: list[bench_ingest.Ingested] = []

    def collection() -> Path:
        if not found:
            found.append(bench_ingest.ingested(folder, sizes[-1]))
        return found[-1].out

    def questions() -> Iterator[str]:
        collection()
        yield from bench_questions.lines([one.out for one in found[-2:]])

    def many() -> Iterator[str]:
        yield from visitors.lines(collection(), LOADS, CLICKING)

    def kept() -> Iterator[str]:
        yield from bench_kept.lines(collection())

    return {
        "reading": ("Reading", bench_reading.lines),
        "hostile": ("Hostile texts", bench_hostile.lines),
        "drafts": ("Checking drafts", bench_drafts.lines),
        "records": ("Consultations", bench_records.lines),
        "reviewers": ("Many reviewers at once", reviewers.lines),
        "ingest": ("Collections", partial(bench_ingest.lines, folder, found, sizes)),
        "questions": ("Questions", questions),
        "visitors": ("Many at once", many),
        "kept": ("What is kept, and what it brings", kept),
        "uploads": ("A slow file beside others", bench_uploads.lines),
        "start": ("Start", bench_browser.start_lines),
        "pages": ("Pages", bench_browser.page_lines),
    }


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def main() -> None:
    """Print every line as it is measured; write the report at the end."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("section", nargs="*", help="only these sections; nothing is written then")
    arguments.add_argument("--sizes", type=int, nargs="+", default=bench_ingest.SIZES, help="documents of collections")
    asked = arguments.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers and the browser end with us
    lines: list[str] = []

    def say(line: str) -> None:
        print(line, flush=True)
        lines.append(line)

    start, before = time.monotonic(), _load()
    with tempfile.TemporaryDirectory(prefix="zhengheng-bench-") as folder:
        every = sections(Path(folder), tuple(asked.sizes))
        if unknown := set(asked.section) - set(every):
            arguments.error(f"no section {', '.join(unknown)}; there are {', '.join(every)}")
        if not asked.section and (missing := missing_parts()):
            sys.exit(missing)
        say(HEAD)
        say(machine_line())
        for title, section in (every[name] for name in asked.section or every):
            say(f"\n## {title}\n")
            for line in section():
                say(line)
            say(f"\nLoad of the machine at the end of this part: {_load()}.")
    minutes = (time.monotonic() - start) / 60
    say(f"\nThe run took {minutes:.0f} minutes. Load of the machine: {before} when it began, {_load()} when it ended.")
    say("Above the number of cores, all times but processor times are longer than they need be.")
    if not asked.section:
        REPORT.write_text("\n".join(line.rstrip(" ") for line in lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
