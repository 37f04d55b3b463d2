"""A desk for every test, once in SQLite and once in a real PostgreSQL; and packs that differ in one known thing."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from rootline.desk.content import Subject
from rootline.desk.opening import MIGRATIONS, Desk, _engine, make_desk
from rootline.desk.present import Present
from rootline.packs.load import load
from rootline.packs.model import Pack
from tests.desk.three_people import clinicians
from tests.postgres import MISSING, binaries, postgres

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "ankle-sprain"
_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL of our own. Without one the tests fail, and say so: half of them would be missing."""
    if binaries() is None:
        pytest.fail(MISSING)
    with postgres() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    return fresh(request, request.param, tmp_path)


def fresh(request: pytest.FixtureRequest, kind: str, folder: Path) -> str:
    """The address of one more empty database of this kind."""
    number = next(_NUMBERS)
    if kind == "sqlite":
        return f"sqlite:///{folder}/desk-{number}.sqlite"
    address: str = request.getfixturevalue("server")
    with psycopg.connect(address.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE desk_{number}")
    return address.format(f"desk_{number}")


@contextmanager
def at_schema(url: str, version: str) -> Iterator[Callable[..., None]]:
    """An empty desk as an earlier version of the program made it; what is yielded puts rows into its tables."""
    engine, config = _engine(url), Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect().execution_options(is_writing=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, version)

        def put(table: str, **row: object) -> None:
            values = ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})"), row)

        yield put
    engine.dispose()


@pytest.fixture
def desk(url: str) -> Iterator[Desk]:
    made = make_desk(url)
    yield made
    made.close()


@pytest.fixture(scope="session")
def ankle() -> Pack:
    return load(EXAMPLE)


@pytest.fixture
def present(ankle: Pack) -> Present:
    """What the desk's content is now."""
    return Present(ankle)


@pytest.fixture
def subject(present: Present) -> Subject:
    """The clinician's answer to the first question."""
    return clinicians(present)


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[str, str, str], Pack]:
    """The example pack with one text of one file replaced."""

    def change(file: str, old: str, new: str) -> Pack:
        folder = tmp_path / f"changed-{next(_NUMBERS)}" / "ankle-sprain"
        shutil.copytree(EXAMPLE, folder)
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
        return load(folder)

    return change
