"""Lists inside a sentence against the number that is said of them: 三张清单，即甲和乙; 甲、乙、丙，以上四项材料."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.lint.draft import Draft
from analysis.lint.findings import Found

_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九十")} | {"两": 2}
_N = "[二两三四五六七八九十]"
_NAMED = re.compile(
    rf"(?<![第十百])(?P<digits>{_N})(?:个|张|项|类|份|种|大|支|条|本)(?P<what>[\u3400-\u9fff]{{2,6}})"
    r"[，：—（(]{1,2}(?:即|分别是|分别为|包括|具体是)(?P<list>[^，。；：（）()等“”]{3,80})(?=[，。；）)])"
)
_ABOVE = re.compile(
    rf"(?:包括|提交|提供|具备|附上|：)(?P<list>[^。；：]{{6,160}})，(?:以上|上述)(?P<digits>{_N})(?:项|种|类|份|个)[\u3400-\u9fff]{{2}}"
)
_COPIES = re.compile(rf"一式(?P<digits>{_N})份[，（(](?:其中)?[：:]?(?P<list>[^。；）)]{{4,60}})")
_COPY = re.compile(r"[\u3400-\u9fff]{2,8}?(?P<digits>[一二两三四五六七八九十])份")


def miscounted(draft: Draft) -> Iterator[Found]:
    """A number beside a list of another length, read as generously as the words between its items allow."""
    for line in draft.body():
        for pattern in (_NAMED, _ABOVE):
            for match in pattern.finditer(line.text):
                said = _DIGITS[match["digits"]]
                least, most = _lengths(match["list"])
                if least > 1 or most > 1:
                    yield from _told(line.start, match, said, least, most)
        for match in _COPIES.finditer(line.text):
            parts = [_DIGITS[each["digits"]] for each in _COPY.finditer(match["list"])]
            if len(parts) > 1 and sum(parts) != _DIGITS[match["digits"]]:
                message = f"说的是一式{match['digits']}份，实列{sum(parts)}份"
                yield Found(line.start + match.start(), line.start + match.end(), message, "核对份数")


def _lengths(words: str) -> tuple[int, int]:
    """How many items a list has at least and at most: 和 may stand inside a name."""
    least = len([each for each in words.split("、") if each.strip()])
    most = len([each for each in re.split("、|以及|和|及|与|或者|或", words) if each.strip()])
    return least, most


def _told(offset: int, match: re.Match[str], said: int, least: int, most: int) -> Iterator[Found]:
    if least <= said <= most or abs(said - most) > 4:
        return
    given = most if said > most else least
    start, end = offset + match.start("digits"), offset + match.end()
    start = min(start, offset + match.start("list"))
    yield Found(start, end, f"说的是{match['digits']}项，实列{given}项", "补上缺项，或改正项数")
