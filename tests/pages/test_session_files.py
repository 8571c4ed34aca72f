"""A person's own files: kept apart from each other's, bounded, forgotten, marked on every page, harmless."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import escape

import pytest
import streamlit as st
from drafts import draft_from
from hypothesis import given
from hypothesis import strategies as some
from own_files import MEASURES, VISITOR, own
from shown_pages import markup, opened
from starlette.formparsers import MultiPartParser
from starlette.types import Message, Receive, Scope, Send

import app
from analysis import pipeline
from analysis.model import Corpus, InputError
from analysis.present import links
from pages import _session
from pages._kept import forget_all
from pages._session import Desk, FileStore, OwnDraft, OwnFile

NAMELESS = "一、主要目标\n到2027年，技术合同成交额达到70亿元。\n二、奖励\n对购买技术的企业，给予最高30万元补助。\n"


class Clock:
    """Seconds that a test moves on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def known_in(corpus: Corpus) -> Callable[[str], str | None]:
    """The title of the document of a corpus that has a file with this digest."""
    cards = [reading.document.card for reading in corpus.readings]
    return {edition.sha256: card.title for card in cards for edition in card.editions}.get


@pytest.fixture(scope="module")
def measures() -> OwnFile:
    return own()


def test_what_one_brings_another_does_not_see(measures: OwnFile) -> None:
    shelf = FileStore()
    shelf.put("one", measures)
    assert shelf.files("one") == (measures,)
    assert shelf.files("other") == ()


def test_the_eleventh_file_is_refused_and_the_ten_stay(measures: OwnFile) -> None:
    shelf = FileStore()
    for number in range(_session.MOST_FILES):
        shelf.put("one", replace(measures, digest=f"{number}"))
    with pytest.raises(InputError, match="最多放 10 份"):
        shelf.put("one", measures)
    assert len(shelf.files("one")) == _session.MOST_FILES


def test_all_visitors_together_have_a_limit(measures: OwnFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_session, "MOST_OF_ALL", int(2.5 * len(measures.reading.document.raw)))
    shelf = FileStore()
    shelf.put("one", measures)
    shelf.put("two", measures)
    with pytest.raises(InputError, match="暂存的文件已满"):
        shelf.put("three", measures)
    shelf.remove("one", measures.digest)
    shelf.put("three", measures)


def test_one_visitor_cannot_take_it_all(measures: OwnFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_session, "MOST_OF_ONE", int(1.5 * len(measures.reading.document.raw)))
    shelf = FileStore()
    shelf.put("one", measures)
    with pytest.raises(InputError, match="合计超过"):
        shelf.put("one", replace(measures, digest="2"))
    shelf.put("two", measures)


def test_whoever_is_not_seen_for_long_is_forgotten(measures: OwnFile) -> None:
    clock = Clock()
    shelf = FileStore(clock)
    shelf.put("away", measures)
    shelf.put("here", measures)
    clock.now += _session.IDLE_HOURS * 3600 - 1
    assert shelf.files("here")
    clock.now += 2
    assert shelf.files("here")
    assert shelf.files("away") == ()


def draft_of(text: str, word: bytes | None = None) -> Desk:
    """A desk with a draft on it."""
    return Desk(OwnDraft("草案.txt", "d", 1, pipeline.CheckedDraft(draft_from(text), (), word)))


def test_a_draft_counts_with_the_files_and_what_is_decided_of_it_costs_nothing(
    measures: OwnFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = len(measures.reading.document.raw)
    monkeypatch.setattr(_session, "MOST_OF_ONE", int(1.5 * size))
    shelf = FileStore()
    shelf.put("one", measures)
    with pytest.raises(InputError, match="合计超过"):
        shelf.lay("one", lambda desk: draft_of("字" * size))
    with pytest.raises(InputError, match="合计超过"):
        shelf.lay("one", lambda desk: draft_of("字", bytes(25 * size)))
    assert shelf.desk("one") == Desk()
    shelf.lay("one", lambda desk: draft_of("字" * (size // 2)))
    monkeypatch.setattr(_session, "MOST_OF_ONE", 1)
    shelf.lay("one", lambda desk: replace(desk, ticked=frozenset({"a"})))
    assert shelf.desk("one").ticked == {"a"}
    assert shelf.desk("other") == Desk()


def test_all_drafts_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_session, "MOST_OF_ALL", 250)
    shelf = FileStore()
    shelf.lay("one", lambda desk: draft_of("字" * 100))
    shelf.lay("two", lambda desk: draft_of("字" * 100))
    with pytest.raises(InputError, match="暂存的文件已满"):
        shelf.lay("three", lambda desk: draft_of("字" * 100))
    shelf.lay("one", lambda desk: Desk())
    shelf.lay("three", lambda desk: draft_of("字" * 100))


def test_a_draft_is_forgotten_with_its_visitor_and_outlasts_the_files(measures: OwnFile) -> None:
    clock = Clock()
    shelf = FileStore(clock)
    shelf.put("one", measures)
    shelf.lay("one", lambda desk: draft_of("字"))
    shelf.remove("one", measures.digest)
    assert shelf.desk("one").draft
    clock.now += _session.IDLE_HOURS * 3600 + 1
    assert shelf.desk("one") == Desk()


def test_removing_takes_one_and_leaves_the_rest(measures: OwnFile) -> None:
    shelf = FileStore()
    second = replace(measures, digest="2")
    shelf.put("one", measures)
    shelf.put("one", second)
    shelf.remove("one", measures.digest)
    shelf.remove("one", "never brought")
    shelf.remove("nobody", "2")
    assert shelf.files("one") == (second,)


def test_every_row_carries_the_safe_name(measures: OwnFile) -> None:
    reading = measures.reading
    assert re.fullmatch(r"own-[0-9a-f]{8}", reading.document.id)
    rows = (*reading.clauses, *reading.targets, *reading.incentives, *reading.unparsed)
    assert reading.targets
    assert {row.document for row in rows} == {reading.document.id}
    assert reading.document.card.own
    # The same as reading it under that name from the start.
    assert pipeline.read(reading.document) == reading
    for target in reading.targets:
        assert reading.document.text[target.start : target.end] == target.quote


@given(some.text())
def test_a_name_is_short_without_folders_and_control_characters(name: str) -> None:
    shown = _session.clean_name(name)
    assert 0 < len(shown) <= 80
    assert "/" not in shown
    assert "\\" not in shown
    assert shown.isprintable()


def test_tokens_are_told_from_other_words() -> None:
    assert _session.is_token(_session.new_token())
    assert _session.new_token() != _session.new_token()
    for text in ("", "short", "x" * 33, "a b" + "c" * 29, "é;" * 16):
        assert not _session.is_token(text)


# The cookie ------------------------------------------------------------------------------------------------


def cookies_set(kind: str = "text/html", **headers: str) -> list[str]:
    """The Set-Cookie headers of an answer of type ``kind`` to a browser that sends ``headers``."""

    async def framework(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind.encode())]})
        await send({"type": "http.response.body", "body": b"<html><head></head></html>"})

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    given_headers = [(name.encode(), value.encode()) for name, value in {"accept": "text/html", **headers}.items()]
    scope = {"type": "http", "path": "/targets", "headers": given_headers}
    asyncio.run(app.ResponseHeaders(framework)(scope, receive, send))
    return [value.decode() for name, value in sent[0]["headers"] if name == b"set-cookie"]


