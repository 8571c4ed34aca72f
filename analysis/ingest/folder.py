"""What lies in a folder: files that may be documents, what is never opened, and tables of what is known of the files.

Such a table is a sidecar, ``metadata.csv``; it speaks of the files beside and below it.
"""

from __future__ import annotations

import csv
import io
import os
import posixpath
import re
import stat
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from analysis.chinese_words import TEXT_KINDS
from analysis.corpus.files import decode
from analysis.grammar import grammar
from analysis.model import InputError, Level, Status
from analysis.store.rows import Row

SIDECAR = "metadata.csv"
_CLUTTER = {"thumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information", "lost+found"}


@dataclass(frozen=True, slots=True)
class Found:
    """A regular file: ``path`` below the folder with ``/`` between its parts, as the system decodes file names."""

    path: str
    size: int  # bytes
    mtime_ns: int


def shown(path: str) -> str:
    """``path`` as tables and messages can hold it: bytes of a name that is no UTF-8 become ``\\xff``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def unread(path: str, problem: str, remedy: str, place: str = "") -> Row:
    """A row of the table ``unread``."""
    return {"path": shown(path), "place": place, "problem": problem, "remedy": remedy}


def refused(path: str, fault: InputError, place: str | None = None) -> Row:
    """The row of ``unread`` for a fault of a file; ``place`` where the fault itself does not say it."""
    return unread(path, fault.problem, fault.remedy, fault.place if place is None else place)


def walk(root: Path) -> tuple[list[Found], list[Row]]:
    """Files below ``root`` in order of their paths (cards and sidecars too), and rows for what is not read.

    Hidden files, lock files and what systems leave lying about are left out without a word. A link to a file counts
    as that file under another name; a link to a folder is followed where nothing else leads into that folder, so that
    every folder is read once and no loop is entered; a link that leads out of ``root`` is a row. Nothing is opened.
    """
    top = os.path.realpath(root)
    found: list[Found] = []
    faults: list[Row] = []
    links: list[tuple[str, str]] = []  # folders that links lead to: path of the link, place
    seen: set[str] = set()
    waiting = [("", top)]
    while waiting or links:
        if waiting:
            path, place = waiting.pop()
        else:  # only when all folders that are really there have been read
            links.sort(reverse=True)
            path, place = links.pop()
        if place in seen:
            continue
        seen.add(place)
        try:
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError:
            faults.append(unread(path or ".", "这个文件夹打不开", "请检查有没有读取权限"))
            continue
        for entry in entries:
            if entry.name.startswith((".", "~$")) or entry.name.lower() in _CLUTTER:
                continue
            below = f"{path}/{entry.name}" if path else entry.name
            match _look_at(entry, below, top):
                case Found() as file:
                    found.append(file)
                case str() as folder:
                    (links if entry.is_symlink() else waiting).append((below, folder))
                case fault:
                    faults.append(fault)
    return sorted(found, key=lambda file: file.path), faults


def _look_at(entry: os.DirEntry[str], path: str, top: str) -> Found | str | Row:
    """A file, the real place of a folder, or the row of ``unread`` that says why it is neither."""
    try:
        place = os.path.realpath(entry.path, strict=True) if entry.is_symlink() else entry.path
        if not inside(place, top):
            return unread(path, "链接指向文件夹之外，没有读取", "如需读取，请把原文件放进文件夹")
        about = entry.stat()
        if stat.S_ISDIR(about.st_mode):
            return place
        if not stat.S_ISREG(about.st_mode):
            return unread(path, "不是普通文件，没有打开", "请换成普通文件")
        if not os.access(entry.path, os.R_OK):
            return unread(path, "这个文件打不开", "请检查有没有读取权限")
        return Found(path, about.st_size, about.st_mtime_ns)
    except OSError:  # a link to nowhere or to itself, or a file that has just gone
        problem = "链接指向的文件不存在" if entry.is_symlink() else "这个文件打不开"
        return unread(path, problem, "请检查路径和文件名")


def inside(place: str, top: str) -> bool:
    """Whether the real path ``place`` lies below the real path ``top``."""
    return place == top or place.startswith(top.rstrip(os.sep) + os.sep)


HEADINGS = {
    "file": ("文件", "文件名", "路径"),
    "title": ("标题", "名称"),
    "region_code": ("地区代码", "行政区划代码"),
    "region": ("地区", "省份"),
    "level": ("层级", "级别"),
    "doc_number": ("文号", "发文字号"),
    "issuers": ("发文机关", "发布机构", "发文单位"),
    "issued": ("发布日期", "成文日期", "发文日期", "印发日期"),
    "status": ("状态", "效力", "有效性"),
    "kind": ("类型", "文件类型"),
    "valid_from": ("施行日期", "生效日期"),
    "valid_to": ("失效日期", "有效期至"),
    "comment_from": ("征求意见开始",),
    "comment_to": ("征求意见截止",),
    "source": ("来源", "网址"),
}
_FIELDS = {word: field for field, words in HEADINGS.items() for word in (field, *words)}
_LEVELS = {
    Level.NATION: ("国家", "中央"),
    Level.PROVINCE: ("省", "省级"),
    Level.CITY: ("市", "市级"),
    Level.DISTRICT: ("区", "县", "区县", "县级"),
    Level.UNKNOWN: ("不详",),
}
_STATUSES = {
    Status.IN_FORCE: ("有效", "现行有效", "现行", "是"),
    Status.DRAFT: ("征求意见", "征求意见稿", "草案"),
    Status.EXPIRED: ("失效", "已失效", "废止", "已废止", "无效", "否"),
    Status.UNKNOWN: ("不详", "未知"),
}
_DAY = re.compile(r"(\d{4})(?:\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*日?|\s*月)?|\s*年)?")

Known = dict[str, Any]  # fields of a card


def _wrong(problem: str, remedy: str) -> InputError:
    """A cell that cannot be used; the table and the place are added where they are known."""
    return InputError("", "", problem, remedy)


def read_sidecar(data: bytes, path: str, files: Collection[str]) -> tuple[dict[str, Known], list[Row]]:
    """What the table says, by file, and one row of ``unread`` for each cell that cannot be used.

    ``path`` of the table and ``files`` are relative to the folder. A wrong cell leaves the rest of its row as it is;
    a row for a file that is not there counts for nothing.
    """
    faults: list[Row] = []
    known: dict[str, Known] = {}
    try:
        table = csv.reader(io.StringIO(decode(data, path), newline=""))
        (_, head), *rows = [(table.line_num, row) for row in table]
    except InputError as fault:
        return {}, [refused(path, fault)]
    except csv.Error:
        return {}, [unread(path, "不符合 CSV 写法", "请用表格软件另存为 CSV")]
    fields = [_FIELDS.get(cell.strip().lower()) for cell in head]
    names = {field: cell.strip() for field, cell in zip(fields, head, strict=True) if field}
    if "file" not in names:
        return {}, [unread(path, "表头没有“文件”一列", "请在第 1 行写上列名“文件”（或 file）", "第 1 行")]
    strange = [cell.strip() for cell, field in zip(head, fields, strict=True) if cell.strip() and not field]
    if strange:
        remedy = f"如需使用，请改为下列之一：{'、'.join(words[0] for words in HEADINGS.values())}"
        faults.append(unread(path, f"不认识列名“{'”“'.join(strange)}”，这些列没有使用", remedy, "第 1 行"))
    for line, row in rows:
        cells = {field: cell.strip() for field, cell in zip(fields, row, strict=False) if field and cell.strip()}
        if not cells:
            continue
        written = cells.pop("file", "").replace("\\", "/")
        file = posixpath.normpath(posixpath.join(posixpath.dirname(path), written))
        if file not in files:
            problem = f"找不到这一行所说的文件“{written}”"
            faults.append(unread(path, problem, "请检查文件名", f"第 {line} 行，{names['file']}"))
        elif file in known:
            problem = f"文件“{written}”在前面已经写过"
            faults.append(unread(path, problem, "请只留一行", f"第 {line} 行，{names['file']}"))
        else:
            known[file], wrong = _row(cells)
            faults += [refused(path, fault, f"第 {line} 行，{names.get(field, field)}") for field, fault in wrong]
    return known, faults


def _row(cells: Mapping[str, str]) -> tuple[Known, list[tuple[str, InputError]]]:
    """The fields of one row, and the faults of cells that cannot be used, each with its field."""
    known: Known = {}
    wrong: list[tuple[str, InputError]] = []
    for field, cell in cells.items():
        try:
            value = _READERS.get(field, str)(cell)
        except InputError as fault:
            wrong.append((field, fault))
        else:
            known |= {} if value is None else {field: value}
    try:
        return known | _place(known), wrong
    except InputError as fault:
        wrong.append(("region", fault))
        del known["region"]
        return known | _place(known), wrong


def _day(cell: str) -> str:
    found = _DAY.fullmatch(cell)
    try:
        if found is None:
            raise ValueError
        year, month, day = (int(part or 0) for part in found.groups())
        iso = date(year, month or 1, day or 1).isoformat()
    except ValueError:
        raise _wrong(f"“{cell}”不是日期", "请写成 2022、2022-09 或 2022-09-23") from None
    return iso[: 10 if day else 7 if month else 4]


def _issuers(cell: str) -> list[str]:
    return [name.strip() for name in re.split("[、；;]", cell) if name.strip()]


def _member(what: str, words: Mapping[Any, Sequence[str]], offered: Iterable[str]) -> Callable[[str], str | None]:
    """Reads a member of an enumeration, by its ``words`` or its value; None for the one that is not known."""
    remedy = f"请改为下列之一：{'、'.join(offered)}"

    def read(cell: str) -> str | None:
        for member, names in words.items():
            if cell in names or cell.lower() == member.value:
                return None if member.value == "unknown" else str(member.value)
        raise _wrong(f"不认识{what}“{cell}”", remedy)

    return read


def _code(cell: str) -> str:
    if grammar().region_of(cell) is None:
        raise _wrong(f"不认识地区代码“{cell}”", "请按 GB/T 2260 填六位代码，如 510000")
    return cell


def _place(known: Known) -> Known:
    """Code and name of the region, made to agree. Raises InputError for a name not known or of another province."""
    code: str | None = known.get("region_code")
    name: str | None = known.get("region")
    if name is None:
        return {"region": grammar().regions[code].name} if code and code in grammar().regions else {}
    full = {region.full: region.name for region in grammar().regions.values()}
    short = full.get(name, name)
    place = grammar().places.get(short) or grammar().places.get(short.removesuffix("市"))
    owner = grammar().region_of(code) if code else None
    if owner is None:
        if place is None:
            raise _wrong(f"不认识地区“{name}”", "请写省、市的名称，或补上六位地区代码")
        level = {"level": place.level.value} if place.level in (Level.CITY, Level.DISTRICT) else {}
        return {"region": place.name, "region_code": place.code} | ({} if "level" in known else level)
    if place is None or place.code == owner.code:
        return {"region": place.name if place else short}
    if place.level is Level.PROVINCE:
        raise _wrong(f"代码 {code} 属于{owner.name}，不是“{name}”", "请改正地区或地区代码")
    return {"region": short}  # 朝阳 is a city of 辽宁 and a district of 北京


_READERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("issued", "valid_from", "valid_to", "comment_from", "comment_to"), _day),
    "issuers": _issuers,
    "level": _member("层级", _LEVELS, (word for words in _LEVELS.values() for word in words)),
    "status": _member("状态", _STATUSES, (words[0] for words in _STATUSES.values())),
    "kind": _member("类型", {kind: (name,) for kind, name in TEXT_KINDS.items()}, TEXT_KINDS.values()),
    "region_code": _code,
}
