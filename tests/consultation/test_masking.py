"""What is published names nobody and reaches nobody. All names and numbers are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.consultation.comments import SenderType
from analysis.consultation.masking import covered_text, doubtful, masked_sender, masked_text


@pytest.mark.parametrize(
    ("sender", "kind", "shown"),
    [
        ("朱丽华", SenderType.CITIZEN, "朱**"),
        ("欧阳若溪", SenderType.CITIZEN, "欧阳**"),
        ("歐陽若溪", SenderType.CITIZEN, "欧阳**"),
        ("吴倩女士", SenderType.CITIZEN, "吴**"),
        ("王工程师", SenderType.CITIZEN, "王**"),
        ("买买提·艾力", SenderType.CITIZEN, "买**"),
        ("阿布都热合曼•买买提江", SenderType.CITIZEN, "阿**"),
        ("John Smith", SenderType.CITIZEN, "J**"),
        ("张三（法定代表人）", SenderType.CITIZEN, "张**"),
        ("法定代表人：张三", SenderType.CITIZEN, "张**"),
        ("王先生 13800000000", SenderType.CITIZEN, "王**"),
        ("张三（成都市锦江区红星路12号）", SenderType.CITIZEN, "张**"),
        ("张三、李四等12人", SenderType.CITIZEN, "张** 等"),
        ("青衣云帆生物科技有限公司", SenderType.ENTERPRISE, "某企业"),
        ("青衣公司（联系人：张三 13800000000）", SenderType.ENTERPRISE, "某企业"),
        ("成都张三商贸有限公司", SenderType.ENTERPRISE, "某企业"),
        ("岷山大学 褚敏", SenderType.UNIVERSITY, "某高校院所 褚**"),
        ("中国石油大学（华东）", SenderType.UNIVERSITY, "某高校院所"),
        ("省某厅政策法规处", SenderType.DEPARTMENT, "某部门"),
        ("青溪市财政局", SenderType.DEPARTMENT, "某部门"),
        ("青溪专利代理人联谊会", SenderType.UNKNOWN, "某单位"),
        ("企业", SenderType.ENTERPRISE, "某企业"),
        ("高校教师", SenderType.CITIZEN, "个人"),
        ("一名普通市民", SenderType.CITIZEN, "个人"),
        ("用户60048", SenderType.UNKNOWN, "匿名"),
        ("网友", SenderType.CITIZEN, "匿名"),
        ("***", SenderType.UNKNOWN, "匿名"),
        ("", SenderType.UNKNOWN, "匿名"),
        ("tech@example.com", SenderType.UNKNOWN, "匿名"),
        ("愤怒的小鸟", SenderType.UNKNOWN, "匿名"),
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
        ("电话：86000000", "电话：***"),
        ("138\u200b0000\u200b0000", "***"),
        ("一三八零零零零零零零零", "***"),
        ("请回邮件到 zpfhvk76@example.com。", "请回邮件到 ***。"),
        ("zhang艾特163点com，或zhang(at)example.com", "***，或***"),
        ("zhang＠１６３．ｃｏｍ", "***"),
        ("身份证51010019900101123X", "身份证***"),
        ("身份证 5101 0019 9001 0112 3X", "身份证 ***"),
        ("账号6222 0200 0000 0000 000", "账号***"),
        ("电话１９９５００００７７７，微信同号", "电话***，微信同号"),
        ("微信：zhuli_hua88，QQ：123456789", "微信：***，QQ：***"),
        ("加V zhang123", "加V ***"),
        ("联系人：吴倩", "联系人：***"),
        ("聯繫人：吳倩", "聯繫人：***"),
        ("法定代表人张三，我公司", "法定代表人***，我公司"),
        ("我叫王小明，王小明认为太低。", "我叫***，***认为太低。"),
        ("请联系张小三先生", "请联系***先生"),
        ("我住成都市锦江区红星路三段12号302室，盼复", "我住***，盼复"),
        ("某路12号302室", "***"),
        ("青溪村三组18号的农户", "***的农户"),
        ("建议提高。此致\n敬礼\n张三\n2024年10月1日", "建议提高。此致\n敬礼\n***"),
        ("建议提高。\n青衣云帆公司\n2024年10月1日", "建议提高。\n***\n2024年10月1日"),
        ("请考虑。张三 2024.10.1", "请考虑。*** 2024.10.1"),
        ("希望采纳。——李四", "希望采纳。——***"),
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
        "法定代表人应当承担责任，负责人任期三年。",
        "我是高校教师，于2020年入职。我是农民，我是党员。",
        "本办法自2024年10月1日起施行，有效期5年。",
        "单位和女士都应平等，高校教授、项目经理一视同仁。",
        "参照 GB/T 9704-2012 第3.5.1条，T/CAS 500-2021",
        "到2027年，培养8000人以上；建设3栋孵化楼",
    ],
)
def test_figures_and_words_that_reach_nobody_stay(text: str) -> None:
    assert masked_text(text) == text


@pytest.mark.parametrize(
    ("text", "sender", "shown"),
    [
        ("我公司青衣云帆生物科技有限公司建议。褚敏", "青衣云帆生物科技有限公司 褚敏", "我公司***建议。***"),
        ("我公司青衣云帆公司建议", "成都青衣云帆生物科技有限公司", "我公司***建议"),
        ("歐陽若溪認為太低", "欧阳若溪", "***認為太低"),
        ("张三建议提高", "张三（法定代表人）", "***建议提高"),
        # words that any sender could have are nobody's name
        ("企业应当承担责任", "企业", "企业应当承担责任"),
        ("法定代表人应当承担责任", "张三（法定代表人）", "法定代表人应当承担责任"),
        ("创新科技成果", "成都创新有限公司", "创新科技成果"),
    ],
)
def test_the_own_names_of_a_sender_go_from_the_words(text: str, sender: str, shown: str) -> None:
    assert masked_text(text, sender) == shown


def test_words_that_only_a_reader_can_tell_are_named() -> None:
    assert doubtful("听王明义教授说，我公司成立于1998年") == ("王明义教授", "我公司成立")
    assert doubtful("建议提高比例。") == ()


_PIECES = st.sampled_from(
    [
        "张三",
        "联系人：",
        "我叫",
        "电话",
        "13800000000",
        "红星路12号",
        "，",
        "。",
        "\n",
        "2024年10月1日",
        "此致敬礼",
        "a@b.com",
        "青衣公司",
        " ",
    ]
)


@given(
    st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=12).map("".join)),
    st.text("朱丽华欧阳 大学公司*", max_size=12),
)
def test_masking_twice_changes_nothing_more(text: str, sender: str) -> None:
    once = masked_text(text, sender)
    assert masked_text(once, sender) == once


@given(st.lists(_PIECES, max_size=12).map("；".join))
def test_what_is_covered_keeps_the_place_of_every_other_word(text: str) -> None:
    covered = covered_text(text, "张三")
    assert len(covered) == len(text)
    assert all(shown in (word, "*") for shown, word in zip(covered, text, strict=True))
    assert "13800000000" not in covered
    assert "张三" not in covered
