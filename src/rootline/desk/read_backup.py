"""A backup's lines as rows: whole, unaltered, of this schema, each value of its column's type, fitting together.

All of it is found out before anything is written where a desk is to stand: the rows are put into a desk of no other use
first. Writes nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, Table

from rootline.desk.backup import SCHEMA, Row, restore
from rootline.desk.opening import make_desk, newest
from rootline.desk.people import tables as _people  # noqa: F401  (a backup holds its tables, too)
from rootline.desk.tables import AuditHead, Base
from rootline.errors import DeskError

_MEND = "Restore another backup; nothing was changed."


def read_backup(lines: Iterable[str]) -> list[Row]:
    """The rows. Raises `DeskError` for anything that `rootline desk backup` did not write."""
    rows = list(_rows(lines))
    if [name for name, _ in rows].count(AuditHead.__tablename__) != 1:
        raise _spoilt("the backup is of no whole desk: the head of its record is not there once", "")
    with tempfile.TemporaryDirectory() as folder:
        rehearsal = make_desk(f"sqlite:///{Path(folder) / 'desk.sqlite'}")
        try:
            restore(rehearsal, rows)
        except DeskError as error:
            raise DeskError("the backup's rows do not fit together", where=error.what, mend=_MEND) from None
        finally:
            rehearsal.close()
    return rows


def _rows(lines: Iterable[str]) -> Iterator[Row]:
    """Each row, while counting and hashing: the end must say the same."""
    digest, rows, ended = hashlib.sha256(), 0, False
    for number, line in enumerate(lines):
        line, where = line.rstrip("\n"), f"line {number + 1}"
        said = _json(line, where)
        if ended:
            raise _spoilt("the backup goes on after its end", where)
        if number == 0:
            _check_head(said)
        elif "end" in said:
            ended = said == {"end": rows, "sha256": digest.hexdigest()}
            if not ended:
                raise _spoilt("the backup was altered or is not whole", where)
            continue
        else:
            rows += 1
            yield _row(said, where)
        digest.update(line.encode() + b"\n")
    if not ended:
        raise _spoilt("the backup was cut off", "")


def _json(line: str, where: str) -> dict[str, Any]:
    try:
        line.encode()  # a byte that is no UTF-8 was read as half a character
        said = json.loads(line)
    except (ValueError, RecursionError):
        raise _spoilt("this is no JSON in UTF-8", where) from None
    if not isinstance(said, dict):
        raise _spoilt("this is no row of a backup", where)
    return said


def _check_head(said: dict[str, Any]) -> None:
    if said.get("schema") != SCHEMA:
        raise DeskError("this is no backup of a desk", mend="Give what `rootline desk backup` wrote.")
    if said.get("migration") != newest():
        what = f"the backup is of schema {said.get('migration')}, and this program's is {newest()}"
        mend = "Restore it with the version that made it; `rootline desk init` then brings the desk forward."
        raise DeskError(what, mend=mend)


def _row(said: dict[str, Any], where: str) -> Row:
    name, row = said.get("table"), said.get("row")
    if set(said) != {"table", "row"} or not isinstance(name, str) or not isinstance(row, dict):
        raise _spoilt("this is no row of a backup", where)
    if name not in Base.metadata.tables:
        raise _spoilt(f"the backup has a table `{name}` that this program does not know", where)
    table: Table = Base.metadata.tables[name]
    for key in sorted({*row} ^ {*table.c.keys()}):
        told = f"a column `{name}.{key}` that this program does not know" if key in row else f"no `{name}.{key}` here"
        raise _spoilt(f"the backup has {told}", where)
    return name, {column.name: _value(row[column.name], column, where) for column in table.c}


def _value(value: Any, column: Column[Any], where: str) -> Any:
    """A value of its column's type. Raises `DeskError` for any other."""
    kind, found = column.type, value
    if value is None:
        fits = bool(column.nullable)
    elif isinstance(kind, LargeBinary):
        found = _bytes(value)
        fits = found is not None
    elif isinstance(kind, Boolean):
        fits = isinstance(value, bool)
    elif isinstance(kind, Integer):
        bits = 63 if isinstance(kind, BigInteger) else 31
        fits = isinstance(value, int) and not isinstance(value, bool) and -(2**bits) <= value < 2**bits
    else:
        fits = _is_text(value)
    if not fits:
        raise _spoilt(f"the value of `{column.table.name}.{column.name}` cannot be read", where)
    return found


def _is_text(value: Any) -> bool:
    """Whether both databases keep it: no half characters, and no NUL."""
    return isinstance(value, str) and "\0" not in value and not any("\ud800" <= one <= "\udfff" for one in value)


def _bytes(value: Any) -> bytes | None:
    if not isinstance(value, dict) or set(value) != {"base64"} or not isinstance(value["base64"], str):
        return None
    try:
        return base64.b64decode(value["base64"], validate=True)
    except ValueError:
        return None


def _spoilt(what: str, where: str) -> DeskError:
    return DeskError(what, where=where, mend=_MEND)
