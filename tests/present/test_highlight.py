"""Marked text: nothing of the text is lost, nothing of it becomes markup, overlaps are split."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.present.highlight import Mark, MarkKind, inline, paragraphs, search_marks, segments

TEXT = st.text(alphabet="技术转移<>&\"'/目标 1%\n（）", max_size=60)
MARKS = st.lists(
    st.builds(
        lambda start, length, kind, title, anchor: Mark(start, start + length, kind, title, anchor),
        st.integers(-5, 65),
        st.integers(0, 30),
        st.sampled_from(MarkKind),
        st.sampled_from(["", '"><script>', "目标"]),
        st.sampled_from(["", "a1", "b2"]),
    ),
    max_size=8,
)


def plain(markup: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", markup))


class Balance(HTMLParser):
    """Collects ids and fails on tags that do not nest."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.add(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@settings(deadline=None)
@given(TEXT, MARKS)
def test_stripping_the_tags_gives_the_text_back(text: str, marks: list[Mark]) -> None:
    assert plain(inline(text, marks)) == text
    assert plain(paragraphs(text, marks)) == text


@settings(deadline=None)
@given(TEXT, MARKS)
def test_markup_is_balanced_and_ids_are_unique(text: str, marks: list[Mark]) -> None:
    for markup in (inline(text, marks), paragraphs(text, marks)):
        parser = Balance()
        parser.feed(markup)
        assert not parser.open
        assert parser.tags <= {"p", "span", "mark"}
        assert len(parser.ids) == len(set(parser.ids))


@settings(deadline=None)
@given(TEXT, MARKS)
def test_segments_tile_the_text_and_carry_the_marks_that_cover_them(text: str, marks: list[Mark]) -> None:
    found = segments(0, len(text), marks)
    assert "".join(text[start:end] for start, end, _ in found) == text
    for start, end, over in found:
        for place in range(start, end):
            covering = sorted(mark for mark in map(repr, marks) if mark in {repr(m) for m in over})
            expected = sorted(repr(mark) for mark in marks if mark.start <= place < mark.end)
            assert covering == expected


@settings(deadline=None)
@given(TEXT, TEXT, MARKS)
def test_a_part_of_the_text_is_rendered_alone(before: str, after: str, marks: list[Mark]) -> None:
    text = before + after
    assert plain(inline(text, marks, len(before), len(text))) == after


def test_overlapping_marks_are_split_into_segments() -> None:
    marks = [Mark(0, 4, MarkKind.TARGET), Mark(2, 6, MarkKind.CITED)]
    assert inline("一二三四五六七", marks) == (
        '<span class="zh-m-target">一二</span><mark class="zh-m-cited zh-m-target">三四</mark>'
        '<mark class="zh-m-cited">五六</mark>七'
    )


def test_an_anchor_stands_on_the_first_segment_only() -> None:
    marks = [Mark(0, 4, MarkKind.CITED, anchor="words"), Mark(2, 3, MarkKind.NUMBER)]
    assert inline("一二三四", marks).count('id="words"') == 1


def test_script_in_a_text_stays_text() -> None:
    assert "<script" not in inline("<script>alert(1)</script>", [Mark(0, 8, MarkKind.TARGET, '"onclick="')])


def test_search_finds_each_occurrence_once() -> None:
    assert [(mark.start, mark.end) for mark in search_marks("成果转化成果转化", "成果转化")] == [(0, 4), (4, 8)]
    assert search_marks("成果", "") == ()
    assert [(mark.start, mark.end) for mark in search_marks("哈哈哈", "哈哈")] == [(0, 2)]
