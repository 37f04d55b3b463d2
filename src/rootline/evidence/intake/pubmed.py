"""PubMed XML, baseline and update files: articles, book chapters and deletions.

Keeps what the record says and adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from rootline.evidence.intake.abstract import sections_of
from rootline.evidence.intake.found import Broken, Deleted, Found
from rootline.evidence.intake.notices import Remark, with_remarks
from rootline.evidence.intake.opening import Opened
from rootline.evidence.intake.xml_records import Element, Parts, children, every, records, said
from rootline.evidence.store.document import Document
from rootline.evidence.store.identity import clean, clean_doi, clean_pmcid, clean_pmid, identified
from rootline.evidence.store.passages import Section, lay_out

_AROUND = ("PubmedArticleSet", "PubmedBookArticleSet", "PubmedData", "BookDocumentSet")
_RECORDS = ("PubmedArticle", "PubmedBookArticle", "DeleteCitation", "DeleteDocument")
_UNREAD = ((b"<History>", b"</History>"), (b"<ReferenceList>", b"</ReferenceList>"))
_AUTHOR = ("Author", "CollectiveName", "LastName", "Initials")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read(opened: Opened) -> Iterator[list[Found]]:
    """Each record of the file."""
    return records(opened, _RECORDS, _AROUND, _record, unread=_UNREAD, unread_from=b"<PubmedData>")


def _record(element: Element) -> Iterator[Found]:
    if element.tag in ("DeleteCitation", "DeleteDocument"):
        yield from (Deleted(pmid) for one in every(element, "PMID") if (pmid := clean_pmid(one.text)))
        return
    whole = children(element)
    citation = whole.get("MedlineCitation", whole.get("BookDocument"))
    told = children(citation)
    number = told.get("PMID")
    pmid = clean_pmid(said(number))
    if citation is None or number is None or not pmid:
        yield Broken("", "has no PMID")
        return
    article = told.get("Article", citation)  # a chapter of a book has all of it at hand
    about = children(article)
    journal, book = children(about.get("Journal")), children(about.get("Book"))
    titles = (about.get("ArticleTitle"), book.get("BookTitle"), about.get("VernacularTitle"))
    title = next((words for one in titles if (words := clean(said(one)))), "")
    if not title:
        yield Broken(f"PMID {pmid}", "has no title")
        return
    text, passages = lay_out(_abstract(about.get("Abstract")))
    ids = _ids(children(whole.get("PubmedData", whole.get("PubmedBookData"))).get("ArticleIdList"), article)
    headings = told.get("MeshHeadingList")
    document = Document(
        id="",
        sha256="",
        title=title,
        text=text,
        passages=passages,
        kind="pubmed",
        authors=_authors(about.get("AuthorList")),
        journal=clean(said(journal.get("Title"))) or clean(said(children(book.get("Publisher")).get("PublisherName"))),
        year=_year(about, journal, book),
        types=tuple([clean(one.text) for one in every(about.get("PublicationTypeList", article), "PublicationType")]),
        mesh=tuple([clean(one.text) for one in headings.iter("DescriptorName")]) if headings is not None else (),
        pmid=pmid,
        pmcid=clean_pmcid(ids.get("pmc")),
        doi=clean_doi(ids.get("doi")),
        language=clean(said(about.get("Language"))),
        revised=_revised(children(told.get("DateRevised")), number),
    )
    yield from map(identified, with_remarks(document, _remarks(told.get("CommentsCorrectionsList"))))


def _abstract(abstract: Element | None) -> Iterator[Section]:
    for one in every(abstract, "AbstractText"):
        # a label that stands in the words themselves is found as in the other formats
        if label := one.get("Label"):
            yield Section(label, (said(one),))
        else:
            yield from sections_of(said(one))


def _authors(listed: Element | None) -> tuple[str, ...]:
    """Names stand in their author and nowhere else: one walk finds them, where most of an import's time was spent."""
    names: list[list[str]] = []
    for one in listed.iter(_AUTHOR) if listed is not None else ():
        if one.tag == "Author":
            names.append([])
        elif names:
            names[-1].append(one.text or "")
    return tuple([name for parts in names if (name := clean(" ".join(parts)))])


def _year(about: Parts, journal: Parts, book: Parts) -> int | None:
    issue = children(journal.get("JournalIssue"))
    for date in (issue.get("PubDate"), about.get("ArticleDate"), book.get("PubDate"), about.get("ContributionDate")):
        told = children(date)
        year = said(told.get("Year")) or said(told.get("MedlineDate"))[:4]
        if len(year) == 4 and year.isascii() and year.isdigit():
            return int(year)
    return None


def _ids(listed: Element | None, article: Element) -> dict[str, str]:
    """The record's own identifiers; those of its references stand elsewhere in it."""
    found = {one.get("IdType", ""): one.text or "" for one in every(listed, "ArticleId")}
    for one in every(article, "ELocationID") if "doi" not in found else ():
        if one.get("ValidYN") != "N":
            found.setdefault(one.get("EIdType", ""), one.text or "")
    return found


def _revised(date: Parts, number: Element) -> str:
    """Version of the PMID, then the day: `v01 2024-05-31`."""
    year, month, day = [said(date.get(part)).strip() for part in ("Year", "Month", "Day")]
    if month[:3].lower() in _MONTHS:
        month = str(_MONTHS.index(month[:3].lower()) + 1)
    digits = year + month + day
    if not (year and month and day and digits.isascii() and digits.isdigit()):
        return ""
    version = number.get("Version", "1")
    version = version if version.isascii() and version.isdigit() and len(version) < 3 else "1"
    return f"v{version.zfill(2)} {year}-{month.zfill(2)}-{day.zfill(2)}"


def _remarks(listed: Element | None) -> Iterator[Remark]:
    for one in every(listed, "CommentsCorrections"):
        told = children(one)
        source = said(told.get("RefSource"))
        words = clean(f"{source} {said(told.get('Note'))}")
        yield Remark(one.get("RefType", ""), clean_pmid(said(told.get("PMID"))), clean_doi(source), words)
