"""What each verb does: arguments in, bytes out. All questions go to ``analysis.pipeline``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis import pipeline
from analysis.cli.arguments import Parser, day, one_of
from analysis.model import Corpus, InputFault, Reading
from analysis.present import export, wire
from analysis.score import baseline, report


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a verb gives: the bytes for the user, and the faults of the parts that could not be used."""

    output: bytes
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: what it is for, its arguments, its work."""

    name: str
    summary: str
    example: str
    arguments: Callable[[Parser], None]
    run: Callable[[argparse.Namespace], Outcome]

    def parser(self) -> Parser:
        """A parser for this verb."""
        parser = Parser(f"python -m analysis {self.name}", self.summary, self.example)
        self.arguments(parser)
        parser.add_argument("-o", "--output", metavar="FILE", help="写到这个文件，不写则输出到屏幕")
        return parser


def _score_arguments(parser: Parser) -> None:
    parser.add_argument("folder", metavar="DIR", help="标注文件夹，如 tests/gold")
    parser.add_argument("--format", type=one_of("text", "json"), default="text", metavar="text|json", help="输出格式")
    parser.add_argument("--brief", action="store_true", help="只要表，不逐条列出不符之处")
    parser.add_argument("--baseline", metavar="FILE", help="与这份基线相比，列出得失的行")
    parser.add_argument("--write-baseline", metavar="FILE", help="把这次的结果存为基线")


def _score(given: argparse.Namespace) -> Outcome:
    corpus = pipeline.load_corpus(pipeline.default_root())
    result = pipeline.score_gold(Path(given.folder), corpus)
    changes = baseline.changes(result, baseline.read_baseline(Path(given.baseline))) if given.baseline else None
    if given.write_baseline:
        write(Path(given.write_baseline), _json(baseline.snapshot(result)))
    if given.format == "json":
        return Outcome(_json(report.values(result, changes)))
    return Outcome(report.text(result, changes, rows=not given.brief).encode())


def _json(values: Any) -> bytes:
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()


def write(path: Path, data: bytes) -> None:
    """Write a file. Raises ``InputFault`` when it cannot be written."""
    try:
        path.write_bytes(data)
    except OSError as problem:
        raise InputFault(str(path), "", "写不进去", "请检查文件夹是否存在、是否有写入权限") from problem


VERBS = (
    Verb(
        "score",
        "对照人工标注，给出读取的精确率、召回率和 F1。",
        "python -m analysis score tests/gold\npython -m analysis score ../shared/gold/dev --format json",
        _score_arguments,
        _score,
    ),
)
