"""What the columns of a table of comments hold: guessed from headings and cells, and open to a person's change."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from analysis.consultation.comment_patterns import COLUMN_NUMBER, DAY, ENDS, PHONE_OR_MAIL, PLACE_IN_DRAFT
from analysis.corpus.characters import SIMPLIFIED
from analysis.corpus.formats.spreadsheet import Sheet
from analysis.grammar import Grammar, grammar


class Column(StrEnum):
    """What a column holds. ``original``: words of the draft; ``proposed``: what a sender wants in their place."""

    NUMBER = "number"
    UNIT = "unit"
    SENDER = "sender"
    KIND = "kind"
    TITLE = "title"
    TEXT = "text"
    ORIGINAL = "original"
    PROPOSED = "proposed"
    REASON = "reason"
    CLAUSE = "clause"
    CONTACT = "contact"
    SUBMITTED = "submitted"
    OTHER = "other"


SAYS = (Column.TEXT, Column.PROPOSED)  # columns that hold an opinion


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """How a sheet is read: so many rows above the first row of the table, and what each column holds.

    ``headings`` are those of the columns as the sheet writes them, of two lines joined by a slash; "" for none.
    """

    sheet: str
    header: int
    columns: tuple[Column, ...]
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a file is read: its sheets of comments. A sheet that is not named is not read."""

    sheets: tuple[SheetMapping, ...] = ()

    def of(self, sheet: str) -> SheetMapping | None:
        """How this sheet is read, None where it is not."""
        return next((each for each in self.sheets if each.sheet == sheet), None)


# A heading of these has no other headings below it.
_SINGLE = frozenset(
    (Column.NUMBER, Column.UNIT, Column.KIND, Column.TITLE, Column.REASON, Column.CLAUSE, Column.SUBMITTED)
)
_PERSONS = ("人", "者")  # 反映人, 投诉者: whoever did what stands before
_PERSON = 6  # characters of such a heading at most
_OTHER_THING = ("人", "者", "数", "量", "率", "号", "度", "时", "地", "表", "稿")
_PLAIN = str.maketrans(SIMPLIFIED)
_LOOKED = 40  # rows in which a header is looked for
_SAMPLE = 200  # rows by which a column is known
_LABEL = 20  # characters of a label in a form
_LONGEST_CELL = 400  # characters of a heading with what stands in brackets
_LONGEST = 60  # characters of a heading
_QUESTION = re.compile(r"\s{0,4}\d{1,2}\s?[.、．:：](?!\d)")
_BRACKETS = re.compile(r"[（(【\[][^（()）【】\[\]]{0,60}[)）】\]]")
_FILLED_IN = re.compile("填报|填表|填写|填")
_SEGMENTS = re.compile(r"\s{2,}|[\u3000\t\n；;]+")
_TAIL = re.compile(r"(?:是什么|有哪些|填写处|栏|吗|呢)?[:：?？*。.…]{0,6}$")


def bare(heading: str) -> str:
    """A heading as the vocabulary writes it: simplified, without spaces, brackets, its number and its marks."""
    text = unicodedata.normalize("NFKC", heading[:400].translate(_PLAIN))
    text = _QUESTION.sub("", "".join(text.split()).lower(), count=1)
    inside = _BRACKETS.sub("", text)
    return _TAIL.sub("", inside or text, count=1).lstrip("*").strip("()")


def meaning(heading: str) -> Column | None:
    """The column that a heading names; None where it says nothing that is known."""
    found = _meaning(grammar(), heading[:400])
    return found[0] if found else None


def label(words: str) -> Column | None:
    """The column that the label of a form names; None where the words are more than a label."""
    found = _meaning(grammar(), words) if len(words) <= _LABEL else None
    return found[0] if found and found[1] else None


