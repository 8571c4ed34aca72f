"""The frame and every page without a browser: nothing fails, faults are one Chinese sentence, the rest is served."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from shown_pages import markup, opened, words
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send
from streamlit.testing.v1 import AppTest

import app
from analysis import pipeline
from analysis.model import Corpus
from analysis.present import links
from pages._kept import forget_all

PAGES = tuple(name for name, _ in links.PAGES)


@pytest.fixture
def broken_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the corpus in which one card has lost its title."""
    root = tmp_path / "corpus"
    shutil.copytree(pipeline.default_root(), root)
    card = sorted(root.glob("documents/*/card.toml"))[0]
    card.write_text(re.sub(r"^title = .*$", "", card.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    monkeypatch.setenv(pipeline.ROOT_VARIABLE, str(root))
    yield card
    forget_all()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_its_question_and_no_fault(page: str) -> None:
    test = opened(page)
    shown = markup(test)
    assert "zh-fault" not in shown
    assert len(re.findall(r"<h1[ >]", shown)) == 1


def test_overview_counts_what_was_read(real_corpus: Corpus) -> None:
    corpus = real_corpus
    said = words(opened("overview"))
    assert f"{len(corpus.readings)}份文件" in said
    assert f"{sum(len(reading.targets) for reading in corpus.readings)}项目标" in said
    assert f"{sum(len(reading.incentives) for reading in corpus.readings)}项激励" in said


def test_a_broken_card_is_named_and_the_rest_is_served(broken_corpus: Path) -> None:
    healthy = len(list(broken_corpus.parents[1].iterdir())) - 1
    said = words(opened("sources"))
    assert broken_corpus.parent.name in said
    assert "title" in said
    assert f"{healthy}份文件" in said
    assert "Traceback" not in said


def test_a_corpus_that_is_not_there_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(pipeline.ROOT_VARIABLE, str(tmp_path / "nowhere"))
    test = opened("overview")
    assert "语料文件夹不存在" in words(test)


def test_a_page_that_fails_says_one_chinese_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(pipeline, "corpus_overview", failing)
    forget_all()
    test = opened("overview")
    said = words(test)
    assert "这一页没有算出来" in said
    assert "secret detail" not in said


@pytest.mark.parametrize("page", ["overview", "targets", "incentives", "wording", "reader"])
def test_a_corpus_without_documents_says_so(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "documents").mkdir()
    shutil.copytree(pipeline.default_root() / "series", tmp_path / "series")
    monkeypatch.setenv(pipeline.ROOT_VARIABLE, str(tmp_path))
    test = opened(page)
    assert "还没有可读的文件" in words(test)
    forget_all()


def test_no_markup_is_nothing_and_no_failure() -> None:
    def page() -> None:
        from pages import _ui

        _ui.html("")
        _ui.html("<p>字</p>")

    test = AppTest.from_function(page).run()
    assert not test.exception
    assert len(test.get("html")) == 1


def test_new_province_needs_no_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "corpus"
    shutil.copytree(pipeline.default_root(), root)
    original = sorted(root.glob("documents/*/card.toml"))[0].parent
    added = original.with_name("hunan-2021")
    shutil.copytree(original, added)
    card = added / "card.toml"
    text = re.sub(r"^region_code = .*$", 'region_code = "430000"', card.read_text("utf-8"), flags=re.MULTILINE)
    card.write_text(re.sub(r"^region = .*$", 'region = "湖南"', text, flags=re.MULTILINE), "utf-8")
    monkeypatch.setenv(pipeline.ROOT_VARIABLE, str(root))
    assert "湖南" in words(opened("overview"))
    forget_all()


def answered(kind: str, body: bytes, **headers: str) -> tuple[dict[str, str], bytes]:
    """What a browser gets when the framework answers ``body`` of type ``kind``: headers and body."""
    asked: list[dict[str, str]] = []

    async def framework(scope: Scope, _: Receive, send: Send) -> None:
        asked.append({name.decode(): value.decode() for name, value in scope["headers"]})
        start = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": start})
        half = len(body) // 2
        await send({"type": "http.response.body", "body": body[:half], "more_body": True})
        await send({"type": "http.response.body", "body": body[half:]})

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    asyncio.run(app.ResponseHeaders(framework)({"type": "http", "path": "/targets", "headers": given}, receive, send))
    assert sent[0]["type"] == "http.response.start"
    got = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return got | {"asked-encoding": asked[0].get("accept-encoding", "")}, b"".join(m.get("body", b"") for m in sent[1:])


PAGE = b'<html lang="en"><head><title>Streamlit</title></head><body>You need to enable JavaScript to run this app.'


def test_the_served_page_is_chinese() -> None:
    headers, body = answered("text/html; charset=utf-8", PAGE, accept="text/html,*/*", accept_encoding="gzip")
    page = body.decode()
    assert '<html lang="zh-CN">' in page
    assert "<title>政衡</title>" in page
    assert "enable JavaScript" not in page
    assert headers["content-length"] == str(len(body))
    assert headers["asked-encoding"] == "", "a compressed page could not be changed"


@pytest.mark.parametrize("kind", ["text/html", "application/json", "text/javascript"])
def test_every_answer_forbids_outside_requests(kind: str) -> None:
    headers, _ = answered(kind, PAGE, accept="*/*")
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_other_answers_pass_unchanged() -> None:
    assert answered("application/json", b'{"a": 1}', accept="text/html")[1] == b'{"a": 1}'


def test_health_tells_what_is_served(real_corpus: Corpus) -> None:
    told = json.loads(bytes(asyncio.run(app.health(Request({"type": "http"}))).body))
    assert told == {"status": "ok", "documents": len(real_corpus.readings), "faults": 0}


def test_after_the_warm_up_the_first_visitor_waits_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_all()
    monkeypatch.setattr(app.gc, "freeze", lambda: None)
    app.warm_up()

    def again(*_: object, **__: object) -> None:
        raise AssertionError("made once already")

    for question in ("open_collection", "score_gold", "facets", "totals", "word_table", "catalogue"):
        monkeypatch.setattr(pipeline, question, again)
    app.first_answers()
