"""Sums and rates that belong to one each of the receivers or grades named: 分别给予50万元、20万元.

A list is told by 分别, or by numbers of one kind with nothing but a mark or a short label between them
(一次性给予奖励300万元、150万元、50万元 · 奖励国家级50万元和省级20万元). A ceiling before the first holds for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from analysis.extract import incentive_patterns as patterns
from analysis.extract.evidence import LIMITING
from analysis.extract.quantities import in_wan
from analysis.extract.required import is_required_share, is_threshold
from analysis.extract.sentences import Part
from analysis.extract.statements import Statement, states
from analysis.model import Comparator, Quantity


def respective(part: Part, numbers: Sequence[Quantity], statement: Statement) -> list[Quantity]:
    """The numbers of the list that begins in ``part``, with the binding of the first; fewer than two: no list."""
    mark = max(part.text.find("分别"), part.text.find("分別"))
    if mark >= 0:
        members = _of_one_kind([number for number in numbers if number.start > part.start + mark])
        members = members or _side_by_side(part, numbers)  # 按5%、8%分别给予补助
    elif states(part) or any(number.comparator in LIMITING for number in numbers[:1]):
        members = _side_by_side(part, numbers)
    else:
        return []
    if members and members[-1].dimension == "money":
        members += _going_on(members[-1], part, statement)
    if len(members) < 2 and mark < 0:
        return []
    required = is_threshold if members and members[0].dimension == "money" else is_required_share
    if any(required(number, part) for number in members):
        return []
    return [_bound_as(members[0], number) for number in members]


def steps(statement: Statement, several: Sequence[Quantity]) -> list[Decimal | None] | None:
    """10亿元、50亿元、100亿元的，分别给予…: the thresholds that the sums answer, else None.

    A step that is bounded from above only (5000万元以下) has no threshold.
    """
    for before in statement.parts:
        money = [
            number for number in before.quantities if number.dimension == "money" and number.end <= several[0].start
        ]
        asked = not states(before) or all(is_threshold(number, before) for number in money)
        if asked and len(money) == len(several) > 1:
            return [None if number.comparator in LIMITING else in_wan(number) for number in money]
    return None


def _of_one_kind(behind: Sequence[Quantity]) -> list[Quantity]:
    """Numbers of the kind of the first; a ceiling behind plain sums is no member."""
    if not behind:
        return []
    first = behind[0]
    bounded = first.comparator in LIMITING
    return [
        number
        for number in behind
        if number.dimension == first.dimension and (bounded or number.comparator not in LIMITING)
    ]


def _side_by_side(part: Part, numbers: Sequence[Quantity]) -> list[Quantity]:
    """The first run of numbers of one kind with nothing but a mark or a label between them."""
    gap = patterns.LIST_GAP
    run: list[Quantity] = []
    for number in numbers:
        between = part.text[run[-1].end - part.start : number.start - part.start] if run else ""
        if run and (number.dimension != run[0].dimension or not gap.find(between)):
            if len(run) > 1:
                break
            run = []
        run.append(number)
    return _of_one_kind(run) if len(run) > 1 else []


def _going_on(last: Quantity, part: Part, statement: Statement) -> list[Quantity]:
    """Sums at the head of the next parts, behind a comma, and their lists: 20万元，5万元和2万元的奖励."""
    found: list[Quantity] = []
    end = last.end
    for following in statement.parts[statement.parts.index(part) + 1 :]:
        head = following.quantities[0] if following.quantities else None
        if head is None or head.start != following.start or end + 1 != following.start:
            break
        if head.dimension != last.dimension or head.comparator is not Comparator.EQ:
            break
        found += _side_by_side(following, following.quantities) or [head]
        end = found[-1].end
    return found


def _bound_as(first: Quantity, number: Quantity) -> Quantity:
    """最高15万元、7万元: what bounds the first bounds all."""
    return replace(number, comparator=first.comparator) if number.comparator is Comparator.EQ else number
