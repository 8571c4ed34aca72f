"""What is added or done year by year: 2026年、2027年分别新增20家、30家; 2026年培育机构20家、2027年培育机构35家."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.lint.passages import Figure, Passage

_DONE = "新增|新建|新培|新引|新认|新孵|新设|新组|培育|引进|认定|遴选|组建|建设|举办|完成|孵化|登记|签订"
_FLOWS = re.compile(_DONE)
_NO_FLOW = re.compile("..(?:[额量数率器]|载体|面积|规模)")
# (2027年、2028年)分别新增(20家、30家), (2027年、2028年)新增企业分别为(20家、30家)
_RESPECTIVELY = re.compile(
    rf"分别(?P<behind>(?:{_DONE})[^，。；、\d]{{1,16}})$|(?P<before>[^，。；、\d]{{3,16}})分别(?:为|达|达到)?$"
)
_BEFORE_YEARS = re.compile(
    rf"(?:^|[，。；：])(?:[全我本][省市区县])?(?P<what>(?:{_DONE})[^，。；、：\d]{{1,14}}?)(?:分别为)?$"
)
_NEXT = ("、", "，", "；", "和")


@dataclass(frozen=True, slots=True)
class Flow:
    """What is done, and its number in each year."""

    what: str
    years: tuple[tuple[int, Figure], ...]


def flows(passage: Passage) -> Iterator[Flow]:
    """The runs of years of a sentence that tell what is done in each."""
    if sum(each.dimension == "year" for each in passage.figures) > 1:
        yield from _respectively(passage)
        yield from _one_by_one(passage)


def is_flow(name: str) -> bool:
    """Whether a name tells what is done in a year, and no level: 新增企业."""
    return _FLOWS.match(name) is not None and _NO_FLOW.match(name) is None


def years_listed(passage: Passage, figures: Sequence[Figure]) -> list[Figure]:
    """The years at the end of a run of figures that stand side by side: 2026年、2027年."""
    years: list[Figure] = []
    for figure in reversed(figures):
        if figure.dimension != "year" or (years and passage.text[figure.end : years[0].start] not in _NEXT):
            break
        years.insert(0, figure)
    return years


def listed_with(passage: Passage, at: int) -> list[Figure]:
    """The figure at a place and those of its kind that follow side by side: 20家、30家."""
    run = [passage.figures[at]]
    for following in passage.figures[at + 1 :]:
        if passage.text[run[-1].end : following.start] not in _NEXT or not following.same_kind(run[0]):
            break
        run.append(following)
    return run


def _respectively(passage: Passage) -> Iterator[Flow]:
    for at, figure in enumerate(passage.figures):
        said = _RESPECTIVELY.search(passage.text, max(0, figure.start - 26), figure.start) if figure.counts else None
        if said is None:
            continue
        years, run = years_listed(passage, passage.figures[:at]), listed_with(passage, at)
        what = said["behind"] or said["before"].removeprefix("年").lstrip("，")
        if len(years) == len(run) > 1 and is_flow(what):
            yield Flow(what, tuple((int(year.value), each) for year, each in zip(years, run, strict=True)))


def _one_by_one(passage: Passage) -> Iterator[Flow]:
    run: list[tuple[int, Figure]] = []
    what, last = "", 0
    for year, figure in pairwise(passage.figures):
        if year.dimension != "year" or not figure.counts:
            continue
        between = passage.text[year.end : figure.start]
        if not run or passage.text[last : year.start] not in _NEXT:
            if len(run) > 1:
                yield Flow(what, tuple(run))
            run, what = [], _named(passage, year, between)
        last = figure.end
        if what and between in ("", "为", what):
            run.append((int(year.value), figure))
    if len(run) > 1:
        yield Flow(what, tuple(run))


def _named(passage: Passage, year: Figure, between: str) -> str:
    """What is done in each year, said behind its number or before the first; "" where nothing is."""
    head = None if between else _BEFORE_YEARS.search(passage.text, max(0, year.start - 24), year.start)
    what = head["what"] if head else between
    return what if len(what) <= 18 and is_flow(what) and not re.search("[，。；、：]|达", what) else ""
