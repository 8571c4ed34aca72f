"""Rows of a table that became lines: cells parted by spaces, a number with its unit last."""

from __future__ import annotations

import re

_HAN = "\u3400-\u9fff"
_CELL = rf"[{_HAN}]{{2}}[^\n。；，、：≥≤＞＜ ]{{0,30}}"
# 一级指标 新增高新技术企业数量 ≥6家: at least two cells of words, none of them a lone character.
_ROW = re.compile(
    rf"^[ ]*(?:{_CELL}[ ]+){{1,7}}{_CELL}"
    r"(?:[ ]*[≥≤＞＜][ ]*|[ ]+(?:[><=][ ]*)?)\d[\d,.]*"
    rf"[ ]?(?:[%‰]|[{_HAN}]{{0,4}})[ ]*$",
    re.M,
)
_GAP = re.compile(f"[{_HAN}][ ]+[{_HAN}]")
_SIGN = re.compile("[≥≤＞＜]")
# A sentence from a scan with spaces in it says so by a verb, which is no cell.
_VERBS = "达到|超过|突破|完成|实现|建成|建设|培育|新增|力争|不低于|不少于|高于|提高到?|给予|最高"
_SAYS = re.compile(rf"(?:^|[ ])(?:{_VERBS})(?=[ \d])|年[底末]?[ ]")


def rows(text: str) -> list[tuple[int, int]]:
    """The spans of lines that are rows: at least two of them, or one whose number has a sign of comparison."""
    if not _GAP.search(text):
        return []
    found = [hit for hit in _ROW.finditer(text) if not _SAYS.search(hit.group())]
    if len(found) < 2 and not any(_SIGN.search(hit.group()) for hit in found):
        return []
    return [hit.span() for hit in found]
