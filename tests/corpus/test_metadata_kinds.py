"""What kind of text a document is: the cues and their examples, made-up texts, and agreement with annotators."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from from_text import card_of, text_in
from hypothesis import given
from hypothesis import strategies as st
from places import DOCUMENTS, GOLD, SHARED

from analysis.corpus.documents import document, read_card
from analysis.corpus.kind import kind_of
from analysis.corpus.metadata import with_kind
from analysis.grammar import grammar
from analysis.grammar.vocabularies import KindCue
from analysis.model import Card, Edition, InputError, TextKind

EDITION = Edition("a.txt", "网页", "0" * 64)


@pytest.mark.parametrize("cue", grammar().kind_cues, ids=lambda cue: cue.id)
def test_cues_and_examples_prove_each_other(cue: KindCue) -> None:
    assert not [example for example in cue.examples if not cue.regex.search(example)]
    assert not [negative for negative in cue.not_ if cue.regex.search(negative)]


def test_every_kind_but_unknown_has_cues_and_names_are_used_once() -> None:
    assert {cue.kind for cue in grammar().kind_cues} == set(TextKind) - {TextKind.UNKNOWN}
    assert len({cue.id for cue in grammar().kind_cues}) == len(grammar().kind_cues)


TEXTS = {
    TextKind.STATUTE: "某省促进技术转移条例\n2020年1月1日某省第十届人民代表大会常务委员会第七次会议通过\n"
    "第一条 为了促进转移，制定本条例。\n第二条 违反本条例的，处一万元以下罚款。",
    TextKind.NORMATIVE: "某市技术交易补助办法（试行）\n第一条 为规范补助，制定本办法。\n"
    "第二条 对吸纳方给予最高50万元补助。",
    TextKind.PLAN: "某省技术市场行动方案（2024—2026年）\n一、总体要求\n二、主要目标\n到2026年，成交额达到900亿元。",
    TextKind.CALL: "关于组织2024年度技术交易后补助申报的通知\n各有关单位：\n现将有关事项通知如下：\n一、申报条件\n"
    "申报单位应具备以下条件：年成交额300万元以上。",
    TextKind.NEWS: "某省技术合同成交额突破500亿元\n本报讯（记者 张三）1月15日，记者从省科技厅获悉，"
    "2023年成交额达512亿元，同比增长12%。",
    TextKind.ANSWERS: "《某省技术交易补助办法》政策问答\n问：哪些单位可以申请？\n答：年成交额300万元以上的单位。",
    TextKind.SUMMARY: "某市科技局2024年工作总结\n一、2024年工作情况\n全年完成登记500项，比上年增长12%。",
}


@pytest.mark.parametrize("kind", TEXTS)
def test_one_text_of_each_kind(kind: TextKind) -> None:
    card = card_of(TEXTS[kind])
    assert card.kind is kind
    assert dict(card.inferred)["kind"]


@pytest.mark.parametrize("kind", TEXTS)
def test_the_words_it_was_read_from_stand_in_the_text(kind: TextKind) -> None:
    lines = TEXTS[kind].split("\n")
    found = kind_of(lines, lines[:1])
    assert found is not None
    quoted = found.why.split("“")[1].split("”")[0].rstrip("…")
    assert quoted.replace(" ", "") in TEXTS[kind].replace("\n", "").replace(" ", "")


def test_what_only_looks_like_news_is_none() -> None:
    """A plan that says 日前 for a deadline, a letter that names a newspaper's prize: neither is a report."""
    plan = "某市行动方案\n一、工作目标\n请于2025年7月31日前报送。到2026年，新增企业100家。\n二、重点任务"
    assert card_of(plan).kind is TextKind.PLAN
    draft = "关于支持技术转移的若干措施（征求意见稿）\n一、支持平台。对新认定的平台给予100万元奖励。"
    assert card_of(draft).kind is TextKind.NORMATIVE


def test_a_report_about_a_plan_is_news_and_not_the_plan() -> None:
    report = "近日，某省政府办公厅印发《某省技术转移行动方案》。《方案》提出，到2026年，成交额达到900亿元。"
    assert card_of(report).kind is TextKind.NEWS


def test_a_file_name_is_asked_where_the_text_is_silent() -> None:
    card = card_of("技术合同成交额为三百项。", "某市科技局2024年工作总结.txt")
    assert card.kind is TextKind.SUMMARY
    assert "文件名" in dict(card.inferred)["kind"]
    assert card_of("技术合同成交额为三百项。", "未命名.txt").kind is TextKind.UNKNOWN


@given(st.text(max_size=200))
def test_any_text_has_a_kind_or_none(text: str) -> None:
    found = kind_of(text.split("\n"))
    assert found is None or (found.why and found.kind is not TextKind.UNKNOWN)


def _card(root: Path, line: str) -> Path:
    words = (
        f'title = "某方案"\nregion_code = "510000"\nregion = "四川"\nlevel = "province"\nstatus = "unknown"\n{line}\n'
    )
    edition = f'[[editions]]\nfile = "a.txt"\nlabel = "网页"\nsha256 = "{"0" * 64}"\n'
    folder = root / "someplace"
    folder.mkdir()
    (folder / "card.toml").write_text(words + edition, encoding="utf-8")
    return folder


def test_a_card_may_state_the_kind(tmp_path: Path) -> None:
    assert read_card(_card(tmp_path, 'kind = "news"')).kind is TextKind.NEWS


def test_a_card_that_is_silent_gets_the_kind_of_its_text(tmp_path: Path) -> None:
    card = read_card(_card(tmp_path, ""))
    assert card.kind is TextKind.UNKNOWN
    read = with_kind(document(card, EDITION, TEXTS[TextKind.PLAN])).card
    assert read.kind is TextKind.PLAN
    assert dict(read.inferred)["kind"]
    stated = Card("a", "某方案", kind=TextKind.NEWS)
    assert with_kind(document(stated, EDITION, TEXTS[TextKind.PLAN])).card == stated


def test_a_card_with_a_strange_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="不认识"):
        read_card(_card(tmp_path, 'kind = "novel"'))


@pytest.mark.parametrize("slug", ["beijing-2022", "heilongjiang-2017", "sichuan-2018", "sichuan-2024"])
def test_the_seeds_are_read_as_their_cards_say(slug: str) -> None:
    card = read_card(DOCUMENTS / slug)
    for edition in card.editions:
        assert card_of(text_in(DOCUMENTS / slug / edition.file), edition.file).kind is card.kind


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the texts are not kept with the project; absent: {SHARED}")
def test_other_peoples_texts_are_of_the_kind_that_annotators_say(say: Callable[[str], None]) -> None:
    """Read from the words alone: the names of the files were given by annotators and say too much."""
    wrong: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for row in csv.DictReader((GOLD / "kinds.csv").open(encoding="utf-8")):
        places = [SHARED / part / "texts" / f"{row['document']}.txt" for part in ("dev", "dev2")]
        path = next((place for place in places if place.is_file()), None)
        if path is None:
            continue
        kind = card_of(text_in(path)).kind
        (right if kind == row["kind"] else wrong)[row["kind"]] += 1
    total = right.total() + wrong.total()
    parts = "，".join(f"{kind} {right[kind]}/{right[kind] + wrong[kind]}" for kind in sorted({*right, *wrong}))
    say(f"kind of text: {right.total()} of {total} as annotated ({parts})")
    assert right.total() >= 0.92 * total
