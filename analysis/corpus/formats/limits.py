"""How much of a file is read at most, and zip and XML from strangers: no bombs, no entities, no network."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from analysis.model import InputError

MAX_PAGES = 400
MAX_CHARACTERS = 2_000_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200  # a real text packs to a tenth or so
MAX_PARTS = 20_000
SECONDS = 60
MEMORY = 2 * 1024**3  # address space of the process that reads; libraries map more than they use
SCAN_SECONDS = 600
SCAN_MEMORY = 6 * 1024**3


def broken(name: str, what: str) -> InputError:
    """The fault of a file that is damaged."""
    return InputError(name, "", f"{what}已损坏，读不出正文", "请重新下载或另存一份再提交")


def too_many_pages(name: str, pages: int) -> InputError:
    """The fault of a file with more pages than are read."""
    return InputError(name, "", f"共 {pages} 页，超过 {MAX_PAGES} 页的上限", "请只保留政策正文，拆分后再提交")


class NoTextLayer(InputError):
    """A PDF of pictures: what it says can only be recognised."""


class Parts:
    """The files inside a zipped document, read within the limits."""

    def __init__(self, data: bytes, name: str, what: str) -> None:
        """Open ``data``; ``what`` is its kind in Chinese. Raises InputError: broken, encrypted, or a zip bomb."""
        self.name, self.what = name, what
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            parts = self._archive.infolist()
        except Exception:  # zipfile raises many kinds on bytes that are no zip
            raise broken(name, what) from None
        unpacked = sum(part.file_size for part in parts)
        if unpacked > MAX_UNPACKED or unpacked > max(len(data), 100_000) * MAX_RATIO or len(parts) > MAX_PARTS:
            raise self._bomb()
        if any(part.flag_bits & 1 for part in parts):
            raise InputError(name, "", f"{what}已加密", "请取消密码后再提交")
        self._left = MAX_UNPACKED
        self.names = frozenset(part.filename for part in parts)

    def read(self, part: str) -> bytes:
        """The bytes of one part. Raises InputError when it is absent, damaged or larger than it claims to be."""
        try:
            with self._archive.open(part) as stream:
                data = stream.read(self._left + 1)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError):
            raise broken(self.name, self.what) from None
        self._left -= len(data)
        if self._left < 0:
            raise self._bomb()
        return data

    def _bomb(self) -> InputError:
        problem = f"解压后过大（上限 {MAX_UNPACKED // 1024 // 1024} MB），可能不是正常文档"
        return InputError(self.name, "", problem, "请另存为 docx 或 txt 后再提交")


def parse(data: bytes, fault: InputError) -> etree._Element:
    """The root element of ``data``. Raises ``fault`` when it is no XML or declares entities."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise fault from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise fault
    return root


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; "" for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
