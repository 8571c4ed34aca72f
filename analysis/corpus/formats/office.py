"""Old Word, WPS, RTF and OpenDocument files, made into docx by LibreOffice where it is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from analysis.corpus.formats.kinds import Kind
from analysis.corpus.formats.limits import SECONDS, broken
from analysis.model import InputError

_ENDINGS = {Kind.DOC: ".doc", Kind.RTF: ".rtf", Kind.ODT: ".odt"}
_MEMORY = Path("/dev/shm")


def program() -> str | None:
    """The command of LibreOffice, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_docx(data: bytes, kind: Kind, name: str) -> bytes:
    """The same document as docx. Raises InputError: LibreOffice is missing, takes too long, or cannot read it.

    The document is on disk (in memory, where the system has such a place) only while LibreOffice reads it.
    """
    command = program()
    if command is None:
        raise InputError(
            name, "", f"读取 {kind} 需要 LibreOffice，本机没有安装", "请安装 LibreOffice，或另存为 docx 后再提交"
        )
    place = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="zhengheng-", dir=place, ignore_cleanup_errors=True) as folder:
        source = Path(folder, "source" + _ENDINGS[kind])
        source.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        options = ("--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={profile}")
        _run([command, *options, "--convert-to", "docx", "--outdir", f"{folder}/out", str(source)], folder, name)
        made = Path(folder, "out", "source.docx")
        if not made.is_file():
            raise broken(name, str(kind))
        return made.read_bytes()


def _run(command: list[str], folder: str, name: str) -> None:
    """Run LibreOffice with a home of its own; it and what it started end with this call in any case."""
    environment = {**os.environ, "HOME": folder}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=folder,
        start_new_session=True,
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        raise InputError(name, "", f"LibreOffice 转换超过 {SECONDS} 秒", "请另存为 docx 后再提交") from None
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