@lru_cache(maxsize=4096)
def _meaning(words: Grammar, heading: str) -> tuple[Column, bool] | None:
    """The column, and whether the heading is little else than its name."""
    text = bare(heading)
    if not text or len(text) > _LONGEST:
        return None
    forms = [(form, entry.id) for entry in words.headings for form in entry.forms if form in text]
    at_end = [each for each in forms if _ends(text, each[0])]
    # 留言者, 意见数: what it ends with is another thing than what stands in it.
    inside = (
        [] if text.endswith(_OTHER_THING) else [each for each in forms if len(each[0]) > 1 and not each[0].isascii()]
    )
    if not at_end and text.endswith(_PERSONS) and len(text) <= _PERSON:
        return Column.SENDER, True
    if not at_end and not inside:
        return None
    form, column = max(at_end or inside, key=lambda each: len(each[0]))
    sure = bool(at_end) and (len(form) * 2 >= len(text) or _QUESTION.match(heading) is not None)
    return Column(column), sure


def _ends(text: str, form: str) -> bool:
    """Whether a heading ends with a form; a Latin word or a single character must be all of it or stand apart."""
    if not text.endswith(form):
        return False
    before = text[: -len(form)][-1:]
    return not before or (not (before.isascii() and before.isalpha()) if form.isascii() else len(form) > 1)


def guess(sheet: Sheet) -> SheetMapping | None:
    """How a sheet with headings is read; None where none of its first rows is a header of comments."""
    rows = sheet.rows[: _LOOKED + 1]
    alone = all(sum(map(bool, row)) <= 1 for row in sheet.rows[:_SAMPLE])
    for at in range(min(len(rows), _LOOKED)):
        one = _header(sheet, at, 1)
        two = _header(sheet, at, 2) if at + 1 < len(rows) else ([], [])
        lines = 2 if _score(*two, alone) > _score(*one, alone) or (two[0] and _is_merged_over_two(sheet, at)) else 1
        headings, columns = (one, two)[lines - 1]
        if _score(headings, columns, alone):
            return _mapped(sheet, at + lines, headings, columns)
    return None


def _mapped(sheet: Sheet, header: int, headings: list[str], columns: list[Column | None]) -> SheetMapping | None:
    found = _completed(sheet, header, headings, columns)
    if not any(column in SAYS for column in found):
        return None
    return SheetMapping(sheet.name, header, tuple(found), tuple(headings))


def _header(sheet: Sheet, at: int, lines: int) -> tuple[list[str], list[Column | None]]:
    """The headings of one row or of two, and what they mean; nothing where the rows hold what no heading is."""
    first = list(sheet.rows[at])
    if not all(map(_can_head, first)):
        return [], []
    if lines == 1:
        return first, [meaning(each) for each in first]
    second = list(sheet.rows[at + 1])
    if not (_goes_below(first, second) or _is_merged_over_two(sheet, at)):
        return [], []
    width = max(len(first), len(second))
    first += [""] * (width - len(first))
    second += [""] * (width - len(second))
    spread = _spread(sheet, at, first, second)
    headings: list[str] = []
    columns: list[Column | None] = []
    for top, below in zip(spread, second, strict=True):
        headings.append(f"{top}/{below}" if top and below and top != below else below or top)
        above = meaning(top) if top else None
        own = meaning(below) if below else above
        if top in first and above in _SINGLE and own is not above:
            return [], []
        columns.append(above if above in (Column.OTHER, Column.CONTACT) else own)
    return headings, columns


