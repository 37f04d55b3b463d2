"""The migration makes the tables that the code expects."""

from __future__ import annotations

from importlib import import_module

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine

from rootline.desk.people.tables import Account, ApiToken, BrowserSession, SignOn
from rootline.desk.tables import Base

OURS = {one.__tablename__ for one in (Account, ApiToken, BrowserSession, SignOn)}


def test_the_migration_and_the_tables_say_the_same():
    def ours(item, name, kind, reflected, compared) -> bool:
        return kind != "table" or name in OURS

    with create_engine("sqlite://").connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert {made[1].name for made in compare_metadata(context, Base.metadata) if made[0] == "add_table"} == OURS
        with Operations.context(context):
            import_module("rootline.desk.migrations.versions.0002_people").upgrade()
        assert compare_metadata(context, Base.metadata) == []
