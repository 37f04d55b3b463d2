"""Whether the record still holds: entries altered, missing, out of order or cut off, and rows it did not leave so.

Reads only. A record forged from end to end holds by itself: compare its head with one that was written down elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from rootline.desk.audit import as_data, chained, entries
from rootline.desk.check_rows import check_rows
from rootline.desk.tables import AuditEntry, AuditHead


@dataclass(frozen=True)
class Audited:
    """What was found, and the head of the record: its length and last hash."""

    findings: tuple[str, ...]
    entries: int
    head: str


def check_audit(session: Session, expected: str = "") -> Audited:
    """Check all of it. `expected` is a head that was written down before: it must stand somewhere in the record."""
    told = list(entries(session))
    head = session.get(AuditHead, 1)
    found = [*_chain(told), *_end(told, head), *check_rows(session, told)]
    if expected and not any(one.hash == expected for one in told):
        found.append(f"no entry has the hash {expected[:12]}… that was written down before")
    return Audited(tuple(found), len(told), head.hash if head else "")


def _chain(told: list[AuditEntry]) -> Iterator[str]:
    due, previous = 1, ""
    for entry in told:
        if entry.sequence != due:
            gap = f"{due}" if entry.sequence == due + 1 else f"{due} to {entry.sequence - 1}"
            yield f"entry {gap} is missing"
        elif entry.previous != previous:
            yield f"entry {entry.sequence} does not follow the one before it: altered, replaced or out of order"
        if chained(as_data(entry)) != entry.hash:
            yield f"entry {entry.sequence} was altered"
        due, previous = entry.sequence + 1, entry.hash


def _end(told: list[AuditEntry], head: AuditHead | None) -> Iterator[str]:
    last = (told[-1].sequence, told[-1].hash) if told else (0, "")
    if head is None:
        yield "the head of the record is gone"
    elif isinstance(head.sequence, int) and head.sequence > last[0]:
        yield f"the record was cut off: its head is entry {head.sequence}, and the last is {last[0]}"
    elif (head.sequence, head.hash) != last:
        yield "the head of the record is not its last entry"
