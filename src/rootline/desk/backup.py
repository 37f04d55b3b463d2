"""The whole desk as lines of JSON, and back again: one way for SQLite and PostgreSQL, and from one to the other.

Copies rows of whatever tables there are; knows nothing of what they mean. The private key is no part of it. Whether
lines can be restored at all is found out in `read_backup`, before there is a desk to restore them to.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Column, Connection, LargeBinary, MetaData, Table, func, insert, select, text

from rootline.desk.opening import Desk, guarded, schema_version
from rootline.errors import DeskError

SCHEMA = "rootline.desk/1"
_OWN = "alembic_version"  # told by the schema's number in the head
Row = tuple[str, dict[str, Any]]  # a table, and its columns


def backup(desk: Desk) -> Iterator[str]:
    """The desk as it stands at one moment, line by line; the last line tells whether all are there."""
    digest = hashlib.sha256()
    rows = 0
    with guarded(), _snapshot(desk) as connection:
        head = {"schema": SCHEMA, "migration": schema_version(connection), "made": desk.moment}
        for line in _lines(head, connection):
            digest.update(line.encode() + b"\n")
            rows += 1
            yield line
    yield json.dumps({"end": rows - 1, "sha256": digest.hexdigest()})


def restore(desk: Desk, rows: Iterable[Row]) -> None:
    """Put what `read_backup` gave into a desk just made. Raises `DeskError`, and then nothing was changed."""
    with guarded(), desk.engine.connect().execution_options(is_writing=True) as connection, connection.begin():
        tables = _tables(connection)
        _refuse_used(connection, tables)
        connection.execute(tables["audit_head"].delete())
        for name, row in rows:
            connection.execute(insert(tables[name]), row)
        _count_on(connection, tables)


def _lines(head: dict[str, str], connection: Connection) -> Iterator[str]:
    yield json.dumps(head)
    for name, table in _tables(connection).items():
        for row in connection.execute(select(table).order_by(*table.primary_key)).mappings():
            plain = {key: _plain(value, table.c[key]) for key, value in row.items()}
            yield json.dumps({"table": name, "row": plain}, ensure_ascii=False)


def _refuse_used(connection: Connection, tables: dict[str, Table]) -> None:
    for name, table in tables.items():
        head = name == "audit_head" and connection.execute(select(table.c.sequence)).scalar() == 0
        if not head and connection.execute(select(func.count()).select_from(table)).scalar():
            mend = "Name a new one in ROOTLINE_DESK, or move this one away."
            raise DeskError("there is a desk with entries here already", mend=mend)


def _snapshot(desk: Desk) -> Connection:
    options = {} if desk.engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    return desk.engine.connect().execution_options(**options)


def _tables(connection: Connection) -> dict[str, Table]:
    """Every table there is, each after those that it points to."""
    found = MetaData()
    found.reflect(connection)
    return {table.name: table for table in found.sorted_tables if table.name != _OWN}


def _plain(value: Any, column: Column[Any]) -> Any:
    """Raises `DeskError` for what SQLite keeps though it is not of its column's kind: it could not be restored."""
    if isinstance(value, bytes) != isinstance(column.type, LargeBinary) and value is not None:
        what = f"`{column.table.name}.{column.name}` holds what is not of its kind and could not be restored"
        raise DeskError(what, mend="`rootline desk audit` names the row; restore a backup that was made before.")
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _count_on(connection: Connection, tables: dict[str, Table]) -> None:
    """PostgreSQL counts its numbers apart from the rows: the next one is the one after the last."""
    if connection.dialect.name == "sqlite":
        return
    for name, table in tables.items():
        for key in (one for one in table.primary_key if one.type.python_type is int):
            asked = text("SELECT pg_get_serial_sequence(:name, :key)")
            sequence = connection.execute(asked, {"name": name, "key": key.name}).scalar()
            last = connection.execute(select(func.max(key))).scalar()
            if sequence and last:
                connection.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})
