"""Placement of labels: what is placed never overlaps, never covers a line and never leaves the chart."""

from dataclasses import astuple
from itertools import combinations, pairwise

from boxes import meet
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.present.label_placement import (
    Box,
    Label,
    Line,
    crossing,
    cutting,
    meeting,
    place,
    rows,
    rows_above,
    text_width,
)

BOUNDS = Box(0, 0, 600, 400)
POINTS = st.tuples(st.floats(0, 600), st.floats(0, 400))
TEXTS = st.sampled_from((("四川 1,942",), ("2027 年 >4,000 亿元", "还须每年 +19.8%"), ("断点",)))
CROWDED = settings(max_examples=40, deadline=None)


def labels_at(anchors: list[tuple[float, float]], texts: list[tuple[str, ...]]) -> list[Label]:
    pairs = zip(anchors, texts, strict=False)
    return [Label(str(index), anchor, (text, ("短",))) for index, (anchor, text) in enumerate(pairs)]


@CROWDED
@given(st.lists(POINTS, min_size=1, max_size=9), st.lists(TEXTS, min_size=9, max_size=9), st.lists(POINTS, max_size=8))
def test_placed_labels_keep_clear(
    anchors: list[tuple[float, float]], texts: list[tuple[str, ...]], corners: list[tuple[float, float]]
) -> None:
    lines = tuple(pairwise(corners))
    placed = place(labels_at(anchors, texts), bounds=BOUNDS, lines=lines)
    for one in placed:
        assert BOUNDS.left <= one.box.left
        assert BOUNDS.top <= one.box.top
        assert one.box.right <= BOUNDS.right
        assert one.box.bottom <= BOUNDS.bottom
        assert not any(cut(one.box, line) for line in lines)
        assert one.text in one.label.texts
    assert not any(meet(one.box, other.box) for one, other in combinations(placed, 2))


def test_what_has_no_room_is_left_out() -> None:
    tight = Box(0, 0, 90, 20)
    placed = place(labels_at([(5, 10), (6, 10)], [("四川 1,942",), ("北京 8,537",)]), bounds=tight)
    assert [one.label.key for one in placed] == ["0"]


def test_the_shorter_text_is_taken_where_the_full_one_does_not_fit() -> None:
    (one,) = place(labels_at([(5, 10)], [("2027 年 >4,000 亿元",)]), bounds=Box(0, 0, 60, 20))
    assert one.text == ("短",)


def test_a_label_prefers_its_side() -> None:
    (one,) = place([Label("x", (300, 200), (("北京 8,537",),), side=(1.0, 0.0))], bounds=BOUNDS)
    assert one.box.left > 300
    assert one.box.top < 200 < one.box.bottom


def cut(box: Box, line: Line) -> bool:
    """Liang and Barsky's clipping for one box and one line, as the tests know it."""
    (x0, y0), (x1, y1) = line
    enter, leave = 0.0, 1.0
    for delta, low, high in ((x1 - x0, box.left - x0, box.right - x0), (y1 - y0, box.top - y0, box.bottom - y0)):
        if delta == 0:
            if low > 0 or high < 0:
                return False
            continue
        first, last = sorted((low / delta, high / delta))
        enter, leave = max(enter, first), min(leave, last)
    return enter <= leave


# On a grid of quarters, where no line passes a corner by less than arithmetic can tell.
PLACES = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda at: (at[0] / 4, at[1] / 4))
LINES = st.lists(st.tuples(PLACES, PLACES), max_size=6)
BOXES = st.lists(
    st.tuples(PLACES, st.integers(1, 20), st.integers(1, 20)).map(
        lambda made: Box(made[0][0], made[0][1], made[0][0] + made[1] / 4, made[0][1] + made[2] / 4)
    ),
    max_size=6,
)


@CROWDED
@given(BOXES, LINES)
def test_many_at_once_are_as_one_by_one(boxes: list[Box], lines: list[Line]) -> None:
    table, flat = rows(map(astuple, boxes)), rows((*one, *two) for one, two in lines)
    assert cutting(table, flat).tolist() == [[cut(box, line) for line in lines] for box in boxes]
    assert meeting(table, table).tolist() == [[meet(box, other) for other in boxes] for box in boxes]


def test_lines_cross_only_where_they_pass_through_each_other() -> None:
    lines = rows([(0, 0, 10, 10), (0, 10, 10, 0), (0, 0, 10, 0), (20, 0, 20, 9)])
    assert crossing(lines[:1], lines).tolist() == [[False, True, False, False]]


def test_a_box_knows_what_cuts_it() -> None:
    box = rows([(10, 10, 20, 20)])
    lines = rows([(0, 0, 30, 30), (15, 15, 16, 16), (0, 0, 5, 30), (0, 15, 9, 15)])
    assert cutting(box, lines).tolist() == [[True, True, False, False]]


def test_han_is_wider_than_latin() -> None:
    assert text_width("技术", 12) == 24
    assert text_width("abcd", 10) < text_width("技术合同", 10)


@CROWDED
@given(st.lists(st.tuples(st.floats(0, 600), st.floats(20, 140)), max_size=8))
def test_rows_above_the_chart_do_not_collide(heads: list[tuple[float, float]]) -> None:
    found = rows_above([(str(i), middle, width) for i, (middle, width) in enumerate(heads)], 0, 600)
    spans = [(found[str(i)][1], found[str(i)][0] - w / 2, found[str(i)][0] + w / 2) for i, (_, w) in enumerate(heads)]
    for (row, start, end), (other_row, other_start, other_end) in combinations(spans, 2):
        assert row != other_row or end <= other_start + 1e-6 or other_end <= start + 1e-6
    assert all(start >= -1e-6 and end <= 600 + 1e-6 for _, start, end in spans)
