"""Which rows were written since the last entry of the record, and the hash of each as it was found and as it was left.

Notices and hashes; what an entry says of them is `audit`, whether they still stand so `check_rows`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Mapper, Session

from rootline.desk.people import tables as _people  # noqa: F401  (its tables are among those that are told of)
from rootline.desk.tables import PASSING, Base

_FOUND, _LEFT = "rows as found", "rows as left"
Left = tuple[str | None, str]  # a row's hash before and after; empty where it was not there, None where nobody looked


def written(session: Session) -> dict[str, Left]:
    """Each row that this transaction wrote since it was last asked, by its name."""
    session.flush()
    found: dict[str, str | None] = session.info.pop(_FOUND, {})
    left: dict[str, Base | None] = session.info.pop(_LEFT, {})
    return {name: (found[name], "" if row is None else hash_row(row)) for name, row in left.items()}


def notice_all(session: Session) -> None:
    """Have the next entry tell of every row there is, whatever was told of it before."""
    left = {name_of(row): row for row in every_row(session)}
    session.info.setdefault(_FOUND, {}).update(dict.fromkeys(left))
    session.info.setdefault(_LEFT, {}).update(left)


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


def hash_row(row: Base, value_of: Callable[[Base, str], Any] = getattr) -> str:
    """The SHA-256 of all its columns but those that pass. A migration that changes a table changes it for every row."""
    said: dict[str, Any] = {}
    for column in _mapper(row).column_attrs:
        value = value_of(row, column.key)
        if not column.columns[0].info.get(PASSING):
            said[column.key] = hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode(errors="backslashreplace")).hexdigest()


# On every session, so that no way of writing through the model is forgotten; rows of other models are not ours.
@event.listens_for(Session, "before_flush")
def _notice_as_found(session: Session, *_: Any) -> None:
    for row in (*session.dirty, *session.deleted):
        if isinstance(row, Base) and _is_told(_mapper(row)):
            session.info.setdefault(_FOUND, {}).setdefault(name_of(row), hash_row(row, _as_found))


@event.listens_for(Session, "after_flush")
def _notice_as_left(session: Session, _: Any) -> None:
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Base) and _is_told(_mapper(row)):
            session.info.setdefault(_LEFT, {})[name_of(row)] = None if row in session.deleted else row
            if row in session.new:
                session.info.setdefault(_FOUND, {}).setdefault(name_of(row), "")


def _as_found(row: Base, column: str) -> Any:
    """What the database held of it when it was read."""
    history = inspect(row).attrs[column].history
    return next(iter((*history.deleted, *history.unchanged)), None)


def _is_told(mapper: Mapper[Any]) -> bool:
    return not inspect(mapper.class_).selectable.info.get(PASSING)


def _mapper(row: Base) -> Mapper[Any]:
    mapper: Mapper[Any] = inspect(row).mapper
    return mapper
