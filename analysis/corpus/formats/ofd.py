"""OFD (GB/T 33190), the fixed-layout format of Chinese offices: zip and XML, text objects with their places."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from statistics import median
from typing import Any

from analysis.corpus.formats.layout import Page, Piece, text_of_pages
from analysis.corpus.formats.limits import MAX_PAGES, Parts, broken, local, parse, too_many_pages
from analysis.model import InputError

_WHAT = "OFD 版式文件"
_HAN = re.compile("[\u3400-\u9fff]")
_A4 = "0 0 210 297"  # millimetres


def read(data: bytes, name: str) -> str:
    """The text of an OFD file, a line for each line on the page. Raises InputError: broken, too long, no text."""
    parts = Parts(data, name, _WHAT)
    fault = broken(name, _WHAT)

    def root(part: str) -> Any:
        return parse(parts.read(part), fault)

    pages: list[Page] = []
    for place in (each.text or "" for each in root("OFD.xml").iter("{*}DocRoot")):
        document = root(place.strip().lstrip("/"))
        folder = posixpath.dirname(place.strip().lstrip("/"))
        box = next((each.text for each in document.iter("{*}PhysicalBox")), None) or _A4
        places = [posixpath.join(folder, each.get("BaseLoc") or "") for each in document.iter("{*}Page")]
        found = [posixpath.normpath(place).lstrip("/") for place in places]  # from the root of the file or that folder
        if len(pages) + len(found) > MAX_PAGES:
            raise too_many_pages(name, len(pages) + len(found))
        pages += [_page(root(part), box) for part in found]
    if not any(page.pieces for page in pages):
        raise InputError(name, "", "OFD 里没有文字，可能是扫描件", "请提交有文字的版本")
    return text_of_pages(pages)


def _page(content: Any, box: str) -> Page:
    own = next((each.text for each in content.iter("{*}PhysicalBox")), None) or box
    height = (_numbers(own) + [0.0] * 4)[3] or 297.0
    pieces = [piece for each in content.iter("{*}TextObject") for piece in _pieces(each)]
    sizes = [piece.bottom - piece.top for piece in pieces if _HAN.search(piece.text)]
    return Page(tuple(pieces), height, median(sizes) if sizes else 4.0)


def _pieces(element: Any) -> Iterator[Piece]:
    """The pieces of one text object; its text codes start at X and Y inside its box, their widths are in DeltaX."""
    left, top, *_ = (*_numbers(element.get("Boundary") or ""), 0.0, 0.0)
    size = (_numbers(element.get("Size") or "") or [4.0])[0] or 4.0
    scale = _numbers(element.get("CTM") or "") or [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    across, down = (abs(scale[0]) or 1.0, abs(scale[3]) or 1.0) if len(scale) == 6 else (1.0, 1.0)
    for code in element:
        words = (code.text or "").strip("\r\n") if local(code) == "TextCode" else ""
        if not words.strip():
            continue
        x = left + (_numbers(code.get("X") or "") or [0.0])[0] * across
        base = top + (_numbers(code.get("Y") or "") or [size])[0] * down
        steps = _steps(code.get("DeltaX") or "", len(words))
        width = (sum(steps[: len(words) - 1]) + size if steps else size * len(words)) * across
        yield Piece(words, x, base - size * down * 0.9, x + width, base + size * down * 0.1)


def _steps(written: str, most: int) -> list[float]:
    """``4 4 g 3 2`` -> 4, 4, 2, 2, 2: ``g n v`` stands for n times v."""
    steps: list[float] = []
    words = written.split()
    at = 0
    while at < len(words) and len(steps) < most:
        if words[at] == "g" and at + 2 < len(words):
            count, value = _numbers(words[at + 1]), _numbers(words[at + 2])
            steps += [value[0]] * min(int(count[0]), most) if count and value else []
            at += 3
        else:
            steps += _numbers(words[at])
            at += 1
    return steps


def _numbers(written: str) -> list[float]:
    return [float(word) for word in re.findall(r"-?\d{1,9}(?:\.\d{1,9})?", written)]
