"""The corpus as a whole, and the three things that are promised to be added without touching Python."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from places import PROJECT

from analysis.model import Corpus, Reading
from analysis.pipeline import load_corpus, read_bytes, read_path

CORPUS = PROJECT / "policy_corpus"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(CORPUS)


@pytest.fixture(scope="module", params=range(5))
def reading(request: pytest.FixtureRequest, corpus: Corpus) -> Reading:
    return (*corpus.readings, *corpus.editions)[request.param]


def test_the_corpus_is_whole(corpus: Corpus) -> None:
    assert corpus.faults == ()
    folders = {folder.name for folder in (CORPUS / "documents").iterdir() if folder.is_dir()}
    assert {reading.document.id for reading in corpus.readings} == folders
    assert len(corpus.readings) + len(corpus.editions) == sum(1 for _ in CORPUS.glob("documents/*/*.txt"))
    assert corpus.points
    assert corpus.series is not None


def test_newest_first_and_undated_last(corpus: Corpus) -> None:
    issued = [reading.document.card.issued or "" for reading in corpus.readings]
    assert issued == sorted(issued, reverse=True)


def test_every_span_gives_its_quote_and_lies_in_its_clause(reading: Reading) -> None:
    text = reading.document.text
    rows = (*reading.quantities, *reading.targets, *reading.incentives, *reading.unparsed)
    for row in rows:
        assert text[row.start : row.end] == row.quote
    for row in (*reading.targets, *reading.incentives):
        clause = reading.clauses[row.clause_index]
        assert clause.start <= row.start < row.end <= clause.end
        assert row.clause == clause.path
        assert row.document == reading.document.id
    for target in reading.targets:
        assert target.start <= target.value_start < target.value_end <= target.end


def test_raw_spans_hold_the_words_of_the_quote(reading: Reading) -> None:
    """Back in the file as received, the characters of the quote stand in order (cleaning only deletes or replaces)."""
    document = reading.document
    for row in (*reading.targets, *reading.incentives):
        start, end = document.raw_span(row.start, row.end)
        digits = [char for char in document.raw[start:end] if char.isascii() and char.isdigit()]
        assert digits == [char for char in row.quote if char.isascii() and char.isdigit()]


def test_reading_is_pure(corpus: Corpus) -> None:
    again = load_corpus(CORPUS)
    for one, other in zip(corpus.readings, again.readings, strict=True):
        assert (one.targets, one.incentives, one.quantities) == (other.targets, other.incentives, other.quantities)


def test_a_file_of_ones_own_is_read_like_the_corpus(corpus: Corpus) -> None:
    path = next(CORPUS.glob("documents/heilongjiang-2017/*.txt"))
    own, known = read_path(path), corpus.reading("heilongjiang-2017")
    assert known is not None
    assert own.document.text == known.document.text
    assert [target.value for target in own.targets] == [target.value for target in known.targets]
    assert own.document.card.region == known.document.card.region  # read from its title
    assert read_bytes(path.read_bytes(), path.name).targets == own.targets


def test_a_province_is_a_folder_and_no_python(tmp_path: Path) -> None:
    """CONTRIBUTING, “Add a province”, step by step."""
    root = tmp_path / "corpus"
    shutil.copytree(CORPUS, root)
    folder = root / "documents" / "zhejiang-2030"
    folder.mkdir()
    words = "浙江省技术市场行动方案\n\n一、目标\n到2035年，全省技术合同成交额达到9000亿元，培育技术经理人3000名。\n"
    (folder / "zhejiang-2030.txt").write_text(words, encoding="utf-8")
    digest = hashlib.sha256(words.encode()).hexdigest()
    (folder / "card.toml").write_text(
        'title = "浙江省技术市场行动方案"\nregion_code = "330000"\nregion = "浙江"\nlevel = "province"\n'
        'status = "unknown"\n\n[[editions]]\nfile = "zhejiang-2030.txt"\nlabel = "全文"\n'
        f'sha256 = "{digest}"\n',
        encoding="utf-8",
    )
    corpus = load_corpus(root)
    assert corpus.faults == ()
    reading = corpus.reading("zhejiang-2030")
    assert reading is not None
    assert {(str(target.value), target.unit, target.target_year) for target in reading.targets} == {
        ("9000", "亿元", 2035),
        ("3000", "名", 2035),
    }
