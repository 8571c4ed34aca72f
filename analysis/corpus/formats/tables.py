"""Tables as lines of text: one line a row, and every bare number with what it measures and its unit.

A cell that is only a number, with or without its unit, becomes ``header：row name, number, unit``; any other cell
``header：words``; cells are parted by ``；``. So a table headed 指标｜单位｜2025年目标 gives
``2025年目标：技术合同成交额300亿元。`` The unit is the cell's own, else it comes from a column 单位, else from
brackets after the name of the row or the header (成交额（亿元）), else from the line above the table (单位：亿元).
No word is added that the table does not have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from analysis.grammar import grammar

_NUMBER = re.compile(
    r"(?P<figure>[≥≤＞＜><~～约]?\s*\d[\d,，]*(?:\.\d+)?(?:\s*[-—–~～至]+\s*\d[\d,，]*(?:\.\d+)?)?)"
    r"\s*(?P<unit>[^\d\s，。；、]{0,4}?)(?P<bound>以上|以内|左右)?"
)
_YEAR = re.compile(r"(?:19|20)\d{2}\s*年?(?:底|末)?")
_RUNNING_NUMBER = re.compile(r"序\s*号|编\s*号|№|No\.?|号", re.I)
_UNIT_COLUMN = re.compile(r"(?:计量|计算)?单\s*位")
_YEAR_COLUMN = re.compile(r"年\s*[份度]|时\s*间")
_BRACKETS = re.compile(
    r"[（(\[［] ?(?:单位 ?(?:[：:] ?)?)?([^（）()\[\]［］]{1,8}?) ?[）)\]］] ?$|[，,/] ?([^，,/]{1,4}) ?$"
)
_ABOVE = re.compile(r"单\s*位\s*[：:]\s*([\w%‰％]{1,8})\s*(?:[）)]\s*)?$")
_SCALE = re.compile("[十百千万亿]{0,2}")


def lines(rows: Sequence[Sequence[str]], above: str = "") -> list[str]:
    """The rows of a table as lines, header not counted; ``above`` is the line before the table.

    Rows hold their cells with the space inside them folded; a merged cell stands in each of its places. A table
    without a header, or with one column only, gives its cells as they are.
    """
    grid = [[" ".join(cell.split()) for cell in row] for row in rows]
    grid = [row for row in grid if any(row)]
    caption = unit_above(above)
    # First rows of one merged cell are the title of the table.
    merged = list(takewhile(lambda row: len(row) > 1 and len(set(filter(None, row))) == 1, grid[:-1]))
    titles: list[str] = []
    for row in merged:
        caption = unit_above(row[0]) or caption
        titles += [] if _ABOVE.fullmatch(row[0]) else [next(filter(None, row))]
    grid = grid[len(merged) :]
    if len(grid) < 2 or max(map(len, grid)) < 2 or _has_numbers(grid[0]):
        return titles + [_sentence(_once(row)) for row in grid]
    head = grid[0]
    body = grid[1:]
    if len(body) > 1 and len(set(head)) < len(head) and not _has_numbers(body[0]):
        head = [_joined(top, below) for top, below in zip(head, body[0], strict=False)]
        body = body[1:]
    return titles + [_row(head, row, caption) for row in body]


def unit_above(line: str) -> str:
    """``（单位：亿元）`` -> ``亿元``; "" where a line names no unit."""
    found = _ABOVE.search(line)
    return found[1] if found and _is_unit(found[1]) else ""


def _row(head: Sequence[str], row: Sequence[str], caption: str) -> str:
    cells = [(head[at] if at < len(head) else "", cell) for at, cell in enumerate(row)]
    numbers = [_measures(title, cell) for title, cell in cells]
    first = numbers.index(True) if any(numbers) else 0
    named = max((at for at in range(first) if _names(*cells[at])), default=-1)  # what the row is about
    subject = cells[named][1] if named >= 0 else ""
    own = next((cell for title, cell in cells if _UNIT_COLUMN.fullmatch(title) and _is_unit(cell)), "")
    name, of_row = _split(subject)
    said: list[str] = []
    for at, (title, cell) in enumerate(cells):
        if not cell or _RUNNING_NUMBER.fullmatch(title) or (own and _UNIT_COLUMN.fullmatch(title)):
            continue
        if numbers[at]:
            header, of_header = _split(title)
            unit = own or of_row or of_header or caption
            said.append(_said("", header, cell, unit) if _YEAR.fullmatch(name) else _said(header, name, cell, unit))
        elif at == named:
            if _YEAR.fullmatch(cell):
                said.append(cell if "年" in cell else f"{cell}年")
        elif not said or said[-1] != f"{title}：{cell}":
            said.append(f"{title}：{cell}" if title and title != cell else cell)
    return _sentence(said)


def _said(header: str, name: str, number: str, unit: str) -> str:
    """``2025年``, ``成交额``, ``300``, ``亿元`` -> ``2025年：成交额300亿元``; a bound stays last."""
    if _YEAR.fullmatch(header) and "年" not in header:
        header += "年"
    found = _NUMBER.fullmatch(number)
    if found:
        number = f"{found['figure']}{found['unit'] or unit}{found['bound'] or ''}"
    return f"{header}：{name}{number}" if header else f"{name}{number}"


def _measures(title: str, cell: str) -> bool:
    """Whether a cell is a number that measures something, with its unit or bare: no running number and no year."""
    found = _NUMBER.fullmatch(cell)
    if found is None or _RUNNING_NUMBER.fullmatch(title) or (found["unit"] and not _is_unit(found["unit"])):
        return False
    return not (_YEAR.fullmatch(cell) and (not title or _YEAR_COLUMN.search(title)))


def _names(title: str, cell: str) -> bool:
    """Whether a cell can be what its row is about."""
    return bool(cell) and not (_RUNNING_NUMBER.fullmatch(title) or _UNIT_COLUMN.fullmatch(title))


def _split(title: str) -> tuple[str, str]:
    """``成交额（亿元）`` -> ``成交额``, ``亿元``; a title without a unit keeps its brackets."""
    found = _BRACKETS.search(title)
    unit = (found[1] or found[2] or "").strip() if found else ""
    return (title[: found.start()].strip(), unit) if found and _is_unit(unit) else (title, "")


def _is_unit(words: str) -> bool:
    known = grammar().units
    return words in known or _SCALE.sub("", words, count=1) in known or words in ("%", "％", "‰")


def _joined(top: str, below: str) -> str:
    return top if below in ("", top) else below if not top else f"{top}{below}"


def _has_numbers(row: Sequence[str]) -> bool:
    return any(_measures("", cell) and not _YEAR.fullmatch(cell) for cell in row)


def _once(row: Sequence[str]) -> list[str]:
    """The cells of a row, each merged cell once."""
    return [cell for at, cell in enumerate(row) if cell and (at == 0 or row[at - 1] != cell)]


def _sentence(parts: Sequence[str]) -> str:
    words = "；".join(part.rstrip("。；") for part in parts)
    return f"{words}。" if words else ""
