"""Loads documents from their rows: the latest rendition of each kind, merged.

Reads only; which state of the library counts is told by the highest sequence number allowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, select

from rootline.evidence.store.document import Document
from rootline.evidence.store.identity import from_record
from rootline.evidence.store.merge import NOTICE, merge
from rootline.evidence.store.tables import rendition


def latest(limit: int, any_kind: bool = False) -> ColumnElement[bool]:
    """Holds for a row that no later one of the same document, and kind, replaces."""
    newer = rendition.alias("newer")
    same = [newer.c.document == rendition.c.document, newer.c.sequence > rendition.c.sequence]
    if not any_kind:
        same.append(newer.c.kind == rendition.c.kind)
    return ~exists().where(*same, newer.c.sequence <= limit)


def renditions(connection: Connection, ids: Sequence[str], limit: int) -> dict[str, dict[str, Document]]:
    """For each document its latest rendition of each kind."""
    columns = (rendition.c.document, rendition.c.kind, rendition.c.sha256, rendition.c.record, rendition.c.text)
    query = (
        select(*columns)
        .where(rendition.c.document.in_(ids), rendition.c.sequence <= limit, latest(limit))
        .order_by(rendition.c.document, rendition.c.kind)
    )
    found: dict[str, dict[str, Document]] = {}
    rows: list[Any] = list(connection.execute(query)) if ids else []
    for id_, kind, sha256, record, text in rows:
        found.setdefault(id_, {})[kind] = from_record(id_, sha256, record, text)
    return found


def gather(connection: Connection, ids: Sequence[str], limit: int) -> list[Document]:
    """The documents in the order of `ids`; one that is only spoken of by notices is not there."""
    found = renditions(connection, ids, limit)
    return [merge(list(found[id_].values())) for id_ in ids if any(not is_notice(kind) for kind in found.get(id_, ()))]


def is_notice(kind: str) -> bool:
    """Whether a rendition holds only what another publication says of the document."""
    return kind.startswith(NOTICE)
