"""Whether every row of the desk is as the last entry about it left it, and was found so by each entry after another.

One rule for every table; where entries say in words what a row held, the finding says so too. Reads only.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy.orm import Session

from rootline.desk.rows import Left, every_row, hash_row, name_of
from rootline.desk.tables import AuditEntry, Base
from rootline.desk.way import WAY

Said = dict[str, Any]  # what entries say of a row in words, by its column
_OF_EDITION = ("state", "touches", "unproved", "review_by")
_OF_ACCOUNT = ("name", "role", "specialty")


def check_rows(session: Session, told: Iterable[AuditEntry]) -> Iterator[str]:
    """Each finding, in words. An entry that cannot be read is one."""
    due: dict[str, str] = {}
    words: dict[str, Said] = defaultdict(dict)
    for entry in told:
        detail = detail_of(entry)
        if detail is None:
            yield f"entry {entry.sequence} cannot be read"
            continue
        for name, (before, after) in _rows_in(detail):
            if before is not None and before != due.get(name, ""):
                yield f"{name} was altered before entry {entry.sequence} told of it"
            due[name] = after
        name, said = _in_words(entry, detail)
        words[name].update(said)
    for row in every_row(session):
        name = name_of(row)
        left = due.pop(name, "")
        if not left:
            yield f"{name} does not stand in the record"
        elif left != hash_row(row):
            yield f"{name} was altered{_otherwise(row, words[name])}"
    yield from (f"{name} is gone{_named(words[name])}" for name, left in due.items() if left)


def detail_of(entry: AuditEntry) -> dict[str, Any] | None:
    """What an entry says beside its fields; None where that is no longer readable."""
    try:
        detail = json.loads(entry.detail)
    except (ValueError, RecursionError):
        return None
    return detail if isinstance(detail, dict) else None


def way_of(entry: AuditEntry) -> str:
    """Which way an entry says that it came; empty where it says nothing, or is no longer readable."""
    return str((detail_of(entry) or {}).get(WAY, ""))


def _rows_in(detail: dict[str, Any]) -> Iterator[tuple[str, Left]]:
    rows = detail.get("rows")
    for name, told in rows.items() if isinstance(rows, dict) else ():
        if isinstance(told, list) and len(told) == 2 and isinstance(told[1], str):
            yield name, (told[0], told[1])


def _in_words(entry: AuditEntry, detail: dict[str, Any]) -> tuple[str, Said]:
    """A row that the entry is about, and what it says of its columns."""
    if "account" in detail and "token" not in detail and isinstance(detail.get("stands"), dict):
        stands = detail["stands"]
        return f"account {detail['account']}", {name: stands[name] for name in _OF_ACCOUNT if name in stands}
    said: Said = {name: detail[name] for name in _OF_EDITION if name in detail}
    if "state" in said:
        said["sha256"] = entry.sha256
    if entry.act == "draft":
        said["author"] = entry.who
    if entry.act == "submit":
        said["submitter"] = entry.who
    return f"edition {entry.edition}", said


def _otherwise(row: Base, said: Said) -> str:
    differing = [
        f"its {what} is `{getattr(row, what)}`, and the record says `{value}`"
        for what, value in said.items()
        if getattr(row, what) != value
    ]
    return f": {'; '.join(differing)}" if differing else _named(said)


def _named(said: Said) -> str:
    return f" ({said['name']})" if "name" in said else ""
