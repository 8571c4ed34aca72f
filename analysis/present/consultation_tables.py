"""The tables of a consultation to take away: for the public, for the file, and as standards bodies write them.

Each carries the count line, which must reconcile. In the table for the public nobody can be told by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.consultation.comments import Decision, SenderType
from analysis.consultation.masking import masked_sender, masked_text
from analysis.model import InputError
from analysis.present.comment_words import (
    SENDER_TYPES,
    STANCES,
    TIES,
    clause_words,
    count_line_text,
    decided,
)
from analysis.present.export import Columns, Table, tabulate
from analysis.records.record_values import Batch, CommentRow, Consultation, CountLine, RejectedRow
from analysis.word.tables import add_table, add_text, new_document, saved

MOST_IN_WORD = 3_000  # rows; Word opens longer tables too slowly to be of use
MADE_UP = "本表所列意见均为虚构，供演示使用。"
_PUBLIC_NOTE = "反馈人姓名、单位和联系方式已隐去；公布前请再通读一遍意见内容。"


class Preset(StrEnum):
    """Which table."""

    PUBLIC = "public"
    INTERNAL = "internal"
    STANDARD = "standard"


TITLES: Mapping[Preset, str] = {
    Preset.PUBLIC: "意见采纳情况公示表",
    Preset.INTERNAL: "意见汇总处理表",
    Preset.STANDARD: "征求意见汇总处理表（按章条）",
}


@dataclass(frozen=True, slots=True)
class Handled:
    """What a table of comments is made of: the rows in their order, the files they came in, what became of clauses.

    ``revised``: the words of a clause in the revised draft, by its path in the draft put to the public.
    """

    consultation: Consultation
    rows: Sequence[CommentRow]
    line: CountLine
    batches: Mapping[int, Batch]
    revised: Mapping[str, str]


def comment_table(preset: Preset, handled: Handled) -> Table:
    """One of the tables; the rows of the table by clauses stand in the order of the draft where they came so."""
    consultation = handled.consultation
    columns = _COLUMNS[preset](handled)
    notes = [count_line_text(handled.line)]
    notes += [_PUBLIC_NOTE] if preset is Preset.PUBLIC else []
    notes += [MADE_UP] if consultation.made_up else []
    title = f"《{consultation.title}》{TITLES[preset]}"
    name = f"{TITLES[preset]}-{consultation.title[:30]}".replace("/", "")
    return tabulate(name, title, columns, handled.rows, f"意见库中的“{consultation.title}”", tuple(notes))


def comment_docx(preset: Preset, handled: Handled) -> bytes:
    """The same as a Word file, A4 landscape. Raises ``InputError`` where there are too many rows for one."""
    if len(handled.rows) > MOST_IN_WORD:
        raise InputError(
            TITLES[preset], "", f"有 {len(handled.rows)} 条，Word 文件最多写 {MOST_IN_WORD} 条", "请改用 Excel"
        )
    table = comment_table(preset, handled)
    document = new_document(table.title, landscape=True)
    for note in table.notes:
        add_text(document, note)
    rows = [["" if row[heading] is None else str(row[heading]) for heading in table.headings] for row in table.rows]
    add_table(document, table.headings, rows, [_SHARES.get(heading, 5) for heading in table.headings], size=8.5)
    return saved(document)


def rejected_table(consultation: Consultation, rejected: Sequence[RejectedRow], batches: Mapping[int, Batch]) -> Table:
    """The rows that became no comment, with the reason and their cells."""
    columns: Columns[RejectedRow] = {
        "来源": lambda row: batches[row.batch].name,
        "工作表": lambda row: row.sheet,
        "行": lambda row: row.row,
        "未收的原因": lambda row: row.reason,
        "原有内容": lambda row: "｜".join(each for each in row.cells if each),
    }
    title = f"《{consultation.title}》未作为意见收下的行"
    return tabulate("未收的行", title, columns, rejected, f"意见库中的“{consultation.title}”")


def _public(handled: Handled) -> Columns[CommentRow]:
    return {
        "序号": lambda row: row.number,
        "反馈人": lambda row: masked_sender(row.comment.sender, sender_type_of(row)),
        "涉及条款": lambda row: clause_words(row.clause),
        "意见内容": lambda row: masked_text(_whole(row), row.comment.sender),
        "是否采纳": lambda row: decided(row.handling.decision),
        "理由": lambda row: masked_text(_grounds(row), row.comment.sender),
    }


def _internal(handled: Handled) -> Columns[CommentRow]:
    return {
        "序号": lambda row: row.number,
        "来源": lambda row: handled.batches[row.batch].name,
        "行": lambda row: row.comment.row,
        "反馈人": lambda row: row.comment.sender,
        "类别": lambda row: SENDER_TYPES[sender_type_of(row)],
        "联系方式": lambda row: row.comment.contact,
        "提交时间": lambda row: row.comment.submitted,
        "涉及条款": lambda row: clause_words(row.clause),
        "程序认为的条款": lambda row: clause_words(row.proposal.anchor.clause) if row.proposal else "",
        "依据": lambda row: row.proposal.anchor.evidence if row.proposal else "",
        "对应方式": lambda row: TIES[row.proposal.anchor.how] if row.proposal else "",
        "把握": lambda row: round(row.proposal.anchor.confidence, 2) if row.proposal else None,
        "主题": lambda row: row.theme,
        "态度": lambda row: STANCES[row.proposal.stance] if row.proposal else "",
        "同类": lambda row: row.proposal.group if row.proposal else "",
        "意见内容": _whole,
        "修改理由": lambda row: row.comment.reason,
        "处理意见": lambda row: decided(row.handling.decision),
        "理由": _grounds,
        "答复": lambda row: row.handling.reply,
        "处理人": lambda row: row.handling.decided_by,
        "处理时间": lambda row: row.handling.decided_at,
        "承办": lambda row: row.handling.assigned_to,
        "复核": _second,
        "修改后条文": lambda row: handled.revised.get(row.clause, "") if row.handling.decision in _CHANGING else "",
    }


def _standard(handled: Handled) -> Columns[CommentRow]:
    return {
        "序号": lambda row: row.number,
        "章条编号": lambda row: clause_words(row.clause),
        "意见内容": _whole,
        "提出单位": lambda row: row.comment.sender,
        "处理意见": lambda row: decided(row.handling.decision),
        "理由": _grounds,
        "备注": lambda row: handled.revised.get(row.clause, "") if row.handling.decision in _CHANGING else "",
    }


_COLUMNS: Mapping[Preset, Callable[[Handled], Columns[CommentRow]]] = {
    Preset.PUBLIC: _public,
    Preset.INTERNAL: _internal,
    Preset.STANDARD: _standard,
}
_CHANGING = frozenset({Decision.ADOPTED, Decision.PARTLY})
#: Shares of the width of a Word page; all others have 5.
_SHARES = {
    "序号": 3,
    "行": 3,
    "意见内容": 24,
    "理由": 16,
    "反馈人": 7,
    "修改后条文": 16,
    "备注": 12,
    "提出单位": 8,
    "涉及条款": 6,
    "章条编号": 6,
}


def sender_type_of(row: CommentRow) -> SenderType:
    """Who sent a comment, as the program tells it."""
    return row.proposal.sender_type if row.proposal else SenderType.UNKNOWN


def _whole(row: CommentRow) -> str:
    """The opinion, with the title it was sent under."""
    title = row.comment.title.strip()
    return f"{title}：{row.comment.text}" if title and title not in row.comment.text else row.comment.text


def _grounds(row: CommentRow) -> str:
    """The reason of a decision; of a merged comment also where it was answered."""
    merged = f"与第 {row.handling.main} 条合并处理。" if row.handling.main else ""
    return merged + row.handling.reason


def _second(row: CommentRow) -> str:
    handling = row.handling
    if handling.second_agrees is None:
        return "待复核" if handling.second_wanted else ""
    verdict = "同意" if handling.second_agrees else "不同意"
    return "，".join(filter(None, (f"{handling.second_by}{verdict}", handling.second_note)))
