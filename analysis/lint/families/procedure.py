"""How a draft is put to the public: the period for comments (Q1–Q4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from analysis.lint.draft import Draft
from analysis.lint.findings import Force, Found, Severity, Source
from analysis.lint.registry import Family, rule

_LEAST = 30  # days
_FROM_TO = re.compile(
    r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日起?(?:[（(][^（）()]{1,6}[）)])?\s?(?:至|到|—{1,2}|[-－～~])\s?"
    r"(?:(?P<year2>\d{4})年)?(?:(?P<month2>\d{1,2})月)?(?P<day2>\d{1,2})日"
)
_PERIOD = re.compile(r"征求意见(?:的)?(?:时间|期限|期)|意见(?:反馈|征集)(?:时间|期限)|公示(?:时间|期)")


@rule(
    "Q4",
    "公开征求意见的期限",
    Family.SUPERIOR,
    Severity.WARNING,
    why="与市场主体生产经营活动密切相关的行政规范性文件，向社会公开征求意见的期限一般不少于30日。",
    source=Source("优化营商环境条例", "第六十二条", Force.RULED),
    bad=("　　征求意见时间为2026年3月1日至2026年3月10日。\n", "　　意见反馈期限：2026年3月1日至3月15日。\n"),
    good=("　　实施期限为2026年3月1日至2026年3月10日。\n", "　　征求意见后于2026年3月10日印发。\n"),
)
def comment_period(draft: Draft) -> Iterator[Found]:
    """The period for comments in days, both ends counted; a note where it is long enough."""
    for line in draft.body():
        for match in _PERIOD.finditer(line.text):
            dates = _FROM_TO.search(line.text, match.end(), match.end() + 60)
            count = _length(dates) if dates and not re.search("[。；]", line.text[match.end() : dates.start()]) else 0
            if dates is None or count < 1:
                continue
            start, end = line.start + match.start(), line.start + dates.end()
            if count >= _LEAST:
                yield Found(start, end, f"征求意见期共{count}日，不少于{_LEAST}日", "", severity=Severity.INFO)
            else:
                remedy = "延长期限，或在公告里说明缩短的理由"
                yield Found(start, end, f"征求意见期共{count}日，少于{_LEAST}日", remedy)


def _length(dates: re.Match[str]) -> int:
    """Days from the first to the second date, both counted; a second one without year or month takes the first's."""
    try:
        first = date(int(dates["year"]), int(dates["month"]), int(dates["day"]))
        last = date(int(dates["year2"] or first.year), int(dates["month2"] or first.month), int(dates["day2"]))
    except ValueError:  # no such day
        return 0
    return (last - first).days + 1
