"""Who receives: names as written, their classes, lists that share out sums; and agreement with what people read."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places import CASES, GOLD, PROJECT, SHARED
from test_extract import BODY, read

from analysis.extract.receivers import receiver_of
from analysis.grammar import grammar
from analysis.model import Receiver
from analysis.pipeline import load_corpus, read_path, score_gold
from analysis.score import gold_documents
from analysis.score.count import FILE, agreement, read_classes

LISTED = tomllib.loads((CASES / "receivers.toml").read_text(encoding="utf-8"))["case"]

absent = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the texts are not kept with the project; absent: {SHARED}")


@pytest.mark.parametrize("case", LISTED, ids=lambda case: case["why"])
def test_names_and_classes(case: dict[str, object]) -> None:
    _, found = read(BODY + str(case["text"]))
    said = dict.fromkeys((i.beneficiary, i.receiver.value) for i in found.incentives if i.quantified)
    assert [list(each) for each in said] == case["who"]


def test_each_sum_has_its_own_case() -> None:
    _, found = read(
        f"{BODY}企业首次通过认定的奖励20万元，重新认定的奖励10万元。对获批国家、省实验室的，分别给予50万元、20万元。"
    )
    cases = [incentive.trigger for incentive in found.incentives]
    assert cases == ["企业首次通过认定", "重新认定", "获批国家实验室", "获批省实验室"]
    _, share = read(f"{BODY}企业可获合同金额20%的补助。")
    assert share.incentives[0].trigger == ""  # a share is no case


@settings(max_examples=300)
@given(st.text("对新认定的国家省市级、和，；的（）企业机构一二等奖分别给予每10万元5%", max_size=60))
def test_any_words_are_read_without_a_fault(words: str) -> None:
    for incentive in read(BODY + words)[1].incentives:
        assert incentive.beneficiary


@pytest.mark.parametrize(
    ("name", "around", "receiver"),
    [
        ("国家重点实验室", (), Receiver.PLATFORM),
        ("企业技术中心", (), Receiver.PLATFORM),
        ("高校技术转移机构", (), Receiver.AGENCY),
        ("新型研发机构", (), Receiver.NEW_RD),
        ("双创载体和科技服务机构", (), Receiver.INCUBATOR),  # what is listed first
        ("大学科技园", (), Receiver.INCUBATOR),
        ("入驻大学科技园的企业", (), Receiver.ENTERPRISE),
        ("高新技术企业", (), Receiver.HIGH_TECH),
        ("高新技术企业引进的博士", (), Receiver.TALENT),
        ("获得银行贷款的科技型中小企业", (), Receiver.TECH_SME),
        ("企业事业单位", (), Receiver.ENTERPRISE),
        ("科研事业单位", (), Receiver.UNIVERSITY),
        ("购买成果的高新技术企业", (), Receiver.BUYER),
        ("企业", ("企业购买科技成果的，",), Receiver.BUYER),
        ("企业", ("企业购买科技服务的，",), Receiver.ENTERPRISE),
        (
            "企业",
            ("按研发投入的10%，", "支持企业吸纳科技成果，"),
            Receiver.BUYER,
        ),
        ("规模以上工业企业", ("购买科技成果",), Receiver.ENTERPRISE),  # no name that could be anybody
        ("作出突出贡献的单位和个人", (), Receiver.HONOURED),
        ("技术合同认定登记服务机构", (), Receiver.REGISTRATION_BODY),
        ("省级（国家级）“众创空间”", (), Receiver.INCUBATOR),
        ("技术转移机构（技术经纪人）", (), Receiver.AGENCY),
        ("技术经纪（理）人", (), Receiver.TECHNOLOGY_MANAGER),
        ("首台（套）产品", (), Receiver.FIRST_SET),
        ("高校（技术输出方）", (), Receiver.SELLER),
        ("某种不知道的对象", (), Receiver.OTHER),
        ("", (), Receiver.OTHER),
    ],
)
def test_what_one_is_stands_at_the_end_and_what_one_does_anywhere(
    name: str, around: tuple[str, ...], receiver: Receiver
) -> None:
    assert receiver_of(name, *around) is receiver


def test_every_class_has_a_name_and_the_rest_stands_last() -> None:
    assert {entry.id for entry in grammar().receivers} == set(Receiver)
    assert grammar().receivers[-1].id == Receiver.OTHER == list(Receiver)[-1]
    assert {entry.where for entry in grammar().receivers} == {"head", "name", "deed", "person", "last"}


def test_annotated_classes_hold_no_words_and_name_known_classes() -> None:
    with (GOLD / FILE).open(encoding="utf-8", newline="") as lines:
        assert next(csv.reader(lines)) == ["document", "line", "receiver"]
    assert len(read_classes(GOLD / FILE)) > 300


@absent
@pytest.mark.parametrize(("folder", "classes", "names"), [("dev", 0.87, 0.82), ("dev2", 0.87, 0.86)])
def test_class_and_name_agree_with_what_people_read(
    folder: str, classes: float, names: float, say: Callable[[str], None]
) -> None:
    told = agreement(score_gold(SHARED / folder, load_corpus(PROJECT / "policy_corpus")).incentives.pairs)
    say(f"{folder}：找到的 {told.found} 条激励中，类别相符 {told.same_class}，名称相符 {told.same_name}")
    assert told.same_class >= classes * told.found
    assert told.same_name >= names * told.found


@absent
def test_under_a_tenth_stay_in_the_rest_class(say: Callable[[str], None]) -> None:
    readings = list(load_corpus(PROJECT / "policy_corpus").readings)
    for folder in ("dev", "dev2"):
        readings += [read_path(path) for _, path in gold_documents(SHARED / folder) if path is not None]
    found = Counter(str(incentive.receiver) for reading in readings for incentive in reading.incentives)
    share = found[Receiver.OTHER] / found.total()
    say(
        f"激励 {found.total()} 条，其他对象 {share:.3f}：" + "，".join(f"{name} {n}" for name, n in found.most_common())
    )
    assert found[Receiver.OTHER] < 0.1 * found.total()
