"""Which lines of a web page, or which ends of lines, belong to the site and not to the text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.corpus.furniture_patterns import HEAD, LINE, TAIL
from analysis.grammar.pattern import Pattern

_LONGEST, _LONGEST_SENTENCE = 240, 60
_BULLET = re.compile("[•·◎●*-]?")
# A line with a tail of its own site has something of the text's before it: who published it, and when.
_LABELLED = re.compile("(?:来源|发布|时间|日期|作者)[ ]*[：:]|(?:19|20)\\d\\d[-/年]")


def _any(patterns: Iterable[Pattern]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern.text})" for pattern in patterns))


_LINE, _HEAD, _TAIL = _any(LINE), _any(HEAD), _any(TAIL)


def furniture(words: str) -> tuple[int, int] | None:
    """The span of ``words``, a line without its outer spaces, that is the site's; None where all is the text's."""
    if len(words) > (_LONGEST_SENTENCE if words[-1] in "。；，、;" else _LONGEST):
        return None
    bare = words.replace(" ", "") if " " in words else words
    if _LINE.fullmatch(bare, _BULLET.match(bare).end()):  # type: ignore[union-attr]
        return 0, len(words)
    head = _HEAD.match(words)
    if head:
        return head.span()
    labelled = _LABELLED.search(words)
    return _tail(words, labelled.end()) if labelled else None


def _tail(words: str, start: int) -> tuple[int, int] | None:
    for found in _TAIL.finditer(words, start):
        if found.end() == len(words) and found.start() < found.end():
            return found.span()
    return None
