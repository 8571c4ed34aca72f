"""Verbs about single texts: extract, corpus, score."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis import pipeline
from analysis.chinese_words import STATUSES
from analysis.cli.arguments import Parser, one_of
from analysis.cli.verb import Outcome, Verb, as_json, corpus_faults, write
from analysis.model import Corpus, InputError, Reading, Status
from analysis.present import export, wire
from analysis.score import score_report

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
    parser.add_argument("--format", type=one_of("jsonl", "csv"), default="jsonl", metavar="jsonl|csv", help="输出格式")
    parser.add_argument("--all", action="store_true", help="未归为目标或激励的数字也各占一行，写明原因")


def _extract(given: argparse.Namespace) -> Outcome:
    readings, faults = read_all(given.files)
    if given.format == "csv":
        return Outcome(
            export.to_csv(wire.table(readings, unparsed=given.all), with_notes=False) if readings else b"", faults
        )
    return Outcome("".join(wire.jsonl(readings, unparsed=given.all)).encode(errors="replace"), faults)


def _corpus_arguments(parser: Parser) -> None:
    parser.add_argument("what", type=one_of("list", "verify"), metavar="list|verify", help="列出文件，或查验卡片与文件")
    parser.add_argument("--format", type=one_of("text", "json"), default="text", metavar="text|json", help="输出格式")


def _corpus(given: argparse.Namespace) -> Outcome:
    corpus = pipeline.load_corpus(pipeline.default_root())
    faults = corpus_faults(corpus)
    if given.what == "list":
        rows = [_listed(corpus, reading) for reading in corpus.readings]
        if given.format == "json":
            return Outcome(as_json(rows), faults)
        return Outcome("".join(_line(row) for row in rows).encode(), faults)
    counts = {
        "documents": len(corpus.readings),
        "editions": len(corpus.readings) + len(corpus.editions),
        "points": len(corpus.points),
        "faults": list(faults),
    }
    if given.format == "json":
        return Outcome(as_json(counts), faults)
    words = f"{counts['documents']} 份文件、{counts['editions']} 个版本、{counts['points']} 个数据点"
    state = f"可用：{words}；另有 {len(faults)} 处不可用。\n" if faults else f"语料完好：{words}，校验值全部相符。\n"
    return Outcome(state.encode(), faults)


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
    place, issued, status = (
        row["region"] or "地区不详",
        row["issued"] or "时间不详",
        STATUSES[Status(str(row["status"]))],
    )
    counts = f"{row['editions']} 个版本，目标 {row['targets']} 条，激励 {row['incentives']} 条"
    return f"{row['document']}：{place}，{issued}，{status}，{counts}，《{row['title']}》\n"


def _score_arguments(parser: Parser) -> None:
    parser.add_argument("folder", metavar="DIR", help="标注文件夹，如 tests/gold；也可以是带 checked.csv 的文件夹")
    parser.add_argument("--format", type=one_of("text", "json"), default="text", metavar="text|json", help="输出格式")
    parser.add_argument("--brief", action="store_true", help="只要表，不逐条列出不符之处")
    parser.add_argument("--baseline", metavar="FILE", help="与这份基线相比，列出得失的行")
    parser.add_argument("--write-baseline", metavar="FILE", help="把这次的结果存为基线")


def _score(given: argparse.Namespace) -> Outcome:
    corpus = pipeline.load_corpus(pipeline.default_root())
    result = pipeline.score_gold(Path(given.folder), corpus)
    changes = score_report.changes(result, score_report.read_baseline(Path(given.baseline))) if given.baseline else None
    if given.write_baseline:
        write(Path(given.write_baseline), as_json(score_report.snapshot(result)))
    if given.format == "json":
        return Outcome(as_json(score_report.values(result, changes)), corpus_faults(corpus))
    return Outcome(score_report.text(result, changes, rows=not given.brief).encode(), corpus_faults(corpus))


EXTRACT = Verb(
    "extract",
    "读出文本中的目标与激励，每条一行。",
    "python -m analysis extract 草案.txt\ncat 草案.txt | python -m analysis extract --format csv -o 结果.csv",
    _extract_arguments,
    _extract,
)
CORPUS = Verb(
    "corpus",
    "列出语料，或查验每份文件的卡片与校验值。",
    "python -m analysis corpus list\npython -m analysis corpus verify",
    _corpus_arguments,
    _corpus,
)
SCORE = Verb(
    "score",
    "对照人工标注，给出读取的精确率、召回率和 F1。",
    "python -m analysis score tests/gold\npython -m analysis score tests/gold --format json -o 得分.json",
    _score_arguments,
    _score,
)
