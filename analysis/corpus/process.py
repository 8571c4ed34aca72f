"""Processes that read what strangers wrote: asked one thing at a time, ended with all they started when they are late.

A library that hangs inside C or dies cannot be stopped from within. Files are therefore opened, batches of an ingest
read, and the texts of visitors understood in processes of this kind; docs/decisions/processes.md says why they are not
those of a library. Each answers requests on its standard input until that ends. A message is a line of JSON, followed
by as many bytes of ``data`` as it says.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import pkgutil
import queue
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from analysis.model import InputError

Message = dict[str, Any]
Say = Callable[[Message], None]
Answer = Callable[[Message, Say], Message]  # may say how far it is; what it returns is the last word

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120.0  # for a process to start, on a machine under load
_GRACE = 60  # seconds beyond a limit after which the system ends a process that nobody watches any more
_ENOUGH = 512 * 1024**2  # bytes; a process that holds more after an answer is replaced
_MOST_TOLD = 8  # exceptions of a chain


class Stopped(Exception):
    """The process was ended from another thread (:meth:`Process.kill`)."""


class Process:
    """A process that answers; it starts when it is first asked, and again where it has ended. For one thread.

    ``start`` names a function (``package.module:function``) that runs there first and returns the ``Answer``.
    Whatever libraries print goes to ``errors``: a file, nowhere, or (None) where this process prints its own.
    """

    def __init__(self, start: str, errors: Path | None = Path(os.devnull)) -> None:
        self._start, self.errors = start, errors
        self._process: subprocess.Popen[bytes] | None = None
        self._late = self._stopped = False

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    @property
    def pid(self) -> int | None:
        """Its number while it is there."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def answer(self, request: Message, seconds: float) -> Message:
        """Ask and hear the answer, both within ``seconds``. Raises as :meth:`hear` does."""
        self.ask(request, seconds)
        return self.hear(seconds)

    def ask(self, request: Message, seconds: float) -> None:
        """Send a request; each message of the answer may take ``seconds``. Raises as :meth:`hear` does."""
        if self.pid is None:
            self.end()
            self._begin()
            self.hear(START_SECONDS)
        with self._within(seconds) as process:
            assert process.stdin is not None
            _send(process.stdin, {**request, "seconds": seconds})

    def _begin(self) -> None:
        self._stopped = False
        with contextlib.ExitStack() as stack:
            self._process = subprocess.Popen(
                [sys.executable, "-c", f"from {__name__} import serve; serve({self._start!r})"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stack.enter_context(self.errors.open("ab")) if self.errors else None,
                cwd=ROOT,
                env={**os.environ, "OMP_NUM_THREADS": "2"},
                start_new_session=True,  # Ctrl-C at the terminal is for us
            )

    def hear(self, seconds: float) -> Message:
        """What it says next.

        Raises ``TimeoutError`` when it says nothing for so long, ``EOFError`` when it has died, ``Stopped`` after
        :meth:`kill`, and the ``InputError`` that it met. After the first three it has ended.
        """
        with self._within(seconds) as process:
            assert process.stdout is not None
            said = _receive(process.stdout)
            if said is None:
                raise EOFError
        if said.pop("last", False):
            self.end()
        if "fault" in said:
            raise InputError(*said["fault"])
        return said

    @contextlib.contextmanager
    def _within(self, seconds: float) -> Iterator[subprocess.Popen[bytes]]:
        """The process, which is killed after ``seconds``."""
        process = self._process
        if process is None:
            raise EOFError
        self._late = False
        watch = threading.Timer(seconds, self._out_of_time)
        watch.start()
        try:
            yield process
        except (OSError, ValueError, EOFError):  # it died while it was given something, or talks nonsense
            late, stopped = self._late, self._stopped
            self.end()
            if stopped:
                raise Stopped from None
            if late:
                raise TimeoutError from None
            raise EOFError from None
        finally:
            watch.cancel()
            if self._late:  # also where its last word came just in time
                self.end()

    def _out_of_time(self) -> None:
        self._late = True
        self._kill()

    def kill(self) -> None:
        """End it from another thread; whoever waits for it gets ``Stopped``."""
        self._stopped = True
        self._kill()

    def _kill(self) -> None:
        if process := self._process:
            for each in started_by(process.pid):
                with contextlib.suppress(OSError):
                    os.kill(each, signal.SIGKILL)
            process.kill()
            process.wait()

    def end(self) -> None:
        """End it with all that it started."""
        if process := self._process:
            self._kill()
            for pipe in (process.stdin, process.stdout):
                assert pipe is not None
                with contextlib.suppress(OSError):  # what was still to be written is no longer wanted
                    pipe.close()
        self._process = None


def started_by(process: int) -> list[int]:
    """Numbers of all processes below ``process``, where the system shows them in /proc; LibreOffice is such a one."""
    below: dict[int, list[int]] = {}
    for about in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            parent = int(about.read_text("utf-8", "replace").rpartition(")")[2].split()[1])
            below.setdefault(parent, []).append(int(about.parent.name))
    found: list[int] = []
    waiting = [process]
    while waiting:
        waiting += (more := below.get(waiting.pop(), []))
        found += more
    return found


def serve(start: str) -> None:
    """In the process: answer requests until standard input ends; then end at once, whatever is being read."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.excepthook = lambda kind, problem, trace: print(without_words(problem), file=sys.stderr)
    answer: Answer = pkgutil.resolve_name(start)()
    gc.collect()
    gc.freeze()  # dictionaries stay; no collection needs to look through them
    asked: queue.SimpleQueue[Message] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, asked), daemon=True).start()
    _say(out, {})
    last = False
    while not last:
        request = asked.get()
        seconds = int(request["seconds"]) + _GRACE

        def say(message: Message, seconds: int = seconds) -> None:
            _alarm(seconds)
            _say(out, message)

        _alarm(seconds)
        try:
            said = answer(request, say)
        except InputError as fault:
            said = {"fault": [fault.file, fault.place, fault.problem, fault.remedy]}
        except MemoryError:
            said = {"fault": ["", "", *TOO_MUCH_MEMORY]}
        _alarm(0)
        last = memory_held() > _ENOUGH
        _say(out, {**said, "last": last})
    os._exit(0)  # no library gets a chance to fail while it is taken down


def without_words(problem: BaseException) -> str:
    """An exception with those it came from, the first one first: their kinds and the lines of code they passed."""
    told = [
        "".join(("Traceback (most recent call last):\n", *traceback.format_tb(one.__traceback__), type(one).__name__))
        for one in _chain(problem)
    ]
    return "\n\nThen came:\n\n".join(reversed(told))


def _chain(problem: BaseException | None) -> Iterator[BaseException]:
    for _ in range(_MOST_TOLD):
        if problem is None:
            return
        yield problem
        problem = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)


TOO_MUCH_MEMORY = ("读取时占用内存过多", "请拆分，或只保留正文、另存为 txt 后再提交")


def limit_memory(most: int) -> None:
    """Cap the address space of this process and of all that it starts, where the system can; no core files."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # not everywhere, or limited further already
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def memory_held() -> int:
    """Memory that this process holds, in bytes; 0 where the system does not say.

    Not the most it ever held: that begins with what the process had that started this one.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _alarm(seconds: int) -> None:
    """Have the system end this process then, even inside a library that never comes back; 0: not at all."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _listen(stdin: IO[bytes], asked: queue.SimpleQueue[Message]) -> None:
    """Pass requests on; when whoever asks is gone, nobody is left to read for."""
    while (request := _receive(stdin)) is not None:
        asked.put(request)
    os._exit(0)


def _say(out: IO[bytes], message: Message) -> None:
    try:
        _send(out, message)
    except BrokenPipeError:  # nobody listens any more
        os._exit(0)


def _send(stream: IO[bytes], message: Message) -> None:
    data: bytes = message.get("data", b"")
    head = {name: value for name, value in message.items() if name != "data"} | {"size": len(data)}
    stream.write(json.dumps(head).encode() + b"\n" + data)
    stream.flush()


def _receive(stream: IO[bytes]) -> Message | None:
    """The next message, None at the end."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        return None
    message: Message = json.loads(line)
    size = message.pop("size")
    message["data"] = stream.read(size)
    return message if len(message["data"]) == size else None
