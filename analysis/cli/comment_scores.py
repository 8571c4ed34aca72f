"""How well comments are sorted, held against the answers of careful readers: what ``comments score`` does."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis import pipeline
from analysis.cli.arguments import Outcome, Parser, Verb, as_json
from analysis.consultation.agreement import Agreement, agreement
from analysis.consultation.comment_answers import Answers, read_answers
from analysis.model import InputError
from analysis.present import comment_agreement as shown

MISSED = 1  # exit code where a figure is below what must be reached


def _arguments(parser: Parser) -> None:
    parser.add_argument("folder", metavar="DIR", help="标注文件夹，如 ../shared/gold/comments")
    parser.add_argument("--draft", metavar="FILE", help="征求意见稿；不写则在标注文件夹和 ../../corpus 里找")
    parser.add_argument("--details", action="store_true", help="逐条列出不符之处")
    parser.add_format("text", "json")


def _run(given: argparse.Namespace) -> Outcome:
    """The figures, and 1 as exit code where one of them is not reached."""
    result = scored(Path(given.folder), Path(given.draft) if given.draft else None)
    code = 0 if all(figure.reached for figure in result.figures) else MISSED
    if given.format == "json":
        return Outcome(as_json(shown.as_values(result)), code=code)
    return Outcome(shown.as_text(result, details=given.details).encode(), code=code)


def scored(folder: Path, draft: Path | None = None) -> Agreement:
    """The tables of a folder of answers received, sorted together, and held against the answers."""
    gold = read_answers(folder)
    path = draft or _draft(gold)
    consulted = pipeline.draft_of_file(pipeline.file_bytes(path, str(path)), path.name)
    received = {name: pipeline.receive_file(pipeline.file_bytes(folder / name, name), name) for name in gold.files}
    every = [comment for file in received.values() for comment in file.comments]
    ordered = iter(pipeline.sort_comments(consulted, every))
    found = {name: [next(ordered) for _ in file.comments] for name, file in received.items()}
    return agreement(gold, received, found)


def _draft(gold: Answers) -> Path:
    for folder in (gold.folder, gold.folder / ".." / ".." / "corpus"):
        if (folder / gold.draft).is_file():
            return folder / gold.draft
    raise InputError(gold.draft, "", "找不到这份征求意见稿", "请用 --draft 写明它在哪里")


SCORE_COMMENTS = Verb(
    "comments score",
    "对照人工标注，给出意见整理的各项成绩：条款、成组、态度、反馈人类别，以及有没有漏行错行。",
    "python -m analysis comments score ../shared/gold/comments"
    "\npython -m analysis comments score tests/cases/comments --details",
    _arguments,
    _run,
)
