"""BibTeX, read by bibtexparser: entries with their LaTeX letters decoded, broken entries with their line.

Keeps what the entry says and adds nothing.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import Entry

from rootline.errors import EvidenceError
from rootline.evidence.intake.abstract import sections_of
from rootline.evidence.intake.found import Broken, Found
from rootline.evidence.intake.opening import Opened
from rootline.evidence.store.document import Document
from rootline.evidence.store.identity import clean, clean_doi, clean_pmcid, clean_pmid, identified
from rootline.evidence.store.passages import lay_out

_TYPES = {"article": "Journal Article", "book": "Book", "incollection": "Book chapter", "inbook": "Book chapter"}

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # it logs the text that it stumbles over


def read(opened: Opened) -> Iterator[list[Found]]:
    """Each entry of the file."""
    text = opened.text()
    try:
        library: Library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    except Exception as error:  # whatever the parser raises, the file is at fault
        raise EvidenceError(f"is not BibTeX ({type(error).__name__})", where=opened.name) from None
    for block in library.failed_blocks:
        yield [Broken(f"entry at line {(block.start_line or 0) + 1}", "is not BibTeX, or its key is used twice")]
    for entry in library.entries:
        yield [_entry(entry)]


def _entry(entry: Entry) -> Found:
    fields = {name.lower(): str(field.value) for name, field in entry.fields_dict.items()}
    title = clean(re.sub(r"[{}]", "", fields.get("title", "")))
    if not title:
        return Broken(f"entry at line {(entry.start_line or 0) + 1}", "has no title")
    text, passages = lay_out(sections_of(fields.get("abstract", "")))
    kind = clean(entry.entry_type).lower()
    year = re.search(r"[0-9]{4}", fields.get("year") or fields.get("date", ""))
    return identified(
        Document(
            id="",
            sha256="",
            title=title,
            text=text,
            passages=passages,
            kind="bibtex",
            authors=tuple(filter(None, map(clean, re.split(r"\s+and\s+", fields.get("author", ""))))),
            journal=clean(fields.get("journal") or fields.get("journaltitle")),
            year=int(year[0]) if year else None,
            types=(_TYPES.get(kind, kind),),
            pmid=clean_pmid(fields.get("pmid")),
            pmcid=clean_pmcid(fields.get("pmcid") or fields.get("pmc")),
            doi=clean_doi(fields.get("doi")),
            language=clean(fields.get("language") or fields.get("langid")),
        )
    )
