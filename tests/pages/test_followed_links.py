"""Links to words, followed after a change of the file or of cleaning: in small and large corpora, in own files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import own_files
import pytest
from ingest_trees import card, put, text
from shown_pages import markup, opened, plain

from analysis import pipeline
from analysis.corpus import clean as cleaning
from analysis.ingest.run import ingest
from analysis.model import Reading, Target
from analysis.present.links import words_link
from pages import _session
from pages._kept import forget_all

RAW = own_files.MEASURES
TARGET = "全省技术合同成交额达到6000亿元"
CHANGES = (
    (lambda raw: f"公告\n现予印发。\n\n{raw}", TARGET, "一字未改"),
    (lambda raw: raw.replace("6000", "5800"), TARGET.replace("6000", "5800"), "已经改写"),
    (lambda raw: raw.replace(f"{TARGET}，", ""), "", "已经找不到"),
    (lambda raw: f"{raw}\n附：2030年{TARGET}。\n", TARGET, "2处，标出的一处前后文与原来相同"),
)


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """What pages keep of a corpus goes with it."""
    forget_all()
    yield
    forget_all()


def follow(link: str) -> tuple[str, str]:
    """The marked words that a link opens, and the sentence about it; "" for either where there is none."""
    query = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
    shown = markup(opened("reader", **query))
    marked = "".join(re.findall(r'<mark class="[^"]*zh-m-cited[^>]*>(.*?)</mark>', shown))
    said = re.search(r'<p class="zh-(?:notice" role="status|fault" role="alert)">(.*?)</p>', shown)
    assert 'class="zh-reader"' in shown
    return plain(marked), plain(said[1]) if said else ""


def link_to(reading: Reading) -> str:
    """A link to the target, as the pages give it."""
    found: Target = next(target for target in reading.targets if target.unit == "亿元")
    assert found.citation is not None
    return words_link(found.citation)


def no_comma(raw: str) -> cleaning.Cleaned:
    """Another way of cleaning: it takes out every 全, every comma and the empty lines."""
    once = cleaning.clean(raw)
    kept = [at for at, sign in enumerate(once.text) if sign not in "全，"]
    return cleaning.Cleaned("".join(once.text[at] for at in kept), [once.offsets[at] for at in kept], once.removed)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Write the one document of a small corpus, on which the pages are open."""

    def write(raw: str) -> None:
        put(tmp_path, "documents/measures/measures.txt", raw)
        put(tmp_path, "documents/measures/card.toml", card("measures.txt", raw.encode(), "技术转移若干措施"))

    write(RAW)
    monkeypatch.setenv(pipeline.ROOT_VARIABLE, str(tmp_path))
    return write


@pytest.mark.parametrize(("change", "marked", "said"), CHANGES)
def test_a_changed_file_of_a_small_corpus(
    small: Callable[[str], None], change: Callable[[str], str], marked: str, said: str
) -> None:
    link = link_to(pipeline.load_corpus(pipeline.default_root()).readings[0])
    assert follow(link) == (TARGET, "")
    small(change(RAW))
    forget_all()
    found, sentence = follow(link)
    assert found == marked
    assert sentence.startswith("文件在链接发出后改过")
    assert said in sentence


def test_another_cleaning_of_a_small_corpus(small: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    link = link_to(pipeline.load_corpus(pipeline.default_root()).readings[0])
    assert follow(link) == (TARGET, "")
    forget_all()
    monkeypatch.setattr("analysis.corpus.documents.clean", no_comma)
    assert follow(link) == (TARGET.replace("全", ""), "")


def ingested(tree: Path, out: Path) -> pipeline.Collection:
    ingest(tree, out, jobs=1, tell=lambda now: None)
    return pipeline.open_collection(out)


def link_in(collection: pipeline.Collection) -> str:
    """The same link from the tables of a collection, whose rows come without the text of the file."""
    slugs = pipeline.choose(collection, pipeline.Choice(words="湖南省促进")).documents
    (reading,) = pipeline.part(collection, slugs).readings
    assert reading.document.raw == ""
    return link_to(reading)


def test_a_changed_file_and_another_cleaning_of_a_large_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree, out = tmp_path / "in", tmp_path / "out"
    for number in range(13):
        put(tree, f"{number}.txt", text(number))
    file = put(tree, "measures.txt", f"\ufeff{RAW}".replace("\n", "\r\n"))
    link = link_in(ingested(tree, out))
    monkeypatch.setenv(pipeline.ROOT_VARIABLE, str(out))
    assert follow(link) == (TARGET, "")
    with monkeypatch.context() as patch:
        forget_all()
        patch.setattr("analysis.corpus.documents.clean", no_comma)
        assert follow(link) == (TARGET.replace("全", ""), "")
    forget_all()
    put(tree, file.name, f"公告\n现予印发。\n\n{RAW}".replace("培育技术经理人700名", "培育技术经理人900名"))
    ingested(tree, tmp_path / "again")
    monkeypatch.setenv(pipeline.ROOT_VARIABLE, str(tmp_path / "again"))
    marked, said = follow(link)
    assert marked == TARGET
    assert "已经不在，按原话找到了这一份，这段话一字未改" in said


def test_a_file_of_ones_own_that_was_changed_and_brought_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_session, "visitor", lambda: own_files.VISITOR)
    shelf = _session.file_store()
    before = own_files.own()
    link = link_to(before.reading)
    shelf.put(own_files.VISITOR, before)
    assert follow(link) == (TARGET, "")
    shelf.remove(own_files.VISITOR, before.digest)
    with monkeypatch.context() as patch:
        patch.setattr("analysis.corpus.documents.clean", no_comma)
        shelf.put(own_files.VISITOR, own_files.own())
    assert follow(link) == (TARGET.replace("全", ""), "")
    shelf.remove(own_files.VISITOR, before.digest)
    for change, marked, _ in CHANGES[:2]:
        after = own_files.own(change(RAW))
        shelf.put(own_files.VISITOR, after)
        found, said = follow(link)
        assert found == marked
        assert "按原话找到了这一份" in said
        shelf.remove(own_files.VISITOR, after.digest)
