"""What ``comments`` does with the database of consultations: back up, restore, archive, open, verify, upgrade, list."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from analysis.cli.arguments import Outcome, Parser
from analysis.model import InputError
from analysis.pipeline import default_root
from analysis.records.consultations import all_consultations
from analysis.records.record_files import (
    RecordFile,
    archive,
    backup,
    open_archive,
    restore,
    verify,
    verify_records,
)
from analysis.records.record_store import Records, connect, records_location
from analysis.records.record_values import Actor, Role
from analysis.records.schema import open_records, upgrade

_OPERATOR = Actor("命令行", Role.LEAD)  # whoever may run commands beside the database may do all with it


def add_records_arguments(parser: Parser) -> None:
    """What these actions take."""
    parser.add_argument("given", nargs="?", metavar="FILE|ID", help="restore、open、verify 的文件，或 archive 的编号")
    parser.add_argument("--records", metavar="DIR|URL", help="意见库的文件夹或数据库地址；不写则用平时的那一个")


def records_action(name: str, given: argparse.Namespace) -> Outcome:
    """Run one of ``RECORDS_ACTIONS``."""
    if given.output and Path(given.output).exists() and name in ("backup", "archive"):
        raise InputError(given.output, "", "已有同名文件，没有覆盖", "请换一个文件名")
    return RECORDS_ACTIONS[name](given)


def _place(given: argparse.Namespace) -> str:
    return given.records or records_location(default_root().parent)


def _records(given: argparse.Namespace) -> Records:
    return open_records(_place(given))


def _file(given: argparse.Namespace) -> tuple[bytes, str]:
    if not given.given:
        raise InputError("命令", "", "没有写文件名", "请写上归档或备份文件")
    path = Path(given.given)
    try:
        return path.read_bytes(), path.name
    except OSError:
        raise InputError(str(path), "", "打不开", "请检查文件名和读取权限") from None


def _backup(given: argparse.Namespace) -> Outcome:
    return Outcome(backup(_records(given)), binary=True)


def _archive(given: argparse.Namespace) -> Outcome:
    if not given.given:
        raise InputError("命令", "", "没有写征求意见的编号", "请先用 comments list 查编号")
    return Outcome(archive(_records(given), given.given), binary=True)


def _restore(given: argparse.Namespace) -> Outcome:
    uids = restore(_records(given), *_file(given))
    return _said(f"已恢复 {len(uids)} 次征求意见，内容查验无误。")


def _open(given: argparse.Namespace) -> Outcome:
    (uid,) = open_archive(_records(given), _OPERATOR, *_file(given))
    return _said(f"归档已打开，编号 {uid}，内容查验无误。")


def _verify(given: argparse.Namespace) -> Outcome:
    if given.given:
        data, name = _file(given)
        return _verdict(name, verify(data, name))
    records = _records(given)
    return _verdict(records.name, verify_records(records))


def _verdict(name: str, found: RecordFile) -> Outcome:
    if found.problems:
        faults = tuple(f"{name}：{each}" for each in found.problems)
        return Outcome(b"", faults)
    counted = f"{len(found.consultations)} 次征求意见、{found.comments} 条意见、{found.history} 条历史记录"
    return _said(f"{name}：完好，{counted}，校验值、历史记录和条数全部相符。")


def _upgrade(given: argparse.Namespace) -> Outcome:
    records = connect(_place(given))
    before, after = upgrade(records)
    moved = f"已从版本 {before or '（空）'} 升级到 {after}" if before != after else f"已是最新版本 {after}"
    return _said(f"{records.name}：{moved}。")


def _list(given: argparse.Namespace) -> Outcome:
    records = _records(given)
    lines = [f"{each.uid}\t{each.status.value}\t{each.title}" for each in all_consultations(records)]
    return _said("\n".join(lines) or f"{records.name}：还没有征求意见。")


def _said(words: str) -> Outcome:
    return Outcome(f"{words}\n".encode())


RECORDS_ACTIONS: Mapping[str, Callable[[argparse.Namespace], Outcome]] = {
    "list": _list,
    "backup": _backup,
    "restore": _restore,
    "archive": _archive,
    "open": _open,
    "verify": _verify,
    "upgrade": _upgrade,
}
