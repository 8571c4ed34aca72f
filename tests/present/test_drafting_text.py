"""A checked draft as markup: every character is there once, the right words are marked, corrections are seen."""

from __future__ import annotations

import re

import pytest
from drafts import draft_from
from hypothesis import given
from hypothesis import strategies as some
from shown_pages import plain

from analysis.lint.decisions import Decisions
from analysis.lint.draft import Draft
from analysis.lint.findings import Beside, Change, Finding, Force, Severity, Source
from analysis.lint.run import check, worst_first
from analysis.lint.tier_lists import tier_lists
from analysis.present import charts_tiers, drafting_text
from analysis.present.corrections import changes_html
from analysis.present.drafting_text import Standing
from analysis.present.findings import corrected

TEXT = "关于建设平台的意见\n\n一、目标\n（一）建立台帐,签定合同。\n（三）按一定比例补助。\n"
SOURCE = Source("某法", "第一条", Force.RULED)


def finding(start: int, end: int, severity: Severity = Severity.ERROR, **more: object) -> Finding:
    values = {"rule": "X1", "clause": "", "quote": "", "message": "不对", "suggestion": "", "source": SOURCE}
    return Finding(**(values | {"severity": severity, "start": start, "end": end, "fingerprint": f"{start}"} | more))  # type: ignore[arg-type]


def standing(draft: Draft, found: tuple[Finding, ...]) -> Standing:
    return Standing(draft, found, found, Decisions())


def marked(html: str) -> list[str]:
    return [plain(each) for each in re.findall(r"<mark.*?</mark>", html)]


@given(
    some.text("甲乙，。<&\n一、（二）", max_size=80),
    some.lists(some.tuples(some.integers(0, 90), some.integers(0, 30))),
)
def test_without_tags_it_is_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    draft = draft_from(text)
    found = [finding(min(at, len(text)), min(at + size, len(text))) for at, size in spans]
    words = [line.strip() for line in text.split("\n")]
    assert plain(drafting_text.text_html(draft, found)) == "".join(words)


def test_the_words_of_each_finding_are_marked_and_known() -> None:
    draft = draft_from(TEXT)
    findings = check(draft)
    html = drafting_text.text_html(draft, findings)
    for each in findings:
        found = re.findall(rf'<mark[^>]*data-finding="[^"]*{each.fingerprint}.*?</mark>', html)
        assert each.quote in "".join(map(plain, found))
    assert "一定比例" in marked(html)


def test_where_findings_overlap_the_worst_is_shown_and_both_are_known() -> None:
    draft = draft_from("补助一定比例资金。")
    one, two = finding(2, 6, Severity.INFO, fingerprint="one"), finding(4, 8, fingerprint="two")
    html = drafting_text.text_html(draft, [one, two])
    assert 'class="zh-m-error" data-finding="two one"' in html
    assert len(set(re.findall(r'id="(\w+)"', html))) == len(re.findall(r'id="(\w+)"', html))


def test_a_finding_without_words_is_marked_where_something_is_missing() -> None:
    text = "甲乙。\n丙丁"
    draft = draft_from(text)
    assert marked(drafting_text.text_html(draft, [finding(3, 3)])) == ["。"]
    assert marked(drafting_text.text_html(draft, [finding(len(text), len(text))])) == ["丁"]
    assert marked(drafting_text.text_html(draft, [finding(4, 4)])) == ["丙"]


def test_words_of_a_wrapped_text_are_marked_where_they_stand_in_the_joined_lines() -> None:
    line = (
        "为推动技术转移体系建设，支持高校院所和企业联合建\n设概念验证中心，对技术经理人按照一定比例给予补\n"
        "助，并建立台帐。\n"
    )
    draft = draft_from("".join(f"（{number}）{line}" for number in "一二三四五六七八"))
    assert draft.offsets is not None
    html = drafting_text.text_html(draft, [each for each in check(draft) if each.rule == "V1"])
    assert set(marked(html)) == {"一定比例"}


@pytest.mark.parametrize(
    ("severities", "answer"),
    [
        ("EWWW", "这份草案还有 1 处错误、3 处提醒"),
        ("EE", "这份草案还有 2 处错误"),
        ("WII", "这份草案没有错误，还有 1 处提醒"),
        ("II", "这份草案没有错误和提醒，有 2 处可供参考"),
        ("", "这份草案没有查出问题"),
    ],
)
def test_the_answer(severities: str, answer: str) -> None:
    kinds = {"E": Severity.ERROR, "W": Severity.WARNING, "I": Severity.INFO}
    assert drafting_text.headline([finding(0, 1, kinds[each]) for each in severities]).replace("\u2009", " ") == answer


