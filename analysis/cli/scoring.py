"""Verbs that hold the reading against annotated texts: score, learn."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis import pipeline
from analysis.cli.arguments import Outcome, Parser, Verb, as_json, corpus_faults, write
from analysis.learn import unseen
from analysis.score import score_report


def _score_arguments(parser: Parser) -> None:
    parser.add_argument("folder", metavar="DIR", help="标注文件夹，如 tests/gold；也可以是带 checked.csv 的文件夹")
    parser.add_format("text", "json")
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


def _learn_arguments(parser: Parser) -> None:
    parser.add_argument("folders", nargs="*", metavar="DIR", help="标注文件夹；不写则用本机已有的全部标注")
    parser.add_argument("--roles", action="store_true", help="只比较激励中每个数的角色：规则与权衡迹象（较慢）")
    parser.add_argument("--write", action="store_true", help="把权重和逐份留出的成绩写进产品")


def _learn(given: argparse.Namespace) -> Outcome:
    corpus = pipeline.load_corpus(pipeline.product_root())
    folders = [Path(name) for name in given.folders] or list(pipeline.annotated_folders())
    if given.roles:
        return Outcome(pipeline.compare_roles(folders, corpus).encode(), corpus_faults(corpus))
    learning = pipeline.learn(folders, corpus)
    if given.write:
        pipeline.keep(learning)
    documents, gold = learning.learnt.documents, pipeline.gold_folder()
    # The rules were written for the product's own corpus, which says nothing of unseen texts.
    shown = (pipeline.elsewhere(documents, gold) if gold else ()) or documents
    said = unseen.text(shown) + unseen.incentives_text(learning.incentives.judged)
    return Outcome(said.encode(), corpus_faults(corpus))


SCORE = Verb(
    "score",
    "对照人工标注，给出读取的精确率、召回率和 F1。",
    "python -m analysis score tests/gold\npython -m analysis score tests/gold --format json -o 得分.json",
    _score_arguments,
    _score,
)
LEARN = Verb(
    "learn",
    "从人工标注学出各项迹象的权重，并逐份留出检验。",
    "python -m analysis learn\npython -m analysis learn ../shared/gold/dev2 --write",
    _learn_arguments,
    _learn,
)
