"""How long a collection takes to answer, alone and when several processes ask at once.

``bench_questions.py ask OUT SECONDS`` is one such process: it opens the tables, asks everything in turn until time is
up and prints what it took as JSON.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from processes import memory  # noqa: E402
from timing import ms  # noqa: E402

from analysis import pipeline  # noqa: E402
from analysis.model import Level, Receiver, Verdict  # noqa: E402
from analysis.pipeline import Choice, Collection  # noqa: E402

ROUNDS = 15
TOGETHER, SECONDS = (1, 2, 4), 8.0
DAY = date(2026, 1, 1)
Questions = dict[str, Callable[[], object]]


def questions(collection: Collection, seed: int = 1) -> Questions:
    """What pages ask, by name; each asks for something else every time, as people do."""
    dice = random.Random(seed)
    offered = pipeline.facets(collection)
    total = pipeline.choose(collection, Choice()).total
    provinces = [code for code, _, _ in offered.provinces]
    places = [name for name, *_ in offered.places]
    years = [year for year, _ in offered.years]
    indicators = [key for key, *_ in offered.indicators[:20]]

    def province() -> Choice:
        return Choice(provinces=(dice.choice(provinces),), years=(dice.choice(years), dice.choice(years)))

    def target() -> Choice:
        return Choice(levels=(Level.CITY,), indicators=(dice.choice(indicators),), verdicts=(Verdict.NO_DATA,))

    def documents() -> tuple[str, ...]:
        return pipeline.choose(collection, Choice(), dice.randint(1, max(1, total // 12)), 12).documents

    def shown() -> object:
        corpus = pipeline.part(collection, documents())
        return pipeline.target_comparison(corpus), pipeline.incentive_comparison(corpus)

    return {
        "choose: a page of all": lambda: pipeline.choose(collection, Choice(), dice.randint(1, max(1, total // 12))),
        "choose: province and years": lambda: pipeline.choose(collection, province()),
        "choose: words in the title": lambda: pipeline.choose(collection, Choice(words=dice.choice(places))),
        "choose: indicator and verdict": lambda: pipeline.choose(collection, target(), as_of=DAY),
        "facets: all": lambda: pipeline.facets(collection, None, DAY),
        "facets: province and years": lambda: pipeline.facets(collection, province(), DAY),
        "facets: one receiver": lambda: pipeline.facets(collection, Choice(receivers=(dice.choice(list(Receiver)),))),
        "totals: all": lambda: pipeline.totals(collection),
        "list of 20 with their counts": lambda: pipeline.catalogue(collection, province()),
        "part: readings of 12 documents": lambda: pipeline.part(collection, documents()),
        "part and both matrices": shown,
        "one text, read from its file": lambda: pipeline.full_readings(collection, documents()[0]),
        "unread files": lambda: pipeline.unread(collection),
        "has anything changed": lambda: pipeline.collection_state(collection.folder),
    }


def lines(out: Path) -> Iterator[str]:
    """Markdown."""
    start = time.perf_counter()
    collection = pipeline.open_collection(out)
    opened = time.perf_counter() - start
    asked = questions(collection)
    yield f"{collection.documents:,} documents (without further editions), opened in {opened:.2f} s."
    yield ""
    yield "| question | first | median | slowest of the rest | processor, mean |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for name, question in asked.items():
        first, used = _seconds(question), time.process_time()
        rest = sorted(_seconds(question) for _ in range(ROUNDS))
        used = (time.process_time() - used) / ROUNDS
        yield f"| {name} | {ms(first)} | {ms(rest[ROUNDS // 2])} | {ms(rest[-1])} | {ms(used)} |"
    yield ""
    yield f"After the first, {ROUNDS} rounds, each with other values; wall time in one process but for the last one. "
    yield f"Several processes over the same tables, each asking all of the above in turn for {SECONDS:.0f} s:"
    yield ""
    yield "| processes | questions/s together | median | p95 | memory of each |"
    yield "| ---: | ---: | ---: | ---: | ---: |"
    for count in TOGETHER:
        yield _together(out, count)


def _seconds(ask: Callable[[], object]) -> float:
    start = time.perf_counter()
    ask()
    return time.perf_counter() - start


def _together(out: Path, count: int) -> str:
    """A row: ``count`` processes ask at once. Raises when one of them fails."""
    command = [sys.executable, __file__, "ask", str(out), str(SECONDS)]
    asking = [
        subprocess.Popen([*command, str(number)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for number in range(count)
    ]
    said = [json.loads(process.communicate(timeout=300)[0]) for process in asking]
    seconds = sorted(second for one in said for second in one["seconds"])
    each = sum(one["memory"] for one in said) / count
    rate = sum(len(one["seconds"]) / one["during"] for one in said)
    middle, high = seconds[len(seconds) // 2], seconds[min(len(seconds) - 1, len(seconds) * 95 // 100)]
    return f"| {count} | {rate:.0f} | {ms(middle)} | {ms(high)} | {each:.0f} MB |"


def ask(out: Path, during: float, seed: int) -> dict[str, float | Sequence[float]]:
    """One of several processes: everything in turn until time is up."""
    asked = list(questions(pipeline.open_collection(out), seed).values())
    for question in asked:
        question()
    seconds: list[float] = []
    start = time.perf_counter()
    while time.perf_counter() - start < during:
        seconds += [_seconds(question) for question in asked]
    return {"seconds": seconds, "during": time.perf_counter() - start, "memory": memory(os.getpid())}


def main() -> None:
    """``ask OUT SECONDS SEED`` for one process, ``OUT`` for the tables of this module."""
    if sys.argv[1] == "ask":
        print(json.dumps(ask(Path(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))))
    else:
        for line in lines(Path(sys.argv[1])):
            print(line, flush=True)


if __name__ == "__main__":
    main()
