"""What a verb of the command line is: its arguments and their help in Chinese, and how its output leaves.

The standard parser reads the arguments; what it would say in English is said here.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from analysis.model import Corpus, InputError

# What the standard parser says, and what a user reads. Anything else gets the general sentence.
_PROBLEMS = (
    (r"the following arguments are required: (?P<what>[^,]+).*", "缺少 {what}"),
    (r"unrecognized arguments: (?P<what>.+)", "没有 {what} 这个参数"),
    (r"argument (?P<what>[^:]+): expected .*", "{what} 后面缺少内容"),
    (r"argument (?P<what>[^:]+): ignored explicit argument .*", "{what} 后面不能带内容"),
    (r"argument (?P<what>[^:]+): (?P<why>\W*[\u4e00-\u9fff“].*)", "{what} 的内容不对：{why}"),
)


class Usage(Exception):
    """The command line cannot be understood; ``str()`` is one Chinese sentence."""


class Parser(argparse.ArgumentParser):
    """A parser that speaks Chinese and raises :class:`Usage` where the standard one would exit."""

    def __init__(self, prog: str, description: str, example: str = "") -> None:
        super().__init__(prog=prog, description=description, add_help=False, allow_abbrev=False)
        self.example = example
        self.add_argument("-h", "--help", action="store_true", help="显示这段说明")

    def add_choice(self, name: str, choices: Sequence[str], words: str, default: str | None = None) -> None:
        """An argument that is one of ``choices``."""
        self.add_argument(name, type=one_of(*choices), default=default, metavar="|".join(choices), help=words)

    def add_format(self, *choices: str) -> None:
        """The format of the output; the first one where none is given."""
        self.add_choice("--format", choices, "输出格式", choices[0])

    def error(self, message: str) -> NoReturn:
        """Raise ``Usage`` with ``message`` in Chinese."""
        problem = "参数写法不对"
        for pattern, words in _PROBLEMS:
            if match := re.fullmatch(pattern, message, re.DOTALL):
                problem = words.format_map({name: _metavar(value) for name, value in match.groupdict().items()})
                break
        raise Usage(f"{problem}，用法见 {self.prog} --help。")

    def options(self) -> list[tuple[str, str]]:
        """What can be given, with its explanation, in order."""
        return [(_written(action), action.help or "") for action in self._actions]

    def usage_line(self) -> str:
        """One line: the command with all it takes."""
        places = [_written(action) for action in self._actions if not action.option_strings]
        return " ".join([self.prog, *places, "[选项]"])

    def format_help(self) -> str:
        """The help text, aligned for Han characters."""
        width = max(_width(written) for written, _ in self.options()) + 2
        lines = [f"用法：{self.usage_line()}", "", self.description or "", ""]
        lines += [f"  {written}{' ' * (width - _width(written))}{words}" for written, words in self.options()]
        if self.example:
            lines += ["", "例：", *(f"  {line}" for line in self.example.splitlines())]
        return "\n".join(lines) + "\n"


def _written(action: argparse.Action) -> str:
    shown = action.metavar if isinstance(action.metavar, str) else action.dest
    if not action.option_strings:
        return {"*": f"[{shown} …]", "?": f"[{shown}]", "+": f"{shown} …"}.get(str(action.nargs), shown)
    names = "、".join(action.option_strings)
    return names if action.nargs == 0 else f"{names} {shown}"


def _metavar(value: str) -> str:
    return value.replace("/", "、") if value.startswith("-") else value


def _width(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in words)


def one_of(*choices: str) -> Callable[[str], str]:
    """An argument type that takes one of ``choices`` and says so in Chinese when given something else."""

    def read(words: str) -> str:
        if words not in choices:
            raise argparse.ArgumentTypeError(f"“{words}”不在可选之列（{'、'.join(choices)}）")
        return words

    return read


def number(least: int) -> Callable[[str], int]:
    """An argument type: a whole number of at least ``least``."""

    def read(words: str) -> int:
        if not words.isdecimal() or int(words) < least:
            raise argparse.ArgumentTypeError(f"“{words}”不是 {least} 或更大的整数")
        return int(words)

    return read


def day(words: str) -> datetime.date:
    """An argument type: an ISO date such as 2026-11-21."""
    try:
        return datetime.date.fromisoformat(words)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(f"“{words}”不是日期，应写作 2026-11-21 这样") from problem


def parse(parser: Parser, words: Sequence[str]) -> argparse.Namespace | None:
    """The arguments, or None when help was asked for, whatever else is missing. Raises ``Usage``."""
    if any(word in ("-h", "--help") for word in words):
        return None
    return parser.parse_args(list(words))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a verb gives: the bytes for the user, and a sentence for each part that could not be used."""

    output: bytes
    faults: tuple[str, ...] = ()
    binary: bool = False  # not to be shown on a terminal
    notes: tuple[str, ...] = ()  # sentences for the user that are no faults
    code: int = 0  # the exit code where nothing was unusable


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: what it is for, its arguments, its work. Its name has two words where several verbs share a subject."""

    name: str
    summary: str
    example: str
    arguments: Callable[[Parser], None]
    run: Callable[[argparse.Namespace], Outcome]
    folder: bool = False  # -o names a folder that the verb itself fills

    @property
    def words(self) -> int:
        """How many words its name has."""
        return len(self.name.split())

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
