"""PubMed XML, baseline and update files: articles, book chapters and deletions.

Keeps what the record says and adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from rootline.evidence.document import Document
from rootline.evidence.identity import clean, clean_doi, clean_pmcid, clean_pmid, identified
from rootline.evidence.intake.abstract import sections_of
from rootline.evidence.intake.found import Broken, Deleted, Found
from rootline.evidence.intake.notices import Remark, with_remarks
from rootline.evidence.intake.opening import Opened
from rootline.evidence.intake.xml_records import Element, records, said
from rootline.evidence.passages import Section, lay_out

_AROUND = ("PubmedArticleSet", "PubmedBookArticleSet", "PubmedData", "BookDocumentSet")
_RECORDS = ("PubmedArticle", "PubmedBookArticle", "DeleteCitation", "DeleteDocument")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read(opened: Opened) -> Iterator[list[Found]]:
    """Each record of the file."""
    return records(opened, _RECORDS, _AROUND, _record, unread="ReferenceList")


def _record(element: Element) -> Iterator[Found]:
    if element.tag in ("DeleteCitation", "DeleteDocument"):
        yield from (Deleted(pmid) for one in element.iter("PMID") if (pmid := clean_pmid(one.text)))
        return
    citation = element.find("MedlineCitation")
    if citation is None:
        citation = element.find("BookDocument")
    number = citation.find("PMID") if citation is not None else None
    pmid = clean_pmid(said(number))
    if citation is None or number is None or not pmid:
        yield Broken("", "has no PMID")
        return
    article = citation.find("Article")
    if article is None:
        article = citation
    title = clean(said(article.find("ArticleTitle"))) or clean(said(article.find("Book/BookTitle")))
    if not title:
        title = clean(said(article.find("VernacularTitle")))
    if not title:
        yield Broken(f"PMID {pmid}", "has no title")
        return
    text, passages = lay_out(_abstract(article))
    ids = _ids(element, article)
    types = tuple(clean(one.text) for one in article.iterfind("PublicationTypeList/PublicationType")) or tuple(
        clean(one.text) for one in article.iterfind("PublicationType")
    )
    document = Document(
        id="",
        sha256="",
        title=title,
        text=text,
        passages=passages,
        kind="pubmed",
        authors=tuple(_authors(article)),
        journal=clean(said(article.find("Journal/Title"))) or clean(said(article.find("Book/Publisher/PublisherName"))),
        year=_year(article),
        types=types,
        mesh=tuple(clean(one.text) for one in citation.iterfind("MeshHeadingList/MeshHeading/DescriptorName")),
        pmid=pmid,
        pmcid=clean_pmcid(ids.get("pmc")),
        doi=clean_doi(ids.get("doi")),
        language=clean(said(article.find("Language"))),
        revised=_revised(citation, number),
    )
    yield from map(identified, with_remarks(document, _remarks(citation)))


def _abstract(article: Element) -> Iterator[Section]:
    for one in article.iterfind("Abstract/AbstractText"):
        label = one.get("Label", "")
        # a label that stands in the words themselves is found as in the other formats
        yield from [Section(label, (said(one),))] if label else sections_of(said(one))


def _authors(article: Element) -> Iterator[str]:
    for one in article.iterfind("AuthorList/Author"):
        parts = {str(part.tag): part.text or "" for part in one}
        name = parts.get("CollectiveName") or f"{parts.get('LastName', '')} {parts.get('Initials', '')}"
        if name := clean(name):
            yield name


def _year(article: Element) -> int | None:
    for path in ("Journal/JournalIssue/PubDate", "ArticleDate", "Book/PubDate", "ContributionDate"):
        for one in article.findall(path):
            year = said(one.find("Year")) or said(one.find("MedlineDate"))[:4]
            if len(year) == 4 and year.isascii() and year.isdigit():
                return int(year)
    return None


def _ids(element: Element, article: Element) -> dict[str, str]:
    """The record's own identifiers; those of its references stand elsewhere in it."""
    found = {}
    for path in ("PubmedData/ArticleIdList/ArticleId", "PubmedBookData/ArticleIdList/ArticleId"):
        found.update({one.get("IdType", ""): one.text or "" for one in element.iterfind(path)})
    found.update(
        {one.get("EIdType", ""): one.text or "" for one in article.iterfind("ELocationID") if one.get("ValidYN") != "N"}
    )
    return found


def _revised(citation: Element, number: Element) -> str:
    """Version of the PMID, then the day: `v01 2024-05-31`."""
    date = citation.find("DateRevised")
    parts = [said(date.find(part)).strip() for part in ("Year", "Month", "Day")] if date is not None else []
    if len(parts) == 3 and parts[1][:3].lower() in _MONTHS:
        parts[1] = str(_MONTHS.index(parts[1][:3].lower()) + 1)
    if not all(part.isascii() and part.isdigit() for part in parts):
        parts = []
    version = number.get("Version", "1")
    version = version if version.isascii() and version.isdigit() and len(version) < 3 else "1"
    return f"v{int(version):02} " + "-".join(part.zfill(2) for part in parts) if parts else ""


def _remarks(citation: Element) -> Iterator[Remark]:
    for one in citation.iterfind("CommentsCorrectionsList/CommentsCorrections"):
        words = clean(f"{said(one.find('RefSource'))} {said(one.find('Note'))}")
        yield Remark(one.get("RefType", ""), clean_pmid(said(one.find("PMID"))), "", words)
