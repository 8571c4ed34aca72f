"""What is made once for all visitors: once, whatever number of threads ask; bounded; and nothing that failed."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from pages import _shared


def test_many_who_ask_at_once_get_the_one_that_is_made() -> None:
    made: list[object] = []

    def make() -> object:
        time.sleep(0.05)
        made.append(object())
        return made[-1]

    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(lambda _: _shared.once(make, "test", "at once"), range(8)))
    assert len(made) == 1
    assert all(each is made[0] for each in got)


def test_another_key_is_another_thing() -> None:
    assert _shared.once(lambda: 1, "test", "a") == 1
    assert _shared.once(lambda: 2, "test", "b") == 2
    assert _shared.once(lambda: 3, "test", "a") == 1


def test_what_fails_is_not_kept_and_those_who_wait_try_themselves() -> None:
    tries: list[int] = []

    def make() -> str:
        tries.append(1)
        if len(tries) == 1:
            time.sleep(0.05)
            raise KeyError("cut off")
        return "made"

    def ask(_: int) -> str:
        try:
            return _shared.once(make, "test", "fails")
        except KeyError:
            return "failed"

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(ask, range(4))) == ["failed", "made", "made", "made"]
    assert len(tries) == 2
    with pytest.raises(ZeroDivisionError):
        _shared.once(lambda: 1 // 0, "test", "never")
    assert _shared.once(lambda: 5, "test", "never") == 5


def test_no_more_is_kept_than_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_shared, "MOST", 3)
    for number in range(5):
        _shared.once(lambda: number, "test", "bound", number)  # noqa: B023
    assert len(_shared._kept) == 3
    assert _shared.once(lambda: "again", "test", "bound", 0) == "again"
    assert _shared.once(lambda: "again", "test", "bound", 4) == 4
