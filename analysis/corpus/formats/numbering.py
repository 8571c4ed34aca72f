"""Automatic numbers of Word paragraphs, which stand in no text: 一、（一）1. ① as the reader of the page sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEGAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCountingThousand",
    "taiwaneseCounting",
    "ideographDigital",
    "japaneseDigitalTenThousand",
)
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
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_SMALL = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


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
        for size, sign in _ROMAN + _ROMAN_SMALL:
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
    styles: Mapping[str, tuple[str, int]]  # style -> list and level
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
        for each in range(9):
            outer = layers.get(each, Layer())
            count = counts.get(each, outer.start)
            style = "decimal" if layer.plain and each < level else outer.style
            label = label.replace(f"%{each + 1}", written(count, style))
        return "" if layer.style == "bullet" else label

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """List and level: the paragraph's own, else those of its style. List 0 means: not numbered after all."""
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        inherited = self.styles.get(style.get(f"{_W}val") or "") if style is not None else None
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        if own is None:
            return inherited
        number = _value(own.find(f"{_W}numId")) or (inherited[0] if inherited else "")
        level = _value(own.find(f"{_W}ilvl"))
        if number in ("", "0"):
            return None
        return number, _whole(level, inherited[1] if inherited and not level else 0)


def numbers(numbering: Any | None, styles: Any | None) -> Numbers:
    """The lists of a document, from the roots of ``numbering.xml`` and ``styles.xml`` (None where there is none)."""
    abstract: dict[str, dict[int, Layer]] = {}
    linked: dict[tuple[str, str], int] = {}  # list kind and style -> level
    lists: dict[str, tuple[str, Mapping[int, Layer]]] = {}
    kinds: dict[str, str] = {}
    for kind in numbering.iterchildren(f"{_W}abstractNum") if numbering is not None else ():
        name = kind.get(f"{_W}abstractNumId") or ""
        abstract[name] = {}
        for level in kind.iterchildren(f"{_W}lvl"):
            at = _whole(level.get(f"{_W}ilvl"), 0)
            abstract[name][at] = _layer(level)
            linked[name, _value(level.find(f"{_W}pStyle"))] = at
    for each in numbering.iterchildren(f"{_W}num") if numbering is not None else ():
        number = each.get(f"{_W}numId") or ""
        kinds[number] = name = _value(each.find(f"{_W}abstractNumId"))
        layers = dict(abstract.get(name, {}))
        restarts = False
        for override in each.iterchildren(f"{_W}lvlOverride"):
            at = _whole(override.get(f"{_W}ilvl"), 0)
            level = override.find(f"{_W}lvl")
            layers[at] = layer = _layer(level) if level is not None else layers.get(at, Layer())
            start = _value(override.find(f"{_W}startOverride"))
            if start:
                restarts = True
                layers[at] = Layer(_whole(start, 1), layer.style, layer.text, layer.plain)
        # Lists of one kind count on through the document, unless one says where it starts anew.
        lists[number] = (f"{name} override {number}" if restarts else name, layers)
    return Numbers(lists, _of_styles(styles, kinds, linked))


def _of_styles(
    styles: Any | None, kinds: Mapping[str, str], linked: Mapping[tuple[str, str], int]
) -> dict[str, tuple[str, int]]:
    """Style -> list and level, also through the styles that it is based on."""
    found: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    for style in styles.iterchildren(f"{_W}style") if styles is not None else ():
        name = style.get(f"{_W}styleId") or ""
        based[name] = _value(style.find(f"{_W}basedOn"))
        own = style.find(f"{_W}pPr/{_W}numPr")
        number = _value(own.find(f"{_W}numId")) if own is not None else ""
        if own is not None and number:
            level = linked.get((kinds.get(number, ""), name), _whole(_value(own.find(f"{_W}ilvl")), 0))
            found[name] = (number, level)
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


def _value(element: Any | None) -> str:
    return "" if element is None else element.get(f"{_W}val") or ""


def _whole(words: str | None, otherwise: int) -> int:
    return int(words) if words and words.isdecimal() and len(words) < 7 else otherwise
