"""Cuts a stream of XML at the records it is made of, and parses each by itself: memory stays flat, and a broken
record takes no other with it.

No DTD, entity or address is ever followed: a record that uses an entity is broken. Knows no format's content.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from rootline.errors import EvidenceError
from rootline.evidence.intake.found import Broken, Found
from rootline.evidence.intake.limits import LARGEST_RECORD, MEGABYTE
from rootline.evidence.intake.opening import Opened

Element = etree._Element
Parts = dict[str, Element]

# Atomic groups: a hostile file must not make the pattern try every way to take its comments together.
_NOTHING = re.compile(rb"(?>\s+|<\?(?>.*?\?>)|<!--(?>.*?-->)|<!DOCTYPE(?>[^\[>]*)(?>\[[^\]]*\]\s*)?>)*+", re.DOTALL)


def parser() -> etree.XMLParser:
    """A parser that follows nothing out of the text it is given."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )


def records(
    opened: Opened,
    tags: tuple[str, ...],
    around: tuple[str, ...],
    read: Callable[[Element], Iterator[Found]],
    unread: tuple[tuple[bytes, bytes], ...] = (),
    unread_from: bytes = b"",
    names: str = "",
) -> Iterator[list[Found]]:
    """What `read` makes of each element called one of `tags`; `around` are the elements that records may stand in.

    `unread` are the start and end tags of elements that nobody reads: they are cut off before parsing, for speed, and
    looked for behind `unread_from`. `names` declares the namespaces that a record may use without saying so. Every
    list is one record of the file. What stands outside of records and is not known is reported, not passed over.
    """
    cut = _Cut(opened, tags, around)
    own = parser()
    for what in cut.parts():
        if isinstance(what, Broken):
            yield [what]
        else:
            number, at, record = what
            if unread and (behind := record.find(unread_from)) >= 0:
                record = _without(record, behind, unread)
            if names:
                record = b"<r %b>%b</r>" % (names.encode(), record)
            yield _parsed(record, f"record {number} (byte {at})", own, read)


class _Cut:
    """The stream cut into records: number, place and bytes of each; what stands between them is looked at."""

    def __init__(self, opened: Opened, tags: tuple[str, ...], around: tuple[str, ...]) -> None:
        self._opened = opened
        self._opening = re.compile(rb"<(%b)(?=[\s/>])" % "|".join(map(re.escape, tags)).encode())
        self._known = re.compile(rb"<(/?)(?:%b)(?:\s[^<>]*)?(/?)>" % "|".join(map(re.escape, around)).encode())
        self._depth = 0  # how many of the elements around are open

    def parts(self) -> Iterator[tuple[int, int, bytes] | Broken]:
        """Raises `EvidenceError` where the file breaks off, with what came before it given."""
        buffer, at, base, number = b"", 0, 0, 0  # `at` in the buffer, `base` of the buffer in the file
        while part := self._opened.read():
            buffer, base, at = buffer[at:] + part, base + at, 0
            while found := self._opening.search(buffer, at):
                end = self._end(buffer, found)
                if end < 0:
                    break
                yield from self._between(buffer[at : found.start()], base + at)
                number += 1
                yield number, base + found.start(), buffer[found.start() : end]
                at = end
            if len(buffer) - at > LARGEST_RECORD:
                start = base + (found.start() if found else at)
                what = f"record {number + 1} (byte {start}) is larger than {LARGEST_RECORD // MEGABYTE} MB"
                raise self._error(what, "Look at the file there: an end tag may be missing.")
        if found := self._opening.search(buffer, at):
            raise self._error(f"breaks off inside record {number + 1} (byte {base + found.start()})", _AGAIN)
        yield from self._between(buffer[at:], base + at)
        if self._depth > 0:
            raise self._error(f"breaks off after record {number}", _AGAIN)

    def _end(self, buffer: bytes, found: re.Match[bytes]) -> int:
        """Where the record ends; -1 when that is not yet read."""
        bracket = buffer.find(b">", found.end())
        if bracket < 0 or buffer[bracket - 1 : bracket] == b"/":  # an element without content
            return bracket + 1 or -1
        close = b"</%b>" % found[1]
        end = buffer.find(close, bracket)
        return end + len(close) if end >= 0 else -1

    def _between(self, part: bytes, at: int) -> Iterator[Broken]:
        if part.isspace() or not part:
            return
        if b"<!ENTITY" in part:
            raise self._error(
                "declares XML entities, which are never expanded",
                "Save the file without a DOCTYPE that defines entities.",
            )
        for tag in self._known.finditer(part):
            self._depth += 0 if tag[2] else -1 if tag[1] else 1
        if not _NOTHING.fullmatch(self._known.sub(b"", part)):
            yield Broken(f"byte {at} to {at + len(part)}", "something that is not a record stands here")

    def _error(self, what: str, mend: str) -> EvidenceError:
        return EvidenceError(what, where=self._opened.name, mend=mend)


_AGAIN = "Download or copy the file again."


def _without(record: bytes, behind: int, unread: tuple[tuple[bytes, bytes], ...]) -> bytes:
    """The record without what stands between the first start and the last end tag of an element."""
    for opening, closing in unread:
        start, end = record.find(opening, behind), record.rfind(closing, behind)
        if 0 <= start < end:
            record = record[:start] + record[end + len(closing) :]
    return record


def _parsed(record: bytes, where: str, own: etree.XMLParser, read: Callable[[Element], Iterator[Found]]) -> list[Found]:
    try:
        element = etree.fromstring(record, own)
    except etree.XMLSyntaxError as error:
        # there is no DTD in what is parsed, so every entity is one that is not defined
        return [Broken(where, f"is not well-formed XML, or uses an entity (line {error.lineno} of the record)")]
    element = element[0] if element.tag == "r" else element
    return [
        Broken(f"{where}, {one.where}".removesuffix(", "), one.what) if isinstance(one, Broken) else one
        for one in read(element)
    ]


def children(element: Element | None) -> Parts:
    """The children by their names; of several with one name the first."""
    return {one.tag: one for one in reversed(element)} if element is not None else {}


def every(element: Element | None, tag: str) -> Iterable[Element]:
    """All children with this name."""
    return element.iterchildren(tag) if element is not None else ()


def said(element: Element | None) -> str:
    """All words of an element, markup taken off."""
    if element is None:
        return ""
    return "".join(map(str, element.itertext())) if len(element) else element.text or ""
