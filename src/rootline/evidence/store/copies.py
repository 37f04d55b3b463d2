"""A copy that bears no PMID, DOI or PMCID, and the withdrawn work that it seems to be: by its title or its first page.

Makes no two documents one: it gives the copy a warning, and the warning says by what it was found.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from rootline.evidence.store.document import Document, Notice
from rootline.evidence.store.identity import clean_doi, clean_pmid, version_hash
from rootline.evidence.store.merge import NOTICE

CLUE = "clue:"  # before a name by which documents are not the same, and may be about the same
_FIRST_PAGE = 3000  # characters
_FEWEST_WORDS, _FEWEST_LETTERS = 5, 30  # a shorter title ("Editorial", "Sciatica") may be that of many works
_WORD = re.compile(r"\w+")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")
_PMID = re.compile(r"\bPMID:?\s*(\d{1,9})\b", re.IGNORECASE | re.ASCII)
_MARKS = ("retracted", "withdrawn", "article")  # what publishers put before the title of a work they took back
_WITHDRAWN = ("corrected", "concern", "superseded", "retracted")
_FOUND_BY = {"title": "by title", "doi": "by the DOI on its first page", "pmid": "by the PMID on its first page"}


def clues(document: Document) -> tuple[str, ...]:
    """What a copy and a withdrawn work can be known to each other by; none for any other document."""
    if is_copy(document):
        page = document.text[:_FIRST_PAGE]
        printed = {"doi": {clean_doi(one) for one in _DOI.findall(page)},
                   "pmid": {clean_pmid(one) for one in _PMID.findall(page)}}  # fmt: skip
        # of several it cannot be told which is its own
        found = [f"{CLUE}{name}:{next(iter(some))}" for name, some in printed.items() if len(some - {""}) == 1]
    elif document.standing in _WITHDRAWN:
        found = [f"{CLUE}{name}:{some}" for name, some in (("doi", document.doi), ("pmid", document.pmid)) if some]
    else:
        return ()
    return (*found, f"{CLUE}title:{title}") if (title := _plain(document.title)) else tuple(found)


def is_copy(document: Document) -> bool:
    """Whether nothing that it says of itself names the work."""
    return not (document.pmid or document.doi or document.pmcid) and bool(document.text)


def warning(copy: Document, work: Document, clue: str) -> Document:
    """A rendition of the copy that holds nothing but what is known of the work, and by what it was found."""
    words = f"{_FOUND_BY[clue.split(':')[1]]}: {work.id} is {work.standing}"
    notice = Document(
        id=copy.id,
        sha256="",
        title="",
        text="",
        passages=(),
        kind=f"{NOTICE} {work.id}",
        notices=(Notice(work.standing, work.pmid, words),),
        standing=work.standing,
    )
    return replace(notice, sha256=version_hash(notice))


def _plain(title: str) -> str:
    """Its words without case, signs and marks of withdrawal; nothing for one that is too short to tell works apart."""
    words = _WORD.findall(unicodedata.normalize("NFKC", title).casefold())
    while words and words[0] in _MARKS:
        words.pop(0)
    plain = " ".join(words)
    return plain if len(words) >= _FEWEST_WORDS and len(plain) >= _FEWEST_LETTERS else ""
