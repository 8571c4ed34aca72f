"""Scans and pictures, by an optional recogniser that runs offline: its model comes in its wheel.

``pip install -r requirements-ocr.txt`` brings it. Where it is missing, one sentence says so.
"""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Iterator
from statistics import median
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageOps, UnidentifiedImageError

from analysis.corpus.formats.layout import Page, Piece, text_of_pages
from analysis.corpus.formats.limits import broken
from analysis.corpus.formats.pdf import opened
from analysis.model import InputError

MAX_SCANNED_PAGES = 60
_MAX_PIXELS = 60_000_000
_SURE = 0.5  # of a line, by the recogniser's own measure
_DOTS = 200  # an inch


def available() -> bool:
    """Whether the optional recogniser is installed."""
    return importlib.util.find_spec("rapidocr_onnxruntime") is not None


def missing(name: str) -> InputError:
    """The fault of a picture where the recogniser is missing."""
    return InputError(
        name, "", "这是图片，本机没有安装文字识别组件", "请提交文字版，或按 README 安装 requirements-ocr.txt"
    )


def read_picture(data: bytes, name: str) -> str:
    """The lines of a picture (each page of a TIFF). Raises InputError: broken, too large, nothing readable."""
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


def read_pdf(data: bytes, name: str) -> str:
    """The lines of a scanned PDF. Raises InputError: broken, too many pages, nothing readable."""
    document = opened(data, name)
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
