"""A conversion leaves nothing in its folder, whichever of the programs is killed while LibreOffice reads."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from events import runs, wait_for
from places import PROJECT

from analysis.corpus.formats import conversion

ASK = """
import sys
from pathlib import Path
from analysis.corpus.formats import conversion, office
from analysis.corpus.formats.kinds import Kind
conversion._MEMORY = Path(sys.argv[1])
office.program = lambda: sys.argv[2]
try:
    office.to_docx(b"{\\\\rtf1 secret}", Kind.RTF, "draft.rtf")
except Exception as fault:
    print(fault)
"""


class Asking:
    """A program that has a document converted by a stand-in for LibreOffice, which never ends."""

    def __init__(self, tmp_path: Path) -> None:
        self.memory = tmp_path / "memory"
        self.memory.mkdir()
        office, told = tmp_path / "soffice", tmp_path / "told"
        script = f"#!/bin/sh\nsleep 600 &\necho $PPID $$ $! > {told}.new\nmv {told}.new {told}\nwait\n"
        office.write_text(script, encoding="utf-8")
        office.chmod(office.stat().st_mode | stat.S_IXUSR)
        self.process = subprocess.Popen(
            [sys.executable, "-c", ASK, str(self.memory), str(office)], cwd=PROJECT, stdout=subprocess.PIPE
        )
        wait_for(told.exists)
        self.converting, self.office, self.child = map(int, told.read_text("utf-8").split())

    @property
    def folders(self) -> list[Path]:
        """What stands in the place of private folders."""
        return list(self.memory.iterdir())

    def ended(self) -> bool:
        """Whether LibreOffice and what it started are gone."""
        return not runs(self.office) and not runs(self.child)


@pytest.fixture
def asking(tmp_path: Path) -> Asking:
    """Under way, with the document in its folder."""
    found = Asking(tmp_path)
    (folder,) = found.folders
    assert b"secret" in (folder / "source.rtf").read_bytes()
    return found


def test_the_asking_program_is_killed(asking: Asking) -> None:
    asking.process.kill()
    asking.process.wait()
    wait_for(lambda: not asking.folders)
    wait_for(asking.ended)
    wait_for(lambda: not runs(asking.converting))


def test_the_converting_process_is_stopped(asking: Asking) -> None:
    os.kill(asking.converting, signal.SIGTERM)
    wait_for(lambda: not asking.folders)
    wait_for(asking.ended)
    assert "损坏" in asking.process.communicate()[0].decode()


def test_the_converting_process_is_killed_and_the_next_one_looks(asking: Asking, tmp_path: Path) -> None:
    os.kill(asking.converting, signal.SIGKILL)
    assert "损坏" in asking.process.communicate()[0].decode()
    wait_for(asking.ended)
    assert len(asking.folders) == 1
    conversion.sweep(asking.memory)
    assert asking.folders == []


def test_a_folder_in_use_and_what_is_no_folder_of_ours_stays(tmp_path: Path) -> None:
    other, link = tmp_path / "other", tmp_path / f"{conversion.PREFIX}link"
    other.mkdir()
    link.symlink_to(other)
    (tmp_path / f"{conversion.PREFIX}file").write_bytes(b"")
    with conversion.private_folder(tmp_path) as folder:
        (folder / "source.doc").write_bytes(b"x")
        conversion.sweep(tmp_path)
        assert (folder / "source.doc").exists()
    assert not folder.exists()
    conversion.sweep(tmp_path)
    assert {path.name.removeprefix(conversion.PREFIX) for path in tmp_path.iterdir()} == {"other", "link", "file"}
