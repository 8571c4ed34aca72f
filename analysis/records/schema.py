"""Bringing a database of consultations to the tables of this program, step by step (Alembic), and never back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from analysis.model import InputError
from analysis.records.record_store import Records, _utc_now, connect, lock_scope, reading, transaction

MIGRATIONS = Path(__file__).parent / "migrations"


def open_records(where: str | Path, now: Callable[[], str] = _utc_now) -> Records:
    """The database at a folder or a ``postgresql://`` URL, made or brought up to date where needed.

    Raises ``InputError`` where it cannot be opened, or where a newer program wrote it.
    """
    records = connect(where, now)
    upgrade(records)
    return records


def upgrade(records: Records, to: str = "head") -> tuple[str, str]:
    """Bring the tables to a revision; the revisions before and after ("" before the first). All of it or nothing."""
    with reading(records) as connection:
        before = _revision(records, connection)
    if before == _target(to):
        return before, before
    with transaction(records) as connection:
        lock_scope(connection, "schema")
        before = _revision(records, connection)  # another process may have been quicker
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, to)
        return before, _revision(records, connection)


def revision(records: Records) -> str:
    """The revision of the tables."""
    with reading(records) as connection:
        return _revision(records, connection)


def newest() -> str:
    """The revision that this program works with."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head() or ""


def known_revisions() -> tuple[str, ...]:
    """All revisions that this program knows, the newest first."""
    return tuple(script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions())


def _target(to: str) -> str:
    return newest() if to == "head" else to


def _revision(records: Records, connection: Connection) -> str:
    found = MigrationContext.configure(connection).get_current_revision() or ""
    if found and found not in known_revisions():
        raise InputError(records.name, found, "意见库由更新版本的程序写成，没有打开", "请把本程序升级到同一版本")
    return found
