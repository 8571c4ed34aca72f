"""Which parts a file has besides its clauses (a letter and what it sends, enclosures, lists of them, signatures), and
the responsible bodies (责任单位) that a clause names at its end."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.corpus import metadata_patterns as patterns
from analysis.corpus.headings_and_days import MARKER, only_day
from analysis.corpus.headlines import Signature, signatures, titles

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
    signed = signatures(lines)
    sent = _sent(lines, numbered, signed)
    # The title below the word 附件 is part of that enclosure.
    starts |= {at: words for at, words in sent.items() if at not in starts and at - 1 not in starts}
    heads, last = sorted(starts), -1
    for signature in signed:
        number, head = bisect_left(numbered, signature.line), bisect_right(heads, signature.line)
        opened = max(heads[head - 1] if head else -1, last)
        if number and numbered[number - 1] > opened and (signature.end >= len(lines) or signature.end in starts):
            starts[signature.line] = ""
            last = signature.line
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


def _sent(lines: list[str], numbered: list[int], signed: list[Signature]) -> dict[int, str]:
    """Where the text that a letter sends starts: the first title behind the letter's words or behind its signature."""
    found: dict[int, str] = {}
    letter = next((at for at, line in enumerate(lines) if len(line) > 8 and _LETTER.search(line)), None)
    if letter is not None and not (numbered and numbered[0] < letter):
        head = lines[letter + 1 : numbered[0] if numbered else len(lines)]
        found = dict([(letter + 1 + first, words) for first, _, words in titles(head)][:1])
    for behind in (signature.end for signature in signed):
        if (letter is not None and letter < behind) or (numbered and numbered[0] < behind):
            below = titles(lines[behind : behind + 4])
            if below and below[0][0] == 0:
                found[behind] = below[0][2]
    return {at: words if len(words) <= _LONGEST_TITLE else lines[at] for at, words in found.items()}


_CLOSING = re.compile(r"[（(]((?:[^（()）\n]|[（(][^（()）\n]*[）)])*)[）)][。；]?\s*$")
# The document number of the measure that a digest quotes, before the bodies.
_SOURCE = re.compile(r"^[\u3400-\u9fff]{2,8}[〔\[]\d{4}[〕\]]\d{1,4}号[，；、\s]*")
_ROLE = "责任|牵头|配合|参加|参与|负责|主办|协办|落实"
_LABEL = re.compile(rf"^(?:(?:{_ROLE}|第一责任)(?:单位|部门)?[：:]|(?:{_ROLE})(?:单位|部门))\s*")
_DUTIES = re.compile(
    r"(?:等?(?:有关|相关)?(?:部门|单位))?(?:按照?(?:各自)?(?:职责|任务|职能)(?:分工)?)?(?:分别|共同|协同)?"
    r"(?:牵头|配合|参与)?(?:负责|落实|推进)$|按照?(?:各自)?职责(?:分工)?$|(?:牵头|配合|参与|参加)$"
)
# What the name of a body ends with: always, and only where the brackets say that these are the responsible ones.
_OFFICE = r"厅|局|委|办|部|政府|办公室|委员会|管委会|党组|科协|总工会|工商联|专班"
_BODY = re.compile(
    rf"(?:{_OFFICE}|院|署|社|会|中心|银行|集团|公司|单位|部门|机构|高校|企业|[市县区州地]|（[市县区、州]+）)$"
)
_PLAIN_BODY = re.compile(rf"(?:{_OFFICE})$")
_NO_BODY = re.compile(r"以下|简称|包括|不?含|如|即|例如|原|详见|见|试行|暂行")
_PLACE = re.compile(r"^各(?:有关|相关)?(?:省辖)?[市县区州地盟旗]$")


def closing_bodies(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """For each clause text of one document the bodies in its closing brackets; () where there are none.

    Bodies are divided by ，and 、. A list that is divided by ，throughout shows which names contain 、 themselves
    (one office with two names); they stay whole wherever the same document names them.
    """
    found = [_CLOSING.search(text[-400:]) for text in texts]
    inner = [_SOURCE.sub("", words.group(1).strip()) if words else "" for words in found]
    double = {name for words in inner for name in _double_names(words)}
    return [_names(words, double) for words in inner]


def _double_names(words: str) -> list[str]:
    pieces = words.split("，")
    double = [piece for piece in pieces if piece.count("、") == 1 and not _DUTIES.search(piece)]
    return double if len(pieces) >= 3 and 2 * len(double) < len(pieces) else []


def _names(words: str, double: set[str]) -> tuple[str, ...]:
    """The names in the words of one pair of brackets; () unless every one looks like a body."""
    if not words or _NO_BODY.match(words):
        return ()
    named = bool(_LABEL.match(words) or _DUTIES.search(words))
    names: list[str] = []
    for piece in re.split("[，；,;。]", words):
        bare = _DUTIES.sub("", _LABEL.sub("", piece.strip()))
        named = named or bare != piece.strip()
        names += [bare] if bare in double else _divided(bare)
    body = _BODY if named else _PLAIN_BODY
    if not all(2 <= len(name) <= 30 and body.search(name) for name in names):
        return ()
    return tuple(names)


def _divided(words: str) -> list[str]:
    """Names divided by 、; 各有关市、县级政府 is one."""
    names: list[str] = []
    for piece in re.split(r"、(?![^（]*）)", words):
        if names and _PLACE.match(names[-1]) and not piece.startswith("各"):
            names[-1] += f"、{piece}"
        else:
            names.append(_DUTIES.sub("", piece))
    return names
