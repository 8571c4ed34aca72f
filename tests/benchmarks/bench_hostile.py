"""Whether reading stays linear on texts made to hurt: each piece of ``tests/helpers/hostile.py``, doubled up to 1 MB.

``bench.py hostile`` measures all pieces, ``bench_hostile.py PIECE…`` those alone (``\\n`` ends a line, `` … `` parts
what opens, what stands inside and what closes). ``tests/project/test_hostile.py`` counts steps over the same pieces.
"""

from __future__ import annotations

import math
import multiprocessing
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "helpers")]

from hostile import PIECES, Piece  # noqa: E402
from term_tables import count_terms  # noqa: E402

from analysis.corpus.documents import anonymous_card, document  # noqa: E402
from analysis.corpus.metadata import introduced  # noqa: E402
from analysis.extract import extract  # noqa: E402
from analysis.model import Clause, Document, Reading  # noqa: E402
from analysis.segment import segment  # noqa: E402
from analysis.tokenise import lexer  # noqa: E402

FIRST, LAST = 16_384, 1_048_576  # bytes as UTF-8
TOO_LONG = 60.0  # seconds of processor for one stage: its series ends there
STAGES = ("clean", "metadata", "segment", "extract", "words")
FITTED = 3  # lengths over which the exponent is fitted
FAST = 0.02  # seconds: a stage that ends sooner is all start-up and gives no exponent


@dataclass(frozen=True, slots=True)
class Series:
    """What one piece took: seconds by stage, for each length in bytes; ``stopped``: the stage that took too long."""

    piece: Piece
    lengths: tuple[int, ...]
    seconds: tuple[tuple[float, ...], ...]
    stopped: str
    megabytes: float  # of memory, more than before

    def exponent(self, stage: int | None = None) -> float:
        """How the time of a stage, or of all, grows with the length: 1 is linear, 2 quadratic; 0 where too fast."""
        took = [sum(row) if stage is None else row[stage] for row in self.seconds]
        last = [(length, each) for length, each in zip(self.lengths, took, strict=True) if each >= FAST][-FITTED:]
        if len(last) < 2:
            return 0.0
        across, up = [math.log(length) for length, _ in last], [math.log(each) for _, each in last]
        middle, height = sum(across) / len(across), sum(up) / len(up)
        slope = sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True))
        return slope / sum((x - middle) ** 2 for x in across)


class _TooLong(Exception):
    pass


def _stop(*_: object) -> None:
    raise _TooLong


def _stages(raw: str) -> Iterator[Callable[[], object]]:
    """The whole reading of a text, stage by stage; each is to be run before the next is asked for."""
    card = anonymous_card("长文.txt")
    texts: list[Document] = []
    clauses: list[tuple[Clause, ...]] = []
    found: list[Reading] = []
    yield lambda: texts.append(document(card, card.editions[0], raw))
    yield lambda: introduced(texts[0])
    yield lambda: clauses.append(segment(texts[0]))
    yield lambda: found.append(extract(texts[0], clauses[0]))
    yield lambda: count_terms(found)


def measured(piece: Piece) -> Series:
    """The series of one piece, in this process."""
    signal.signal(signal.SIGVTALRM, _stop)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lengths: list[int] = []
    seconds: list[tuple[float, ...]] = []
    length, stopped = FIRST, ""
    while length <= LAST and not stopped:
        took: list[float] = []
        for stage, work in zip(STAGES, _stages(piece.text(length)), strict=True):
            start = time.process_time()
            signal.setitimer(signal.ITIMER_VIRTUAL, TOO_LONG)
            try:
                work()
            except _TooLong:
                stopped = stage
                break
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            took.append(time.process_time() - start)
        else:
            lengths.append(length)
            seconds.append(tuple(took))
            length *= 2
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return Series(piece, tuple(lengths), tuple(seconds), stopped, more)


def lines(pieces: Sequence[Piece] = PIECES) -> Iterator[str]:
    """Markdown."""
    lexer()
    yield "One piece repeated, from 16 KB on doubled up to 1 MB; processor seconds of the whole reading (cleaning, the"
    yield "card, clauses, extraction, terms) at the greatest length. Growth: the exponent of time against length over"
    yield f"the last {FITTED} lengths, 1 linear, 2 quadratic. A series ends where a stage takes more than"
    yield f"{TOO_LONG:.0f} s. Memory: what the process took more for the whole series."
    yield ""
    yield f"| piece | KB | seconds | growth | {' | '.join(STAGES)} | slowest stage grows | memory |"
    yield f"| --- | ---: | ---: | ---: | {'---: | ' * len(STAGES)}---: | ---: |"
    worst, stopped = 0.0, 0
    with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
        for series in pool.imap(measured, pieces):
            last = series.seconds[-1] if series.seconds else (0.0,) * len(STAGES)
            growth = series.exponent()
            slowest = max(range(len(STAGES)), key=lambda stage, last=last: last[stage])  # type: ignore[misc]
            worst, stopped = max(worst, growth), stopped + bool(series.stopped)
            shown = str(series.piece).replace("|", "\\|")
            kilobytes = series.lengths[-1] // 1024 if series.lengths else 0
            grows = f"{STAGES[slowest]} {series.exponent(slowest):.2f}"
            yield (
                f"| `{shown}` | {kilobytes:,}{f' (then {series.stopped} stopped)' if series.stopped else ''} | "
                f"{sum(last):.1f} | {growth:.2f} | {' | '.join(f'{each:.2f}' for each in last)} | {grows} | "
                f"{series.megabytes:,.0f} MB |"
            )
    yield ""
    yield f"{len(pieces)} pieces, {stopped} of them stopped before 1 MB; the greatest exponent is {worst:.2f}."


def main() -> None:
    """Measure all pieces, or those given."""
    given = [Piece(*word.replace("\\n", "\n").split(" … ")) for word in sys.argv[1:]]
    for line in lines(given or PIECES):
        print(line, flush=True)


if __name__ == "__main__":
    main()
