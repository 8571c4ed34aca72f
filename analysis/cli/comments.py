"""The verbs for comments on a draft: how a file of them is read, and each sorted to its clause."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from analysis import pipeline
from analysis.cli.arguments import Outcome, Parser, Verb, as_json
from analysis.consultation.comment_columns import Mapping
from analysis.consultation.comments import ConsultedDraft
from analysis.model import InputError
from analysis.present import comments_wire as wire
from analysis.present import export

_FORMATS = ("json", "csv", "xlsx")


def _file_arguments(parser: Parser) -> None:
    parser.add_argument(
        "--in", dest="file", metavar="FILE", required=True, help="意见：xlsx、xls、csv、docx 表格或来信、邮件"
    )
    parser.add_argument("--mapping", metavar="FILE", help="各列是什么：comments preview --format json 写出、改过的文件")


def _sort_arguments(parser: Parser) -> None:
    parser.add_argument("--draft", metavar="DRAFT", required=True, help="征求意见稿：文件，或语料编号")
    _file_arguments(parser)
    parser.add_choice("--format", _FORMATS, "输出格式；不写则看 -o 的结尾，否则是 json")


def _sort(given: argparse.Namespace) -> Outcome:
    draft = _draft(given.draft)
    data, name, mapping = _file(given)
    received = pipeline.receive_file(data, name, mapping)
    found = pipeline.sort_comments(draft, received.comments)
    notes = (f"{name}：{wire.counted(received)}。",) if given.output else ()
    form = given.format or Path(given.output or "").suffix.lower().removeprefix(".")
    if form not in ("csv", "xlsx"):
        return Outcome(as_json(wire.values(found, received)), notes=notes)
    table = wire.table(found, received, name)
    if form == "csv":
        return Outcome(export.to_csv(table, with_notes=False), notes=notes)
    return Outcome(export.to_xlsx(table), binary=True, notes=notes)


def _preview_arguments(parser: Parser) -> None:
    _file_arguments(parser)
    parser.add_format("text", "json")


def _preview(given: argparse.Namespace) -> Outcome:
    data, name, mapping = _file(given)
    preview = pipeline.preview_comments(data, name, mapping)
    if given.format == "json":
        return Outcome(as_json(wire.preview_values(preview)))
    return Outcome(wire.preview_text(preview, name).encode(errors="replace"))


def _draft(name: str) -> ConsultedDraft:
    """A file, or the first edition of a document of the corpus."""
    path = Path(name)
    if path.exists():
        return pipeline.draft_of_file(pipeline.file_bytes(path, name), path.name)
    editions = pipeline.full_readings(pipeline.open_collection(pipeline.default_root()), name)
    if not editions:
        raise InputError(name, "", "既不是文件，也不是语料编号", "请检查路径，编号见 corpus 命令")
    return pipeline.draft_of_words(editions[0].document.raw, editions[0].document.edition.file)


def _file(given: argparse.Namespace) -> tuple[bytes, str, Mapping | None]:
    path = Path(given.file)
    return pipeline.file_bytes(path, given.file), path.name, _mapping(given.mapping) if given.mapping else None


def _mapping(name: str) -> Mapping:
    data = pipeline.file_bytes(Path(name), name)
    try:
        values = msgspec.json.decode(data)
        return msgspec.convert(values.get("mapping", values), Mapping)
    except (msgspec.DecodeError, msgspec.ValidationError, AttributeError):
        remedy = "请给出 comments preview --format json 写出的文件"
        raise InputError(name, "", "不是各列的说明", remedy) from None


SORT = Verb(
    "comments sort",
    "整理对征求意见稿的意见：逐条对应条款，说明依据，归并重复来信；不是意见的行写明原因。",
    "python -m analysis comments sort --draft 征求意见稿.docx --in 意见.xlsx --format json -o 整理.json"
    "\npython -m analysis comments sort --draft sichuan-2024 --in 意见.csv -o 整理.xlsx",
    _sort_arguments,
    _sort,
)
PREVIEW = Verb(
    "comments preview",
    "先看一份意见怎样读入：表头在哪里，各列是什么，有多少条意见。",
    "python -m analysis comments preview --in 意见.xlsx"
    "\npython -m analysis comments preview --in 意见.xlsx --format json -o 各列.json",
    _preview_arguments,
    _preview,
)
