"""Words that a site has disguised against copying, and digits that a reader of scans took for letters.

最1高, 科1技 and 最*高 hold a sign that belongs to no word: it is deleted. 不*过 lacks its 超 and 2O万元 its 0: there
one character stands for the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# A lone sign inside a word that is never parted.
_INTRUDER = re.compile(
    r"最[1l*·.](?=[高低大多少优佳新])|科[1l*·](?=技)|技[1l*·](?=部门)|国[1l*·](?=家级)|第[l*·](?=一)"
)
_MASKED = re.compile(r"不\*(?=过)")
_ZERO = re.compile(r"(\d)([Oo]{1,12})(?=[\dOo]{0,12}(?:[.,]\d{1,12})?[ ]?(?:[万亿千百元%％家项个名人]))")


def intruders(text: str) -> Iterator[tuple[int, int]]:
    """Where a sign stands that belongs to no word.

    >>> list(intruders("最1高50万元"))
    [(1, 2)]
    """
    return ((found.start() + 1, found.end()) for found in _INTRUDER.finditer(text))


def restored(text: str) -> str:
    """``text`` with what stands for another character put back, one for one.

    >>> restored("不*过2O万元，O型血")
    '不超过20万元，O型血'
    """
    return _ZERO.sub(lambda found: found[1] + "0" * len(found[2]), _MASKED.sub("不超", text))
