"""The page 抽取质量: its counts are the score's own, every row at fault has its words, and it does not boast."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
import shown_pages
from hypothesis import given
from hypothesis import strategies as some
from places import DEV, GOLD
from shown_pages import markup, opened, sound

from analysis import pipeline
from analysis.citation import How, cite, locate
from analysis.model import Comparator, Corpus
from analysis.present import tables_quality
from analysis.score.count import interval
from analysis.score.gold import Known
from analysis.score.score_report import recorded, snapshot
from pages._kept import forget_all

with_dev = pytest.mark.skipif(not DEV.is_dir(), reason=f"the texts are not kept with the project; absent: {DEV}")


def plain(text: str) -> str:
    return shown_pages.plain(text).replace(" ", "")


@pytest.fixture(scope="module")
def wrong(real_corpus: Corpus) -> tuple[Corpus, pipeline.Score]:
    """The corpus as a worse program would read it: one target lost, one too many, one with another year and bound."""
    reading = next(reading for reading in real_corpus.readings if len(reading.targets) > 3)
    first, second, third, *rest = reading.targets
    off_by_one = replace(second, target_year=(second.target_year or 2000) + 1, comparator=Comparator.LT)
    # Where no row is annotated: the first clause's own words.
    too_many = replace(
        first,
        start=0,
        end=4,
        value_start=0,
        value_end=4,
        quote=reading.document.text[:4],
        citation=cite(reading.document, 0, 4),
    )
    worse = replace(reading, targets=(too_many, off_by_one, third, *rest))
    corpus = replace(real_corpus, readings=tuple(worse if one is reading else one for one in real_corpus.readings))
    return corpus, pipeline.score_gold(GOLD, corpus)


def test_every_fault_is_named_with_its_words_and_the_way_to_them(wrong: tuple[Corpus, pipeline.Score]) -> None:
    corpus, result = wrong
    rows = tables_quality.faults(result, corpus, ambiguous=True)
    assert [fault.kind for fault in rows] == [tables_quality.MISSED, tables_quality.EXTRA, tables_quality.WRONG]
    for fault in rows:
        reading = corpus.reading(fault.document)
        assert reading is not None
        assert fault.citation is not None
        located = locate(fault.citation, reading.document)
        assert located.how is How.SAME
        assert located.span is not None
        assert reading.document.text[located.span[0] :][:2] == fault.quote[:2]
    assert "目标年应为" in rows[2].what
    assert "关系应为" in rows[2].what
    said = tables_quality.faults_html(rows, tables_quality.names(result, corpus))
    assert said.count("reader?document=") == 3
    assert plain(tables_quality.faults_heading(rows)) == "不符的条目：漏读1条，多读1条，未全对1条"


def test_codes_are_said_in_chinese(wrong: tuple[Corpus, pipeline.Score]) -> None:
    corpus, result = wrong
    rows = tables_quality.faults(result, corpus, ambiguous=True)
    for fault in rows:
        assert not re.search(r"“[a-z_]+”", fault.what), fault.what


def test_the_lead_counts_what_is_wrong(wrong: tuple[Corpus, pipeline.Score]) -> None:
    _, result = wrong
    tally = result.targets.tally()
    said = plain(tables_quality.lead(result, None))
    assert f"目标{tally.gold}项，读对{tally.gold - 2}项，漏1项，多1项" in said
    assert "不保证没见过的文本也读得一样好" in said


def test_fields_count_the_rows_that_differ(wrong: tuple[Corpus, pipeline.Score]) -> None:
    _, result = wrong
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", tables_quality.fields_html(result, ambiguous=True))
    counted = {name: [plain(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", cells)] for name, cells in rows}
    found = result.targets.tally().found
    assert counted["目标　目标年"][:2] == [str(found), "1"]
    assert counted["目标　数值"][:2] == [str(found), "0"]


def test_the_page_shows_the_counts_of_the_score(real_corpus: Corpus) -> None:
    result = pipeline.score_gold(GOLD, real_corpus)
    said = markup(sound("quality"))
    rows = re.findall(r"<tr><th scope=\"row\"><strong>(.*?)</strong>　(.*?)</th>(.*?)</tr>", said)
    cells = {
        (name, word): [plain(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", rest)] for name, word, rest in rows
    }
    for part in (result.targets, result.incentives):
        tally = part.tally()
        for word, hits in (("找到", tally.found), ("全对", tally.right)):
            shown = cells[tables_quality.PARTS[part.name], word]
            assert shown[:3] == [str(tally.gold), str(tally.predicted), str(hits)]
    for document in result.gold.documents:
        assert plain(tables_quality.names(result, real_corpus)[document]) in plain(said)
    assert "读法就是照着它们写的" in plain(said)


def test_the_page_says_first_what_to_expect_of_unseen_texts() -> None:
    result = pipeline.unseen_texts(GOLD)
    assert result is not None
    test = sound("quality")
    said = plain(markup(test))
    assert f"读得准不准？在别处的{result.documents}份文本上逐份留出：" in said or pipeline.fresh_texts(GOLD) is not None
    for one in (result.targets, result.incentives):
        for rate in (one.found.recall, one.found.precision, one.right.precision):
            assert rate.value is not None
            assert f"{100 * rate.value:.0f}" in said[: said.index("请点回原文核对")]
        tally = one.tally
        assert f"{tally.gold}{tally.predicted}{tally.right}" in said
    first = f"逐份留出{result.documents}份：学权重时没见过，写规则时见过"
    assert said.index(first) < said.index("按文本种类") < said.index("看过的文本：成绩偏高") < said.index("逐个字段")
    assert "规则不是没见过" in said
    assert "不能当作新文本的成绩" in said or pipeline.fresh_texts(GOLD) is not None
    assert "激励只按规则读，没有权重可以留出" in said
    assert "全新文本" not in said or pipeline.fresh_texts(GOLD) is not None
    (chart,) = test.get("plotly_chart")
    assert json.loads(chart.proto.spec)["layout"]["xaxis"]["title"]["text"] == "程序说的把握"


@pytest.fixture
def other_gold(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A copy of the annotations, to change."""
    shutil.copytree(GOLD, tmp_path / "gold")
    monkeypatch.setattr(pipeline, "gold_folder", lambda: tmp_path / "gold")
    forget_all()
    yield tmp_path / "gold"
    forget_all()


