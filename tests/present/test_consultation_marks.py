"""Words marked in a comment and in its clause. All comments are made up."""

from __future__ import annotations

from analysis.consultation.comments import Anchor, CommentPoint, How, Stance
from analysis.present.consultation_marks import common, marked, named

CLAUSE = "（二）资金支持。对促成技术交易的机构，按实际成交额的3%给予最高30万元补助。"


def words(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_quoted_words_with_a_small_error_are_marked_in_both() -> None:
    comment = "“对促成技术交易的机构按实际成交额3%给予最高30万元补助”太低。"
    in_comment, in_clause = common(comment, CLAUSE)
    assert words(comment, in_comment) == ["对促成技术交易的机构按实际成交额3%给予最高30万元补助"]
    assert words(CLAUSE, in_clause) == ["对促成技术交易的机构，按实际成交额的3%给予最高30万元补助"]


def test_a_term_of_the_field_alone_is_not_marked() -> None:
    assert common("技术交易很重要。", CLAUSE) == ([], [])


def test_the_number_that_a_comment_names_is_marked() -> None:
    text = "赞成。（二）里的比例请提高。"
    point = CommentPoint(
        3, len(text), Anchor(How.EXPLICIT, 0.97, "二/（二）", 0, 9, "意见写明“（二）”"), Stance.SUGGEST
    )
    assert words(text, named(text, [point])) == ["（二）"]
    by_content = CommentPoint(3, len(text), Anchor(How.SIMILAR, 0.6, "二/（二）", 0, 9, "都说“比例”"), Stance.SUGGEST)
    assert named(text, [by_content]) == []


def test_marks_that_overlap_give_the_text_back() -> None:
    text = "甲乙丙丁戊己"
    pieces = marked(text, [("a", [(1, 3)]), ("b", [(2, 5), (4, 9), (7, 3)])])
    assert pieces == [("甲", ""), ("乙丙", "a"), ("丁戊己", "b")]
    assert marked("", [("a", [(0, 4)])]) == []


def test_long_texts_of_one_character_take_no_longer_than_their_length() -> None:
    in_comment, _ = common("补" * 20_000, "补" * 20_000)
    assert in_comment == [(0, 20_000)]
