"""Responsible bodies (责任单位) that a clause names at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CLOSING = re.compile(r"[（(]((?:[^（()）\n]|[（(][^（()）\n]*[）)])*)[）)][。；]?\s*$")
_LABEL = re.compile(r"^(?:责任单位|牵头单位|责任部门|牵头部门|配合单位|配合部门|参加单位|负责单位)[：:]\s*")
# The document number of the measure that a digest quotes, before the bodies.
_SOURCE = re.compile(r"^[\u3400-\u9fff]{2,8}[〔\[]\d{4}[〕\]]\d{1,4}号[，；、\s]*")
_DUTIES = re.compile(
    r"(?:等?(?:有关)?(?:部门|单位))?(?:按照?(?:各自)?(?:职责|任务|职能)(?:分工)?)?(?:分别)?"
    r"(?:牵头|配合|参与|共同|协同)?(?:负责|落实|推进)$|按照?职责分工$|(?:牵头|配合|参与)$"
)
# The last characters of the name of a body.
_BODY = re.compile(
    r"(?:厅|局|委|部|办|会|院|府|署|社|所|校|处|科协|银行|税务|海关|中心|公司|集团|单位|部门|机构|专班|高校|企业|市|县|区|州|地"
    r"|市（州）|县（市、区）|（市、区）)$"
)
_PLACE = re.compile(r"^各(?:有关|相关)?(?:省辖)?[市县区州地盟旗]$")


def closing_bodies(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """For each clause text of one document the bodies in its closing brackets; () where there are none.

    Bodies are divided by ，where the brackets use it and by 、 otherwise. A name that itself contains 、 (one office
    with two names) is known from the brackets of the same document that use ，.
    """
    inner = [_inner(text) for text in texts]
    double = {
        piece for words in inner if "，" in words for piece in re.split("[，；]", words) if piece.count("、") == 1
    }
    return [_names(words, double) for words in inner]


def _inner(text: str) -> str:
    found = _CLOSING.search(text[-400:])
    if not found:
        return ""
    words = _LABEL.sub("", _SOURCE.sub("", found.group(1).strip()))
    return _DUTIES.sub("", words)


def _names(words: str, double: set[str]) -> tuple[str, ...]:
    if not words:
        return ()
    names: list[str] = []
    for piece in re.split("[，；,;]", words) if re.search("[，；,;]", words) else _by_comma(words, double):
        names.append(_DUTIES.sub("", _LABEL.sub("", piece.strip())))
    if not all(_BODY.search(name) and 2 <= len(name) <= 30 for name in names):
        return ()
    return tuple(names)


def _by_comma(words: str, double: set[str]) -> list[str]:
    for name in double:
        words = words.replace(name, name.replace("、", "\\0"))
    pieces: list[str] = []
    for piece in re.split(r"、(?![^（]*）)", words):
        if pieces and _PLACE.match(pieces[-1]) and not piece.startswith("各"):
            pieces[-1] += "、" + piece  # 各有关市、县级政府 is one body
        else:
            pieces.append(piece)
    return [piece.replace("\\0", "、") for piece in pieces]
