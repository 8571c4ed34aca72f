"""The tables of a consultation to take away: for the public, for the file, and as standards bodies write them.

Each carries the count line, which must reconcile. In the table for the public nobody can be told by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from analysis.consultation.comments import Decision, SenderType
from analysis.consultation.masking import doubtful, masked_sender, masked_text
from analysis.model import InputError
from analysis.present.comment_words import (
    SENDER_TYPES,
    STANCES,
    TIES,
    clause_words,
    count_line_text,
    decided,
)
from analysis.present.consultation_text import moment
from analysis.present.export import Cell, Columns, Table, Tell, tabulate, to_csv, to_xlsx
from analysis.records.record_values import Batch, CommentRow, Consultation, CountLine, RejectedRow
from analysis.word.tables import add_table, add_text, new_document, saved

MOST_IN_WORD = 3_000  # rows; Word opens longer tables too slowly to be of use
_TOLD_EVERY = 200  # rows
MADE_UP = "本表所列意见均为虚构，供演示使用。"
_Row = TypeVar("_Row")
_PUBLIC_NOTE = "反馈人姓名、单位和联系方式已隐去，意见内容和理由里的电话、证件号、住址、邮箱等写作 ***。"


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

    ``revised``: the words of a clause in the revised draft, by its path in the draft put to the public. ``together``:
    copies that were answered alike are one row.
    """

    consultation: Consultation
    rows: Sequence[CommentRow]
    line: CountLine
    batches: Mapping[int, Batch]
    revised: Mapping[str, str]
    together: bool = False


def comment_table(preset: Preset, handled: Handled) -> Table:
    """One of the tables; the rows of the table by clauses stand in the order of the draft where they came so."""
    consultation = handled.consultation
    notes = [count_line_text(handled.line)]
    rows: Sequence[Any] = handled.rows
    columns: Columns[Any] = _COLUMNS[preset](handled)
    if preset is Preset.PUBLIC:
        notes.append(_PUBLIC_NOTE)
        if handled.together:
            columns, rows = _TOGETHER, answered_alike(handled.rows)
            notes.append(f"相同意见合并答复：共 {len(rows)} 行，“条数”一列合计 {len(handled.rows)} 条。")
    notes += [MADE_UP] if consultation.made_up else []
    title = f"《{consultation.title}》{TITLES[preset]}"
    name = f"{TITLES[preset]}-{consultation.title[:30]}".replace("/", "")
    return tabulate(name, title, columns, rows, f"意见库中的“{consultation.title}”", tuple(notes))


def comment_docx(preset: Preset, handled: Handled, tell: Tell) -> bytes:
    """The same as a Word file, A4 landscape. Raises ``InputError`` where there are too many rows for one."""
    if len(handled.rows) > MOST_IN_WORD:
        raise InputError(TITLES[preset], "", too_long_for_word(len(handled.rows)).rstrip("。"), "请改用 Excel")
    table = comment_table(preset, handled)
    if preset is Preset.INTERNAL:  # a page has no room for one column each
        table = tabulate(table.name, table.title, _internal_on_paper(handled), handled.rows, table.source, table.notes)
    document = new_document(table.title, landscape=True)
    for note in table.notes:
        add_text(document, note)
    rows = (["" if cell is None else str(cell) for cell in row.values()] for row in _telling(table.rows, tell))
    add_table(document, table.headings, rows, [_SHARES.get(heading, 5) for heading in table.headings], size=8.5)
    return saved(document)


def comment_xlsx(preset: Preset, handled: Handled, tell: Tell) -> bytes:
    """The same as a workbook."""
    return to_xlsx(comment_table(preset, handled), tell=tell)


def comment_csv(preset: Preset, handled: Handled, tell: Tell) -> bytes:
    """The same as CSV."""
    return to_csv(comment_table(preset, handled), tell=tell)


def too_long_for_word(rows: int) -> str:
    """Why there is no Word file of a long table."""
    return f"Word 文件最多写 {MOST_IN_WORD:,} 条，现有 {rows:,} 条，请用 Excel 或 CSV。"


def file_name(what: str, here: Consultation, ending: str) -> str:
    """A name for a file of a consultation."""
    title = "".join(each for each in here.title[:30] if each.isalnum() or each in "（）《》")
    return f"{what}-{title}.{ending}"


@dataclass(frozen=True, slots=True)
class Alike:
    """Copies of one letter that were answered alike, the first of them in front."""

    rows: tuple[CommentRow, ...]


def answered_alike(rows: Sequence[CommentRow]) -> tuple[Alike, ...]:
    """Comments as they are answered together: copies with one decision and reason, and those merged into another."""
    numbers = {row.number for row in rows}
    found: dict[object, list[CommentRow]] = {}
    place: dict[int, object] = {}
    for row in rows:
        if row.handling.main not in numbers:
            place[row.number] = _alike(row)
            found.setdefault(place[row.number], []).append(row)
    for row in rows:
        if row.handling.main in numbers:
            found.setdefault(place.get(row.handling.main, row.number), []).append(row)
    return tuple(Alike(tuple(some)) for some in found.values())


