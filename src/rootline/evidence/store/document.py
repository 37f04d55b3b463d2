"""A document that the user brought in: its record, its whole text, and the passages it can be quoted by.

Plain data. Reading files is `intake`, keeping them is `store`, finding passages is `search`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

Standing = Literal["current", "corrected", "concern", "superseded", "retracted", "deleted"]
_AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
STANDINGS: tuple[Standing, ...] = ("current", "corrected", "concern", "superseded", "retracted", "deleted")


class Passage(NamedTuple):
    """A span of a document's text, quoted letter for letter: `text[start:end]`, in characters."""

    section: str  # the heading it stands under; empty where there is none
    start: int
    end: int


class Notice(NamedTuple):
    """What another publication says of this one: a retraction, a concern, a correction, a successor."""

    standing: Standing
    pmid: str
    text: str  # as the record words it


@dataclass(frozen=True)
class Document:
    """One publication or file, whole. `id` stays the same over its versions; `sha256` names this version."""

    id: str  # "pmid:12345", else "doi:10.…", else "sha256:…" of the text
    sha256: str
    title: str
    text: str
    passages: tuple[Passage, ...]
    kind: str  # pubmed, nbib, ris, bibtex, jats, pdf, html, markdown, text: where the text was read from
    authors: tuple[str, ...] = ()
    journal: str = ""
    year: int | None = None
    types: tuple[str, ...] = ()  # publication types as the record names them
    mesh: tuple[str, ...] = ()
    pmid: str = ""
    pmcid: str = ""
    doi: str = ""
    language: str = ""
    notices: tuple[Notice, ...] = ()
    standing: Standing = "current"
    revised: str = ""  # when the record says it was last revised; sorts, among records of one kind

    @cached_property
    def record(self) -> str:
        """All of it but id, hash and text, as JSON that is always the same for the same content; made once."""
        fields: dict[str, Any] = {
            "authors": self.authors,
            "doi": self.doi,
            "journal": self.journal,
            "kind": self.kind,
            "language": self.language,
            "mesh": self.mesh,
            "notices": self.notices,
            "passages": self.passages,
            "pmcid": self.pmcid,
            "pmid": self.pmid,
            "revised": self.revised,
            "standing": self.standing,
            "title": self.title,
            "types": self.types,
            "year": self.year,
        }
        return _AS_JSON.encode(fields)

    def quote(self, passage: Passage) -> str:
        """The passage, letter for letter."""
        return self.text[passage.start : passage.end]
