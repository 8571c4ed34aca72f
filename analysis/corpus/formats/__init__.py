"""From the bytes of a file to its text, whatever its format: by content, within limits, with one sentence on failure.

Plain text is read in place, every other format in a process of its own (``worker``), so that a damaged or hostile
file can at most end that process; who reads thousands may keep one (``kept``). Old Office formats become docx by
LibreOffice first.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from analysis.corpus.files import check_size
from analysis.corpus.formats import office, txt
from analysis.corpus.formats.kinds import WORDS, Kind, kind_of
from analysis.corpus.formats.limits import MAX_CHARACTERS, SCAN_SECONDS, SECONDS, broken
from analysis.model import InputFault

ROOT = Path(__file__).resolve().parents[3]
_REFUSED = {
    Kind.ENCRYPTED: ("文档已加密", "请取消密码后再提交"),
    Kind.TABLE: ("这是电子表格，不是政策文本", "请把正文另存为 docx 或 txt"),
    Kind.SLIDES: ("这是演示文稿，不是政策文本", "请把正文另存为 docx 或 txt"),
    Kind.ARCHIVE: ("这是压缩包", "请解压后提交里面的文档"),
    Kind.UNKNOWN: ("认不出这是什么文件", "请提交 txt、docx、pdf 或 html"),
}


#: Has bytes read in another process: the bytes, what they are, seconds; the answer as JSON, empty where it died.
Ask = Callable[[bytes, str, int], bytes]


def in_own_process(data: bytes, task: str, seconds: int) -> bytes:
    """Read ``data`` in a process that ends with it. Raises TimeoutError."""
    command = [sys.executable, "-m", "analysis.corpus.formats.worker", task]
    try:
        return subprocess.run(
            command, input=data, capture_output=True, timeout=seconds, cwd=ROOT, env=environment(), check=False
        ).stdout
    except subprocess.TimeoutExpired:
        raise TimeoutError from None


def environment() -> dict[str, str]:
    """The environment of a process that reads."""
    return {**os.environ, "OMP_NUM_THREADS": "2", "PYTHONDONTWRITEBYTECODE": "1"}


def text_of(data: bytes, name: str, ask: Ask = in_own_process) -> str:
    """The text of a file; ``name`` is what faults call it, and its ending is not believed.

    Raises InputFault: empty, over a limit (20 MB, 400 pages, 2 million characters, 60 seconds), encrypted, broken,
    without text, a picture under the name of a document, or in need of a program that is not installed.
    """
    check_size(data, name)
    kind = kind_of(data)
    if kind in _REFUSED:
        raise InputFault(name, "", *_REFUSED[kind])
    if kind is Kind.TEXT:
        text = txt.read(data, name)
    elif kind is Kind.PICTURE:
        text = _of_picture(data, name, ask)
    elif kind in (Kind.DOC, Kind.RTF, Kind.ODT):
        text = _elsewhere(office.to_docx(data, kind, name), Kind.DOCX, name, ask)
    else:
        text = _elsewhere(data, kind, name, ask)
    if len(text) > MAX_CHARACTERS:
        most = MAX_CHARACTERS // 10_000
        raise InputFault(name, "", f"正文超过 {most} 万字的上限", "请只保留政策正文，拆分后再提交")
    if not text.strip():
        raise InputFault(name, "", "文件没有内容", "请换一个有正文的文件")
    return text


def _of_picture(data: bytes, name: str, ask: Ask) -> str:
    ending = Path(name).suffix.lower()
    if ending in WORDS:
        raise InputFault(
            name, "", f"扩展名是 {ending}，内容却是图片", f"请提交真正的 {ending} 文件，或改回图片的扩展名"
        )
    from analysis.corpus.formats import scan

    if not scan.available():
        raise scan.missing(name)
    return _elsewhere(data, Kind.PICTURE, name, ask)


def _elsewhere(data: bytes, kind: Kind, name: str, ask: Ask) -> str:
    """Read in another process. Raises what it found wrong, or that it broke or took too long."""
    said = _said(data, kind.name, SCAN_SECONDS if kind is Kind.PICTURE else SECONDS, kind, name, ask)
    if said.get("scan"):
        from analysis.corpus.formats import scan
        from analysis.corpus.formats.worker import SCAN

        if scan.available():
            said = _said(data, SCAN, SCAN_SECONDS, kind, name, ask)
    if "text" in said:
        return str(said["text"])
    raise InputFault(name, *said["fault"])


def _said(data: bytes, task: str, seconds: int, kind: Kind, name: str, ask: Ask) -> dict[str, list[str]]:
    try:
        said: dict[str, list[str]] = json.loads(ask(data, task, seconds))
    except TimeoutError:
        raise InputFault(name, "", f"读取超过 {seconds} 秒", "请拆分，或另存为 txt 后再提交") from None
    except ValueError:
        raise broken(name, str(kind)) from None  # the process died of the file
    return said
