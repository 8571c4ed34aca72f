"""The how-tos of CONTRIBUTING, done: an indicator is an entry, a rule is an entry; no Python is touched.

“Add a province” is also done in test_pipeline.py.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from places import PROJECT

from analysis.corpus.documents import read_documents
from analysis.grammar import FOLDER, grammar, load, use
from analysis.model import InputError, Instrument, Reading
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


def example(heading: str) -> str:
    """The entry that CONTRIBUTING shows under a heading."""
    section = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition(f"## {heading}\n")[2]
    (entry,) = re.findall(r"```toml\n(.*?)```", section.partition("\n## ")[0], re.DOTALL)
    return textwrap.dedent(f"   {entry}")


def told(folder: Path, entry: str) -> str:
    """What is said of a mistake in an entry of indicators.toml, with … for the number of the entry."""
    with pytest.raises(InputError) as caught, added(folder, "indicators.toml", entry):
        pass
    return re.sub(r"第 \d+ 条", "第 … 条", str(caught.value))


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


def test_the_indicator_that_the_instructions_show(tmp_path: Path) -> None:
    words = "到2030年，建成省级中试基地12个。\n"
    assert [target.indicator_id for target in reading(words).targets] == [None]
    with added(tmp_path, "indicators.toml", example("Add an indicator")):
        assert [target.indicator_id for target in reading(words).targets] == ["pilot_bases"]


def test_a_typo_in_it_is_told_as_the_instructions_say(tmp_path: Path) -> None:
    sentence = told(tmp_path, example("Add an indicator").replace("forms =", "form ="))
    assert sentence in (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_the_frame_that_the_instructions_show(tmp_path: Path) -> None:
    entry = example("Add a rule of reading")
    assert next(frame for frame in grammar().frames if frame.id == "voucher")  # as the instructions say
    with added(tmp_path, "qualitative.toml", entry.replace('id = "voucher"', 'id = "another"')):
        assert "another" in {frame.id for frame in grammar().frames}


def test_the_card_that_the_instructions_show(tmp_path: Path) -> None:
    folder = tmp_path / "zhejiang-2030"
    folder.mkdir()
    words = "到2035年，全省技术合同成交额达到9000亿元。\n".encode()
    (folder / "zhejiang-2030.txt").write_bytes(words)
    card = example("Add a province").replace("…", hashlib.sha256(words).hexdigest(), 1)
    (folder / "card.toml").write_text(card, encoding="utf-8")
    ((read, _, _),), faults = read_documents(tmp_path)
    assert (read.slug, read.region, faults) == ("zhejiang-2030", "浙江", [])
    (folder / "card.toml").write_text(card.replace("title =", "titel ="), encoding="utf-8")
    _, (fault,) = read_documents(tmp_path)
    said = fault.message.partition("、region、")[0]
    assert said.endswith("请改为下列之一：title、region_code")
    assert said in (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
