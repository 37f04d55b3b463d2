"""What a reader of a format finds in a file: documents, deletions, and records that cannot be read.

Only shapes. What a broken record says stays out of them: they are printed and kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from rootline.evidence.store.document import Document


@dataclass(frozen=True)
class Deleted:
    """PubMed says that this record is no more."""

    pmid: str


@dataclass(frozen=True)
class Broken:
    """A record, or the rest of a file, that cannot be read: where in the file, and what is wrong."""

    where: str
    what: str


Found = Document | Deleted | Broken
