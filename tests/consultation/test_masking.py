"""What is published names nobody and reaches nobody. All names and numbers are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.consultation.comments import SenderType
from analysis.consultation.masking import masked_sender, masked_text


@pytest.mark.parametrize(
    ("sender", "kind", "shown"),
    [
        ("朱丽华", SenderType.CITIZEN, "朱**"),
        ("欧阳若溪", SenderType.CITIZEN, "欧阳**"),
        ("吴倩女士", SenderType.CITIZEN, "吴**"),
        ("买买提·艾力", SenderType.CITIZEN, "买**"),
        ("青衣云帆生物科技有限公司", SenderType.ENTERPRISE, "某企业"),
        ("岷山大学 褚敏", SenderType.UNIVERSITY, "某高校院所 褚**"),
        ("省某厅政策法规处", SenderType.DEPARTMENT, "某部门"),
        ("青溪市财政局", SenderType.DEPARTMENT, "某部门"),
        ("用户60048", SenderType.UNKNOWN, "匿名"),
        ("网友", SenderType.CITIZEN, "匿名"),
        ("***", SenderType.UNKNOWN, "匿名"),
        ("", SenderType.UNKNOWN, "匿名"),
        ("Smith", SenderType.UNKNOWN, "某单位"),
    ],
)
def test_a_person_keeps_the_surname_and_a_body_its_kind(sender: str, kind: SenderType, shown: str) -> None:
    assert masked_sender(sender, kind) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("我的电话19950000777，请回复。", "我的电话***，请回复。"),
        ("电话：199-5000-0777", "电话：***"),
        ("座机028-86000000或（0816）2200000", "座机***或***"),
        ("请回邮件到 zpfhvk76@example.com。", "请回邮件到 ***。"),
        ("身份证51010019900101123X", "身份证***"),
        ("电话１９９５００００７７７", "电话***"),
        ("微信：zhuli_hua88，QQ：123456789", "微信***，QQ***"),
        ("联系人：吴倩", "联系人***"),
        ("见 https://example.com/a?b=1，谢谢", "见 ***，谢谢"),
    ],
)
def test_what_reaches_somebody_goes(text: str, shown: str) -> None:
    assert masked_text(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "技术合同成交额4000亿元，补助100万元，2024年10月18日至2024年11月17日。",
        "国发〔2016〕16号第二条",
        "由5000万元降到200万元，分3档，每档10000000元",
        "第（９）项“３％”建议写明。",
        "联系人制度应当取消，微信群也要公开",
    ],
)
def test_figures_that_reach_nobody_stay(text: str) -> None:
    assert masked_text(text) == text


def test_the_own_names_of_a_sender_go_from_the_words() -> None:
    shown = masked_text("我公司青衣云帆生物科技有限公司建议提高比例。褚敏", "青衣云帆生物科技有限公司 褚敏")
    assert shown == "我公司***建议提高比例。***"


@given(st.text(max_size=200), st.text(alphabet="朱丽华欧阳 大学公司*", max_size=12))
def test_masking_twice_changes_nothing_more(text: str, sender: str) -> None:
    once = masked_text(text, sender)
    assert masked_text(once, sender) == once
