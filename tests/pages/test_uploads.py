"""What is sent to the server and never taken by a page: bounded while the browser is there, gone when it is not."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Iterator
from types import SimpleNamespace
from urllib.request import urlopen

import pytest
import wire
from events import wait_for
from processes import memory_alone
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from visitors import Server, served
from wire import Tab

from pages import _uploads
from pages._uploads import Uploads

MEGABYTE = 1024 * 1024
FILES = 40


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with served(None) as one:
        yield one


def put(server: Server, session: str, name: str, data: bytes) -> int:
    return wire.put(server.address.removeprefix("http://"), session, name, data)


def waiting(server: Server) -> int:
    """Bytes of uploads that the server holds, as it says itself."""
    with urlopen(f"{server.address}/_stcore/metrics") as answer:
        said = answer.read().decode()
    found = re.search(r'cache_memory_bytes\{cache_type="UploadedFileManager"[^}]*\} (\d+)', said)
    return int(found[1]) if found else 0


async def opened(server: Server) -> Tab:
    tab = Tab(server.address, random.Random(1))
    await tab.load("sources")
    return tab


def test_forty_files_of_ten_megabytes(server: Server) -> None:
    """Sent straight to the route by one who never lets a page read them."""
    before = memory_alone(server.pid)
    most = Uploads.MOST_BYTES // MEGABYTE

    async def visit() -> None:
        tab = await opened(server)
        data = bytes(10 * MEGABYTE - 1024)
        taken = [await asyncio.to_thread(put, server, tab.session, f"f{number}", data) for number in range(FILES)]
        assert taken == [204] * (most // 10) + [413] * (FILES - most // 10)
        assert (most - 10) * MEGABYTE < await asyncio.to_thread(waiting, server) <= most * MEGABYTE
        assert memory_alone(server.pid) - before < most + 60
        await tab.close()

    asyncio.run(visit())
    wait_for(lambda: waiting(server) == 0)
    wait_for(lambda: memory_alone(server.pid) - before < 60)


def test_one_who_has_gone_takes_nothing_from_the_next(server: Server) -> None:
    async def visit() -> list[int]:
        one, other = await opened(server), await opened(server)
        taken = [await asyncio.to_thread(put, server, tab.session, "f", bytes(MEGABYTE)) for tab in (one, other)]
        await one.close()
        await asyncio.to_thread(wait_for, lambda: waiting(server) == MEGABYTE)
        taken.append(await asyncio.to_thread(put, server, one.session, "late", bytes(MEGABYTE)))
        await other.close()
        return taken

    assert asyncio.run(visit()) == [204, 204, 400]
    wait_for(lambda: waiting(server) == 0)


class Sessions:
    """A runtime with sessions that a test opens and closes."""

    def __init__(self) -> None:
        self.uploaded_file_mgr = MemoryUploadedFileManager("")
        self.active = {"one", "two"}
        self.is_active_session = self.active.__contains__

    def add(self, session: str, name: str, size: int) -> None:
        self.uploaded_file_mgr.add_file(session, UploadedFileRec(name, name, "", bytes(size)))

    def held(self) -> set[tuple[str, str]]:
        return {(session, name) for session, files in self.uploaded_file_mgr.file_storage.items() for name in files}


@pytest.fixture
def sessions(monkeypatch: pytest.MonkeyPatch) -> Sessions:
    made = Sessions()
    monkeypatch.setattr(_uploads, "runtime", SimpleNamespace(exists=lambda: True, get_instance=lambda: made))
    monkeypatch.setattr(Uploads, "MOST_BYTES", 100)
    return made


def test_what_arrives_counts_as_what_is_there(sessions: Sessions) -> None:
    uploads = Uploads()
    assert uploads.begin(60)
    assert not uploads.begin(60)
    sessions.add("one", "a", 60)
    uploads.end(60)
    assert not uploads.begin(60)
    sessions.add("two", "a", 20)
    assert not uploads.begin(40)  # of all sessions together
    assert uploads.begin(20)
    uploads.end(20)  # it did not come
    assert uploads.begin(20)


def test_a_closed_session_takes_its_files_along(sessions: Sessions) -> None:
    uploads = Uploads()
    sessions.add("one", "a", 60)
    sessions.add("two", "a", 60)
    sessions.active.remove("one")
    uploads.drop()
    assert sessions.held() == {("two", "a")}


def test_what_no_page_takes_for_long_is_dropped(sessions: Sessions) -> None:
    now = 0.0
    uploads = Uploads(lambda: now)
    sessions.add("one", "old", 60)
    uploads.drop()
    now = Uploads.MOST_SECONDS
    sessions.add("one", "new", 10)
    uploads.drop()
    assert sessions.held() == {("one", "old"), ("one", "new")}
    now += 1
    uploads.drop()
    assert sessions.held() == {("one", "new")}
