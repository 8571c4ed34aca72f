"""The verb that learns the weights of the reading from annotated texts."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis import pipeline
from analysis.cli.arguments import Parser
from analysis.cli.verb import Outcome, Verb, corpus_faults
from analysis.learn import learning_report


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
    said = learning_report.text(shown) + learning_report.incentives_text(learning.incentives.judged)
    return Outcome(said.encode(), corpus_faults(corpus))


LEARN = Verb(
    "learn",
    "从人工标注学出各项迹象的权重，并逐份留出检验。",
    "python -m analysis learn\npython -m analysis learn ../shared/gold/dev2 --write",
    _learn_arguments,
    _learn,
)
