"""How far a file, known by its hash, has been taken into the library, and what came of it.

Reads only; the rows are written with each batch of records.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from rootline.evidence.store.tables import batch, broken
from rootline.evidence.store.versions import Store


@dataclass(frozen=True)
class Taken:
    """Records taken, whether that was all, what they were, and which were broken: place and what."""

    position: int
    is_whole: bool
    counts: Counter[str]
    broken: list[tuple[str, str]]


def taken(store: Store, file: str) -> Taken:
    """Nothing yet for a file that is not known."""
    names = ("new", "revised", "same", "deleted")
    sums = [func.coalesce(func.sum(batch.c[name]), 0) for name in names]
    query = select(func.coalesce(func.max(batch.c.position), 0), func.coalesce(func.max(batch.c.is_last), 0), *sums)
    with store.reading() as connection:
        row = connection.execute(query.where(batch.c.file == file)).one()
        places = select(broken.c.place, broken.c.what).where(broken.c.file == file).order_by(broken.c.number)
        found = [(one[0], one[1]) for one in connection.execute(places)]
    return Taken(row[0], bool(row[1]), Counter(dict(zip(names, row[2:], strict=True))), found)
