"""Word documents: body, tables, automatic numbers, footnotes, text boxes; tracked changes read as accepted.

Headers and footers, comments, hidden words and deleted words are no part of the text. A footnote becomes a line after
the paragraph that calls it (注：…), so that the sentence around its mark stays whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from analysis.corpus.formats import tables
from analysis.corpus.formats.limits import Parts, broken, local
from analysis.corpus.formats.word_parts import word_parts
from analysis.model import InputError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WHAT = "docx 文档"
# What holds words that are not there once changes are accepted, or that stand in the text a second time.
_LEFT_OUT = frozenset(
    ["del", "moveFrom", "Fallback", "rt", "pPr", "rPr", "sectPr", "instrText", "delText", "commentReference"]
)
_TRANSPARENT = frozenset(
    ["sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"]
)  # what stands around paragraphs, tables, rows and cells
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table: the words of its cells, its merged cells as top, left, bottom, right, from 0, and the lines above it."""

    rows: tuple[tuple[str, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...]
    above: tuple[str, ...] = ()  # since the table before


def read(data: bytes, name: str) -> str:
    """The text of a Word document, a line for each paragraph and table row. Raises InputError: broken, empty, bomb."""
    reader, body = _opened(data, name)
    text = "\n".join(reader.lines(body))
    if not text.strip():
        raise InputError(name, "", "文档里没有文字，可能只有图片", "请提交有文字的版本")
    return text + "\n"


def word_tables(data: bytes, name: str) -> list[WordTable]:
    """The tables of a Word document in their order, those inside cells apart. Raises InputError: broken, bomb."""
    reader, body = _opened(data, name)
    found: list[WordTable] = []
    above: list[str] = []
    for block in _inside(body, "p", "tbl"):
        if local(block) == "tbl":
            found.append(replace(reader.table(block), above=tuple(line for line in above if line.strip())))
            above = []
        else:
            above += reader.lines([block])
    return found


def _opened(data: bytes, name: str) -> tuple[_Reader, Any]:
    """What reads a document, and its body."""
    parts = Parts(data, name, _WHAT)
    fault = broken(name, _WHAT)

    whole = word_parts(parts, fault)
    body = whole.root(whole.main).find(f"{_W}body")
    if body is None:
        raise fault
    notes = {kind: _notes(whole.related(f"{kind}s"), kind) for kind in ("footnote", "endnote")}
    return _Reader(numbers(whole.related("numbering"), whole.related("styles")), notes), body


def _notes(root: Any, kind: str) -> dict[str, Any]:
    """Notes by their number; separators are notes too and have a type."""
    return {
        note.get(f"{_W}id") or "": note for note in root.iterchildren(f"{_W}{kind}") if note.get(f"{_W}type") is None
    }


class _Reader:
    """Walks a body once; automatic numbers count on from paragraph to paragraph."""

    def __init__(self, lists: Numbers, notes: dict[str, dict[str, Any]]) -> None:
        self.lists, self.notes = lists, notes

    def lines(self, container: Any, within: int = 0) -> list[str]:
        """The lines of everything in a body, cell, note or text box."""
        found: list[str] = []
        carried = above = ""
        looked = 0  # at so many of the lines for the one above a table
        for block in _inside(container, "p", "tbl"):
            if local(block) == "tbl":
                above = next((line for line in reversed(found[looked:]) if line.strip()), above)
                looked = len(found)
                found += tables.lines(self._grid(block, within + 1), above)
                continue
            words, after = self._paragraph(block, within)
            if block.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:  # its end was deleted: the next one goes on here
                carried += words
            else:
                found.append(carried + words)
                carried = ""
            found += after
        return [*found, carried] if carried else found

    def _paragraph(self, paragraph: Any, within: int) -> tuple[str, list[str]]:
        """The words of a paragraph with its number, and the lines of its notes and text boxes."""
        words: list[str] = []
        after: list[str] = []
        stack = list(reversed(paragraph))
        while stack:
            node = stack.pop()
            tag = local(node)
            if tag in ("t", "sym"):
                words.append(node.text or "")
            elif tag in _MARKS:
                words.append(_MARKS[tag])
            elif tag in ("footnoteReference", "endnoteReference"):
                note = self.notes[tag.removesuffix("Reference")].get(node.get(f"{_W}id") or "")
                if note is not None and within < 6:
                    said = " ".join(line.strip() for line in self.lines(note, within + 6) if line.strip())
                    after += [f"注：{said}"] if said else []
            elif tag == "txbxContent":
                after += self.lines(node, within + 1) if within < 6 else []
            elif tag and tag not in _LEFT_OUT and not (tag == "r" and _hidden(node)):
                stack.extend(reversed(node))
        text = "".join(words)
        label = self.lists.of(paragraph) if text.strip() else ""
        return (f"{label} {text}" if label[-1:].isascii() and label[-1:].isdigit() else label + text), after

    def _grid(self, table: Any, within: int) -> list[list[str]]:
        """The cells of a table, merged ones in each of their places; rows that were deleted are left out."""
        rows: list[list[str]] = []
        for row in _inside(table, "tr"):
            if row.find(f"{_W}trPr/{_W}del") is not None:
                continue
            cells: list[str] = []
            for cell in _inside(row, "tc"):
                merged = cell.find(f"{_W}tcPr/{_W}vMerge")
                goes_on = merged is not None and (_value(merged) or "continue") == "continue"
                if goes_on and rows and len(cells) < len(rows[-1]):
                    words = rows[-1][len(cells)]
                else:
                    words = " ".join(self.lines(cell, within)) if within < 6 else "".join(cell.itertext())
                across = _whole(_value(cell.find(f"{_W}tcPr/{_W}gridSpan")), 1)
                cells += [words] * min(max(across, 1), 100)
            rows.append(cells)
        return rows

    def table(self, table: Any) -> WordTable:
        """A table as it was made: the words of a merged cell stand once, where it begins."""
        rows: list[tuple[str, ...]] = []
        merged: dict[tuple[int, int], tuple[int, int, int, int]] = {}
        begun: dict[int, tuple[int, int]] = {}  # column -> row and last column of the cell that goes on there
        for row in _inside(table, "tr"):
            if row.find(f"{_W}trPr/{_W}del") is not None:
                continue
            cells: list[str] = []
            for cell in _inside(row, "tc"):
                at, left = len(rows), len(cells)
                across = min(max(_whole(_value(cell.find(f"{_W}tcPr/{_W}gridSpan")), 1), 1), 100)
                down = cell.find(f"{_W}tcPr/{_W}vMerge")
                goes_on = down is not None and (_value(down) or "continue") == "continue" and left in begun
                top, right = begun[left] if goes_on else (at, left + across - 1)
                begun[left] = (top, right)
                words = "" if goes_on else "\n".join(self.lines(cell, 1)).strip()
                cells += [words, *[""] * (across - 1)]
                if goes_on or across > 1:
                    merged[top, left] = (top, left, at, right)
            rows.append(tuple(cells))
        return WordTable(tuple(rows), tuple(merged.values()))


def _inside(parent: Any, *tags: str) -> Iterator[Any]:
    """Elements with one of these tags in their order, also inside content controls and accepted insertions."""
    stack = list(reversed(parent))
    while stack:
        node = stack.pop()
        if local(node) in tags:
            yield node
        elif local(node) in _TRANSPARENT:
            stack.extend(reversed(node))


def _hidden(run: Any) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and _value(vanish) not in ("0", "false", "off")


# Automatic numbers of paragraphs, which stand in no text: 一、（一）1. ① as the reader of the page sees them.
_LEGAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_CHINESE = (
    *("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"),
    *("taiwaneseCounting", "ideographDigital", "japaneseDigitalTenThousand"),
)
_LEVELS = 9
Place = tuple[str, int]  # number of a list, level in it
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
#: Styles that have a sign for each of the first numbers.
_SIGNS = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
}
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x")),
    *((9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def chinese(number: int) -> str:
    """``110`` -> ``一百一十``, ``15`` -> ``十五``; numbers from 0 to 9,999, others as digits."""
    if not 0 <= number < 10_000:
        return str(number)
    if number == 0:
        return "〇"
    words, gap = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            words += ("零" if gap and words else "") + "一二三四五六七八九"[digit - 1] + name
            gap = False
        else:
            gap = True
    return words[1:] if words.startswith("一十") else words


def written(number: int, style: str) -> str:
    """A number in a style of Word (``w:numFmt``); styles for other languages give digits, bullets and none nothing."""
    if style in ("bullet", "none"):
        return ""
    if style in _CHINESE:
        return chinese(number)
    if style in ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"):
        words = chinese(number)
        return ("一" + words if words.startswith("十") else words).translate(_LEGAL)
    if 1 <= number <= len(signs := _SIGNS.get(style, "")):
        return signs[number - 1]
    if style in ("lowerLetter", "upperLetter") and number >= 1:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 % 9 + 1)
        return letter.upper() if style == "upperLetter" else letter
    if style in ("lowerRoman", "upperRoman") and 1 <= number < 4000:
        words = ""
        for size, sign in _ROMAN:
            words += sign * (number // size)
            number %= size
        return words.upper() if style == "upperRoman" else words
    if style == "decimalZero":
        return f"{number:02d}"
    return str(number)


@dataclass(frozen=True, slots=True)
class Layer:
    """One level of a list: where it starts, how it counts, and its text with %1 for the number of level 1."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    plain: bool = False  # numbers of outer levels in digits, whatever their style


@dataclass(slots=True)
class Numbers:
    """Counts through the lists of one document, paragraph by paragraph in their order."""

    lists: Mapping[str, tuple[str, Mapping[int, Layer]]]  # number of the list -> what it counts with, its levels
    styles: Mapping[str, Place]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def of(self, paragraph: Any) -> str:
        """What stands before the words of ``paragraph`` (``w:p``), "" where it is not numbered."""
        place = self._place(paragraph)
        if place is None or place[0] not in self.lists:
            return ""
        number, level = place
        counter, layers = self.lists[number]
        layer = layers.get(level, Layer())
        counts = self._counts.setdefault(counter, {})
        counts[level] = counts.get(level, layer.start - 1) + 1
        for inner in [each for each in counts if each > level]:
            del counts[inner]
        label = layer.text
        for each in range(_LEVELS):
            outer = layers.get(each, Layer())
            count = counts.get(each, outer.start)
            style = "decimal" if layer.plain and each < level else outer.style
            label = label.replace(f"%{each + 1}", written(count, style))
        return "" if layer.style == "bullet" else label

    def _place(self, paragraph: Any) -> Place | None:
        """List and level: the paragraph's own, else those of its style. List 0 means: not numbered after all."""
        inherited = self.styles.get(_value(paragraph.find(f"{_W}pPr/{_W}pStyle")))
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        if own is None:
            return inherited
        number = _value(own.find(f"{_W}numId")) or (inherited[0] if inherited else "")
        level = _value(own.find(f"{_W}ilvl"))
        if number in ("", "0"):
            return None
        return number, _level(level, inherited[1] if inherited and not level else 0)


def numbers(numbering: Any, styles: Any) -> Numbers:
    """The lists of a document, from the roots of ``numbering.xml`` and ``styles.xml``."""
    abstract: dict[str, dict[int, Layer]] = {}
    linked: dict[tuple[str, str], int] = {}  # list kind and style -> level
    lists: dict[str, tuple[str, Mapping[int, Layer]]] = {}
    kinds: dict[str, str] = {}
    for kind in numbering.iterchildren(f"{_W}abstractNum"):
        name = kind.get(f"{_W}abstractNumId") or ""
        abstract[name] = {}
        for level in kind.iterchildren(f"{_W}lvl"):
            at = _level(level.get(f"{_W}ilvl"))
            abstract[name][at] = _layer(level)
            linked[name, _value(level.find(f"{_W}pStyle"))] = at
    for each in numbering.iterchildren(f"{_W}num"):
        number = each.get(f"{_W}numId") or ""
        kinds[number] = name = _value(each.find(f"{_W}abstractNumId"))
        layers = dict(abstract.get(name, {}))
        restarts = False
        for override in each.iterchildren(f"{_W}lvlOverride"):
            at = _level(override.get(f"{_W}ilvl"))
            level = override.find(f"{_W}lvl")
            layers[at] = _layer(level) if level is not None else layers.get(at, Layer())
            if start := _value(override.find(f"{_W}startOverride")):
                restarts = True
                layers[at] = replace(layers[at], start=_whole(start, 1))
        # Lists of one kind count on through the document, unless one says where it starts anew.
        lists[number] = (f"{name} override {number}" if restarts else name, layers)
    return Numbers(lists, _of_styles(styles, kinds, linked))


def _of_styles(styles: Any, kinds: Mapping[str, str], linked: Mapping[tuple[str, str], int]) -> dict[str, Place]:
    """Style -> list and level, also through the styles that it is based on."""
    found: dict[str, Place] = {}
    based: dict[str, str] = {}
    for style in styles.iterchildren(f"{_W}style"):
        name = style.get(f"{_W}styleId") or ""
        based[name] = _value(style.find(f"{_W}basedOn"))
        if number := _value(style.find(f"{_W}pPr/{_W}numPr/{_W}numId")):
            level = _level(_value(style.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")))
            found[name] = (number, linked.get((kinds.get(number, ""), name), level))
    for name in based:
        parent, steps = based[name], 0
        while name not in found and parent and steps < 20:
            if parent in found:
                found[name] = found[parent]
            parent, steps = based.get(parent, ""), steps + 1
    return {name: place for name, place in found.items() if place[0] != "0"}


def _layer(level: Any) -> Layer:
    return Layer(
        start=_whole(_value(level.find(f"{_W}start")), 1),
        style=_value(level.find(f"{_W}numFmt")) or "decimal",
        text=_value(level.find(f"{_W}lvlText")),
        plain=level.find(f"{_W}isLgl") is not None,
    )


def _level(words: str | None, otherwise: int = 0) -> int:
    return min(_whole(words, otherwise), _LEVELS - 1)


def _value(element: Any | None) -> str:
    return "" if element is None else element.get(f"{_W}val") or ""


def _whole(words: str | None, otherwise: int) -> int:
    return int(words) if words and words.isdecimal() and len(words) < 7 else otherwise
