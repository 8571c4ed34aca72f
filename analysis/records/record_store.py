"""Opening the database of consultations, and the two ways to it: ``reading`` and ``writing``.

SQLite keeps it in one file in a folder that the user can see; PostgreSQL serves it from a URL. One writer at a time
works on a consultation: SQLite's write lock, an advisory lock in PostgreSQL. A change is one transaction together with
its history, and is on the disk before anybody is told that it is kept. Whatever the database complains of becomes one
Chinese sentence without the words of any comment.
"""

from __future__ import annotations

import logging
import os
import re
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, func, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from analysis.model import InputError
from analysis.records.record_tables import consultations
from analysis.records.record_values import Actor, NotAllowed, Role, Status

VARIABLE = "ZHENGHENG_RECORDS"
FILE = "consultations.sqlite3"
PORTION = 1000  # rows written at once, and after which progress is told
PATIENCE_SECONDS = 60.0  # how long one writer waits for another; an import of 50,000 rows takes less


_POOL: dict[str, Any] = {"pool_size": 10, "max_overflow": 20}  # connections: as many as people who work at once
_Row = TypeVar("_Row")


def _utc_now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Records:
    """An open database. ``name`` is what messages call it: the file, or the URL without its password.

    ``asked_by``: the person on whose behalf it is asked; None where whoever asks has the database anyway.
    """

    engine: Engine
    name: str
    now: Callable[[], str]
    turn: threading.Lock | None = None  # of the writers of this process, where the database has one writer in all
    asked_by: Actor | None = None

    @property
    def shows_senders(self) -> bool:
        """Whether whoever asks may see who sent a comment and how to reach them."""
        return self.asked_by is None or self.asked_by.role.covers(Role.REVIEWER)


@dataclass(frozen=True, slots=True)
class Change:
    """A transaction that changes ``scope``: the uid of a consultation, or "people"."""

    connection: Connection
    scope: str
    actor: Actor
    when: str


def records_location(beside: Path) -> str:
    """Where consultations are kept: ``ZHENGHENG_RECORDS`` (a folder or a URL), or else ``records`` in ``beside``."""
    return os.environ.get(VARIABLE) or str(beside / "records")


def connect(where: str | Path, now: Callable[[], str] = _utc_now) -> Records:
    """The database at a folder or a ``postgresql://`` URL, as it is. Raises ``InputError``."""
    logging.getLogger("sqlalchemy").setLevel(logging.WARNING)  # below that it writes rows into the log
    if "://" in str(where):
        return Records(*_served(str(where)), now)
    return Records(*_filed(Path(where)), now, threading.Lock())


def _filed(folder: Path) -> tuple[Engine, str]:
    path = folder / FILE
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError(str(folder), "", "意见库的文件夹建不起来", "请检查上级文件夹的写入权限和磁盘空间") from problem
    engine = create_engine(
        f"sqlite:///{path}",
        hide_parameters=True,
        connect_args={"timeout": PATIENCE_SECONDS, "isolation_level": None},
        **_POOL,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine, str(path)


def _prepare(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    for setting in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {setting}")


def _begin(connection: Connection) -> None:
    """A writer takes the lock at once, so that nothing it has read can change before it writes."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _served(where: str) -> tuple[Engine, str]:
    try:
        url = make_url(where)
    except ArgumentError:
        url = None
    if url is None or url.get_backend_name() != "postgresql":
        raise InputError(
            VARIABLE, "", "不是可用的数据库地址", "请写文件夹，或 postgresql://用户:密码@主机/库名 这样的地址"
        )
    name = url.render_as_string(hide_password=True)
    try:
        engine = create_engine(_by_driver(url), hide_parameters=True, pool_pre_ping=True, **_POOL)
    except ModuleNotFoundError as problem:
        raise InputError(
            name, "", f"缺少 {problem.name}，连不上 PostgreSQL", "请运行 pip install -r requirements-postgres.txt"
        ) from problem
    event.listen(engine, "begin", _limit)
    return engine, name


def _by_driver(url: URL) -> URL:
    """The URL for pg8000, to which ``?host=/folder`` names a socket otherwise."""
    query = dict(url.query)
    if str(query.get("host", "")).startswith("/"):
        query["unix_sock"] = f"{query.pop('host')}/.s.PGSQL.{url.port or 5432}"
    return url.set(drivername="postgresql+pg8000", query=query)


def _limit(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{int(PATIENCE_SECONDS * 1000)}ms'")


def asked_by(records: Records, actor: Actor) -> Records:
    """The same database as ``actor`` may see and change it: nothing for a person without a role."""
    return replace(records, asked_by=actor)


@contextmanager
def reading(records: Records, snapshot: bool = False, least: Role = Role.READER) -> Iterator[Connection]:
    """A transaction that only reads; ``snapshot``: everything as at one moment.

    Every function that reads passes here. Raises ``NotAllowed`` where the role of whoever asks does not cover
    ``least``, ``InputError``.
    """
    if records.asked_by is not None and not records.asked_by.role.covers(least):
        raise NotAllowed(records.asked_by, least)
    with _told(records), records.engine.connect() as connection:
        if snapshot and connection.dialect.name == "postgresql":  # with SQLite every transaction is one
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def transaction(records: Records) -> Iterator[Connection]:
    """A transaction that may write. Raises ``InputError``, with nothing written."""
    with _told(records), _turn(records), records.engine.execution_options(writes=True).begin() as connection:
        yield connection


@contextmanager
def _turn(records: Records) -> Iterator[None]:
    """Wait for the other writers of this process: SQLite would ask again and again, and let later ones go first."""
    if records.turn is None:
        yield
    elif records.turn.acquire(timeout=PATIENCE_SECONDS):
        try:
            yield
        finally:
            records.turn.release()
    else:
        raise _told_as(records.name, "SQLITE_BUSY")


@contextmanager
def writing(
    records: Records, actor: Actor, scope: str, least: Role = Role.REVIEWER, closed: bool = False
) -> Iterator[Change]:
    """A transaction in which ``actor`` changes a consultation; ``closed``: also one that is closed.

    Every function that changes data of a consultation passes here. Raises ``NotAllowed`` where the role does not cover
    ``least``, ``InputError`` where there is no such consultation, it is closed, or the database cannot be written.
    """
    allow(records, actor, least)
    with transaction(records) as connection:
        lock_scope(connection, scope)
        found = connection.execute(
            select(consultations.c.title, consultations.c.status).where(consultations.c.uid == scope)
        ).one_or_none()
        if found is None:
            raise no_consultation(scope)
        if found.status == Status.CLOSED and not closed:
            raise InputError(found.title, "", "这次征求意见已经办结，不能再改", "确需改动请由负责人先恢复办理")
        yield Change(connection, scope, actor, records.now())


def allow(records: Records, actor: Actor, least: Role) -> None:
    """Raises ``NotAllowed`` unless the role of ``actor`` covers ``least``, and nobody else asks in that name."""
    if records.asked_by not in (None, actor):
        raise NotAllowed(Actor("", Role.NONE), least)
    if not actor.name.strip() or not actor.role.covers(least):
        raise NotAllowed(actor, least)


def no_consultation(uid: str) -> InputError:
    """The fault of a consultation that is not there."""
    return InputError(f"征求意见 {uid}", "", "意见库里没有", "请从列表中选择")


def lock_scope(connection: Connection, scope: str) -> None:
    """Wait until nobody else changes ``scope``. SQLite has one writer at any time and needs no more than that."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:scope, 0))"), {"scope": scope})


