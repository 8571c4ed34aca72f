"""The verbs for the database of consultations: back up, restore, archive, open, verify, upgrade, list."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from analysis.cli.arguments import Outcome, Parser, Verb
from analysis.model import InputError
from analysis.pipeline.reading import product_root
from analysis.records.consultations import all_consultations
from analysis.records.record_files import RecordFile, archive, backup, open_archive, restore, verify, verify_records
from analysis.records.record_store import Records, connect, records_location
from analysis.records.record_values import Actor, Role
from analysis.records.schema import open_records, upgrade

_OPERATOR = Actor("命令行", Role.LEAD)  # who may run commands beside the database may do all with it


def _place(given: argparse.Namespace) -> str:
    return given.records or records_location(product_root().parent)


def _records(given: argparse.Namespace) -> Records:
    return open_records(_place(given))


def _file(given: argparse.Namespace) -> tuple[bytes, str]:
    path = Path(given.file)
    try:
        return path.read_bytes(), path.name
    except OSError:
        raise InputError(str(path), "", "打不开", "请检查文件名和读取权限") from None


def _new(given: argparse.Namespace) -> None:
    """An older backup is not written over: it may be the last one that is whole."""
    if given.output and Path(given.output).exists():
        raise InputError(given.output, "", "已有同名文件，没有覆盖", "请换一个文件名")


def _backup(given: argparse.Namespace) -> Outcome:
    _new(given)
    return Outcome(backup(_records(given)), binary=True)


def _archive(given: argparse.Namespace) -> Outcome:
    _new(given)
    return Outcome(archive(_records(given), given.id), binary=True)


def _restore(given: argparse.Namespace) -> Outcome:
    uids = restore(_records(given), *_file(given))
    return _said(f"已恢复 {len(uids)} 次征求意见，内容查验无误。")


def _open(given: argparse.Namespace) -> Outcome:
    uids = open_archive(_records(given), _OPERATOR, *_file(given))
    return _said(f"归档已打开，编号 {'、'.join(uids)}，内容查验无误。")


def _verify(given: argparse.Namespace) -> Outcome:
    if given.file:
        data, name = _file(given)
        return _verdict(name, verify(data, name))
    records = _records(given)
    return _verdict(records.name, verify_records(records))


def _verdict(name: str, found: RecordFile) -> Outcome:
    if found.problems:
        return Outcome(b"", tuple(f"{name}：{each}" for each in found.problems))
    counted = f"{len(found.consultations)} 次征求意见、{found.comments} 条意见、{found.history} 条历史记录"
    return _said(f"{name}：完好，{counted}，校验值、历史记录和条数全部相符。")


def _upgrade(given: argparse.Namespace) -> Outcome:
    records = connect(_place(given))
    before, after = upgrade(records)
    moved = f"已从版本 {before or '（空）'} 升级到 {after}" if before != after else f"已是最新版本 {after}"
    return _said(f"{records.name}：{moved}。")


def _list(given: argparse.Namespace) -> Outcome:
    records = _records(given)
    lines = [f"{each.uid}\t{each.opens} 至 {each.closes}\t{each.title}" for each in all_consultations(records)]
    return _said("\n".join(lines) or f"{records.name}：还没有征求意见。")


def _said(words: str) -> Outcome:
    return Outcome(f"{words}\n".encode())


def _verb(name: str, summary: str, example: str, run: Callable[[argparse.Namespace], Outcome], **takes: str) -> Verb:
    """A verb over the database; ``takes``: its words with their help, which begins with "?" where it can do without."""

    def arguments(parser: Parser) -> None:
        for word, words in takes.items():
            nargs = "?" if words.startswith("?") else None
            parser.add_argument(word, nargs=nargs, metavar=word.upper(), help=words.lstrip("?"))
        parser.add_argument("--records", metavar="DIR|URL", help="意见库的文件夹或数据库地址；不写则用平时的那一个")

    return Verb(f"comments {name}", summary, f"python -m analysis comments {example}", arguments, run)


RECORDS_VERBS = (
    _verb("list", "列出意见库里的征求意见和编号。", "list", _list),
    _verb("backup", "把整个意见库备份成一个文件。", "backup -o 备份.zip", _backup),
    _verb("restore", "把备份恢复到一个空的意见库。", "restore 备份.zip --records 新文件夹", _restore, file="备份文件"),
    _verb(
        "archive", "把一次征求意见归档成一个文件。", "archive 3f2a -o 归档.zip", _archive, id="comments list 所列的编号"
    ),
    _verb("open", "打开别处写出的归档，作为一次征求意见。", "open 归档.zip", _open, file="归档文件"),
    _verb(
        "verify",
        "查验意见库、备份或归档是否完好：校验值、历史记录、条数。",
        "verify 归档.zip\npython -m analysis comments verify",
        _verify,
        file="?备份或归档文件；不写则查验意见库",
    ),
    _verb("upgrade", "把意见库升级到本程序的版本（打开时也会自动升级）。", "upgrade", _upgrade),
)
