"""The load driver: it is a visitor like any browser, and it does not take a page that failed for a fast one."""

from __future__ import annotations

import asyncio
import os
import random

import pytest
from processes import family, memory, processor
from streamlit.proto.Delta_pb2 import Delta
from visitors import Round, load, percentile, served, step, summary
from wire import Answer, Tab, shown

from analysis.present.links import PAGES


def test_percentiles_are_nearest_ranks() -> None:
    values = [float(value) for value in range(1, 101)]
    assert [percentile(values, mark) for mark in (0, 50, 95, 99, 100)] == [1, 50, 95, 99, 100]
    assert percentile([7.0], 95) == 7


def test_a_page_that_says_a_fault_is_no_fast_page() -> None:
    fault, exception = Delta(), Delta()
    fault.new_element.html.body = (
        '<p class="zh-fault" role="alert">没有<b>算出来</b>。</p><a href="reader?document=a&amp;at=1-2">'
    )
    exception.new_element.exception.type, exception.new_element.exception.message = "KeyError", "x"
    found = shown([fault, exception])
    assert found.faults == ["没有算出来。", "KeyError: x"]
    assert found.links == ["reader?document=a&at=1-2"]
    answers = (Answer("overview", "load", 0.1, 9, ()), Answer("reader", "load", 0.01, 9, ("没有",)))
    row = summary(Round(1, 1.0, 10.0, answers, 100.0, 102.0, 1.0, 0.1))
    assert row.split(" | ")[7:8] == ["1"]
    assert row.endswith("| 2.0 MB | 2 | 1.0 MB |")


def test_what_a_process_takes() -> None:
    assert os.getpid() in family(os.getpid())
    assert memory(os.getpid()) > 10
    assert processor(os.getpid()) > 0


@pytest.fixture(scope="module")
def answers() -> dict[str, Answer]:
    """A visitor who sees every page of the real server, chooses on one, and follows a link and a wrong one."""

    async def visit(address: str) -> dict[str, Answer]:
        tab, found = Tab(address, random.Random(1)), {}
        found["first"] = await tab.load("")
        for page, _ in PAGES[1:]:
            found[page] = await tab.navigate(page)
        await tab.navigate("targets")
        link = next(link for link in tab.shown.links if link.startswith("reader?"))
        for number, widget in enumerate(tab.shown.widgets[:2]):
            found[f"widget {number}"] = await tab.choose(widget)
        found["link"] = await tab.load(link)
        found["any"] = await step(tab, random.Random(1))
        found["wrong"] = await tab.load("reader?document=there-is-none")
        await tab.close()
        return found

    with served(None) as server:
        found = asyncio.run(visit(server.address))
        two = asyncio.run(load(server, 2, think=0.2, seconds=1.5))
    assert two.server_cpu > 0
    return found | {f"load {at}": answer for at, answer in enumerate(two.answers)}


def test_every_page_comes_whole(answers: dict[str, Answer]) -> None:
    assert len(answers) >= len(PAGES) + 5
    for name, answer in answers.items():
        if name != "wrong":
            assert not answer.faults, (name, answer.faults)
            assert answer.size > 2_000, name
            assert answer.seconds > 0


def test_a_wrong_address_counts_as_a_fault(answers: dict[str, Answer]) -> None:
    assert "there-is-none" in answers["wrong"].faults[0]
