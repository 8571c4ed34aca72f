"""Folders of documents: the card (what is known of a text apart from its words), the files, and the cleaned text."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from analysis.corpus.clean import clean
from analysis.corpus.files import Section, check_digest, read_bytes, read_toml
from analysis.corpus.formats import text_of
from analysis.corpus.formats.kinds import ENDINGS
from analysis.grammar import grammar
from analysis.model import Card, Document, Edition, Fault, InputError, Level, Status, TextKind, fault_of

CARD = "card.toml"
_KEYS = (
    *("title", "region_code", "region", "level", "doc_number", "issuers", "issued", "status", "kind"),
    *("valid_from", "valid_to", "comment_from", "comment_to", "source", "notes", "editions", "inferred"),
)
_EDITION_KEYS = ("file", "label", "sha256")


def read_card(folder: Path) -> Card:
    """The card of a document folder. Raises InputError for a missing or wrong key, date, region or status."""
    section = read_toml(folder / CARD, f"{folder.name}/{CARD}")
    section.only(_KEYS)
    code, region = _region(section)
    inferred = section.pairs("inferred")
    for key, _ in inferred:
        if key not in (*_KEYS, "slug"):
            raise section.fault(f"inferred.{key}", "没有这个项目", "请改为卡片已有项目的名称")
    return Card(
        slug=folder.name,
        title=section.text("title"),
        region_code=code,
        region=region,
        level=section.member("level", Level),
        doc_number=section.maybe("doc_number"),
        issuers=section.texts("issuers"),
        issued=section.day("issued"),
        status=section.member("status", Status),
        kind=section.member("kind", TextKind, TextKind.UNKNOWN),
        valid_from=section.day("valid_from"),
        valid_to=section.day("valid_to"),
        comment_from=section.day("comment_from"),
        comment_to=section.day("comment_to"),
        source=section.maybe("source"),
        editions=tuple(_edition(part) for part in section.sections("editions")),
        inferred=inferred,
        notes=section.texts("notes"),
    )


def _region(section: Section) -> tuple[str, str]:
    """Code and name, which must belong together; a city or district needs a code of a known province."""
    code, name = section.text("region_code"), section.text("region")
    known = grammar().region_of(code)
    if known is None:
        raise section.fault("region_code", f"不认识地区代码“{code}”", "请按 GB/T 2260 填六位代码，如 510000")
    if known.code == code and known.name != name:
        by_name = next((region.code for region in grammar().regions.values() if region.name == name), None)
        remedy = f"请把地区改为“{known.name}”" + (f"，或把代码改为 {by_name}" if by_name else "")
        raise section.fault("region", f"代码 {code} 是{known.name}，不是“{name}”", remedy)
    return code, name


def _edition(section: Section) -> Edition:
    section.only(_EDITION_KEYS)
    file = section.text("file")
    if Path(file).name != file or file in (".", ".."):
        raise section.fault("file", f"“{file}”不是本文件夹里的文件名", "请只写文件名，不要带路径")
    digest = section.text("sha256")
    if not re.fullmatch("[0-9a-fA-F]{64}", digest):
        raise section.fault("sha256", "校验值应是 64 位十六进制数", "请用 sha256sum 重新计算")
    return Edition(file, section.text("label"), digest)


def read_edition(folder: Path, edition: Edition) -> str:
    """The words of one edition. Raises InputError: absent, unreadable, or not the file that the card knows."""
    name = f"{folder.name}/{edition.file}"
    data = read_bytes(folder / edition.file, name)
    check_digest(data, edition.sha256, name, "sha256")
    return text_of(data, name)


def read_documents(root: Path) -> tuple[list[tuple[Card, Edition, str]], list[Fault]]:
    """Card, edition and decoded text of every document folder below ``root``, and what could not be read.

    Folders go by name, editions in the order of their card. A broken folder or edition becomes a fault and
    leaves the rest as it is.
    """
    found: list[tuple[Card, Edition, str]] = []
    faults: list[Fault] = []
    if not root.is_dir():
        return found, [fault_of(InputError(root.name, "", "找不到文件夹", "请检查语料文件夹"))]
    for folder in sorted(entry for entry in root.iterdir() if entry.is_dir() and not entry.name.startswith(".")):
        try:
            card = read_card(folder)
        except InputError as fault:
            faults.append(fault_of(fault))
            continue
        for edition in card.editions:
            try:
                found.append((card, edition, read_edition(folder, edition)))
            except InputError as fault:
                faults.append(fault_of(fault))
    return found, faults


def document(card: Card, edition: Edition, raw: str) -> Document:
    """Clean ``raw`` (the decoded file of ``edition``) and keep the way back to it."""
    cleaned = clean(raw)
    return Document(card, edition, cleaned.text, cleaned.offsets, raw, cleaned.removed)


def anonymous_card(name: str, data: bytes = b"") -> Card:
    """Card for a user's own file, of which only the name is known; ``data`` gives the edition its digest."""
    stem = name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1]
    ending = next((each for each in ENDINGS if stem.lower().endswith(each)), "")
    stem = stem[: len(stem) - len(ending)] or "未命名"
    edition = Edition(name, "用户文件", hashlib.sha256(data).hexdigest())
    return Card(slug=stem, title=stem, editions=(edition,))
