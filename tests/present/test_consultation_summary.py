"""The charts and sentences of 汇总."""

from __future__ import annotations

import re
from base64 import b64decode
from datetime import date

import pytest

from analysis.consultation.comments import Decision
from analysis.consultation.draft_clauses import consulted_draft
from analysis.present import consultation_summary as words
from analysis.present.charts_consultation import Bar, Days, bars_chart, days_chart
from analysis.records.record_values import Consultation, Count, CountLine, Status
from analysis.records.tallies import Summary

HERE = Consultation("a1", "若干措施", "", "", "", "2024-10-18", "2024-11-17", True, Status.OPEN, "张三", "")
DRAFT = consulted_draft(
    "若干措施\n（征求意见稿）\n一、总体要求\n（一）主要目标。到2027年培养8000人。\n（二）基本原则。坚持市场主导。\n二、保障\n加强领导。\n",
    "稿.txt",
)
LINE = CountLine(12, 12, {**dict.fromkeys(Decision, 0), Decision.ADOPTED: 7}, 5)
FOUND = Summary(
    LINE,
    people=10,
    letters=1,
    copies=3,
    by_day=(Count("", 1, 0), Count("2019-01-01", 1, 0), Count("2024-10-20", 6, 3), Count("2024-11-19", 4, 2)),
    by_clause=(Count("一/（一）", 8, 4), Count("二", 2, 1), Count("", 2, 0)),
    by_theme=(Count("补助", 9, 4), Count("", 3, 1)),
    clause_people={"一/（一）": 6, "二": 2, "": 2},
    stances={("enterprise", "suggest"): 9, ("unknown", "oppose"): 3},
    typical={},
)


def svg(picture: str) -> str:
    """The drawing in a picture."""
    found = re.search(r"base64,([^\"]+)", picture)
    assert found
    return b64decode(found[1]).decode()


def link(**state: str) -> str:
    """An address that names its filters."""
    return "?" + "&".join(f"{name}={value}" for name, value in state.items())


def test_the_answer_names_letters_and_people_and_where_most_of_it_goes() -> None:
    assert words.headline(FOUND) == "来信 12 条，来自 10 人"
    told = words.lead(FOUND, DRAFT).replace("\u2009", "")
    assert "最集中的是一（一）“主要目标”，8条，占 67%" in told
    assert "3条是 1封相同或相近的来信" in told
    assert "明确反对的 3条" in told
    assert told.endswith("5条还没有处理。")


def test_a_clause_says_people_where_they_are_fewer_and_a_part_all_below_it() -> None:
    rows = {row.label: row for row in words.clause_bars(FOUND, DRAFT, link)}
    assert rows["（一） 主要目标"].said == "8 条，6 人，未处理 4"
    assert rows["（一） 主要目标"].href == "?clause=一（一）"
    assert rows["一 总体要求"].said == "连同其下 8 条"
    assert (rows["（二） 基本原则"].said, rows["（二） 基本原则"].href) == ("没有意见", "")
    assert list(rows)[-1] == "全文或未对应条款"
    assert sum(row.total for row in rows.values()) == 12


def test_days_far_from_the_period_and_comments_without_a_day_are_told_beside_the_chart() -> None:
    shown = words.days(HERE, FOUND)
    assert shown is not None
    assert (shown.first, shown.last) == (date(2024, 10, 18), date(2024, 11, 19))
    assert sum(shown.counts.values()) == 10
    assert "逾期 4 条" in words.days_heading(HERE, shown)
    assert "另有 2条没有写明时间" in " ".join(words.days_notes(FOUND, shown)).replace("\u2009", "")


def test_the_period_and_what_came_late_are_on_the_chart() -> None:
    opens, closes, late = date(2024, 10, 18), date(2024, 11, 17), date(2024, 11, 19)
    shown = Days({late: 4, date(2024, 11, 2): 3}, opens, late, opens, closes)
    drawn = svg(days_chart(shown, 800, dark=False))
    assert "公布" in drawn
    assert "截止" in drawn
    assert len(re.findall(r"<rect[^>]*stroke=", drawn)) == 1  # the bar after the deadline is hollow


@pytest.mark.parametrize("width", [358, 568, 1184])
def test_nothing_of_a_bar_stands_outside_and_every_row_with_comments_is_a_link(width: int) -> None:
    rows = [
        Bar("四（九）加大资金支持力度" * 3, ((30, "decided"), (2, "open")), "32 条，30 人，未处理 2", "?a"),
        Bar("（十）", ((1, "decided"),), "1 条", "?b", depth=1),
        Bar("保障措施", (), "没有意见"),
    ]
    picture = bars_chart(rows, width, False, "各条款的意见")
    drawn = svg(picture)
    assert picture.count("<a ") == 2
    for x, wide in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', drawn):
        assert float(x) + float(wide) <= width
    assert "没有意见" in drawn


def test_the_decisions_and_kinds_of_sender_add_up() -> None:
    assert sum(row.total for row in words.decision_bars(LINE, link)) == 12
    assert sum(row.total for row in words.sender_bars(FOUND, link)) == 12
    assert words.senders_heading(FOUND) == "企业的最多，9 条；多数是建议，9 条"
    assert words.decisions_heading(LINE) == "已处理 7 条，占 58%；其中采纳和部分采纳 7 条"
    tables = (words.days_table(HERE, FOUND), words.clauses_table(HERE, FOUND), words.stances_table(HERE, FOUND))
    assert all(words.MADE_UP in table.notes for table in tables)
