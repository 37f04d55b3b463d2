"""Whether the words that a denial is proposed with deny the fact itself: they must name it, in whatever order.

The reader of narratives says what a denial is and how far it reaches. Reads no other value.
"""

from __future__ import annotations

from collections.abc import Iterator

from rootline.narrative.assertion import Assertions
from rootline.narrative.surroundings import Span
from rootline.narrative.tokens import Token, tokenise
from rootline.narrative.triggers import triggers
from rootline.packs.model import Fact


def denied_in(words: str, fact: Fact) -> bool:
    """Whether all words of one name of the fact stand in these, one of them denied."""
    spoken = triggers()
    tokens = tokenise(words, spoken.lists["abbreviations"], spoken.left_out)
    return any(
        Assertions(tokens, [span], spoken).status(span) == "denied"
        for name in _names(fact)
        if all(places := [_places(part, tokens) for part in name])
        for at in {at for found in places for at in found}
        for span in [Span(at, at + 1, fact.medicine)]
    )


def _names(fact: Fact) -> Iterator[list[str]]:
    """The words of each of its names: its phrases that are no denials, and its id."""
    yield fact.id.split("_")
    for one in fact.heard:
        if one.value != fact.denied_means and one.denial_tells:
            yield [part for part in one.phrase.lower().split() if part not in ("*", "{n}")]


def _places(part: str, tokens: list[Token]) -> list[int]:
    """Where a word of a phrase stands: in either form of "a/b", and with any ending for "a*"."""
    forms = part.split("/")
    return [at for at, token in enumerate(tokens) if any(_is(token.word, form) for form in forms)]


def _is(word: str, form: str) -> bool:
    return word.startswith(form[:-1]) if form.endswith("*") else word.rstrip("s") == form.rstrip("s")
