"""A real Dask scheduler with two worker processes: the rows of a local run, also when a worker is killed halfway."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from events import PATIENCE, wait_for
from places import PROJECT
from readers import Gate

from analysis.corpus.process import started_by
from analysis.ingest import cluster, plan
from analysis.ingest.part_tables import Summary, part_path, summary_of
from analysis.ingest.run import Progress, ingest
from analysis.model import InputError
from analysis.store.rows import TABLES

pytest.importorskip("distributed", reason="Dask is an optional extra")

FILES = 64
GATED = "from analysis.ingest import batch; batch.READER = 'tests.helpers.readers:gated'"


@dataclass
class Cluster:
    address: str
    workers: list[subprocess.Popen[bytes]]


def started(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments, "--no-dashboard", "--host", "127.0.0.1"],
            cwd=PROJECT,
            stdout=log,
            stderr=log,
            env={**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"},  # gives up at the first death
            start_new_session=True,  # a worker and its nanny are one group
        )


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and its group at once."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    from distributed import Client

    folder = tmp_path_factory.mktemp("dask")
    about = folder / "scheduler.json"
    processes = [started(folder, "scheduler", "--port", "0", "--scheduler-file", str(about))]
    try:
        for name in ("one", "two"):
            options = ("--scheduler-file", str(about), "--name", name, "--nthreads", "1", "--memory-limit", "0")
            options += ("--preload", GATED)
            processes.append(started(folder, "worker", *options, "--local-directory", str(folder / name)))
        wait_for(about.exists)
        with Client(scheduler_file=str(about), timeout=PATIENCE, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=PATIENCE)
            address = client.scheduler.address
        yield Cluster(address, processes[1:])
    finally:
        for process in reversed(processes):
            kill(process)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made-up texts, one that is there twice, and one that cannot be read."""
    folder = tmp_path_factory.mktemp("files")
    for number in range(FILES):
        lines = [f"【虚构】第{number}号技术市场行动方案", "本文由程序生成，不是真实政策。", "一、主要目标"]
        for item in range(1, 16):
            lines += [f"（{item}）到{2026 + item % 9}年，技术合同成交额达到{number * 40 + item}亿元。"]
            lines += ["（牵头单位：省科技厅）"]
        lines += [f"对技术转移机构按技术交易额的{number % 7 + 1}%给予补助，每年最高{number + 10}万元。"]
        path = folder / f"省{number % 5}" / f"{number}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(lines), "utf-8")
    (folder / "又一份.txt").write_bytes((folder / "省3" / "3.txt").read_bytes())
    (folder / "坏的.pdf").write_bytes(b"%PDF-1.7 nothing")
    return folder


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "MOST", 4)


def silent(_: Progress) -> None:
    pass


def batches(folder: Path) -> list[str]:
    return [batch.key for batch in plan.make_plan(folder).batches]


def complete(out: Path, keys: list[str]) -> int:
    return sum(summary_of(out, key) is not None for key in keys)


def test_stopped_by_hand_nothing_goes_on(running: Cluster, folder: Path, tmp_path: Path) -> None:
    """The reading processes of all workers end, though each has a batch in hand, and no task is left."""
    from distributed import Client

    keys = batches(folder)
    gate = Gate(tmp_path)
    threading.Thread(target=gate.let_through).start()

    def stop(progress: Progress) -> None:
        if progress.fresh:
            wait_for(gate.waiting)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(folder, tmp_path, scheduler=running.address, tell=stop)
    wait_for(lambda: not gate.waiting())
    with Client(running.address, timeout=PATIENCE, set_as_default=False) as client:
        wait_for(lambda: not any(client.processing().values()))
    assert not gate.waiting()
    assert 1 <= complete(tmp_path, keys) <= 2


