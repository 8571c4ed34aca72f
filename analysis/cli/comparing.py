"""Verbs that hold texts against each other and against what happened: compare, trend."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from analysis import pipeline
from analysis.cli.arguments import Parser, day, one_of
from analysis.cli.reading import read_all
from analysis.cli.verb import Outcome, Verb, as_json, corpus_faults
from analysis.model import SeriesName
from analysis.present import export, wire

TREND_FIELDS = (
    "document", "indicator", "region", "series", "target_year", "value", "comparator", "baseline_year",
    "baseline_value", "actual_year", "actual_value", "first_reached_year", "status", "implied_growth_percent",
    "required_growth_percent", "note",
)  # fmt: skip


def _compare_arguments(parser: Parser) -> None:
    parser.add_argument(
        "what", type=one_of("targets", "incentives"), metavar="targets|incentives", help="比目标，还是比激励"
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="与语料并排的文本文件；- 为标准输入")
    parser.add_argument(
        "--format", type=one_of("csv", "xlsx", "json"), default="csv", metavar="csv|xlsx|json", help="输出格式"
    )


def _compare(given: argparse.Namespace) -> Outcome:
    corpus = pipeline.load_corpus(pipeline.default_root())
    own, faults = read_all(given.files) if given.files else ([], ())
    readings = (*corpus.readings, *own)
    table = pipeline.target_table(readings) if given.what == "targets" else pipeline.incentive_table(readings)
    return _outcome(f"compare-{given.what}", table, given.format, (*corpus_faults(corpus), *faults))


def _trend_arguments(parser: Parser) -> None:
    names = tuple(str(name) for name in SeriesName)
    parser.add_argument(
        "--format", type=one_of("json", "csv", "xlsx"), default="json", metavar="json|csv|xlsx", help="输出格式"
    )
    parser.add_argument("--as-of", type=day, metavar="DATE", help="截至哪一天判断是否到期，如 2026-11-21；不写为今天")
    parser.add_argument("--series", type=one_of(*names), metavar="|".join(names), help="只看一个口径；不写为全部")
