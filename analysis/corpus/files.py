"""Files as received: their bytes within a size limit, and the encodings of what this project keeps as text."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from analysis.model import InputError

MAX_BYTES = 20 * 1024 * 1024
SUFFIXES = (".txt",)
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


def read_text(path: Path, name: str | None = None) -> str:
    """Characters of a ``.txt`` file. Raises InputError (absent, too large, wrong kind or encoding)."""
    name = name or path.name
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(name, "", f"暂不支持 {path.suffix or '没有扩展名的'} 文件", "请另存为 UTF-8 编码的 .txt 文件")
    return decode(read_bytes(path, name), name)
