"""How long a collection takes to answer, alone and when several processes ask at once.

``bench_questions.py OUT…`` prints the tables of collections of growing size; ``ask OUT SECONDS SEED`` is one of several
processes: it opens the tables, asks everything in turn until time is up and prints what it took as JSON.
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
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from processes import memory  # noqa: E402
from timing import ms, wrapped  # noqa: E402

from analysis import pipeline  # noqa: E402
from analysis.model import Level, Receiver, TargetStatus  # noqa: E402
from analysis.pipeline import Choice, Collection  # noqa: E402
from analysis.store import opening as store_opening  # noqa: E402

ROUNDS = 9
TOGETHER, SECONDS = (1, 2, 4), 8.0
WORDS = ("技术合同", "概念验证", "技术经理人", "奖励")
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
        return Choice(levels=(Level.CITY,), indicators=(dice.choice(indicators),), verdicts=(TargetStatus.NO_DATA,))

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
        "words of one province": lambda: pipeline.word_table(collection, province(), pipeline.GroupBy.REGION),
        "words of all": lambda: pipeline.word_table(collection, Choice(), pipeline.GroupBy.REGION),
        "a word in its contexts": lambda: pipeline.find_words(collection, province(), dice.choice(WORDS), 24),
        "one text, read from its file": lambda: pipeline.full_readings(collection, documents()[0]),
        "unread files": lambda: pipeline.unread(collection),
        "has anything changed": lambda: pipeline.collection_state(collection.folder),
    }


def lines(folders: Sequence[Path]) -> Iterator[str]:
    """Markdown for collections of growing size."""
    yield "As collections of this size are opened, with what is searched and shown in memory:"
    yield ""
    yield from _table(folders, in_files=False)
    yield ""
    yield "And with all of it left in the files, as larger ones are:"
    yield ""
    yield from _table(folders, in_files=True)
    yield ""
    yield from wrapped(
        f"After the first, {ROUNDS} rounds, each with other values; wall time in one process, and the mean processor "
        "time (DuckDB uses several cores). First and slowest are of the largest. Documents without further editions. "
        f"Several processes over the largest, each asking all of the above in turn for {SECONDS:.0f} s:"
    )
    yield ""
    yield "| processes | questions/s together | median | p95 | memory of each |"
    yield "| ---: | ---: | ---: | ---: | ---: |"
    for count in TOGETHER:
        yield _together(folders[-1], count)


def _table(folders: Sequence[Path], *, in_files: bool) -> Iterator[str]:
    opened = [json.loads(_run("open", folder, int(in_files)).communicate(timeout=600)[0]) for folder in folders]
    sizes = [f"{one['documents']:,}" for one in opened]
    yield f"| documents | {' | '.join(sizes)} |"
    yield f"| --- |{' ---: |' * len(sizes)}"
    yield f"| opened in | {' | '.join(ms(one['seconds']) for one in opened)} |"
    held = [f"{one['memory']:.0f} MB" for one in opened]
    yield f"| memory of a process with its tables open | {' | '.join(held)} |"
    yield ""
    heads = [f"{size}: {what}" for what in ("median", "processor") for size in sizes]
    yield f"| question | first | {' | '.join(heads)} | slowest of the rest |"
    yield f"| --- |{' ---: |' * (len(heads) + 2)}"
    asked = [questions(_collection(folder, in_files)) for folder in folders]
    for name in asked[0]:
        taken = [_rounds(every[name]) for every in asked]
        medians, used = [ms(one[1]) for one in taken], [ms(one[3]) for one in taken]
        yield f"| {name} | {ms(taken[-1][0])} | {' | '.join((*medians, *used))} | {ms(taken[-1][2])} |"


def _collection(folder: Path, in_files: bool) -> Collection:
    with patch.object(store_opening, "HELD_BYTES", 0 if in_files else store_opening.HELD_BYTES):
        return pipeline.open_collection(folder)


def _rounds(question: Callable[[], object]) -> tuple[float, float, float, float]:
    """Seconds of the first, of the middle and of the slowest round after it; mean processor seconds."""
    first, used = _seconds(question), time.process_time()
    rest = sorted(_seconds(question) for _ in range(ROUNDS))
    return first, rest[ROUNDS // 2], rest[-1], (time.process_time() - used) / ROUNDS


def _run(what: str, folder: Path, *more: object) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, what, str(folder), *map(str, more)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _seconds(ask: Callable[[], object]) -> float:
    start = time.perf_counter()
    ask()
    return time.perf_counter() - start


def _together(out: Path, count: int) -> str:
    """A row: ``count`` processes ask at once. Raises when one of them fails."""
    asking = [_run("ask", out, SECONDS, number) for number in range(count)]
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


def opening(folder: Path, in_files: bool) -> dict[str, float]:
    """What opening takes in a process of its own."""
    start = time.perf_counter()
    collection = _collection(folder, in_files)
    seconds = time.perf_counter() - start
    return {"documents": collection.documents, "seconds": seconds, "memory": memory(os.getpid())}


def main() -> None:
    """``ask OUT SECONDS SEED`` or ``open OUT 0|1`` for one process; ``OUT…`` for the tables of this module."""
    if sys.argv[1] == "ask":
        print(json.dumps(ask(Path(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))))
    elif sys.argv[1] == "open":
        print(json.dumps(opening(Path(sys.argv[2]), sys.argv[3] == "1")))
    else:
        for line in lines([Path(name) for name in sys.argv[1:]]):
            print(line, flush=True)


if __name__ == "__main__":
    main()
