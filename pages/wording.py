"""用词对比: what each text talks about, what sets groups apart, and every word in its contexts."""

from __future__ import annotations

from functools import partial
from html import escape
from pathlib import Path

import streamlit as st

from analysis.present import charts_wording, overview, tables_wording, theme
from pages import _choice, _contexts, _session, _texts, _ui
from pages._scroll import into_view

ALONE, INSIDE = "单独成词", "连同长词之内"
LEAST = ("3", "5", "10", "20")
TOP = ("10", "15", "25")
ROWS_FOR_TOP = 3  # the table shows three times as many terms as each side of the chart
MOST_COLUMNS = 6  # groups that stand side by side; of more, one stands against all the others
MOST_PILLS = 12

st.html(Path(__file__).with_name("wording.css"))

collection = _ui.collection()
head = st.container()
# Whoever arrives with a word in the address came for its contexts.
arrived = "term" in st.query_params and "wording_arrived" not in st.session_state
st.session_state.wording_arrived = True

with _ui.controls("wording"):
    choice = _choice.pickers(collection) if collection.large else None
    texts = _texts.few() if choice is None else _texts.many(collection, choice)
    if texts is None:
        if choice is None:
            _ui.fault(overview.NOTHING_READ)
        else:
            _choice.empty(collection, choice, {})
        st.stop()
    each = list(dict.fromkeys(texts.groups))
    if collection.large and len(each) > MOST_PILLS:
        focus = st.selectbox("突出", each, key="focus", bind="query-params", width=200)
    else:
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
asked = (*texts.key, focus, inside, least)
together = not collection.large or len(each) <= MOST_COLUMNS
compared = each if together else [focus]
key_terms = {group: _texts.key_terms(texts, group, inside=inside, least=least) for group in compared}
others = [group for group in each if group != focus]
rest = "、".join(others) if len(others) <= 3 else f"其余 {len(others)}\u2009组"
columns = each if together else [focus, rest]
rows = _texts.frequencies(texts, columns, inside=inside, least=least)

with head:
    _ui.header("各地的文件在说什么？", tables_wording.lead(key_terms, least))
if collection.large and _session.files():
    _ui.small_print(["自己放入的文件不计在内：语料多时按地区和时期合计。在“原文”页可以打开和查找自己的文件。"])

shown = charts_wording.both_ends(key_terms[focus], top)
clicked = None
if not others:
    _ui.html('<p class="zh-empty">只有一组文件，没有可以相比的另一组；请多选几份文件，或换一种分组。</p>')
elif not shown:
    _ui.html(f'<p class="zh-empty">没有哪个词在所选文件中出现 {least} 次以上，请减少“至少几次”。</p>')
else:
    _ui.html(f"<h2>哪些词把{escape(focus)}与{escape(rest)}区分开</h2>")
    dark = _ui.is_dark()
    colour = theme.region_colour(texts.codes[focus], dark) if focus in texts.codes else theme.ink(dark)
    selected = _ui.figure(
        lambda: charts_wording.keyness_chart(shown, focus, rest, colour=colour, dark=dark),
        key="keyness",
        alt=f"把{focus}与{rest}区分开的词：每个词一点，横线为 95% 区间，向右为{focus}说得更多",
        table=_ui.shared(
            partial(tables_wording.keyness_export, key_terms[focus], focus, rest, texts.source),
            "keyness table",
            *asked,
            own=True,
        ),
        notes=(tables_wording.INTERVAL,),
        on_select=True,
        kept=(*asked, top),
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
# Of a few texts the first term is looked up unasked; over many that would cost more than all else of the page.
words = (typed or "").strip() or (shown[0].term if shown and not collection.large else "")
if collection.large:
    _contexts.many(collection, texts, words)
else:
    _contexts.few(texts, words)

if rows:
    _ui.html("<h2>词频</h2>")
    state = {name: value for name, value in st.query_params.items() if name not in ("term", "documents")}
    _ui.html(tables_wording.frequency_html(rows[: top * ROWS_FOR_TOP], columns, state, words))
    export = partial(tables_wording.frequency_export, rows, columns, texts.source)
    _ui.downloads(_ui.shared(export, "frequency table", *asked, own=True), key="frequency")
_ui.foot(
    source=texts.source,
    notes=(
        tables_wording.COUNTED,
        "“单独成词”按分词结果计；长词会遮住其中的短词（“科技成果转移转化”含“科技成果”），选“连同长词之内”则一并计入。"
        "查词按字面查找，两种都列。",
    ),
)
if arrived:
    into_view("contexts", "start")
