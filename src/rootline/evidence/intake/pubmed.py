"""PubMed XML, baseline and update files: articles, book chapters and deletions.

Keeps what the record says and adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from rootline.evidence.intake.abstract import sections_of
from rootline.evidence.intake.found import Broken, Deleted, Found
from rootline.evidence.intake.notices import Remark, with_remarks
from rootline.evidence.intake.opening import Opened
from rootline.evidence.intake.xml_records import Element, every, first, records, said
from rootline.evidence.store.document import Document
from rootline.evidence.store.identity import clean, clean_doi, clean_pmcid, clean_pmid, identified
from rootline.evidence.store.passages import Section, lay_out

_AROUND = ("PubmedArticleSet", "PubmedBookArticleSet", "PubmedData", "BookDocumentSet")
_RECORDS = ("PubmedArticle", "PubmedBookArticle", "DeleteCitation", "DeleteDocument")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read(opened: Opened) -> Iterator[list[Found]]:
    """Each record of the file."""
    return records(opened, _RECORDS, _AROUND, _record, unread=("History", "ReferenceList"))


def _record(element: Element) -> Iterator[Found]:
    if element.tag in ("DeleteCitation", "DeleteDocument"):
        yield from (Deleted(pmid) for one in every(element, "PMID") if (pmid := clean_pmid(one.text)))
        return
    citation = first(element, "MedlineCitation")
    if citation is None:
        citation = first(element, "BookDocument")
    number = first(citation, "PMID")
    pmid = clean_pmid(said(number))
    if citation is None or number is None or not pmid:
        yield Broken("", "has no PMID")
        return
    article = first(citation, "Article")
    if article is None:
        article = citation
    titles = (("ArticleTitle",), ("Book", "BookTitle"), ("VernacularTitle",))
    title = next((words for path in titles if (words := clean(said(first(article, *path))))), "")
    if not title:
        yield Broken(f"PMID {pmid}", "has no title")
        return
    text, passages = lay_out(_abstract(article))
    ids = _ids(element, article)
    types = [*every(article, "PublicationTypeList", "PublicationType"), *every(article, "PublicationType")]
    journal = clean(said(first(article, "Journal", "Title")))
    headings = first(citation, "MeshHeadingList")
    document = Document(
        id="",
        sha256="",
        title=title,
        text=text,
        passages=passages,
        kind="pubmed",
        authors=tuple(_authors(article)),
        journal=journal or clean(said(first(article, "Book", "Publisher", "PublisherName"))),
        year=_year(article),
        types=tuple(clean(one.text) for one in types),
        mesh=tuple(clean(one.text) for one in headings.iter("DescriptorName")) if headings is not None else (),
        pmid=pmid,
        pmcid=clean_pmcid(ids.get("pmc")),
        doi=clean_doi(ids.get("doi")),
        language=clean(said(first(article, "Language"))),
        revised=_revised(citation, number),
    )
    yield from map(identified, with_remarks(document, _remarks(citation)))


def _abstract(article: Element) -> Iterator[Section]:
    for one in every(article, "Abstract", "AbstractText"):
        label = one.get("Label", "")
        # a label that stands in the words themselves is found as in the other formats
        yield from [Section(label, (said(one),))] if label else sections_of(said(one))


def _authors(article: Element) -> Iterator[str]:
    for one in every(article, "AuthorList", "Author"):
        parts = [part.text or "" for part in one.iterchildren("CollectiveName", "LastName", "Initials")]
        if name := clean(" ".join(parts)):
            yield name


def _year(article: Element) -> int | None:
    for path in (("Journal", "JournalIssue", "PubDate"), ("ArticleDate",), ("Book", "PubDate"), ("ContributionDate",)):
        date = first(article, *path)
        year = said(first(date, "Year")) or said(first(date, "MedlineDate"))[:4]
        if len(year) == 4 and year.isascii() and year.isdigit():
            return int(year)
    return None


def _ids(element: Element, article: Element) -> dict[str, str]:
    """The record's own identifiers; those of its references stand elsewhere in it."""
    listed = [*every(element, "PubmedData", "ArticleIdList", "ArticleId")]
    listed += every(element, "PubmedBookData", "ArticleIdList", "ArticleId")
    found = {one.get("IdType", ""): one.text or "" for one in listed}
    for one in every(article, "ELocationID"):
        if one.get("ValidYN") != "N":
            found.setdefault(one.get("EIdType", ""), one.text or "")
    return found


def _revised(citation: Element, number: Element) -> str:
    """Version of the PMID, then the day: `v01 2024-05-31`."""
    date = first(citation, "DateRevised")
    year, month, day = (said(first(date, part)).strip() for part in ("Year", "Month", "Day"))
    if month[:3].lower() in _MONTHS:
        month = str(_MONTHS.index(month[:3].lower()) + 1)
    digits = year + month + day
    if not (year and month and day and digits.isascii() and digits.isdigit()):
        return ""
    version = number.get("Version", "1")
    version = version if version.isascii() and version.isdigit() and len(version) < 3 else "1"
    return f"v{version.zfill(2)} {year}-{month.zfill(2)}-{day.zfill(2)}"


def _remarks(citation: Element) -> Iterator[Remark]:
    for one in every(citation, "CommentsCorrectionsList", "CommentsCorrections"):
        source = said(first(one, "RefSource"))
        words = clean(f"{source} {said(first(one, 'Note'))}")
        yield Remark(one.get("RefType", ""), clean_pmid(said(first(one, "PMID"))), clean_doi(source), words)
