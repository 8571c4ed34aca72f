"""What the lines below a statute's title tell of it: who passed, approved, revised and amended it, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analysis.corpus import metadata_patterns as patterns
from analysis.corpus.dates import days
from analysis.corpus.headlines import head_lines

_LINES = 12
AMENDED, REVISED, IN_FORCE = "修正", "修订", "施行"


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its day (ISO), what was done, the body that met ("" where none is named) and the words."""

    day: str
    done: str
    body: str
    words: str


def history(lines: list[str]) -> list[Act]:
    """Every act that the preamble tells, in its order; [] for texts without one."""
    found: list[Act] = []
    for line in head_lines(lines)[:_LINES]:
        dated = days(line)
        if not dated or not patterns.ACT.find(line) or re.search("[。，]", line):
            continue
        ends = [day.start for day in dated[1:]] + [len(line)]
        for day, end in zip(dated, ends, strict=True):
            words = line[day.end : end]
            acts = [act.group() for act in patterns.ACT.regex.finditer(re.sub("《[^》]*》(?!$)", "", words))]
            if acts and day.whole:
                said = line[day.start : end].removesuffix("根据").strip(" ）)")
                found.append(Act(day.iso, acts[-1], _body(words), said))
    # A decision to amend that one body passes and another one approves is one amendment.
    return [
        replace(act, done=AMENDED) if act.done == "通过" and _approved_amendment(found, at) else act
        for at, act in enumerate(found)
    ]


def _approved_amendment(found: list[Act], at: int) -> bool:
    after = found[at + 1] if at + 1 < len(found) else None
    return at > 0 and after is not None and after.done == AMENDED and "批准" in after.words


def _body(words: str) -> str:
    """The body that met: 上海市第十四届人大常委会第三次会议 -> 上海市人民代表大会常务委员会."""
    session = patterns.SESSION.find(words)
    if session is None or not (session["place"] or session["nation"]):
        return ""
    place = session["nation"] or session["place"].removeprefix("由")
    return f"{place}人民代表大会{'常务委员会' if session['committee'] else ''}"


def adoption(told: list[Act]) -> list[Act]:
    """The acts by which this version was made: since the last revision, or amendment by a decision on this text alone.

    Decisions that touch up many texts at once make no new version; :func:`amendments` notes them.
    """
    acts = [act for act in told if act.done not in (AMENDED, IN_FORCE) or patterns.OWN_DECISION.find(act.words)]
    last = max((at for at, act in enumerate(acts) if act.done in (REVISED, AMENDED)), default=0)
    return acts[last:]


def amendments(told: list[Act]) -> list[str]:
    """A note on amendments after the day that counts as the day of issue."""
    made = adoption(told)
    issued = max((act.day for act in made), default="9999")
    later = [act.day for act in told if act.done == AMENDED and AMENDED in act.words and act.day > issued]
    return [f"正文已收入{'、'.join(later)}的修正。"] if later else []
