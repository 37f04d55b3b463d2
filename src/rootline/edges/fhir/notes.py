"""Notes of a record: plain text inside a DocumentReference, read by the narrative reader as a user's words are.

Only text that is in the record itself: an address in it is never opened.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator

from rootline.edges.fhir.days import days_of
from rootline.edges.fhir.element import Element, Odd, many, one, text
from rootline.edges.fhir.told import Told
from rootline.errors import InputError
from rootline.narrative.read import Reading, read_narrative

_REPLACED = ("superseded", "entered-in-error")
_LONGEST_WORDS = 120  # characters of a note's words that are shown beside a fact


def read_note(resource: Element, told: Told) -> None:
    """Note what a DocumentReference tells. Raises `Odd`."""
    if (status := text(resource, "status")) in _REPLACED:
        told.leaves(resource, "it is not the current one")
        return
    if status != "current":
        raise Odd("its status is not known here")
    if text(resource, "docStatus") == "entered-in-error":
        told.leaves(resource, "it is entered-in-error")
        return
    if text(resource, "docStatus") not in ("", "final", "amended"):
        raise Odd("it is not final")
    days = days_of(resource, "date") or days_of(one(resource, "context"), "period")
    limit = told.codes.notes.days
    if told.is_too_old(days, limit):
        told.leaves(resource, f"it is older than {limit:g} days")
        return
    if why := told.why_unsure(days, limit):
        raise Odd(why)
    for content in many(resource, "content"):
        try:
            reading = read_narrative(_text_in(one(content, "attachment")), told.pack)
        except InputError as error:
            told.leaves(resource, f"its text cannot be read: {error.what}")
            continue
        except Odd as odd:  # another rendition of the same note may be readable
            told.leaves(resource, str(odd))
            continue
        for fact, value in reading.values.items():
            told.finds(fact, value, resource, f'"{_words(reading, fact)}", {days.last if days else ""}', days)
        for fact in reading.contradicted:
            told.leaves(resource, "its mentions contradict each other", fact)
            told.keeps_open(fact, days, stands=False)
        for mention in reading.unused:
            if mention.fact not in reading.values:
                told.leaves(resource, f"it speaks of it as {mention.status}", mention.fact)
                if mention.status == "uncertain":
                    told.keeps_open(mention.fact, days, stands=False)


def note_could_tell(resource: Element, told: Told) -> Iterator[tuple[str, float | None]]:
    """The facts that its plain text could tell, denials aside, and for how many days; none where it is replaced."""
    if resource.get("status") in _REPLACED or resource.get("docStatus") == "entered-in-error":
        return
    try:
        for content in many(resource, "content"):
            reading = read_narrative(_text_in(one(content, "attachment")), told.pack)
            said = [fact for fact, value in reading.values.items() if value != told.pack.facts[fact].denied_means]
            unsure = [mention.fact for mention in reading.unused if mention.status == "uncertain"]
            yield from ((fact, told.codes.notes.days) for fact in (*said, *reading.contradicted, *unsure))
    except (InputError, Odd):
        return  # nothing of it can be read


def _text_in(attachment: Element) -> str:
    """The text itself. Raises `Odd`."""
    kind = text(attachment, "contentType").partition(";")[0].strip().lower()
    if kind != "text/plain":
        raise Odd("it is not plain text")
    data = text(attachment, "data")
    if not data:
        raise Odd("it holds no text; an address in a record is never opened")
    try:
        return base64.b64decode("".join(data.split()), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        raise Odd("its text is not UTF-8 in base64") from None


def _words(reading: Reading, fact: str) -> str:
    words = dict.fromkeys(reading.text[one.start : one.end] for one in reading.mentions[fact])
    said = "; ".join(words)
    return said if len(said) <= _LONGEST_WORDS else f"{said[: _LONGEST_WORDS - 1]}…"
