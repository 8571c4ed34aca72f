"""The batches of a plan on the machines of a Dask cluster.

A task is one batch: it carries two folders and a key, no texts. The worker reads the batch's rows from the plan, the
files from the folder, and puts the part into the same place as a local run would, so all machines must see both
folders under the same paths. It reads under guard, each thread with a process of its own. When a worker dies, Dask
has its tasks done by another one; a part is put in place whole, so doing it twice changes nothing.

The tables are put together by whoever asked, as after a local run.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import re
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from analysis.corpus.process import Stopped
from analysis.ingest.batch import LIMIT, end_readers, read_guarded
from analysis.ingest.part_tables import Summary, part_path, plan_path, summary_of
from analysis.ingest.plan import program_digest, read_rows
from analysis.model import InputError

_CONNECTING = 10.0  # seconds
_NOBODY = 60.0  # seconds without a single worker
_SHARED = 15.0  # seconds until a file that one machine wrote must be seen by the others
_DEATHS = 5  # of workers that Dask counts as one failure each, for one batch
_ADDRESS = re.compile(r"(tcp|tls)://[^/\s]+:\d{1,5}")
_PYTHON = "{}.{}".format(*sys.version_info)


def run_on(
    scheduler: str,
    folder: Path,
    out: Path,
    keys: Sequence[str],
    limit: float = LIMIT,
    done: Callable[[str, Summary], None] = lambda key, summary: None,
) -> None:
    """Have the batches ``keys`` of the plan in ``out`` read by the workers of ``scheduler`` (``tcp://host:port``).

    ``done`` hears of each part once, as soon as it is there. Raises ``InputError``: no Dask, no scheduler, no workers,
    a worker that runs another program or does not see the folders. Whatever ends this, no reading process stays.
    """
    if not keys:
        return
    with _client(scheduler) as client:
        finished: queue.SimpleQueue[Any] = queue.SimpleQueue()
        run = uuid4().hex
        futures = client.map(
            read_there,
            keys,
            key=[f"read-{key}-{run}" for key in keys],
            pure=False,
            folder=str(folder),
            out=str(out),
            limit=limit,
            program=program_digest(),
            python=_PYTHON,
        )
        waiting = {future.key: key for future, key in zip(futures, keys, strict=True)}
        try:
            for future in futures:
                future.add_done_callback(finished.put)
            deaths: Counter[str] = Counter()
            while waiting:
                future = _next(finished, client, scheduler)
                if future.key not in waiting:
                    continue
                if _to_do_again(future, scheduler):
                    deaths[future.key] += 1
                    if deaths[future.key] > _DEATHS:
                        raise InputError(scheduler, "", "读同一批文件时工作进程一再退出", "请看 dask worker 的日志")
                    future.retry()
                    future.add_done_callback(finished.put)
                    continue
                key = waiting.pop(future.key)
                done(key, _arrived(out, key))
                future.release()
        finally:
            with contextlib.suppress(Exception):  # the connection may be what was lost
                client.cancel(futures, force=True)
                client.run(end_readers, on_error="ignore")


@contextlib.contextmanager
def _client(scheduler: str) -> Iterator[Any]:
    if not _ADDRESS.fullmatch(scheduler):
        raise InputError(scheduler, "", "这不是调度程序的地址", "请写成 tcp://主机:8786 的样子")
    try:
        import distributed
    except ImportError:
        raise InputError(
            "--scheduler", "", "没有安装 Dask", "请先运行 pip install -r requirements-cluster.txt"
        ) from None
    for name in ("distributed", "distributed.client", "distributed.core", "distributed.comm"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is said in our words
    made: Any = distributed.Client  # has no types
    try:
        client = made(scheduler, timeout=_CONNECTING, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        raise InputError(
            scheduler, "", f"{_CONNECTING:g} 秒里没有连上这个调度程序", "请检查地址，并确认 dask scheduler 正在运行"
        ) from error
    try:
        yield client
    finally:
        with contextlib.suppress(Exception):
            client.close(timeout=5)


def _next(finished: queue.SimpleQueue[Any], client: Any, scheduler: str) -> Any:
    """The next batch that came to an end, well or not. Raises InputError when there is nobody left to read."""
    alone_since: float | None = None
    while True:
        with contextlib.suppress(queue.Empty):
            return finished.get(timeout=1)
        if client.status not in ("running", "connecting"):
            raise _disconnected(scheduler)
        if client.scheduler_info(n_workers=-1)["workers"]:
            alone_since = None
        elif alone_since is None:
            alone_since = time.monotonic()
        elif time.monotonic() - alone_since > _NOBODY:
            raise InputError(scheduler, "", f"{_NOBODY:g} 秒没有一个工作进程", "请启动 dask worker，再运行同一命令")


def _to_do_again(future: Any, scheduler: str) -> bool:
    """Whether a batch was lost with its worker. Raises InputError when doing it again would not help."""
    if future.status == "cancelled" or future.status == "lost":
        raise _disconnected(scheduler)
    if future.status == "error":
        from distributed import KilledWorker

        error = future.exception()
        if isinstance(error, KilledWorker):
            return True
        raise InputError(
            scheduler,
            "",
            f"工作进程上运行不了这个程序（{type(error).__name__}）",
            "请在每台机器上装同一版本的程序和依赖，从程序所在的文件夹启动 dask worker",
        ) from error
    said = future.result()
    if "fault" in said:
        raise InputError(*said["fault"])
    return "stopped" in said


def _disconnected(scheduler: str) -> InputError:
    return InputError(scheduler, "", "和调度程序的连接断了", "已读的都在，请确认它正在运行，再运行同一命令")


def _arrived(out: Path, key: str) -> Summary:
    """What a part holds that a worker says it wrote. Raises InputError when it is not to be seen here."""
    summary: Summary | None = _patiently(out, lambda: summary_of(out, key))
    if summary is None:
        raise InputError(str(out), "", "工作进程写好的部分在这台机器上看不到", "请把输出文件夹放到各台机器共用的存储上")
    return summary


def _patiently(out: Path, look: Callable[[], Any]) -> Any:
    """What ``look`` finds, or None: network file systems show what another machine wrote only after a while."""
    until = time.monotonic() + _SHARED
    while (found := look()) is None and time.monotonic() < until:
        with contextlib.suppress(OSError):
            next(part_path(out, "").iterdir(), None)  # opening the folder makes NFS look again
        time.sleep(0.5)
    return found


def read_there(key: str, *, folder: str, out: str, limit: float, program: str, python: str) -> dict[str, Any]:
    """On a worker: read a batch and write its part.

    Says ``{"done": key}``, ``{"stopped": True}`` when another client ended the reading, or ``{"fault": […]}`` with the
    fields of ``InputError`` (an exception with four arguments does not survive the way back).
    """
    try:
        _check(key, Path(folder), Path(out), program, python)
        read_guarded(Path(folder), Path(out), key, limit)
    except InputError as fault:
        return {"fault": [fault.file, fault.place, fault.problem, fault.remedy]}
    except Stopped:
        return {"stopped": True}
    return {"done": key}


def _check(key: str, folder: Path, out: Path, program: str, python: str) -> None:
    """Raise InputError where this machine would read other files, or read them otherwise."""
    machine = f"工作机器 {socket.gethostname()}"
    if python != _PYTHON:
        raise InputError(machine, "", f"用的是 Python {_PYTHON}，发起命令的是 {python}", "请用同一版本")
    if program != program_digest():
        raise InputError(
            machine,
            "",
            "程序、依赖或可选的读取程序（LibreOffice、文字识别）和发起命令的机器不一样",
            "请装成一样的，并重新启动 dask worker",
        )
    rows = _patiently(out, lambda: _rows(out, key))
    if rows is None:
        raise InputError(machine, str(out), "看不到这次的输出文件夹", "请把它放到各台机器共用的存储上，路径相同")
    if not any((folder / os.fsdecode(row["file"])).exists() for row in rows):
        raise InputError(machine, str(folder), "看不到要读的文件", "请把它们放到各台机器共用的存储上，路径相同")


def _rows(out: Path, key: str) -> Sequence[dict[str, Any]] | None:
    try:
        return read_rows(plan_path(out), key)
    except (OSError, KeyError, ValueError):  # not there, or that of an earlier run
        return None
