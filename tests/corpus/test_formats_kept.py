"""One process for many files gives what a process for each gives, and a file that breaks it costs only itself."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import formats_samples as samples
import pytest
from places import PROJECT

from analysis.corpus.formats import kept, text_of, worker
from analysis.corpus.formats.kept import KeptReader
from analysis.model import InputFault

FILES = {
    "a.docx": samples.word(),
    "b.pdf": samples.pdf(samples.pages_of(samples.POLICY)),
    "c.html": samples.page("".join(f"<p>{line}</p>" for line in samples.POLICY)),
    "d.ofd": samples.ofd(samples.POLICY),
}


@pytest.fixture(scope="module")
def reader() -> Iterator[KeptReader]:
    one = KeptReader()
    yield one
    one.close()


def pid(reader: KeptReader) -> int:
    assert reader.process is not None
    return reader.process.pid


def test_the_same_texts_from_one_process(reader: KeptReader) -> None:
    seen = set()
    for name, data in (*FILES.items(), *FILES.items()):
        assert text_of(data, name, reader) == text_of(data, name)
        seen.add(pid(reader))
    assert len(seen) == 1


def test_what_is_wrong_with_a_file_is_said_as_before(reader: KeptReader) -> None:
    text_of(FILES["a.docx"], "a.docx", reader)
    before = pid(reader)
    with pytest.raises(InputFault) as mine:
        text_of(FILES["b.pdf"][:400], "坏.pdf", reader)
    with pytest.raises(InputFault) as theirs:
        text_of(FILES["b.pdf"][:400], "坏.pdf")
    assert str(mine.value) == str(theirs.value)
    assert pid(reader) == before


def test_a_process_that_dies_costs_one_file(reader: KeptReader) -> None:
    text_of(FILES["a.docx"], "a.docx", reader)
    before = pid(reader)
    os.kill(before, signal.SIGSTOP)  # it takes the file and does not answer
    threading.Timer(0.2, os.kill, (before, signal.SIGKILL)).start()
    with pytest.raises(InputFault, match="已损坏"):
        text_of(FILES["a.docx"], "a.docx", reader)
    assert text_of(FILES["a.docx"], "a.docx", reader) == text_of(FILES["a.docx"], "a.docx")
    assert pid(reader) != before


def test_a_file_that_takes_too_long(reader: KeptReader) -> None:
    text_of(FILES["a.docx"], "a.docx", reader)
    before = pid(reader)
    os.kill(before, signal.SIGSTOP)
    with pytest.raises(TimeoutError):
        reader(FILES["a.docx"], "DOCX", 1)
    assert reader.process is None
    assert b"text" in reader(FILES["a.docx"], "DOCX", 60)


# A process to which any memory is much.
FULL = (
    "from analysis.corpus.formats import worker\nworker._ENOUGH = 0\n"
    "import sys; sys.argv = ['worker', worker.MANY]; worker.main()"
)


def test_a_process_that_has_taken_much_memory_ends() -> None:
    """With the file in hand, and says so; the next one gets a new process."""
    request = json.dumps({"task": "DOCX", "size": len(FILES["a.docx"])}).encode() + b"\n" + FILES["a.docx"]
    done = subprocess.run([sys.executable, "-c", FULL], input=request * 2, capture_output=True, cwd=PROJECT, check=True)
    head, said = done.stdout.split(b"\n", 1)
    assert json.loads(head) == {"size": len(said), "last": True}
    assert json.loads(said)["text"] == text_of(FILES["a.docx"], "a.docx")


def test_no_file_is_lost_when_a_process_has_had_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next file may come before the process is gone."""
    monkeypatch.setattr(kept, "COMMAND", (sys.executable, "-c", FULL))
    one = KeptReader()
    for _ in range(4):
        assert text_of(FILES["c.html"], "c.html", one) == text_of(FILES["c.html"], "c.html")
        assert one.process is None


def test_what_the_caller_holds_is_not_held_against_the_process(reader: KeptReader) -> None:
    """The system counts the most memory a process ever held from before it became this program."""
    reader.close()
    ballast = b"x" * (worker._ENOUGH + 100 * 1024**2)
    text_of(FILES["a.docx"], "a.docx", reader)
    before = pid(reader)
    text_of(FILES["a.docx"], "a.docx", reader)
    assert pid(reader) == before
    assert len(ballast) > worker._ENOUGH
