"""What rules about layout share: the looks of lines, names of fonts and sizes, findings folded into one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import partial

from analysis.lint.draft import Draft
from analysis.lint.findings import Found, Severity
from analysis.lint.lines import Line
from analysis.word.layout import Look, Stretch

_SIZES: dict[float, str] = dict(
    zip(
        (42, 36, 26, 24, 22, 18, 16, 15, 14, 12, 10.5, 9, 7.5),
        ("初号", "小初", "1号", "小1号", "2号", "小2号", "3号", "小3号", "4号", "小4号", "5号", "小5号", "6号"),
        strict=True,
    )
)
_FAMILIES = {
    "仿宋": re.compile("仿宋|fang ?song", re.I),
    "小标宋": re.compile("小标宋|xiao ?biao ?song|xbs", re.I),
    "黑体": re.compile("黑体|sim ?hei|hei ?ti", re.I),
    "楷体": re.compile("楷|kai ?(?:ti|gb)|st ?kai", re.I),
    "宋体": re.compile("^(?:.*宋体.*|sim ?sun|n ?sim ?sun|st ?song)$", re.I),
}
_SHOWN = 20  # characters that a finding about a paragraph points at
_PLACES = 200


def size_name(points: float) -> str:
    """A size as Word names it in Chinese: 3号; one without a name in points."""
    return next((name for size, name in _SIZES.items() if abs(size - points) < 0.3), f"{points:g}磅")


def is_family(font: str, family: str) -> bool:
    """Whether a font belongs to a family; one that is not known is taken to."""
    return not font or _FAMILIES[family].search(font) is not None


def lines_with_looks(draft: Draft) -> Iterator[tuple[Line, Look]]:
    """Each line with the look of its paragraph; none without a layout."""
    looks = draft.layout.paragraphs if draft.layout else ()
    starts = [look.start for look in looks]
    for line in draft.lines:
        at = bisect_right(starts, line.start) - 1
        if line.text and at >= 0 and line.start < looks[at].end:
            yield line, looks[at]


def stretch_of(look: Look, start: int, end: int) -> Stretch:
    """The look of most characters of a span of a paragraph."""
    within = [each for each in look.stretches if each.start < end and start < each.end]
    return max(within, key=lambda each: min(each.end, end) - max(each.start, start), default=look.stretches[0])


def first_line(draft: Draft) -> tuple[int, int]:
    """Where a finding about the whole file points: its first line."""
    line = next((line for line in draft.lines if line.text), None)
    return (line.start, min(line.end, line.start + _SHOWN)) if line else (0, 0)


def _folded(spans: Iterable[tuple[int, int]], message: str, suggestion: str, severity: Severity) -> Iterator[Found]:
    """One finding for all the spans; none where there are none."""
    places = list(spans)
    if places:
        (start, end), *others = places
        many = f"（共 {len(places)} 处）" if others else ""
        yield Found(start, end, message + many, suggestion, tuple(others[:_PLACES]), about=message, severity=severity)


info, warning = partial(_folded, severity=Severity.INFO), partial(_folded, severity=Severity.WARNING)


def shown(line: Line) -> tuple[int, int]:
    """The first words of a line, where a finding about its paragraph points."""
    return line.start, min(line.end, line.start + _SHOWN)


def blanks(draft: Draft, line: Line, look: Look) -> float | None:
    """Blanks before a line of its paragraph, in characters; None where words stand before it."""
    before = draft.text[look.start : line.start]
    return None if before.strip() else sum(8 if blank == "\t" else 1 if blank == "　" else 0.5 for blank in before)


#: Names of examples: a title and a paragraph of running text as the standard has them.
TITLE = "【方正小标宋简体 22 居中】关于技术转移的意见\n"
LONG_TEXT = "为了转化科技成果，建设技术转移平台，培养技术经理人，现就有关事项提出以下意见，请结合实际认真落实。"
TEXT = f"【仿宋_GB2312 16 缩进2】{LONG_TEXT}\n"
