"""What a Word file carries besides its words: macros, links to the outside, revisions, words that are not read.

Nothing of it is executed or fetched. What cannot be used is refused in one sentence; the rest is noted in one sentence
each, and checked.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from analysis.corpus.formats.limits import Parts, broken, parse
from analysis.corpus.formats.word_parts import TYPES, WordParts, word_parts
from analysis.model import InputError
from analysis.word.paragraphs import W, hidden

_WHAT = "docx 文档"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MAINS = {
    "application/vnd.ms-word.document.macroEnabled.main+xml": "",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml": "template",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": "template",
}
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MACROS = re.compile(
    r"(?:^|/)(?:vba(?:project|data|projectsignature\w*)\.(?:bin|xml)|_rels/vbaproject\.bin\.rels)$", re.I
)
_OBJECTS = re.compile(r"^[^/]+/(?:embeddings|activeX)/", re.I)
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_OUTER_FIELD = re.compile(r"\b(INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|LINK|IMPORT|INCLUDE|DATABASE)\b", re.I)
_LINKS = {"attachedTemplate": "模板", "image": "图片", "oleObject": "对象", "subDocument": "子文档", "frame": "框架"}


@dataclass(frozen=True, slots=True)
class Opened:
    """``data``: the file as an ordinary docx, without macros; ``notes``: a Chinese sentence on each thing in it."""

    data: bytes
    notes: tuple[str, ...]


def opened(data: bytes, name: str) -> Opened:
    """A Word file that may be read. Raises InputError: broken, encrypted, a bomb, with entities, or a strict docx."""
    parts = Parts(data, name, _WHAT)
    fault = broken(name, _WHAT)
    if TYPES not in parts.names:
        raise fault
    texts = {part: parts.read(part) for part in sorted(parts.names) if part.endswith((".xml", ".rels"))}
    if any(_declares(text) for text in texts.values()):
        raise InputError(
            name, "", "XML 里声明了实体或文档类型，不是正常的 docx", "请在 Word 或 WPS 里另存为 docx 再提交"
        )
    whole = word_parts(parts, fault)
    if whole.main not in texts:
        raise fault
    if _STRICT in texts[whole.main][:4096]:
        raise InputError(name, "", "存成了“严格 Open XML”格式，读不了", "请在 Word 里另存为普通的 docx 再提交")
    types = parse(texts[TYPES], fault)
    roots = {part: parse(text, fault) for part, text in texts.items() if _looked_at(part, whole)}
    main = next((each for each in types if each.get("ContentType") in _MAINS), None)
    macros = any(_MACROS.search(part) for part in parts.names)
    notes = (*_on_the_kind(main, macros), *_on_the_outside(roots, whole), *_on_words(roots, whole))
    if macros or main is not None:
        data = _ordinary(data, types, main, roots, fault)
    if any(_OBJECTS.search(part) for part in parts.names):
        notes = (*notes, "文件里嵌有其他对象，没有打开，其中的文字没有检查")
    return Opened(data, notes)


def _declares(text: bytes) -> bool:
    """Whether XML declares entities or a type, in any encoding that XML knows."""
    return _DECLARATION.search(text.replace(b"\x00", b"")) is not None


def _looked_at(part: str, whole: WordParts) -> bool:
    return part.endswith(".rels") or part in (whole.main, *map(whole.name, ("settings", "footnotes", "endnotes")))


def _on_the_kind(main: Any | None, macros: bool) -> Iterator[str]:
    if macros or (main is not None and "macroEnabled" in main.get("ContentType")):
        yield "文件带有宏，没有运行；批注稿是不带宏的 docx"
    if main is not None and _MAINS[main.get("ContentType")]:
        yield "文件是 Word 模板，按普通文档检查；批注稿是 docx"


def _on_the_outside(roots: dict[str, Any], whole: WordParts) -> Iterator[str]:
    """Links to other files and places, but for those that a reader clicks."""
    kinds: dict[str, None] = {}
    for part, root in roots.items():
        if not part.endswith(".rels"):
            continue
        for link in root.iterchildren():
            kind = (link.get("Type") or "").rpartition("/")[2]
            if link.get("TargetMode") == "External" and kind != "hyperlink":
                kinds[_LINKS.get(kind, "内容")] = None
    if kinds:
        yield f"文件引用了外部的{'、'.join(kinds)}，没有读取；批注稿原样保留这些引用"
    document = roots[whole.main]
    fields = (each.text or "" for each in document.iter(f"{W}instrText"))
    simple = (each.get(f"{W}instr") or "" for each in document.iter(f"{W}fldSimple"))
    if any(_OUTER_FIELD.search(words) for words in (*fields, *simple)):
        yield "文件里有会取用外部内容的域，没有更新，按域里现有的文字检查"
    if next(document.iter(f"{W}altChunk"), None) is not None:
        yield "文件里嵌有另一份文件，其中的文字没有检查"


def _on_words(roots: dict[str, Any], whole: WordParts) -> Iterator[str]:
    """Changes that nobody has accepted, words that are not read, and a lock on the file."""
    document = roots[whole.main]
    if next(document.iter(*(f"{W}{tag}" for tag in ("ins", "del", "moveFrom", "moveTo"))), None) is not None:
        yield "文件里有还没有接受的修订，按接受之后的文字检查"
    notes = (("脚注", "footnotes"), ("尾注", "endnotes"))
    unread = [name for name, kind in notes if _says(roots.get(whole.name(kind)))]
    unread += ["文本框"] if any(_says(each) for each in document.iter(f"{W}txbxContent")) else []
    unread += ["隐藏文字"] if any(hidden(run) and _says(run) for run in document.iter(f"{W}r")) else []
    if unread:
        yield f"{'、'.join(unread)}里的内容没有检查"
    settings = roots.get(whole.name("settings"))
    lock = settings.find(f"{W}documentProtection") if settings is not None else None
    if lock is not None and (lock.get(f"{W}enforcement") or "") in ("1", "true", "on"):
        yield "文件设有编辑限制，批注稿原样保留，接受修订前要在 Word 里解除"


def _says(root: Any | None) -> bool:
    return root is not None and any((each.text or "").strip() for each in root.iter(f"{W}t"))


def _ordinary(data: bytes, types: Any, main: Any | None, roots: dict[str, Any], fault: InputError) -> bytes:
    """The same file with the type of an ordinary docx and without its macros."""
    if main is not None:
        main.set("ContentType", _MAIN)
    for each in list(types):
        if _MACROS.search(each.get("PartName") or ""):
            types.remove(each)
    changed = {TYPES: types}
    for part, root in roots.items():
        gone = [link for link in root if _MACROS.search(link.get("Target") or "")] if part.endswith(".rels") else []
        for link in gone:
            root.remove(link)
        if gone:
            changed[part] = root
    parts = {part: xml(root) for part, root in changed.items()}
    return repacked(data, parts, fault, without=_MACROS)


def xml(root: Any) -> bytes:
    """A part of a Word file from its root element."""
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def repacked(
    data: bytes, parts: dict[str, bytes], fault: InputError, *, without: re.Pattern[str] | None = None
) -> bytes:
    """A zip with these parts replaced or added and all others byte by byte as they were, in their order.

    Raises ``fault`` where a part cannot be read.
    """
    stream = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
            kept = [part for part in dict.fromkeys(old.namelist()) if not (without and without.search(part))]
            for part in kept:
                new.writestr(old.getinfo(part), parts[part] if part in parts else old.read(part), zipfile.ZIP_DEFLATED)
            for part in parts:
                if part not in kept:
                    new.writestr(part, parts[part])
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as problem:
        raise fault from problem
    return stream.getvalue()
