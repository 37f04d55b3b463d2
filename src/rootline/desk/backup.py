"""The whole desk as lines of JSON, and back again: one way for SQLite and PostgreSQL, and from one to the other.

Copies rows of whatever tables there are; knows nothing of what they mean. The private key is no part of it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, MetaData, Table, func, insert, select, text

from rootline.desk.opening import Desk, guarded, newest, schema_version
from rootline.errors import DeskError

SCHEMA = "rootline.desk/1"
_OWN = "alembic_version"  # told by the schema's number in the head
_MEND = "Restore another backup; nothing was changed."


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


def restore(desk: Desk, lines: Iterable[str]) -> int:
    """Put a backup into a desk just made; how many rows. Raises `DeskError`, and then nothing was changed."""
    with guarded(), desk.engine.connect().execution_options(is_writing=True) as connection, connection.begin():
        tables = _tables(connection)
        _refuse_used(connection, tables)
        connection.execute(tables["audit_head"].delete())
        rows = 0
        for name, row in _checked(lines):
            if name not in tables:
                raise DeskError(f"the backup has a table `{name}` that this program does not know", mend=_MEND)
            connection.execute(
                insert(tables[name]), {key: _read(value, tables[name], key) for key, value in row.items()}
            )
            rows += 1
        _count_on(connection, tables)
    return rows


def _lines(head: dict[str, str], connection: Connection) -> Iterator[str]:
    yield json.dumps(head)
    for name, table in _tables(connection).items():
        for row in connection.execute(select(table).order_by(*table.primary_key)).mappings():
            plain = {key: _plain(value) for key, value in row.items()}
            yield json.dumps({"table": name, "row": plain}, ensure_ascii=False)


def _checked(lines: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows, while counting and hashing; the end must say the same, or all is undone."""
    digest, rows, ended = hashlib.sha256(), 0, False
    for number, line in enumerate(lines):
        line = line.rstrip("\n")
        try:
            said = json.loads(line)
        except ValueError:
            raise DeskError("this is no JSON", where=f"line {number + 1}", mend=_MEND) from None
        if ended:
            raise DeskError("the backup goes on after its end", where=f"line {number + 1}", mend=_MEND)
        if number == 0:
            _check_head(said)
        elif "end" in said:
            ended = said == {"end": rows, "sha256": digest.hexdigest()}
            if not ended:
                raise DeskError("the backup was altered or is not whole", mend=_MEND)
            continue
        else:
            rows += 1
            yield said["table"], said["row"]
        digest.update(line.encode() + b"\n")
    if not ended:
        raise DeskError("the backup was cut off", mend=_MEND)


def _check_head(said: Any) -> None:
    if not isinstance(said, dict) or said.get("schema") != SCHEMA:
        raise DeskError("this is no backup of a desk", mend="Give what `rootline desk backup` wrote.")
    if said["migration"] != newest():
        mend = "Restore it with the version that made it; `rootline desk init` then brings the desk forward."
        raise DeskError(f"the backup is of schema {said['migration']}, and this program's is {newest()}", mend=mend)


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


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, datetime):
        return {"time": (value if value.tzinfo is None else value.astimezone(UTC)).isoformat()}
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _read(value: Any, table: Table, key: str) -> Any:
    if key not in table.c:
        raise DeskError(f"the backup has a column `{table.name}.{key}` that this program does not know", mend=_MEND)
    if not isinstance(value, dict):
        return bool(value) if isinstance(value, int) and table.c[key].type.python_type is bool else value
    if "base64" in value:
        return base64.b64decode(value["base64"])
    return datetime.fromisoformat(value["time"]) if "time" in value else date.fromisoformat(value["day"])


def _count_on(connection: Connection, tables: dict[str, Table]) -> None:
    """PostgreSQL counts its numbers apart from the rows: the next one is the one after the last."""
    if connection.dialect.name == "sqlite":
        return
    for name, table in tables.items():
        if "id" in table.c and table.c.id.type.python_type is int:
            sequence = connection.execute(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": name}).scalar()
            last = connection.execute(select(func.max(table.c.id))).scalar()
            if sequence and last:
                connection.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})
