"""激励对比: who gets what, from which sum, how much and up to what; each rule leads to its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from analysis import pipeline
from analysis.chinese_words import instrument_name, receiver_name
from analysis.model import Receiver
from analysis.pipeline import Choice, Collection, IncentiveMatrix
from analysis.present import charts_compare, tables_incentives
from analysis.present.export import Table
from analysis.present.names import source_of_many
from pages import _choice, _ui
from pages._corpus import Shown, collection
from pages._kept import kept
from pages._ui import Still

CONTRACT, MOST = 500, 1_000_000  # 万元: the contract that rules are tried on at first, and the largest
ALSO = {"receivers": "对象", "instruments": "方式"}


@kept()
def compared(shown: Shown, asked: Choice, states: tuple[str, ...]) -> IncentiveMatrix:
    """The incentives of the documents shown that the filters leave."""
    return pipeline.incentive_comparison(shown.corpus(), asked, _choice.marks(states))


incentive_counts = kept()(pipeline.incentive_counts)


@kept()
def matrix(shown: Shown, asked: Choice, states: tuple[str, ...]) -> Markup:
    """Receivers beside documents, markup."""
    return tables_incentives.matrix_html(compared(shown, asked, states))


@kept()
def table(shown: Shown, asked: Choice, states: tuple[str, ...]) -> Table:
    """What can be taken away of the documents shown."""
    return tables_incentives.incentive_export(compared(shown, asked, states))


@kept()
def without_numbers(shown: Shown, asked: Choice, states: tuple[str, ...]) -> Markup:
    """Incentives in words alone, markup."""
    return tables_incentives.qualitative_html(compared(shown, asked, states))


@kept()
def chart(
    shown: Shown, asked: Choice, states: tuple[str, ...], contract: Decimal, width: int, dark: bool
) -> tuple[Still, tuple[str, ...]]:
    """What contracts of each size yield by the rules of each document, and the rules without room for a name."""
    found = compared(shown, asked, states)
    drawn, _ = charts_compare.one_axis(pipeline.contract_rules(found.incentives))
    cards = {card.slug: card for card in found.cards}
    made = charts_compare.benefit_chart(drawn, cards, contract, width=width, dark=dark)
    return _ui.styled(made.figure, dark), made.unnamed


def answer(found: IncentiveMatrix, asked: Sequence[Receiver]) -> str:
    """Who pays the receivers asked about, or buyers: markup."""
    told = [pipeline.receiver_answer(found, receiver) for receiver in asked or [Receiver.BUYER]]
    return tables_incentives.leads([each for each in told if each is not None], found)


def over_all(held: Collection, asked: Choice, base: Choice) -> None:
    """Who is given something in all chosen documents, and how."""
    found = incentive_counts(held, asked)
    _ui.section("多少文件给、怎么给", tables_incentives.shares_html(found, _choice.address(held, base)))
    _ui.downloads(tables_incentives.shares_table(found), key="shares")


def side_by_side(shown: Shown, asked: Choice, states: tuple[str, ...]) -> None:
    """The matrix, the rules on contracts and their chart, and what is given without a number."""
    found = compared(shown, asked, states)
    if found.rows:
        _ui.html(matrix(shown, asked, states))
        _ui.downloads(table(shown, asked, states), key="incentives-table")
    cards = {card.slug: card for card in found.cards}
    drawn, elsewhere = charts_compare.one_axis(pipeline.contract_rules(found.incentives))
    if drawn:
        _ui.section(tables_incentives.chart_heading(drawn))
        # Not bound to the address by the framework: its field fails at 1e999.
        st.session_state.contract_size = min(_ui.whole_number("contract", CONTRACT), MOST)
        with _ui.controls("contract"):
            contract = st.number_input(
                tables_incentives.axis_name(drawn),
                min_value=1,
                max_value=MOST,
                step=50,
                key="contract_size",
                on_change=remember_contract,
                width=300,
            )
        size = Decimal(contract)
        _ui.html(tables_incentives.rules_html(drawn, cards, size))
        _ui.say(tables_incentives.subtitle(drawn), "zh-second")
        figure, unnamed = chart(shown, asked, states, size, _ui.chart_width(), _ui.is_dark())
        _ui.figure(
            figure,
            key="benefit-chart",
            alt="按各文件的规则，不同金额可得多少，虚线表示只知道上限",
            table=tables_incentives.benefit_export(drawn, cards, size),
            notes=tables_incentives.chart_notes(drawn, elsewhere, unnamed, cards),
        )
    if qualitative := without_numbers(shown, asked, states):
        _ui.section("条文不带数字的激励", qualitative)


def remember_contract() -> None:
    """Write the size of the contract that was entered into the address."""
    st.query_params["contract"] = str(st.session_state.contract_size)


def page(held: Collection) -> None:
    """The answer, over all chosen documents where they are many; then documents side by side."""
    head = st.container()
    with _ui.controls():
        base = _choice.pickers(held)
        before = _choice.shown(base)
        every = compared(before.beyond_tables(), base, ()).incentives
        receivers, instruments = pipeline.offered_incentives(_choice.facets(held), every)
        asked = replace(
            base,
            receivers=_choice.several(
                "对象", {receiver_name(each): each for each in receivers}, key="receiver", listed=held.large, width=300
            ),
            instruments=_choice.several(
                "方式",
                {instrument_name(each): each for each in instruments},
                key="instrument",
                listed=held.large,
                width=300,
            ),
        )
        states = _choice.checked_states(every)
    # Of more documents than stand side by side, those that give nothing have nothing to be compared.
    choice = base if before.whole else asked if asked != base else replace(asked, receivers=receivers)
    shown = _choice.shown(choice)
    found = compared(shown, asked, states)
    with head:
        names = [receiver_name(each) for each in asked.receivers] + [instrument_name(one) for one in asked.instruments]
        lead = (
            answer(found, asked.receivers)
            if before.whole
            else tables_incentives.shares_lead(
                _choice.totals(held, base),
                shown.chosen.total,
                tables_incentives.receivers(incentive_counts(held, asked)),
                asked=names,
            )
        )
        _ui.header("谁能拿到多少？", lead)
    if not found.rows:
        _choice.empty(held, asked, ALSO, "没有激励", states=states)
    if found.incentives:
        if not before.whole:
            over_all(held, asked, base)
            _choice.side_by_side(shown)
            _ui.say(answer(found, asked.receivers))
        side_by_side(shown, asked, states)
    _ui.foot(
        source=source_of_many(shown.chosen.total, None),
        notes=("金额统一为万元。“文件未载”指该文件没有写，不等于该省没有。点条目号打开原文。",),
    )


st.html(Path(__file__).with_name("compare.css"))
page(collection())
