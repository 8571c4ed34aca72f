"""Figures for unseen texts: the record is checked, figures follow from counts, and the READMEs say the same."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
from places import GOLD, PROJECT

from analysis import pipeline
from analysis.cli import generated
from analysis.learn.left_out import LeftOut
from analysis.learn.record import read_record, record_json
from analysis.learn.unseen import COLLECTED, estimate, read_fresh, unseen
from analysis.model import InputError
from analysis.present import quality_unseen, theme
from analysis.present.export import to_csv, to_xlsx
from analysis.score.count import Tally
from analysis.score.score_report import recorded, recorded_by_document


def document(name: str, *counts: tuple[int, int, int, int], **more: Any) -> LeftOut:
    targets, by_rule, incentives = (Tally(*each) for each in counts)
    fields = {"kind": "plan", "negative": False, "judged": ()} | more
    return LeftOut(document=name, targets=targets, targets_by_rule=by_rule, incentives=incentives, **fields)


NOTHING = (0, 0, 0, 0)
DOCUMENTS = (
    document("甲", (30, 28, 27, 24), (30, 20, 18, 15), (2, 3, 1, 1), judged=((0.9, True), (0.8, True), (0.1, False))),
    document("乙", (4, 5, 4, 2), (4, 6, 3, 1), (40, 38, 36, 20), kind="news", judged=((0.6, False),)),
    document("丙", NOTHING, (0, 4, 0, 0), (0, 1, 0, 0), kind="summary", negative=True, judged=((0.2, False),)),
)
RESULT = unseen(DOCUMENTS, 0.5)


def saved(folder: Path, documents: tuple[LeftOut, ...] = DOCUMENTS) -> Path:
    path = folder / "left_out.json"
    path.write_text(record_json(documents, "0" * 64), "utf-8")
    return path


def test_the_record_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    assert read_record(saved(tmp_path)) == DOCUMENTS
    assert read_record(tmp_path / "absent.json") is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("targets", [3, 3, 4, 3]),  # more found than there are
        ("targets", [3, 3, 2]),
        ("incentives", [3, 3, "2", 1]),
        ("incentives", None),
        ("targets_by_rule", [3, 3, -1, -1]),
        ("kind", "poem"),
        ("negative", "no"),
        ("judged", [[1.2, 1]]),
        ("judged", [[0.5, 2]]),
        ("judged", 3),
    ],
)
def test_a_broken_record_is_one_sentence_that_says_where(tmp_path: Path, field: str, value: object) -> None:
    path = saved(tmp_path)
    kept = json.loads(path.read_text("utf-8"))
    kept["documents"][1][field] = value
    path.write_text(json.dumps(kept), "utf-8")
    with pytest.raises(InputError) as fault:
        read_record(path)
    assert str(fault.value) == "left_out.json（第 2 份文本）：缺少一项，或数字不合情理，请运行 make learn 重新生成。"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"documents": 3}', '{"other": []}'])
def test_what_is_no_record_is_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "left_out.json"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match="不是逐份留出的记录，请运行 make learn 重新生成。"):
        read_record(path)


def test_every_figure_follows_from_the_counts() -> None:
    assert RESULT.documents == 3
    assert RESULT.targets.tally == Tally(34, 33, 31, 26)
    assert RESULT.targets.found.precision.value == pytest.approx(31 / 33)
    assert RESULT.targets.found.recall.value == pytest.approx(31 / 34)
    assert RESULT.targets.right.f1.value == pytest.approx(2 * 26 / (34 + 33))
    assert RESULT.targets_by_rule.tally == Tally(34, 30, 21, 16)
    assert (RESULT.empty, RESULT.empty_rows, RESULT.empty_rows_by_rule) == (1, 1, 5)
    assert list(RESULT.kinds) == ["news", "plan", "summary"]
    assert RESULT.taken is not None
    assert (RESULT.taken.count, RESULT.taken.true) == (3, pytest.approx(2 / 3))


def test_intervals_hold_their_figure() -> None:
    one = estimate([one.targets for one in DOCUMENTS])
    for rate in (one.found.precision, one.found.recall, one.found.f1, one.right.precision, one.right.f1):
        assert rate.value is not None
        assert rate.within is not None
        assert rate.within[0] <= rate.value <= rate.within[1]
    nothing = estimate([])
    assert (nothing.found.f1.value, nothing.found.f1.within) == (None, None)


def test_rules_alone_stand_beside_weighed_signs() -> None:
    assert quality_unseen.versus_html(RESULT).count("<tr>") == 4  # a head, two rows, one of empty texts
    assert [row["相符（项）"] for row in quality_unseen.versus_table(RESULT).rows] == [21, 16, 31, 26]


def test_the_products_own_corpus_is_not_counted() -> None:
    kept, result = read_record(GOLD / "left_out.json"), pipeline.unseen_texts(GOLD)
    assert kept is not None
    assert result is not None
    own = {"sichuan-2024", "beijing-2022", "heilongjiang-2017", "sichuan-2018"}
    assert {one.document for one in kept} >= own
    assert result.documents == len(kept) - len(own)
    assert sum(kind.documents for kind in result.kinds.values()) == result.documents


def test_kinds_are_those_that_a_person_sees(tmp_path: Path) -> None:
    saved(tmp_path)
    (tmp_path / "documents.csv").write_text("document\n别的\n", "utf-8")
    (tmp_path / "kinds.csv").write_text("document,kind\n甲,call\n", "utf-8")
    result = pipeline.unseen_texts(tmp_path)
    assert result is not None
    assert list(result.kinds) == ["call", "news", "summary"]
    (tmp_path / "kinds.csv").write_text("document,kind\n甲,poem\n", "utf-8")
    with pytest.raises(InputError, match="种类的标注读不出来"):
        pipeline.unseen_texts(tmp_path)


def test_without_a_record_nothing_is_said(tmp_path: Path) -> None:
    assert pipeline.unseen_texts(tmp_path) is None
    assert pipeline.fresh_texts(tmp_path) is None


def test_headings_and_words_are_computed() -> None:
    assert "F1 高 0.28" in quality_unseen.versus_heading(RESULT).replace("\u2009", " ")
    assert "新闻报道里写明数额的激励" in quality_unseen.kinds_heading(RESULT)
    kinds = quality_unseen.kinds_html(RESULT).replace("\u2009", " ")
    assert "标注 4，读出 5，找到 4" in kinds, "under twenty rows counts stand for a rate"
    assert "没有，多读 1 项" in kinds
    assert "不大可信" in quality_unseen.reliability_heading(RESULT)
    nothing = unseen((), 0.5)
    assert quality_unseen.kinds_heading(nothing) == "按文本种类"
    assert quality_unseen.reliability_heading(nothing) == "程序说的把握可信吗"


@pytest.mark.parametrize("dark", [False, True])
def test_the_curve_is_one_that_plotly_draws(dark: bool) -> None:
    figure = go.Figure(theme.styled(quality_unseen.reliability_chart(RESULT, dark=dark), dark))
    diagonal, counts, points = figure.data
    assert (diagonal.x, diagonal.y) == ((0, 1), (0, 1))
    assert sum(counts.y) == 5
    assert list(points.y) == [one.true for one in RESULT.bins]
    for at, one in enumerate(RESULT.bins):
        assert 0 <= one.true - points.error_y.arrayminus[at] <= one.true + points.error_y.array[at] <= 1.0000001
    assert figure.layout.shapes[0].x0 == 0.5


def test_the_curve_is_told_to_those_who_do_not_see_it_and_can_be_taken_away() -> None:
    said = quality_unseen.reliability_alt(RESULT)
    assert said.count("处，实际") == len(RESULT.bins)
    table = quality_unseen.reliability_table(RESULT)
    assert [row["数字（处）"] for row in table.rows] == [one.count for one in RESULT.bins]
    tables = (table, quality_unseen.unseen_table(RESULT), quality_unseen.kinds_table(RESULT))
    for each in tables:
        assert to_csv(each)
        assert to_xlsx(each)


def fresh_folder(folder: Path) -> Path:
    head = "document,region,kind,title,issued,negative,source,notes"
    rows = [
        "甲,某市,plan,甲市科技计划,2025,,https://example.org/a?b=1&c=2 (page),",
        "乙,某县,news,乙县<新闻>,,1,一份纸,",
        "丙,某省,plan,丙省规划,,,javascript:alert(1),",
    ]
    (folder / "sources.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
    lists = {"found": ["甲:1-5#2", "甲:7-9#3"], "right": ["甲:1-5#2"], "extra": ["乙:3-4=5/家"], "missed": ["丙:1-2#4"]}
    nothing: dict[str, list[str]] = {name: [] for name in lists}
    (folder / "result.json").write_text(json.dumps({"targets": lists, "incentives": nothing}), "utf-8")
    return folder


def test_the_run_over_fresh_texts_is_read_from_its_record(tmp_path: Path) -> None:
    result = read_fresh(fresh_folder(tmp_path))
    assert result is not None
    assert result.documents == 3
    assert result.targets.tally == Tally(3, 3, 2, 1)
    assert result.incentives.found.f1.value is None
    assert (result.empty, result.empty_rows) == (1, 1)
    assert quality_unseen.fresh_heading(result) == "全新文本（2026-11-28 收集，先标注后运行）"
    said = quality_unseen.sources_html(result)
    assert 'href="https://example.org/a?b=1&amp;c=2"' in said
    assert 'href="javascript' not in said
    assert "<新闻>" not in said
    kept = recorded_by_document(tmp_path / "result.json")
    assert kept is not None
    assert kept["targets"] == {"丙": Tally(1, 0, 0, 0), "乙": Tally(0, 1, 0, 0), "甲": Tally(2, 2, 2, 1)}
    assert (recorded(tmp_path / "result.json") or {})["targets"] == Tally(3, 3, 2, 1)


def test_a_broken_run_over_fresh_texts_is_one_sentence(tmp_path: Path) -> None:
    fresh_folder(tmp_path)
    (tmp_path / "sources.csv").write_text("document,title\n甲,乙\n", "utf-8")
    with pytest.raises(InputError, match="来源表读不出来或缺少列"):
        read_fresh(tmp_path)
    kept = json.loads((tmp_path / "result.json").read_text("utf-8"))
    kept["targets"]["found"] = ["no place"]
    (tmp_path / "result.json").write_text(json.dumps(kept), "utf-8")
    with pytest.raises(InputError, match="不是基线文件"):
        read_fresh(tmp_path)


def test_the_day_is_the_one_that_the_texts_page_names() -> None:
    assert COLLECTED in (GOLD / "fresh" / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", generated.NAMES)
def test_the_readmes_say_what_the_record_says(name: str) -> None:
    """Figures rounded to two places; whoever changes the reading writes them anew."""
    text = (PROJECT / name).read_text("utf-8")
    assert generated.renewed(name, text, GOLD) == text, f"{name}: run make learn, then make docs"


def test_a_readme_shows_fresh_texts_once_they_are_recorded(tmp_path: Path) -> None:
    saved(tmp_path)
    (tmp_path / "documents.csv").write_text("document\n别的\n", "utf-8")
    assert "annotated before" not in generated.block("README.md", tmp_path)
    (tmp_path / "fresh").mkdir()
    fresh_folder(tmp_path / "fresh")
    said = generated.block("README.md", tmp_path)
    assert "| targets found | 0.94 | 0.91 | 0.93 |" in said
    assert "| 3 texts collected last, annotated before the first run |" in said
    assert "| incentives right | — | — | — | — |" in said
    with pytest.raises(ValueError, match="not found"):
        generated.renewed("README.md", "# nothing here", tmp_path)


def test_what_only_reads_does_not_load_what_learns() -> None:
    code = "import sys; import analysis.pipeline; print([name for name in ('sklearn', 'scipy') if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
