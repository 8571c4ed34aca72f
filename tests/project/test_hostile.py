"""Hostile texts cost linear time, held by counts of steps, which do not depend on the machine.

Twice the text may take 2.3 times the steps (``steps.py``). What happens inside one search, or inside a slice or a
``find`` of a string, is not seen: that every such search is linear in what it is given only
``tests/benchmarks/bench_hostile.py`` can say. Of the patterns a test here says that none repeats without bound what
itself repeats without bound, but for those that are named with the mark that parts their turns.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import formats_samples as samples
import pytest
from hostile import PIECES, Piece
from steps import MOST, SMALL, steps
from term_tables import count_terms

import analysis
from analysis.corpus.clean import MOST_PASSES, clean
from analysis.corpus.documents import anonymous_card, document
from analysis.corpus.formats import docx, html, layout, tables
from analysis.corpus.headlines import Stated
from analysis.corpus.metadata import introduced
from analysis.extract import Prepared
from analysis.extract.incentive_patterns import FUNDER
from analysis.extract.quantities import quantities
from analysis.extract.receiver_patterns import BECAME, BROUGHT, HOLDER, MERITED
from analysis.extract.sentences import LONGEST_SENTENCE, MOST_NUMBERS, MOST_PARTS, Sentence, sentences
from analysis.grammar.pattern import Pattern
from analysis.model import Reading
from analysis.pipeline import explain, read
from analysis.segment import segment

LENGTH = 2_500  # bytes
# Each turn of these begins with a mark that cannot stand inside it, so that there is one way only to go through a text.
PARTED = {"_LINE_NOISE", "_MHTML", "_QUOTED", "SENDS", "REPORTED", "ASIDE", "_CLOSING"}
# These are asked only of lines of at most 240 characters.
SHORT = {"BREADCRUMB", "CONTROLS_TAIL", "_LINE", "_TAIL"}


def _piece(at: float, top: float = 0.0) -> layout.Piece:
    return layout.Piece("字", 12.0 * at, top, 12.0 * at + 10, top + 10)


def _word(blocks: Sequence[str]) -> str:
    body = f"<w:document {samples.W}><w:body>{''.join(blocks)}</w:body></w:document>"
    return docx.read(samples.with_parts(EMPTY, {"word/document.xml": body}), "长文.docx")


EMPTY = samples.word(["字"])
WORDS = "<w:p><w:r><w:t>字</w:t></w:r></w:p>"
CELL = "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
LEVEL = WORDS.replace("<w:r>", '<w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r>', 1)
#: Files made to hurt, by how many pieces they have: what a reader of a format must go through once.
FORMATS: dict[str, Callable[[int], object]] = {
    "words on one line": lambda many: layout.text_of_pages([layout.Page(tuple(map(_piece, range(many))), 100, 10)]),
    "columns": lambda many: layout.text_of_pages(
        [layout.Page(tuple(_piece(at, 20.0 * row) for row in range(many) for at in (0, 1, 20, 21)), 100, 10)]
    ),
    "titles of a table": lambda many: tables.lines([["甲", "甲"]] * many),
    "figures in a row": lambda many: tables.lines([["指标"] * many, ["5"] * many]),
    "paragraphs before tables": lambda many: _word([WORDS, *["<w:p/>", CELL] * many]),
    "blank lines before tables": lambda many: _word([WORDS, *["<w:p/>"] * many, *[CELL] * many]),
    "levels of a list": lambda many: _word([LEVEL.format(at) for at in range(many)]),
    "elements of a page": lambda many: html.read(("甲，<b>乙</b><br>" * many).encode(), "页.html"),
}


def _reading(raw: str) -> Reading:
    card = anonymous_card("长文.txt")
    return read(introduced(document(card, card.editions[0], raw)))


def _whole(raw: str) -> None:
    count_terms([_reading(raw)])


@pytest.mark.parametrize("piece", PIECES, ids=str)
def test_twice_the_text_takes_twice_thesteps(piece: Piece, monkeypatch: pytest.MonkeyPatch) -> None:
    _whole(piece.text(LENGTH // 4))  # what is made once is made now
    once, twice = (steps(partial(_whole, piece.text(length)), monkeypatch) for length in (LENGTH, 2 * LENGTH))
    assert twice < SMALL or twice <= MOST * once, (once, twice)


@pytest.mark.parametrize("text", ["对企业{}给予7%的补助，最高5万元。", "第{}条 奖励企业5万元。\n", "培育企业{}家。"])
def test_explaining_twice_the_numbers_takes_twice_thesteps(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What explaining does besides reading the text again."""
    readings = [_reading("".join(text.format(each) for each in range(9, times))) for times in (209, 409)]
    nothing = Prepared(readings[0].document, (), (), (), (), {})
    monkeypatch.setattr(sys.modules["analysis.extract"], "prepare", lambda *_: nothing)
    once, twice = (steps(partial(explain, one), monkeypatch) for one in readings)
    assert twice <= MOST * once, (once, twice)


@pytest.mark.parametrize("made", FORMATS.values(), ids=FORMATS)
def test_twice_the_file_takes_twice_thesteps(made: Callable[[int], object], monkeypatch: pytest.MonkeyPatch) -> None:
    made(10)
    once, twice = (steps(partial(made, many), monkeypatch) for many in (400, 800))
    assert twice <= MOST * once, (once, twice)


