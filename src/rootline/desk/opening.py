"""Opens a desk: SQLite in WAL mode, or PostgreSQL by URL; makes it, and brings its schema forward when told to.

Decides nothing about reviews. A desk of another schema is refused, never guessed at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from rootline.desk.actor import OPERATOR
from rootline.desk.audit import record
from rootline.desk.rows import notice_all
from rootline.desk.tables import AuditHead
from rootline.errors import DeskError
from rootline.settings import desk_url

MIGRATIONS = Path(__file__).parent / "migrations"
WAIT_SECONDS = 30  # for another process that writes


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Desk:
    """An open desk. Every change happens in `writing`, whole or not at all, and one after the other."""

    engine: Engine
    clock: Callable[[], datetime] = now

    @property
    def moment(self) -> str:
        """Now, as the desk writes it down."""
        return self.clock().astimezone(UTC).isoformat(timespec="microseconds")

    @property
    def today(self) -> str:
        """The day, in UTC."""
        return self.moment[:10]

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Look; what is found may be used afterwards."""
        with guarded(), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Act alone: nobody else writes until this has been kept, or, after an error, forgotten as a whole."""
        with guarded(), self.engine.connect().execution_options(is_writing=True) as connection:
            with connection.begin(), Session(connection, expire_on_commit=False) as session:
                session.execute(select(AuditHead).with_for_update()).one()
                yield session
                session.flush()

    def fold_log(self) -> None:
        """Have SQLite take its log into its file, so that what was overwritten is in neither, unless others read."""
        if self.engine.dialect.name == "sqlite":
            connection = self.engine.raw_connection()
            try:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                connection.close()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def open_desk(url: str) -> Desk:
    """The desk at this address. Raises `DeskError` where there is none, or its schema is of another version."""
    engine = _engine(url)
    if (file := engine.url.database) and engine.dialect.name == "sqlite" and not Path(file).is_file():
        raise DeskError("there is no desk here yet", where=_shown(engine), mend="`rootline desk init` makes one.")
    with _let_go(engine), guarded(_shown(engine)), engine.connect() as connection:
        held = schema_version(connection)
    if held == newest():
        return Desk(engine)
    engine.dispose()
    if not held:
        raise DeskError("there is no desk here yet", where=_shown(engine), mend="`rootline desk init` makes one.")
    if held < newest():
        mend = "Back it up with the version that made it, then `rootline desk init` brings it forward."
    else:
        mend = "It was made by a later version of Rootline: use that one."
    raise DeskError(f"the desk's schema is {held}, and this program needs {newest()}", where=_shown(engine), mend=mend)


_OWN: dict[str, Desk] = {}
_OPENING = Lock()


def own_desk() -> Desk:
    """The user's own desk, opened once; another that was the user's own before is let go of. Raises `DeskError`."""
    url = desk_url()
    with _OPENING:
        if url not in _OWN:
            opened = open_desk(url)
            while _OWN:
                _OWN.popitem()[1].close()
            _OWN[url] = opened
        return _OWN[url]


def make_desk(url: str) -> Desk:
    """Make a desk, or bring one that is there forward to this program's schema. Raises `DeskError`."""
    from alembic import command
    from alembic.config import Config

    engine = _engine(url)
    if engine.dialect.name == "sqlite" and engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        Path(engine.url.database).touch(mode=0o600)  # nobody else on this machine reads it
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with _let_go(engine), guarded(_shown(engine)), _writing(engine) as connection:
        if (before := schema_version(connection)) > newest():
            mend = "It was made by a later version of Rootline: use that one."
            raise DeskError("the desk's schema is newer than this program", where=_shown(engine), mend=mend)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if connection.execute(select(AuditHead.sequence)).first() is None:
            connection.execute(AuditHead.__table__.insert().values(id=1, sequence=0, hash=""))  # type: ignore[attr-defined]
        if before not in ("", newest()):
            _take_stock(connection)
    return Desk(engine)


def _take_stock(connection: Connection) -> None:
    """Tell the record of every row as it is found: rows of another schema have other hashes, or none."""
    with Session(connection) as session:
        notice_all(session)
        record(session, Desk(connection.engine).moment, OPERATOR, "take stock")
        session.flush()


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    with engine.connect().execution_options(is_writing=True) as connection, connection.begin():
        yield connection


@contextmanager
def _let_go(engine: Engine) -> Iterator[None]:
    """Where it cannot be opened no connection stays open."""
    try:
        yield
    except BaseException:
        engine.dispose()
        raise


def schema_version(connection: Connection) -> str:
    """The number of the last migration that was run; empty for an empty database."""
    if "alembic_version" not in inspect(connection).get_table_names():
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def newest() -> str:
    """The number of this program's last migration: they are counted by their file names."""
    return max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


@contextmanager
def guarded(where: str = "") -> Iterator[None]:
    """What the database refuses, as an error that a person can mend; never with the values of a row."""
    try:
        yield
    except DBAPIError as error:
        what = str(error.orig).strip().splitlines()[0] if error.orig else type(error).__name__
        mend = "Is it running, are its rights as needed, is there space, and is no other process holding it?"
        raise DeskError(f"the desk's database refuses: {what}", where=where, mend=mend) from None


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() not in ("sqlite", "postgresql"):
            raise DeskError(f"a desk cannot be kept in {parsed.get_backend_name()}", mend="Use SQLite or PostgreSQL.")
        options: dict[str, Any] = {"hide_parameters": True, "pool_pre_ping": True}
        if parsed.get_backend_name() == "sqlite":
            options["connect_args"] = {"timeout": WAIT_SECONDS}
        engine = create_engine(parsed, **options)
    except (ArgumentError, SQLAlchemyError, ModuleNotFoundError) as error:
        mend = "Write `sqlite:////folder/desk.sqlite` or `postgresql://user@host/name`; install `rootline[desk]`."
        raise DeskError(f"this is no address of a desk: {type(error).__name__}", mend=mend) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _shown(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=True)


def _prepare(connection: Any, _: Any) -> None:
    """WAL, so that readers never wait; every commit on the disk before it counts; keys that lead somewhere.

    What is taken off the desk is overwritten in its file, and not only let go of. What was spoilt is read all the same.
    """
    connection.isolation_level = None  # we begin our transactions ourselves
    connection.text_factory = lambda kept: kept.decode(errors="replace")  # so that the record can name where it stands
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _begin(connection: Connection) -> None:
    """A writer takes the lock at once: nobody else writes between what it looks at and what it does."""
    writing = connection.get_execution_options().get("is_writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
