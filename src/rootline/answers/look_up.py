"""What the user's own documents say of a question: passages quoted letter for letter, as data of the answer.

Looks for what is asked, never for a patient's whole story; changes neither urgency nor any statement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rootline.answers import phrases as words
from rootline.answers.model import LibrarySearched, PassageQuoted
from rootline.errors import EvidenceError
from rootline.evidence.search.direction import direction
from rootline.evidence.search.interface import Library, Question
from rootline.evidence.search.quote import ENOUGH, Quote, quote
from rootline.narrative.read import Reading
from rootline.packs.model import Pack
from rootline.readers.english import Voice

_LONGEST_QUESTION = 15  # words; a longer text that asks nothing is a patient's story
_SENTENCE = re.compile(r"[^.?!\n]+[.?!]*")


@dataclass(frozen=True)
class Looked:
    """What was searched, and what is good enough to be quoted."""

    passages: list[PassageQuoted]
    searched: LibrarySearched


def look_up(reading: Reading, pack: Pack, library: Library) -> Looked | None:
    """Search for what the text asks; None for a story of a patient that asks nothing.

    A library that cannot be searched is said to be so: the plan never waits for it.
    """
    asked = what_is_asked(reading.text)
    if not asked and reading.intent.covered:
        return None
    asked = asked or reading.text
    try:
        found = quote(library, Question(asked, same=pack.synonyms.widen(asked)))
    except EvidenceError as error:
        return Looked([], LibrarySearched(
            asked=asked, documents=0, best=0.0, needed=ENOUGH, as_of="", trouble=error.what
        ))  # fmt: skip
    searched = LibrarySearched(
        asked=asked,
        documents=found.searched,
        best=found.best,
        needed=ENOUGH,
        as_of=library.as_of.isoformat() if library.as_of else "",
        behind=library.behind,
        model=library.model,
    )
    return Looked([tell_quote(one, library) for one in found.quotes], searched)


def nothing_near(one: LibrarySearched, voice: Voice) -> str:
    """That nothing is quoted, in words: what was searched for, in how much, and how near it came; or why it was not."""
    if one.trouble:
        return words.NOT_SEARCHED.to(voice).format(one.trouble)
    said = words.NOTHING_NEAR.to(voice).format(one.documents, one.asked, one.best, one.needed)
    return " ".join([said, *not_yet_searched(one, voice)])


def not_yet_searched(one: LibrarySearched, voice: Voice) -> list[str]:
    """That something of the library was not searched yet, where that is so."""
    return [words.NOT_YET_SEARCHED.to(voice).format(one.behind)] if one.behind else []


def what_is_asked(text: str) -> str:
    """The sentences that end in a question mark; else a short text whole; else nothing."""
    sentences = [found[0].strip() for found in _SENTENCE.finditer(text)]
    if questions := [one for one in sentences if one.endswith("?")]:
        return " ".join(questions)
    return text if len(text.split()) <= _LONGEST_QUESTION else ""


def tell_quote(one: Quote, library: Library) -> PassageQuoted:
    """A passage found, as data."""
    document, passage = one.document, one.passage
    today = library.today(document.id) if library.today else None
    since = today.standing if today and today.standing != document.standing else ""
    return PassageQuoted(
        document=document.id, sha256=document.sha256, section=passage.section, start=passage.start, end=passage.end,
        quote=one.text, title=document.title, year=document.year, kind=one.kind, types=list(document.types),
        standing=document.standing, since=since, direction=direction(one.text), covers=one.covers,
    )  # fmt: skip
