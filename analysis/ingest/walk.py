"""All files below a folder that may be documents, and what lies there that is never opened."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from analysis.store.rows import Row

CARD, SIDECAR = "card.toml", "metadata.csv"
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
            _sort_in(entry, f"{path}/{entry.name}" if path else entry.name, top, found, faults, waiting, links)
    return sorted(found, key=lambda file: file.path), faults


def _sort_in(
    entry: os.DirEntry[str],
    path: str,
    top: str,
    found: list[Found],
    faults: list[Row],
    waiting: list[tuple[str, str]],
    links: list[tuple[str, str]],
) -> None:
    """Put one entry of a folder where it belongs."""
    try:
        place = os.path.realpath(entry.path, strict=True) if entry.is_symlink() else entry.path
        if not inside(place, top):
            faults.append(unread(path, "链接指向文件夹之外，没有读取", "如需读取，请把原文件放进文件夹"))
            return
        about = entry.stat()
        if stat.S_ISDIR(about.st_mode):
            (links if entry.is_symlink() else waiting).append((path, place))
        elif not stat.S_ISREG(about.st_mode):
            faults.append(unread(path, "不是普通文件，没有打开", "请换成普通文件"))
        elif not os.access(entry.path, os.R_OK):
            faults.append(unread(path, "这个文件打不开", "请检查有没有读取权限"))
        else:
            found.append(Found(path, about.st_size, about.st_mtime_ns))
    except OSError:  # a link to nowhere or to itself, or a file that has just gone
        problem = "链接指向的文件不存在" if entry.is_symlink() else "这个文件打不开"
        faults.append(unread(path, problem, "请检查路径和文件名"))


def inside(place: str, top: str) -> bool:
    """Whether the real path ``place`` lies below the real path ``top``."""
    return place == top or place.startswith(top.rstrip(os.sep) + os.sep)
