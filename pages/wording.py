"""用词对比: what each text talks about, what sets groups apart, and every word in its contexts."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from analysis import pipeline
from analysis.model import Reading
from analysis.pipeline import GroupBy, TermCounts
from analysis.present import charts_wording, tables_wording, theme
from analysis.present.editions import short_names
from pages import _ui
from pages._scroll import into_view

GROUPS = {"地区": GroupBy.REGION, "时期": GroupBy.PERIOD, "文件": GroupBy.DOCUMENT}
ALONE, INSIDE = "单独成词", "连同长词之内"
LEAST = ("3", "5", "10", "20")
TOP = ("10", "15", "25")
ROWS_FOR_TOP = 3  # the table shows three times as many terms as each side of the chart
SHOWN = 24

st.html(Path(__file__).with_name("wording.css"))


# Of the session: a user's own files go with it.
@st.cache_resource(show_spinner=False, max_entries=4, scope="session")
def counted(_readings: Sequence[Reading], key: tuple[str, ...]) -> TermCounts:
    """Counts of the chosen texts, kept by the content of the files."""
    return pipeline.term_counts(_readings)


corpus = _ui.corpus()
if not corpus.readings:
    _ui.fault("语料里还没有可读的文件，请看“语料与来源”页的说明。")
    st.stop()
names = short_names([reading.document.card for reading in corpus.readings])
head = st.container()
# Whoever arrives with a word in the address came for its contexts.
arrived = "term" in st.query_params and "wording_arrived" not in st.session_state
st.session_state.wording_arrived = True

with _ui.controls("wording"):
    chosen = st.pills("文件", list(names.values()), selection_mode="multi", key="documents", bind="query-params")
    grouping = st.segmented_control(
        "分组", list(GROUPS), default="地区", key="group", bind="query-params", required=True
    )
    readings = [reading for reading in corpus.readings if not chosen or names[reading.document.id] in chosen]
    groups = pipeline.wording_groups(readings, GROUPS[grouping or "地区"], names)
    each = list(dict.fromkeys(groups))
    focus = st.segmented_control("突出", each, default=each[0], key="focus", bind="query-params", required=True)
    counting = st.segmented_control(
        "计法", [ALONE, INSIDE], default=ALONE, key="count", bind="query-params", required=True
    )
    # No format_func: the address would carry the words instead of the numbers.
    least = int(
        st.segmented_control("至少几次", LEAST, default="5", key="least", bind="query-params", required=True) or "5"
    )
    top = int(
        st.segmented_control("每边几词", TOP, default="10", key="top", bind="query-params", required=True) or "10"
    )

focus = focus if focus in each else each[0]
inside = counting == INSIDE
table = counted(readings, tuple(reading.document.edition.sha256 for reading in readings))
key_terms = {group: pipeline.key_terms(table, groups, group, inside=inside, least=least) for group in each}
rows = pipeline.term_frequencies(table, groups, inside=inside, least=least)
source = tables_wording.source([reading.document.card for reading in readings])
others = [group for group in each if group != focus]
rest = "、".join(others) if len(others) <= 3 else f"其余 {len(others)}\u2009组"

with head:
    _ui.header("各地的文件在说什么？", tables_wording.lead(key_terms, least))

shown = charts_wording.both_ends(key_terms[focus], top)
clicked = None
if not others:
    _ui.html('<p class="zh-empty">只有一组文件，没有可以相比的另一组；请多选几份文件，或换一种分组。</p>')
elif not shown:
    _ui.html(f'<p class="zh-empty">没有哪个词在所选文件中出现 {least} 次以上，请减少“至少几次”。</p>')
else:
    _ui.html(f"<h2>哪些词把{escape(focus)}与{escape(rest)}区分开</h2>")
    codes = {group: reading.document.card.region_code for group, reading in zip(groups, readings, strict=True)}
    same = {
        reading.document.card.region_code for group, reading in zip(groups, readings, strict=True) if group == focus
    }
    colour = theme.region_colour(codes[focus], _ui.is_dark()) if len(same) == 1 else theme.ink(_ui.is_dark())
    selected = _ui.figure(
        charts_wording.keyness_chart(shown, focus, rest, colour=colour, dark=_ui.is_dark()),
        key="keyness",
        alt=f"把{focus}与{rest}区分开的词：每个词一点，横线为 95% 区间，向右为{focus}说得更多",
        table=tables_wording.keyness_export(key_terms[focus], focus, rest, source),
        notes=(tables_wording.INTERVAL,),
        on_select=True,
    )
    points = selected.selection.points if selected else []
    clicked = points[0]["customdata"][0] if points else None

_ui.html('<h2 id="contexts">一个词，每一处上下文</h2>')
if clicked and clicked != st.session_state.get("clicked_term"):
    # A click on a dot fills the search box, and with it the address.
    st.session_state.term = clicked
st.session_state.clicked_term = clicked
with _ui.controls("contexts"):
    typed = st.text_input(
        "查词", key="term", bind="query-params", placeholder="任意字词，如 概念验证", max_chars=40, width=320
    )
words = (typed or "").strip() or (shown[0].term if shown else "")
found = pipeline.words_in_context(readings, words)
if words:
    _ui.html(f'<p class="zh-found">{tables_wording.contexts_summary(words, found)}</p>')
if found:
    listed = st.container()
    every = len(found) > SHOWN and st.toggle(f"列出全部 {len(found)} 处", key="all", bind="query-params")
    with listed:
        _ui.html(tables_wording.contexts_html(found if every else found[:SHOWN], names))
        if len(found) > SHOWN and not every:
            _ui.html(
                f'<p class="zh-second">以上是前 {SHOWN}&thinsp;处，共 {len(found)}&thinsp;处；下载的表列出全部。</p>'
            )
    _ui.downloads(tables_wording.contexts_export(words, found, names, source), key="contexts-table")

if rows:
    _ui.html("<h2>词频</h2>")
    state = {name: value for name, value in st.query_params.items() if name not in ("term", "documents")}
    _ui.html(tables_wording.frequency_html(rows[: top * ROWS_FOR_TOP], each, state, words))
    _ui.downloads(tables_wording.frequency_export(rows, each, source), key="frequency")
_ui.foot(
    source=source,
    notes=(
        tables_wording.COUNTED,
        "“单独成词”按分词结果计；长词会遮住其中的短词（“科技成果转移转化”含“科技成果”），选“连同长词之内”则一并计入。"
        "查词按字面查找，两种都列。",
    ),
)
if arrived:
    into_view("contexts", "start")
