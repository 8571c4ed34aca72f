"""The pages over a corpus that does not fit side by side: they ask for what they show, and lead to the words."""

from __future__ import annotations

import asyncio
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from urllib.parse import unquote

import pytest
import store_corpus
from places import PROJECT
from shown_pages import markup, press, words
from shown_pages import opened as page
from starlette.requests import Request

from analysis import pipeline
from analysis.model import Corpus, Edition, Fault
from analysis.pipeline import Choice, Collection
from analysis.present import tables_sources, tables_trend
from pages import _files, _session
from pages._kept import forget_all

DOCUMENTS = 45


@pytest.fixture(scope="module")
def made(real_corpus: Corpus) -> Corpus:
    return store_corpus.made_up(real_corpus, DOCUMENTS)


@pytest.fixture(scope="module", autouse=True)
def opened(made: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """The made-up corpus as tables, and the pages open on it."""
    out = store_corpus.write(made, tmp_path_factory.mktemp("many"), pipeline.product_root() / "documents")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(pipeline.ROOT_VARIABLE, str(out))
        yield pipeline.open_collection(out)
    forget_all()


# 语料与来源 ------------------------------------------------------------------------------------------------


def test_sources_says_what_there_is_and_what_could_not_be_read(opened: Collection) -> None:
    app = page("sources")
    text = words(app)
    totals = pipeline.totals(opened)
    assert f"读成 {DOCUMENTS}份文件" in text
    assert f"{totals.further_editions}份近似的版本" in text
    assert f"{totals.unread}个文件没有读进来" in text
    for row in pipeline.unread(opened)[2]:
        assert row.file in text
        assert row.problem in text
    assert "虚构" in text  # made-up documents are said to be so
    assert "读对 22" in text  # the score is of the texts that come with the product, not of these


def test_sources_shows_a_page_of_documents_with_their_files(opened: Collection) -> None:
    app = page("sources", page="2")
    chosen, entries = pipeline.catalogue(opened, Choice(), 2, pipeline.LISTED)
    shown = markup(app)
    links = re.findall(r'<strong>[^<]*</strong><div><a href="reader\?document=([\w-]+)"', shown)
    assert links == list(chosen.documents)
    assert f"第 21—40份，共 {DOCUMENTS}份" in words(app)
    further = next(entry for entry in entries if entry.editions)
    assert f"document={further.card.slug}&amp;edition=2" in shown
    assert f"house/original?document={further.card.slug}&amp;edition=1" in shown
    app = press(app, "page-下一页")
    assert "第 41—45份" in words(app)
    assert app.query_params["page"] == "3"
    assert next(button for button in app.button if button.key == "page-下一页").disabled
    app = press(press(app, "page-上一页"), "page-上一页")
    assert "page" not in app.query_params


def test_a_page_that_is_no_more_becomes_the_last_one() -> None:
    assert "第 41—45份" in words(page("sources", page="99999999"))
    for nonsense in ("0", "-1", "x", "²", "9" * 30):
        assert "第 1—20份" in words(page("sources", page=nonsense))


def test_a_reason_chosen_leaves_the_files_with_it(opened: Collection) -> None:
    _, reasons, rows = pipeline.unread(opened)
    problem, number = reasons[0]
    others = [row for row in rows if row.problem != problem]
    text = words(page("sources", reason=problem))
    assert others
    assert not any(row.file in text for row in others)
    assert f"没有读进来的 {sum(count for _, count in reasons)}个文件" in text
    assert number == sum(row.file in text for row in rows)
    assert others[0].file in words(page("sources", reason="没有这个原因"))


def test_the_whole_list_is_in_the_files(opened: Collection) -> None:
    total, _, _ = pipeline.unread(opened)
    assert len(tables_sources.unread_table(pipeline.unread(opened, 1, total)[2]).rows) == total
    entries = pipeline.catalogue(opened, Choice(), 1, DOCUMENTS)[1]
    table = tables_sources.catalogue_table(entries)
    assert [row["代号"] for row in table.rows] == [entry.card.slug for entry in entries]
    assert all(row["目标（项）"] == entry.targets for row, entry in zip(table.rows, entries, strict=True))


def test_titles_paths_and_reasons_are_never_markup(made: Corpus) -> None:
    card = made.readings[0].document.card
    further = tuple(Edition(f"{name}.txt", f"<s>{name}</s>", "0") for name in "xyz")
    entry = pipeline.Entry(
        card=replace(card, editions=(card.editions[0], *further)),
        paths=("<b>a</b>.txt", "b&c.txt", "c.txt", "d.txt"),
        metadata_from=None,
        characters=1,
        chapters=0,
        articles=0,
        targets=0,
        quantified=0,
        qualitative=0,
        assigned=0,
        editions=(("x", "<i>e</i>.txt", None, None), ("y", "f.txt", 0.89, "shorter"), ("z", "g.txt", 0.7, "longer")),
    )
    shown = tables_sources.entries_html([entry], lambda slug, edition: f"{slug}?a&b={edition}")
    assert "<b>" not in shown
    assert "<i>" not in shown
    assert "不详" in shown  # an origin that is not known is said to be so
    assert "版本，&lt;s&gt;x&lt;/s&gt;：" in shown  # what nobody has compared is called by its label
    assert "另有 1" in shown
    assert "版本，89% 相同，比首个版本短，全文都在其中：" in shown
    assert "版本，70% 相同，比首个版本长，包含其全文：" in shown
    row = Fault("<b>p</b>", "<i>l</i>", "<u>x</u>", "<s>y</s>")
    assert not re.search("<[bius]>", tables_sources.unread_html([row]))


def test_a_file_is_handed_out_as_received(opened: Collection, real_corpus: Corpus) -> None:
    def asked(query: str) -> tuple[int, dict[str, str], bytes]:
        scope = {"type": "http", "method": "GET", "path": "/", "query_string": query.encode(), "headers": []}
        answer = asyncio.run(_files.original(Request(scope)))
        return answer.status_code, dict(answer.headers), bytes(answer.body)

    found = pipeline.entries(opened, pipeline.choose(opened, Choice(), 1, DOCUMENTS).documents)
    there = [entry for entry in found if pipeline.original_file(opened, entry.card.slug, entry.card.editions[0])]
    for entry in there[:1]:
        status, headers, body = asked(f"document={entry.card.slug}")
        assert status == 200
        assert body == pipeline.original_file(opened, entry.card.slug, entry.card.editions[0])
        assert headers["content-disposition"].startswith("attachment;")
        assert unquote(headers["content-disposition"]).endswith(entry.card.editions[0].file)
        assert headers["content-type"] == "application/octet-stream"
    for query in ("", "document=nowhere", "document=..%2F..&edition=0", f"document={found[0].card.slug}&edition=77"):
        assert asked(query)[0] == 404


# 原文 ------------------------------------------------------------------------------------------------------


def test_the_reader_finds_a_text_by_title_number_region_or_year(opened: Collection) -> None:
    expected = pipeline.choose(opened, Choice(words="四川 2022"), 1, 20)
    assert expected.total
    app = page("reader", search="四川 2022")
    links = re.findall(r'reader\?document=([\w-]+)"', markup(app))
    assert links == list(expected.documents)
    assert f"的有 {expected.total}份" in words(app)
    assert "没有题名、文号、地区或年份含“没有这样的”的文件" in words(page("reader", search="没有这样的"))
    assert f"语料里有 {DOCUMENTS}份文件" in words(page("reader"))


def test_the_words_of_a_link_are_marked_in_a_text_read_anew(made: Corpus, opened: Collection) -> None:
    reading = next(one for one in made.readings if one.targets)
    target = reading.targets[0]
    app = page("reader", document=reading.document.id, at=f"{target.start}-{target.end}")
    cited = re.findall(r'<mark class="zh-m-cited[^>]*>(.*?)</mark>', markup(app))
    assert unescape(re.sub("<[^>]*>", "", "".join(cited))) == reading.document.text[target.start : target.end]
    assert reading.document.card.title in words(app)
    assert "读哪一份原文" not in words(app)


def test_near_copies_are_offered_as_editions(made: Corpus, opened: Collection) -> None:
    slug = made.editions[0].document.id
    entries = pipeline.entries(opened, (slug,))
    app = page("reader", document=slug, edition="2")
    assert "各版本是否一致" in words(app)
    names = app.segmented_control(key="reader_edition").options if hasattr(app, "segmented_control") else ()
    assert not names or len(names) == 1 + len(entries[0].editions)
    _, _, share, extent = entries[0].editions[0]
    assert extent is None
    assert share is None or f"{share:.0%} 相同" in "".join(
        tables_sources.edition_names(pipeline.full_readings(opened, slug), entries)
    )


def test_an_address_of_no_text_is_explained_and_the_list_is_there() -> None:
    text = words(page("reader", document="nowhere"))
    assert "语料里没有名为“nowhere”的文件" in text
    assert "读哪一份原文？" in text
    assert "会话里的文件" in words(page("reader", document="own-12345678"))


# 趋势与目标 ------------------------------------------------------------------------------------------------


def test_trends_shows_documents_with_a_target_and_says_where_the_others_are(opened: Collection) -> None:
    every = Choice()
    own, others = pipeline.trend_regions(opened, Corpus(()), every)
    assert {code for code, _ in own} == pipeline.regions_with_targets(opened, every) != set()
    assert not {code for code, _ in own} & {code for code, _ in others}
    codes = [code for code, _ in own]
    shown = pipeline.choose(opened, pipeline.on_trend(codes, every), size=DOCUMENTS)
    entries = tomllib.loads((PROJECT / "analysis/grammar/indicators.toml").read_text("utf-8"))["indicator"]
    held = {entry["id"] for entry in entries if "series" in entry}
    for reading in pipeline.part(opened, shown.documents).readings:
        assert reading.document.card.level.value not in ("city", "district")
        assert any(target.indicator_id in held for target in reading.targets)
    assert pipeline.choose(opened, pipeline.on_trend((), every)).total == 0
    text = words(page("trends", asof="2026-11-21"))
    assert "技术合同成交额目标共" in text
    first = [code for code, _ in own[:3]]
    cities = pipeline.cities_on_trend(opened, first, every)
    assert not cities or f"市县文件另有 {cities}份写了目标" in text


def test_what_is_not_on_the_trends_page_is_said() -> None:
    def said(total: int, shown: int, cities: int = 0, silent: tuple[str, ...] = ()) -> str:
        chosen = pipeline.Chosen(tuple("d" * shown), total, 1, 1, min(shown, 1))
        return re.sub("<[^>]*>", "", tables_trend.shown_html(chosen, cities, silent)).replace("\u2009", "")

    assert "有 40份文件写了技术合同成交额目标，图和表只画其中最新的 12份。" in said(40, 12)
    assert "都在图和表里" in said(3, 3)
    assert said(0, 0, 0, ("<b>北京",)).startswith("&lt;b&gt;北京没有文件写这项目标")
    assert "市县文件另有 5份" in said(0, 0, 5)
    assert said(0, 0) == ""


# 用词对比 ------------------------------------------------------------------------------------------------


def test_wording_counts_what_is_chosen_by_group(opened: Collection) -> None:
    table = pipeline.word_table(opened, Choice(), pipeline.GroupBy.REGION)
    app = page("wording", term="技术经理人")
    text = words(app)
    total, documents, found = pipeline.find_words(opened, Choice(), "技术经理人", 24)
    assert f"在 {documents}份文件中共 {total:,}处" in text
    links = re.findall(r"reader\?document=([\w-]+)&amp;at=(\d+)-(\d+)", markup(app))
    assert dict.fromkeys(links) == dict.fromkeys(
        (hit.document, str(hit.citation.start), str(hit.citation.end)) for hit in found
    )
    assert all(group in text for group in table.documents[:2])
    assert "看它在各份文件里的每一处" in words(page("wording"))
    later = page("wording", term="技术经理人", at="2")
    assert f"第 25—48处，共 {total:,}处" in words(later)
    assert markup(later) != markup(app)


def test_wording_narrowed_to_nothing_says_what_to_loosen() -> None:
    text = words(page("wording", search="没有这样的文件"))
    assert "没有" in text
    assert "词频" not in text


# 各页 ------------------------------------------------------------------------------------------------------


def test_own_files_stand_beside_many(opened: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "四川省技术转移若干措施\n一、目标\n到2027年，全省技术合同成交额达到3000亿元。\n".encode()
    reading = _session.own_reading(pipeline.read_bytes(text, "自己的.txt"), "自己的.txt", "0" * 64)
    file = _session.OwnFile("自己的.txt", "0" * 64, reading)
    monkeypatch.setattr(_session, "files", lambda: (file,))
    assert "自己放入的文件" in words(page("reader"))
    assert "3000亿元" in words(page("reader", document=reading.document.id))
    trend = words(page("trends", region="四川"))
    assert "本次会话" in trend
    assert "本次会话" in words(page("targets"))
    found = words(page("wording", term="3000亿元"))
    assert "本次会话" in found
    assert "在 1份文件中共 1处" in found


def test_a_file_of_the_corpus_is_not_read_again(opened: Collection) -> None:
    card = pipeline.entries(opened, pipeline.choose(opened, Choice()).documents)[0].card
    assert pipeline.title_of(opened, card.editions[0].sha256) is not None
    assert pipeline.title_of(opened, "0" * 64) is None


def test_two_of_many_are_held_against_each_other(opened: Collection) -> None:
    old, new = pipeline.choose(opened, Choice()).documents[:2]
    app = page("versions", old=old, new=new)
    assert "zh-fault" not in markup(app)
    assert "新稿" in words(app) or "逐条相同" in words(app)
    assert [box.value for box in app.selectbox] == [old, new]
