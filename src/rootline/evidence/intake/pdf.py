"""PDF, read by pypdf: each page is a section. A page that cannot be read is reported; the others go in.

Only what a PDF says of itself names it: a DOI printed on a page may be that of another work.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections.abc import Iterator

import pypdf

from rootline.errors import EvidenceError
from rootline.evidence.intake.found import Broken, Found
from rootline.evidence.intake.limits import LARGEST_PDF, MEGABYTE, MOST_PAGE_TEXT, MOST_PAGES
from rootline.evidence.intake.opening import Opened
from rootline.evidence.store.document import Document
from rootline.evidence.store.identity import clean, clean_doi, identified
from rootline.evidence.store.passages import Section, lay_out

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it logs parts of what it stumbles over


def read(opened: Opened) -> Iterator[list[Found]]:
    """The file as one document, after the pages that could not be read."""
    data = opened.whole(LARGEST_PDF)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            reader = pypdf.PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise EvidenceError("is locked with a password", where=opened.name, mend="Save it without one.")
            count = len(reader.pages)
            record = {name: str(value) for name, value in (reader.metadata or {}).items()}
        except EvidenceError:
            raise
        except Exception as error:  # whatever pypdf raises, the file is at fault
            raise EvidenceError(f"is not a PDF that can be read ({type(error).__name__})", where=opened.name) from None
        if count > MOST_PAGES:
            raise EvidenceError(f"has more than {MOST_PAGES:,} pages", where=opened.name, mend="Split it.")
        sections, broken = _pages(reader, count, opened.name)
    text, passages = lay_out(sections)
    if not text and not broken:
        mend = "If it is a scan, have its text recognised first."
        raise EvidenceError("holds no text", where=opened.name, mend=mend)
    found: list[Found] = list(broken)
    if text:
        title = clean(record.get("/Title")) or opened.name.rsplit("/", 1)[-1]
        authors = tuple(filter(None, map(clean, re.split(r"[;,]", record.get("/Author", "")))))
        doi = clean_doi(record.get("/doi") or record.get("/WPS-ARTICLEDOI") or record.get("/Subject"))
        document = Document(
            id="", sha256="", title=title, text=text, passages=passages, kind="pdf", authors=authors, doi=doi
        )
        found.append(identified(document))
    yield found


def _pages(reader: pypdf.PdfReader, count: int, name: str) -> tuple[list[Section], list[Broken]]:
    sections: list[Section] = []
    broken: list[Broken] = []
    size = 0
    for number in range(count):
        try:
            page = reader.pages[number]
            if contents := page.get_contents():
                contents.get_data()  # raises what `extract_text` would pass over in silence
            words = page.extract_text()
        except Exception as error:  # whatever pypdf raises, this page is at fault
            broken.append(Broken(f"page {number + 1}", f"cannot be read ({type(error).__name__})"))
            continue
        size += len(words)
        if size > MOST_PAGE_TEXT:
            raise EvidenceError(f"its pages hold more than {MOST_PAGE_TEXT // MEGABYTE} MB of text", where=name)
        sections.append(Section(f"Page {number + 1}", (words,)))
    return sections, broken
