"""How the book says what the pack holds as data: values with units, words in short. Adds no clinical content."""

from __future__ import annotations

import re

from rootline.logic.units import UNITS, say
from rootline.logic.values import Amount
from rootline.packs.model import Fact

_SHORTEST, _LONGEST = 40, 110  # letters of a statement in a picture
_END = re.compile(r"(?<!e\.g)(?<!i\.e)(?<!vs)[.;:](?:\s|$)")


def name(id_: str) -> str:
    """An id as words: facts are named so that this reads well."""
    return id_.replace("_", " ").replace("-", " ")


def range_of(fact: Fact) -> str:
    """The values that a number or a duration can have, with the unit."""
    assert isinstance(fact.type, Amount)
    if fact.type.unit is UNITS["d"]:
        return "a length of time"
    return f"{say(fact.type.low, fact.type.unit)} to {say(fact.type.high, fact.type.unit)}"


def in_short(text: str) -> str:
    """The first clause, or two when the first is a word or two, with "…" when more follows."""
    ends = [match.start() for match in _END.finditer(text)]
    first = text[: next((end for end in ends if end >= _SHORTEST), len(text))]
    if len(first) > _LONGEST:
        first = first[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;:")
    whole = text.rstrip(".")
    return whole if len(first) >= len(whole) else f"{first} …"


def capital(text: str) -> str:
    """The text with a capital."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """The text with a capital and a full stop."""
    bare = text.strip().rstrip(".")
    return f"{capital(bare)}." if bare else ""


def css_text(text: str) -> str:
    """A text as a CSS string that nothing in it can end: all but plain letters as codes, each ended by its space."""
    return '"' + re.sub(r"[^A-Za-z0-9 ]", lambda match: f"\\{ord(match[0]):x} ", text) + '"'
