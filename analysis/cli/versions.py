"""The verb for two versions of a text: diff."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from analysis import pipeline
from analysis.cli.arguments import Outcome, Parser, Verb, as_json
from analysis.cli.texts import STDIN
from analysis.model import InputError
from analysis.pipeline import Comparison, Draft
from analysis.present import version_table

Writer = Callable[[Comparison], bytes]


def _arguments(parser: Parser) -> None:
    parser.add_argument("old", metavar="OLD", help="旧稿：文件，或语料编号")
    parser.add_argument("new", metavar="NEW", help="新稿：文件，或语料编号")


def _text(compared: Comparison) -> bytes:
    return version_table.as_text(compared).encode(errors="replace")


def _json(compared: Comparison) -> bytes:
    return as_json(version_table.values(compared))


#: By the ending of the file that is written: what makes it, and whether a terminal cannot show it.
_WRITERS: dict[str, tuple[Writer, bool]] = {
    ".docx": (version_table.to_docx, True),
    ".xlsx": (version_table.workbook, True),
    ".json": (_json, False),
    ".txt": (_text, False),
}


def _run(given: argparse.Namespace) -> Outcome:
    write, binary = _writer(given.output)
    compared = pipeline.compare_drafts(_draft(given.old), _draft(given.new))
    notes = (f"{version_table.headline(compared)}。",) if given.output else ()
    return Outcome(write(compared), binary=binary, notes=notes)


def _writer(output: str | None) -> tuple[Writer, bool]:
    if not output:
        return _text, False
    ending = Path(output).suffix.lower()
    if ending not in _WRITERS:
        raise InputError(output, "", "不认识这种结尾", f"请写成 {'、'.join(_WRITERS)} 之一")
    return _WRITERS[ending]


def _draft(name: str) -> Draft:
    """A file, or the first edition of a document of the corpus."""
    path = Path(name)
    if name == STDIN:
        raise InputError("标准输入", "", "对照要有两个文件", "请写上旧稿和新稿的文件名")
    if path.exists():
        return pipeline.open_draft(pipeline.file_bytes(path, name), path.name)
    held = pipeline.open_collection(pipeline.default_root())
    editions = pipeline.full_readings(held, name)
    if not editions:
        raise InputError(name, "", "既不是文件，也不是语料编号", "请检查路径，编号见 corpus 命令")
    return pipeline.draft_of_text(editions[0])


DIFF = Verb(
    "diff",
    "新旧对照：逐条列出改动、移动、合并、拆分、新增和删除，写成新旧条文对照表。",
    "python -m analysis diff 旧稿.docx 新稿.docx\npython -m analysis diff 旧稿.docx 新稿.docx -o 对照表.docx"
    "\npython -m analysis diff sichuan-2018 sichuan-2024 -o 对照表.xlsx",
    _arguments,
    _run,
)