SPACES = "\u3000" * 20_000


@pytest.mark.parametrize(
    "line",
    [
        f"字{SPACES}z",
        f"浏览{SPACES}z",
        f"单位：亿元{SPACES}z",
        f"（{SPACES}z",
        "1-" * 10_000,
        "1," * 10_000,
        "|" * 20_000,
    ],
)
def test_a_long_line_of_a_file_is_read_at_once(line: str) -> None:
    """Read in the square of its length, each of these would take a minute and more."""
    assert html.read(f"<p>{line}</p><p>甲，乙。</p>".encode(), "页.html")
    assert tables.lines([["指标", line], ["乙", "5"], [line, "5"]], line)
    assert Stated([line, "某省技术转移行动方案"]).title


def test_a_quadratic_step_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The count itself: a reading that looks at all pairs of sentences fails the test above."""

    def pairs(found: Sequence[Sentence]) -> Iterator[Any]:
        for _ in found:
            for other in found:
                FUNDER.find(other.text)
        return iter(())

    monkeypatch.setattr(sys.modules["analysis.extract.incentive_rows"], "statements", pairs)
    once, twice = (steps(partial(_whole, "培育企业9家。" * times), monkeypatch) for times in (400, 800))
    assert twice > MOST * once


def test_pieces_are_of_every_kind() -> None:
    assert len(set(PIECES)) == len(PIECES) >= 40
    assert all(len(piece.text(LENGTH).encode()) > LENGTH - 50 for piece in PIECES)


@pytest.mark.parametrize(
    "piece",
    [
        Piece("![", "", "](x)"),
        Piece("<!--", "", "-->"),
        Piece("[bookmark:", "", "]"),
        Piece("", "研", "（fā）"),
        Piece("(", "甲", ")"),
        Piece("", "甲", ","),
    ],
    ids=str,
)
def test_marks_inside_one_another_are_cleaned_at_once(piece: Piece) -> None:
    """Far deeper than there are passes, and nothing is left that opens and closes."""
    raw = f"甲乙{piece.text(60 * MOST_PASSES)}丙丁"
    cleaned = clean(raw)
    assert clean(cleaned.text).text == cleaned.text
    assert not all(mark in cleaned.text for mark in (piece.opening, piece.closing))


def test_a_text_that_never_settles_is_cleaned_all_the_same() -> None:
    raw = Piece("", "甲", ",(").text(200 * MOST_PASSES)
    cleaned = clean(raw)
    assert len(cleaned.text) == len(raw)
    assert cleaned.text.startswith("甲，（，（")
    assert cleaned.text.endswith(",(")


def test_no_sentence_holds_more_than_a_sentence_can() -> None:
    """Numbers, marks or characters without end are cut behind a mark or a number, and no number is lost."""
    for raw in ("按5%" * 500, "100家、" * 500, "的，" * 500, "奖励5万元" + "的" * 3000, "甲乙 " * 800 + "5家"):
        card = anonymous_card("长文.txt")
        made = document(card, card.editions[0], raw)
        numbers = quantities(made.text)
        found = sentences(made, segment(made), numbers)
        held = [number for sentence in found for part in sentence.parts for number in part.quantities]
        assert held == list(numbers)
        for sentence in found:
            assert sum(len(part.quantities) for part in sentence.parts) <= MOST_NUMBERS
            assert len(sentence.parts) <= MOST_PARTS + 1
            assert len(sentence.text) <= LONGEST_SENTENCE


@pytest.mark.parametrize("pattern", [HOLDER, BROUGHT, BECAME, MERITED])
@pytest.mark.parametrize("item", ["甲申请人、", "研究人员（乙）和", "企业、"])
def test_a_list_of_receivers_can_be_read_in_one_way(pattern: Pattern, item: str) -> None:
    """As many ways as a list has subsets would keep this search from ever ending."""
    for opening in ("", "对", "获评", "引进"):
        assert pattern.find(f"{opening}{item * 60}的事") is None


def _patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Every pattern that a module of the program keeps under a name."""
    for module in pkgutil.walk_packages(analysis.__path__, "analysis."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, Pattern | re.Pattern):
                    yield name, value.regex if isinstance(value, Pattern) else value


def _repeats_repeats(tree: Any, inside: bool = False) -> bool:
    """Whether something is repeated without bound inside what is itself repeated without bound."""
    for code, what in tree:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
            _, most, inner = what
            endless = most is codes.MAXREPEAT
            if (endless and inside) or _repeats_repeats(inner, inside or endless):
                return True
        elif code is codes.BRANCH:
            if any(_repeats_repeats(branch, inside) for branch in what[1]):
                return True
        elif code in (codes.SUBPATTERN, codes.ASSERT, codes.ASSERT_NOT) and _repeats_repeats(what[-1], inside):
            return True
    return False


def test_patterns_do_not_repeat_what_repeats() -> None:
    """Such a pattern may try every way to part a text into turns, whose number doubles with each character."""
    every = list(_patterns())
    found = {name for name, each in every if _repeats_repeats(parser.parse(each.pattern, each.flags & ~re.UNICODE))}
    assert len(every) > 300
    assert found == PARTED | SHORT
