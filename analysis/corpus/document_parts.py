"""Which parts a file has besides its clauses: a letter and what it sends, enclosures and lists of them, signatures."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from analysis.corpus import metadata_patterns as patterns
from analysis.corpus.dates import only_day
from analysis.corpus.headings import MARKER
from analysis.corpus.headlines import signatures, titles

_NUMBER = r"[一二三四五六七八九十\d]{0,2}"
_ALONE = re.compile(rf"附[件录表]{_NUMBER}[：:]?$")
_TITLED = re.compile(rf"附[件录表]{_NUMBER}[：:]\s*(?P<title>[^。；]{{2,60}})$")
_LIST_ITEM = re.compile(r"\d{1,2}[.．、]")
_FILE_NAME = re.compile(r"\.(?:docx?|pdf|xlsx?|wps|ofd|zip|rar)$", re.I)
_LETTER = re.compile(
    r"(?:印发|转发|下发|发)给?(?:你们|你单位)|予以(?:印发|发布|公布)|特此(?:通知|公告)|遵照执行|贯彻(?:落实|执行)"
    r"|组织实施|征求(?:社会)?(?:公众)?意见"
)
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Parts:
    """``starts``: line on which a part starts, with its heading ("" for a signature); ``listed``: lines that only
    name enclosures and head nothing."""

    starts: dict[int, str]
    listed: frozenset[int]


def parts(lines: list[str]) -> Parts:
    """The parts of a text by line index; a text that is one part has none."""
    starts: dict[int, str] = {}
    listed = _lists(lines)
    for at, line in enumerate(lines):
        titled = _TITLED.match(line)
        if _ALONE.match(line):
            below = lines[at + 1] if at + 1 < len(lines) else ""
            starts[at] = below if 0 < len(below) <= _LONGEST_TITLE else line
        elif titled and at not in listed:
            starts[at] = titled["title"]
    numbered = [at for at, line in enumerate(lines) if MARKER.match(line) and at not in listed]
    # The title below the word 附件 is part of that enclosure.
    starts |= {at: words for at, words in _sent(lines, numbered).items() if at not in starts and at - 1 not in starts}
    heads, signed = sorted(starts), -1
    for signature in signatures(lines):
        last = _end(lines, signature.line)
        number, head = bisect_left(numbered, signature.line), bisect_right(heads, signature.line)
        opened = max(heads[head - 1] if head else -1, signed)
        if number and numbered[number - 1] > opened and (last >= len(lines) or last in starts):
            starts[signature.line] = ""
            signed = signature.line
    return Parts(dict(sorted(starts.items())), listed)


def _lists(lines: list[str]) -> frozenset[int]:
    """Lines that list enclosures: 附件：1.申报书 and 2.汇总表 below it; 附件：方案.docx; 附件1：表 over a signature."""
    found: set[int] = set()
    end = known = len(lines)  # where the items behind the line end, and from where on all of them are known
    for at in range(len(lines) - 1, -1, -1):
        titled = _TITLED.match(lines[at])
        if not titled:
            end, known = (end, known) if _LIST_ITEM.match(lines[at]) else (at, at)
            continue
        below = lines[end] if end < len(lines) else ""
        first_of_list = _LIST_ITEM.match(titled["title"]) is not None
        closes = not below or bool(_ALONE.match(below) or only_day(below))
        closes = closes or any(pattern.find(below) for pattern in (patterns.CLOSING_NOTE, patterns.BODY))
        if first_of_list or closes:
            found.update(range(at, known))
            known = at
        elif _FILE_NAME.search(titled["title"]):
            found.add(at)
    return frozenset(found)


def _sent(lines: list[str], numbered: list[int]) -> dict[int, str]:
    """Where the text that a letter sends starts: the first title behind the letter's words or behind its signature."""
    found: dict[int, str] = {}
    letter = next((at for at, line in enumerate(lines) if len(line) > 8 and _LETTER.search(line)), None)
    if letter is not None and not (numbered and numbered[0] < letter):
        head = lines[letter + 1 : numbered[0] if numbered else len(lines)]
        found = dict([(letter + 1 + first, words) for first, _, words in titles(head)][:1])
    for signature in signatures(lines):
        behind = _end(lines, signature.line)
        if (letter is not None and letter < behind) or (numbered and numbered[0] < behind):
            below = titles(lines[behind : behind + 4])
            if below and below[0][0] == 0:
                found[behind] = below[0][2]
    return {at: words if len(words) <= _LONGEST_TITLE else lines[at] for at, words in found.items()}


def _end(lines: list[str], first: int) -> int:
    """The line behind a signature that starts on line ``first``, notes on its publication included."""
    at = first
    while at < len(lines) and only_day(lines[at]) is None:
        at += 1
    at += 1
    while at < len(lines) and patterns.CLOSING_NOTE.find(lines[at]):
        at += 1
    return at
