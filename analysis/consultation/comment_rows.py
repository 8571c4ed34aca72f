"""The rows of a table as comments, or rejected with the reason: every row below the header is one of the two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from analysis.consultation.comment_columns import (
    SAYS,
    Column,
    SheetMapping,
    bare,
    meaning,
    numbers_columns,
    stated_above,
)
from analysis.consultation.comment_patterns import (
    COUNT,
    EXAMPLE,
    NAMED_PLACE,
    NO_WORDS,
    NOTE,
    OPINION,
    SAME,
    SECTION,
    TOTAL,
)
from analysis.consultation.comments import Comment, Rejected
from analysis.corpus.formats.spreadsheet import MAX_CELLS, Sheet

BLANK = "空行"
REPEATED = "重复的表头行"
EXAMPLE_ROW = "填写示例，不是意见"
COLUMN_NUMBERS = "栏次行，不是意见"
TOTAL_ROW = "合计行，不是意见"
NOTE_ROW = "说明或签署行，不是意见"
SECTION_ROW = "小标题行，不是意见"
NO_TEXT = "没有意见内容"
SAME_OPINION = "与第 {} 行是同一条意见（单元格合并）"

Progress = Callable[[int, int], None]  # rows done, of how many
_STEP = 1000
_HEADING = 60  # characters of a heading at most


def rows_read(
    sheet: Sheet, mapping: SheetMapping, progress: Progress | None = None
) -> tuple[list[Comment], list[Rejected]]:
    """The comments and the rejected rows of a sheet, each in the order of the rows."""
    table = _Table(sheet, mapping)
    comments: list[Comment] = []
    refused: list[Rejected] = []
    total = len(sheet.rows) - mapping.header
    sender = ""
    for row in range(mapping.header, len(sheet.rows)):
        number = row - mapping.header + 1
        found = table.comment(row, number, sender)
        if isinstance(found, Comment):
            comments.append(found)
            sender = found.sender or sender
        else:
            refused.append(found)
            if comments and found.reason.startswith(SAME_OPINION.partition(" ")[0]):
                comments[-1] = table.with_more(comments[-1], row)
        if progress and number % _STEP == 0:
            progress(number, total)
    if progress:
        progress(total, total)
    return comments, refused


@dataclass(frozen=True)
class _Table:
    """A sheet with what its columns hold."""

    sheet: Sheet
    mapping: SheetMapping

    @cached_property
    def _at(self) -> dict[Column, list[int]]:
        found: dict[Column, list[int]] = {column: [] for column in Column}
        for at, column in enumerate(self.mapping.columns):
            found[column].append(at)
        return found

    @cached_property
    def _says(self) -> frozenset[int]:
        return frozenset(at for column in SAYS for at in self._at[column])

    @cached_property
    def _above(self) -> dict[tuple[int, int], int]:
        """A cell that an area over several rows goes on in -> the row where it begins."""
        found: dict[tuple[int, int], int] = {}
        for top, left, bottom, _ in self.sheet.merged:
            if left < len(self.mapping.columns):
                for row in range(max(top, self.mapping.header - 1) + 1, min(bottom + 1, len(self.sheet.rows))):
                    if (row, left) in found or len(found) > MAX_CELLS:  # areas of a damaged file overlap
                        break
                    found[row, left] = top
        return found

    @cached_property
    def _across(self) -> dict[tuple[int, int], int]:
        """Where an area over several columns begins -> its last column."""
        return {(top, left): right for top, left, _, right in self.sheet.merged if right > left}

    @cached_property
    def _header_cells(self) -> frozenset[str]:
        """The words of the header: as joined, and each of its lines."""
        lines = [part for heading in self.mapping.headings for part in (heading, *heading.split("/"))]
        own = self.sheet.rows[max(self.mapping.header - 1, 0) : self.mapping.header]
        return frozenset(filter(None, map(bare, [*lines, *(cell for row in own for cell in row)])))

    @cached_property
    def _stated(self) -> dict[Column, str]:
        """What stands above the header, where no column names the sender: the table of one sender."""
        if self._at[Column.UNIT] or self._at[Column.SENDER]:
            return {}
        return stated_above(self.sheet.rows[: self.mapping.header])

    def _own(self, row: int, column: int) -> str:
        cells = self.sheet.rows[row]
        return cells[column].strip() if column < len(cells) else ""

    def _cell(self, row: int, column: int) -> str:
        """The words of a cell, of a merged one those of the row where it begins."""
        return self._own(row, column) or self._own(self._above.get((row, column), row), column)

    def _of(self, column: Column, row: int, between: str = "\n") -> str:
        """The words of all columns of a kind, each once."""
        if not self._at[column]:
            return self._stated.get(column, "")
        cells = [self._cell(row, at) for at in self._at[column]]
        return between.join(dict.fromkeys(cell for cell in cells if not NO_WORDS.find(cell)))

    def comment(self, row: int, number: int, former: str) -> Comment | Rejected:
        """The comment of a row, or why it is none; ``former`` is the sender of the comment above."""
        reason = self._reason(row)
        text = "" if reason else self._text(row)
        title = "" if reason else self._of(Column.TITLE, row)
        why = "" if reason else self._of(Column.REASON, row)
        if not reason and not text:
            text, title, why = (title, "", why) if _speaks(title) else (why, title, "") if why else ("", "", "")
            reason = "" if text else self._no_text(row)
        if reason:
            return Rejected(number, reason, self.sheet.rows[row], self.sheet.name)
        sender = self._sender(row)
        return Comment(
            row=number,
            text=text,
            sender=former if SAME.find(sender) else sender,
            title=title,
            reason=why,
            clause="\n".join(filter(None, (self._of(Column.CLAUSE, row), self._of(Column.ORIGINAL, row)))),
            contact=self._of(Column.CONTACT, row, " "),
            submitted=self._of(Column.SUBMITTED, row, " "),
            sender_kind=self._of(Column.KIND, row, " "),
            sheet=self.sheet.name,
        )

    def with_more(self, comment: Comment, row: int) -> Comment:
        """A comment whose opinion goes on in this row, with the clause and the reason that stand there."""
        return replace(
            comment,
            clause=_with(comment.clause, self._of(Column.CLAUSE, row)),
            reason=_with(comment.reason, self._of(Column.REASON, row)),
        )

    def _sender(self, row: int) -> str:
        unit, person = self._of(Column.UNIT, row, " "), self._of(Column.SENDER, row, " ")
        return unit if person in unit else person if unit in person else f"{unit} {person}"

    def _text(self, row: int) -> str:
        """The opinion: of several columns each on its own line, with the heading where that names a clause."""
        several = len(self._says) > 1
        found = []
        for at in sorted(self._says):
            words = self._cell(row, at)
            if NO_WORDS.find(words):
                continue
            heading = self._heading(at)
            if self.mapping.columns[at] is Column.PROPOSED or (several and NAMED_PLACE.find(heading)):
                words = f"{heading.rstrip(':：')}：{words}"
            found.append(words)
        return "\n".join(dict.fromkeys(found))

    def _heading(self, at: int) -> str:
        heading = self.mapping.headings[at] if at < len(self.mapping.headings) else ""
        return " ".join(heading.rpartition("/")[2].split()) or "修改为"

    def _reason(self, row: int) -> str:
        """Why a row is no comment whatever its opinion says; "" where it may be one."""
        filled = [(at, cell.strip()) for at, cell in enumerate(self.sheet.rows[row]) if cell.strip()]
        same = self._same_opinion(row)
        if same or not filled:
            return same or BLANK
        first = filled[0][1]
        cells = [cell for _, cell in filled]
        opinions = [cell for at, cell in filled if at in self._says]
        if any(len(words) <= _HEADING for words in opinions) and self._repeats_header(cells):
            return REPEATED
        if EXAMPLE.find(first) or any(EXAMPLE.find(self._own(row, at)) for at in self._at[Column.NUMBER]):
            return EXAMPLE_ROW
        if numbers_columns(cells):
            return COLUMN_NUMBERS
        if TOTAL.find(first) and all(TOTAL.find(each) or COUNT.find(each) for each in cells[1:]):
            return TOTAL_ROW
        if NOTE.find(first) and all(map(NOTE.find, opinions)):
            return NOTE_ROW
        return SECTION_ROW if self._heads(row, filled) else ""

    def _repeats_header(self, cells: Sequence[str]) -> bool:
        same = sum(1 for cell in cells if len(cell) < 200 and bare(cell) in self._header_cells)
        if len(self.mapping.columns) == 1:
            return same == 1 and meaning(cells[0]) is Column.TEXT
        return same > 1 and same * 2 > len(cells)

    def _heads(self, row: int, filled: Sequence[tuple[int, str]]) -> bool:
        """Whether the only words of a row head those below it."""
        if len(filled) > 1:
            return False
        at, words = filled[0]
        numbered = SECTION.find(words) is not None
        if at in self._says and at > 0:
            return numbered and not OPINION.find(words)
        right = self._across.get((row, at), at)
        if right > at and (right - at + 1) * 2 >= len(self.mapping.columns):
            return True
        return at not in self._says and numbered

    def _same_opinion(self, row: int) -> str:
        """The reason where the opinion of a row is that of the row above and no other sender stands beside it."""
        begins = [self._above[row, at] for at in sorted(self._says) if (row, at) in self._above]
        if not begins or any(self._own(row, at) for at in self._says):
            return ""
        if any(self._own(row, at) for column in (Column.UNIT, Column.SENDER) for at in self._at[column]):
            return ""
        return SAME_OPINION.format(begins[0] - self.mapping.header + 1)

    def _no_text(self, row: int) -> str:
        others = [cell for cell in self.sheet.rows[row] if cell.strip()]
        return f"{NO_TEXT}（只有一格有字，可能是小标题）" if len(others) == 1 else NO_TEXT


def _speaks(title: str) -> bool:
    """Whether a title without a text is an opinion."""
    return len(title) > 1 and title not in ("无标题", "无题", "意见", "建议", "标题")


def _with(former: str, words: str) -> str:
    """Words with others below them, unless they are there."""
    return former if not words or words in former.split("\n") else f"{former}\n{words}".lstrip("\n")
