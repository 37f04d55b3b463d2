"""Takes documents into the library within one transaction: finds which document each is, and adds what is new.

A different PMID is a different document, whatever else is shared. Opens no transaction of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from sqlalchemy import Connection, Dialect, Select, Table, bindparam, func, insert, select

from rootline.evidence.store.copies import CLUE, clues, is_copy, warning
from rootline.evidence.store.document import Document, Notice
from rootline.evidence.store.gather import is_notice, renditions
from rootline.evidence.store.identity import keys_of, version_hash
from rootline.evidence.store.merge import merge
from rootline.evidence.store.tables import batch, broken, identifier, rendition, report

JOINED = "joined"  # the kind of a last rendition that says: this is the same document as another
_NO_LIMIT = 2**62


@dataclass(frozen=True)
class Batch:
    """What came of some records of a file, for picking up after a kill and for the counts at the end."""

    file: str  # sha256 of the file
    name: str
    position: int
    is_last: bool
    counts: dict[str, int]
    broken: Sequence[tuple[str, str]]


class Writer:
    """Adds rows; `came_in` is the moment that all of them get."""

    def __init__(self, connection: Connection, came_in: int) -> None:
        self._connection, self._came_in = connection, came_in
        self._sequence: int = connection.execute(select(func.max(rendition.c.sequence))).scalar() or 0
        self._known: dict[str, str] = {}  # key -> document
        self._keys: dict[str, set[str]] = {}  # document -> keys
        self._held: dict[str, dict[str, Document]] = {}  # document -> kind -> latest rendition
        self._to_compare: dict[str, int] = {}  # documents with what they may be known by to others, and their row
        self._rows: list[tuple[Any, ...]] = []  # in the order of the tables' columns
        self._names: list[tuple[Any, ...]] = []

    def take(self, documents: Sequence[Document], origin: str) -> list[Literal["new", "revised", "same"]]:
        """What each was: new, a change to one that is here, or nothing new."""
        self._load(documents)
        outcomes = [self._take(document, origin) for document in documents]
        self._warn_copies(origin)
        self._flush()
        return outcomes

    def delete(self, pmid: str, origin: str) -> bool:
        """PubMed took the record back: its last version stays, marked. False where that changes nothing."""
        key = f"pmid:{pmid}"
        self._load_keys([key])
        held = self._held.get(self._known.get(key, ""), {})
        told = held.get("pubmed") or held.get("nbib")
        if told is None or told.standing == "deleted":
            return False
        notice = Notice("deleted", "", "deleted from PubMed")
        gone = replace(told, kind="pubmed", standing="deleted", notices=(*told.notices, notice))
        self._append(self._known[key], replace(gone, sha256=version_hash(gone)), origin)
        self._flush()
        return True

    def close_batch(self, done: Batch) -> None:
        """Keep how far a file has been taken, in the same transaction as what was taken."""
        counts = {name: done.counts.get(name, 0) for name in ("new", "revised", "same", "deleted")}
        row = {"file": done.file, "name": done.name, "position": done.position, "is_last": int(done.is_last)}
        self._connection.execute(insert(batch), {**row, **counts, "came_in": self._came_in})
        if done.broken:
            rows = [{"file": done.file, "place": place, "what": what} for place, what in done.broken]
            self._connection.execute(insert(broken), rows)

    def close_report(self, pack: str, sequence: int) -> None:
        """Keep that all changes of standing up to a sequence number were told for a pack."""
        self._connection.execute(insert(report), {"pack": pack, "sequence": sequence, "came_in": self._came_in})

    def _take(self, document: Document, origin: str) -> Literal["new", "revised", "same"]:
        homes = self._homes(document)
        if not homes:
            self._append(document.id, document, origin)
            return "same" if is_notice(document.kind) else "new"
        home = homes[0]
        held = self._held[home]
        before = merge(list(held.values()))
        was_known = any(not is_notice(kind) for kind in held)
        for other in homes[1:]:
            self._join(other, home, origin)
        last = held.get(document.kind)
        if last is None or not _is_older(document, last):
            self._append(home, replace(document, id=home), origin)
        elif len(homes) == 1:
            return "same"
        if not was_known:
            return "same" if is_notice(document.kind) else "new"
        return "same" if _says(merge(list(self._held[home].values()))) == _says(before) else "revised"

    def _homes(self, document: Document) -> list[str]:
        """The documents here that this one is, by its strongest name first."""
        found = dict.fromkeys(self._known[key] for key in keys_of(document) if key in self._known)
        own = f"pmid:{document.pmid}" if document.pmid else ""
        return [one for one in found if not own or not (self._pmids(one) - {own})]

    def _pmids(self, id_: str) -> set[str]:
        return {key for key in self._keys[id_] if key.startswith("pmid:")}

    def _join(self, other: str, home: str, origin: str) -> None:
        """Two documents are seen to be one: what the other held goes to the home; the other says where it went."""
        for kind, held in list(self._held[other].items()):
            if kind not in self._held[home]:
                self._append(home, replace(held, id=home), origin)
        for key in sorted(one for one in self._keys[other] if not one.startswith(CLUE)):
            self._name(key, home)
        gone = merge(list(self._held[other].values()))
        notice = Notice("deleted", "", f"is the same document as {home}")
        gone = replace(gone, kind=JOINED, text="", passages=(), notices=(notice,), standing="deleted")
        self._row(other, replace(gone, id=other, sha256=version_hash(gone)), origin)

    def _append(self, id_: str, document: Document, origin: str) -> None:
        self._row(id_, document, origin)
        self._held.setdefault(id_, {})[document.kind] = document
        for key in {id_, *keys_of(document)}:
            if self._known.get(key) is None:
                self._name(key, id_)
        if document.standing != "current" or is_copy(document):
            self._to_compare[id_] = self._sequence

    def _warn_copies(self, origin: str) -> None:
        """Copies and the withdrawn works that they seem to be learn of each other, whichever came in first."""
        own = {id_: self._merged(id_) for id_ in self._to_compare}
        by_clue: dict[str, list[str]] = {}
        for id_, one in own.items():
            for clue in clues(one):
                self._names.append((clue, self._to_compare[id_], id_))
                by_clue.setdefault(clue, []).append(id_)
        self._to_compare.clear()
        self._flush()
        query = select(identifier.c.key, identifier.c.document).where(identifier.c.key.in_(by_clue)).distinct()
        pairs = [(row[0], row[1]) for row in self._connection.execute(query)] if by_clue else []
        self._hold([other for _, other in pairs])
        for clue, other in pairs:
            for id_ in by_clue[clue]:
                self._warn(own[id_], self._merged(other), clue, origin)

    def _warn(self, one: Document, other: Document, clue: str, origin: str) -> None:
        if is_copy(one) == is_copy(other) or clue not in clues(other):
            return
        copy, work = (one, other) if is_copy(one) else (other, one)
        told = warning(copy, work, clue)
        if told.kind not in self._held[copy.id] or self._held[copy.id][told.kind].standing != told.standing:
            self._row(copy.id, told, origin)
            self._held[copy.id][told.kind] = told

    def _merged(self, id_: str) -> Document:
        return merge(list(self._held[id_].values()))

    def _row(self, id_: str, document: Document, origin: str) -> None:
        self._sequence += 1
        told = (id_, document.kind, document.sha256, document.revised, document.standing)
        self._rows.append((self._sequence, *told, self._came_in, origin, document.record, document.text))

    def _name(self, key: str, id_: str) -> None:
        self._names.append((key, self._sequence, id_))
        self._known[key] = id_
        self._keys.setdefault(id_, set()).add(key)

    def _load(self, documents: Iterable[Document]) -> None:
        self._load_keys([key for document in documents for key in keys_of(document)])

    def _load_keys(self, keys: Sequence[str]) -> None:
        """What the library knows of these names, in as few questions as can be."""
        wanted = [key for key in dict.fromkeys(keys) if key not in self._known]
        self._known.update(self._pairs(identifier.c.key, wanted))
        self._hold(list(dict.fromkeys(self._known.values())))

    def _hold(self, documents: Sequence[str]) -> None:
        """What the library holds of these documents."""
        ids = [one for one in documents if one not in self._held]
        for key, id_ in self._pairs(identifier.c.document, ids).items():
            self._keys.setdefault(id_, set()).add(key)
        for start in range(0, len(ids), 500):
            self._held.update(renditions(self._connection, ids[start : start + 500], _NO_LIMIT))

    def _pairs(self, column: Any, values: Sequence[str]) -> dict[str, str]:
        """Key and document, the row added last."""
        found: dict[str, str] = {}
        for start in range(0, len(values), 500):
            part = {"values": values[start : start + 500]}
            found.update((row[0], row[1]) for row in self._connection.execute(_pairs_by(column), part))
        return found

    def _flush(self) -> None:
        for table, rows in ((rendition, self._rows), (identifier, self._names)):
            if rows:
                self._connection.exec_driver_sql(_insert(table, self._connection.dialect), rows)
                rows.clear()


@cache
def _insert(table: Table, dialect: Dialect) -> str:
    """The statement, made once: rows then go to the driver as they are, which an import of millions needs."""
    return str(insert(table).compile(dialect=dialect))


@cache
def _pairs_by(column: Any) -> Select[Any]:
    """The question for key and document, made once."""
    among = column.in_(bindparam("values", expanding=True))
    return select(identifier.c.key, identifier.c.document).where(among).order_by(identifier.c.sequence)


def _says(document: Document) -> Document:
    """The document without where its words were read from."""
    return replace(document, kind="", revised="", sha256="")


def _is_older(document: Document, last: Document) -> bool:
    """Whether a rendition adds nothing to the last of its kind: the same, or of an earlier date.

    What PubMed deleted comes back only by a record that is newer than the one it deleted.
    """
    if document.sha256 == last.sha256:
        return True
    if last.standing == "deleted":
        return document.revised <= last.revised
    return document.revised < last.revised
