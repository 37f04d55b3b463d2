"""Up to which sequence number the changes of standing were told, so that a killed watch loses none.

Tells nothing itself.
"""

from __future__ import annotations

from sqlalchemy import func, select

from rootline.evidence.store.tables import report
from rootline.evidence.store.versions import Store


def told_until(store: Store, pack: str) -> int:
    """Where the next report for a pack begins. The first time that is now, and is kept before anything is taken in."""
    with store.reading() as connection:
        query = select(func.max(report.c.sequence)).where(report.c.pack == pack)
        found: int | None = connection.execute(query).scalar()
    if found is not None:
        return found
    now = store.sequence()
    close_report(store, pack, now)
    return now


def close_report(store: Store, pack: str, sequence: int) -> None:
    """To be called when all up to this number was told."""
    with store.writing() as writer:
        writer.close_report(pack, sequence)
