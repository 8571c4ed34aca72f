"""PDF: characters with their boxes, set into lines by :mod:`analysis.corpus.formats.layout`; scans and pictures by an
optional recogniser that runs offline (its model comes in its wheel).

``pip install -r requirements-ocr.txt`` brings the recogniser. Where it is missing, one sentence says so.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from statistics import median
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from analysis.corpus.formats.layout import Page, Piece, text_of_pages
from analysis.corpus.formats.limits import MAX_CHARACTERS, MAX_PAGES, NoTextLayer, broken, too_many_pages
from analysis.model import InputError

if TYPE_CHECKING:
    from PIL import Image

_HAN = re.compile("[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff]")
_LEAST = 20  # characters a page, on average: fewer is a scan with a stamp on it
Box = tuple[str, float, float, float, float]  # character, left, top, right, bottom; y downwards


def read(data: bytes, name: str) -> str:
    """The text of a PDF, a line for each line on the page. Raises InputError: broken, encrypted, too long, a scan."""
    document = _opened(data, name)
    try:
        pages: list[Page] = []
        count = 0
        for page in _pages(document, name):
            pages.append(page)
            count += sum(len(piece.text) for piece in page.pieces)
            if count > MAX_CHARACTERS:
                break  # whoever asked counts the characters and says so
        if count < _LEAST * max(len(pages), 1):
            problem = f"这份 PDF 是扫描件，{'几乎' if count else ''}没有文字层"
            remedy = "请提交有文字层的版本，或按 README 安装可选的文字识别组件（requirements-ocr.txt）"
            raise NoTextLayer(name, "", problem, remedy)
        return text_of_pages(pages)
    finally:
        document.close()


def _opened(data: bytes, name: str) -> pdfium.PdfDocument:
    """The document. Raises InputError: broken, encrypted, without pages or with too many."""
    try:
        document = pdfium.PdfDocument(data)
        pages = len(document)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise InputError(name, "", "PDF 已加密", "请取消密码后再提交") from None
        raise broken(name, "PDF ") from None
    if pages == 0:
        raise broken(name, "PDF ")
    if pages > MAX_PAGES:
        document.close()
        raise too_many_pages(name, pages)
    return document


def _pages(document: pdfium.PdfDocument, name: str) -> Iterator[Page]:
    for at in range(len(document)):
        try:
            page = document[at]
            words = page.get_textpage()
            height = page.get_height()
            boxes = list(_boxes(words, height))
            words.close()
            page.close()
        except pdfium.PdfiumError:
            raise InputError(name, f"第 {at + 1} 页", "这一页已损坏，读不出来", "请重新下载或另存一份再提交") from None
        han = [right - left for character, left, _, right, _ in boxes if _HAN.match(character) and right > left]
        tall = [bottom - top for _, _, top, _, bottom in boxes if bottom > top]
        em = median(han) if han else (median(tall) if tall else 1.0)
        yield Page(tuple(_pieces(boxes, em)), height, em)


def _boxes(words: pdfium.PdfTextPage, height: float) -> Iterator[Box]:
    """Every character that the file itself has, with the box of its place in the line."""
    pending = 0
    for at in range(words.count_chars()):
        if pdfium_c.FPDFText_IsGenerated(words.raw, at) == 1:
            continue
        code = pdfium_c.FPDFText_GetUnicode(words.raw, at)
        if 0xD800 <= code < 0xDC00:
            pending = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((pending - 0xD800) << 10) + (code - 0xDC00) if pending else 0xFFFD
        pending = 0
        if code < 32 or code in (0xFFFE, 0xFFFF, 0xAD) or code > 0x10FFFF:
            continue
        left, bottom, right, top = words.get_charbox(at, loose=True)
        yield chr(code), left, height - top, right, height - bottom


def _pieces(boxes: list[Box], em: float) -> Iterator[Piece]:
    """Characters that follow each other on one line, cut where a gap is nearly as wide as a character."""
    text = ""
    left = top = right = bottom = begun = 0.0
    for character, x0, y0, x1, y1 in boxes:
        if text.endswith(character) and abs(x0 - begun) < 0.2 * em and abs(y0 - top) < 0.2 * em:
            continue  # bold made by printing twice
        level = min(bottom, y1) - max(top, y0) > 0.5 * min(bottom - top, y1 - y0)
        if text and (not level or not -0.6 * em < x0 - right < 0.9 * em):
            if text.strip():
                yield Piece(text, left, top, right, bottom)
            text = ""
        if not text:
            if character.isspace():
                continue
            left, top, right, bottom = x0, y0, x1, y1
        elif x0 - right > 0.25 * em and not text.endswith(" ") and character != " ":
            text += " "
        text += character
        begun = x0
        right = max(right, x1)
        top, bottom = min(top, y0), max(bottom, y1)
    if text.strip():
        yield Piece(text, left, top, right, bottom)


MAX_SCANNED_PAGES = 60
_MAX_PIXELS = 60_000_000
_SURE = 0.5  # of a line, by the recogniser's own measure
_DOTS = 200  # an inch


def read_picture(data: bytes, name: str) -> str:
    """The lines of a picture (each page of a TIFF). Raises InputError: broken, too large, nothing readable."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        picture = Image.open(io.BytesIO(data))
        if picture.width * picture.height > _MAX_PIXELS:
            raise InputError(name, "", "图片太大", f"请缩小到 {_MAX_PIXELS // 10_000} 万像素以内")
        frames = []
        for at in range(min(getattr(picture, "n_frames", 1), MAX_SCANNED_PAGES)):
            picture.seek(at)
            frames.append(ImageOps.exif_transpose(picture.convert("RGB")))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError):
        raise broken(name, "图片") from None
    return _recognised(iter(frames), name)


def read_scan(data: bytes, name: str) -> str:
    """The lines of a scanned PDF. Raises InputError: broken, too many pages, nothing readable."""
    document = _opened(data, name)
    if len(document) > MAX_SCANNED_PAGES:
        problem = f"扫描件共 {len(document)} 页，超过 {MAX_SCANNED_PAGES} 页的上限"
        raise InputError(name, "", problem, "请拆分后再提交，或提交有文字层的版本")
    return _recognised((_picture(document[at]) for at in range(len(document))), name)


def _picture(page: pdfium.PdfPage) -> Image.Image:
    inches = max(page.get_width() * page.get_height() / 72 / 72, 1)
    scale = min(_DOTS / 72, (_MAX_PIXELS / inches) ** 0.5 / 72)
    picture: Image.Image = page.render(scale=scale).to_pil()
    return picture.convert("RGB")


def _recognised(pictures: Iterator[Image.Image], name: str) -> str:
    import numpy
    from rapidocr_onnxruntime import RapidOCR

    engine = RapidOCR()
    pages: list[Page] = []
    for picture in pictures:
        found, _ = engine(numpy.asarray(picture))
        pages.append(_page(found or [], picture.height))
    if not any(page.pieces for page in pages):
        raise InputError(name, "", "没有认出文字", "请换一份更清晰的扫描件，或提交文字版")
    return text_of_pages(pages)


def _page(found: list[Any], height: int) -> Page:
    """What the recogniser found, a quadrilateral with words and how sure it is, as pieces."""
    pieces: list[Piece] = []
    for corners, words, sure in found:
        across, down = [float(x) for x, _ in corners], [float(y) for _, y in corners]
        if words.strip() and float(sure) >= _SURE:
            pieces.append(Piece(words, min(across), min(down), max(across), max(down)))
    em = median(piece.bottom - piece.top for piece in pieces) if pieces else 1.0
    return Page(tuple(pieces), float(height), em)
