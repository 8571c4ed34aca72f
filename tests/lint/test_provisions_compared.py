"""Two versions of a text: every provision in one row, and what became of each told apart."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from drafts import draft_from
from hostile import PIECES
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.lint.changed_words import runs
from analysis.lint.provisions import Provision, closed_up, provisions, subject
from analysis.lint.versions import Fate, Row, compare_provisions, compare_versions

SENTENCES = (
    "省科技厅负责统筹全省科技成果转化工作，建立部门会商机制",
    "设立科技成果转化引导基金，吸引社会资本参与早期投资",
    "鼓励高等院校建立专业化技术转移机构，配备专职人员",
    "对登记的技术合同，按实际成交额的百分之三给予补助",
    "完善技术经理人职称评审制度，把服务业绩作为主要依据",
    "推动大型科研仪器向社会开放，收取的费用纳入单位预算",
    "加强知识产权保护，健全维权援助和快速处置机制",
    "每年组织不少于二十场校企对接活动，公布企业技术需求清单",
    "建设一批概念验证中心和中试基地，降低成果转化风险",
    "开展赋予科研人员职务科技成果所有权试点，简化审批程序",
    "将成果转化绩效纳入高校院所年度考核，考核结果与经费挂钩",
    "支持保险机构开发科技保险产品，分担企业研发风险",
)
NUMBERS = "一二三四五六七八九十"


def numbered(bodies: Sequence[str]) -> str:
    return "某省实施意见\n" + "".join(f"（{NUMBERS[at]}）{body}。\n" for at, body in enumerate(bodies))


def compared(old: Sequence[str], new: Sequence[str]) -> tuple[Row, ...]:
    return compare_versions(draft_from(numbered(old)), draft_from(numbered(new)))


def fates(rows: Sequence[Row]) -> list[str]:
    return [row.fate.value for row in rows]


def the(rows: Sequence[Row], fate: Fate) -> Row:
    (row,) = [row for row in rows if row.fate is fate]
    return row


def assert_whole(rows: Sequence[Row], before: Sequence[Provision], after: Sequence[Provision]) -> None:
    """Every provision of both versions stands in exactly one row, and the runs of a side are its text."""
    assert sorted(one.index for row in rows for one in row.old) == list(range(len(before)))
    assert sorted(one.index for row in rows for one in row.new) == list(range(len(after)))
    for row in rows:
        assert "".join(run.words for run in row.old_runs) == "\n".join(one.text for one in row.old)
        assert "".join(run.words for run in row.new_runs) == "\n".join(one.text for one in row.new)
        assert (row.fate is Fate.ADDED) == (not row.old)
        assert (row.fate is Fate.DELETED) == (not row.new)
        assert (len(row.old), len(row.new)).count(1) or not (row.old and row.new)
        for note in row.notes:
            assert note.endswith("。")
            assert note.count("。") == 1
    news = [row.new[0].index for row in rows if row.new]
    assert news == sorted(news)


# Kept, moved, changed -------------------------------------------------------------------------------------------------


def test_the_same_text_is_kept_throughout() -> None:
    assert set(fates(compared(SENTENCES[:6], SENTENCES[:6]))) == {"kept"}


def test_a_number_that_changes_because_one_was_inserted_is_kept() -> None:
    rows = compared(SENTENCES[:4], [SENTENCES[0], SENTENCES[7], *SENTENCES[1:4]])
    assert fates(rows) == ["kept", "added", "kept", "kept", "kept"]
    assert [(row.old[0].path, row.new[0].path) for row in rows if row.old][1:] == [
        ("（二）", "（三）"),
        ("（三）", "（四）"),
        ("（四）", "（五）"),
    ]
    assert not any(row.moved for row in rows)


def test_a_provision_taken_elsewhere_has_moved_and_the_others_have_not() -> None:
    order = [1, 2, 3, 0, 4]
    rows = compared(SENTENCES[:5], [SENTENCES[at] for at in order])
    assert fates(rows) == ["kept", "kept", "kept", "moved", "kept"]
    assert the(rows, Fate.MOVED).old[0].text.startswith(SENTENCES[0])


def test_words_that_changed_are_set_apart() -> None:
    changed = SENTENCES[3].replace("百分之三", "百分之五")
    row = the(compared(SENTENCES[:5], [*SENTENCES[:3], changed, SENTENCES[4]]), Fate.CHANGED)
    assert [run.words for run in row.old_runs if not run.same] == ["百分之三"]
    assert [run.words for run in row.new_runs if not run.same] == ["百分之五"]
    assert row.notes == ("数值：由“百分之三”改为“百分之五”。",)


def test_what_moved_and_changed_says_both() -> None:
    changed = SENTENCES[0].replace("会商", "联席会议")
    row = the(compared(SENTENCES[:5], [*SENTENCES[1:5], changed]), Fate.CHANGED)
    assert row.moved


def test_blanks_and_full_or_half_width_are_no_change() -> None:
    old = "一、目标\n到 2027 年，建成 10 家中心。\n"
    new = "一、目标\n到2027年,建成10家中心。\n"
    assert fates(compare_versions(draft_from(old), draft_from(new))) == ["kept"]


# Added, deleted, merged, split ----------------------------------------------------------------------------------------


def test_what_is_gone_stands_where_it_stood() -> None:
    rows = compared(SENTENCES[:4], [SENTENCES[0], *SENTENCES[2:4]])
    assert fates(rows) == ["kept", "deleted", "kept", "kept"]
    assert fates(compared(SENTENCES[:3], SENTENCES[1:3])) == ["deleted", "kept", "kept"]
    assert fates(compared(SENTENCES[:3], SENTENCES[:2])) == ["kept", "kept", "deleted"]


def test_two_that_became_one_are_merged() -> None:
    rows = compared(SENTENCES[:4], [SENTENCES[0], f"{SENTENCES[1]}。{SENTENCES[2]}", SENTENCES[3]])
    assert fates(rows) == ["kept", "merged", "kept"]
    assert [one.path for one in the(rows, Fate.MERGED).old] == ["（二）", "（三）"]


def test_three_that_became_one_are_merged_even_when_none_of_them_is_like_it() -> None:
    rows = compared(SENTENCES[:7], [*SENTENCES[:3], "。".join(SENTENCES[3:7])])
    assert [one.path for one in the(rows, Fate.MERGED).old] == ["（四）", "（五）", "（六）", "（七）"]


def test_one_that_became_two_was_split() -> None:
    rows = compared([SENTENCES[0], f"{SENTENCES[1]}。{SENTENCES[2]}", SENTENCES[3]], SENTENCES[:4])
    assert fates(rows) == ["kept", "split", "kept"]
    assert [one.path for one in the(rows, Fate.SPLIT).new] == ["（二）", "（三）"]


def test_what_is_new_on_the_same_subject_was_not_split_off() -> None:
    new = "技术转移机构的人员培训由省技术市场协会组织，培训费用由单位承担"
    assert fates(compared(SENTENCES[:4], [*SENTENCES[:4], new])) == [*["kept"] * 4, "added"]


def test_another_text_altogether_shares_nothing() -> None:
    rows = compared(SENTENCES[:4], SENTENCES[6:10])
    assert Counter(fates(rows)) == {"deleted": 4, "added": 4}


# Headings and provisions ----------------------------------------------------------------------------------------------


def test_headings_that_are_alike_pair_sections_whose_texts_differ_much() -> None:
    old = f"一、总体要求\n{SENTENCES[0]}。\n二、人才队伍建设\n{SENTENCES[4]}。\n三、保障措施\n{SENTENCES[10]}。\n"
    new = f"一、总体要求\n{SENTENCES[8]}。\n二、加强人才队伍建设\n{SENTENCES[2]}。\n三、保障措施\n{SENTENCES[6]}。\n"
    rows = compare_versions(draft_from(old), draft_from(new))
    assert fates(rows) == ["changed"] * 3
    assert all(row.notes[-1].startswith("文字：整条改写") for row in rows)


def test_the_paragraph_before_the_first_number_is_held_against_its_like() -> None:
    old = f"某省意见\n为了做好工作，制定本意见。\n一、目标\n{SENTENCES[0]}。\n"
    new = f"某省意见\n为贯彻落实国务院有关部署，结合我省实际，特制定如下措施。\n一、目标\n{SENTENCES[0]}。\n"
    assert fates(compare_versions(draft_from(old), draft_from(new))) == ["changed", "kept"]


def test_headings_that_differ_in_what_is_to_be_done_alone_are_on_one_subject() -> None:
    old = "　　一、任务\n　　（一）发展技术转移机构。支持高校院所设立内设部门，配备专职人员，负责成果评价。\n"
    new = "　　一、任务\n　　（一）建强一批技术转移机构。遴选示范单位给予运行补助，实行星级评定。\n"
    fates = {row.fate for row in compare_versions(draft_from(old), draft_from(new))}
    assert Fate.ADDED not in fates
    other = new.replace("技术转移机构", "科技金融产品")
    assert Fate.ADDED in {row.fate for row in compare_versions(draft_from(old), draft_from(other))}


def test_a_subject_is_a_heading_without_what_is_to_be_done() -> None:
    assert subject("建强一批技术转移机构") == subject("大力发展技术转移机构") == "技术转移机构"
    assert subject("加强领导") == ""
    assert subject("技术转移机构") == "技术转移机构"


def test_a_heading_is_the_first_line_or_the_sentence_that_leads() -> None:
    text = (
        "某省意见\n现提出以下意见。\n一、总体要求\n（一）加强领导。各地要建立机制。\n（二）设立基金\n省级财政出资设立。\n"
        "（三）本意见自印发之日起施行。\n（四）设立机构，配备人员，落实经费。\n各地可以先行。\n"
    )
    found = [one.heading for one in provisions(draft_from(text))]
    assert found == ["（前言）", "总体要求", "加强领导", "设立基金", "", ""]


def test_a_part_begins_a_provision_and_title_and_signature_are_none() -> None:
    text = (
        "某省关于印发措施的通知\n各市人民政府：\n现印发给你们，请认真执行。\n某省人民政府\n2026年1月2日\n"
        "某省若干措施\n为了促进转化，制定本措施。\n一、目标\n建设平台。\n附件1\n任务分工表\n各单位分工如下。\n"
    )
    found = [(one.text, one.path) for one in provisions(draft_from(text))]
    assert ("目标\n建设平台。", "一") in found
    assert all(not text.startswith(("某省", "各市", "2026")) for text, _ in found)
    assert [text for text, path in found if path == "附件1"] == ["各单位分工如下。"]


def test_numbers_are_kept_beside_the_words_also_those_that_word_writes_by_itself() -> None:
    text = "某省意见\n总体要求\n建设平台。\n第二条 培养人才。\n"
    found = provisions(draft_from(text, labels=("", "一、", "（一）", "", "")))
    assert [(one.number, one.text) for one in found] == [
        ("一、", "总体要求"),
        ("（一）", "建设平台。"),
        ("第二条", "培养人才。"),
    ]


def test_blanks_beside_chinese_are_left_out() -> None:
    assert closed_up("成果转 化，到 2027 年  GB 9704　。") == "成果转化，到2027年GB 9704。"
    assert closed_up("a \u3000 b") == "a b"


# Whatever the texts are -----------------------------------------------------------------------------------------------

DRAFTS = st.lists(st.sampled_from([*SENTENCES, "总体要求", "可以", "", "支持企业，给予十万元补助"]), max_size=10)
WORDS = st.text(st.sampled_from("可以应当补助10万元，。；\n 　技术经理人ａ%"), max_size=40)


@settings(max_examples=25)
@given(DRAFTS, st.data())
def test_every_provision_stands_in_one_row(old: list[str], data: st.DataObject) -> None:
    new = data.draw(st.permutations(old))
    new = new[: data.draw(st.integers(0, len(new)))] + data.draw(DRAFTS)
    joined = data.draw(st.integers(0, max(len(new) - 2, 0)))
    if len(new) > 1:
        new[joined : joined + 2] = ["。".join(new[joined : joined + 2])]
    before, after = draft_from(numbered(old[:10])), draft_from(numbered(new[:10]))
    assert_whole(compare_versions(before, after), provisions(before), provisions(after))
    assert_whole(compare_versions(after, before), provisions(after), provisions(before))


@given(st.lists(WORDS, max_size=8), st.lists(WORDS, max_size=8))
def test_every_provision_stands_in_one_row_whatever_its_words(old: list[str], new: list[str]) -> None:
    before, after = ([Provision(at, "", text, 0, 0) for at, text in enumerate(texts)] for texts in (old, new))
    assert_whole(compare_provisions(before, after), before, after)


@given(st.permutations(SENTENCES[:8]))
def test_whatever_the_order_nothing_but_moves_is_seen(order: list[str]) -> None:
    rows = compared(SENTENCES[:8], order)
    assert {row.fate for row in rows} <= {Fate.KEPT, Fate.MOVED}


@given(WORDS, WORDS)
def test_runs_give_back_each_text(first: str, second: str) -> None:
    old, new = runs(first, second)
    assert "".join(run.words for run in old) == first
    assert "".join(run.words for run in new) == second
    shared = ["".join("".join(run.words for run in side if run.same).split()) for side in (old, new)]
    assert shared[0].replace("ａ", "a") == shared[1].replace("ａ", "a")


# Time -----------------------------------------------------------------------------------------------------------------


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def test_a_hundred_thousand_characters_take_seconds() -> None:
    old = [Provision(at, "", f"{SENTENCES[at % 12]}{at}，{SENTENCES[at % 7]}", 0, 0) for at in range(1_800)]
    new = [Provision(at, "", one.text.replace("科技", "技术", 1), 0, 0) for at, one in enumerate(old[::-1])]
    assert sum(len(one.text) for one in old) > 90_000
    assert _seconds(lambda: assert_whole(compare_provisions(old, new), old, new)) < 60  # on a loaded machine


@pytest.mark.parametrize("piece", PIECES[::6], ids=str)
def test_texts_made_to_hurt_take_seconds(piece: object) -> None:
    text = piece.text(20_000)  # type: ignore[attr-defined]
    old, new = Provision(0, "", text, 0, 0), Provision(0, "", f"甲{text[: len(text) // 2]}乙{text}", 0, 0)
    assert _seconds(lambda: assert_whole(compare_provisions([old], [new]), [old], [new])) < 20


def test_thousands_of_small_provisions_take_seconds() -> None:
    old = [Provision(at, "", f"支持企业{at}", 0, 0) for at in range(8_000)]
    new = [Provision(at, "", f"企业支持{at * 3}", 0, 0) for at in range(8_000)]
    assert _seconds(lambda: assert_whole(compare_provisions(old, new), old, new)) < 60
