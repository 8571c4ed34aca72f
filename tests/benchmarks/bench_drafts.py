"""How long a draft takes to check and how that grows: clean text, and texts made to hurt.

``bench.py drafts`` measures all; ``bench_drafts.py --rules`` prints the time of each rule, ``--versions`` what the
comparison of two versions takes.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "helpers"), str(Path(__file__).parent)]

from drafts import draft_from  # noqa: E402
from hostile import PIECES, Piece  # noqa: E402
from long_drafts import long_draft  # noqa: E402
from timing import processor_time  # noqa: E402

from analysis.lint.draft import Draft  # noqa: E402
from analysis.lint.registry import Rule, rules  # noqa: E402
from analysis.lint.run import check  # noqa: E402
from analysis.lint.versions import Comparison, comparison  # noqa: E402
from analysis.present.version_table import rows_html, to_docx, workbook  # noqa: E402
from analysis.tokenise import lexer  # noqa: E402

LENGTHS = (10_000, 25_000, 50_000, 100_000)  # characters
WANTED = {10_000: 1.0, 100_000: 10.0}  # seconds
HOSTILE = (20_000, 40_000, 80_000)  # bytes as UTF-8
FAST = 0.05  # seconds: what ends sooner gives no exponent
SHOWN = 12  # of the hostile pieces, the slowest


def exponent(lengths: Sequence[int], seconds: Sequence[float]) -> float:
    """How time grows with length: 1 linear, 2 quadratic; 0 where it is too short to say."""
    points = [(math.log(a), math.log(b)) for a, b in zip(lengths, seconds, strict=True) if b >= FAST]
    if len(points) < 2:
        return 0.0
    x, y = (sum(each) / len(points) for each in zip(*points, strict=True))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


def measured(text: str) -> tuple[float, float]:
    """Processor seconds to read a draft, and to check it by all rules."""
    drafts: list[Draft] = []
    reading = processor_time(lambda: drafts.append(draft_from(text)))
    return reading, processor_time(lambda: check(drafts[0]))


def lines() -> Iterator[str]:
    """Markdown."""
    lexer()
    measured(long_draft(2_000))  # what is made once
    yield "A clean draft, mixed from sentences and numbered anew (`tests/helpers/long_drafts.py`); processor seconds."
    yield "Reading is cleaning, clauses and extraction, as on every page; checking is all rules."
    yield ""
    yield "| characters | reading | checking | together | wanted |"
    yield "| ---: | ---: | ---: | ---: | ---: |"
    took = [measured(long_draft(length)) for length in LENGTHS]
    for length, (reading, checking) in zip(LENGTHS, took, strict=True):
        wanted = f"under {WANTED[length]:.0f} s" if length in WANTED else ""
        yield f"| {length:,} | {reading:.2f} s | {checking:.2f} s | {reading + checking:.2f} s | {wanted} |"
    yield ""
    yield f"Growth of the whole: exponent {exponent(LENGTHS, [sum(each) for each in took]):.2f} (1 is linear)."
    yield ""
    yield from _versions()
    yield ""
    yield from _hostile()


COMPARED = (10_000, 50_000, 100_000)  # characters of each version
HURT = 150_000  # characters of each hostile version
#: Two versions made to hurt: many small provisions, words that differ everywhere, lines without a like.
HOSTILE_VERSIONS: dict[str, tuple[Callable[[int], str], Callable[[int], str]]] = {
    "small provisions": (
        lambda length: "".join(f"支持企业{at}。\n" for at in range(length // 10)),
        lambda length: "".join(f"企业支持{at * 3}。\n" for at in range(length // 10)),
    ),
    "one long provision": (lambda length: "可以应当，" * (length // 5), lambda length: "可以必须，" * (length // 5)),
    "lines without a like": (lambda length: "甲。\n" * (length // 3), lambda length: "乙。\n" * (length // 3)),
}


def _versions() -> Iterator[str]:
    """Two versions: comparing them, and what is made of that."""
    yield "Two versions (新旧对照), processor seconds. The second of the clean ones has its lines in the opposite"
    yield f"order, and a verb changed; of the hostile ones each has {HURT:,} characters. On the page the comparison and"
    yield "both files are made by a process that has 60 seconds and 2 GB; what takes more ends in one sentence."
    yield ""
    yield "| versions | rows | comparing | page | Word | Excel |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for length in COMPARED:
        old = long_draft(length)
        new = "".join(f"{line}\n" for line in old.replace("支持", "应当支持").split("\n")[::-1])
        yield _compared(f"{length:,} characters", old, new)
    for name, (old_text, new_text) in HOSTILE_VERSIONS.items():
        yield _compared(f"hostile: {name}", old_text(HURT), new_text(HURT))


def _compared(name: str, old: str, new: str) -> str:
    drafts = draft_from(old), draft_from(new)
    done: list[Comparison] = []
    took = [processor_time(lambda: done.append(comparison(*drafts)))]
    makers: tuple[Callable[[Comparison], object], ...] = (rows_html, to_docx, workbook)
    took += [processor_time(partial(make, done[0])) for make in makers]
    return f"| {name} | {len(done[0].rows):,} | {' | '.join(f'{each:.1f} s' for each in took)} |"


def _hostile() -> Iterator[str]:
    found = sorted(map(_series, PIECES), key=lambda one: -one[1][-1])
    yield f"Of {len(PIECES)} pieces that are repeated to hurt (`tests/helpers/hostile.py`), the slowest to check:"
    yield ""
    yield f"| piece | {' | '.join(f'{length // 1000} KB' for length in HOSTILE)} | growth |"
    yield f"| --- |{' ---: |' * len(HOSTILE)} ---: |"
    for piece, seconds in found[:SHOWN]:
        shown = str(piece).replace("|", "\\|")
        cells = " | ".join(f"{each:.2f} s" for each in seconds)
        yield f"| `{shown}` | {cells} | {exponent(HOSTILE, seconds):.2f} |"
    yield ""
    worst = max(exponent(HOSTILE, seconds) for _, seconds in found)
    yield f"The greatest exponent is {worst:.2f}. Times are for checking alone; reading stands under “Hostile texts”."


def _series(piece: Piece) -> tuple[Piece, list[float]]:
    return piece, [measured(piece.text(length))[1] for length in HOSTILE]


def _by_rule(draft: Draft, rule: Rule) -> float:
    return processor_time(lambda: list(rule.check(draft)))


def main() -> None:
    """All of it, or the time of each rule on two lengths of the clean draft and of given pieces."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--versions", action="store_true", help="print what two versions take, and nothing else")
    parser.add_argument("--rules", action="store_true", help="print the seconds of each rule")
    parser.add_argument("--pieces", action="store_true", help="also the rules that grow too fast on hostile pieces")
    given = parser.parse_args()
    if given.rules:
        _print_rules("clean draft", [long_draft(length) for length in (50_000, 100_000)], least=0.0)
    if given.pieces:
        for piece in PIECES:
            _print_rules(str(piece), [piece.text(length) for length in HOSTILE[:2]], least=0.3)
    if not (given.rules or given.pieces):
        for line in _versions() if given.versions else lines():
            print(line, flush=True)


def _print_rules(title: str, texts: Sequence[str], least: float) -> None:
    """The seconds of each rule on a text and on one of twice its length; those above ``least`` only."""
    start = time.process_time()
    drafts = [draft_from(text) for text in texts]
    reading = time.process_time() - start
    work: Callable[[Draft, Rule], float] = _by_rule
    took = {rule.id: [partial(work, draft, rule)() for draft in drafts] for rule in rules()}
    slow = {name: seconds for name, seconds in took.items() if seconds[-1] >= least}
    if slow or not least:
        print(f"{title}: read in {reading:.2f} s")
    for name, (once, twice) in sorted(slow.items(), key=lambda pair: -pair[1][1]):
        print(f"  {name:5} {once:8.3f} {twice:8.3f}  x{twice / max(once, 1e-6):.1f}")


if __name__ == "__main__":
    main()
