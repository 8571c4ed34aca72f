"""Responsible bodies (责任单位) that a clause names at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
