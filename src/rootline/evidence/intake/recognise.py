"""Which format a file is in, told by its first bytes; its name decides only between Markdown and plain text.

Opens nothing and reads no record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import PurePath

from rootline.errors import EvidenceError
from rootline.evidence.intake.found import Found
from rootline.evidence.intake.opening import Opened

Read = Callable[[Opened], Iterator[list[Found]]]

_PROLOGUE = re.compile(rb"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s+(?!html)[^\[>]*(?:\[.*?\]\s*)?>)*", re.DOTALL | re.I)
_ROOT = re.compile(rb"<(!DOCTYPE\s+html|(?:[\w.-]+:)?([\w.-]+))", re.IGNORECASE)
_XML_ROOTS = {
    **dict.fromkeys(("PubmedArticleSet", "PubmedBookArticleSet", "PubmedArticle", "PubmedBookArticle"), "pubmed"),
    "DeleteCitation": "pubmed",
    **dict.fromkeys(("article", "pmc-articleset", "OAI-PMH"), "jats"),
}
_TAGGED = {
    "nbib": re.compile(rb"\s*PMID- ?\d"),
    "ris": re.compile(rb"\s*TY  ?- ?\S"),
    "bibtex": re.compile(rb"\s*(?:%[^\n]*\n\s*)*@[A-Za-z]+\s*[{(]"),
}
_PACKED = {b"PK\x03\x04": "zip", b"7z\xbc\xaf": "7z", b"\xfd7zXZ": "xz", b"BZh": "bzip2", b"Rar!": "rar"}
_MARKDOWN = (".md", ".markdown")
_PAGES = (".html", ".htm", ".xhtml")
_TEXTS = (*_MARKDOWN, ".txt", ".text", "")


def reader_of(opened: Opened) -> Read:
    """The reader for what the file holds. Raises `EvidenceError` for what is none of the formats."""
    read: Read = import_module(f"rootline.evidence.intake.{_format(opened)}").read  # only the library that is needed
    return read


def _format(opened: Opened) -> str:
    head, name = opened.head, PurePath(opened.name.lower().removesuffix(".gz"))
    if not head.strip():
        raise _not(opened, "is empty")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for magic, kind in _PACKED.items():
        if head.startswith(magic):
            raise _not(
                opened, f"is a {kind} archive", "Unpack it and give the files in it; only `.gz` is read as it is."
            )
    start = _PROLOGUE.match(head)
    if found := _ROOT.match(head, start.end() if start else 0):
        return _of_markup(opened, found, name)
    for kind, starts in _TAGGED.items():
        if starts.match(head):
            return kind
    if name.suffix in _TEXTS:
        return "markdown" if name.suffix in _MARKDOWN else "plain_text"
    raise _not(opened, "is in none of the formats that are read")


def _of_markup(opened: Opened, found: re.Match[bytes], name: PurePath) -> str:
    root = (found[2] or b"html").decode("ascii", "replace")
    if root in _XML_ROOTS:
        return _XML_ROOTS[root]
    if root.lower() in ("html", "head", "body") or name.suffix in _PAGES:
        return "html"
    if name.suffix in _TEXTS and name.suffix:
        return "markdown" if name.suffix in _MARKDOWN else "plain_text"
    raise _not(opened, f"is XML of another kind: its root is `{root[:60]}`")


def _not(opened: Opened, what: str, mend: str = "") -> EvidenceError:
    known = "Read are PubMed XML, NBIB, RIS, BibTeX, JATS XML, PDF, HTML, Markdown (.md) and plain text (.txt)."
    return EvidenceError(what, where=opened.name, mend=mend or known)
