"""How long a named period lasts, as levels: 公示期为7个工作日."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.lint.draft import Draft
from analysis.lint.levels import Level
from analysis.lint.passages import passages

_PERIOD = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{0,8}(?:公示期限?|公示时间|建设期限?|聘期|存续期限?|试用期限?|保护期限?))(?:一般)?(?:为|是|不少于|不超过)?$"
)


def periods(draft: Draft) -> Iterator[Level]:
    """The length of each period that a draft calls by name, whatever year it is."""
    for passage in passages(draft):
        for figure in passage.figures:
            if figure.dimension != "duration" or figure.high is not None:
                continue
            named = _PERIOD.search(passage.text[max(0, figure.start - 20) : figure.start])
            if named is not None:
                start, end = passage.raw(figure.start, figure.end)
                yield Level(
                    name=named["name"],
                    key=f"{named['name']}/{figure.unit}",
                    year=0,
                    named=True,
                    value=figure.value,
                    base=figure.base,
                    dimension="duration",
                    comparator=figure.comparator,
                    yearly=False,
                    words=figure.words,
                    start=start,
                    end=end,
                    sentence=passage.start,
                )
