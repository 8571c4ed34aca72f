"""总览, 目标对比 and 激励对比 over more documents than fit side by side: what is chosen, shown, counted and said."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from shown_pages import LINK, lead, markup, plain, sound
from streamlit.testing.v1 import AppTest

from analysis import pipeline
from analysis.model import Reading
from pages._kept import forget_all

PAGES = ("overview", "targets", "incentives")


@pytest.fixture(scope="module")
def collection(large_root: Path) -> pipeline.Collection:
    return pipeline.open_collection(large_root)


@pytest.fixture(scope="module")
def readings(collection: pipeline.Collection) -> dict[str, Reading]:
    """Every document, read from the tables in plain Python: what the pages are held against."""
    slugs = pipeline.choose(collection, pipeline.Choice(), size=1_000).documents
    return {reading.document.id: reading for reading in pipeline.part(collection, slugs).readings}


@pytest.fixture(autouse=True)
def _open_large(large_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(pipeline.ROOT_VARIABLE, str(large_root))


def columns(app: AppTest) -> int:
    """How many documents stand side by side."""
    found = re.search(r'zh-matrix" style="--columns: (\d+)"', markup(app))
    assert found
    return int(found.group(1)) - 1


def test_the_overview_counts_every_document(readings: dict[str, Reading]) -> None:
    app = sound("overview")
    said = lead(app)
    assert f"共 {len(readings)}份文件" in said
    assert f"{sum(len(each.targets) for each in readings.values())}项目标" in said
    assert f"{sum(len(each.incentives) for each in readings.values())}项激励" in said
    assert markup(app).count('<th scope="row"><strong>') == 12
    assert "第 1—12份，共 40份" in plain(markup(app))
    assert "这一页的文件，先看这几处" in markup(app)


def test_each_region_leads_to_its_documents(collection: pipeline.Collection) -> None:
    html = markup(sound("overview"))
    row = r'<tr><th scope="row"><a href="([^"]*)" target="_self">([^<]*)</a></th><td[^>]*><a[^>]*>(\d+)'
    rows = re.findall(row, html)
    assert {name for _, name, _ in rows} == {"全国", "四川", "黑龙江", "北京"}
    address, _, documents = next(each for each in rows if each[1] == "四川")
    query = parse_qs(urlsplit(unescape(address)).query)
    assert query == {"province": ["四川"]}
    assert f"共 {documents}份文件（全部 40份中选出）" in lead(sound("overview", **query))


def test_a_province_alone_is_told_by_its_places() -> None:
    html = markup(sound("overview", province="四川"))
    assert "各市县有多少" in html
    assert "成都" in html
    assert "黑龙江</a></th>" not in html
    row = r'<tr><th scope="row"><a href="([^"]*)" target="_self">四川</a></th><td[^>]*><a[^>]*>(\d+)'
    found = re.search(row, html)
    assert found
    alone = parse_qs(urlsplit(unescape(found.group(1))).query)
    assert alone == {"province": ["四川"], "place": ["四川"]}
    assert f"共 {found.group(2)}份文件（全部 40份中选出）" in lead(sound("overview", **alone))


@pytest.mark.parametrize("page", ["targets", "incentives"])
def test_pages_of_few_meet_each_document_that_has_something_once(page: str, readings: dict[str, Reading]) -> None:
    wanted = {slug for slug, each in readings.items() if (each.targets if page == "targets" else each.incentives)}
    seen: list[str] = []
    number = 1
    while len(seen) < len(wanted):
        app = sound(page, page=str(number))
        shown = columns(app)
        assert shown == min(pipeline.SIDE_BY_SIDE, len(wanted) - len(seen))
        table = re.search(r'<table class="zh-table zh-matrix".*?</table>', markup(app), re.S)
        assert table
        found = list(dict.fromkeys(slug for slug, _, _ in LINK.findall(table.group())))
        assert not set(found) & set(seen)
        seen += found
        number += 1
    assert set(seen) == wanted


def test_figures_lead_to_words(readings: dict[str, Reading]) -> None:
    for page in PAGES:
        spans = LINK.findall(markup(sound(page)))
        assert spans
        for slug, start, end in spans:
            assert readings[slug].document.text[int(start) : int(end)].strip()


def test_an_indicator_is_answered_over_all_documents(readings: dict[str, Reading]) -> None:
    setting = [
        slug
        for slug, each in readings.items()
        if any(target.indicator_id == "contract_value" for target in each.targets)
    ]
    assert setting
    app = sound("targets", indicator="技术合同成交额")
    assert lead(app).startswith(f"{len(setting)}份文件")
    assert columns(app) == min(pipeline.SIDE_BY_SIDE, len(setting))


def test_receivers_are_counted_over_all_documents(readings: dict[str, Reading]) -> None:
    giving = [slug for slug, each in readings.items() if any(one.receiver == "buyer" for one in each.incentives)]
    app = sound("incentives", receiver="买方企业")
    assert f"{len(giving)}份（" in lead(app)
    assert re.search(rf'买方企业</a></th><td class="zh-num">{len(giving)}</td>', markup(app))


def test_filters_that_match_nothing_say_which_to_loosen() -> None:
    app = sound("overview", province="四川", search="火星")
    said = plain(markup(app))
    assert "没有文件同时满足所选的地区、查找的字词" in said
    assert re.search(r"去掉“查找的字词”有\d+份", said)


@pytest.mark.parametrize("page", PAGES)
def test_addresses_that_make_no_sense_do_no_harm(page: str) -> None:
    sound(page, province="火星", place="'; DROP TABLE", issued="abc", nature="?", page="99999", search="%' OR 1=1")


def test_a_changed_filter_goes_back_to_the_first_page() -> None:
    app = sound("overview", page="2")
    assert "第 13—24份" in plain(markup(app))
    app.multiselect(key="issued").select("2022").run()
    assert "page" not in app.query_params


def test_another_page_is_one_click_away() -> None:
    app = sound("targets")
    app.button(key="page-下一页").click().run()
    assert app.query_params["page"] == "2"
    assert f"第 {pipeline.SIDE_BY_SIDE + 1}—" in plain(markup(app))


def test_a_replaced_corpus_shows_without_a_restart(
    large_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(pipeline.ROOT_VARIABLE, str(pipeline.product_root()))
    app = sound("overview")
    assert "共 40份" not in lead(app)
    monkeypatch.setenv(pipeline.ROOT_VARIABLE, str(large_root))
    app.run()
    assert "共 40份文件" in lead(app)
    forget_all()
