"""From the bytes of a file to its text, whatever its format: by content, within limits, with one sentence on failure.

Plain text is read in place, every other format in a process of its own, so that a damaged or hostile file can at most
end that process; who reads thousands may keep one. Old Office formats become docx by LibreOffice first.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from pathlib import Path

from analysis.corpus.files import check_size
from analysis.corpus.formats import office
from analysis.corpus.formats.kinds import WORDS, Kind, kind_of, plain_text
from analysis.corpus.formats.limits import (
    MAX_CHARACTERS,
    MEMORY,
    SCAN_MEMORY,
    SCAN_SECONDS,
    SECONDS,
    NoTextLayer,
    broken,
)
from analysis.corpus.process import Answer, Message, Process, Say, limit_memory
from analysis.model import InputError

SCAN = "SCAN"  # a PDF of pictures, beside the members of Kind
READER = "analysis.corpus.formats:reader"
_REFUSED = {
    Kind.ENCRYPTED: ("文档已加密", "请取消密码后再提交"),
    Kind.TABLE: ("这是电子表格，不是政策文本", "请把正文另存为 docx 或 txt"),
    Kind.SLIDES: ("这是演示文稿，不是政策文本", "请把正文另存为 docx 或 txt"),
    Kind.ARCHIVE: ("这是压缩包", "请解压后提交里面的文档"),
    Kind.UNKNOWN: ("认不出这是什么文件", "请提交 txt、docx、pdf 或 html"),
}
#: Module and function that read a task.
_READERS = {
    Kind.DOCX.name: ("docx", "read"),
    Kind.PDF.name: ("pdf", "read"),
    Kind.HTML.name: ("html", "read"),
    Kind.MHTML.name: ("html", "read_archive"),
    Kind.OFD.name: ("ofd", "read"),
    Kind.PICTURE.name: ("pdf", "read_picture"),
    SCAN: ("pdf", "read_scan"),
}

#: Has bytes read in another process: the bytes, what they are, seconds. Answers with ``text``, or ``scan`` (the fault)
#: where a PDF holds only pictures. Raises as ``Process.hear`` does.
Ask = Callable[[bytes, str, int], Message]


def in_own_process(data: bytes, task: str, seconds: int) -> Message:
    """Read ``data`` in a process that ends with it."""
    with Process(READER) as process:
        return process.answer({"task": task, "data": data}, seconds)


def in_one_process() -> Ask:
    """An ``Ask`` that keeps its process from file to file, for one thread that has thousands to read.

    A file that breaks the process costs only itself. Pictures still get a process each: they take a minute and
    gigabytes.
    """
    process = Process(READER, errors=None)

    def ask(data: bytes, task: str, seconds: int) -> Message:
        if task in (SCAN, Kind.PICTURE.name):
            return in_own_process(data, task, seconds)
        return process.answer({"task": task, "data": data}, seconds)

    return ask


def text_of(data: bytes, name: str, ask: Ask = in_own_process) -> str:
    """The text of a file; ``name`` is what faults call it, and its ending is not believed.

    Raises InputError: empty, over a limit (20 MB, 400 pages, 2 million characters, 60 seconds), encrypted, broken,
    without text, a picture under the name of a document, or in need of a program that is not installed.
    """
    check_size(data, name)
    kind = kind_of(data)
    if kind in _REFUSED:
        raise InputError(name, "", *_REFUSED[kind])
    if kind is Kind.TEXT:
        text = plain_text(data, name)
    elif kind is Kind.PICTURE:
        text = _of_picture(data, name, ask)
    elif kind in (Kind.DOC, Kind.RTF, Kind.ODT):
        text = _elsewhere(office.to_docx(data, kind, name), Kind.DOCX, name, ask)
    else:
        text = _elsewhere(data, kind, name, ask)
    if len(text) > MAX_CHARACTERS:
        most = MAX_CHARACTERS // 10_000
        raise InputError(name, "", f"正文超过 {most} 万字的上限", "请只保留政策正文，拆分后再提交")
    if not text.strip():
        raise InputError(name, "", "文件没有内容", "请换一个有正文的文件")
    return text


def _of_picture(data: bytes, name: str, ask: Ask) -> str:
    ending = Path(name).suffix.lower()
    if ending in WORDS:
        remedy = f"请提交真正的 {ending} 文件，或改回图片的扩展名"
        raise InputError(name, "", f"扩展名是 {ending}，内容却是图片", remedy)
    if not recogniser_installed():
        remedy = "请提交文字版，或按 README 安装 requirements-ocr.txt"
        raise InputError(name, "", "这是图片，本机没有安装文字识别组件", remedy)
    return _elsewhere(data, Kind.PICTURE, name, ask)


def recogniser_installed() -> bool:
    """Whether the optional recogniser of scans and pictures is there."""
    return importlib.util.find_spec("rapidocr_onnxruntime") is not None


def _elsewhere(data: bytes, kind: Kind, name: str, ask: Ask) -> str:
    """Read in another process. Raises what it found wrong, or that it broke or took too long."""
    answered = _asked(data, kind.name, SCAN_SECONDS if kind is Kind.PICTURE else SECONDS, kind, name, ask)
    if "scan" in answered:
        if not recogniser_installed():
            raise InputError(name, *answered["scan"])
        answered = _asked(data, SCAN, SCAN_SECONDS, kind, name, ask)
    return str(answered["text"])


def _asked(data: bytes, task: str, seconds: int, kind: Kind, name: str, ask: Ask) -> Message:
    try:
        return ask(data, task, seconds)
    except InputError as fault:
        raise InputError(name, fault.place, fault.problem, fault.remedy) from None
    except TimeoutError:
        raise InputError(name, "", f"读取超过 {seconds} 秒", "请拆分，或另存为 txt 后再提交") from None
    except EOFError:
        raise broken(name, str(kind)) from None  # the process died of the file


def reader() -> Answer:
    """In the process: reads files of any format but plain text."""

    def answer(request: Message, _: Say) -> Message:
        task = request["task"]
        limit_memory(SCAN_MEMORY if task in (SCAN, Kind.PICTURE.name) else MEMORY)
        try:
            return {"text": read_here(request["data"], task, "")}
        except NoTextLayer as fault:
            return {"scan": [fault.place, fault.problem, fault.remedy]}

    return answer


def read_here(data: bytes, task: str, name: str) -> str:
    """The text of a file, read in this process; libraries are imported for the one format that needs them."""
    module, function = _READERS[task]
    read = getattr(importlib.import_module(f"{__name__}.{module}"), function)
    return str(read(data, name))