def test_without_the_record_the_page_says_what_it_knows(other_gold: Path) -> None:
    (other_gold / "left_out.json").unlink()
    said = plain(markup(sound("quality")))
    assert "读得准不准？随产品保存的" in said
    assert "逐份留出" not in said
    assert "不保证没见过的文本也读得一样好" in said


def test_a_broken_record_is_one_sentence_and_the_rest_is_served(other_gold: Path) -> None:
    (other_gold / "left_out.json").write_text("{", "utf-8")
    (other_gold / "fresh" / "result.json").write_text("[]", "utf-8")
    test = opened("quality")
    assert not test.exception
    said = plain(markup(test))
    assert "left_out.json：不是逐份留出的记录，请运行makelearn重新生成。" in said
    assert "result.json：不是基线文件" in said
    assert "逐个字段" in said


def test_fresh_texts_are_shown_once_their_first_run_is_recorded(other_gold: Path) -> None:
    sources = (other_gold / "fresh" / "sources.csv").read_text("utf-8")
    names = [row["document"] for row in csv.DictReader(io.StringIO(sources))]
    lists = {"found": [f"{names[0]}:1-5#2"], "right": [], "extra": [f"{names[1]}:1-5=3/家"], "missed": []}
    record = {"targets": lists, "incentives": {name: [] for name in lists}}
    (other_gold / "fresh" / "result.json").write_text(json.dumps(record), "utf-8")
    said = plain(markup(sound("quality")))
    assert "全新文本（2026-11-28收集，先标注后运行）" in said
    assert f"谁也没看过的{len(names)}份文本，先标注后运行：应有的目标每100项读到100项" in said
    assert "50项确是目标，0项连年份" in said
    assert "写明数额的激励，这三个数是—、—、—。" in said
    assert f"{len(names)}份文本从哪里来" in said
    assert said.index("全新文本") < said.index("学权重时没见过") < said.index("按文本种类")


