"""Where people are kept, and what the time is. Knows no table but the head of the record, every writer's lock."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from rootline.desk.tables import AuditHead


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
        """One transaction, one after the other: kept whole when the block ends well, else not at all."""
        with self.engine.connect().execution_options(is_writing=True) as connection, connection.begin():
            with Session(connection, expire_on_commit=False) as session:
                session.execute(select(AuditHead.sequence).with_for_update())  # nobody writes what is looked at here
                yield session
                session.flush()
