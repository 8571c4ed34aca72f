"""抽取质量: how well texts are read, against human readings, with every row at fault and its words."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from analysis import pipeline
from analysis.model import InputError
from analysis.present import quality_unseen, tables_quality
from analysis.present.markup import render
from pages import _corpus, _ui
from pages._kept import kept

CORPUS, DEVELOPMENT = "随产品保存的文件", "开发用文本"


@kept(most=1)
def known() -> tuple[tuple[pipeline.Known, tuple[tuple[str, ...], ...]], ...]:
    """Sentences known to be read wrongly, and what is read from them: the same until the server starts anew."""
    return pipeline.known_wrong()


def unseen() -> tuple[pipeline.Unseen | None, pipeline.Fresh | None, tuple[str, ...]]:
    """What is recorded of texts nobody has tuned for, and what is wrong with the records: one sentence each."""
    result, fresh, faults = None, None, []
    try:
        result = _corpus.unseen()
    except InputError as fault:
        faults.append(str(fault))
    try:
        fresh = _corpus.fresh()
    except InputError as fault:
        faults.append(str(fault))
    return result, fresh, tuple(faults)


def show_unseen(result: pipeline.Unseen) -> None:
    """Counts and rates with their intervals."""
    _ui.html(quality_unseen.unseen_html(result))
    _ui.downloads(quality_unseen.unseen_table(result), key="unseen")
    _ui.small_print(quality_unseen.DEFINITIONS)


def show_fresh(result: pipeline.Fresh) -> None:
    """The same of texts that were annotated before the first run over them, and where they come from."""
    _ui.html(quality_unseen.fresh_html(result))
    _ui.downloads(quality_unseen.fresh_table(result), key="fresh")
    if result.texts:
        _ui.html(quality_unseen.sources_html(result))
        _ui.downloads(quality_unseen.sources_table(result), key="fresh-sources")


def show_more(result: pipeline.Unseen) -> None:
    """Kinds of text, the rules alone beside the weights, how far a probability is to be believed, and the limits."""
    _ui.section(quality_unseen.kinds_heading(result), quality_unseen.kinds_html(result))
    _ui.downloads(quality_unseen.kinds_table(result), key="unseen-kinds")
    _ui.small_print(quality_unseen.KINDS_NOTES)

    _ui.section(quality_unseen.versus_heading(result), quality_unseen.versus_html(result))
    _ui.downloads(quality_unseen.versus_table(result), key="unseen-versus")
    _ui.small_print(quality_unseen.VERSUS_NOTES)

    if result.bins:
        words = quality_unseen.reliability_words(result)
        _ui.section(quality_unseen.reliability_heading(result), render("page.paragraph", words=words, css=""))
        dark = _ui.is_dark()
        _ui.figure(
            _ui.styled(quality_unseen.reliability_chart(result, dark=dark), dark),
            key="reliability",
            alt=quality_unseen.reliability_alt(result),
            table=quality_unseen.reliability_table(result),
            notes=quality_unseen.RELIABILITY_NOTES,
        )
    _ui.html(quality_unseen.unsaid_html())


st.html(Path(__file__).with_name("quality.css"))
corpus = _corpus.product_corpus()
seeds, development = _corpus.score(), _corpus.development_score()
if seeds is None:
    _ui.fault("没有找到随产品保存的标注，请检查 tests/gold 文件夹是否完整。")
    st.stop()

result_unseen, fresh, broken = unseen()
trained = tables_quality.lead(seeds, development, pipeline.recorded_development())
_ui.header("读得准不准？", quality_unseen.lead(result_unseen, fresh) if result_unseen else trained)
for sentence in broken:
    _ui.fault(sentence)
if fresh:
    show_fresh(fresh)
if result_unseen:
    show_unseen(result_unseen)
    show_more(result_unseen)
    _ui.section("看过的文本：成绩偏高，只作参考", render("page.paragraph", words=trained, css=""))

sets = {CORPUS: seeds} | ({DEVELOPMENT: development} if development else {})
with _ui.controls("quality"):
    chosen = st.pills("标注集", list(sets), default=CORPUS, required=True, key="set", bind="query-params")
    counted = st.pills("存疑条目", ["计入", "不计"], default="计入", required=True, key="doubt", bind="query-params")
    kinds = st.pills("不符", list(tables_quality.KINDS), selection_mode="multi", key="fault", bind="query-params")
name = chosen or CORPUS
result, ambiguous = sets[name], counted != "不计"
called = tables_quality.names(result, corpus)

_ui.html(tables_quality.summary_html(result, ambiguous=ambiguous))
_ui.downloads(tables_quality.summary_table(result, name, ambiguous=ambiguous), key="quality-summary")
_ui.small_print(tables_quality.checks(result))

every = tables_quality.faults(result, corpus, ambiguous=ambiguous)
shown = [fault for fault in every if not kinds or fault.kind in kinds]
_ui.section(tables_quality.faults_heading(every))
if shown:
    _ui.html(tables_quality.faults_html(shown, called))
    _ui.downloads(tables_quality.faults_table(shown, called, name), key="quality-faults")
else:
    _ui.empty(tables_quality.no_faults(every))

_ui.section("逐个字段", tables_quality.fields_html(result, ambiguous=ambiguous))
_ui.section("逐份文本", tables_quality.documents_html(result, called, ambiguous=ambiguous))
_ui.html(tables_quality.known_html(known()))
_ui.foot(source="人工标注与程序读出的逐条对照", notes=tables_quality.notes(result, name == DEVELOPMENT))