def test_without_the_texts_of_development_the_page_does_without(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(pipeline.DEVELOPMENT_VARIABLE, str(tmp_path))
    said = plain(markup(sound("quality", set="开发用文本")))
    assert said.count("份文本里，") == 1
    assert "随产品保存的4份文本" in said


def test_other_texts_of_development_are_scored_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, real_corpus: Corpus
) -> None:
    """A set of one text in which nothing is to be found, and one text with a target that its annotator doubts."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "甲_条例.txt").write_text("第一条 为了促进技术转移，制定本条例。\n", "utf-8")
    text = "到2027年，全省技术合同成交额达到500亿元。\n"
    (tmp_path / "texts" / "乙_方案.txt").write_text(text, "utf-8")
    (tmp_path / "index.csv").write_text("document,negative\n甲_条例,1\n乙_方案,\n", "utf-8")
    head = "document,clause,indicator,kind,comparator,value,value_high,unit,target_year,baseline_year,recurring"
    row = f"乙_方案,,技术合同成交额,,eq,500,,亿元,2030,,,1,,{text.strip()[8:-1]},8,{len(text) - 2}"
    (tmp_path / "targets.csv").write_text(f"{head},ambiguous,note,quote,char_start,char_end\n{row}\n", "utf-8")
    monkeypatch.setenv(pipeline.DEVELOPMENT_VARIABLE, str(tmp_path))
    try:
        said = plain(markup(sound("quality", set="开发用文本")))
        assert "开发时用来检验的2份文本里，目标1项，读对0项" in said
        assert "确实没有读出" in said
        assert "未全对（存疑）" in said
        assert "目标年应为“2030”，读作“2027”" in said
        without = plain(markup(sound("quality", set="开发用文本", doubt="不计")))
        assert "未全对（存疑）" not in without
        assert "这一组里没有不符的条目" in without
    finally:
        forget_all()


@with_dev
def test_misses_of_the_other_texts_are_shown_in_their_words() -> None:
    folder = pipeline.development_gold()
    assert folder is not None
    result = pipeline.score_gold(folder, pipeline.load_corpus(pipeline.default_root()))
    said = unescape(markup(sound("quality", set="开发用文本")))
    for part in (result.targets, result.incentives):
        for row in part.missed:
            assert row.fields["quote"] in said
        for one in part.extra:
            assert one.quote in said
    assert "偏高的成绩" in said


def test_a_kind_of_fault_can_be_chosen_in_the_address() -> None:
    assert "一条也没有" in (said := plain(markup(sound("quality", fault=["多读"])))) or "这一组里没有不符的条目" in said


def test_broken_annotations_are_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shutil.copytree(GOLD, tmp_path / "gold")
    (tmp_path / "gold" / "targets.csv").write_text("nothing,here\n1,2\n", "utf-8")
    monkeypatch.setattr(pipeline, "gold_folder", lambda: tmp_path / "gold")
    forget_all()
    try:
        test = opened("quality")
        said = plain(markup(test))
        assert "缺少document一列" in said
        assert not test.exception
    finally:
        forget_all()


@given(some.integers(1, 500).flatmap(lambda total: some.tuples(some.integers(0, total), some.just(total))))
def test_an_interval_holds_its_share_and_stays_within_bounds(counts: tuple[int, int]) -> None:
    hits, total = counts
    found = interval(hits, total)
    assert found is not None
    low, high = found
    assert 0 <= low <= hits / total + 1e-9
    assert hits / total - 1e-9 <= high <= 1
    assert (low, high) == pytest.approx((lambda pair: (1 - pair[1], 1 - pair[0]))(interval(total - hits, total)))


def test_an_interval_narrows_with_more_rows() -> None:
    """Wilson's interval for 8 of 10 as textbooks print it, and a narrower one for ten times as many rows."""
    assert interval(8, 10) == pytest.approx((0.490, 0.943), abs=0.001)
    few, many = interval(8, 10), interval(80, 100)
    assert few is not None
    assert many is not None
    assert many[1] - many[0] < few[1] - few[0]
    assert interval(0, 0) is None


def test_where_the_texts_are_absent_the_recorded_run_is_told(
    wrong: tuple[Corpus, pipeline.Score], tmp_path: Path
) -> None:
    _, result = wrong
    path = tmp_path / "baseline.json"
    assert recorded(path) is None
    path.write_text(json.dumps(snapshot(result)), "utf-8")
    kept = recorded(path)
    assert kept == {part.name: part.tally() for part in (result.targets, result.incentives)}
    said = plain(tables_quality.lead(result, None, kept))
    assert "最近一次记录是：目标22项，读对20项，漏1项，多1项" in said
    path.write_text(json.dumps({name: {"found": [], "right": [], "extra": []} for name in kept}), "utf-8")
    assert recorded(path) is None, "older records do not hold what was missed"


def test_sentences_known_to_be_read_wrongly_are_shown_with_what_is_read() -> None:
    known = pipeline.known_wrong()
    assert known
    said = plain(markup(sound("quality")))
    for case, read in known:
        assert re.sub(" ", "", case.text) in said
        assert read != case.rows


def test_rows_of_known_sentences_are_said_in_chinese() -> None:
    said = plain(tables_quality.known_html(pipeline.known_wrong()))
    assert not re.search(r"[a-z]{3,}", said)
    row = ("subsidy", "buyer", "1000", "le", "5", "10", "10", "30", "")
    case = Known("incentives", "measure", "句子", (row, (*row[:5], "10", "50", "", "200")))
    words = plain(tables_quality.known_html([(case, ())]))
    assert "买方企业，补助，起点1,000万元，比例≤5%，金额10万元，单项最高30万元" in words
    assert "金额10—50万元，每年最高200万元" in words
    assert "没有可读的" in words
