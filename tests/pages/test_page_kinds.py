"""News and reports of work done are marked wherever documents are listed, and counted only where they are asked for."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
import store_corpus
from kinds_corpus import NEWS, with_reports
from shown_pages import lead, markup, opened, words

from analysis import pipeline
from analysis.chinese_words import TEXT_KINDS
from analysis.cli import main
from analysis.model import Corpus, Reading, TextKind
from analysis.present import names, reader_text
from analysis.present.markup import render
from analysis.present.names import NEWS_TOGGLE, document_name, known_kind
from pages import _session
from pages._kept import forget_all
from pages._session import OwnFile, own_reading

LEFT = "另有 2份新闻与总结未计入"


@pytest.fixture(scope="module")
def small_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus of the product with a report of news, whose card is silent about it, and a report of work done."""
    return with_reports(tmp_path_factory.mktemp("kinds") / "corpus")


@pytest.fixture
def _small(small_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(pipeline.ROOT_VARIABLE, str(small_root))


def test_the_kind_of_a_card_that_is_silent_is_read_from_its_text(small_root: Path) -> None:
    corpus = pipeline.load_corpus(small_root)
    found = corpus.reading("zhejiang-news")
    assert found is not None
    assert found.document.card.kind is TextKind.NEWS
    assert "kind" in dict(found.document.card.inferred)
    assert pipeline.left_out(corpus) == 2
    assert {one.document.id for one in corpus.readings} - {
        one.document.id for one in pipeline.policies(corpus).readings
    } == {
        "zhejiang-news",
        "guizhou-summary",
    }


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("page", ["overview", "targets", "incentives", "trends", "wording"])
def test_reports_are_left_out_and_said_to_be(page: str) -> None:
    app = opened(page)
    assert LEFT in words(app)
    assert [toggle.label for toggle in app.toggle if toggle.key == "news"] == [NEWS_TOGGLE]
    assert "浙江 2027" not in words(app)


@pytest.mark.usefixtures("_small")
def test_the_overview_counts_them_when_it_is_asked_to() -> None:
    app = opened("overview")
    assert "共 4份文件" in lead(app)
    app.toggle(key="news").set_value(True).run()
    assert "共 6份文件" in lead(app)
    assert LEFT not in words(app)
    assert "新闻报道" in words(app)
    assert "工作总结" in words(app)
    assert "targets?province=" in markup(app)
    assert "news=true" in markup(app)


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("page", ["overview", "targets", "incentives"])
def test_the_address_asks_for_them(page: str) -> None:
    app = opened(page, news="true")
    assert LEFT not in words(app)
    assert "浙江" in words(app)
    assert "新闻报道" in words(app)


@pytest.mark.usefixtures("_small")
def test_the_list_of_sources_holds_and_marks_all() -> None:
    said = words(opened("sources"))
    for each in ("浙江", "贵州", "新闻报道", "工作总结", "文件类型：规划计划"):
        assert each in said
    assert LEFT not in said


@pytest.mark.usefixtures("_small")
def test_the_reader_says_the_kind() -> None:
    app = opened("reader", document="zhejiang-news")
    assert "新闻报道" in words(app)
    assert any("浙江 2027（新闻）" in str(pills.options) for pills in app.get("button_group"))


def test_a_corpus_without_reports_has_no_control() -> None:
    for page in ("overview", "targets"):
        app = opened(page)
        assert not [toggle for toggle in app.toggle if toggle.key == "news"]
        assert "未计入" not in words(app)


def test_a_visitors_own_news_is_shown_and_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = NEWS.encode()
    digest = hashlib.sha256(data).hexdigest()
    file = OwnFile("报道.txt", digest, own_reading(pipeline.read_bytes(data, "报道.txt"), "报道.txt", digest))
    monkeypatch.setattr(_session, "files", lambda: (file,))
    forget_all()
    said = words(opened("overview"))
    assert file.reading.document.card.kind is TextKind.NEWS
    assert "共 5份文件" in said
    assert "新闻报道" in said
    assert "未计入" not in said


@pytest.fixture(scope="module")
def large(made: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up documents, every fourth a report of news and every tenth one of work done."""
    every = {
        reading.document.id: TextKind.NEWS if at % 4 == 0 else TextKind.SUMMARY if at % 10 == 1 else TextKind.PLAN
        for at, reading in enumerate(made.readings)
    }

    def marked(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
        return tuple(
            replace(one, document=replace(one.document, card=replace(one.document.card, kind=every[one.document.id])))
            for one in readings
        )

    corpus = replace(made, readings=marked(made.readings), editions=marked(made.editions))
    folder = tmp_path_factory.mktemp("large kinds")
    return store_corpus.write(corpus, folder / "tables", folder)


@pytest.fixture
def _large(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(pipeline.ROOT_VARIABLE, str(large))


def test_tables_are_asked_by_kind(large: Path) -> None:
    collection = pipeline.open_collection(large)
    numbers = dict(pipeline.facets(collection).kinds)
    assert numbers == {TextKind.PLAN: 26, TextKind.NEWS: 10, TextKind.SUMMARY: 4}
    policies = pipeline.Choice(kinds=pipeline.POLICIES)
    assert pipeline.choose(collection, policies).total == 26
    assert pipeline.choose(collection, pipeline.Choice(kinds=pipeline.REPORTS)).total == 14
    assert pipeline.totals(collection, policies).documents == 26
    assert sum(row.documents for row in pipeline.region_table(collection, policies)) == 26
    assert dict(pipeline.facets(collection, policies).kinds) == numbers  # a filter leaves itself out of account
    assert sum(number for *_, number in pipeline.facets(collection, policies).years) == 26


def test_addresses_carry_the_control(large: Path) -> None:
    facets = pipeline.facets(pipeline.open_collection(large))
    assert names.address(pipeline.Choice(kinds=pipeline.POLICIES), facets) == {}
    assert names.address(pipeline.Choice(), facets) == {"news": "true"}


@pytest.mark.usefixtures("_large")
@pytest.mark.parametrize("page", ["overview", "targets", "incentives", "wording", "trends"])
def test_many_documents_are_counted_without_reports(page: str) -> None:
    app = opened(page)
    assert "另有 14份新闻与总结未计入" in words(app)
    app.toggle(key="news").set_value(True).run()
    assert not app.exception
    assert "未计入" not in words(app)


@pytest.mark.usefixtures("_large")
def test_the_overview_of_many_counts_policies() -> None:
    app = opened("overview")
    assert "共 26份文件（全部 40份中选出）" in lead(app)
    app.toggle(key="news").set_value(True).run()
    assert "共 40份文件" in lead(app)


@pytest.mark.usefixtures("_large")
def test_the_list_of_many_sources_is_filtered_by_kind() -> None:
    app = opened("sources")
    assert "新闻报道" in words(app)
    picker = next(one for one in app.multiselect if one.key == "kind")
    picker.set_value(["工作总结"]).run()
    assert "符合条件的有 4份" in words(app)


def test_the_command_line_leaves_reports_out(
    small_root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(pipeline.ROOT_VARIABLE, str(small_root))
    assert main(["compare", "incentives", "--format", "json"]) == 0
    told = capfd.readouterr()
    assert "zhejiang-news" not in told.out
    assert "新闻与总结未计入" in told.err
    assert main(["compare", "incentives", "--format", "json", "--news"]) == 0
    told = capfd.readouterr()
    assert "zhejiang-news" in {row["document"] for row in json.loads(told.out)}
    assert told.err == ""


def test_the_command_line_compares_a_file_that_it_is_given(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "报道.txt"
    path.write_text(NEWS, encoding="utf-8")
    assert main(["compare", "incentives", str(path), "--format", "json"]) == 0
    told = capfd.readouterr()
    assert "报道" in told.out
    assert told.err == ""


def test_every_kind_has_a_name_and_only_reports_a_mark(real_corpus: Corpus) -> None:
    assert set(TEXT_KINDS) == set(TextKind)
    card = real_corpus.readings[0].document.card
    for kind in TextKind:
        one = replace(card, kind=kind)
        assert (
            bool(render("shared.kind_mark", card=one))
            == (not kind.is_policy)
            == ("（新闻）" in document_name(one) or "（总结）" in document_name(one))
        )
        assert known_kind(one) in reader_text.meta(one)
    undated = replace(card, kind=TextKind.NEWS, issued=None, slug="a")
    assert document_name(undated).endswith("（年份不详，新闻）")
