"""Each number of a text with what it became and everything that spoke for and against it."""

from __future__ import annotations

import json
import math

import pytest

from analysis import pipeline
from analysis.cli import main
from analysis.extract import Explained, Outcome
from analysis.extract.weigh import weights
from analysis.model import InputError, Reading
from analysis.present import reasons
from analysis.present.reasons import BY_RULE, sureness, titles

TEXT = """某省2025年科技工作要点
一、主要任务
（一）培育主体
到2027年，技术合同 成交额增长10%以上，培育技术转移机构100家。
对企业按合同额的3%给予补助，最高50万元。弄虚作假的，处2万元罚款。
"""


@pytest.fixture(scope="module")
def reading() -> Reading:
    return pipeline.read_bytes(TEXT.encode(), "要点.txt")


@pytest.fixture(scope="module")
def every(reading: Reading) -> dict[str, Explained]:
    return {one.quantity.quote: one for one in pipeline.explain(reading)}


def test_every_number_has_its_entry_and_says_what_it_became(every: dict[str, Explained]) -> None:
    assert {quote: (one.outcome, one.role) for quote, one in every.items()} == {
        "2025年": (Outcome.ASIDE, ""),
        "2027年": (Outcome.ASIDE, ""),
        "10%以上": (Outcome.TARGET, ""),
        "100家": (Outcome.TARGET, ""),
        "3%": (Outcome.INCENTIVE, "rate_percent"),
        "最高50万元": (Outcome.INCENTIVE, "cap_item_wan"),
        "2万元": (Outcome.NEITHER, ""),
    }
    assert every["2万元"].rule == "target.penalty"


def test_what_is_explained_is_what_was_decided() -> None:
    corpus = pipeline.load_corpus(pipeline.product_root())
    for reading in corpus.readings:
        found = pipeline.explain(reading)
        assert [one.quantity for one in found] == list(reading.quantities)
        taken = [(one.rule, one.probability) for one in found if one.outcome is Outcome.TARGET]
        assert taken == [
            (row.rule, row.probability) for row in sorted(reading.targets, key=lambda row: row.value_start)
        ]
        assert not [one for one in found if one.outcome is Outcome.INCENTIVE and one.row is None]


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        ("按国家拨付资金给予1:1配套补贴。", {"1:1": "rate_percent"}),
        (
            "对登记机构，按登记额的万分之三给予奖励，每年最高20万元。",
            {"万分之三": "rate_percent", "最高20万元": "cap_year_wan"},
        ),
        ("对登记额5000万元以上的机构，奖励10万元。", {"5000万元以上": "threshold_wan", "10万元": "amount_low_wan"}),
    ],
)
def test_a_number_of_an_incentive_has_its_role(sentence: str, roles: dict[str, str]) -> None:
    reading = pipeline.read_bytes(f"某市若干措施\n第一条 {sentence}".encode(), "措施.txt")
    assert {one.quantity.quote: one.role for one in pipeline.explain(reading)} == roles


def test_the_signs_add_up_to_the_probability(every: dict[str, Explained]) -> None:
    one = every["100家"]
    assert one.weighed is not None
    assert math.isclose(
        one.weighed.total, one.weighed.bias + sum(sign.weight for sign in one.weighed.signs), abs_tol=1e-3
    )
    again = weights("targets").probability(one.weighed.total, one.weighed.sentence, one.weighed.paragraph)
    assert again == pytest.approx(one.probability, abs=0.002)
    assert every["2万元"].weighed is None  # a hard rule weighs nothing


def test_the_scope_says_where_the_year_stands(reading: Reading, every: dict[str, Explained]) -> None:
    (value,) = reasons.values(reading, [every["100家"]])
    assert (value["scope"]["year"], value["scope"]["from"], value["scope"]["words"]) == (2027, "sentence", "到2027年")
    assert value["scope"]["tense"] == "plan"


def test_offsets_are_into_the_file_as_received(reading: Reading, every: dict[str, Explained]) -> None:
    for value in reasons.values(reading, list(every.values())):
        assert TEXT[value["start"] : value["end"]] == value["quote"]
        assert TEXT.count("\n", 0, value["start"]) + 1 == value["line"]
        for sign in value["signs"]:
            assert TEXT[sign["start"] : sign["end"]].replace(" ", "") == sign["words"]


def test_the_text_is_aligned_and_never_colour_alone(reading: Reading) -> None:
    said = reasons.text(reading, pipeline.explain(reading))
    assert said.startswith("《某省2025年科技工作要点》：7 个数字，其中目标 2，激励 2，都不是 1，不作判断 2。\n")
    assert "  判定  目标：技术转移机构，2027 年\n" in said
    assert "  年份  2027，写在本句前面“到2027年”，是期限\n" in said
    assert "  支持  +" in said
    assert "\x1b" not in said


def test_one_number_by_its_place(reading: Reading) -> None:
    at = TEXT.index("100家")
    assert [one.quantity.quote for one in pipeline.explain(reading, at + 1)] == ["100家"]
    with pytest.raises(
        InputError, match=r"^要点.txt（第 0 个字符）：这里没有数字，最近的数字是第 2 个字符处的“2025年”。$"
    ):
        pipeline.explain(reading, 0)


def test_the_verb_speaks_text_and_json(tmp_path, capfdbinary) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "要点.txt"
    path.write_text(TEXT, encoding="utf-8")
    at = str(TEXT.index("100家"))
    assert main(["explain", str(path), "--at", at, "--format", "json"]) == 0
    (value,) = json.loads(capfdbinary.readouterr().out)
    assert (value["quote"], value["outcome"], value["rule"]) == ("100家", "target", "target.rule")
    assert main(["explain", str(path), "--at", at]) == 0
    assert "是目标的概率" in capfdbinary.readouterr().out.decode()
    assert main(["explain", str(path), "--at", "0"]) == 2
    said = capfdbinary.readouterr()
    assert (said.out, said.err.decode().count("\n")) == (b"", 1)
    assert main(["explain", str(tmp_path / "没有.txt")]) == 2
    assert capfdbinary.readouterr().out == b""


def test_a_text_without_numbers(tmp_path) -> None:  # type: ignore[no-untyped-def]
    reading = pipeline.read_bytes("加强技术转移。".encode(), "一份.txt")
    assert reasons.text(reading, pipeline.explain(reading)).endswith("：0 个数字。\n")
    with pytest.raises(InputError, match="这里没有数字，请去掉 --at 列出全部数字"):
        pipeline.explain(reading, 3)


def test_sureness_in_words() -> None:
    assert (sureness(0.923), sureness(0.999), sureness(0.0), sureness(None)) == ("92%", "99%", "1%", BY_RULE)


def test_signs_in_one_cell(every: dict[str, Explained]) -> None:
    one = every["100家"]
    assert one.row is not None
    cell = titles(one.row.evidence)
    assert cell.startswith("支持：")
    assert titles(()) == ""
