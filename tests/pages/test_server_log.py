"""What is logged of an exception: where it came from, and nothing of its words."""

from __future__ import annotations

import io
import logging
import pickle
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis import pipeline
from analysis.corpus.process import Process
from analysis.pipeline.reading import UPLOAD_READER
from pages import _logs

WORDS = "我是朱丽华，电话19900001234"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What a logger writes while the server's records are made."""
    before = logging.getLogRecordFactory()
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    _logs.keep_words_out()
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)
    logging.setLogRecordFactory(before)


def fail_with_words() -> None:
    try:
        raise KeyError(WORDS)
    except KeyError as problem:
        raise ValueError(f"cannot read {WORDS}") from problem


def test_an_exception_is_told_without_its_words(log: io.StringIO) -> None:
    try:
        fail_with_words()
    except ValueError:
        logging.getLogger("zhengheng").exception("page failed: %s", "意见处理")
    told = log.getvalue()
    assert "朱丽华" not in told
    assert "19900001234" not in told
    assert "ERROR zhengheng: page failed: 意见处理" in told
    assert told.index("KeyError") < told.index("ValueError")
    assert "in fail_with_words" in told
    assert __file__ in told


def test_an_exception_as_an_argument_is_named_by_its_kind(log: io.StringIO) -> None:
    logging.getLogger("some.library").warning("failed: %s (%d)", ValueError(WORDS), 3)
    assert log.getvalue() == "WARNING some.library: failed: ValueError (3)\n"


def test_the_routes_of_the_login_name_nobody(log: io.StringIO) -> None:
    routes = logging.getLogger("streamlit.web.server.starlette.starlette_auth_routes")
    told = "Error during authentication: %s. Error description: %s"
    said = ("denied", "zhang@example.gov.cn is blocked")
    record = routes.makeRecord(routes.name, logging.ERROR, "", 0, told, said, None)
    assert record.getMessage() == "Error during authentication: …. Error description: …"


def test_a_thread_that_fails_is_told_without_words(log: io.StringIO) -> None:
    thread = threading.Thread(target=fail_with_words, name="worker")
    thread.start()
    thread.join()
    assert "thread failed: worker" in log.getvalue()
    assert "朱丽华" not in log.getvalue()


def test_a_chain_without_an_end_is_told_to_a_bound() -> None:
    one, other = ValueError(WORDS), KeyError(WORDS)
    one.__cause__, other.__cause__ = other, one
    assert pipeline.without_words(one).count("Traceback") == 8


def test_it_is_set_up_once(log: io.StringIO) -> None:
    made = logging.getLogRecordFactory()
    _logs.keep_words_out()
    assert logging.getLogRecordFactory() is made


def test_a_process_that_reads_for_us_dies_without_words(tmp_path: Path) -> None:
    said = tmp_path / "said"
    with Process(UPLOAD_READER, errors=said) as process, pytest.raises(EOFError):
        process.answer({"data": pickle.dumps((int, (WORDS,))), "tells": False}, 600)
    told = said.read_text("utf-8")
    assert told.endswith("ValueError\n")
    assert "朱丽华" not in told
