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
from analysis.corpus.formats.limits import SECONDS, Parts, broken
from analysis.model import InputError

_ENDINGS = {Kind.DOC: ".doc", Kind.RTF: ".rtf", Kind.ODT: ".odt"}
_MANIFEST = "META-INF/manifest.xml"
_MEMORY = Path("/dev/shm")
_ITEM = '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
#: Settings of the private profile: links in documents are not followed, macros do not run, and what would still ask the
#: network asks a proxy that is not there.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)


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
    if _locked(data, kind, name):
        raise InputError(name, "", "文档已加密", "请取消密码后再提交")
    with tempfile.TemporaryDirectory(prefix="zhengheng-", dir=place, ignore_cleanup_errors=True) as folder:
        source = Path(folder, "source" + _ENDINGS[kind])
        source.write_bytes(data)
        options = ("--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={_profile(folder)}")
        _run([command, *options, "--convert-to", "docx", "--outdir", f"{folder}/out", str(source)], folder, name)
        made = Path(folder, "out", "source.docx")
        if not made.is_file():
            raise broken(name, str(kind))
        return made.read_bytes()


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


def _profile(folder: str) -> str:
    """A private profile of LibreOffice that reaches nothing outside; its address."""
    user = Path(folder, "profile", "user")
    user.mkdir(parents=True)
    items = "".join(_ITEM.format(*setting) for setting in _SETTINGS)
    space = 'xmlns:oor="http://openoffice.org/2001/registry"'
    text = f'<?xml version="1.0" encoding="UTF-8"?><oor:items {space}>{items}</oor:items>'
    (user / "registrymodifications.xcu").write_text(text, encoding="utf-8")
    return user.parent.as_uri()


def _run(command: list[str], folder: str, name: str) -> None:
    """Run LibreOffice with a home and a place for its own files; it and what it started end with this call."""
    own = Path(folder, "own")
    own.mkdir()
    environment = {**os.environ, "HOME": folder, "TMPDIR": str(own), "TEMP": str(own), "TMP": str(own)}
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
