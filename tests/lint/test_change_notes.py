"""What a change does to strength, numbers, scope and conditions, in a sentence each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.lint.change_notes import notes
from analysis.lint.changed_words import runs

AROUND = "省级财政对通过评审的成果转化项目安排专项资金，由科技主管部门组织实施并接受社会监督"


def said(first: str, second: str) -> tuple[str, ...]:
    return notes(*runs(f"{AROUND}。{first}。", f"{AROUND}。{second}。"))


@pytest.mark.parametrize(
    ("first", "second", "note"),
    [
        ("企业可以申请补助", "企业应当申请补助", "力度：由“可以”改为“应当”，要求加严。"),
        ("企业应当申请补助", "企业可以申请补助", "力度：由“应当”改为“可以”，要求放宽。"),
        ("企业应当申请补助", "企业必须申请补助", "力度：由“应当”改为“必须”，要求加严。"),
        ("鼓励高校建立机构", "高校必须建立机构", "力度：由“鼓励”改为“必须”，要求加严。"),
        ("单位应按期报送", "单位可按期报送", "力度：由“应”改为“可”，要求放宽。"),
        ("按照规定报送", "原则上按照规定报送", "力度：增加“原则上”，要求放宽。"),
        ("原则上按照规定报送", "按照规定报送", "力度：删去“原则上”，要求加严。"),
        ("逾期不得受理", "逾期受理", "力度：删去“不得”，要求放宽。"),
        ("企业应当报送材料", "企业报送材料", "力度：删去“应当”。"),
    ],
)
def test_words_of_strength(first: str, second: str, note: str) -> None:
    assert said(first, second) == (note,)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("响应企业需求，供应材料", "响应单位需求，供应材料"),  # 应 inside other words
        ("纳入一般公共预算安排", "纳入公共预算安排"),
        ("企业可以申请，高校应当配合", "高校应当配合，企业可以申请"),  # moved
        ("建设平台", "建设平台。鼓励社会力量参与各项建设，引导金融机构提供多种信贷支持和服务"),  # a sentence more
    ],
)
def test_no_change_of_strength(first: str, second: str) -> None:
    assert not [note for note in said(first, second) if note.startswith("力度")]


@pytest.mark.parametrize(
    ("first", "second", "note"),
    [
        ("补助10万元", "补助20万元", "数值：由“10万元”改为“20万元”。"),
        ("补助不超过10万元", "补助10万元", "数值：由“不超过10万元”改为“10万元”。"),
        ("培育50家机构", "培育50家以上机构", "数值：由“50家”改为“50家以上”。"),
        ("在15个工作日内答复", "在10日内答复", "数值：由“15个工作日”改为“10日”。"),
        ("在十五个工作日内答复", "在二十个工作日内答复", "数值：由“十五个工作日”改为“二十个工作日”。"),
        ("提取百分之五十奖励", "提取百分之七十奖励", "数值：由“百分之五十”改为“百分之七十”。"),
        ("占三分之一", "占三分之二", "数值：由“三分之一”改为“三分之二”。"),
        ("有效期为三年", "有效期为五年", "数值：由“三年”改为“五年”。"),
        ("到2025年建成10家中心", "到2027年建成20家中心", "数值：由“2025年”改为“2027年”，由“10家”改为“20家”。"),
        ("达到1,000万元", "达到2000万元", "数值：由“1000万元”改为“2000万元”。"),
        ("补助资金", "补助资金5万元", "数值：增加“5万元”。"),
        ("按5%—10%补助", "按5%—15%补助", "数值：由“5%—10%”改为“5%—15%”。"),
    ],
)
def test_numbers(first: str, second: str, note: str) -> None:
    assert said(first, second) == (note,)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("达到1,000万元", "达到1000万元"),  # another way to write it
        ("落实第十三条的规定", "落实第十四条的规定"),  # the number of an article
        ("贯彻二届六次全会精神", "贯彻全会精神"),
        ("建设10家，培育20家", "培育20家，建设10家"),
        ("建设一批平台", "建设平台"),
    ],
)
def test_no_change_of_numbers(first: str, second: str) -> None:
    assert not [note for note in said(first, second) if note.startswith("数值")]


@pytest.mark.parametrize(
    ("first", "second", "notes_of"),
    [
        ("面向全省征集", "面向全国征集", ("范围：由“全省”改为“全国”。",)),
        ("支持民营企业申报", "支持企业申报", ("范围：删去“民营企业”。",)),
        ("支持高校申报", "支持高等学校申报", ()),
        ("支持高校申报，高校可以自筹", "支持高校申报，学校可以自筹", ()),
        ("符合下列条件的，给予补助", "给予补助", ("条件：删去“符合下列条件的”。",)),
        ("给予补助", "取得登记证明的，给予补助", ("条件：增加“取得登记证明的”。",)),
        ("经省科技厅审核后，拨付资金", "经专家评审后，拨付资金", ("条件：由“经省科技厅审核后”改为“经专家评审后”。",)),
        ("对省内企业给予补助", "对国内外企业给予补助", ("范围：由“省内”改为“国内外企业”，范围扩大。",)),
        ("对企业给予补助", "对在本省登记注册的企业给予补助", ("范围：增加“在本省登记注册”，范围缩小。",)),
        ("给予一次性奖励", "给予奖励", ("条件：删去“一次性”，条件放宽。",)),
        ("按合同给予补助", "按合同给予补助，不重复享受", ("条件：增加“不重复享受”，条件加严。",)),
        ("与卖方无关联关系的企业，可以申请", "企业可以申请", ("条件：删去“无关联关系”，条件放宽。",)),
        ("一次性告知", "告知", ()),  # no limit
        ("省内外企业均可申请", "企业均可申请", ("范围：删去“省内外企业”。",)),  # open before and after
        ("年收入达到100万元的，给予补助", "年收入达到200万元的，给予补助", ("数值：由“100万元”改为“200万元”。",)),
    ],
)
def test_scope_and_conditions(first: str, second: str, notes_of: tuple[str, ...]) -> None:
    assert said(first, second) == notes_of


def test_a_provision_that_was_written_anew_says_so_and_names_its_numbers() -> None:
    first = "建立覆盖各市的技术转移网络，培育示范机构20家，鼓励高校设立转移中心"
    second = "到2030年，保险、银行等单位应当为初创团队开发合适的产品，户均授信50万元"
    assert notes(*runs(first, second)) == (
        "数值：删去“20家”，增加“2030年”、“50万元”。",
        "文字：整条改写，两稿相同的字不多。",
    )


def test_of_many_numbers_the_first_are_named() -> None:
    (note,) = said("建设平台", "建设平台：" + "、".join(f"第{at}类补助{at}万元" for at in range(1, 11)))
    assert note == "数值：增加“1万元”、“2万元”、“3万元”、“4万元”、“5万元”、“6万元”等。"


PIECES = st.text(st.sampled_from("可以应当必须鼓励原则上10万元年，。；的后经符合条件全省高校\n"), max_size=60)


@given(PIECES, PIECES)
def test_each_note_is_one_sentence_of_its_kind(first: str, second: str) -> None:
    found = notes(*runs(first, second))
    assert [note for note in found if not (note.endswith("。") and note.count("。") == 1 and "\n" not in note)] == []
    kinds = [note.split("：")[0] for note in found]
    assert kinds == [kind for kind in ("力度", "数值", "范围", "条件", "文字") if kind in kinds]


@given(PIECES)
def test_what_did_not_change_needs_no_note(text: str) -> None:
    assert notes(*runs(text, text)) == ()
