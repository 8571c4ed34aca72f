"""What a file is, by its first bytes and not by its name; and in which encoding plain text is written."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from enum import StrEnum

from analysis.corpus.formats.word_parts import is_word
from analysis.model import InputError


class Kind(StrEnum):
    """The formats that are told apart; the values are what users read."""

    TEXT = "纯文本"
    DOCX = "docx 文档"
    OFD = "OFD 版式文件"
    ODT = "odt 文档"
    PDF = "PDF"
    HTML = "网页"
    MHTML = "网页归档"
    RTF = "RTF 文档"
    DOC = "doc 或 wps 文档"
    PICTURE = "图片"
    ENCRYPTED = "加密的 Office 文档"
    TABLE = "电子表格"
    SLIDES = "演示文稿"
    ARCHIVE = "压缩包"
    UNKNOWN = "未知格式"


_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
_PACKED = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_HTML = re.compile(rb"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s", re.I)
_MHTML = re.compile(rb"^(?:From: .*\r?\n)?(?:[\w-]+: .*\r?\n)*?(?:MIME-Version|Snapshot-Content-Location): ", re.I)
# Names of streams inside the old container of Office, as they stand there.
_STREAMS = (
    ("EncryptedPackage", Kind.ENCRYPTED),
    ("WordDocument", Kind.DOC),
    ("Workbook", Kind.TABLE),
    ("PowerPoint Document", Kind.SLIDES),
    ("CONTENTS", Kind.DOC),
)
# Endings that promise words. A picture under such a name was not meant to be read as a picture.
WORDS = (".txt", ".docx", ".doc", ".wps", ".rtf", ".odt", ".pdf", ".html", ".htm", ".mht", ".mhtml", ".ofd")
PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif")
ENDINGS = (*WORDS, *PICTURES)  # what a file may be called; what it is, its bytes say


def kind_of(data: bytes) -> Kind:
    """What ``data`` is. Bytes that look like nothing else are text, or unknown where they hold zeros."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf\x00 \t\r\n")
    if data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or _bitmap(data):
        return Kind.PICTURE
    if data.startswith(b"PK"):
        return _zipped(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return next((kind for name, kind in _STREAMS if name.encode("utf-16-le") in data), Kind.UNKNOWN)
    if data.startswith(_PACKED):
        return Kind.ARCHIVE
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if head.startswith(b"{\\rtf"):
        return Kind.RTF
    if _MHTML.match(head):
        return Kind.MHTML
    if head.startswith(b"<") and _HTML.search(head):
        return Kind.HTML
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Kind.UNKNOWN
    return Kind.TEXT


def _bitmap(data: bytes) -> bool:
    """BM is also how a text may begin; a bitmap states its own length next."""
    return data[:2] == b"BM" and int.from_bytes(data[2:6], "little") == len(data)


def _zipped(data: bytes) -> Kind:
    """Word, OFD, OpenDocument and the rest of what comes in a zip; a broken one goes by what can still be seen."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                names.add(archive.read("mimetype").decode("ascii", "replace").strip())
            word = is_word(archive)
    except Exception:  # zipfile raises many kinds on bytes that are no zip
        names = set()
        if b"word/document.xml" in data or b"[Content_Types].xml" in data[:200]:
            return Kind.DOCX
        word = False
    if word:
        return Kind.DOCX
    for name, kind in (
        ("OFD.xml", Kind.OFD),
        ("application/vnd.oasis.opendocument.text", Kind.ODT),
        ("xl/workbook.xml", Kind.TABLE),
        ("xl/workbook.bin", Kind.TABLE),
        ("application/vnd.oasis.opendocument.spreadsheet", Kind.TABLE),
        ("ppt/presentation.xml", Kind.SLIDES),
    ):
        if name in names:
            return kind
    return Kind.ARCHIVE


# The commonest characters of running text in either script: what a right guess is full of and a wrong one lacks.
_COMMON = re.compile(
    "[的一是和在有中人大为业发国工技术科企成果化展产创新转移合同机构市省政府资金支持家第条应当与及对以上年月日"
    "為業發國術產創轉構資條應當與對於會實設關進經機開動學區項萬億員務標準額]"
)
_HAN = re.compile("[\u3400-\u9fff]")
_MARKED = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def plain_text(data: bytes, name: str) -> str:
    """Bytes of a text file -> its characters; line ends stay as they are. Raises InputError: no known encoding.

    UTF-8 is certain by its form. GB18030 and BIG5 share most byte pairs: of those that can be decoded, the one whose
    Han characters are common ones wins, GB18030 on a draw.
    """
    text = decoded(data)
    if text is None:
        raise InputError(name, "", "文字编码不是 UTF-8、UTF-16、GB18030 或 BIG5", "请另存为 UTF-8 编码的 .txt 文件")
    return text


def decoded(data: bytes) -> str | None:
    """The text of ``data``, or None where no encoding fits."""
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return _try(data[len(mark) :], encoding)
    plain = _try(data, "utf-8")
    if plain is not None:
        return plain
    guesses = [guess for guess in (_try(data, "gb18030"), _try(data, "big5hkscs")) if guess is not None]
    return max(guesses, key=_familiar, default=None)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _familiar(text: str) -> float:
    """Share of common characters among Han, of the first 20,000 characters."""
    sample = text[:20_000]
    han = len(_HAN.findall(sample))
    odd = sum("\ue000" <= character <= "\uf8ff" for character in sample)  # private use: a sign of the wrong table
    return (len(_COMMON.findall(sample)) - odd) / han if han else 0.0
