"""核对 over a collection of many documents: one file beside the tables, and documents side by side follow it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import store_corpus
from checked_samples import confirmed, removed
from shown_pages import markup
from shown_pages import opened as page

from analysis import pipeline
from analysis.checked import journal
from analysis.checked.checks import items
from analysis.model import Corpus, Reading
from analysis.pipeline import Collection
from pages import _session
from pages._kept import forget_all


@pytest.fixture
def opened(real_corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Collection]:
    made = store_corpus.made_up(real_corpus, 20)
    out = store_corpus.write(made, tmp_path / "many", pipeline.product_root() / "documents")
    monkeypatch.setenv(pipeline.ROOT_VARIABLE, str(out))
    monkeypatch.setenv(pipeline.CHECKING_VARIABLE, "1")
    forget_all()
    yield pipeline.open_collection(out)
    forget_all()


@pytest.fixture
def reading(opened: Collection) -> Reading:
    """A document with targets, read anew."""
    kept = pipeline.part(opened, pipeline.choose(opened, pipeline.Choice()).documents).readings
    slug = next(each.document.id for each in kept if each.targets and each.incentives and each.document.card.doc_number)
    return pipeline.full_readings(opened, slug)[0]


def test_one_file_stands_beside_the_tables_and_leaves_them_alone(opened: Collection, reading: Reading) -> None:
    state = pipeline.collection_state(opened.folder)
    first, second = items(reading, ())[:2]
    pipeline.record_check(opened.folder, confirmed(reading, first), 0)
    pipeline.record_check(opened.folder, removed(reading, second), 1)
    assert (opened.folder / journal.NAME).is_file()
    assert pipeline.collection_state(opened.folder) == state
    said, faults = pipeline.read_checks(opened.folder)
    assert not faults
    shown = pipeline.part_with_checks(opened, pipeline.part(opened, [reading.document.id]), said)
    rows = (*shown.readings[0].targets, *shown.readings[0].incentives)
    assert [row.checked.who for row in rows if row.checked] == ["甲"]
    found = pipeline.score_gold(opened.folder, shown)
    assert found.gold.documents == (reading.document.id,)


def test_pages_follow_it(opened: Collection, reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_session, "visitor", lambda: "v" * 32)
    slug = reading.document.id
    assert "已核对 0 /" in markup(page("reader", document=slug, check="1"))
    for item in items(reading, ()):
        said = pipeline.read_checks(opened.folder)[0].get(slug, ())
        pipeline.record_check(opened.folder, confirmed(reading, item, "李四"), len(said))
    forget_all()
    assert "条都核对过了" in markup(page("reader", document=slug, check="done"))
    number = reading.document.card.doc_number or ""
    assert "李四" in markup(page("targets", search=number))
    assert "李四" in markup(page("incentives", search=number))
