"""Where the parts of a Word file stand: its main part and what that is related to, by their relationships.

Most programs call them ``word/document.xml``, ``word/styles.xml`` and so on; only the relationships of a file say so.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from analysis.corpus.formats.limits import Parts, parse
from analysis.model import InputError

TYPES = "[Content_Types].xml"
_USUAL = "word/document.xml"
_MAIN = re.compile(
    rb"application/vnd\.(?:openxmlformats-officedocument\.wordprocessingml\.(?:document|template)\.main"
    rb"|ms-word\.(?:document\.macroEnabled\.main|template\.macroEnabledTemplate\.main))\+xml"
)
_MOST_TYPES = 2_000_000  # bytes of the list of types


@dataclass(frozen=True, slots=True)
class WordParts:
    """The parts of a Word file. ``main`` is its document; ``links``: number of a relation of it -> name of the part."""

    parts: Parts
    main: str
    links: Mapping[str, str]
    kinds: Mapping[str, str]
    fault: InputError

    def name(self, kind: str) -> str:
        """The part of a kind (styles, numbering, theme, settings …), which need not be there."""
        usual = "theme/theme1.xml" if kind == "theme" else f"{kind}.xml"
        return self.kinds.get(kind) or posixpath.join(posixpath.dirname(self.main), usual)

    def root(self, part: str) -> Any:
        """The root of a part by its name; an empty element where there is none. Raises InputError: it is damaged."""
        there = part in self.parts.names
        return parse(self.parts.read(part), self.fault) if there else etree.Element("absent")

    def related(self, kind: str) -> Any:
        """The root of the part of a kind."""
        return self.root(self.name(kind))


def word_parts(parts: Parts, fault: InputError) -> WordParts:
    """The parts of an opened docx. Raises ``fault`` where the relationships are damaged."""
    found = WordParts(parts, _USUAL, {}, {}, fault)
    named = (target for _, kind, target in _relations(found, "") if kind == "officeDocument" and target in parts.names)
    main = next(named, _USUAL)
    relations = list(_relations(found, main))
    kinds = {kind: target for _, kind, target in reversed(relations) if target in parts.names}
    return WordParts(parts, main, {number: target for number, _, target in relations}, kinds, fault)


def _relations(found: WordParts, part: str) -> Iterator[tuple[str, str, str]]:
    """Number, kind and target of each relation of a part ("": of the whole file) to another part."""
    folder, name = posixpath.split(part)
    for link in found.root(posixpath.join(folder, "_rels", f"{name}.rels")):
        if isinstance(link.tag, str) and link.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, link.get("Target") or "")).lstrip("/")
            yield link.get("Id") or "", (link.get("Type") or "").rpartition("/")[2], target


def is_word(archive: zipfile.ZipFile) -> bool:
    """Whether a zip says of one of its parts that it is the document of a Word file, whatever it is called."""
    names = set(archive.namelist())
    if _USUAL in names or TYPES not in names:
        return _USUAL in names
    types = archive.getinfo(TYPES)
    return types.file_size <= _MOST_TYPES and _MAIN.search(archive.read(types)) is not None
