"""RIS, the tagged lines of reference managers, each entry read by rispy.

Keeps what the entry says and adds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import rispy

from rootline.evidence.intake.abstract import sections_of
from rootline.evidence.intake.found import Broken, Found
from rootline.evidence.intake.lines import blocks, decoded
from rootline.evidence.intake.opening import Opened
from rootline.evidence.store.document import Document
from rootline.evidence.store.identity import clean, clean_doi, clean_pmid, identified
from rootline.evidence.store.passages import lay_out

_BEGIN = re.compile(rb"\s*TY  ?- ?\S")
_END = re.compile(rb"ER  ?-\s*")
_TYPES = {"JOUR": "Journal Article", "EJOUR": "Journal Article", "BOOK": "Book", "CHAP": "Book chapter"}
_PUBMED = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,9})|\bPMID:? ?(\d{1,9})\b")


def read(opened: Opened) -> Iterator[list[Found]]:
    """Each entry of the file, from `TY` to `ER`."""
    for number, entry in blocks(opened, _BEGIN.match):
        yield [_entry(entry, f"entry at line {number}")]


def _entry(lines: list[bytes], where: str) -> Found:
    text = decoded(lines)
    if text is None:
        return Broken(where, "is not text in UTF-8")
    last = next(line for line in reversed(lines) if line.strip())
    if not _END.fullmatch(last):
        return Broken(where, "does not end with `ER  - `")
    try:
        entries: list[dict[str, Any]] = rispy.loads(text)
    except Exception as error:  # whatever rispy raises, it is this entry that it cannot read
        return Broken(where, f"is not RIS ({type(error).__name__})")
    if len(entries) != 1:
        return Broken(where, "is not one RIS entry")
    fields = entries[0]
    title = clean(_first(fields, "title", "primary_title", "short_title"))
    if not title:
        return Broken(where, "has no title")
    words, passages = lay_out(sections_of(_first(fields, "abstract", "notes_abstract")))
    kind = clean(_first(fields, "type_of_reference"))
    year = re.match(r"[0-9]{4}", _first(fields, "year", "publication_year", "date"))
    return identified(
        Document(
            id="",
            sha256="",
            title=title,
            text=words,
            passages=passages,
            kind="ris",
            authors=tuple(filter(None, map(clean, _all(fields, "authors", "first_authors")))),
            journal=clean(_first(fields, "journal_name", "secondary_title", "alternate_title3", "alternate_title2")),
            year=int(year[0]) if year else None,
            types=(_TYPES.get(kind, kind),) if kind else (),
            pmid=_pmid(fields),
            doi=clean_doi(_first(fields, "doi")),
            language=clean(_first(fields, "language")),
        )
    )


def _pmid(fields: dict[str, Any]) -> str:
    """The accession number where the entry names PubMed as its database, else one in an address or a note."""
    if re.search("pubmed|medline", _first(fields, "name_of_database"), re.IGNORECASE):
        return clean_pmid(_first(fields, "accession_number"))
    for words in [*_all(fields, "urls"), *_all(fields, "notes"), _first(fields, "accession_number")]:
        if found := _PUBMED.search(words):
            return clean_pmid(found[1] or found[2])
    return ""


def _all(fields: dict[str, Any], *names: str) -> list[str]:
    return [str(one) for name in names for one in _listed(fields.get(name))]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(fields: dict[str, Any], *names: str) -> str:
    return next((one for one in _all(fields, *names) if one.strip()), "")
