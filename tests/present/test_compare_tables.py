"""What readers see of a comparison: figures in words, sentences, markup that is safe, tables to take away."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal
from html import escape, unescape

import pytest
from compare_seeds import readings

from analysis import chinese_words
from analysis.compare import answer, incentive_matrix, key, narrow, rules, target_matrix
from analysis.compare.target_matrix import NOT_APPLICABLE, NOT_STATED
from analysis.grammar import grammar
from analysis.model import Comparator, Incentive, Instrument, Receiver, TargetKind
from analysis.present import export, incentive_text, names, tables_incentives, tables_targets
from analysis.present.links import words_link
from analysis.present.reasons import BY_RULE

THIN = "\u2009"
READINGS = readings()
MATRIX = target_matrix(READINGS)
INCENTIVES = incentive_matrix(READINGS)
CARDS = {card.slug: card for card in MATRIX.cards}


def words(markup: str) -> str:
    """Markup without tags, thin spaces as they are."""
    return unescape(re.sub(r"<[^>]+>", "", markup))


def seed(document: str, receiver: Receiver) -> Incentive:
    """The first quantified incentive of a seed document for these receivers."""
    return next(i for i in INCENTIVES.incentives if (i.document, i.receiver) == (document, receiver) and i.quantified)


@pytest.mark.parametrize(
    ("kind", "comparator", "value", "unit", "said"),
    [
        (TargetKind.LEVEL, Comparator.GE, "8000", "人", f"≥8,000{THIN}人"),
        (TargetKind.LEVEL, Comparator.EQ, "170", "亿元", f"170{THIN}亿元"),
        (TargetKind.LEVEL, Comparator.APPROX, "500", "名", f"≈500{THIN}名"),
        (TargetKind.INCREMENT, Comparator.GE, "30", "家", f"新增{THIN}≥30{THIN}家"),
        (TargetKind.SHARE, Comparator.GE, "70", "%", "≥70%"),
    ],
)
def test_the_figure_of_a_target(kind: TargetKind, comparator: Comparator, value: str, unit: str, said: str) -> None:
    plain = next(iter(MATRIX.targets))
    target = dataclasses.replace(plain, kind=kind, comparator=comparator, value=Decimal(value), unit=unit)
    assert tables_targets.target_figure(target) == said


def test_growth_and_multiples_say_from_where() -> None:
    said = {t.kind: tables_targets.target_figure(t) for t in MATRIX.targets}
    assert said[TargetKind.GROWTH] == f"每年增长{THIN}≥8%"
    assert said[TargetKind.MULTIPLE] == f"2023{THIN}年的{THIN}2{THIN}倍"


def test_the_figures_of_incentives() -> None:
    figures = {
        ("heilongjiang-2017", Receiver.BUYER): f"30%，最高{THIN}100{THIN}万元",
        ("sichuan-2024", Receiver.BUYER): f"最高{THIN}100{THIN}万元",
        ("sichuan-2024", Receiver.AGENCY): f"3%，最高{THIN}30{THIN}万元",
        ("heilongjiang-2017", Receiver.AGENCY): f"100–200{THIN}万元",
        ("heilongjiang-2017", Receiver.INVENTOR): f"股权{THIN}≥70%",
        ("sichuan-2024", Receiver.TECHNOLOGY_MANAGER): "职称",
    }
    for name, said in figures.items():
        assert incentive_text.incentive_figure(seed(*name)) == said


def test_a_condition_names_what_the_threshold_counts() -> None:
    said = incentive_text.condition(seed("sichuan-2024", Receiver.BUYER))
    assert f"单个技术合同成交额{THIN}≥1,000{THIN}万元" in said
    assert "比例未定" in said
    assert f"每年{THIN}≤300{THIN}万元" in said
    assert f"技术交易实际到账金额{THIN}≥50{THIN}万元" in incentive_text.condition(
        seed("heilongjiang-2017", Receiver.BUYER)
    )


def test_the_lead_answers_who_pays_the_buyer() -> None:
    row = next(row for row in INCENTIVES.rows if row.receiver is Receiver.BUYER)
    markup = tables_incentives.lead(answer(row, INCENTIVES.cards))
    said = words(markup)
    for part in (
        f"黑龙江{THIN}2017", f"50{THIN}万元起", f"给{THIN}30%", f"最高{THIN}100{THIN}万元",
        f"四川{THIN}2024", f"1,000{THIN}万元起", "比例未定", f"每年最高{THIN}300{THIN}万元", f"20{THIN}倍", "文件未载",
    ):  # fmt: skip
        assert part in said
    assert markup.count("reader?document=") == 2


def test_the_lead_says_so_when_nobody_pays() -> None:
    row = next(row for row in incentive_matrix(READINGS[-1:]).rows if row.receiver is Receiver.OTHER)
    assert "没有给" in tables_incentives.lead(answer(row, [READINGS[-1].document.card]))


def test_the_lead_of_targets_counts_what_is_shown() -> None:
    total = len(MATRIX.targets)
    said = words(tables_targets.lead(MATRIX, {}, total)).replace(THIN, "")
    assert f"{total}个带数字的目标" in said
    one = narrow(MATRIX, lambda row, target: target.document == "beijing-2022")
    assert f"全部{total}个中选出" in words(tables_targets.lead(one, {}, total)).replace(THIN, "")
    assert "没有" in tables_targets.lead(narrow(MATRIX, lambda row, target: False), {}, total)


def test_every_target_of_the_matrix_links_to_its_words() -> None:
    markup = tables_targets.matrix_html(MATRIX, {})
    for target in MATRIX.targets:
        assert target.citation
        assert escape(words_link(target.citation)) in markup


def test_every_incentive_links_to_its_words() -> None:
    markup = tables_incentives.matrix_html(INCENTIVES)
    for incentive in INCENTIVES.incentives:
        assert incentive.citation
        assert escape(words_link(incentive.citation)) in markup


def made(number: int, **changes: object) -> Incentive:
    """An incentive of so many 万元 with words of its own."""
    plain = Incentive(
        "sichuan-2024", 0, "一", "获奖单位", Receiver.HONOURED, Instrument.REWARD, "", number, number + 1,
        f"对获奖单位奖励{number}万元", amount_low_wan=Decimal(number), amount_high_wan=Decimal(number),
    )  # fmt: skip
    return dataclasses.replace(plain, **changes)  # type: ignore[arg-type]


def matrix_of(*incentives: Incentive) -> str:
    """The markup of the matrix of one document that gives these."""
    reading = next(reading for reading in READINGS if reading.document.id == "sichuan-2024")
    return tables_incentives.matrix_html(incentive_matrix([dataclasses.replace(reading, incentives=incentives)]))


def test_many_classes_are_folded_behind_the_first_and_none_is_lost() -> None:
    classes = [receiver for receiver in Receiver if receiver is not Receiver.OTHER]
    few = matrix_of(*(made(1 + at, receiver=receiver) for at, receiver in enumerate(classes[:10])))
    assert "<details" not in few
    many = matrix_of(*(made(1 + at, receiver=receiver) for at, receiver in enumerate(classes)))
    shown, _, folded = many.partition("<details")
    assert shown.count('<th scope="row">') == 8
    assert folded.count('<th scope="row">') == len(classes) - 8
    assert f"另有{THIN}{len(classes) - 8}{THIN}类对象：" in words(folded)
    assert all(chinese_words.receiver_name(receiver) in words(many) for receiver in classes)


def test_many_gifts_of_one_cell_are_folded_and_none_is_lost() -> None:
    html = matrix_of(*(made(10 + at) for at in range(12)))
    shown, _, folded = html.partition("<details")
    assert (shown.count('class="zh-big"'), folded.count('class="zh-big"')) == (3, 9)
    assert "<details" not in matrix_of(*(made(10 + at) for at in range(4)))


def test_sums_under_one_name_are_told_apart_by_their_case_or_the_words_before_them() -> None:
    cases = [
        made(number, trigger=f"获得省科技进步奖{grade}等奖且在本省转化成果并通过验收")
        for number, grade in ((30, "一"), (20, "二"))
    ]
    quote = "对平台按面积每平方米给予60万元，对办公用房给予20万元"
    places = [made(number, quote=quote, beneficiary="平台") for number in (60, 20)]
    for listed in (cases, places):
        told = incentive_text.conditions(listed)
        assert len(set(told)) == len(listed)
    assert incentive_text.conditions(cases)[0].startswith("获奖单位；获得省科技进步奖一等奖")
    assert "办公用房" in incentive_text.conditions(places)[1]
    assert incentive_text.conditions([made(5), made(6, beneficiary="领军企业")]) == ("获奖单位", "领军企业")


def test_a_long_name_is_cut_in_the_middle_and_keeps_its_noun() -> None:
    name = "列入省级新技术推广应用目录的重大技术创新成果在本省实现转化应用的项目"
    said = incentive_text.shortened(name)
    assert said.startswith("列入省级新技术")
    assert said.endswith("转化应用的项目")
    assert len(said) == incentive_text.LONGEST_BENEFICIARY + 1
    assert incentive_text.shortened("中试平台") == "中试平台"


def test_rules_of_one_name_say_who_receives() -> None:
    drawn = rules([
        made(3, rate_percent=Decimal(3), rate_base="合同成交额", beneficiary="登记企业", receiver=Receiver.ENTERPRISE),
        made(4, rate_percent=Decimal(4), rate_base="合同成交额", beneficiary="申报企业", receiver=Receiver.ENTERPRISE),
    ])  # fmt: skip
    assert incentive_text.rule_details(drawn, CARDS) == ("登记企业", "申报企业")
    assert incentive_text.rule_details(drawn[:1], CARDS) == ("",)


def test_the_answer_names_three_rules_of_a_document_and_counts_the_rest() -> None:
    reading = next(reading for reading in READINGS if reading.document.id == "sichuan-2024")
    listed = tuple(made(10 + at) for at in range(12))
    matrix = incentive_matrix([dataclasses.replace(reading, incentives=listed)])
    said = words(tables_incentives.lead(answer(matrix.rows[0], matrix.cards)))
    assert said.count("万元") == 3
    assert f"等{THIN}12{THIN}项" in said


def test_words_of_documents_cannot_become_markup() -> None:
    evil = '<script>alert("x")</script>'
    reading = READINGS[0]
    target = dataclasses.replace(reading.targets[0], indicator=evil, indicator_id=None, quote=evil)
    incentive = dataclasses.replace(reading.incentives[0], beneficiary="<b>甲</b>企业", quote=evil, notes=(evil,))
    plain = dataclasses.replace(incentive, threshold_wan=None, cap_item_wan=None, cap_year_wan=None, rate_open=False)
    hostile = dataclasses.replace(
        reading,
        document=dataclasses.replace(
            reading.document, card=dataclasses.replace(reading.document.card, region=evil, doc_number=evil)
        ),
        targets=(target,),
        incentives=(incentive, plain),
    )
    targets, incentives_ = target_matrix([hostile]), incentive_matrix([hostile])
    told = [answer(row, incentives_.cards) for row in incentives_.rows]
    pieces = [
        tables_targets.matrix_html(targets, {}),
        tables_targets.lead(targets, {}, 1),
        tables_incentives.matrix_html(incentives_),
        tables_incentives.qualitative_html(incentives_),
        tables_incentives.leads(told, incentives_),
    ]
    for markup in pieces:
        assert "<script" not in markup
        assert "<b>甲" not in markup


def test_bold_figures_keep_every_character() -> None:
    for text in ("30%，最高 100 万元", "0.003%", "职称", "100–200 万元", ""):
        assert "".join(part for part, _ in incentive_text.figure_runs(text)) == text


def test_exports_hold_every_row_and_name_the_absences() -> None:
    targets = tables_targets.target_export(MATRIX, {})
    assert len(targets.rows) == len(MATRIX.targets)
    assert [row["目标年"] for row in targets.rows].count(NOT_STATED) == 1
    assert {row["基年"] for row in targets.rows} == {NOT_APPLICABLE, NOT_STATED, 2023}
    given = tables_incentives.incentive_export(INCENTIVES)
    assert len(given.rows) == len(INCENTIVES.incentives)
    buyer = next(row for row in given.rows if row["对象"] == chinese_words.receiver_name(Receiver.BUYER))
    assert buyer["比例（%）"] == "比例未定"
    assert {row["把握"] for row in (*targets.rows, *given.rows)} == {BY_RULE}  # made by hand, and so not weighed
    for table in (targets, given):
        assert export.to_csv(table).startswith(b"\xef\xbb\xbf")
        assert table.source


def test_every_class_of_the_model_has_a_chinese_name() -> None:
    assert {entry.id for entry in grammar().receivers} == set(Receiver)
    assert {entry.id for entry in grammar().instruments} == set(Instrument)
    said = [chinese_words.receiver_name(receiver) for receiver in Receiver]
    said += [chinese_words.instrument_name(tool) for tool in Instrument]
    assert not any(name.isascii() for name in said)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("四/（九）", "四（九）"),
        ("三/3", f"三{THIN}3"),
        ("一", "一"),
        ("", "正文"),
        ("二/（四）/1", f"二（四）{THIN}1"),
    ],
)
def test_how_a_clause_is_cited(path: str, said: str) -> None:
    assert names.clause_name(path) == said


def test_clicked_points_are_read_and_nothing_else() -> None:
    state = {"selection": {"points": [{"customdata": ["sichuan-2024", 3, 9]}, {"x": 1}, {"customdata": None}]}}
    assert names.picked_spans(state) == (("sichuan-2024", 3, 9),)
    assert names.picked_spans(None) == ()
    target = MATRIX.targets[0]
    point = {"customdata": [target.document, target.start, target.end]}
    assert target.quote in words(tables_targets.picked_html(MATRIX, {"selection": {"points": [point]}}))


def test_keys_of_targets_are_unique() -> None:
    assert len({key(target) for target in MATRIX.targets}) == len(MATRIX.targets)
