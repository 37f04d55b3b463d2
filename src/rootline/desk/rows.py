"""Which rows were written since the last entry of the record, and the one hash of a row as it was written.

Notices and hashes; what an entry says of them is `audit`, whether they still stand so `check_rows`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Mapper, Session

from rootline.desk.people import tables as _people  # noqa: F401  (its tables are among those that are told of)
from rootline.desk.tables import PASSING, Base

_NOTICED = "rows noticed"


def written(session: Session) -> dict[str, str]:
    """Each row that this transaction wrote since it was last asked: its name, and its hash; no hash: taken out."""
    session.flush()
    noticed: dict[str, Base | None] = session.info.pop(_NOTICED, {})
    return {name: hash_row(row) if row is not None else "" for name, row in noticed.items()}


def notice_all(session: Session) -> None:
    """Have the next entry tell of every row there is, as it is found."""
    session.info.setdefault(_NOTICED, {}).update((name_of(row), row) for row in every_row(session))


def every_row(session: Session) -> Iterator[Base]:
    """Each row that the record tells of, table by table."""
    for mapper in sorted(Base.registry.mappers, key=lambda one: str(one.local_table)):
        if _is_told(mapper):
            yield from session.scalars(select(mapper).order_by(*mapper.primary_key))


def name_of(row: Base) -> str:
    """What the record calls a row: its table and its key."""
    mapper = _mapper(row)
    key = "/".join(str(part) for part in mapper.primary_key_from_instance(row))
    return f"{str(mapper.local_table).replace('_', ' ')} {key}"


def hash_row(row: Base) -> str:
    """The SHA-256 of all its columns but those that pass. A migration that changes a table changes it for every row."""
    said: dict[str, Any] = {}
    for column in _mapper(row).column_attrs:
        value = getattr(row, column.key)
        if not column.columns[0].info.get(PASSING):
            said[column.key] = hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode(errors="backslashreplace")).hexdigest()


@event.listens_for(Session, "after_flush")
def _notice(session: Session, _: Any) -> None:
    """On every session, so that no way of writing through the model is forgotten; other models are not ours."""
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Base) and _is_told(_mapper(row)):
            session.info.setdefault(_NOTICED, {})[name_of(row)] = None if row in session.deleted else row


def _is_told(mapper: Mapper[Any]) -> bool:
    return not inspect(mapper.class_).selectable.info.get(PASSING)


def _mapper(row: Base) -> Mapper[Any]:
    mapper: Mapper[Any] = inspect(row).mapper
    return mapper
