"""The weights that tell the stance of comments, learnt anew and judged on registers left out: ``comments stances``."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.cli.arguments import Outcome, Parser, Verb, write
from analysis.consultation.stance_weights import FILE, written
from analysis.learn import stances


def _arguments(parser: Parser) -> None:
    parser.add_argument("files", nargs="+", metavar="CSV", help="意见与态度的标注：register、stance、text 三列")
    parser.add_argument("--write", action="store_true", help="把权重写进产品")


def _run(given: argparse.Namespace) -> Outcome:
    every = [one for name in given.files for one in stances.examples(Path(name))]
    if given.write:
        write(FILE, written(stances.learnt(every)).encode())
    return Outcome(stances.told_text(stances.left_out(every)).encode())


COMMENT_STANCES = Verb(
    "comments stances",
    "从虚构的意见学习怎样判断态度，逐组留出，给出没见过的意见判得对不对。",
    "python -m analysis comments stances tests/cases/stance_comments/*.csv tests/cases/stances.csv --write",
    _arguments,
    _run,
)
