"""Enclosures: the list in the body against what is enclosed (N10)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from analysis.corpus.headings_and_days import ordinal
from analysis.lint.draft import Draft
from analysis.lint.findings import Change, Found, Severity
from analysis.lint.lines import Line, Role
from analysis.lint.registry import Family, rule
from analysis.lint.sources import layout_standard

_DIGITS = "〇零一二三四五六七八九十百"


_Named = tuple[Line, int, str]  # the line, the number, the name


def listed(draft: Draft) -> list[_Named]:
    """The enclosures that the body lists: line, number (1 where there is none), name."""
    found = []
    for line in draft.lines:
        if line.role is not Role.ENCLOSURE_LIST:
            continue
        words = re.sub(r"^附(?:件\s?\d{0,2})?[：:]\s?", "", line.text)
        number = re.match(r"(\d{1,2})\s?[.．、)）]\s?", words)
        found.append((line, int(number[1]) if number else 1, words[number.end() :] if number else words))
    return found


@rule(
    "N10",
    "附件说明与附件一致",
    Family.REFERENCES,
    Severity.ERROR,
    why="附件的顺序号、名称要与附件说明一致；单个附件不编号，名称后不加标点。",
    source=layout_standard("7.3.4、7.3.7"),
    bad=(
        "　　请填报附表。\n附件：1.申报表\n2.成果清单\n\n附件1\n申报表\n姓名\n\n附件2\n需求清单\n姓名\n",
        "　　请填报附表。\n附件：1.申报表。\n2.成果清单。\n",
        "　　请填报附表。\n附件：1.申报表\n\n省科技厅\n2026年3月2日\n",
        "　　请填报附表。\n附件：1、申报表\n2、成果清单\n",
        "　　请填报附表。\n附件：1.申报表\n2）成果清单\n\n附件1\n申报表\n姓名\n\n附件2\n成果清单\n姓名\n",
        "　　请填报附表。\n附件:1.申报表\n2.成果清单\n",
        "　　请填报附表。\n附件1：申报表\n\n省科技厅\n2026年3月2日\n",
        "　　请填报附表。\n附件：1.申报表\n2.成果清单\n\n附件1\n申报表\n姓名\n\n附件3\n成果清单\n姓名\n",
    ),
    good=(
        "　　请填报附表。\n附件：1.申报表\n2.成果清单\n\n附件1\n申报表\n姓名\n\n附件2\n成果清单\n姓名\n",
        "　　请填报附表。\n附件：申报表\n\n省科技厅\n2026年3月2日\n",
        "　　现印发方案。\n附件：实施方案.docx\n\n省科技厅\n2026年3月2日\n\n附件\n实施方案\n　　一、目标\n",
    ),
)
def enclosures(draft: Draft) -> Iterator[Found]:
    """The list of enclosures against the enclosures, and its marks (warnings)."""
    named = listed(draft)
    yield from _marks(named)
    titles = _titles(draft)
    wrong = dict(_misnumbered(named, titles)) if len(named) > 1 else {}
    for number, (line, right, _) in wrong.items():
        above = _above(draft, titles[number][0])
        message = f"附件说明里这是附件{right}，此处写作附件{number}"
        yield Found(above.start, above.end, message, f"改为“附件{right}”", ((line.start, line.end),))
    for line, number, name in named:
        below = titles.get(number)
        if below and _bare(name) not in _bare("".join(each.text for each in below)):
            title = below[0]
            message = f"附件说明写“{name}”，附件{number}的标题是“{title.text}”"
            yield Found(line.start, line.end, message, "改为一致", ((title.start, title.end),))
        elif (
            titles and number not in titles and len(named) > 1 and number not in {each for _, each, _ in wrong.values()}
        ):
            yield Found(line.start, line.end, f"附件说明列了附件{number}，文后没有", "补上附件，或删去说明")
    for number, below in titles.items():
        if len(named) > 1 and number not in {each for _, each, _ in named} and number not in wrong:
            yield Found(below[0].start, below[0].end, f"附件说明没有列附件{number}", "在附件说明里补上")


def _marks(named: Sequence[_Named]) -> Iterator[Found]:
    """Marks behind names and numbers of the list, and the number of an only enclosure."""
    for line, _, name in named:
        if name.endswith(("。", "；", "，", "、")):
            change = Change(line.end - 1, line.end, "")
            message = f"附件名称后多了“{name[-1]}”"
            yield Found(line.end - 1, line.end, message, "删去", changes=(change,), severity=Severity.WARNING)
        colon = re.match(r"附件?(:)(?=\s?\d{1,2}[.．、)）])", line.text)
        if colon:
            start, end = line.start + colon.start(1), line.start + colon.end(1)
            change = Change(start, end, "：")
            message = "“附件”之后用了半角冒号"
            yield Found(line.start, end, message, "改为全角“：”", changes=(change,), severity=Severity.WARNING)
        mark = re.match(r"(?:附件?[：:]\s?)?\d{1,2}\s?([．、)）])", line.text)
        if mark:
            start, end = line.start + mark.start(1), line.start + mark.end(1)
            message = f"附件顺序号之后用了“{mark[1]}”"
            yield Found(start, end, message, "改为“.”", changes=(Change(start, end, "."),), severity=Severity.WARNING)
    if len(named) == 1 and re.match(r"附件?(?:[：:]\s?1[.．、]|\s?1[：:])", named[0][0].text):
        line = named[0][0]
        yield Found(line.start, line.end, "只有一个附件时不编号", "删去“1”", severity=Severity.WARNING)
    elif inside := [line for line, *_ in named if re.match(r"附件\s?\d{1,2}[：:]", line.text)]:
        message = "附件说明写作“附件：1.……”，顺序号不写在“附件”二字后面"
        places = tuple((line.start, line.end) for line in inside[1:])
        yield Found(inside[0].start, inside[0].end, message, "改为“附件：1.”", places, severity=Severity.WARNING)


def _misnumbered(named: Sequence[_Named], titles: Mapping[int, list[Line]]) -> Iterator[tuple[int, _Named]]:
    """附件3 above the title that the body lists as 附件2: the number as written, and the entry that it should have."""
    numbers = {number for _, number, _ in named}
    for number, below in titles.items():
        if number not in numbers:
            title = _bare("".join(each.text for each in below[:2]))
            meant = (each for each in named if each[1] not in titles and title.startswith(_bare(each[2])))
            yield from ((number, each) for each in list(meant)[:1])


def _above(draft: Draft, title: Line) -> Line:
    """The line 附件3 above a title."""
    return next(line for line in reversed(draft.lines[: title.index]) if line.role is Role.ENCLOSURE)


def _titles(draft: Draft) -> dict[int, list[Line]]:
    """The lines below 附件1, by its number: its title, perhaps over several lines."""
    found: dict[int, list[Line]] = {}
    for line in draft.lines:
        if line.role is not Role.ENCLOSURE:
            continue
        digits = re.search(rf"[\d{_DIGITS}]+", line.text)
        below = [each for each in draft.lines[line.index + 1 : line.index + 5] if each.text]
        if below and below[0].role is not Role.CELL:
            found[(ordinal(digits[0]) or 1) if digits else 1] = below
    return found


def _bare(name: str) -> str:
    return re.sub(r"\.(?:docx?|pdf|xlsx?|wps|ofd|zip|rar)$|[\s（）()《》“”·、，。；：—-]|样表|模板|格式", "", name)
