"""A draft beside other texts: what all of them have and it lacks, where it is looser or tighter (X1–X3).

``Draft.peers`` are texts of other places, ``Draft.earlier`` is an earlier one of the same place. All findings are
notes: another place is no measure of what is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from analysis.chinese_words import instrument_name
from analysis.grammar import grammar
from analysis.lint.draft import Draft
from analysis.lint.findings import Beside, Force, Found, Severity, Source
from analysis.lint.lines import Role
from analysis.lint.registry import Family, rule
from analysis.lint.sources import PRACTICE
from analysis.model import Clause, Incentive, Reading, TextKind
from analysis.similar.nearest import nearest

_NEAR = 0.3  # cosine from which two clauses are about the same
_COMPARED = (TextKind.NORMATIVE, TextKind.PLAN, TextKind.UNKNOWN)  # calls and statutes need not have what these have
_VERBS = {"必须": 3, "应当": 3, "确保": 3, "可以": 1, "鼓励": 1, "原则上": 2}
_STRONG = re.compile("|".join(_VERBS))
_SHOWN = 400  # characters of another text that are shown beside a clause
_TWO = (
    "关于甲地技术转移的意见\n　　一、目标\n　　到2025年，全省技术合同成交额达到300亿元。\n"
    "　　二、机构\n　　（一）建立机构。高等学校应当建立技术转移机构，对年度成交额超过1亿元的，给予最高100万元奖励。\n",
    "关于乙地技术转移的意见\n　　一、目标\n　　到2026年，全省技术合同成交额达到500亿元。\n"
    "　　二、人才\n　　（一）培养人才。每年培养技术经理人100名。\n",
)
_OTHERWISE = (
    "关于丙地技术转移的意见\n　　一、任务\n　　（一）建立机构。高等学校可以建立技术转移机构，"
    "对年度成交额超过1亿元的，给予最高60万元奖励。\n"
)
_COPIED = (
    "关于丙地技术转移的意见\n　　一、任务\n　　（一）建立机构。高等学校应当建立技术转移机构，"
    "对年度成交额超过1亿元的，给予最高100万元奖励。\n"
)
_ALIKE = _TWO[0].replace("甲地", "丙地")
_PEERS = Source("语料中同类文件", "", PRACTICE.force)


@rule(
    "X1",
    "同类文件都有而本稿没有的内容",
    Family.PEERS,
    Severity.INFO,
    why="同类文件都定了的目标和奖补，本稿没有，可能是有意，也可能是遗漏。",
    source=_PEERS,
    bad=("关于丙地技术转移的意见\n　　一、任务\n　　建设技术市场。\n",),
    good=("关于丙地技术转移的意见\n　　一、目标\n　　到2028年，全省技术合同成交额达到500亿元。\n",),
    beside=_TWO,
)
def lacking(draft: Draft) -> Iterator[Found]:
    """Indicators and classes of receivers that every one of two or more peers has, and the draft has not."""
    if len(draft.peers) < 2 or draft.reading.document.card.kind not in _COMPARED:
        return
    title = next((line for line in draft.lines if line.role is Role.TITLE), draft.lines[0])
    common = set.intersection(*(_topics(peer) for peer in draft.peers)) - _topics(draft.reading)
    names = {entry.id: entry.name for entry in grammar().indicators} | dict(grammar().receiver_names)
    for kind, topic in sorted(common):
        what = "目标" if kind == "target" else "奖补"
        message = f"对照的{len(draft.peers)}份文件都有“{names.get(topic, topic)}”的{what}，本稿没有"
        yield Found(title.start, title.end, message, "确认是否有意不写", about=f"{kind}:{topic}")


def _topics(reading: Reading) -> set[tuple[str, str]]:
    targets = {("target", row.indicator_id) for row in reading.targets if row.indicator_id}
    return targets | {("incentive", str(row.receiver)) for row in reading.incentives if str(row.receiver) != "other"}


@rule(
    "X2",
    "与同类文件相近条款的松紧",
    Family.PEERS,
    Severity.INFO,
    why="相近的条款在别处更严或更宽，起草人应当知道差在哪里。",
    source=_PEERS,
    bad=(_OTHERWISE,),
    good=(_ALIKE, "　　建设技术市场。\n"),
    beside=_TWO,
)
def beside_peers(draft: Draft) -> Iterator[Found]:
    """Each clause held against the nearest clause of other places: verbs and sums."""
    yield from _held_against(draft, draft.peers)


@rule(
    "X3",
    "与本地以前文件相近条款的松紧",
    Family.PEERS,
    Severity.INFO,
    why="比本地以前的文件更宽或更严，公众和企业会问为什么。",
    source=Source("本地以前的文件", "", PRACTICE.force),
    bad=(_OTHERWISE,),
    good=(_ALIKE, "　　建设技术市场。\n"),
    beside=_TWO,
)
def beside_earlier(draft: Draft) -> Iterator[Found]:
    """Each clause held against the nearest clause of the earlier text of the place."""
    yield from _held_against(draft, (draft.earlier,) if draft.earlier else ())


_LONG = 30  # characters from which a clause says enough to be copied
_MUCH = 0.3  # share of copied clauses from which it is said


@rule(
    "C8a",
    "照搬其他文件",
    Family.PEERS,
    Severity.WARNING,
    why="配套文件应当直接提出具体落实措施，不得简单照搬照抄上位文件。",
    source=Source("整治形式主义为基层减负若干规定", "第2条", Force.RULED),
    bad=(_COPIED,),
    good=(_OTHERWISE, "　　建设技术市场。\n"),
    beside=_TWO,
)
def copied(draft: Draft) -> Iterator[Found]:
    """The share of long clauses that stand word for word in other texts; their clauses are the places."""
    others = (*draft.peers, *((draft.earlier,) if draft.earlier else ()))
    known = {_bare(clause.text): reading for reading in others for clause in reading.clauses}
    long = [clause for clause in draft.reading.clauses if len(_bare(clause.text)) >= _LONG]
    same = [clause for clause in long if _bare(clause.text) in known]
    if not same or len(same) < _MUCH * len(long):
        return
    spans = [draft.text_span(clause.start, clause.start + len(clause.text.rstrip())) for clause in same]
    source = known[_bare(same[0].text)]
    message = f"{len(long)}条里有{len(same)}条与其他文件（如{_name(source)}）逐字相同"
    yield Found(*spans[0], message, "写明本地的具体落实措施", tuple(spans[1:]), about="照搬")


def _bare(text: str) -> str:
    return re.sub(r"^[（(]?[一二三四五六七八九十百\d]+[）)、.]|\s", "", text.strip())


def _held_against(draft: Draft, others: Sequence[Reading]) -> Iterator[Found]:
    own = [clause for clause in draft.reading.clauses if clause.level > 0 and len(clause.text) >= 20]
    known = [(reading, clause) for reading in others for clause in reading.clauses if clause.level > 0]
    near = nearest([clause.text for clause in own], [clause.text for _, clause in known], 1, _NEAR)
    for clause, found in zip(own, near, strict=True):
        for each in found:
            reading, other = known[each.index]
            for message in (*_verbs(clause, other, reading), *_sums(draft.reading, clause, reading, other)):
                start, end = draft.text_span(clause.start, clause.start + max(len(clause.text.rstrip()), 1))
                beside = Beside(reading.document.id, _name(reading), other.path, other.text.strip()[:_SHOWN])
                yield Found(start, end, message, "", about=f"{clause.heading}:{message}", beside=beside)


def _name(reading: Reading) -> str:
    card = reading.document.card
    return f"{card.region or ''}{card.counted_year or ''}《{card.title}》"


def _place(reading: Reading, clause: Clause) -> str:
    card = reading.document.card
    return f"{card.region or card.title}{card.counted_year or ''}“{clause.path or clause.heading}”"


def _verbs(own: Clause, other: Clause, reading: Reading) -> Iterator[str]:
    """One sentence where one clause binds and the other does not."""
    mine, theirs = (max(_STRONG.findall(text), key=_VERBS.__getitem__, default="") for text in (own.text, other.text))
    if mine and theirs and abs(_VERBS[mine] - _VERBS[theirs]) > 1:
        turn = "更宽" if _VERBS[mine] < _VERBS[theirs] else "更严"
        yield f"本条用“{mine}”，{_place(reading, other)}用“{theirs}”，本稿{turn}"


def _sums(mine: Reading, own: Clause, theirs: Reading, other: Clause) -> Iterator[str]:
    """One sentence for each sum of one kind that differs: the same instrument and receiver in both clauses."""
    there = [row for row in theirs.incentives if row.clause_index == other.index]
    for row in mine.incentives:
        if row.clause_index != own.index:
            continue
        same = [each for each in there if (each.instrument, each.receiver) == (row.instrument, row.receiver)]
        for name, unit, value in _numbers(row):
            others = [number for each in same for label, _, number in _numbers(each) if label == name]
            if len(others) == 1 and others[0] != value:
                turn = "低于" if value < others[0] else "高于"
                what = instrument_name(row.instrument)
                yield f"{what}{name}{value:f}{unit}，{turn}{_place(theirs, other)}的{others[0]:f}{unit}"


def _numbers(row: Incentive) -> Iterator[tuple[str, str, Decimal]]:
    """What an incentive gives: name, unit, value, in the units of the model."""
    for name, unit, value in (
        ("比例", "%", row.rate_percent),
        ("金额", "万元", row.amount_high_wan),
        ("单项封顶", "万元", row.cap_item_wan),
        ("年度封顶", "万元", row.cap_year_wan),
    ):
        if value is not None:
            yield name, unit, value
