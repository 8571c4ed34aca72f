"""A process that runs LibreOffice: it owns the private folder, and removes it also when whoever asked is gone.

``office.to_docx`` starts this file by its path, so that nothing but the standard library is loaded, and asks it on its
standard input: a line of JSON and the document. It answers with the number of LibreOffice's group of processes on a
line, and the docx. When its input ends before (the asking program was killed) it ends LibreOffice and removes the
folder. Where it is killed itself the folder stays, and whoever looks next (:func:`sweep`) removes it: the owner of a
folder holds a lock on it, which the system takes away with its process.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

PREFIX = "zhengheng-"
#: Where programs write besides their home.
_PLACES = (
    "TMPDIR",
    "TEMP",
    "TMP",
    *(f"XDG_{name}" for name in ("CACHE_HOME", "CONFIG_HOME", "DATA_HOME", "STATE_HOME", "RUNTIME_DIR")),
)
LATE = 3  # exit code
_MEMORY = Path("/dev/shm")
_ITEM = '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
#: Settings of the private profile: links in documents are not followed, macros do not run, and what would still ask the
#: network asks a proxy that is not there.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)


def place() -> Path:
    """Where private folders stand: in memory, where the system has such a place."""
    return _MEMORY if os.access(_MEMORY, os.W_OK) else Path(tempfile.gettempdir())


def sweep(where: Path) -> None:
    """Remove private folders whose owner is gone; those of others and those in use stay."""
    import fcntl  # not on every system; nor is LibreOffice run there

    for folder in where.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError), _opened(folder) as owner:  # of another person, no folder, gone
            if os.fstat(owner).st_uid == os.geteuid():
                fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)  # an OSError while its owner lives
                shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def private_folder(where: Path) -> Iterator[Path]:
    """A new folder that this process owns, and that is removed in the end."""
    import fcntl

    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=where))
        with contextlib.suppress(FileNotFoundError), _opened(folder) as owner:
            fcntl.flock(owner, fcntl.LOCK_EX)
            if os.path.samestat(folder.stat(), os.fstat(owner)):  # nobody took it for one that was left
                try:
                    yield folder
                finally:
                    shutil.rmtree(folder, ignore_errors=True)
                return


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[int]:
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        yield number
    finally:
        os.close(number)


def convert(
    command: str, ending: str, data: bytes, seconds: float, folder: Path, started: Callable[[int], None]
) -> bytes:
    """The document as docx; empty where LibreOffice made none. ``started`` is told its group of processes.

    Raises ``TimeoutExpired``. LibreOffice, and what it started, end with this call.
    """
    source, own = folder / f"source{ending}", folder / "own"
    source.write_bytes(data)
    own.mkdir()
    options = ("--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={_profile(folder)}")
    process = subprocess.Popen(
        [command, *options, "--convert-to", "docx", "--outdir", f"{folder}/out", str(source)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(folder), **dict.fromkeys(_PLACES, str(own))},
        cwd=folder,
        start_new_session=True,
    )
    try:
        started(process.pid)
        process.wait(seconds)
    finally:
        kill_group(process.pid)
        process.wait()
    made = folder / "out" / "source.docx"
    return made.read_bytes() if made.is_file() else b""


def kill_group(group: int) -> None:
    """End a group of processes; nothing happens where it has ended."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _tell_and_listen(group: int) -> None:
    print(group, flush=True)
    threading.Thread(target=_end_with_who_asked, args=(group,), daemon=True).start()


def _end_with_who_asked(group: int) -> None:
    while os.read(0, 4096):  # nothing more is sent: this returns when the other end is closed
        pass
    kill_group(group)


def _profile(folder: Path) -> str:
    """A private profile of LibreOffice that reaches nothing outside; its address."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    items = "".join(_ITEM.format(*setting) for setting in _SETTINGS)
    space = 'xmlns:oor="http://openoffice.org/2001/registry"'
    text = f'<?xml version="1.0" encoding="UTF-8"?><oor:items {space}>{items}</oor:items>'
    (user / "registrymodifications.xcu").write_text(text, encoding="utf-8")
    return user.parent.as_uri()


def _stopped(*_: Any) -> None:
    raise SystemExit(1)


def main() -> None:
    """Answer one request."""
    signal.signal(signal.SIGTERM, _stopped)
    request = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read(request["size"])
    where = Path(request["place"])
    sweep(where)
    with private_folder(where) as folder:
        try:
            made = convert(request["command"], request["ending"], data, request["seconds"], folder, _tell_and_listen)
        except subprocess.TimeoutExpired:
            sys.exit(LATE)
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.buffer.write(made)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
