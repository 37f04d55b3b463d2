"""Plain text: paragraphs apart by blank lines; the first line is the title.

Takes no word for a heading: there is nothing to tell it by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rootline.errors import EvidenceError
from rootline.evidence.intake.found import Found
from rootline.evidence.intake.opening import Opened
from rootline.evidence.store.document import Document
from rootline.evidence.store.identity import clean, identified
from rootline.evidence.store.passages import Section, lay_out

LONGEST_TITLE = 200  # characters; a longer first line is the beginning of the text


def read(opened: Opened) -> Iterator[list[Found]]:
    """The file as one document."""
    paragraphs = [clean(one) for one in re.split(r"\n[ \t\r]*\n", opened.text().replace("\r\n", "\n"))]
    text, passages = lay_out([Section("", tuple(paragraphs))])
    if not text:
        raise EvidenceError("holds no words to quote", where=opened.name)
    first = next(one for one in paragraphs if one)
    title = first if len(first) <= LONGEST_TITLE else opened.name.rsplit("/", 1)[-1]
    yield [identified(Document(id="", sha256="", title=title, text=text, passages=passages, kind="text"))]