def test_a_worker_killed_halfway(
    running: Cluster, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = batches(folder)
    assert len(keys) >= 8
    here, there = tmp_path / "here", tmp_path / "there"
    ingest(folder, here, jobs=1, tell=silent)
    left: list[int] = []
    again: list[bool] = []
    judge = cluster._to_do_again
    monkeypatch.setattr(cluster, "_to_do_again", lambda *given: bool(again.append(judge(*given))) or again[-1])

    gate = Gate(there)
    threading.Thread(target=gate.let_through).start()

    def shoot(progress: Progress) -> None:
        if progress.fresh and not left:
            wait_for(lambda: gate.waiting().intersection(started_by(running.workers[0].pid)))  # it has one in hand
            kill(running.workers[0])
            left.append(len(keys) - complete(there, keys))
            gate.remove()

    manifest = ingest(folder, there, scheduler=running.address, tell=shoot)
    assert left[0] >= 3  # there was more to do
    assert any(again)  # what it had in hand
    assert running.workers[0].poll() == -signal.SIGKILL
    assert (manifest["documents"], manifest["files"], manifest["unread"]) == (FILES, FILES + 1, 1)
    for name in TABLES:
        one, other = (pq.read_table(out / f"{name}.parquet") for out in (here, there))
        assert one.equals(other, check_metadata=True), name
        assert one.num_rows or name == "unparsed"
    paths = [path for row in pq.read_table(there / "documents.parquet")["paths"].to_pylist() for path in row]
    assert len(paths) == len(set(paths)) == FILES + 1
    assert sorted(entry.name for entry in part_path(there, "").iterdir()) == sorted(keys)


@pytest.fixture
def planned(folder: Path, tmp_path: Path) -> tuple[Path, str]:
    (tmp_path / "work" / "parts").mkdir(parents=True)
    made = plan.make_plan(folder)
    plan.write_plan(made, tmp_path / "work" / "plan.parquet")
    return tmp_path, made.batches[0].key


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"python": "3.8"}, "请用同一版本"),
        ({"program": "another"}, "和发起命令的机器不一样"),
        ({"out": "/nowhere"}, "看不到这次的输出文件夹"),
        ({"key": "of-another-plan"}, "看不到这次的输出文件夹"),
        ({"folder": "/nowhere"}, "看不到要读的文件"),
    ],
)
def test_a_machine_that_would_read_otherwise_does_not_read(
    folder: Path,
    planned: tuple[Path, str],
    monkeypatch: pytest.MonkeyPatch,
    changed: dict[str, str],
    says: str,
) -> None:
    out, key = planned
    monkeypatch.setattr(cluster, "_SHARED", 0)
    right = {"folder": str(folder), "out": str(out), "program": cluster.program_digest(), "python": cluster._PYTHON}
    asked = {"key": key} | right | changed
    said = cluster.read_there(asked.pop("key"), limit=5, **asked)
    assert set(said) == {"fault"}
    assert says in str(InputError(*said["fault"]))
    assert not any((out / "work" / "parts").iterdir())


def test_a_fault_on_a_worker_is_said_here(
    running: Cluster, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stops one batch stops the run, with one sentence that comes back whole."""
    monkeypatch.setattr(cluster, "program_digest", lambda: "another")
    with pytest.raises(InputError, match="和发起命令的机器不一样，请装成一样的") as raised:
        cluster.run_on(running.address, folder, tmp_path, ["key"], 5)
    assert raised.value.file.startswith("工作机器 ")


def test_a_part_that_is_not_to_be_seen_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_SHARED", 0)
    with pytest.raises(InputError, match="看不到"):
        cluster._arrived(tmp_path, "key")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("tcp://127.0.0.1:1", "没有连上这个调度程序"),
        ("tcp://127.0.0.1:99999", "没有连上这个调度程序"),
        ("tcp://127.0.0.1", "这不是调度程序的地址"),
        ("http://127.0.0.1:1", "这不是调度程序的地址"),
        ("不是地址", "这不是调度程序的地址"),
    ],
)
def test_nobody_at_the_address(address: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_CONNECTING", 0.5)
    with pytest.raises(InputError, match=says):
        cluster.run_on(address, tmp_path, tmp_path, ["key"], 5)


def test_without_dask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"没有安装 Dask，请先运行 pip install -r requirements-cluster\.txt"):
        cluster.run_on("tcp://127.0.0.1:1", tmp_path, tmp_path, ["key"], 5)


def test_nothing_to_do_needs_no_cluster(tmp_path: Path) -> None:
    said: list[Summary] = []
    cluster.run_on("tcp://127.0.0.1:1", tmp_path, tmp_path, [], 5, lambda key, summary: said.append(summary))
    assert said == []
