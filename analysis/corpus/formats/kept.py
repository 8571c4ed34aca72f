"""A process that reads many files one after the other, for who has thousands: starting one takes longer than reading.

Limits of time, memory and processor are the same for each file. A file that breaks the process costs only itself; the
next one gets a new process. Pictures still get a process of their own each: they take a minute and gigabytes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading

from analysis.corpus.formats import ROOT, environment, in_own_process
from analysis.corpus.formats.kinds import Kind
from analysis.corpus.formats.worker import MANY, SCAN

COMMAND = (sys.executable, "-m", "analysis.corpus.formats.worker", MANY)
_DIED = {"size": -1, "last": True}  # no answer is that long


class KeptReader:
    """Has files read (:data:`analysis.corpus.formats.Ask`); for one thread."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def __call__(self, data: bytes, task: str, seconds: int) -> bytes:
        """The answer for one file, empty where the process died of it. Raises TimeoutError."""
        if task in (SCAN, Kind.PICTURE.name):
            return in_own_process(data, task, seconds)
        process = self._living()
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        watch = threading.Timer(seconds, end)
        watch.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps({"task": task, "size": len(data)}).encode() + b"\n" + data)
            process.stdin.flush()
            head = process.stdout.readline()
            said = json.loads(head) if head.endswith(b"\n") else _DIED
            answer = process.stdout.read(max(said["size"], 0))
        except OSError:  # it died while it was given the file
            said, answer = _DIED, b""
        finally:
            watch.cancel()
        whole = len(answer) == said["size"]
        if said["last"] or not whole:
            self.close()
        if late.is_set() and not whole:
            raise TimeoutError
        return answer if whole else b""

    def _living(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self.close()
            self.process = subprocess.Popen(
                COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=environment()
            )
        return self.process

    def close(self) -> None:
        """End the process."""
        if self.process is None:
            return
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            try:
                pipe.close()
            except OSError:  # what was still to be written is no longer wanted
                continue
        self.process = None