def _alike(row: CommentRow) -> object:
    group = row.proposal.group if row.proposal else ""
    return (group, row.handling.decision, row.handling.reason) if group else row.number


def _telling(rows: Sequence[_Row], tell: Tell) -> Iterator[_Row]:
    """Rows one by one; somebody is told how many there were."""
    for at, row in enumerate(rows):
        if at % _TOLD_EVERY == 0:
            tell(at, len(rows))
        yield row


def doubtful_rows(rows: Sequence[CommentRow], tell: Tell) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The comments whose words as they are published may still point to somebody, with those words."""
    found = (
        (row.number, doubtful(f"{_whole(row)}\n{_grounds(row)}", row.comment.sender)) for row in _telling(rows, tell)
    )
    return tuple((number, words) for number, words in found if words)


def doubtful_words(found: int, shown: int) -> str:
    """How many comments are to be read before publishing."""
    if not found:
        return "没有看到可能认出人的话；名字仍可能夹在句子里，请通读一遍。"
    more = f"，先列出 {shown:,} 条" if found > shown else ""
    return f"有 {found:,} 条的话里可能还认得出人{more}；需要改写的，请在公示表里直接修改。"


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


def _first(cell: Callable[[CommentRow], Cell]) -> Callable[[Alike], Cell]:
    return lambda alike: cell(alike.rows[0])


_TOGETHER: Columns[Alike] = {
    "序号": lambda alike: (
        "、".join(str(row.number) for row in alike.rows[:_NUMBERED]) + ("等" if len(alike.rows) > _NUMBERED else "")
    ),
    "条数": lambda alike: len(alike.rows),
    "反馈人": lambda alike: _senders(alike.rows),
    "涉及条款": _first(lambda row: clause_words(row.clause)),
    "意见内容": _first(lambda row: masked_text(_whole(row), row.comment.sender)),
    "是否采纳": _first(lambda row: decided(row.handling.decision)),
    "理由": _first(lambda row: masked_text(_grounds(row), row.comment.sender)),
}
_NUMBERED = 20  # comments of one row that are named by number


def _senders(rows: Sequence[CommentRow]) -> str:
    """Who sent copies of one letter: a few by what may be said of them, the others by how many."""
    masked = dict.fromkeys(masked_sender(row.comment.sender, sender_type_of(row)) for row in rows)
    named = "、".join(list(masked)[:3])
    return f"{named}等，相同意见 {len(rows)} 条" if len(rows) > 1 else named


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
        "程序的依据": lambda row: row.proposal.anchor.evidence if row.proposal else "",
        "对应方式": lambda row: TIES[row.proposal.anchor.how] if row.proposal else "",
        "程序的把握": lambda row: round(row.proposal.anchor.confidence, 2) if row.proposal else None,
        "人指定的条款": lambda row: clause_words(row.handling.clause) if row.handling.clause else "",
        "主题": lambda row: row.theme,
        "态度": lambda row: STANCES[row.proposal.stance] if row.proposal else "",
        "同类": lambda row: row.proposal.group if row.proposal else "",
        "意见内容": _whole,
        "修改理由": lambda row: row.comment.reason,
        "处理意见": lambda row: decided(row.handling.decision),
        "理由": _grounds,
        "答复": lambda row: row.handling.reply,
        "处理人": lambda row: row.handling.decided_by,
        "处理时间": lambda row: moment(row.handling.decided_at),
        "承办": lambda row: row.handling.assigned_to,
        "复核": _second,
        "修改后条文": lambda row: handled.revised.get(row.clause, "") if row.handling.decision in _CHANGING else "",
    }


def _internal_on_paper(handled: Handled) -> Columns[CommentRow]:
    """The same in fewer columns: what belongs together stands in one cell, a line each."""
    whole = _internal(handled)

    def cell(row: CommentRow, *headings: str, named: bool = True) -> str:
        told = ((heading, whole[heading](row)) for heading in headings)
        return "\n".join(f"{heading}：{value}" if named else str(value) for heading, value in told if value)

    return {
        "序号": lambda row: row.number,
        "反馈人": lambda row: "\n".join(
            filter(None, (cell(row, "反馈人", "类别", "联系方式", "提交时间", named=False), _source(row, handled)))
        ),
        "涉及条款": lambda row: clause_words(row.clause),
        "意见内容": lambda row: "\n".join(filter(None, (_whole(row), cell(row, "修改理由")))),
        "程序建议": lambda row: cell(row, "程序认为的条款", "程序的依据", "程序的把握", "主题", "态度", "同类"),
        "处理意见": whole["处理意见"],
        "理由": lambda row: "\n".join(filter(None, (_grounds(row), cell(row, "答复")))),
        "处理人": lambda row: "\n".join(
            filter(None, (cell(row, "处理人", "处理时间", named=False), cell(row, "承办", "复核", "人指定的条款")))
        ),
        "修改后条文": whole["修改后条文"],
    }


def _source(row: CommentRow, handled: Handled) -> str:
    return f"{handled.batches[row.batch].name} 第 {row.comment.row} 行"


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
    "程序建议": 11,
    "处理人": 8,
    "行": 3,
    "意见内容": 24,
    "理由": 16,
    "反馈人": 10,
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
