"""A total in the line that leads into a list, against the sums of its items.

预算总额为3200万元，分配如下：（一）卖方补助1500万元；（二）买方补助1000万元；（三）机构补助900万元。
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from analysis.lint.draft import Draft
from analysis.lint.findings import Found
from analysis.lint.passages import Figure, Passage, Passages, rounded
from analysis.model import Comparator

_DIVIDED = re.compile("(?:分配|安排|构成|组成|分解|分别|用于|划分|其中|支出|投向)[^。；]{0,14}[：:]$")
_WHOLE = re.compile(r"(?:总额|总预算|总规模|规模|预算|总量|总数|共|合计|总计|总投资|安排|经费|资金)[^，。；\d]{0,10}$")
_NO_PART = re.compile("最高|不超过|每|单个|以上|以下|至少|不低于|不少于|上限")
_FEWEST = 2


def list_sums(draft: Draft) -> Iterator[Found]:
    """Totals that the items below their line do not come out as, where each item has one sum of the same kind."""
    by_line: dict[int, list[Passage]] = defaultdict(list)
    for passage in Passages(draft).lines():
        by_line[passage.line.index].append(passage)
    for index, (lead, *_) in by_line.items():
        if not _DIVIDED.search(lead.text.rstrip()):
            continue
        money = [each for each in lead.figures if each.counts]
        total = money[0] if len(money) == 1 else None
        if total is None or not _plain(total) or not _WHOLE.search(lead.text[: total.start][-20:]):
            continue
        parts = _parts(draft, index, by_line, total)
        summed = sum(figure.value for _, figure in parts)
        if len(parts) >= _FEWEST and summed != total.value:
            added = "+".join(rounded(figure.value / total.factor) for _, figure in parts)
            message = f"{added}={rounded(summed / total.factor)}{total.unit}，文中总数是{total.words}"
            places = tuple(passage.raw(figure.start, figure.end) for passage, figure in parts)
            yield Found(*lead.raw(total.start, total.end), message, "核对各项与总数，改正其中一个", places)


def _plain(figure: Figure) -> bool:
    return figure.comparator is Comparator.EQ and figure.high is None and figure.dimension != "percent"


def _parts(
    draft: Draft, index: int, by_line: dict[int, list[Passage]], total: Figure
) -> Sequence[tuple[Passage, Figure]]:
    """One figure of each item of the list right below a line; none where an item has another number of them."""
    parts: list[tuple[Passage, Figure]] = []
    siblings = -1
    for line in draft.lines[index + 1 : index + 40]:
        if not line.text:
            continue
        node = draft.node_at.get(line.index)
        if node is None or siblings not in (-1, node.siblings):
            break
        siblings = node.siblings
        passage = by_line.get(line.index, [None])[0]
        same = [each for each in passage.figures if each.same_kind(total)] if passage else []
        if passage is None or len(same) != 1 or not _plain(same[0]) or _NO_PART.search(passage.text):
            return []
        parts.append((passage, same[0]))
    return parts
