"""What a verb is, and how its output leaves."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.cli.arguments import Parser
from analysis.model import Corpus, InputError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a verb gives: the bytes for the user, and a sentence for each part that could not be used."""

    output: bytes
    faults: tuple[str, ...] = ()
    binary: bool = False  # not to be shown on a terminal
    notes: tuple[str, ...] = ()  # sentences for the user that are no faults


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: what it is for, its arguments, its work."""

    name: str
    summary: str
    example: str
    arguments: Callable[[Parser], None]
    run: Callable[[argparse.Namespace], Outcome]
    folder: bool = False  # -o names a folder that the verb itself fills

    def parser(self) -> Parser:
        """A parser for this verb."""
        parser = Parser(f"python -m analysis {self.name}", self.summary, self.example)
        self.arguments(parser)
        if not self.folder:
            parser.add_argument("-o", "--output", metavar="FILE", help="写到这个文件；不写则输出到屏幕")
        return parser


def as_json(values: Any) -> bytes:
    """Values as JSON with Chinese as it is, one line end at the end."""
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()


def write(path: Path, data: bytes) -> None:
    """Write a file. Raises ``InputError`` when it cannot be written."""
    try:
        path.write_bytes(data)
    except OSError as problem:
        raise InputError(str(path), "", "写不进去", "请检查文件夹是否存在、是否有写入权限") from problem


def corpus_faults(corpus: Corpus) -> tuple[str, ...]:
    """One sentence for each part of the corpus that could not be used."""
    return tuple(fault.message for fault in corpus.faults)
