"""激励对比: who gets what, from which sum, how much and up to what; each rule leads to its words."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import streamlit as st

from analysis import pipeline
from analysis.model import Instrument, Receiver
from analysis.present import benefit_words, charts_incentives, incentive_answer, overview, shares, tables_incentives
from analysis.present import choice as choice_words
from analysis.present.names import place, source
from analysis.wording import instrument_name, receiver_name
from pages import _checked, _choice, _kinds, _pager, _ui

QUESTION = "谁能拿到多少？"
# None chosen means all.
CHOICE: dict[str, Any] = {"selection_mode": "multi", "bind": "query-params", "wrap": True}
CONTRACT, MOST = 500, 1_000_000  # 万元: the contract that rules are tried on at first, and the largest

st.html(Path(__file__).with_name("compare.css"))


def few() -> None:
    """All documents side by side."""
    if not _ui.corpus().readings:
        _ui.header(QUESTION, overview.NOTHING_READ)
        return
    head = st.container()
    controls = _ui.controls()
    with controls:
        corpus = _kinds.counted(_ui.corpus())
    whole = pipeline.incentive_comparison(corpus)
    places = list(dict.fromkeys(place(card) for card in whole.cards))
    receivers = {receiver_name(row.receiver): row.receiver for row in whole.rows}
    used = {item.instrument for item in whole.incentives}
    instruments = {instrument_name(tool): tool for tool in Instrument if tool in used}
    with controls:
        chosen_places = st.pills("省份", places, key="province", **CHOICE)
        chosen_receivers = st.pills("对象", list(receivers), key="receiver", **CHOICE)
        chosen_tools = st.pills("方式", list(instruments), key="instrument", **CHOICE)
        chosen_checks = _checked.chosen(whole.incentives)
    shown = pipeline.incentive_comparison(
        corpus,
        documents={card.slug for card in whole.cards if not chosen_places or place(card) in chosen_places},
        receivers=[receivers[name] for name in chosen_receivers],
        instruments=[instruments[name] for name in chosen_tools],
        marks=_checked.marks(chosen_checks),
    )
    with head:
        _ui.header(QUESTION, answer(shown, [receivers[name] for name in chosen_receivers]))
    if not shown.rows:
        _ui.html('<p class="zh-empty">没有激励同时满足所选的省份、对象和方式，请去掉其中一项。</p>')
    filters = (chosen_places, chosen_receivers, chosen_tools, chosen_checks)
    side_by_side(shown, len(whole.cards), *(tuple(each) for each in filters))
    foot(source(shown.cards or whole.cards))


def many(collection: pipeline.Collection) -> None:
    """The answer over all chosen documents, then a page of them side by side."""
    head = st.container()
    offer = _choice.facets(collection)
    receivers = {receiver_name(receiver): receiver for receiver, _ in offer.receivers}
    instruments = {instrument_name(tool): tool for tool, _ in offer.instruments}
    with _ui.controls():
        base = _choice.pickers(collection)
        whom = st.multiselect("对象", list(receivers), placeholder="全部", key="receiver", width=300, **_choice.MANY)
        how = st.multiselect("方式", list(instruments), placeholder="全部", key="instrument", width=300, **_choice.MANY)
    asked = replace(
        base,
        receivers=tuple(receivers[name] for name in whom),
        instruments=tuple(instruments[name] for name in how),
    )
    # Documents that give nothing have nothing to set side by side.
    choice = asked if whom or how else replace(asked, receivers=tuple(receivers.values()))
    shown = _choice.part(collection, choice)
    found = _ui.shared(lambda: pipeline.gifts(collection, asked), "gifts", asked)
    totals = _choice.totals(collection, base)
    with head:
        told = shares.lead(totals, shown.chosen.total, shares.receivers(found), asked=[*whom, *how])
        _ui.header(QUESTION, told)
    if not shown.chosen.total:
        _choice.empty(collection, asked, {"receivers": "对象", "instruments": "方式"}, "没有激励")
        return
    _ui.html(f"<h2>多少文件给、怎么给</h2>{shares.shares_html(found, _choice.address(collection, base))}")
    _ui.downloads(shares.shares_table(found), key="shares")

    _ui.html(f"<h2>逐份并排</h2><p>{choice_words.beside(shown.chosen, shown.own)}</p>")
    _pager.pager(shown.chosen.total, shown.chosen.page, pipeline.SIDE_BY_SIDE)
    matrix = shown.once(
        lambda: pipeline.incentive_comparison(
            shown.corpus(), receivers=choice.receivers, instruments=choice.instruments
        ),
        "incentives",
    )
    _ui.html(f"<p>{answer(matrix, asked.receivers)}</p>")
    side_by_side(matrix, choice, shown.chosen.page)
    foot(choice_words.source(shown.chosen.total, None))


def answer(matrix: Any, asked: Sequence[Receiver]) -> str:
    """Who pays the receivers asked about, or buyers: markup."""
    told = [pipeline.receiver_answer(matrix, receiver) for receiver in asked or [Receiver.BUYER]]
    return incentive_answer.leads([each for each in told if each is not None], matrix)


def side_by_side(matrix: Any, *key: Hashable) -> None:
    """The matrix, the rules and their chart, and the words; ``key`` names them for what all visitors share."""
    if matrix.rows:
        _ui.html(_ui.shared(lambda: tables_incentives.matrix_html(matrix), "incentives matrix", *key, own=True))
        table = _ui.shared(lambda: tables_incentives.incentive_export(matrix), "incentives table", *key, own=True)
        _ui.downloads(table, key="incentives-table")
    cards = {card.slug: card for card in matrix.cards}
    drawn, elsewhere = charts_incentives.one_axis(pipeline.contract_rules(matrix))
    if drawn:
        _ui.html(f"<h2>{benefit_words.heading(drawn)}</h2>")
        # Not bound to the address by the framework: its field fails at 1e999.
        st.session_state.contract_size = min(_ui.whole_number("contract", CONTRACT), MOST)
        with _ui.controls("contract"):
            contract = st.number_input(
                benefit_words.axis_name(drawn),
                min_value=1,
                max_value=MOST,
                step=50,
                key="contract_size",
                on_change=remember_contract,
                width=300,
            )
        size, width, dark = Decimal(contract), _ui.chart_width(), _ui.is_dark()
        _ui.html(tables_incentives.rules_html(drawn, cards, size))
        _ui.html(f'<p class="zh-second">{benefit_words.subtitle(drawn)}</p>')
        chart = _ui.shared(
            lambda: charts_incentives.benefit_chart(drawn, cards, size, width=width, dark=dark),
            *("benefit", size, width, dark, *key),
            own=True,
        )
        _ui.figure(
            chart.figure,
            key="benefit-chart",
            alt="按各文件的规则，不同金额可得多少，虚线表示只知道上限",
            table=benefit_words.benefit_export(drawn, cards, size),
            notes=benefit_words.notes(drawn, elsewhere, chart.unnamed, cards),
            kept=(size, width, *key),
        )
    qualitative = _ui.shared(lambda: tables_incentives.qualitative_html(matrix), "qualitative", *key, own=True)
    if qualitative:
        _ui.html(f"<h2>条文不带数字的激励</h2>{qualitative}")


def remember_contract() -> None:
    """Write the size of the contract that was entered into the address."""
    st.query_params["contract"] = str(st.session_state.contract_size)


def foot(said: str) -> None:
    """Source and notes."""
    _ui.foot(source=said, notes=("金额统一为万元。“文件未载”指该文件没有写，不等于该省没有。点条目号打开原文。",))


opened = _ui.collection()
if opened.large:
    many(opened)
else:
    few()
