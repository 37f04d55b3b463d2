"""Quoted passages held letter for letter to the user's library, and to what was asked.

Undecided where the library is not at hand, or holds another version of the document by now.
"""

from __future__ import annotations

from collections.abc import Iterator

from rootline.answers.look_up import look_up, what_is_asked
from rootline.answers.model import Answer, PassageQuoted
from rootline.answers.verify.finding import Finding
from rootline.evidence.search.direction import direction
from rootline.evidence.search.hierarchy import kind_of
from rootline.evidence.search.interface import Library
from rootline.evidence.store.document import STANDINGS, Document
from rootline.narrative.read import read_narrative
from rootline.packs.model import Pack


def misquotes(answer: Answer, library: Library | None, pack: Pack | None) -> Iterator[Finding]:
    """What is wrong with the passages, and what cannot be told of them."""
    if answer.library is None:
        if answer.passages:
            yield Finding("passages", "passages are quoted, but no library is said to have been searched")
        return
    asked = what_is_asked(answer.question) or answer.question
    if answer.library.asked != asked:
        yield Finding("library.asked", f"the question asks “{asked}”")
    for at, one in enumerate(answer.passages):
        yield from _by_itself(one, f"passages[{at}]", answer.library.needed)
        yield from _since(one, f"passages[{at}].since", bool(answer.library.as_of), library)
        if library is not None:
            yield from _against(one, f"passages[{at}]", library)
    places = [(one.document, one.start) for one in answer.passages]
    if len(set(places)) < len(places):
        yield Finding("passages", "the same passage is quoted twice")
    if library is not None:
        yield from _anew(answer, library, pack)
    if library is None:
        what = (
            "no library is at hand: what was searched, and the passages quoted, were not held against their documents"
        )
        yield Finding("passages", what, "undecided")


def _anew(answer: Answer, library: Library, pack: Pack | None) -> Iterator[Finding]:
    """The search made again; what it gives now may differ because the library grew, so that only leaves it open."""
    if pack is None:
        return
    looked = look_up(read_narrative(answer.question, pack), pack, library)
    if looked is None:
        yield Finding("library", "this question is one for which no library is searched")
    elif looked.passages != answer.passages or looked.searched != answer.library:
        what = "searched again, the library at hand gives other passages or counts; `--as-of` opens it as it was"
        yield Finding("passages", what, "undecided")


def _by_itself(one: PassageQuoted, place: str, needed: float) -> Iterator[Finding]:
    if one.end - one.start != len(one.quote):
        yield Finding(f"{place}.quote", f"it has {len(one.quote)} letters, its place {one.end - one.start}")
    if one.direction != (due := direction(one.quote)):
        yield Finding(f"{place}.direction", f"its words tell “{due or 'nothing certain'}”")
    if one.standing in ("retracted", "deleted"):
        yield Finding(f"{place}.standing", f"a {one.standing} document is never quoted")
    if one.covers < needed:
        yield Finding(f"{place}.covers", "too little of the question to be quoted")


def _since(one: PassageQuoted, place: str, is_replayed: bool, library: Library | None) -> Iterator[Finding]:
    """What is said to have become of the document since the day as of which the library was searched."""
    if one.since and not is_replayed:
        yield Finding(place, "the library was searched as it was then: nothing can have changed since")
    elif one.since and (one.since == one.standing or one.since not in STANDINGS):
        yield Finding(place, f"“{one.since}” is no other standing than “{one.standing}”")
    elif is_replayed and library is not None:
        today = (library.today or library.document)(one.document)
        if today and one.since != (by_now := today.standing if today.standing != one.standing else ""):
            yield Finding(place, f"in the library at hand it is {by_now or one.standing} by now", "undecided")


def _against(one: PassageQuoted, place: str, library: Library) -> Iterator[Finding]:
    document = library.document(one.document)
    if document is None:
        yield Finding(f"{place}.document", f"the library at hand holds no `{one.document}`", "undecided")
    elif document.sha256 != one.sha256:
        what = f"the library at hand holds another version of `{one.document}`; `--as-of` opens an earlier day"
        yield Finding(f"{place}.sha256", what, "undecided")
        if document.standing != one.standing:
            yield Finding(f"{place}.standing", f"in the library at hand it is {document.standing}", "undecided")
    else:
        yield from _letter_for_letter(one, place, document)


def _letter_for_letter(one: PassageQuoted, place: str, document: Document) -> Iterator[Finding]:
    spans = {(passage.start, passage.end): passage.section for passage in document.passages}
    if document.text[one.start : one.end] != one.quote or (one.start, one.end) not in spans:
        yield Finding(f"{place}.quote", f"`{document.id}` does not say this at {one.start} to {one.end}")
    elif spans[one.start, one.end] != one.section:
        yield Finding(f"{place}.section", f"there it stands under “{spans[one.start, one.end]}”")
    for field, due in (
        ("title", document.title), ("year", document.year), ("types", list(document.types)),
        ("standing", document.standing), ("kind", kind_of(document.types)),
    ):  # fmt: skip
        if getattr(one, field) != due:
            yield Finding(f"{place}.{field}", f"in the library it is {due!r}")
