"""Verbs about single texts and the corpus: extract, explain, corpus."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis import pipeline
from analysis.chinese_words import STATUSES
from analysis.cli.arguments import Outcome, Parser, Verb, as_json, corpus_faults, number
from analysis.model import Corpus, InputError, Reading, Status
from analysis.present import export, reasons

STDIN = "-"


def read_all(names: Sequence[str]) -> tuple[list[Reading], tuple[str, ...]]:
    """Readings of files, ids of the corpus and ``-`` (standard input), and a sentence for each that is unusable."""
    readings: list[Reading] = []
    faults: list[str] = []
    corpus: Corpus | None = None
    for name in names or [STDIN]:
        try:
            if name == STDIN:
                readings.append(_read_stdin())
            elif Path(name).exists():
                readings.append(pipeline.read_path(Path(name)))
            else:
                corpus = corpus or pipeline.load_corpus(pipeline.default_root())
                readings.append(_from_corpus(corpus, name))
        except InputError as fault:
            faults.append(str(fault))
    return readings, tuple(faults)


def _read_stdin() -> Reading:
    if sys.stdin.isatty():
        raise InputError("标准输入", "", "没有给出文件", "请写上文件名或语料编号，或用管道送入文本")
    return pipeline.read_bytes(sys.stdin.buffer.read(), "标准输入")


def _from_corpus(corpus: Corpus, name: str) -> Reading:
    reading = corpus.reading(name)
    if reading is None:
        known = "、".join(reading.document.id for reading in corpus.readings) or "暂无"
        raise InputError(name, "", "既不是文件，也不是语料编号", f"请检查路径，可用的编号：{known}")
    return reading


def _extract_arguments(parser: Parser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", help="文本文件或语料编号；- 或不写为标准输入")
    parser.add_format("jsonl", "csv")
    parser.add_argument("--all", action="store_true", help="未归为目标或激励的数字也各占一行，写明原因")


def _extract(given: argparse.Namespace) -> Outcome:
    readings, faults = read_all(given.files)
    if given.format == "csv":
        table = export.wire_table(readings, unparsed=given.all)
        return Outcome(export.to_csv(table, with_notes=False) if readings else b"", faults)
    return Outcome("".join(export.jsonl(readings, unparsed=given.all)).encode(errors="replace"), faults)


def _explain_arguments(parser: Parser) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE", help="文本文件或语料编号；- 或不写为标准输入")
    parser.add_argument("--at", type=number(0), metavar="N", help="只说原文件第 N 个字符处的数字，从 0 数起")
    parser.add_format("text", "json")


def _explain(given: argparse.Namespace) -> Outcome:
    readings, faults = read_all([given.file or STDIN])
    if not readings:
        return Outcome(b"", faults)
    (reading,) = readings
    found = pipeline.explain(reading, given.at)
    if given.format == "json":
        return Outcome(as_json(reasons.values(reading, found)), faults)
    return Outcome(reasons.text(reading, found).encode(errors="replace"), faults)


def _corpus_arguments(parser: Parser) -> None:
    parser.add_choice("what", ("list", "verify"), "列出文件，或查验卡片与文件")
    parser.add_format("text", "json")


def _corpus(given: argparse.Namespace) -> Outcome:
    root = pipeline.default_root()
    corpus = pipeline.load_corpus(root)
    faults = corpus_faults(corpus)
    empty = not corpus.readings and not faults
    notes = (f"{root / 'documents'} 里没有文件：请为每份文件建一个文件夹，放入原文和 card.toml。",) if empty else ()
    if given.what == "list":
        rows = [_listed(corpus, reading) for reading in corpus.readings]
        listed = as_json(rows) if given.format == "json" else "".join(_line(row) for row in rows).encode()
        return Outcome(listed, faults, notes=notes)
    documents, editions = len(corpus.readings), len(corpus.readings) + len(corpus.editions)
    points = len(corpus.points)
    if given.format == "json":
        counts = {"documents": documents, "editions": editions, "points": points, "faults": list(faults)}
        return Outcome(as_json(counts), faults, notes=notes)
    words = f"{documents} 份文件、{editions} 个版本、{points} 个数据点"
    state = f"可用：{words}；另有 {len(faults)} 处不可用。\n" if faults else f"语料完好：{words}，校验值全部相符。\n"
    return Outcome(state.encode(), faults, notes=notes)


def _listed(corpus: Corpus, reading: Reading) -> dict[str, str | int | None]:
    card = reading.document.card
    return {
        "document": card.slug,
        "region": card.region,
        "issued": card.issued,
        "status": str(card.status),
        "title": card.title,
        "editions": 1 + sum(other.document.id == card.slug for other in corpus.editions),
        "targets": len(reading.targets),
        "incentives": len(reading.incentives),
    }


def _line(row: dict[str, str | int | None]) -> str:
    """One document in words; what is not known says so."""
    place, issued = row["region"] or "地区不详", row["issued"] or "时间不详"
    status = STATUSES[Status(str(row["status"]))]
    counts = f"{row['editions']} 个版本，目标 {row['targets']} 条，激励 {row['incentives']} 条"
    return f"{row['document']}：{place}，{issued}，{status}，{counts}，《{row['title']}》\n"


EXTRACT = Verb(
    "extract",
    "读出文本中的目标与激励，每条一行。",
    "python -m analysis extract 草案.txt\ncat 草案.txt | python -m analysis extract --format csv -o 结果.csv",
    _extract_arguments,
    _extract,
)
EXPLAIN = Verb(
    "explain",
    "逐个数字说明它读成了什么、依据哪条规则、哪些迹象支持或反对。",
    "python -m analysis explain 草案.txt\npython -m analysis explain sichuan-2024 --at 1520 --format json",
    _explain_arguments,
    _explain,
)
CORPUS = Verb(
    "corpus",
    "列出语料，或查验每份文件的卡片与校验值。",
    "python -m analysis corpus list\npython -m analysis corpus verify",
    _corpus_arguments,
    _corpus,
)
