"""Migrations: from nothing and from older tables to those of the program, in both databases."""

from __future__ import annotations

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from record_databases import LEAD, REVIEWER, Clock, made_up_comments
from sqlalchemy import insert, text

from analysis.consultation.comments import Decision
from analysis.model import InputError
from analysis.records.consultations import create_consultation
from analysis.records.deciding import decide
from analysis.records.desk_settings import add_template, templates_of
from analysis.records.importing import Source, import_comments
from analysis.records.listing import comment_rows
from analysis.records.record_checks import problems, rows_in
from analysis.records.record_store import connect, reading, transaction
from analysis.records.record_tables import metadata
from analysis.records.schema import known_revisions, newest, open_records, revision, upgrade


def test_the_migrations_make_the_tables_of_the_program(where: str) -> None:
    records = open_records(where)
    assert revision(records) == newest()
    with reading(records) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


@pytest.mark.parametrize("older", known_revisions()[1:])
def test_an_older_database_is_brought_up_to_date_with_all_it_holds(where: str, older: str) -> None:
    old = connect(where, Clock())
    assert upgrade(old, older) == ("", older)
    uid = create_consultation(old, LEAD, "旧库里的征求意见").uid
    import_comments(old, REVIEWER, uid, Source("表", "1"), made_up_comments(5))
    decide(old, REVIEWER, uid, 2, 0, Decision.ADOPTED, "合理")
    before = comment_rows(old, uid)
    old.engine.dispose()
    records = open_records(where, Clock())
    assert comment_rows(records, uid) == before
    assert templates_of(records, uid) == ()
    add_template(records, REVIEWER, uid, "感谢", "感谢您的意见。")
    with reading(records) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert problems(rows_in(connection)) == ()


def test_a_migration_that_fails_leaves_the_older_tables(where: str) -> None:
    old = connect(where)
    upgrade(old, "0001")
    with transaction(old) as connection:
        connection.execute(text("CREATE TABLE people (name TEXT)"))  # in the way of the second migration
    with pytest.raises(InputError):
        open_records(where)
    assert revision(old) == "0001"
    with transaction(old) as connection:
        assert "templates" not in set(_tables(connection))
        connection.execute(text("DROP TABLE people"))
    assert revision(open_records(where)) == newest()


def _tables(connection: object) -> list[str]:
    from sqlalchemy import inspect

    return inspect(connection).get_table_names()


def test_a_database_of_a_newer_program_is_not_opened(where: str) -> None:
    records = open_records(where)
    with transaction(records) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    for action in (lambda: open_records(where), lambda: upgrade(records)):
        with pytest.raises(InputError, match="更新版本的程序写成，没有打开"):
            action()


def test_many_open_it_at_once(where: str) -> None:
    faults: list[BaseException] = []
    start = threading.Barrier(4)

    def opens() -> None:
        start.wait()
        try:
            assert revision(open_records(where)) == newest()
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=opens) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_rows_refer_to_what_is_there(where: str) -> None:
    records = open_records(where)
    with pytest.raises(InputError), transaction(records) as connection:
        connection.execute(insert(metadata.tables["comments"]).values(consultation="nothing", number=1, batch=1))
