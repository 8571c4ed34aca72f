"""Verbs that hold texts against each other and against what happened: compare, trend."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from analysis import pipeline
from analysis.cli.arguments import Outcome, Parser, Verb, as_json, corpus_faults, day
from analysis.cli.texts import read_all
from analysis.model import Document, SeriesName
from analysis.present import export
from analysis.present.names import left_out
from analysis.present.tables_incentives import incentive_export
from analysis.present.tables_targets import target_export
from analysis.trend import TrendRow

TREND_FIELDS = (
    "document", "indicator", "region", "series", "target_year", "value", "comparator", "baseline_year",
    "baseline_value", "actual_year", "actual_value", "first_reached_year", "status", "implied_growth_percent",
    "required_growth_percent", "note",
)  # fmt: skip
_CITED = ("start", "end", "quote", "prefix", "suffix", "digest")


def _compare_arguments(parser: Parser) -> None:
    parser.add_choice("what", ("targets", "incentives"), "比目标，还是比激励")
    parser.add_argument("files", nargs="*", metavar="FILE", help="与语料并排的文本文件；- 为标准输入")
    parser.add_format("csv", "xlsx", "json")
    parser.add_argument("--news", action="store_true", help="连语料里的新闻与总结一起比；不写则只比政策文件")


def _compare(given: argparse.Namespace) -> Outcome:
    corpus = pipeline.load_checked_corpus(pipeline.default_root())
    own, faults = read_all(given.files) if given.files else ([], ())
    left = 0 if given.news else pipeline.left_out(corpus)
    notes = (f"{left_out(left)}，加 --news 一并列出。",) if left else ()
    counted = corpus if given.news else pipeline.policies(corpus)
    corpus = replace(counted, readings=(*counted.readings, *own))
    faults = (*corpus_faults(corpus), *faults)
    today = datetime.date.today()
    if given.format == "json":
        targets = given.what == "targets"
        table = pipeline.target_records(corpus, today) if targets else pipeline.incentive_records(corpus)
        documents = {reading.document.id: reading.document for reading in corpus.readings}
        return Outcome(as_json([_texts(row, documents) for row in table.to_dict("records")]), faults, notes=notes)
    if given.what == "targets":
        verdicts = pipeline.target_statuses(corpus, today)
        return _file(target_export(pipeline.target_comparison(corpus), verdicts), given.format, faults, notes)
    return _file(incentive_export(pipeline.incentive_comparison(corpus)), given.format, faults, notes)


def _file(table: export.Table, form: str, faults: tuple[str, ...], notes: tuple[str, ...] = ()) -> Outcome:
    binary = form == "xlsx"
    return Outcome(export.to_xlsx(table) if binary else export.to_csv(table), faults, binary, notes)


def _texts(row: Mapping[Any, Any], documents: Mapping[str, Document]) -> dict[str, Any]:
    """A row of a tidy table for JSON as ``extract`` gives it: decimal strings, offsets into the raw file."""
    found: dict[str, Any] = {
        key: export.decimal(value) if isinstance(value, Decimal) else value for key, value in row.items()
    }
    document = documents[found["document"]]
    if "value_start" in found:
        found["value_start"], found["value_end"] = document.raw_span(found["value_start"], found["value_end"])
    return found | export.cited(document, found["start"], found["end"])


def _trend_arguments(parser: Parser) -> None:
    parser.add_format("json", "csv", "xlsx")
    parser.add_argument("--as-of", type=day, metavar="DATE", help="截至哪一天判断是否到期，如 2026-11-21；不写为今天")
    parser.add_choice("--series", [str(name) for name in SeriesName], "只看一个口径；不写为 output 和 registered")


def _trend(given: argparse.Namespace) -> Outcome:
    corpus = pipeline.load_checked_corpus(pipeline.default_root())
    as_of = given.as_of or datetime.date.today()
    chosen = (SeriesName(given.series),) if given.series else (SeriesName.OUTPUT, SeriesName.REGISTERED)
    rows = [_numbers(row) for row in pipeline.target_outcomes(corpus, as_of, chosen)]
    faults = corpus_faults(corpus)
    if given.format == "json":
        return Outcome(as_json(rows), faults)
    title = f"目标与实际（截至 {as_of.isoformat()}）"
    source = corpus.series.title if corpus.series else "没有可用的数据"
    return _file(export.Table("trend", title, (*TREND_FIELDS, *_CITED), tuple(rows), source), given.format, faults)


def _numbers(row: TrendRow) -> dict[str, Any]:
    """The fields of a trend row, measured values as numbers; what is not known is null."""
    values = {field: getattr(row, field) for field in TREND_FIELDS}
    values |= {field: getattr(row.citation, field, None) for field in _CITED} | {"quote": row.quote}
    return {field: _number(value) for field, value in values.items()}


def _number(value: Any) -> str | int | float | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value) if isinstance(value, str) else value


COMPARE = Verb(
    "compare",
    "把各文件的目标或激励并排列出；文件旁有 checked.csv（核对结果）的，以它为准并注明。",
    "python -m analysis compare incentives --format xlsx -o 激励对比.xlsx\npython -m analysis compare targets 草案.txt",
    _compare_arguments,
    _compare,
)
TREND = Verb(
    "trend",
    "目标定了多少，后来做到多少：每个成交额目标一行。",
    "python -m analysis trend --format json\npython -m analysis trend --series output --as-of 2020-12-31 --format csv",
    _trend_arguments,
    _trend,
)
