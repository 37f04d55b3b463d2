"""The user's library on disk: every version of every document, as it came in, in one SQLite database.

Nothing is rewritten in place. Reads no files and ranks nothing: `add` brings documents, the search index is derived.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, create_engine, event, exists, func, inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from rootline.errors import LibraryError
from rootline.evidence.search.mirror import is_read_only
from rootline.evidence.store.document import Document, Standing
from rootline.evidence.store.gather import gather, latest
from rootline.evidence.store.tables import identifier, metadata, rendition
from rootline.evidence.store.write import Writer
from rootline.settings import LIBRARY_FILE

PAGE = 500  # documents loaded at a time: memory stays flat however large the library
WAIT_SECONDS = 60  # for another program that writes

Outcome = Literal["new", "revised", "same"]


class Store:
    """A folder of the user's library; made when it is not there. Raises `LibraryError`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(f"cannot be made: {error.strerror}", where=str(path), mend=_ELSEWHERE) from None
        if is_read_only(path):
            self._engine = create_engine(
                "sqlite://", poolclass=QueuePool, creator=partial(_read_only, path / LIBRARY_FILE)
            )
            return
        self._engine = create_engine(f"sqlite:///{path / LIBRARY_FILE}", connect_args={"timeout": WAIT_SECONDS})
        event.listen(self._engine, "connect", _prepare)
        event.listen(self._engine, "begin", _begin)
        with self._guarded():
            with self._engine.connect() as connection:
                held = inspect(connection).get_table_names()
            if not metadata.tables.keys() <= set(held):
                with self._engine.connect() as connection, connection.execution_options(is_writing=True).begin():
                    metadata.create_all(connection)  # whoever comes second waits, and finds them

    def add(self, document: Document, origin: str) -> Outcome:
        """Take in one document, whole or not at all. `origin` says where it comes from."""
        with self.writing() as writer:
            return writer.take([document], origin)[0]

    def document(self, id_: str, as_of: datetime | None = None) -> Document | None:
        """By `pmid:…`, `doi:…`, `pmcid:…` or `sha256:…`, as the library told it then; None where it holds none."""
        with self.reading() as connection:
            limit = _limit(connection, as_of)
            query = (
                select(identifier.c.document)
                .where(identifier.c.key == id_, identifier.c.sequence <= limit)
                .order_by(identifier.c.sequence.desc())
                .limit(1)
            )
            found = connection.execute(query).scalar()
            return next(iter(gather(connection, [found], limit)), None) if found else None

    def documents(self, as_of: datetime | None = None) -> Iterator[Document]:
        """The version of each document that counts, in the order of their ids."""
        last = ""
        with self.reading() as connection:
            limit = _limit(connection, as_of)
        while True:
            query = (
                select(rendition.c.document)
                .where(rendition.c.document > last, rendition.c.sequence <= limit)
                .distinct()
                .order_by(rendition.c.document)
                .limit(PAGE)
            )
            with self.reading() as connection:
                ids = list(connection.execute(query).scalars())
                page = gather(connection, ids, limit)
            yield from page
            if not ids:
                return
            last = ids[-1]

    def changes(self, after: int) -> Iterator[tuple[int, Document]]:
        """Every document changed since a sequence number, as it is now, with its own latest number, in their order.

        One that was deleted, or found to be the same as another, is told as such by its standing.
        """
        with self.reading() as connection:
            limit = _limit(connection, None)
        while True:
            query = (
                select(rendition.c.document, rendition.c.sequence)
                .where(rendition.c.sequence > after, rendition.c.sequence <= limit, latest(limit, any_kind=True))
                .order_by(rendition.c.sequence)
                .limit(PAGE)
            )
            with self.reading() as connection:
                numbers: dict[str, int] = {row[0]: row[1] for row in connection.execute(query)}
                page = {one.id: one for one in gather(connection, list(numbers), limit)}
            for id_, number in numbers.items():
                if id_ in page:
                    yield number, page[id_]
            if not numbers:
                return
            after = max(numbers.values())

    def sequence(self) -> int:
        """The number of the latest row; it grows with every version that comes in."""
        with self.reading() as connection:
            return _limit(connection, None)

    def turned(self, after: int) -> Iterator[tuple[Standing | None, Document]]:
        """Documents whose standing is another than it was at a sequence number; None for those not here then."""
        other = rendition.alias("other")
        marked = exists().where(other.c.document == rendition.c.document, other.c.standing != "current")
        query = select(rendition.c.document).where(rendition.c.sequence > after, marked).distinct()
        with self.reading() as connection:
            ids = sorted(connection.execute(query).scalars())
        for start in range(0, len(ids), PAGE):
            part = ids[start : start + PAGE]
            with self.reading() as connection:
                before = {one.id: one.standing for one in gather(connection, part, after)}
                now = gather(connection, part, _limit(connection, None))
            for document in now:
                if document.standing != before.get(document.id):
                    yield before.get(document.id), document

    def history(self, id_: str, as_of: datetime | None = None) -> list[tuple[datetime, str, str, str]]:
        """When a document's renditions came in, as which kind, from where, with which standing."""
        query = (
            select(rendition.c.came_in, rendition.c.kind, rendition.c.origin, rendition.c.standing)
            .where(rendition.c.document == id_)
            .order_by(rendition.c.sequence)
        )
        with self.reading() as connection:
            rows = connection.execute(query.where(rendition.c.sequence <= _limit(connection, as_of))).all()
        return [(datetime.fromtimestamp(row[0] / 1_000_000, UTC), row[1], row[2], row[3]) for row in rows]

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction: all that is taken in it is kept, or nothing. One writer at a time; others wait."""
        with self._guarded(), self._engine.connect() as connection:
            with connection.execution_options(is_writing=True).begin():
                yield Writer(connection, _now(connection))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one whole state of the library."""
        with self._guarded(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            cause = str(getattr(error, "orig", "") or type(error).__name__)
            mend = _RESTORE if any(one in cause for one in _DAMAGED) else _ELSEWHERE
            raise LibraryError(f"the library: {cause}", where=str(self.path / LIBRARY_FILE), mend=mend) from None


_ELSEWHERE = "Name another folder with `--library` or `ROOTLINE_LIBRARY`, or look at this one's rights and free space."
_RESTORE = "The file is damaged: put a copy of the folder back, or move the file away and import your documents anew."
_DAMAGED = ("not a database", "malformed", "database corruption", "no such table", "no such column")


def _read_only(file: Path) -> sqlite3.Connection:
    """Where nothing can be written, SQLite has to be told that nobody does, unless a log of others lies there."""
    log = file.with_name(f"{file.name}-wal")
    how = "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
    return sqlite3.connect(f"{file.absolute().as_uri()}?{how}", uri=True, check_same_thread=False)


def _prepare(connection: object, _: object) -> None:
    """Readers see a whole state while another program writes; what is committed outlives a killed process."""
    connection.isolation_level = None  # type: ignore[attr-defined]  # transactions begin where `_begin` says
    _keep_a_log(connection)
    for pragma in ("synchronous=NORMAL", "wal_autocheckpoint=8000", "cache_size=-32768"):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]


def _keep_a_log(connection: Any) -> None:
    """A log beside the database. SQLite does not wait for another program that does the same to a new one: we do."""
    end = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.05)


def _begin(connection: Connection) -> None:
    is_writing = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _limit(connection: Connection, as_of: datetime | None) -> int:
    """The highest sequence number that had come in by then."""
    query = select(func.max(rendition.c.sequence))
    if as_of is not None:
        query = query.where(rendition.c.came_in <= round(as_of.timestamp() * 1_000_000))
    return connection.execute(query).scalar() or 0


def _now(connection: Connection) -> int:
    """Microseconds, later than all that is here, even where the clock was turned back."""
    last: int = connection.execute(select(func.max(rendition.c.came_in))).scalar() or 0
    return max(time.time_ns() // 1000, last + 1)
