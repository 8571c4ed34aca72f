"""What a visitor brings is read within a budget of time and memory, and pages come meanwhile."""

from __future__ import annotations

import os
import re
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from events import wait_for
from own_files import MEASURES, VISITOR
from readers import HERE
from shown_pages import markup, opened

from analysis import pipeline
from analysis.corpus.process import Process, started_by
from analysis.model import InputError
from analysis.pipeline import reading
from pages import _session
from pages._kept import forget_all


@pytest.fixture
def instead(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Puts another program in the place of the one that reads what visitors bring."""
    idle: list[Process] = []
    monkeypatch.setattr(reading, "_idle", idle)
    monkeypatch.setattr(_session, "visitor", lambda: VISITOR)
    yield lambda name: monkeypatch.setattr(reading, "UPLOAD_READER", f"{HERE}:{name}")
    for process in idle:
        process.end()
    forget_all()


def refused(data: bytes = MEASURES.encode()) -> str:
    with pytest.raises(InputError) as caught:
        _session.bring(data, "慢.txt", lambda digest: None)
    assert not _session.files()
    return str(caught.value)


def test_pages_come_while_a_text_takes_for_ever(instead: Callable[[str], None]) -> None:
    """It is read in another process, which a page need not wait for; when that is gone, one sentence says so."""
    instead("stopped")
    said: list[str] = []
    bringing = threading.Thread(target=lambda: said.append(refused()))
    bringing.start()
    wait_for(lambda: halted(os.getpid()))
    assert "技术合同" in markup(opened("overview"))
    assert bringing.is_alive()
    for pid in halted(os.getpid()):
        os.kill(pid, signal.SIGKILL)
    bringing.join()
    assert said == ["慢.txt：读取这个文件时程序意外结束，请只保留政策正文后再提交。"]


def halted(process: int) -> list[int]:
    """The processes below ``process`` that have stopped themselves."""
    return [each for each in started_by(process) if "(stopped)" in Path(f"/proc/{each}/status").read_text()]


def test_a_text_that_takes_too_long_is_one_sentence(
    instead: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    instead("hanging")
    monkeypatch.setattr(reading, "UPLOAD_SECONDS", 0.05)
    assert refused() == "慢.txt：读取超过 0.05 秒，请拆分，或只保留政策正文后再提交。"


def test_a_text_that_takes_too_much_memory_is_one_sentence(instead: Callable[[str], None]) -> None:
    instead("swelling")
    assert re.fullmatch("慢.txt：读取时占用内存过多，[^。]+。", refused())


def test_what_comes_back_is_what_is_read_here(instead: Callable[[str], None]) -> None:
    for name, data in (("措施.txt", MEASURES.encode()), ("无题.txt", MEASURES[20:].encode("gb18030"))):
        assert pipeline.read_upload(data, name) == pipeline.read_bytes(data, name)
