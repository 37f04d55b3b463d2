"""A desk is opened where there is one of this program's schema, and refused everywhere else with what to do."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from rootline.desk.opening import make_desk, newest, open_desk, schema_version
from rootline.desk.tables import Base
from rootline.errors import DeskError


def set_schema(desk, number):
    with desk.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :number"), {"number": number})


def test_no_desk_is_told_with_how_to_make_one(url):
    with pytest.raises(DeskError, match="there is no desk here yet") as told:
        open_desk(url)
    assert "rootline desk init" in told.value.mend


def test_made_twice_it_is_the_same_desk(url):
    make_desk(url).close()
    make_desk(url).close()
    desk = open_desk(url)
    with desk.engine.connect() as connection:
        assert schema_version(connection) == newest()
    desk.close()


@pytest.mark.parametrize(("number", "told"), [("0000", "brings it forward"), ("9999", "later version of Rootline")])
def test_another_schema_is_refused_with_what_to_do(desk, url, number, told):
    set_schema(desk, number)
    with pytest.raises(DeskError, match=f"schema is {number}, and this program needs {newest()}") as error:
        open_desk(url)
    assert told in error.value.mend


def test_a_newer_schema_is_not_brought_forward(desk, url):
    set_schema(desk, "9999")
    with pytest.raises(DeskError, match="newer than this program"):
        make_desk(url)


def test_the_migrations_make_what_the_tables_say(desk):
    with desk.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        known = set(Base.metadata.tables)
        found = [one for one in compare_metadata(context, Base.metadata) if not is_of_other_tables(one, known)]
    assert found == []


def is_of_other_tables(difference, known):
    """Tables that another part of the desk adds, where its own models are not loaded here."""
    return isinstance(difference, tuple) and difference[0] == "remove_table" and difference[1].name not in known


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", "sqlite+nonsense:///x"])
def test_an_address_of_no_desk_is_refused(url):
    with pytest.raises(DeskError):
        open_desk(url)


def test_a_password_is_not_shown():
    with pytest.raises(DeskError) as told:
        open_desk("postgresql://ann:secret@localhost:1/desk")
    assert "secret" not in str(told.value)


def test_in_sqlite_it_writes_ahead_and_nobody_else_reads_the_file(tmp_path):
    desk = make_desk(f"sqlite:///{tmp_path}/desk.sqlite")
    with desk.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2, "FULL"
    desk.close()
    assert stat.S_IMODE(Path(tmp_path / "desk.sqlite").stat().st_mode) == 0o600