def test_changes_near_each_other_are_seen_together() -> None:
    text = "（一）建立(一)台账,签定合同。"
    changes = (Change(5, 6, "（"), Change(7, 8, "）"))
    html = changes_html(changes, draft_from(text))
    assert html.count("zh-before") == 1
    assert "<del>(</del>一<del>)</del>" in html
    assert "<ins>（</ins>一<ins>）</ins>" in html
    blank = changes_html((Change(1, 2, ""),), draft_from("甲 乙"))
    assert "<del>␣</del>" in blank


def test_corrections_of_a_text_are_applied_once_each() -> None:
    found = [
        finding(1, 2, changes=(Change(1, 2, "，"),), fingerprint="a"),
        finding(1, 3, changes=(Change(1, 3, "。"),), fingerprint="b"),
        finding(4, 4, changes=(Change(4, 4, "。"),), fingerprint="c"),
        finding(0, 1, changes=(Change(0, 1, "丁"),), fingerprint="d"),
    ]
    assert corrected("甲,乙丙", found, {"a", "b", "c"}) == "甲，乙丙。"


def test_the_card_says_where_else_it_is_and_on_whose_authority() -> None:
    draft = draft_from(TEXT)
    gap = next(each for each in worst_first(check(draft)) if each.rule == "N2")
    said = plain(drafting_text.card_html(gap, 1, 9, standing(draft, (gap,)), None))
    assert "还涉及 1处" in said
    assert "实务通常" in said
    assert "一（三）" in said


def test_a_clause_of_another_text_stands_beside_it_with_the_words_that_differ() -> None:
    text = "给予最高50万元补助。"
    other = Beside("beijing-2022", "北京市条例", "三/（一）", "给予最高80万元补助。")
    each = finding(0, len(text), beside=other)
    html = drafting_text.card_html(each, 1, 1, standing(draft_from(text), (each,)), None)
    assert "北京市条例" in html
    changed = [plain(found) for found in re.findall(r'<mark class="zh-m-changed">.*?</mark>', html)]
    assert [words.replace("万元", "") for words in changed] == ["50", "80"]


def test_where_a_finding_names_the_words_that_differ_these_are_marked() -> None:
    text = "对在川企业给予最高50万元补助。"
    other = Beside(
        "beijing-2022", "北京市条例", "三/（一）", "对在本市注册的企业给予补助。", ("在川",), ("在本市注册",)
    )
    each = finding(0, len(text), beside=other)
    html = drafting_text.card_html(each, 1, 1, standing(draft_from(text), (each,)), None)
    changed = [plain(found) for found in re.findall(r'<mark class="zh-m-changed">.*?</mark>', html)]
    assert changed == ["在川", "在本市注册"]


def test_of_very_many_findings_those_around_the_open_one_are_listed() -> None:
    draft = draft_from("甲乙。" * 300)
    every = tuple(finding(at, at + 1) for at in range(250))
    html = drafting_text.list_html(every, every[120], standing(draft, every), (), lambda each: "check")
    assert html.count("<li>") == drafting_text.MOST_LISTED
    assert "第101—200处，共 250处" in plain(html)
    assert html.count("aria-current") == 1
    few = drafting_text.list_html(every[:3], every[0], standing(draft, every), {"1"}, lambda each: "check")
    assert "共 " not in plain(few)


def test_a_very_long_list_of_places_is_cut_and_said() -> None:
    draft = draft_from("甲乙。" * 800)
    each = finding(0, 1, places=tuple((at, at + 1) for at in range(3, 2100, 3)))
    said = plain(drafting_text.card_html(each, 1, 1, standing(draft, (each,)), None))
    assert "还涉及 699处" in said
    assert "另有 199处" in said


def test_tiers_are_drawn_with_what_is_wrong() -> None:
    tiers = (
        "100万元以上、不满500万元的，给予5万元",
        "500万元以上、1000万元以下的，给予10万元",
        "2000万元以上的，给予20万元",
    )
    draft = draft_from(f"合同额{'；'.join(tiers)}。")
    (drawing,) = charts_tiers.drawings(tuple(tier_lists(draft)), draft, 800, dark=False)
    assert "1000至2000万元不在任何一档" in plain(drawing)
    assert 'alt="数轴：' in drawing
    (narrow,) = charts_tiers.drawings(tuple(tier_lists(draft)), draft, 300, dark=True)
    width = re.search(r'width="(\d+)"', narrow)
    assert width
    assert int(width[1]) <= 300
