"""Arguments and their help in Chinese. The standard parser reads; what it would say in English is said here."""

from __future__ import annotations

import argparse
import datetime
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import NoReturn

# What the standard parser says, and what a user reads. Anything else gets the general sentence.
_SAYINGS = (
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

    def error(self, message: str) -> NoReturn:
        """Raise ``Usage`` with ``message`` in Chinese."""
        said = "参数写法不对"
        for pattern, words in _SAYINGS:
            match = re.fullmatch(pattern, message, re.DOTALL)
            if match:
                said = words.format_map({name: _metavar(value) for name, value in match.groupdict().items()})
                break
        raise Usage(f"{said}，用法见 {self.prog} --help。")

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