def _goes_below(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether a row can be the second line of a header: each of its cells names a column, and it is no repetition."""
    cells = [each for each in second if each]
    named = [_meaning(grammar(), each[:400]) for each in cells]
    return bool(cells) and all(each and each[1] for each in named) and not set(cells) <= set(first)


def _is_merged_over_two(sheet: Sheet, at: int) -> bool:
    """Whether merged cells make a header of two lines, with words of the second below wide ones."""
    if at + 1 >= len(sheet.rows):
        return False
    second = sheet.rows[at + 1]
    below = {column for column, cell in enumerate(second) if cell}
    here = [(left, bottom, right) for top, left, bottom, right in sheet.merged if top == at]
    wide = {
        column for left, bottom, right in here if bottom == at for column in range(left, min(right + 1, len(second)))
    }
    narrow = {left for left, bottom, right in here if left == right and bottom == at}
    over_both = any(bottom == at + 1 for _, bottom, _ in here)
    return (
        over_both and bool(below) and below <= wide - narrow and all(len(second[column]) <= _LABEL for column in below)
    )


def _spread(sheet: Sheet, at: int, first: Sequence[str], second: Sequence[str]) -> list[str]:
    """The upper line with the words of its merged cells over each of their columns; also where nothing is merged."""
    spread = list(first)
    for column in range(1, len(spread)):
        if not spread[column] and second[column]:
            spread[column] = spread[column - 1]
    for top, left, _, right in sheet.merged:
        if top == at and left < len(spread):
            for column in range(left + 1, min(right + 1, len(spread))):
                spread[column] = first[left]
    return spread


_NUMBER = re.compile(r"[\d.,%％+-]+")


def _can_head(cell: str) -> bool:
    """Whether a cell can be a heading: no number, day or address, and no sentence."""
    if not cell:
        return True
    text = _BRACKETS.sub("", cell[:_LONGEST_CELL]).strip()  # what stands in brackets tells how to fill it in
    if _NUMBER.fullmatch(text) or DAY.find(text[:60]) or "@" in text or stated_above([[text]]):
        return False
    return len(cell) <= _LONGEST_CELL and len(text) <= 120 and not any(mark in text for mark in "。；！")


def _score(headings: Sequence[str], columns: Sequence[Column | None], alone: bool) -> int:
    """How many headings are known; 0 where the row is no header. ``alone``: the sheet has one column."""
    cells = sum(1 for each in headings if each)
    known = sum(1 for each in columns if each)
    sure = sum(1 for each in headings if each and _sure(each))
    if cells == 1:
        return int(alone and sure == 1 and columns[[bool(each) for each in headings].index(True)] is Column.TEXT)
    says = any(column in SAYS for column in columns)
    return known if sure >= (2 if says else 3) and (known * 2 >= cells or known > 3) else 0


def _sure(heading: str) -> bool:
    found = _meaning(grammar(), heading.rpartition("/")[2][:400])
    return bool(found and found[1])


def _completed(sheet: Sheet, header: int, headings: list[str], columns: list[Column | None]) -> list[Column]:
    """Columns whose headings say nothing are known by their cells."""
    width = max((len(row) for row in sheet.rows[header : header + _SAMPLE]), default=0)
    headings += [""] * (width - len(headings))
    known = {column for column in columns if column}
    found: list[Column] = []
    for at in range(len(headings)):
        column = columns[at] if at < len(columns) else None
        if column is None:
            column = by_cells(_cells(sheet, header, at))
            if column in known or (column is Column.TEXT and Column.PROPOSED in known):
                column = Column.OTHER
        found.append(column)
    if found.count(Column.TEXT) > 1:
        found = [
            Column.OTHER if each is Column.TEXT and _answers(_cells(sheet, header, at)) else each
            for at, each in enumerate(found)
        ]
    if not {Column.UNIT, Column.SENDER} & set(found):
        named = [at for at, each in enumerate(found) if each is Column.CONTACT and "联系人" in bare(headings[at])]
        found = [Column.SENDER if at in named else each for at, each in enumerate(found)]
    if not any(column in SAYS for column in found):
        for instead in (Column.ORIGINAL, Column.REASON, Column.TITLE):
            if instead in found:
                return [Column.TEXT if column is instead else column for column in found]
    return found


def _answers(cells: Sequence[str]) -> bool:
    """Whether a column only says yes or no, beside one that says what."""
    return bool(cells) and len(set(cells)) <= 4 and all(len(cell) <= 4 for cell in cells)


def _cells(sheet: Sheet, header: int, column: int) -> list[str]:
    rows = sheet.rows[header : header + _SAMPLE]
    return [row[column].strip() for row in rows if column < len(row) and row[column].strip()]


def by_content(sheet: Sheet) -> SheetMapping | None:
    """How a sheet without headings is read, by what stands in its cells; None where no column holds opinions."""
    width = max((len(row) for row in sheet.rows[:_SAMPLE]), default=0)
    columns = [_cells(sheet, 0, at) for at in range(width)]
    if width == 1 and columns[0]:
        return SheetMapping(sheet.name, 0, (Column.TEXT,), ("",))
    found = [by_cells(cells) for cells in columns]
    if Column.TEXT not in found:
        longest = max(range(width), key=lambda at: _mean(columns[at]), default=None)
        if longest is None or _mean(columns[longest]) < 6 or found[longest] not in (Column.OTHER, Column.SENDER):
            return None
        found[longest] = Column.TEXT
    if Column.SENDER not in found:
        free = [at for at, column in enumerate(found) if column is Column.OTHER and _mean(columns[at]) >= 2]
        found = [Column.SENDER if at in free[:1] else column for at, column in enumerate(found)]
    return SheetMapping(sheet.name, 0, tuple(found), ("",) * width)


def stated_above(rows: Sequence[Sequence[str]]) -> dict[Column, str]:
    """What the lines above a header say of all rows: 反馈单位：某局, 联系人：…, 填表日期：…."""
    found: dict[Column, str] = {}
    for row in rows:
        cells = [cell for cell in row if cell.strip()]
        for at, cell in enumerate(cells):
            for segment in _SEGMENTS.split(cell[:400]):
                named, mark, words = segment.replace("：", ":").partition(":")
                column = label(_FILLED_IN.sub("", named.strip(), count=1)) if mark else None
                if not words.strip() and at + 1 < len(cells):
                    words = cells[at + 1]
                if column and words.strip():
                    found.setdefault(column, words.strip())
    return found


def unknown(sheet: Sheet) -> SheetMapping:
    """A sheet of which nothing is known but its first line, which is taken for the header."""
    width = max((len(row) for row in sheet.rows[:_SAMPLE]), default=0)
    first = next((at for at, row in enumerate(sheet.rows) if any(row)), 0)
    headings = (*sheet.rows[first], *[""] * (width - len(sheet.rows[first])))
    return SheetMapping(sheet.name, first + 1, (Column.OTHER,) * width, headings)


def _mean(cells: Sequence[str]) -> float:
    return sum(map(len, cells)) / len(cells) if cells else 0.0


_LONG_NUMBER = re.compile(r"\d{4}")
_KINDS = ("个人", "企业", "高校", "政府", "协会", "机构", "单位", "公众", "群众", "部门", "社会组织")


def by_cells(cells: Sequence[str]) -> Column:
    """What a column holds by its cells (those with words): opinions, days, numbers …; ``other`` where that is open."""
    if not cells:
        return Column.OTHER
    if _most(cells, lambda cell: PHONE_OR_MAIL.find(cell[:120]) is not None):
        return Column.CONTACT
    if _most(cells, lambda cell: DAY.find(cell[:60]) is not None):
        return Column.SUBMITTED
    if _counts(cells):
        return Column.NUMBER
    if len(cells) > 3 and len(set(cells)) <= 8 and _most(cells, lambda cell: cell.endswith(_KINDS) and len(cell) < 9):
        return Column.KIND
    if _most(cells, lambda cell: len(cell) <= 30 and not _LONG_NUMBER.match(cell) and bool(PLACE_IN_DRAFT.find(cell))):
        return Column.CLAUSE
    told = sum(1 for cell in cells if ENDS.find(cell[:2000]))
    if told * 3 >= len(cells) and _mean(cells) >= 8:
        return Column.TEXT
    return Column.OTHER


def _most(cells: Sequence[str], test: Callable[[str], bool]) -> bool:
    return sum(1 for cell in cells if test(cell)) * 5 >= len(cells) * 4


def _counts(cells: Sequence[str]) -> bool:
    """Whether a column numbers its rows."""
    numbers = [int(cell) for cell in cells if cell.isdecimal() and len(cell) < 10]
    if len(numbers) * 5 < len(cells) * 4:
        return False
    return len(numbers) < 3 or sum(1 for one, other in pairwise(numbers) if other == one + 1) * 2 >= len(numbers) - 1


def numbers_columns(cells: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3)."""
    filled = [cell for cell in cells if cell]
    return len(filled) > 2 and all(COLUMN_NUMBER.find(cell) for cell in filled) and len(set(filled)) == len(filled)
