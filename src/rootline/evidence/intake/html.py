"""A page of HTML: its headings as sections, its words as paragraphs, its record from the tags for citation managers.

Scripts, menus and forms are left out. Nothing that the page points to is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from rootline.errors import EvidenceError
from rootline.evidence.intake.found import Found
from rootline.evidence.intake.opening import CONVERT, Opened
from rootline.evidence.intake.xml_records import said
from rootline.evidence.store.document import Document
from rootline.evidence.store.identity import clean, clean_doi, clean_pmid, identified
from rootline.evidence.store.passages import Section, lay_out

_LEFT_OUT = frozenset(
    ("script", "style", "noscript", "template", "nav", "form", "button", "select", "svg", "iframe", "footer", "aside")
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "kbd", "mark", "q", "s", "samp")
) | frozenset(("small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "ins", "del", "label"))
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


def read(opened: Opened) -> Iterator[list[Found]]:
    """The page as one document."""
    data = _utf8(opened)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError, ValueError):
        raise EvidenceError("holds no page of HTML that can be read", where=opened.name) from None
    if any(entry.level_name == "FATAL" for entry in parser.error_log):  # the parser would leave out the rest
        raise EvidenceError("is nested too deeply, or a part of it is too large", where=opened.name)
    meta = {
        (one.get("name") or "").lower(): one.get("content") or "" for one in reversed(list(root.iterfind(".//meta")))
    }
    text, passages = lay_out(_sections(_body(root)))
    heading = next((clean(said(one)) for one in root.iter("h1")), "")
    title = clean(meta.get("citation_title")) or clean(root.findtext(".//title")) or heading
    if not text:
        raise EvidenceError("holds no words to quote", where=opened.name, mend="Save the page as its reader shows it.")
    year = re.match(r"\s*([0-9]{4})", meta.get("citation_publication_date") or meta.get("citation_date", ""))
    authors = [one.get("content") or "" for one in root.iterfind(".//meta[@name='citation_author']")]
    yield [
        identified(
            Document(
                id="",
                sha256="",
                title=title or opened.name.rsplit("/", 1)[-1],
                text=text,
                passages=passages,
                kind="html",
                authors=tuple(filter(None, map(clean, authors))),
                journal=clean(meta.get("citation_journal_title")),
                year=int(year[1]) if year else None,
                pmid=clean_pmid(meta.get("citation_pmid")),
                doi=clean_doi(meta.get("citation_doi")),
                language=clean(root.get("lang")),
            )
        )
    ]


def _utf8(opened: Opened) -> bytes:
    """The page in UTF-8, by the encoding that it declares."""
    declared = _CHARSET.search(opened.head[:4096])
    data = opened.whole()
    if b"\0" in data:
        raise EvidenceError("holds NUL bytes: it is not a page of HTML", where=opened.name)
    coding = declared[1].decode("ascii") if declared else "utf-8"
    try:
        return data.decode(coding).encode("utf-8")
    except (LookupError, UnicodeError):
        raise EvidenceError(f"is not in the encoding `{coding}`", where=opened.name, mend=CONVERT) from None


def _body(root: html.HtmlElement) -> html.HtmlElement:
    """The main part where the page marks one, else all of it."""
    for path in (".//main", ".//article", ".//body"):
        found = root.findall(path)
        if len(found) == 1:
            return found[0]
    return root


def _sections(body: html.HtmlElement) -> Iterator[Section]:
    """In the order of the page; a heading closes the section before it."""
    heading, paragraphs, run = "", list[str](), list[str]()
    in_heading, left_out = 0, 0

    def close() -> None:
        if words := clean("".join(run)):
            paragraphs.append(words)
        run.clear()

    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            left_out += tag in _LEFT_OUT
            if not left_out:
                if tag in _HEADINGS and not in_heading:
                    close()
                    if paragraphs:
                        yield Section(heading, tuple(paragraphs))
                    heading, paragraphs = "", []
                elif tag not in _INLINE:
                    close()
                in_heading += tag in _HEADINGS
                run.append(element.text or "")
            continue
        if left_out:
            left_out -= tag in _LEFT_OUT
        elif tag in _HEADINGS:
            in_heading -= 1
            if not in_heading:
                heading = clean("".join(run))
                run.clear()
        elif tag not in _INLINE:
            if in_heading:
                run.append(" ")
            else:
                close()
        if not left_out:
            run.append(element.tail or "" if element is not body else "")
    close()
    if paragraphs:
        yield Section(heading, tuple(paragraphs))
