"""Old Word, WPS, RTF and OpenDocument files, made into docx by LibreOffice where it is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from analysis.corpus.formats import conversion
from analysis.corpus.formats.kinds import Kind
from analysis.corpus.formats.limits import SECONDS, Parts, broken
from analysis.model import InputError

_ENDINGS = {Kind.DOC: ".doc", Kind.RTF: ".rtf", Kind.ODT: ".odt"}
_MANIFEST = "META-INF/manifest.xml"


def program() -> str | None:
    """The command of LibreOffice, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_docx(data: bytes, kind: Kind, name: str) -> bytes:
    """The same document as docx. Raises InputError: LibreOffice is missing, takes too long, or cannot read it.

    The document is in a folder (in memory, where the system has such a place) only while LibreOffice reads it; a
    process that outlives this one removes it in every case (:mod:`analysis.corpus.formats.conversion`).
    """
    command = program()
    if command is None:
        raise InputError(
            name, "", f"读取 {kind} 需要 LibreOffice，本机没有安装", "请安装 LibreOffice，或另存为 docx 后再提交"
        )
    if _locked(data, kind, name):
        raise InputError(name, "", "文档已加密", "请取消密码后再提交")
    code, made = _converted(command, _ENDINGS[kind], data)
    if code == conversion.LATE:
        raise InputError(name, "", f"LibreOffice 转换超过 {SECONDS} 秒", "请另存为 docx 后再提交")
    if not made:
        raise broken(name, str(kind))
    return made


def remove_left_folders() -> None:
    """Remove the folders of conversions whose processes were killed before they could."""
    conversion.sweep(conversion.place())


def _converted(command: str, ending: str, data: bytes) -> tuple[int, bytes]:
    """How the converting process ended, and the docx."""
    request = {
        "command": command,
        "ending": ending,
        "size": len(data),
        "place": str(conversion.place()),
        "seconds": SECONDS,
    }
    with subprocess.Popen(
        [sys.executable, "-I", "-S", str(Path(conversion.__file__))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # it stays to clean up when we are ended
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        group = b""
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n" + data)
            process.stdin.flush()  # and stays open: when it ends, the other side gives up
            group = process.stdout.readline()
            made = process.stdout.read()
        except BrokenPipeError:
            made = b""
        finally:
            process.stdin.close()
        code = process.wait()
        if code < 0 and group:  # it was killed, and LibreOffice goes on alone
            conversion.kill_group(int(group))
    return code, made


_VERSIONS = (0xC1, 0xD9, 0x101, 0x10C, 0x112)  # of the header of a Word 97–2007 document


def _locked(data: bytes, kind: Kind, name: str) -> bool:
    """Whether a password is needed, which LibreOffice would not say."""
    if kind is Kind.ODT:
        parts = Parts(data, name, str(kind))
        return _MANIFEST in parts.names and b"encryption-data" in parts.read(_MANIFEST)
    if kind is not Kind.DOC:
        return False
    at = data.find(b"\xec\xa5")
    while at >= 0:
        if at % 512 == 0 and int.from_bytes(data[at + 2 : at + 4], "little") in _VERSIONS:
            return int.from_bytes(data[at + 10 : at + 12], "little") & 0x100 != 0
        at = data.find(b"\xec\xa5", at + 1)
    return False
