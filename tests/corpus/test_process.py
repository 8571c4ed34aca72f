"""Reading processes: late, dead, greedy or left alone, they end with all they started and cost what was in hand."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import formats_samples as samples
import pytest
from events import runs, wait_for
from places import PROJECT
from readers import HERE

from analysis.corpus import formats, process
from analysis.corpus.formats import in_one_process, in_own_process, text_of
from analysis.corpus.process import Process, Stopped, started_by
from analysis.model import InputError

LONG = 600.0
FILES = {
    "a.docx": samples.word(),
    "b.pdf": samples.pdf(samples.pages_of(samples.POLICY)),
    "c.html": samples.page("".join(f"<p>{line}</p>" for line in samples.POLICY)),
    "d.ofd": samples.ofd(samples.POLICY),
}


@pytest.fixture
def reader() -> Iterator[Process]:
    with Process(f"{HERE}:various") as one:
        yield one


def test_one_process_answers_many_times(reader: Process) -> None:
    first, second = (reader.answer({"do": "tell", "data": data}, LONG) for data in (b"\n{}\x00", b""))
    assert first["pid"] == second["pid"] == reader.pid != os.getpid()
    assert (first["data"], second["data"]) == (b"\n{}\x00", b"")


def test_one_that_hangs_inside_a_library_is_ended(reader: Process) -> None:
    """It holds the interpreter and hears no signal; the time is over as soon as it is known to hang."""
    reader.ask({"do": "hang"}, LONG)
    pid = reader.hear(LONG)["pid"]
    with pytest.raises(TimeoutError):
        reader.hear(0.01)
    assert not runs(pid)
    assert reader.answer({"do": "tell"}, LONG)["pid"] != pid


def test_what_it_has_started_ends_with_it(reader: Process) -> None:
    """LibreOffice runs in a session of its own."""
    reader.ask({"do": "start"}, LONG)
    below = reader.hear(LONG)["pid"]
    assert reader.pid is not None
    assert below in started_by(reader.pid)
    with pytest.raises(TimeoutError):
        reader.hear(0.01)
    wait_for(lambda: not runs(below))


def test_one_that_takes_too_much_memory_says_so_and_lives_on(reader: Process) -> None:
    with pytest.raises(InputError, match="内存"):
        reader.answer({"do": "grab"}, LONG)
    assert reader.pid
    assert reader.answer({"do": "tell"}, LONG)["pid"] == reader.pid


def test_one_that_dies_costs_one_answer(reader: Process) -> None:
    with pytest.raises(EOFError):
        reader.answer({"do": "die"}, LONG)
    assert reader.pid is None
    assert reader.answer({"do": "tell"}, LONG)["pid"] == reader.pid


def test_one_that_cannot_start() -> None:
    with Process(f"{HERE}:nobody") as one, pytest.raises(EOFError):
        one.answer({}, LONG)


def test_ended_from_another_thread(reader: Process) -> None:
    reader.ask({"do": "hang"}, LONG)
    pid = reader.hear(LONG)["pid"]
    threading.Thread(target=reader.kill).start()
    with pytest.raises(Stopped):
        reader.hear(LONG)
    assert not runs(pid)
    assert reader.answer({"do": "tell"}, LONG)["pid"] == reader.pid


DAEMON = f"""
import multiprocessing
from analysis.corpus.process import Process
def inside():
    with Process("{HERE}:various") as one:
        print(one.answer({{"do": "tell"}}, 600)["pid"], flush=True)
worker = multiprocessing.get_context("fork").Process(target=inside, daemon=True)
worker.start()
worker.join()
"""


def test_inside_a_process_that_may_have_no_children_of_its_own() -> None:
    """Workers of Dask are such: ``multiprocessing`` refuses them children, and so do the pools that rest on it."""
    # In a program of its own: other tests put a page in the place of this one's main module.
    ran = subprocess.run([sys.executable, "-c", DAEMON], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip().isdecimal(), ran.stderr


ORPHAN = f"""
from analysis.corpus.process import Process
one = Process("{HERE}:various")
one.ask({{"do": "$"}}, 600)
print(one.pid, one.hear(600)["pid"], flush=True)
one.hear(600)
"""


def test_nobody_reads_for_one_who_was_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ORPHAN.replace("$", "start")], cwd=PROJECT, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout
        pid, below = map(int, parent.stdout.readline().split())
        parent.kill()
    wait_for(lambda: not runs(pid))
    with contextlib.suppress(OSError):
        os.kill(below, signal.SIGKILL)


def test_one_that_hangs_and_is_watched_by_nobody_is_ended_by_the_system() -> None:
    """An alarm is set for every request, also where the interpreter is held and the end of input is not seen."""
    with Process(f"{HERE}:impatient") as one:
        one.ask({"do": "hang"}, 0.5)
        pid = one.hear(LONG)["pid"]
        with pytest.raises(EOFError):
            one.hear(LONG)
    assert not runs(pid)


# Files, one process for all of them. -------------------------------------------------------------------------


def test_the_same_texts_from_one_process() -> None:
    ask = in_one_process()
    for name, data in (*FILES.items(), *FILES.items()):
        assert text_of(data, name, ask) == text_of(data, name, in_own_process)


def test_what_is_wrong_with_a_file_is_said_the_same() -> None:
    said = []
    for ask in (in_one_process(), in_own_process):
        with pytest.raises(InputError) as caught:
            text_of(FILES["b.pdf"][:400], "坏.pdf", ask)
        said.append(str(caught.value))
    assert said[0] == said[1]


def test_no_file_is_lost_when_a_process_has_had_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends with the file in hand; the next file may come before it is gone."""
    whole = text_of(FILES["c.html"], "c.html")
    monkeypatch.setattr(formats, "READER", f"{HERE}:full")
    with Process(formats.READER) as one:
        for _ in range(4):
            assert one.answer({"task": "HTML", "data": FILES["c.html"]}, LONG)["text"] == whole
            assert one.pid is None


def test_what_the_caller_holds_is_not_held_against_the_process() -> None:
    """The system counts the most memory a process ever held from before it became this program."""
    ballast = b"x" * (process._ENOUGH + 100 * 1024**2)
    with Process(formats.READER) as one:
        one.answer({"task": "DOCX", "data": FILES["a.docx"]}, LONG)
        assert one.pid
    assert len(ballast) > process._ENOUGH
