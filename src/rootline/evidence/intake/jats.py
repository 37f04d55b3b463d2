"""JATS XML, the full texts of PubMed Central and of publishers, section by section.

References, figures' pictures and back matter are left out; captions and tables stay, for numbers live there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rootline.evidence.intake.found import Broken, Found
from rootline.evidence.intake.notices import Remark, with_remarks
from rootline.evidence.intake.opening import Opened
from rootline.evidence.intake.xml_records import Element, records, said
from rootline.evidence.store.document import Document
from rootline.evidence.store.identity import clean, clean_doi, clean_pmcid, clean_pmid, identified
from rootline.evidence.store.passages import Section, lay_out

_REMARKS = {
    "retraction": "RetractionOf",
    "partial-retraction": "PartialRetractionOf",
    "correction": "ErratumFor",
    "expression-of-concern": "ExpressionOfConcernFor",
}
_TYPES = {
    "research-article": "Journal Article",
    "review-article": "Review",
    "systematic-review": "Systematic Review",
    "case-report": "Case Reports",
}
_ENDS = ("p", "tr", "list-item", "title", "label", "caption", "def-item", "verse-line", "disp-formula")
# Declared around the articles, when many share one file.
_NAMES = (
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML" '
    'xmlns:ali="http://www.niso.org/schemas/ali/1.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_XLINK = "{http://www.w3.org/1999/xlink}href"


def read(opened: Opened) -> Iterator[list[Found]]:
    """Each article of the file; most files hold one."""
    around = ("pmc-articleset", "OAI-PMH", "GetRecord", "ListRecords", "record", "metadata")
    return records(opened, ("article",), around, _article, names=_NAMES)


def _article(article: Element) -> Iterator[Found]:
    for one in article.iter():
        if isinstance(one.tag, str) and "}" in one.tag:
            one.tag = one.tag.split("}")[1]  # the same names with and without the namespace of JATS
    meta = article.find("front/article-meta")
    title = clean(said(meta.find("title-group/article-title"))) if meta is not None else ""
    if meta is None or not title:
        yield Broken("", "has no title")
        return
    ids = {one.get("pub-id-type", ""): one.text or "" for one in meta.iterfind("article-id")}
    kind = article.get("article-type", "")
    text, passages = lay_out(_sections(article, meta))
    document = Document(
        id="",
        sha256="",
        title=title,
        text=text,
        passages=passages,
        kind="jats",
        authors=tuple(_authors(meta)),
        journal=clean(said(article.find("front/journal-meta//journal-title"))),
        year=_year(meta),
        types=(_TYPES.get(kind, kind.replace("-", " ").capitalize()),) if kind else (),
        pmid=clean_pmid(ids.get("pmid")),
        pmcid=clean_pmcid(ids.get("pmc") or ids.get("pmcid") or ids.get("pmcaid")),
        doi=clean_doi(ids.get("doi")),
        language=clean(article.get("{http://www.w3.org/XML/1998/namespace}lang", "")),
    )
    yield from map(identified, with_remarks(document, _remarks(meta, kind)))


def _sections(article: Element, meta: Element) -> Iterator[Section]:
    for abstract in meta.iterfind("abstract"):
        if abstract.get("abstract-type") not in ("graphical", "toc", "teaser"):
            yield from _section(abstract, "Abstract")
    body = article.find("body")
    if body is not None:
        yield from _section(body, "")


def _section(element: Element, above: str) -> Iterator[Section]:
    """The paragraphs under a heading, then the sections in it, their headings after those above them."""
    own = clean(said(element.find("title")))
    heading = f"{above}: {own}" if above and own else above or own
    run: list[str] = []
    for part in element:
        if part.tag == "sec":
            if run:
                yield Section(heading, tuple(run))
                run = []
            yield from _section(part, heading)
        elif part.tag not in ("title", "label", "sec-meta"):
            run += _paragraphs(part)
    if run:
        yield Section(heading, tuple(run))


def _paragraphs(block: Element) -> list[str]:
    """The words of a block; rows of a table and items of a list on lines of their own, cells apart by a bar."""
    parts: list[str] = []

    def walk(element: Element) -> None:
        parts.append(element.text or "")
        for inner in element:
            if isinstance(inner.tag, str):
                walk(inner)
                if inner.tag in ("td", "th"):
                    parts.append(" | ")
                elif inner.tag in _ENDS:
                    parts.append("\n")
            parts.append(inner.tail or "")

    walk(block)
    # a line break in the file is none in the text
    joined = "".join(part if part == "\n" else part.replace("\n", " ") for part in parts)
    return [clean(line).strip("| ") for line in re.split(r"\n", joined) if clean(line).strip("| ")]


def _authors(meta: Element) -> Iterator[str]:
    for one in meta.iterfind("contrib-group/contrib"):
        if one.get("contrib-type", "author") == "author":
            surname, given = said(one.find("name/surname")), said(one.find("name/given-names"))
            initials = "".join(word[0] for word in re.split(r"[\s.-]+", given) if word)
            if name := clean(f"{surname} {initials}") or clean(said(one.find("collab"))):
                yield name


def _year(meta: Element) -> int | None:
    years = [said(one.find("year")).strip() for one in meta.iterfind("pub-date")]
    return next((int(year) for year in years if re.fullmatch(r"[0-9]{4}", year)), None)


def _remarks(meta: Element, kind: str) -> Iterator[Remark]:
    """What a retraction, correction or concern is about."""
    if kind in _REMARKS:
        for one in meta.iterfind("related-article"):
            link = one.get(_XLINK) or one.get("href") or ""
            pmid = clean_pmid(link) if one.get("ext-link-type") == "pmid" else ""
            if pmid or clean_doi(link):
                yield Remark(_REMARKS[kind], pmid, "" if pmid else clean_doi(link), "")
