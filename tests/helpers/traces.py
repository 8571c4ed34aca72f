"""What programs leave on a disk: files below folders, those that hold a word, those that were ever there."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import threading
import zipfile
from collections.abc import Sequence
from pathlib import Path

from formats_samples import word

from analysis.corpus.formats import office

#: Folders that programs of one machine share.
SHARED = (Path("/tmp"), Path("/dev/shm"), Path("/var/tmp"), Path.home() / ".cache", Path.home() / ".config")


def old_word(lines: Sequence[str], folder: Path, ending: str = "doc") -> bytes:
    """A doc (wps), rtf or odt as an office program writes it."""
    folder.mkdir()
    (folder / "in.docx").write_bytes(word(lines))
    command = [str(office.program()), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", ending, "--outdir", str(folder), str(folder / "in.docx")]
    subprocess.run(command, check=True, capture_output=True, env={"HOME": str(folder), "PATH": "/usr/bin:/bin"})
    return (folder / f"in.{ending}").read_bytes()


def files_below(*folders: Path, depth: int = 99) -> dict[Path, tuple[int, int]]:
    """Every file below, at most so many folders deep, with its time and size."""
    found = {}
    for folder in folders:
        for place, inner, names in os.walk(folder):
            deep = len(Path(place).parts) - len(folder.parts) >= depth
            inner[:] = [] if deep else [name for name in inner if name not in (".git", ".venv", "node_modules")]
            for name in names:
                path = Path(place, name)
                with contextlib.suppress(OSError):  # gone already
                    found[path] = (path.lstat().st_mtime_ns, path.lstat().st_size)
    return found


def holding(marker: str, paths: set[Path]) -> list[Path]:
    """Those of the files that hold the word in an encoding, also inside a zip."""
    found = []
    for path in paths:
        try:
            data = path.read_bytes() if path.is_file() and path.stat().st_size < 50_000_000 else b""
        except OSError:
            continue
        if data.startswith(b"PK"):
            try:
                with zipfile.ZipFile(io.BytesIO(data)) as archive:
                    data += b"".join(archive.read(name) for name in archive.namelist())
            except (zipfile.BadZipFile, RuntimeError):
                pass
        if any(marker.encode(encoding) in data for encoding in ("utf-8", "utf-16-le", "utf-16-be")):
            found.append(path)
    return found


class Watch:
    """Looks again and again at folders, and keeps every path that was ever there."""

    def __init__(self, *folders: Path) -> None:
        self.seen: set[Path] = set()
        self._folders, self._over = folders, threading.Event()
        self._thread = threading.Thread(target=self._look)

    def _look(self) -> None:
        while not self._over.wait(0.005):
            for folder in self._folders:
                self.seen |= files_below(folder).keys()

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
