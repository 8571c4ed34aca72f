"""What is kept of answers: made once, whatever number of threads ask; bounded; nothing that failed; nobody's own."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier, Event

import pytest
from shown_pages import opened
from streamlit.testing.v1 import AppTest

from analysis.present.links import PAGES
from pages import _kept
from pages._kept import forget, forget_all, kept


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    forget_all()
    yield
    forget_all()


def test_many_who_ask_at_once_get_the_one_that_is_made() -> None:
    made: list[object] = []
    begun, go_on = Barrier(8), Event()

    @kept()
    def answer() -> object:
        go_on.wait()
        made.append(object())
        return made[-1]

    def ask(_: int) -> object:
        begun.wait()
        return answer()

    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(ask, number) for number in range(8)]
        go_on.set()
        got = [one.result() for one in asked]
    assert len(made) == 1
    assert all(each is made[0] for each in got)


def test_other_arguments_and_other_functions_are_other_answers() -> None:
    @kept()
    def doubled(number: int) -> list[int]:
        return [2 * number]

    @kept()
    def tripled(number: int) -> list[int]:
        return [3 * number]

    assert (doubled(1), doubled(2), tripled(1)) == ([2], [4], [3])
    assert doubled(1) is doubled(1)
    forget(doubled)
    assert doubled(1) == [2]


def test_a_function_that_is_defined_again_keeps_its_answers() -> None:
    """The framework runs the script of a page anew for every click."""
    made: list[int] = []

    def script() -> int:
        @kept()
        def answer(to: str) -> int:
            made.append(1)
            return len(made)

        return answer("a question")

    assert [script() for _ in range(3)] == [1, 1, 1]


@pytest.mark.parametrize("page", [name for name, _ in PAGES])
def test_a_page_that_is_drawn_again_makes_no_answer_anew(page: str) -> None:
    """A class that a script defines is another one in its next run: an answer named by such a value is never found."""
    app = opened(page)

    def answers() -> int:
        return sum(len(each.by_key) for each in _kept._answers.values())

    before = answers()
    assert before
    app.run()
    assert answers() == before


def test_what_fails_is_not_kept_and_those_who_wait_try_themselves() -> None:
    tries: list[int] = []
    waiting = Event()

    @kept()
    def answer() -> str:
        tries.append(1)
        if len(tries) == 1:
            waiting.wait()
            raise KeyError("cut off")
        return "made"

    def ask(_: int) -> str:
        try:
            return answer()
        except KeyError:
            return "failed"

    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(ask, number) for number in range(4)]
        waiting.set()
        assert sorted(one.result() for one in asked) == ["failed", "made", "made", "made"]
    assert len(tries) == 2


def test_no_more_is_kept_than_fits_and_the_longest_unasked_goes_first() -> None:
    made: list[int] = []

    @kept(most=3)
    def answer(number: int) -> int:
        made.append(number)
        return number

    for number in (0, 1, 2, 0, 3):
        answer(number)
    assert made == [0, 1, 2, 3]
    answer(0)
    answer(1)
    assert made == [0, 1, 2, 3, 1]


def test_an_answer_is_kept_for_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("pages._kept.time.monotonic", lambda: now[0])

    @kept(seconds=1)
    def answer() -> float:
        return now[0]

    assert answer() == 100
    now[0] = 100.9
    assert answer() == 100
    now[0] = 101.1
    assert answer() == 101.1


MADE: list[str] = []


@dataclass(frozen=True)
class Shown:
    """What a page shows, as far as keeping answers goes."""

    answer_key: Hashable
    private: bool


def test_what_holds_something_of_ones_own_stays_in_the_session() -> None:
    def page() -> None:
        import streamlit as st
        import test_kept

        every, own = test_kept.Shown("all", False), test_kept.Shown("own", True)
        st.text(f"{test_kept.numbered(every)} {test_kept.numbered(own)} {test_kept.numbered(own)}")

    first, second = AppTest.from_function(page), AppTest.from_function(page)
    assert [first.run().text[0].value for _ in range(2)] == ["1 2 2", "1 2 2"]
    assert second.run().text[0].value == "1 3 3", "another visitor has his own made for him"


def test_little_is_kept_for_one_visitor_and_nothing_when_a_file_goes() -> None:
    def page() -> None:
        import streamlit as st
        import test_kept

        from pages import _kept

        for number in range(_kept.MOST_PRIVATE + 1):
            test_kept.numbered(test_kept.Shown(number, True))
        kept_for_him = st.session_state[_kept._PRIVATE]
        st.text(str([len(answers.by_key) for answers in kept_for_him.values()] == [_kept.MOST_PRIVATE]))
        _kept.forget_private()
        st.text(str(_kept._PRIVATE in st.session_state))

    shown = AppTest.from_function(page).run()
    assert [text.value for text in shown.text] == ["True", "False"]


@kept()
def numbered(shown: Shown) -> int:
    MADE.append(str(shown.answer_key))
    return len(MADE)
