"""Both databases, under the same tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import record_databases
from record_databases import Clock, Postgres

from analysis.records.record_store import Records
from analysis.records.schema import open_records


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server that runs while the tests do."""
    server = record_databases.start_postgres()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place for an empty database of each kind."""
    if request.param == "sqlite":
        return str(tmp_path / "records")
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def records(where: str) -> Iterator[Records]:
    """An open database whose clock goes on by a second with every change."""
    opened = open_records(where, Clock())
    yield opened
    opened.engine.dispose()
