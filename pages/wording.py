"""用词对比: what each text talks about, what sets groups apart, and every word in its contexts."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from analysis.pipeline import Collection
from analysis.present import tables_wording, theme
from analysis.present.export import Table
from pages import _choice, _ui, _wording
from pages._corpus import collection
from pages._kept import kept
from pages._ui import Still
from pages._wording import Texts

ALONE, INSIDE = "单独成词", "连同长词之内"
LEAST = ("3", "5", "10", "20")
TOP = ("10", "15", "25")
ROWS_FOR_TOP = 3  # the table shows three times as many terms as each side of the chart
MOST_PILLS = 12


@kept()
def chart(texts: Texts, focus: str, rest: str, inside: bool, least: int, top: int, dark: bool) -> Still:
    """The terms that set a group apart from the rest, each with its interval."""
    known = _wording.codes(texts)
    colour = theme.region_colour(known[focus], dark) if focus in known else theme.shades(dark).ink
    terms = tables_wording.both_ends(_wording.key_terms(texts, focus, inside, least), top)
    return _ui.styled(tables_wording.keyness_chart(terms, focus, rest, colour=colour, dark=dark), dark)


@kept()
def terms_table(texts: Texts, focus: str, rest: str, inside: bool, least: int) -> Table:
    """The same terms to take away."""
    terms = _wording.key_terms(texts, focus, inside, least)
    return tables_wording.keyness_export(terms, focus, rest, _wording.source(texts))


@kept()
def frequency_table(texts: Texts, columns: tuple[str, ...], inside: bool, least: int) -> Table:
    """How often each group uses each term, to take away."""
    rows = _wording.frequencies(texts, columns, inside, least)
    return tables_wording.frequency_export(rows, columns, _wording.source(texts))


def options(each: list[str]) -> tuple[str, bool, int, int]:
    """The group in focus, whether words inside longer ones count, how often at least, and how many terms a side."""
    if len(each) > MOST_PILLS:
        focus = st.selectbox("突出", each, key="focus", bind="query-params", width=200)
    else:
        focus = st.segmented_control("突出", each, default=each[0], key="focus", bind="query-params", required=True)
    counting = st.segmented_control(
        "计法", [ALONE, INSIDE], default=ALONE, key="count", bind="query-params", required=True
    )
    # No format_func: the address would carry the words instead of the numbers.
    least = st.segmented_control("至少几次", LEAST, default="5", key="least", bind="query-params", required=True)
    top = st.segmented_control("每边几词", TOP, default="10", key="top", bind="query-params", required=True)
    return focus if focus in each else each[0], counting == INSIDE, int(least or "5"), int(top or "10")


def page(held: Collection) -> None:
    """What sets the groups apart, a word in its contexts, and how often each word is used."""
    head = st.container()
    # Whoever arrives with a word in the address came for its contexts.
    arrived = "term" in st.query_params and "wording_arrived" not in st.session_state
    st.session_state.wording_arrived = True
    with _ui.controls("wording"):
        base, texts = _wording.chosen(held)
        if texts is None:
            _choice.empty(held, base, {})
            return
        each = list(dict.fromkeys(_wording.groups(texts)))
        focus, inside, least, top = options(each)

    together = len(each) <= held.side_by_side
    compared = each if together else [focus]
    key_terms = {group: _wording.key_terms(texts, group, inside, least) for group in compared}
    others = [group for group in each if group != focus]
    rest = "、".join(others) if len(others) <= 3 else f"其余 {len(others)}\u2009组"
    columns = tuple(each) if together else (focus, rest)
    with head:
        _ui.header("各地的文件在说什么？", tables_wording.lead(key_terms, least))

    shown = tables_wording.both_ends(key_terms[focus], top)
    clicked = None
    if not others:
        _ui.empty("只有一组文件，没有可以相比的另一组；请多选几份文件，或换一种分组。")
    elif not shown:
        _ui.empty(f"没有哪个词在所选文件中出现 {least} 次以上，请减少“至少几次”。")
    else:
        _ui.section(f"哪些词把{focus}与{rest}区分开")
        selected = _ui.figure(
            chart(texts, focus, rest, inside, least, top, _ui.is_dark()),
            key="keyness",
            alt=f"把{focus}与{rest}区分开的词：每个词一点，横线为 95% 区间，向右为{focus}说得更多",
            table=terms_table(texts, focus, rest, inside, least),
            notes=(tables_wording.INTERVAL,),
            on_select=True,
        )
        points = selected.selection.points if selected else []
        clicked = points[0]["customdata"][0] if points else None

    _ui.section("一个词，每一处上下文", name="contexts")
    if clicked and clicked != st.session_state.get("clicked_term"):
        # A click on a dot fills the search box, and with it the address.
        st.session_state.term = clicked
    st.session_state.clicked_term = clicked
    with _ui.controls("contexts"):
        typed = st.text_input(
            "查词", key="term", bind="query-params", placeholder="任意字词，如 概念验证", max_chars=40, width=320
        )
    # Of a few texts the first term is looked up unasked; over many that would cost more than all else of the page.
    words = (typed or "").strip() or (shown[0].term if shown and texts.named else "")
    _wording.contexts(texts, words)

    rows = _wording.frequencies(texts, columns, inside, least)
    if rows:
        _ui.section("词频")
        state = {name: value for name, value in st.query_params.items() if name not in ("term", "documents")}
        _ui.html(tables_wording.frequency_html(rows[: top * ROWS_FOR_TOP], columns, state, words))
        _ui.downloads(frequency_table(texts, columns, inside, least), key="frequency")
    _ui.foot(
        source=_wording.source(texts),
        notes=(
            tables_wording.COUNTED,
            "“单独成词”按分词结果计；长词会遮住其中的短词（“科技成果转移转化”含“科技成果”），选“连同长词之内”则"
            "一并计入。查词按字面查找，两种都列。",
        ),
    )
    if arrived:
        _ui.into_view("contexts", "start")


st.html(Path(__file__).with_name("wording.css"))
page(collection())