def portions(rows: Iterable[_Row], size: int = PORTION) -> Iterator[list[_Row]]:
    """The same rows, some at a time."""
    stream = iter(rows)
    while portion := list(islice(stream, size)):
        yield portion


def next_number(connection: Connection, table: Table, scope: str) -> int:
    """The number of the next row of a consultation in ``table``."""
    highest = select(func.max(table.c.number)).where(table.c.consultation == scope)
    return (connection.execute(highest).scalar_one() or 0) + 1


@contextmanager
def _told(records: Records) -> Iterator[None]:
    """What the database complains of as one sentence, and nothing of the statement that it could not carry out."""
    fault = None
    try:
        yield
    except DBAPIError as problem:
        fault = _told_as(records.name, _code(problem))
    except SQLAlchemyError as problem:
        fault = InputError(records.name, type(problem).__name__, "意见库出错，没有保存", "请重试，仍不行请告知管理员")
    if fault is not None:
        raise fault from None  # the complaint may hold words of a comment


_COMPLAINTS = (
    (r"SQLITE_FULL|SQLITE_IOERR.*|53100|58030", "磁盘写不下了，没有保存", "请腾出磁盘空间后重试，已确认的内容没有丢失"),
    (r"SQLITE_READONLY.*|25006|42501", "意见库是只读的，没有保存", "请检查文件夹或数据库用户的写入权限"),
    (r"SQLITE_CANTOPEN.*", "意见库打不开", "请检查文件夹的读写权限"),
    (r"SQLITE_(?:BUSY|LOCKED).*|55P03|40P01|40001", "意见库正被占用，没有保存", "请稍候重试，正在导入时要等它完成"),
    (r"SQLITE_(?:CORRUPT|NOTADB).*|XX00[12]", "意见库文件已损坏", "请用 comments restore 从备份恢复"),
    (
        r"lost|57P0\d|08\w{3}|53300",
        "数据库连不上，没有保存",
        "请确认数据库在运行、地址无误，已确认的内容没有丢失",
    ),
    (r"28\w{3}|3D000", "数据库拒绝了登录", "请检查地址里的用户、密码和库名"),
    (r"", "意见库出错，没有保存", "请重试，仍不行请把括号里的代码告知管理员"),
)


def _told_as(name: str, code: str) -> InputError:
    for pattern, words, remedy in _COMPLAINTS:
        if not pattern or re.fullmatch(pattern, code):
            return InputError(name, code if not pattern else "", words, remedy)
    raise AssertionError  # the last entry takes everything


def _code(problem: DBAPIError) -> str:
    """The name that SQLite gives to an error, the SQLSTATE of PostgreSQL, or ``lost`` where the server is gone."""
    if isinstance(problem.orig, sqlite3.Error):
        return str(getattr(problem.orig, "sqlite_errorname", type(problem.orig).__name__))
    told = problem.orig.args[0] if problem.orig is not None and problem.orig.args else None
    return str(told["C"]) if isinstance(told, dict) and "C" in told else "lost"
