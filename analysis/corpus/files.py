"""Files as received: their bytes within a size limit, the encodings of what this project keeps as text, and TOML with
checks: every fault names the file, the place and what to do."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from analysis.model import InputError

MAX_BYTES = 20 * 1024 * 1024
# What may be otherwise the next time: a disk of the network may have been away.
GONE, SHUT = "找不到这个文件", "这个文件打不开"


def decode(data: bytes, name: str) -> str:
    """Bytes of a text file -> its characters (UTF-8, with or without BOM, else GB18030); line ends stay as they are.

    Raises InputError when the file is empty, too large, or in another encoding or format.
    """
    check_size(data, name)
    if b"\x00" in data[:4096]:
        raise InputError(name, "", "这不是纯文本文件", "请另存为 UTF-8 编码的 .txt 文件")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(name, "", "文字编码既不是 UTF-8 也不是 GB18030", "请另存为 UTF-8 编码的 .txt 文件")


def check_size(data: bytes, name: str) -> None:
    """Raise InputError when a file is empty or larger than the limit."""
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1024 / 1024:.1f} MB"
        raise InputError(name, "", f"文件有 {size}，超过 {MAX_BYTES // 1024 // 1024} MB 的上限", "请拆分后再提交")
    if not data.strip():
        raise InputError(name, "", "文件没有内容", "请换一个有正文的文件")


def read_bytes(path: Path, name: str | None = None) -> bytes:
    """The bytes of a file no larger than the limit.

    Raises InputError when it is absent, unreadable, too large or no regular file.
    """
    name = name or path.name
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise InputError(name, "", "不是普通文件，没有打开", "请换成普通文件")
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError(name, "", GONE, "请检查路径和文件名") from None
    except OSError:
        raise InputError(name, "", SHUT, "请检查它是不是普通文件、有没有读取权限") from None
    if len(data) > MAX_BYTES:
        raise InputError(name, "", f"文件超过 {MAX_BYTES // 1024 // 1024} MB 的上限", "请拆分后再提交")
    return data


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; a pipe that nobody writes to must not hold us up."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


Member = TypeVar("Member", bound=StrEnum)
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Section:
    """A TOML table with the file it comes from and its place there; reads keys with their types."""

    def __init__(self, values: Mapping[str, Any], file: str, place: str = "") -> None:
        self.values, self.file, self.place = values, file, place

    def fault(self, key: str, problem: str, remedy: str) -> InputError:
        """The fault at ``key`` of this table."""
        return InputError(self.file, f"{self.place}.{key}" if self.place else key, problem, remedy)

    def only(self, allowed: Sequence[str]) -> None:
        """Raise InputError at the first key that is none of ``allowed``."""
        for key in self.values:
            if key not in allowed:
                raise self.fault(key, "没有这个项目", f"请改为下列之一：{'、'.join(allowed)}")

    def text(self, key: str) -> str:
        """A text that must be there and not be empty."""
        value = self.maybe(key)
        if value is None:
            raise self.fault(key, "缺少这一项", "请补上")
        return value

    def maybe(self, key: str) -> str | None:
        """A text, or None where the key is absent: what is not known is left out."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.fault(key, "应是一段非空文字", "请用引号写出内容，不知道就删去这一项")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; absent is empty."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(part, str) and part.strip() for part in value):
            raise self.fault(key, "应是若干段文字的列表", '请写成 ["甲", "乙"]')
        return tuple(value)

    def day(self, key: str) -> str | None:
        """A date as precise as known: 2017, 2022-09 or 2022-09-23; None where absent."""
        value = self.values.get(key)
        if value is None:
            return None
        written = value if isinstance(value, str) else ""
        found = _ISO.fullmatch(written)
        try:
            if found is None:
                raise ValueError
            date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
        except ValueError:
            raise self.fault(key, f"“{value}”不是有效日期", '请加引号写成 "2022"、"2022-09" 或 "2022-09-23"') from None
        return written

    def member(self, key: str, kind: type[Member], default: Member | None = None) -> Member:
        """A member of an enumeration, by its value; ``default``, if there is one, where the key is absent."""
        if default is not None and key not in self.values:
            return default
        value = self.text(key)
        try:
            return kind(value)
        except ValueError:
            raise self.fault(key, f"不认识“{value}”", f"请改为下列之一：{'、'.join(kind)}") from None

    def sections(self, key: str) -> tuple[Section, ...]:
        """The tables of ``[[key]]``; there must be one at least."""
        value = self.values.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(part, dict) for part in value):
            raise self.fault(key, "缺少这一组", f"请至少写一段 [[{key}]]")
        return tuple(Section(part, self.file, f"{key} 第 {number} 段") for number, part in enumerate(value, 1))

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """The entries of ``[key]``, text to text; absent is empty."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.fault(key, "应是一张表", f"请写成 [{key}] 及其下的若干行")
        inner = Section(value, self.file, key)
        return tuple((name, inner.text(name)) for name in value)


def read_toml(path: Path, name: str) -> Section:
    """Read a TOML file; ``name`` is what faults call it. Raises InputError: absent, unreadable, no TOML."""
    text = decode(read_bytes(path, name), name)
    try:
        return Section(tomllib.loads(text.replace("\r\n", "\n")), name)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"第 {line[1]} 行" if line else "文件末尾"
        raise InputError(name, place, "不符合 TOML 写法", "请检查引号、等号和方括号") from None


def check_digest(data: bytes, expected: str, name: str, place: str) -> None:
    """Raise InputError when the bytes of file ``name`` are not those that a card knows by their SHA-256."""
    found = hashlib.sha256(data).hexdigest()
    if found != expected.lower():
        raise InputError(name, place, "文件内容与卡片登记的校验值不符", f"请恢复原件，或核对后把 sha256 改为 {found}")
