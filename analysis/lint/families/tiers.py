"""Tiers of one measure that overlap or leave a hole (P14)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.lint.draft import Draft
from analysis.lint.findings import Force, Found, Severity, Source
from analysis.lint.registry import Family, rule
from analysis.lint.tier_lists import Seam, at_seam, tier_lists

_CIVIL_CODE = Source("民法典", "第一千二百五十九条（类推适用）", Force.RULED)
_PLAIN = Source("词语通常含义", "", Force.PRACTICE)
_LIST = "　　第三条　按照年度成交额分档奖励：\n　　（一）{one}，奖励2万元；\n　　（二）{two}，奖励6万元。\n"


@rule(
    "P14",
    "分档衔接",
    Family.CONTENT,
    Severity.WARNING,
    why="“以上”“以下”“以内”包括本数，“不满”“超过”不包括本数，分档既不能重叠也不能留空，否则临界的一方无法确定适用哪一档。",
    source=_CIVIL_CODE,
    bad=(
        _LIST.format(one="300万元以上800万元以下的", two="800万元以上的"),
        _LIST.format(one="不满300万元的", two="超过300万元的"),
        _LIST.format(one="100万元以上300万元以下的", two="400万元以上的"),
        "　　服务企业20家以下的，补助5万元；20家以上50家以下的，补助12万元；超过50家的，补助20万元。\n",
        _LIST.format(one="100万元（含）至300万元（含）的", two="300万元（含）至900万元（不含）的"),
        "　　考核90分以上为优秀，80分以上90分以下的为良好，80分以下的为一般。\n",
    ),
    good=(
        _LIST.format(one="300万元以上不满800万元的", two="800万元以上的"),
        _LIST.format(one="300万元以下的", two="超过300万元的"),
        _LIST.format(one="达到300万元的", two="达到800万元的"),
        _LIST.format(one="100万元（含）至300万元的", two="300万元（不含）以上的"),
        _LIST.format(one="100万元（含）至300万元（不含）的", two="300万元及以上的"),
        "活动\t时间\n路演\t6月3日—4日\n展览\t6月8日—12日\n　　以上安排可以调整。\n",
        "　　年服务收入超过400万元的，给予运营补贴，最高90万元，用于设备更新。\n",
        "　　年服务收入超过400万元的，给予运营补贴，每家机构不超过90万元。\n",
        "　　服务企业1—5家的，补助5万元；6—10家的，补助12万元。\n",
        "　　实际成交额100万元以下的按10%补助，100万元至500万元的按超额累退5%补助。\n",
        "　　年收入500万元以下的企业，最高补助20万元；从业人员50人以上的，另补助5万元。\n",
    ),
)
def seams(draft: Draft) -> Iterator[Found]:
    """Neighbouring tiers of one list that both hold a value, or of which neither does."""
    for tiers in tier_lists(draft):
        for seam in tiers.seams:
            if not _by_part(draft, seam):
                yield _found(seam)


def _by_part(draft: Draft, seam: Seam) -> bool:
    """Whether each tier is paid for its own part of a sum (超额累退): then a value at the seam makes no difference."""
    near = draft.text[max(seam.below.start - 40, 0) : seam.above.end + 40]
    return seam.low == seam.high and re.search("超[额額]累[进退進]", near[:400]) is not None


def _found(seam: Seam) -> Found:
    later, former = sorted((seam.below, seam.above), key=lambda tier: tier.start, reverse=True)
    where = at_seam(seam)
    fault = f"{where}同时落在两档" if seam.overlap else f"{where}没有落在任何一档"
    message = f"{seam.below.words}与{seam.above.words}：{fault}（{seam.below.shown}与{seam.above.shown}）"
    suggestion = (
        "一档含本数、相邻一档不含本数，如“不满…”与“…以上”" if seam.low == seam.high else "调整两档的界限，使其首尾相接"
    )
    place = ((former.start, former.end),)
    if seam.unsure:
        return Found(later.start, later.end, message, suggestion, place, severity=Severity.INFO, source=_PLAIN)
    return Found(later.start, later.end, message, suggestion, place)
