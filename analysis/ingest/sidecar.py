"""Sidecars: a table ``metadata.csv`` with what is known of the files beside and below it."""

from __future__ import annotations

import csv
import io
import posixpath
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from analysis.chinese_words import TEXT_KINDS
from analysis.corpus.files import decode
from analysis.grammar import grammar
from analysis.ingest.walk import unread
from analysis.model import InputError, Level, Status, TextKind
from analysis.store.rows import Row

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
_LEVELS = {"国家": Level.NATION, "中央": Level.NATION, "省": Level.PROVINCE, "省级": Level.PROVINCE}
_LEVELS |= {"市": Level.CITY, "市级": Level.CITY, "区": Level.DISTRICT, "县": Level.DISTRICT, "区县": Level.DISTRICT}
_LEVELS |= {"县级": Level.DISTRICT, "不详": Level.UNKNOWN}
_STATUSES = {
    Status.IN_FORCE: ("有效", "现行有效", "现行", "是"),
    Status.DRAFT: ("征求意见", "征求意见稿", "草案"),
    Status.EXPIRED: ("失效", "已失效", "废止", "已废止", "无效", "否"),
    Status.UNKNOWN: ("不详", "未知"),
}
_DAY = re.compile(r"(\d{4})(?:\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*日?|\s*月)?|\s*年)?")

Known = dict[str, Any]  # fields of a card


class _Wrong(Exception):
    """A cell that cannot be used: what is wrong, what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.why = (problem, remedy)


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
        return {}, [unread(path, fault.problem, fault.remedy, fault.place)]
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
            for field, (problem, remedy) in wrong:
                faults.append(unread(path, problem, remedy, f"第 {line} 行，{names.get(field, field)}"))
    return known, faults


def _row(cells: Mapping[str, str]) -> tuple[Known, list[tuple[str, tuple[str, str]]]]:
    """The fields of one row, and for each cell that cannot be used its field, what is wrong, and what to do."""
    known: Known = {}
    wrong: list[tuple[str, tuple[str, str]]] = []
    for field, cell in cells.items():
        try:
            known |= _READERS[field](cell)
        except _Wrong as fault:
            wrong.append((field, fault.why))
    try:
        return known | _place(known), wrong
    except _Wrong as fault:
        wrong.append(("region", fault.why))
        del known["region"]
        return known | _place(known), wrong


def _text(field: str) -> Callable[[str], Known]:
    return lambda cell: {field: cell}


def _day(field: str) -> Callable[[str], Known]:
    def read(cell: str) -> Known:
        found = _DAY.fullmatch(cell)
        try:
            if found is None:
                raise ValueError
            year, month, day = (int(part or 0) for part in found.groups())
            iso = date(year, month or 1, day or 1).isoformat()
        except ValueError:
            raise _Wrong(f"“{cell}”不是日期", "请写成 2022、2022-09 或 2022-09-23") from None
        return {field: iso[: 10 if day else 7 if month else 4]}

    return read


def _issuers(cell: str) -> Known:
    return {"issuers": [name.strip() for name in re.split("[、；;]", cell) if name.strip()]}


def _level(cell: str) -> Known:
    found = _LEVELS.get(cell) or next((level for level in Level if level.value == cell.lower()), None)
    if found is None:
        raise _Wrong(f"不认识层级“{cell}”", f"请改为下列之一：{'、'.join(_LEVELS)}")
    return {} if found is Level.UNKNOWN else {"level": found.value}


def _status(cell: str) -> Known:
    found = next((status for status, words in _STATUSES.items() if cell.lower() == status.value or cell in words), None)
    if found is None:
        wanted = "、".join(words[0] for words in _STATUSES.values())
        raise _Wrong(f"不认识状态“{cell}”", f"请改为下列之一：{wanted}")
    return {} if found is Status.UNKNOWN else {"status": found.value}


def _kind(cell: str) -> Known:
    found = next((kind for kind, name in TEXT_KINDS.items() if cell in (kind.value, name)), None)
    if found is None:
        raise _Wrong(f"不认识类型“{cell}”", f"请改为下列之一：{'、'.join(TEXT_KINDS.values())}")
    return {} if found is TextKind.UNKNOWN else {"kind": found.value}


def _code(cell: str) -> Known:
    if grammar().region_of(cell) is None:
        raise _Wrong(f"不认识地区代码“{cell}”", "请按 GB/T 2260 填六位代码，如 510000")
    return {"region_code": cell}


def _place(known: Known) -> Known:
    """Code and name of the region, made to agree. Raises _Wrong: a name that nobody knows, or of another province."""
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
            raise _Wrong(f"不认识地区“{name}”", "请写省、市的名称，或补上六位地区代码")
        level = {"level": place.level.value} if place.level in (Level.CITY, Level.DISTRICT) else {}
        return {"region": place.name, "region_code": place.code} | ({} if "level" in known else level)
    if place is None or place.code == owner.code:
        return {"region": place.name if place else short}
    if place.level is Level.PROVINCE:
        raise _Wrong(f"代码 {code} 属于{owner.name}，不是“{name}”", "请改正地区或地区代码")
    return {"region": short}  # 朝阳 is a city of 辽宁 and a district of 北京


_READERS: dict[str, Callable[[str], Known]] = {
    **{field: _text(field) for field in ("title", "region", "doc_number", "source")},
    **{field: _day(field) for field in ("issued", "valid_from", "valid_to", "comment_from", "comment_to")},
    "issuers": _issuers,
    "level": _level,
    "status": _status,
    "kind": _kind,
    "region_code": _code,
}
