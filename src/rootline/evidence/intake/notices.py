"""What publications say of one another (retracted in, erratum for …) as notices, on either side of the remark.

So does a mark in a work's own title. The names of remarks are PubMed's. Decides nothing about what leans on a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from rootline.evidence.store.document import Document, Notice, Standing
from rootline.evidence.store.identity import version_hash
from rootline.evidence.store.merge import NOTICE, worst


class Remark(NamedTuple):
    """One remark of a record: its name, the PMID or DOI of the other publication, the words."""

    name: str
    pmid: str
    doi: str
    words: str


# On the record that is spoken of.
_IN: dict[str, Standing] = {
    "RetractionIn": "retracted",
    "RetractedandRepublishedIn": "retracted",
    "PartialRetractionIn": "concern",
    "ExpressionOfConcernIn": "concern",
    "ErratumIn": "corrected",
    "UpdateIn": "superseded",
    "RepublishedIn": "superseded",
    "CorrectedandRepublishedIn": "superseded",
}
# On the record that speaks.
_OF: dict[str, Standing] = {
    "RetractionOf": "retracted",
    "RetractedandRepublishedFrom": "retracted",
    "PartialRetractionOf": "concern",
    "ExpressionOfConcernFor": "concern",
    "ErratumFor": "corrected",
    "UpdateOf": "superseded",
    "RepublishedFrom": "superseded",
    "CorrectedandRepublishedFrom": "superseded",
}
_RETRACTED_TYPE = "Retracted Publication"
# How publishers mark a work that was taken back: "RETRACTED: …", "[Retracted] …", "WITHDRAWN ARTICLE: …".
_MARK = re.compile(
    r"[\s\[(]*(?:retracted|withdrawn)(?:[ -](?:article|chapter|paper|preprint|publication|review))?\s*"
    r"(?:[\])]\s*[:.]?|[:：])",  # the second colon is that of Chinese and Japanese
    re.IGNORECASE,
)


def with_remarks(document: Document, remarks: Iterable[Remark]) -> Iterator[Document]:
    """The document with the notices on it; then, for each publication it speaks of, a notice for that one."""
    notices: list[Notice] = []
    others: list[Document] = []
    for remark in remarks:
        if standing := _IN.get(remark.name):
            notices.append(Notice(standing, remark.pmid, f"{remark.name}: {remark.words}".strip(": ")))
        elif standing := _OF.get(remark.name):
            is_itself = remark.pmid == document.pmid if remark.pmid else remark.doi == document.doi
            if (remark.pmid or remark.doi) and not is_itself:
                others.append(_notice_on(remark, standing, document))
    if _RETRACTED_TYPE in document.types and not any(one.standing == "retracted" for one in notices):
        notices.append(Notice("retracted", "", f"its publication type is {_RETRACTED_TYPE}"))
    if notices:
        document = replace(document, notices=tuple(notices), standing=worst([one.standing for one in notices]))
    yield document
    yield from others


def with_mark(document: Document) -> Document:
    """The document as its title marks it: one that begins with "RETRACTED:" or the like was taken back.

    A title that only speaks of retraction marks nothing; one that a record calls retracted needs no other notice.
    """
    mark = _MARK.match(document.title)
    if mark is None or any(one.standing == "retracted" for one in document.notices):
        return document
    notice = Notice("retracted", "", f"its title begins with “{mark[0].strip()}”")
    standing = worst([document.standing, "retracted"])
    marked = replace(document, notices=(*document.notices, notice), standing=standing)
    return replace(marked, sha256=version_hash(marked))


def _notice_on(remark: Remark, standing: Standing, speaker: Document) -> Document:
    """A rendition of the other publication that holds nothing but what is said of it."""
    words = f"{remark.name}, said by: {speaker.title}"
    return Document(
        id="",
        sha256="",
        title="",
        text="",
        passages=(),
        kind=f"{NOTICE} {speaker.pmid or speaker.doi}",
        pmid=remark.pmid,
        doi=remark.doi,
        notices=(Notice(standing, speaker.pmid, words),),
        standing=standing,
    )
