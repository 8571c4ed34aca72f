"""The verb that says of each number what it became and why."""

from __future__ import annotations

import argparse

from analysis import pipeline
from analysis.cli.arguments import Parser, number, one_of
from analysis.cli.texts import STDIN, read_all
from analysis.cli.verb import Outcome, Verb, as_json
from analysis.present import reasons


def _explain_arguments(parser: Parser) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE", help="文本文件或语料编号；- 或不写为标准输入")
    parser.add_argument("--at", type=number(0), metavar="N", help="只说原文件第 N 个字符处的数字，从 0 数起")
    parser.add_argument("--format", type=one_of("text", "json"), default="text", metavar="text|json", help="输出格式")


def _explain(given: argparse.Namespace) -> Outcome:
    readings, faults = read_all([given.file or STDIN])
    if not readings:
        return Outcome(b"", faults)
    (reading,) = readings
    found = pipeline.explain(reading, given.at)
    if given.format == "json":
        return Outcome(as_json(reasons.values(reading, found)), faults)
    return Outcome(reasons.text(reading, found).encode(errors="replace"), faults)


EXPLAIN = Verb(
    "explain",
    "逐个数字说明它读成了什么、依据哪条规则、哪些迹象支持或反对。",
    "python -m analysis explain 草案.txt\npython -m analysis explain sichuan-2024 --at 1520 --format json",
    _explain_arguments,
    _explain,
)
