"""激励对比: who gets what, from which sum, how much and up to what; each rule leads to its words."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import streamlit as st

from analysis import pipeline
from analysis.model import Instrument, Receiver
from analysis.present import benefit_words, charts_incentives, incentive_answer, tables_incentives
from analysis.present.tables import instrument_name, place, receiver_name, source
from pages import _ui

# None chosen means all.
CHOICE: dict[str, Any] = {"selection_mode": "multi", "bind": "query-params", "wrap": True}

st.html(Path(__file__).with_name("compare.css"))

corpus = _ui.corpus()
whole = pipeline.incentive_comparison(corpus)
head = st.container()

places = list(dict.fromkeys(place(card) for card in whole.cards))
receivers = {receiver_name(row.receiver): row.receiver for row in whole.rows}
used = {item.instrument for item in whole.incentives}
instruments = {instrument_name(tool): tool for tool in Instrument if tool in used}
with _ui.controls():
    chosen_places = st.pills("省份", places, key="province", **CHOICE)
    chosen_receivers = st.pills("对象", list(receivers), key="receiver", **CHOICE)
    chosen_tools = st.pills("方式", list(instruments), key="instrument", **CHOICE)

shown = pipeline.incentive_comparison(
    corpus,
    documents={card.slug for card in whole.cards if not chosen_places or place(card) in chosen_places},
    receivers=[receivers[name] for name in chosen_receivers],
    instruments=[instruments[name] for name in chosen_tools],
)
asked = [receivers[name] for name in chosen_receivers] or [Receiver.BUYER]
answers = [told for receiver in asked if (told := pipeline.receiver_answer(shown, receiver)) is not None]
with head:
    _ui.header("谁能拿到多少？", incentive_answer.leads(answers, shown))

if not shown.rows:
    _ui.html('<p class="zh-empty">没有激励同时满足所选的省份、对象和方式，请去掉其中一项。</p>')
else:
    _ui.html(tables_incentives.matrix_html(shown))
    _ui.downloads(tables_incentives.incentive_export(shown), key="incentives-table")

cards = {card.slug: card for card in shown.cards}
drawn, elsewhere = charts_incentives.one_axis(pipeline.contract_rules(shown))
if drawn:
    _ui.html(f"<h2>{benefit_words.heading(drawn)}</h2>")
    with _ui.controls("contract"):
        contract = st.number_input(
            benefit_words.axis_name(drawn),
            min_value=1,
            max_value=1_000_000,
            value=500,
            step=50,
            key="contract",
            bind="query-params",
            width=300,
        )
    size = Decimal(int(contract))
    _ui.html(tables_incentives.rules_html(drawn, cards, size))
    _ui.html(f'<p class="zh-second">{benefit_words.subtitle(drawn)}</p>')
    chart = charts_incentives.benefit_chart(drawn, cards, size, width=_ui.chart_width(), dark=_ui.is_dark())
    _ui.figure(
        chart.figure,
        key="benefit-chart",
        alt="按各文件的规则，不同金额可得多少，虚线表示只知道上限",
        table=benefit_words.benefit_export(drawn, cards, size),
        notes=benefit_words.notes(drawn, elsewhere, chart.unnamed, cards),
    )

qualitative = tables_incentives.qualitative_html(shown)
if qualitative:
    _ui.html(f"<h2>条文不带数字的激励</h2>{qualitative}")
_ui.foot(
    source=source(shown.cards or whole.cards),
    notes=("金额统一为万元。“文件未载”指该文件没有写，不等于该省没有。点条目号打开原文。",),
)
