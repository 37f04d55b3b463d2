"""A request that is sent twice is done once: the record itself tells what was done under its key.

The entry of the act holds a hash of the key and one of the request, written in the act's own transaction; no word of
either. A key is forgotten after a day.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from rootline.desk.actor import Actor
from rootline.desk.audit import MARK, fingerprint
from rootline.desk.opening import Desk
from rootline.desk.tables import AuditEntry
from rootline.errors import InputError

_LASTS = timedelta(days=1)


def act_once(desk: Desk, actor: Actor, key: str, request: str, act: Callable[[Desk], object]) -> AuditEntry:
    """The last entry of the act in the record: done now, or earlier by this person under this key.

    `act` does one transaction at the desk that it is given. Raises `InputError` for a key that was used for another
    request, and whatever the act raises; then the key is free.
    """
    once = _Once(desk.engine, desk.clock, fingerprint(f"{actor.name}\0{key}"), fingerprint(f"{key}\0{request}"))
    try:
        act(once)
        with desk.reading() as session:
            found = once.entry(session)
            assert found is not None, "an act adds its entry to the record"
    except _DoneBefore as before:
        found = before.entry
    if json.loads(found.detail)["request"] != once.request:
        what = "this key was used for another request"
        raise InputError(what, where="header.Idempotency-Key", mend="Make a new key.")
    return found


class _DoneBefore(Exception):
    """The record has it already."""

    def __init__(self, entry: AuditEntry) -> None:
        self.entry = entry


@dataclass(frozen=True)
class _Once(Desk):
    """The desk for one request: whoever writes finds out first whether it was done."""

    key: str = ""
    request: str = ""

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with super().writing() as session:
            if found := self.entry(session):
                session.expunge(found)
                raise _DoneBefore(found)
            session.info[MARK] = {"key": self.key, "request": self.request}
            yield session

    def entry(self, session: Session) -> AuditEntry | None:
        """The last one that was added under this key."""
        since = (self.clock() - _LASTS).isoformat()
        kept = select(AuditEntry).where(AuditEntry.at > since, AuditEntry.detail.contains(f'"key": "{self.key}"'))
        return session.scalars(kept.order_by(AuditEntry.sequence.desc())).first()