def test_a_browser_gets_its_number_once() -> None:
    (cookie,) = cookies_set()
    token = cookie.split(";")[0].removeprefix(f"{_session.COOKIE}=")
    assert _session.is_token(token)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" not in cookie, "it ends with the browser"
    assert "Max-Age" not in cookie
    assert cookies_set(cookie=f"zh_width=1280; {_session.COOKIE}={token}") == []
    assert cookies_set(cookie=f"{_session.COOKIE}=guess")
    assert cookies_set("text/javascript") == []


def test_an_upload_never_goes_to_a_temporary_file() -> None:
    assert MultiPartParser.spool_max_size > st.get_option("server.maxUploadSize") * 1024 * 1024


# The pages ---------------------------------------------------------------------------------------------------


@pytest.fixture
def brought(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[OwnFile]]:
    """A visitor with two files: one whose place is known, one that says nothing of itself."""
    monkeypatch.setattr(_session, "visitor", lambda: VISITOR)
    files = [own(), own(NAMELESS, "无题.txt")]
    for file in files:
        _session.file_store().put(VISITOR, file)
    yield files
    forget_all()


@pytest.mark.parametrize("page", [name for name, _ in links.PAGES])
def test_no_page_fails_on_them(brought: list[OwnFile], page: str) -> None:
    assert "zh-fault" not in markup(opened(page))


@pytest.mark.parametrize("page", ["overview", "targets", "incentives", "wording"])
def test_both_are_shown_and_marked(brought: list[OwnFile], page: str) -> None:
    said = markup(opened(page))
    assert "湖南" in said
    assert "无题" in said
    assert said.count("（本次会话）") >= 2


def test_targets_lead_to_the_words_of_the_file(brought: list[OwnFile]) -> None:
    said = markup(opened("targets"))
    for file in brought:
        for target in file.reading.targets:
            assert target.citation
            assert escape(links.words_link(target.citation)) in said


def test_the_reader_opens_them(brought: list[OwnFile]) -> None:
    reading = brought[0].reading
    target = reading.targets[0]
    said = markup(opened("reader", document=reading.document.id, at=f"{target.start}-{target.end}"))
    assert "湖南省促进技术转移若干措施" in said
    assert "<mark" in said


def test_figures_are_held_against_the_place_that_is_known_and_no_other(brought: list[OwnFile]) -> None:
    said = markup(opened("trends"))
    assert "湖南（本次会话）" in said
    assert "无题（本次会话）没有认出是哪个地区" in said


def test_the_corpus_itself_is_unchanged(brought: list[OwnFile], real_corpus: Corpus) -> None:
    assert f"{len(real_corpus.readings)}\u2009份文件" in markup(opened("sources"))
    assert "本次会话）" not in markup(opened("quality"))


def test_an_address_of_another_session_is_explained(brought: list[OwnFile]) -> None:
    assert "别人或以前会话" in markup(opened("reader", document="own-00000000"))


def test_the_same_file_is_not_read_twice(brought: list[OwnFile], real_corpus: Corpus) -> None:
    file = _session.bring(b"\xe4\xb8\x80\xe3\x80\x81" + MEASURES.encode(), "别名.txt", known_in(real_corpus))
    with pytest.raises(InputError, match="内容相同"):
        _session.bring(b"\xe4\xb8\x80\xe3\x80\x81" + MEASURES.encode(), "又一个.txt", known_in(real_corpus))
    assert file in _session.files()
    card = real_corpus.readings[0].document.card
    data = (pipeline.default_root() / "documents" / card.slug / card.editions[0].file).read_bytes()
    with pytest.raises(InputError, match="同一个文件"):
        _session.bring(data, "原文.txt", known_in(real_corpus))


def test_names_and_titles_are_never_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_session, "visitor", lambda: VISITOR)
    evil = "<img src=x onerror=alert(1)>"
    try:
        _session.file_store().put(VISITOR, own(f"{evil}关于技术转移的办法\n\n{NAMELESS}", f"{evil}.txt"))
        for page, _ in links.PAGES:
            assert "<img src=x" not in markup(opened(page)), page
    finally:
        forget_all()
