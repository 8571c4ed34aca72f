"""意见处理 in words: the answer above the list, a line of it, the open comment, its clause, and what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from analysis.consultation.comments import ConsultedDraft, Decision, How
from analysis.present.comment_words import (
    DECISIONS,
    OPEN,
    ROLES,
    SENDER_TYPES,
    STANCES,
    TIES,
    clause_words,
    decided,
)
from analysis.present.consultation_marks import common, marked, named
from analysis.present.numbers import THIN_SPACE, figure, with_unit
from analysis.records.deciding import Together
from analysis.records.record_values import (
    ACTIONS,
    Batch,
    CommentRow,
    Conflict,
    Consultation,
    CountLine,
    HistoryEntry,
    Role,
)

CHINA = timezone(timedelta(hours=8))
_CHANNELS = {"file": "", "mail": "邮件", "paper": "来信", "telephone": "来电"}
_SHORT = 46  # characters of an opinion in the list
_FIELDS = {
    "decision": "处理",
    "reason": "理由",
    "reply": "答复",
    "clause_set": "条款",
    "theme_set": "主题",
    "main": "并入",
    "assigned_to": "承办",
    "second_wanted": "需要复核",
    "second_agrees": "复核",
    "second_note": "复核意见",
}


def headline(line: CountLine) -> str:
    """The answer: how many wait for a decision."""
    if not line.received:
        return "意见还没有收进来"
    if line.still_open:
        return f"还有 {figure(line.still_open)} 条意见没有答复"
    return f"{figure(line.received)} 条意见都有了答复"


def lead(here: Consultation, line: CountLine) -> str:
    """What stands under it."""
    period = f"征求意见期 {here.opens} 至 {here.closes}。" if here.opens and here.closes else ""
    if not line.received:
        return period
    parts = [
        f"{DECISIONS[decision]}{THIN_SPACE}{figure(count)}"
        for decision in Decision
        if (count := line.decided[decision])
    ]
    told = "，".join(parts) or "还没有处理过"
    return f"{period}共收到 {with_unit(line.received, '条')}：{told}。"


def all_headline(lines: Sequence[tuple[Consultation, CountLine]]) -> str:
    """The answer above all consultations."""
    waiting = sum(line.still_open for _, line in lines)
    if waiting:
        return f"还有 {figure(waiting)} 条意见没有答复"
    return "意见收来了，怎样逐条给出答复？"


def all_lead(lines: Sequence[tuple[Consultation, CountLine]]) -> str:
    """What stands under it."""
    if not lines:
        return "每条意见对到条款，逐条决定、写明理由，最后公布采纳情况。"
    received = sum(line.received for _, line in lines)
    return f"意见库里有 {with_unit(len(lines), '次')}征求意见，共 {with_unit(received, '条')}意见。"


def counts(line: CountLine) -> list[dict[str, Any]]:
    """The count line as cells: each decision with its number, and what waits."""
    cells = [{"name": DECISIONS[each], "count": line.decided[each], "key": DECISIONS[each]} for each in Decision]
    return [*cells, {"name": OPEN, "count": line.still_open, "key": ""}]


def line(row: CommentRow, here: bool) -> dict[str, Any]:
    """A line of the list."""
    text = row.comment.text
    return {
        "number": row.number,
        "here": here,
        "clause": clause_words(row.clause),
        "sender": row.comment.sender or SENDER_TYPES[row.proposal.sender_type] if row.proposal else row.comment.sender,
        "stance": STANCES[row.proposal.stance] if row.proposal else "",
        "text": cut(text, _SHORT),
        "decision": decided(row.handling.decision),
        "open": row.handling.decision is None,
        "missing": bool(row.proposal and row.proposal.anchor.missing),
    }


def cut(words: str, most: int) -> str:
    """The beginning of words, on one line."""
    line = " ".join(words[: 4 * most].split())
    return line if len(line) <= most else line[:most] + "…"


def card(row: CommentRow, batch: Batch | None, draft: ConsultedDraft | None) -> dict[str, Any]:
    """The open comment: who, when, from where, its words in pieces, its points, what stands beside it."""
    comment, proposal = row.comment, row.proposal
    source = _CHANNELS.get(batch.channel, "") or batch.name if batch else ""
    sheet = f"，{comment.sheet}" if comment.sheet else ""
    return {
        "number": row.number,
        "sender": comment.sender or "未写明",
        "type": SENDER_TYPES[proposal.sender_type] if proposal else "",
        "submitted": comment.submitted,
        "source": f"{source}{sheet} 第{THIN_SPACE}{comment.row}{THIN_SPACE}行" if source else "",
        "contact": comment.contact,
        "title": comment.title,
        "pieces": marked(comment.text, _layers(row, draft)),
        "beside": [
            (name, words) for name, words in (("写明的条款", comment.clause), ("修改理由", comment.reason)) if words
        ],
        "stance": STANCES[proposal.stance] if proposal else "",
        "theme": row.theme,
        "points": _points(row, draft),
    }


def _layers(row: CommentRow, draft: ConsultedDraft | None) -> list[tuple[str, list[tuple[int, int]]]]:
    """What is marked in a comment: the number it names, words of its clauses, words that no other copy has."""
    if row.proposal is None:
        return []
    shared = [
        span
        for path in dict.fromkeys([row.clause, *(point.anchor.clause for point in row.proposal.points)])
        if draft and (held := draft.by_path.get(path))
        for span in common(row.comment.text, draft.raw[held.start : held.end])[0]
    ]
    own = list(row.proposal.own_words) if row.proposal.group else []
    return [("named", named(row.comment.text, row.proposal.points)), ("shared", shared), ("own", own)]


def _points(row: CommentRow, draft: ConsultedDraft | None) -> list[dict[str, str]]:
    """The points of a comment that has several, each with its clause."""
    if row.proposal is None or len(row.proposal.points) < 2:
        return []
    return [
        {
            "words": row.comment.text[point.start : point.end].strip(),
            "clause": named_clause(point.anchor.clause, draft),
            "stance": STANCES[point.stance],
        }
        for point in row.proposal.points
    ]


def clause(row: CommentRow, draft: ConsultedDraft) -> dict[str, Any]:
    """The clause beside a comment: what holds, what the program proposed and on what it rests, the words."""
    proposal = row.proposal.anchor if row.proposal else None
    held = draft.by_path.get(row.clause)
    path = [parent for parent in _parents(row.clause, draft) if parent.heading]
    words = draft.raw[held.start : held.end] if held else ""
    return {
        "name": clause_words(row.clause),
        "heading": held.heading if held else "",
        "above": "　".join(f"{clause_words(each.path)} {each.heading}" for each in path),
        "pieces": marked(words, [("shared", common(row.comment.text, words)[1])]),
        "by_hand": bool(row.handling.clause),
        "tie": TIES[proposal.how] if proposal else "尚未分拣",
        "proposed": named_clause(proposal.clause, draft) if proposal and proposal.clause != row.clause else "",
        "evidence": proposal.evidence if proposal else "",
        "sure": round(proposal.confidence * 100) if proposal and proposal.how is not How.NONE else None,
        "missing": list(dict.fromkeys(_missing(row))),
        "also": [
            {"name": named_clause(path, draft), "pieces": _marked_clause(row.comment.text, path, draft)}
            for path in dict.fromkeys(_also(row))
            if path in draft.by_path
        ],
    }


def _missing(row: CommentRow) -> list[str]:
    """Places that a comment names and the draft does not have."""
    if row.proposal is None:
        return []
    anchors = [row.proposal.anchor, *(point.anchor for point in row.proposal.points)]
    return [anchor.missing for anchor in anchors if anchor.missing]


def _also(row: CommentRow) -> list[str]:
    """The clauses of the other points, and the others that could be meant."""
    points = row.proposal.points if row.proposal else ()
    paths = [point.anchor.clause for point in points] + list(others(row))
    return [path for path in paths if path and path != row.clause]


def others(row: CommentRow) -> tuple[str, ...]:
    """Other clauses that a comment could mean, by path; the first four."""
    points = row.proposal.points if row.proposal else ()
    found = dict.fromkeys(each.clause for point in points for each in point.others)
    return tuple(path for path in found if path and path != row.clause)[:4]


def _marked_clause(comment: str, path: str, draft: ConsultedDraft) -> list[tuple[str, str]]:
    held = draft.by_path[path]
    words = draft.raw[held.start : held.end]
    return marked(words, [("shared", common(comment, words)[1])])


def _parents(path: str, draft: ConsultedDraft) -> list[Any]:
    found = []
    while (held := draft.by_path.get(path)) and held.parent:
        path = held.parent
        if parent := draft.by_path.get(path):
            found.append(parent)
    return found[::-1]


def named_clause(path: str, draft: ConsultedDraft | None) -> str:
    """A clause by its path and its heading."""
    held = draft.by_path.get(path) if draft else None
    return f"{clause_words(path)} {held.heading}".strip() if held else clause_words(path)


def decided_line(row: CommentRow) -> dict[str, Any]:
    """What was decided of a comment, by whom and when."""
    handling = row.handling
    return {
        "decision": decided(handling.decision),
        "open": handling.decision is None,
        "reason": handling.reason,
        "main": handling.main,
        "by": handling.decided_by,
        "at": moment(handling.decided_at),
        "second": _second(row),
    }


def _second(row: CommentRow) -> str:
    handling = row.handling
    if handling.second_agrees is None:
        return "等待复核" if handling.second_wanted else ""
    verdict = "同意" if handling.second_agrees else "不同意"
    note = f"：{handling.second_note}" if handling.second_note else ""
    return f"{handling.second_by}复核{verdict}{note}（{moment(handling.second_at)}）"


def conflict(one: Conflict) -> dict[str, Any]:
    """A comment that somebody else changed after it was shown: who, when, what holds now."""
    held = one.handling
    return {
        "number": one.number,
        "who": held.changed_by,
        "at": moment(held.changed_at),
        "what": ACTIONS.get(held.changed, "处理情况"),
        "decision": decided(held.decision),
        "reason": cut(held.reason, _SHORT),
    }


def changed_together(found: Together, what: str) -> str:
    """What a change to several comments came to; "" where there is nothing to tell."""
    if not what:
        return ""
    told = f"{what} {figure(len(found.changed))} 条"
    return f"{told}，另有 {figure(len(found.conflicts))} 条没有改。" if found.conflicts else f"{told}。"


def main_line(row: CommentRow) -> str:
    """A comment that others are merged with, on one line."""
    return f"第 {row.number} 条　{row.comment.sender or '未写明'}　{cut(row.comment.text, _SHORT)}"


def tick_line(row: CommentRow) -> str:
    """A comment in the list of those to tick."""
    head = (
        f"{row.number}　{clause_words(row.clause)}　{row.comment.sender or '未写明'}　{decided(row.handling.decision)}"
    )
    return f"{head}：{cut(row.comment.text, 2 * _SHORT)}"


def moment(utc: str) -> str:
    """A time of the database as clocks in China show it: 2026-11-29 07:20."""
    if not utc:
        return ""
    return datetime.fromisoformat(utc.replace("Z", "+00:00")).astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def entry(one: HistoryEntry) -> dict[str, Any]:
    """A change in words: who, in which role, when, and each field before and after."""
    fields = [
        (name, _value(key, one.before.get(key)), _value(key, one.after.get(key)))
        for key, name in _FIELDS.items()
        if key in one.after
    ]
    role = ROLES[Role(one.role)] if one.role in list(Role) else ""
    return {
        "who": one.who,
        "role": role,
        "at": moment(one.at),
        "action": ACTIONS.get(one.action, one.action),
        "fields": fields,
    }


def _value(key: str, value: object) -> str:
    if key == "decision":
        return DECISIONS[Decision(str(value))] if value else OPEN
    if isinstance(value, bool):
        return "是" if value else "否"
    return clause_words(str(value)) if key == "clause_set" and value else str(value or "")


def listed(here: Consultation, line: CountLine, address: str) -> Mapping[str, Any]:
    """A consultation in the list of all."""
    return {
        "here": here,
        "line": line,
        "address": address,
        "period": " 至 ".join(filter(None, (here.opens, here.closes))),
    }
