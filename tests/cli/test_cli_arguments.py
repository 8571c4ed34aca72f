"""The parser speaks Chinese: help, usage faults, and no sentence of the standard parser gets through."""

from __future__ import annotations

import datetime
import re

import pytest

from analysis.cli import VERBS, main, overview
from analysis.cli.arguments import Parser, Usage, day, one_of, parse

ENGLISH = re.compile(
    r"\b(usage|error|argument|arguments|expected|invalid|choice|required|unrecognized|optional|show)\b"
)


def small() -> Parser:
    parser = Parser("python -m analysis 试", "试一试。", "python -m analysis 试 甲")
    parser.add_argument("file", metavar="FILE", help="文件")
    parser.add_argument("--format", type=one_of("json", "csv"), metavar="json|csv", help="格式")
    parser.add_argument("--as-of", type=day, metavar="DATE", help="日期")
    parser.add_argument("--brief", action="store_true", help="简短")
    return parser


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "缺少 FILE"),
        (["a", "b"], "没有 b 这个参数"),
        (["a", "--colour"], "没有 --colour 这个参数"),
        (["a", "--format"], "--format 后面缺少内容"),
        (["a", "--format", "pdf"], "--format 的内容不对：“pdf”不在可选之列（json、csv）"),
        (["a", "--as-of", "21.11.2026"], "--as-of 的内容不对：“21.11.2026”不是日期"),
        (["a", "--brief=1"], "--brief 后面不能带内容"),
    ],
)
def test_a_wrong_command_line_is_one_chinese_sentence(words: list[str], sentence: str) -> None:
    with pytest.raises(Usage) as fault:
        parse(small(), words)
    assert str(fault.value).startswith(sentence)
    assert str(fault.value).endswith("用法见 python -m analysis 试 --help。")
    assert not ENGLISH.search(str(fault.value))


def test_what_may_be_left_out_is_not_called_missing() -> None:
    parser = Parser("试", "试一试。")
    parser.add_argument("what", metavar="WHAT", help="什么")
    parser.add_argument("files", nargs="*", metavar="FILE", help="文件")
    with pytest.raises(Usage, match=r"^缺少 WHAT，"):
        parse(parser, [])


def test_good_arguments_are_read() -> None:
    given = parse(small(), ["a", "--as-of", "2026-11-21", "--format", "csv"])
    assert given is not None
    assert (given.file, given.as_of, given.format) == ("a", datetime.date(2026, 11, 21), "csv")


def test_help_wins_over_what_is_missing() -> None:
    assert parse(small(), ["--format", "-h"]) is None


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_every_verb_has_help_with_an_example(verb, capfdbinary) -> None:  # type: ignore[no-untyped-def]
    assert main([*verb.name.split(), "--help"]) == 0
    shown = capfdbinary.readouterr().out.decode()
    assert shown.startswith(f"用法：python -m analysis {verb.name}")
    assert "\n例：\n" in shown
    assert not ENGLISH.search(shown)
    for written, words in verb.parser().options():
        assert re.search(r"[\u4e00-\u9fff]", words), f"{verb.name} {written} 没有中文说明"


def test_no_verb_and_an_unknown_verb(capfdbinary) -> None:  # type: ignore[no-untyped-def]
    assert main([]) == 2
    assert capfdbinary.readouterr().out.decode() == overview()
    assert main(["--help"]) == 0
    capfdbinary.readouterr()
    assert main(["extrct"]) == 2
    said = capfdbinary.readouterr()
    assert said.out == b""
    assert said.err.decode() == f"没有“extrct”这个命令，可用的有 {'、'.join(verb.name for verb in VERBS)}。\n"
