"""Markdown: its headings as sections, the words of its blocks as paragraphs, markup taken off.

HTML inside it stays as it is written; no link is opened.
"""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from rootline.errors import EvidenceError
from rootline.evidence.intake.found import Found
from rootline.evidence.intake.opening import Opened
from rootline.evidence.store.document import Document
from rootline.evidence.store.identity import clean, identified
from rootline.evidence.store.passages import Section, lay_out

MOST_NESTING = 100  # blocks inside blocks


def read(opened: Opened) -> Iterator[list[Found]]:
    """The file as one document; its title is the first heading."""
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": MOST_NESTING}).enable("table")
    tokens = parser.parse(opened.text())
    if any(token.level >= MOST_NESTING - 1 for token in tokens):  # the parser leaves out the rest
        raise EvidenceError("has quotes or lists nested too deeply", where=opened.name)
    sections = list(_sections(tokens))
    text, passages = lay_out(sections)
    if not text:
        raise EvidenceError("holds no words to quote", where=opened.name)
    title = next((clean(one.heading) for one in sections if clean(one.heading)), opened.name.rsplit("/", 1)[-1])
    yield [identified(Document(id="", sha256="", title=title, text=text, passages=passages, kind="markdown"))]


def _sections(tokens: list[Token]) -> Iterator[Section]:
    heading, paragraphs, in_heading = "", list[str](), False
    for token in tokens:
        if token.type == "heading_open":
            yield Section(heading, tuple(paragraphs))
            heading, paragraphs, in_heading = "", [], True
        elif token.type == "heading_close":
            in_heading = False
        elif token.type == "inline":
            words = _words(token.children or [])
            if in_heading:
                heading = words
            else:
                paragraphs.append(words)
        elif token.type in ("fence", "code_block"):
            paragraphs += token.content.splitlines()
    yield Section(heading, tuple(paragraphs))


def _words(tokens: list[Token]) -> str:
    """A line break is a space; a picture is its alternative text."""
    said = {"text", "code_inline", "image", "text_special"}
    return "".join(
        token.content if token.type in said else " " if token.type in ("softbreak", "hardbreak") else ""
        for token in tokens
    )
