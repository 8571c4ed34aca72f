"""The how-tos of CONTRIBUTING, done: an indicator is an entry, a rule is an entry; no Python is touched.

“Add a province” is done in test_pipeline.py.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.grammar import FOLDER, grammar, load, use
from analysis.model import Instrument, Reading
from analysis.pipeline import read_bytes
from analysis.tokenise import tokens


@contextmanager
def added(folder: Path, file: str, entry: str) -> Iterator[None]:
    """As if the entry stood at the end of the file of the grammar."""
    copy = folder / "grammar"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    with (copy / file).open("a", encoding="utf-8") as words:
        words.write(f"\n{entry}")
    with use(load(copy)):
        yield


def reading(words: str) -> Reading:
    return read_bytes(words.encode(), "试.txt")


INDICATOR = """
[[indicator]]
id = "sea_pilots"
name = "海上中试平台"
dimension = "count"
forms = ["海上中试平台", "海上中试基地"]
examples = ["海上中试平台", "海上中试基地"]
"""
FRAME = """
[[frame]]
id = "berths"
instrument = "other"
patterns = ["优先安排*泊位"]
examples = ["优先安排滨海试验泊位"]
"""


def test_an_indicator_is_an_entry(tmp_path: Path) -> None:
    words = "到2030年，建设海上中试平台12个。\n到2030年，海上中试基地达到12个。\n"
    before = reading(words)
    assert [target.indicator_id for target in before.targets] == [None, None]
    with added(tmp_path, "indicators.toml", INDICATOR):
        after = reading(words)
    assert [target.indicator_id for target in after.targets] == ["sea_pilots", "sea_pilots"]
    assert [target.value for target in after.targets] == [target.value for target in before.targets]
    assert reading(words).targets == before.targets


def test_a_rule_is_an_entry(tmp_path: Path) -> None:
    words = "对成果转化成绩突出的单位，优先安排滨海试验泊位作为激励。\n"
    assert reading(words).incentives == ()
    with added(tmp_path, "qualitative.toml", FRAME):
        (found,) = reading(words).incentives
    assert found.instrument is Instrument.OTHER
    assert not found.quantified
    assert "优先安排滨海试验泊位" in found.quote


def test_a_word_is_an_entry_that_the_lexer_learns(tmp_path: Path) -> None:
    words = "到2030年，成交额荡至300亿元。\n"
    entry = '[[word]]\ntag = "reach"\nforms = ["荡至"]\nexamples = ["成交额荡至300亿元"]\n'
    with added(tmp_path, "words.toml", entry):
        assert [token.tag for token in tokens(words) if token.word == "荡至"] == ["reach"]
    assert not [token for token in tokens(words) if token.word == "荡至"]


def test_the_grammar_is_made_once() -> None:
    assert grammar() is grammar()
