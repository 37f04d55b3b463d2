"""A rendered book as a tree that tests can ask: elements by id, their words, links. Parsed as a browser would."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

import html5lib

from rootline.answers.reviewed import unreviewed
from rootline.book.content import Book
from rootline.book.render import render


def squeezed(text: str) -> str:
    return " ".join(text.split())


@dataclass
class Page:
    """The page's text and its tree."""

    text: str

    @cached_property
    def root(self) -> Element:
        """Raises `html5lib.html5parser.ParseError` for anything that is not valid HTML syntax."""
        return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(self.text)

    @cached_property
    def elements(self) -> list[Element]:
        return list(self.root.iter())

    @cached_property
    def ids(self) -> list[str]:
        return [one.attrib["id"] for one in self.elements if "id" in one.attrib]

    @cached_property
    def by_id(self) -> dict[str, Element]:
        return {one.attrib["id"]: one for one in self.elements if "id" in one.attrib}

    def words(self, id_: str) -> str:
        return squeezed("".join(self.by_id[id_].itertext()))

    @cached_property
    def links(self) -> list[str]:
        return [one.attrib["href"] for one in self.elements if "href" in one.attrib]

    def tags(self, name: str) -> list[Element]:
        return [one for one in self.elements if str(one.tag).rpartition("}")[2] == name]


def read(book: Book) -> Page:
    return Page(render(book, unreviewed(book.pack)))
