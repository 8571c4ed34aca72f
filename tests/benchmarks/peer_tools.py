"""One reader of numbers under the clock: ``python peer_tools.py zhengheng|jionlp|recognizers``.

Reads a JSON list of texts from standard input; writes for each what was found and how long it took. Runs in the
project's environment or in that of the peers, so nothing of either is imported before it is known which is meant.
Outputs are put into common words here, and only here: value in 元, percent or plain number, days as 2022-09-23;
kind is money, percent, ratio, count, multiple, level, year, date, period, duration or number (a number that the
tool calls nothing else); bound is one of = > >= < <= ~ range, or more / less where the tool does not say whether the
number itself is in, or empty where it says nothing.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

ROUNDS = 5


class Found(NamedTuple):
    """One number that a tool found in a text; ``start`` and ``end`` as Python slices."""

    start: int
    end: int
    value: str
    high: str | None
    kind: str
    bound: str


Reader = Callable[[str], list[Found]]


def zhengheng() -> tuple[str, Reader]:
    """Our own quantities, without segmenting and frames."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from analysis.extract.quantities import quantities

    def read(text: str) -> list[Found]:
        return [our_words(found) for found in quantities(text)]

    return "", read


def our_words(found: Any) -> Found:  # Any: analysis.model.Quantity, which the peers' environment cannot import
    """A quantity of ours in common words."""
    from analysis.grammar import grammar

    kind = {"ordinal": "level"}.get(found.dimension, found.dimension)
    value, high = found.value, found.value_high
    if found.unit == "万分之":
        kind, value = "ratio", value / 10000
        high = None if high is None else high / 10000
    elif kind == "date":
        digits = str(value)
        return Found(found.start, found.end, f"{digits[:4]}-{digits[4:6]}-{digits[6:]}", None, kind, "=")
    elif kind in ("money", "count"):
        unit = grammar().units.get(found.unit)
        factor = unit.factor if unit else 1
        value, high = value * factor, None if high is None else high * factor
    bounds = {"eq": "=", "ge": ">=", "gt": ">", "le": "<=", "lt": "<", "approx": "~"}
    bound = "range" if high is not None else bounds[found.comparator]
    return Found(found.start, found.end, str(value), None if high is None else str(high), kind, bound)


def jionlp() -> tuple[str, Reader]:
    """JioNLP: its extractors of sums of money and of times; it has none for other numbers."""
    with contextlib.redirect_stdout(io.StringIO()):
        import jionlp as tool

    def read(text: str) -> list[Found]:
        money = tool.ner.extract_money(text, with_parsing=True)
        times = tool.ner.extract_time(text, time_base={"year": 2024}, with_parsing=True)
        return [found for row in (*money, *times) if (found := jionlp_words(row))]

    return version("jionlp"), read


def jionlp_words(row: Mapping[str, Any]) -> Found | None:
    """One row of JioNLP in common words; None where it found words and no value."""
    start, end = row["offset"]
    detail = row.get("detail") or {}
    if row["type"] == "money":
        low, high = detail.get("num"), None
        if isinstance(low, Sequence) and not isinstance(low, str):
            low, high = low[0], low[-1]
        bound = {"accurate": "=", "blur": "~", "blur+": "more", "blur-": "less"}.get(detail.get("definition"), "")
        return Found(start, end, str(low), high and str(high), "money", "range" if high else bound)
    at = detail.get("time")
    if isinstance(at, Mapping):
        number = next((str(count) for count in at.values() if isinstance(count, int | float)), None)
        return Found(start, end, number, None, "duration", "") if number else None
    if not at:
        return None
    first, last = (str(moment)[:10] for moment in (at[0], at[-1]))
    if first == last:
        return Found(start, end, first, None, "date", "")
    if (first[:4], first[5:], last[5:]) == (last[:4], "01-01", "12-31"):
        return Found(start, end, first[:4], None, "year", "")
    return Found(start, end, first[:4], last[:4], "period", "range")


def recognizers() -> tuple[str, Reader]:
    """Recognizers-Text for zh-cn: numbers, percentages, currencies, times. It has no ranges of numbers in Python."""
    import recognizers_suite as tool
    from recognizers_text import Culture

    asked = (tool.recognize_percentage, tool.recognize_currency, tool.recognize_datetime, tool.recognize_number)

    def read(text: str) -> list[Found]:
        rows = (row for ask in asked for row in ask(text, Culture.Chinese))
        return [
            found
            for row in rows
            if (found := recognizers_words(row.start, row.end + 1, row.type_name, row.resolution or {}))
        ]

    return version("recognizers-text-suite"), read


def recognizers_words(start: int, end: int, kind: str, resolution: Mapping[str, Any]) -> Found | None:
    """One row of Recognizers-Text in common words; None where it found words and no value."""
    if not kind.startswith("datetime"):
        value = resolution.get("value")
        named = {"percentage": "percent", "currency": "money"}.get(kind, kind)
        return Found(start, end, value.rstrip("%"), None, named, "") if value else None
    values = resolution.get("values") or [{}]
    row = values[0]
    if row.get("type") == "duration":
        length = re.fullmatch(r"P(\d+(?:\.\d+)?)[YMWD]", row.get("timex", ""))
        return Found(start, end, length[1], None, "duration", "") if length else None
    if row.get("type") == "date" and row.get("value"):
        return Found(start, end, row["value"], None, "date", "")
    if row.get("type") == "daterange" and row.get("start") and row.get("end"):
        if row.get("timex", "").startswith("("):
            return Found(start, end, row["start"][:4], row["end"][:4], "period", "range")
        return Found(start, end, row["start"][:4], None, "year", "")
    return None


def timed(read: Reader, text: str) -> tuple[list[Found], float]:
    """What is found and the seconds of the middle round."""
    found = read(text)
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        read(text)
        seconds.append(time.perf_counter() - start)
    return found, sorted(seconds)[ROUNDS // 2]


def answers(read: Reader, texts: Sequence[str]) -> Iterator[dict[str, Any]]:
    """One answer a text, after a first text that warms up."""
    read(texts[0])
    for text in texts:
        found, seconds = timed(read, text)
        yield {"found": found, "seconds": seconds}


def main() -> None:
    """Read texts, write answers."""
    name, read = {"zhengheng": zhengheng, "jionlp": jionlp, "recognizers": recognizers}[sys.argv[1]]()
    texts = json.load(sys.stdin)
    json.dump({"version": name, "answers": list(answers(read, texts))}, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
