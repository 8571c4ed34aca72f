"""How a draft is put to the public: the period for comments (Q1–Q4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from analysis.corpus.headings_and_days import days
from analysis.lint.draft import Draft
from analysis.lint.findings import Force, Found, Severity, Source
from analysis.lint.registry import Family, rule

_LEAST = 30  # days
_PERIOD = re.compile(r"征求意见(?:的)?(?:时间|期限|期)|意见(?:反馈|征集)(?:时间|期限)|公示(?:时间|期)")


@rule(
    "Q4",
    "公开征求意见的期限",
    Family.SUPERIOR,
    Severity.WARNING,
    why="与市场主体生产经营活动密切相关的行政规范性文件，向社会公开征求意见的期限一般不少于30日。",
    source=Source("优化营商环境条例", "第六十二条", Force.RULED),
    bad=("　　征求意见时间为2026年3月1日至2026年3月10日。\n",),
    good=("　　实施期限为2026年3月1日至2026年3月10日。\n", "　　征求意见后于2026年3月10日印发。\n"),
)
def comment_period(draft: Draft) -> Iterator[Found]:
    """The period for comments in days, both ends counted; a note where it is long enough."""
    for line in draft.body():
        for match in _PERIOD.finditer(line.text):
            rest = line.text[match.end() : match.end() + 60]
            found = [day for day in days(rest) if day.whole]
            if len(found) < 2 or re.search("[。；]", rest[: found[1].start]):
                continue
            count = (date.fromisoformat(found[1].iso) - date.fromisoformat(found[0].iso)).days + 1
            if count < 1:
                continue
            start, end = line.start + match.start(), line.start + match.end() + found[1].end
            if count >= _LEAST:
                message = f"征求意见期共{count}日，不少于{_LEAST}日"
                yield Found(start, end, message, "", severity=Severity.INFO)
            else:
                message = f"征求意见期共{count}日，少于{_LEAST}日"
                yield Found(start, end, message, "延长期限，或在公告里说明缩短的理由")
