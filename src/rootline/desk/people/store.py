"""Where people are kept, and what the time is. Knows no table."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session


def _seconds() -> int:
    return int(time.time())


@dataclass(frozen=True)
class People:
    """The accounts of one desk. `now` gives seconds since 1970."""

    engine: Engine = field(repr=False)
    now: Callable[[], int] = _seconds

    @property
    def moment(self) -> str:
        """Now, as the desk writes it down."""
        return datetime.fromtimestamp(self.now(), UTC).isoformat(timespec="microseconds")

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Look; what is found may be used afterwards."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: kept whole when the block ends well, else not at all. SQLite lets one at a time begin."""
        with self.engine.connect().execution_options(is_writing=True) as connection, connection.begin():
            with Session(connection, expire_on_commit=False) as session:
                yield session
                session.flush()
