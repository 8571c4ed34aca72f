"""The one way to keep an answer: made once for all visitors, known by what it was made from, bounded, and shared."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import wraps
from threading import Lock
from types import CodeType
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from analysis.pipeline import Collection

Given = ParamSpec("Given")
Made = TypeVar("Made")
Key = tuple[Hashable, ...]
Function = tuple[str, CodeType]  # file and code: equal code may stand in two files

MOST_PRIVATE = 8  # answers of a function in the session of one visitor
_PRIVATE = "private_answers"


@dataclass(slots=True)
class _Answers:
    """What one function gave, the least recently asked first, with the time by which each was begun."""

    by_key: OrderedDict[Key, tuple[float, Future[Any]]] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def claim(self, key: Key, most: int, seconds: float) -> tuple[Future[Any], Future[Any]]:
        """A place for the answer, and the place that holds it: the same one where it is still to be made."""
        with self.lock:
            now = time.monotonic()
            begun, found = self.by_key.get(key, (now, None))
            mine: Future[Any] = Future()
            if found is None or now - begun > seconds:
                begun, found = now, mine
            self.by_key[key] = begun, found
            self.by_key.move_to_end(key)
            while len(self.by_key) > most:
                self.by_key.popitem(last=False)
            return mine, found

    def forget(self, key: Key, failed: Future[Any]) -> None:
        """Forget an answer that failed, unless it was begun again since."""
        with self.lock:
            if key in self.by_key and self.by_key[key][1] is failed:
                del self.by_key[key]


# By code: the framework runs a page's script anew for every click, and with it every definition.
_answers: dict[Function, _Answers] = {}


def kept(most: int = 200, seconds: float = float("inf")) -> Callable[[Callable[Given, Made]], Callable[Given, Made]]:
    """Keep the last ``most`` answers of a function, each for ``seconds``.

    An answer is known by the function's own code and its arguments: a collection by its digest, what has an
    ``answer_key`` by that, all else by itself. Where an argument is ``private``, because it holds something of one
    visitor's own, the answer stays in that visitor's session and goes with it. What fails is not kept. Whoever asks
    while an answer is being made waits for it.
    Answers are shared: nobody changes them. The function takes everything that its answer depends on as an argument.
    """

    def keeping(make: Callable[Given, Made]) -> Callable[Given, Made]:
        @wraps(make)
        def asked(*args: Given.args, **more: Given.kwargs) -> Made:
            given = (*args, *(value for _, value in sorted(more.items())))
            key = tuple(_named(argument) for argument in given)
            private = any(getattr(one, "private", False) for one in given)
            answers, limit = _answers_of(make, private=private), min(most, MOST_PRIVATE) if private else most
            mine, found = answers.claim(key, limit, seconds)
            while found is not mine:
                if found.exception() is None:
                    made: Made = found.result()
                    return made
                answers.forget(key, found)  # whoever made it was cut off: try it oneself
                mine, found = answers.claim(key, limit, seconds)
            try:
                mine.set_result(make(*args, **more))
            except BaseException as problem:
                answers.forget(key, mine)
                mine.set_exception(problem)
                raise
            return mine.result()  # type: ignore[no-any-return]

        return asked

    return keeping


def forget(function: Callable[..., Any]) -> None:
    """Forget all answers of a function: what they were made from has changed this moment."""
    answers = _answers_of(function.__wrapped__, private=False)  # type: ignore[attr-defined]
    with answers.lock:
        answers.by_key.clear()


def forget_private() -> None:
    """Forget what is kept for this visitor alone: a file of his own is gone."""
    st.session_state.pop(_PRIVATE, None)


def forget_all() -> None:
    """Forget everything, for tests."""
    for answers in _answers.values():
        with answers.lock:
            answers.by_key.clear()


def _answers_of(function: Callable[..., Any], *, private: bool) -> _Answers:
    """Where the answers of a function are: for all visitors, or in the session of this one."""
    every = st.session_state.setdefault(_PRIVATE, {}) if private else _answers
    code = function.__code__
    found: _Answers = every.setdefault((code.co_filename, code), _Answers())
    return found


def _named(argument: Any) -> Hashable:
    if isinstance(argument, Collection):
        return argument.digest
    named: Hashable = getattr(argument, "answer_key", argument)
    return named
