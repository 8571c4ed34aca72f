"""Whether reading stays linear on texts made to hurt: one word repeated, four times as often, and the time of both.

``python tests/benchmarks/growth.py`` prints what grows faster than the text or is slow for its length, and ends with
1 if anything does; ``growth.py WORD…`` tries those words alone. Uploads come from anybody, and a pattern that takes
the square of a length takes the server. Timings depend on the machine, so this is run by hand and never a test.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from analysis import grammar  # noqa: E402
from analysis.corpus.documents import anonymous_card, document  # noqa: E402
from analysis.extract import extract  # noqa: E402
from analysis.extract.quantities import quantities  # noqa: E402
from analysis.segment import segment  # noqa: E402
from analysis.tokenise import lexer  # noqa: E402

LENGTH, TIMES = 4000, 4
FASTER_THAN_THE_TEXT = 8.0  # a factor of 4 is linear, one of 16 quadratic
NOTICED, SLOW, HOPELESS = 0.5, 10.0, 30  # seconds: too short to judge; too long for 16,000 characters; given up
SHAPES = (
    *(
        "（",
        "）",
        "(",
        ")",
        "《",
        "“",
        '"',
        "，",
        "；",
        "。",
        "、",
        "：",
        "\n",
        " ",
        "\t",
        "-",
        "—",
        "——",
        "#",
        "&",
        "一、",
    ),
    *(
        "1",
        "0",
        "０",
        "1,",
        "1,000",
        "1.",
        "1，000",
        "1-",
        "1—",
        "1至",
        "1:",
        "1∶",
        "1/",
        "1点",
        "1万",
        "9亿1万",
        "一",
        "百",
        "万",
    ),
    *(
        "一点",
        "三分之",
        "百分之",
        "翻",
        "翻一番",
        "一二三四五六七八九十",
        "十四五",
        "2025年",
        "到2025年",
        "2025年1月",
        "二〇二五",
    ),
    *(
        "第一条",
        "第一条 ",
        "第一条\n",
        "第一章\n",
        "一、\n",
        "（一）\n",
        "附件1\n",
        "①",
        "— 1 —\n",
        "xxx.png\n",
        "![",
        "[bookmark:",
        "<!--",
    ),
    *(
        "100家",
        "100家、",
        "10%",
        "100万元至",
        "（含",
        "（含）",
        "最高补助",
        "给予100万元、",
        "对企业给予100万元",
        "按成交额的3%，",
    ),
    *(
        "企业、",
        "企业和",
        "对企业",
        "将企业",
        "支持企业",
        "用于奖励",
        "的，",
        "的；",
        "每增加",
        "分别",
        "布局了",
        "省科技厅、",
        "责任单位：",
    ),
)


class _GivenUp(Exception):
    pass


def _stop(*_: object) -> None:
    raise _GivenUp


def seconds(work: Callable[[], object]) -> float:
    """Seconds of one run, or ``HOPELESS``."""
    signal.alarm(HOPELESS)
    start = time.perf_counter()
    try:
        work()
    except _GivenUp:
        return float(HOPELESS)
    finally:
        signal.alarm(0)
    return time.perf_counter() - start


def stages(word: str, length: int) -> Iterator[tuple[str, float]]:
    """(stage, seconds) for ``word`` repeated to ``length`` characters."""
    card = anonymous_card("长文.txt")
    raw = word * (length // len(word))
    taken = seconds(lambda: document(card, card.editions[0], raw))
    yield "clean", taken
    if taken >= HOPELESS:
        return
    made = document(card, card.editions[0], raw)
    yield "segment", seconds(lambda: segment(made))
    yield "quantities", seconds(lambda: quantities(made.text))
    clauses = segment(made)
    yield "extract", seconds(lambda: extract(made, clauses))


def main() -> None:
    """Try every shape and every comparator word, or the words given."""
    signal.signal(signal.SIGALRM, _stop)
    lexer()
    words = sys.argv[1:] or [*SHAPES, *sorted(bound.form for bound in grammar.bounds())]
    bad = 0
    for word in words:
        once, more = dict(stages(word, LENGTH)), dict(stages(word, LENGTH * TIMES))
        for stage, long in more.items():
            short = once.get(stage, float(HOPELESS))
            if long > SLOW or (long > NOTICED and long > FASTER_THAN_THE_TEXT * short):
                bad += 1
                print(f"{word!r} {stage}: {short:.2f} s, {TIMES} times as long {long:.2f} s", flush=True)
    print(f"{len(words)} words tried, {bad} stages slower than they should be.")
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
