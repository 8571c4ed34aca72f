"""Saying a word on a row: who speaks, where it is kept, and where one goes from there. What clicks and keys call.

The rows that a page shows are made from what was known when it was drawn; whoever speaks after somebody else is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import streamlit as st

from analysis import pipeline
from analysis.model import InputError, Reading
from analysis.pipeline import Check, Item, Part
from pages import _check_form, _corpus, _session

FIRST = "1"  # in the address: wherever one is to begin
DONE = "done"
OWNER = "本人"
FILTERS = ("show", "order", "scope")  # what the address holds of the list
_TOLD, _NOTED = "check_told", "check_noted"


def allowed(reading: Reading) -> bool:
    """Whether this visitor may check this document: always a file of one's own, else where the operator lets it."""
    return reading.document.card.own or pipeline.checking_on()


def said_of(reading: Reading) -> tuple[Check, ...]:
    """All that was said of a document."""
    slug = reading.document.id
    if reading.document.card.own:
        return next((file.said for file in _session.files() if file.reading.document.id == slug), ())
    return _corpus.checks().get(slug, ())


def who(reading: Reading) -> str:
    """Whom a word is put down to; "" where a name is still needed."""
    return _session.file_store().name(_session.visitor()) or (OWNER if reading.document.card.own else "")


def go(key: str) -> None:
    """Turn to a row, leaving what was being written; out of checking where ``key`` is empty."""
    _check_form.close()
    if key:
        st.query_params["check"] = key
        return
    for name in ("check", *FILTERS):
        st.query_params.pop(name, None)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _name(reading: Reading) -> str:
    name = who(reading)
    if not name:
        tell("请先在“核对人”一栏写上姓名，再核对。")
    return name


def judge(reading: Reading, item: Item, seen: int, then: str, remove: bool) -> None:
    """That a row holds as it is shown, or is to go; then the row ``then``."""
    if name := _name(reading):
        _say(reading, pipeline.judged(reading, item, name, _now(), remove=remove), seen, then)


def _say(reading: Reading, check: Check, seen: int, then: str) -> None:
    """Keep a word and go on; where it cannot be kept, say so and stay."""
    try:
        if reading.document.card.own:
            _session.file_store().say(_session.visitor(), check, seen)
        else:
            now = _corpus.record(check, seen)
            meanwhile = [other for other in now[seen:] if other.who != check.who]
            if meanwhile:
                people = "、".join(dict.fromkeys(other.who for other in meanwhile))
                st.session_state[_NOTED] = f"这期间{people}也在核对这份文件，多了 {len(meanwhile)} 条判断，已一并显示。"
    except InputError as fault:
        tell(str(fault))
        return
    go(then)


def undo(reading: Reading, said: tuple[Check, ...]) -> None:
    """Take back what this person said last of the document, and turn to its row."""
    check = pipeline.last_of(said, who(reading))
    if check is not None:
        _say(reading, pipeline.withdrawn(check, _now()), len(said), check.row)


def keeper(
    reading: Reading, said: tuple[Check, ...], item: Item | None, then: str
) -> Callable[[Part, tuple[int, int], Mapping[str, str]], None]:
    """What the form calls with the columns that a person wrote."""

    def keep(part: Part, span: tuple[int, int], fields: Mapping[str, str]) -> None:
        name = _name(reading)
        if not name:
            return
        if item is not None:
            check = pipeline.judged(reading, item, name, _now(), fields=fields)
            _say(reading, check, len(said), then)
        else:
            check = pipeline.added(reading, said, part, span, fields, name, _now())
            _say(reading, check, len(said), check.row)

    return keep


def tell(sentence: str) -> None:
    """What the next run says above the row."""
    st.session_state[_TOLD] = sentence


def told() -> str:
    """What is to be said above the row, once."""
    return str(st.session_state.pop(_TOLD, ""))


def noted() -> str:
    """That somebody else is at work on the same document, once."""
    return str(st.session_state.pop(_NOTED, ""))
