"""A draft beside other texts: what all of them have and it lacks, where it is looser or tighter (X1–X3).

``Draft.peers`` are texts of other places, ``Draft.earlier`` is an earlier one of the same place. All findings are
notes: another place is no measure of what is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analysis.grammar import grammar
from analysis.lint.clause_differences import Difference, Side, differences, for_all_clauses
from analysis.lint.draft import Draft
from analysis.lint.findings import Beside, Force, Found, Severity, Source
from analysis.lint.lines import Role
from analysis.lint.registry import Family, rule
from analysis.lint.sources import PRACTICE
from analysis.model import Clause, Reading, TextKind
from analysis.similar.nearest import nearest

_NEAR = 0.3  # cosine from which two clauses are about the same
_CLOSE = 0.5  # the same where they give nothing of one kind
_COMPARED = (TextKind.NORMATIVE, TextKind.PLAN, TextKind.UNKNOWN)  # calls and statutes need not have what these have
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
_GIVING = (
    "关于丁市技术转移的措施\n　　一、奖励\n　　（一）奖励交易服务。对在本市登记注册、与卖方无关联关系的技术转移机构，"
    "促成技术交易的，给予一次性奖励，最高20万元，同一项目不重复奖励。申请人应当在交易完成后6个月内申请。\n"
)
_WIDER = (
    "关于丙地技术转移的措施\n　　一、奖励\n　　（一）奖励交易服务。对省内技术转移机构和技术经理人，促成技术交易的，"
    "给予奖励，最高20万元。申请人应当在交易完成后12个月内申请。\n"
)
_SAME_LIMITS = (
    "关于丙地技术转移的措施\n　　一、奖励\n　　（一）奖励交易服务。注册地在本市的技术转移机构，促成非关联交易的，"
    "给予一次性最高20万元奖励，不重复享受。申请人应当在交易完成后6个月内申请。\n"
)
_SAID_ONCE = (
    "关于丙地技术转移的措施\n　　一、支持对象\n　　本措施支持在本市注册的机构，交易双方应当没有关联关系，就高不重复。\n"
    "　　二、奖励\n　　（一）奖励交易服务。对技术转移机构，促成技术交易的，给予一次性奖励，最高20万元。"
    "申请人应当在交易完成后6个月内申请。\n"
)
_OTHER_DEED = (
    "关于丙地技术转移的措施\n　　一、平台\n　　（一）建设平台。支持高校建设概念验证中心，每年办技术交易活动20场。\n"
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
    bad=(_OTHERWISE, _WIDER),
    good=(_ALIKE, _SAME_LIMITS, _SAID_ONCE, _OTHER_DEED, "　　建设技术市场。\n"),
    beside=(*_TWO, _GIVING),
)
def beside_peers(draft: Draft) -> Iterator[Found]:
    """Each clause held against the nearest clause of other places: verbs, values, scope and conditions."""
    yield from _held_against(draft, draft.peers)


@rule(
    "X3",
    "与本地以前文件相近条款的松紧",
    Family.PEERS,
    Severity.INFO,
    why="比本地以前的文件更宽或更严，公众和企业会问为什么。",
    source=Source("本地以前的文件", "", PRACTICE.force),
    bad=(_WIDER, _WIDER.replace("技术转移机构和技术经理人", "技术转移机构")),
    good=(_SAME_LIMITS, _SAID_ONCE, _OTHER_DEED, "　　建设技术市场。\n"),
    beside=(_GIVING,),
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
    limits = {id(each): for_all_clauses(each) for each in (draft.reading, *others)} if known else {}
    for clause, found in zip(own, near, strict=True):
        for each in found:
            reading, other = known[each.index]
            mine = Side(draft.reading, clause, limits[id(draft.reading)])
            theirs = Side(reading, other, limits[id(reading)])
            for difference in differences(mine, theirs, close=each.similarity >= _CLOSE):
                yield _told(draft, mine, theirs, difference)


def _told(draft: Draft, mine: Side, theirs: Side, difference: Difference) -> Found:
    """A difference at the clause of the draft, with the other clause beside it."""
    clause, other = mine.clause, theirs.clause
    start, end = draft.text_span(clause.start, clause.start + max(len(clause.text.rstrip()), 1))
    message = difference.sentence(_place(theirs.reading, other))
    text = other.text.strip()[:_SHOWN]
    words = (difference.ours, difference.theirs)
    beside = Beside(theirs.reading.document.id, _name(theirs.reading), other.path, text, *words)
    return Found(start, end, message, "", about=f"{clause.heading}:{message}", beside=beside)


def _name(reading: Reading) -> str:
    card = reading.document.card
    return f"{card.region or ''}{card.counted_year or ''}《{card.title}》"


def _place(reading: Reading, clause: Clause) -> str:
    card = reading.document.card
    return f"{card.region or card.title}{card.counted_year or ''}“{clause.path or clause.heading}”"
