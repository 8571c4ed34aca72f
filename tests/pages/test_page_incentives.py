"""The page 激励对比: the buyer is answered at first glance, numbers are the readings' own, state is in the address."""

from __future__ import annotations

import json
import re

import pytest
from shown_pages import LINK, lead, markup, matrix, plain, sound

from analysis.model import Corpus, Receiver


def test_who_pays_the_buyer_is_answered_in_the_first_sentence() -> None:
    said = lead(sound("incentives"))
    assert re.search(r"黑龙江2017.*50万元起，给30%，最高100万元", said)
    assert re.search(r"四川2024.*1,000万元起，比例未定，最高100万元，每年最高300万元", said)
    assert re.search(r"北京2022.*文件未载", said)


def test_every_incentive_of_the_corpus_is_shown_and_leads_to_its_words(real_corpus: Corpus) -> None:
    shown = {(slug, int(start), int(end)) for slug, start, end in LINK.findall(matrix(sound("incentives")))}
    for reading in real_corpus.readings:
        for incentive in reading.incentives:
            assert (incentive.document, *reading.document.raw_span(incentive.start, incentive.end)) in shown
            assert reading.document.text[incentive.start : incentive.end] == incentive.quote


def test_every_qualitative_incentive_is_quoted(real_corpus: Corpus) -> None:
    html = plain(markup(sound("incentives")))
    for reading in real_corpus.readings:
        for incentive in reading.incentives:
            if not incentive.quantified:
                assert incentive.quote in html


@pytest.mark.parametrize("province", ["四川", "北京", "黑龙江"])
def test_a_province_from_the_address_narrows_the_columns(real_corpus: Corpus, province: str) -> None:
    shown = {slug for slug, _, _ in LINK.findall(matrix(sound("incentives", province=province)))}
    assert shown == {r.document.id for r in real_corpus.readings if r.document.card.region == province}


def test_a_receiver_from_the_address_is_the_one_asked_about(real_corpus: Corpus) -> None:
    app = sound("incentives", receiver="技术转移机构")
    assert lead(app).startswith("技术转移机构")
    found = {(slug, int(start), int(end)) for slug, start, end in LINK.findall(matrix(app))}
    wanted = {
        (i.document, *r.document.raw_span(i.start, i.end))
        for r in real_corpus.readings
        for i in r.incentives
        if i.receiver is Receiver.AGENCY
    }
    assert found == wanted


def test_an_instrument_from_the_address_hides_the_others() -> None:
    html = plain(markup(sound("incentives", instrument="保险补偿")))
    assert "80%" in html
    assert "一份合同能得多少" not in html  # an insurance premium is no contract


def test_filters_that_match_nothing_say_so() -> None:
    app = sound("incentives", province="北京", instrument="保险补偿")
    assert "没有激励同时满足" in markup(app)


@pytest.mark.parametrize(("contract", "money"), [("200", "60万元"), ("49", "不到起点"), ("1000", "最多100万元")])
def test_the_chosen_contract_comes_from_the_address(contract: str, money: str) -> None:
    html = markup(sound("incentives", contract=contract))
    table = re.search(r'<table class="zh-table zh-rules"[^>]*>.*?</table>', html, re.S)
    assert table
    assert money in plain(table.group())


def test_the_chart_draws_the_rules_and_says_what_it_leaves_out() -> None:
    app = sound("incentives")
    (chart,) = app.get("plotly_chart")
    lines = [trace for trace in json.loads(chart.proto.spec)["data"] if trace.get("mode") == "lines"]
    assert len(lines) == 3  # 黑龙江 buyer and seller on the same terms are one line
    assert "合同登记机构按登记机构的登记金额计" in plain(markup(app))


def test_registered_sums_have_a_chart_of_their_own_when_asked_for() -> None:
    app = sound("incentives", receiver="合同登记机构")
    (chart,) = app.get("plotly_chart")
    assert "登记金额" in json.loads(chart.proto.spec)["layout"]["xaxis"]["title"]["text"]
    assert "一份合同" not in plain(markup(app))


def test_unknown_values_in_the_address_do_no_harm() -> None:
    sound("incentives", province="火星", receiver="?", contract="abc")
    sound("incentives", contract="-5")
