"""The record of who did what to which hash: entries are added in the transaction of what they tell of, each chained.

An entry holds the hashes of every row written with it, and no text that a person wrote. Adds and hands out; whether the
record still holds is looked at in `check_audit`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rootline.desk.actor import Actor
from rootline.desk.rows import written
from rootline.desk.tables import AuditEntry, AuditHead, Edition
from rootline.desk.way import way_now

FIELDS = ("sequence", "at", "who", "role", "act", "piece", "edition", "sha256", "detail", "previous")
MARK = "mark"  # in a session's `info`: what each of its entries holds beside its own detail


def record(
    session: Session,
    at: str,
    actor: Actor,
    act: str,
    edition: Edition | None = None,
    *,
    piece: str = "",
    sha256: str = "",
    **detail: Any,
) -> None:
    """Add an entry, within the writing transaction of what it tells of: whoever else writes one waits for its end."""
    head = session.scalars(select(AuditHead).with_for_update()).one()
    if rows := written(session):
        detail["rows"] = rows
    entry = AuditEntry(
        sequence=head.sequence + 1,
        at=at,
        who=actor.name,
        role=actor.role,
        act=act,
        piece=edition.piece if edition else piece,
        edition=edition.id if edition else 0,
        sha256=edition.sha256 if edition else sha256,
        detail=json.dumps({**detail, **way_now(), **session.info.get(MARK, {})}, sort_keys=True, ensure_ascii=False),
        previous=head.hash,
    )
    entry.hash = chained(as_data(entry))
    session.add(entry)
    head.sequence, head.hash = entry.sequence, entry.hash


def as_data(entry: AuditEntry) -> dict[str, Any]:
    """An entry as plain data, without its hash."""
    return {name: getattr(entry, name) for name in FIELDS}


def chained(data: Mapping[str, Any]) -> str:
    """The hash of an entry, over all it says and the hash of the one before."""
    said = {name: data[name] for name in FIELDS}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=repr)  # bytes, spoilt
    return hashlib.sha256(text.encode()).hexdigest()


def fingerprint(text: str) -> str:
    """What the record keeps of a text that somebody wrote: enough to tell whether it was altered."""
    return hashlib.sha256(text.encode()).hexdigest()


def entries(session: Session, piece: str = "") -> Iterator[AuditEntry]:
    """Every entry in order; with a piece, those about it."""
    query = select(AuditEntry).order_by(AuditEntry.sequence)
    yield from session.scalars(query.where(AuditEntry.piece == piece) if piece else query)


def to_lines(session: Session) -> Iterator[str]:
    """Every entry as a line of JSON, in order: the record for another program."""
    for entry in entries(session):
        yield json.dumps({**as_data(entry), "hash": entry.hash}, ensure_ascii=False, default=repr)
