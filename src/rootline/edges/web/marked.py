"""A text cut at the words that were heard in it, so that a page can mark them. What they mean was read elsewhere.

Words that a press or a follow-up overruled stay marked, as overruled: what was said is never hidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rootline.logic.values import Value, narrow
from rootline.narrative.read import Mention, Reading

State = Literal["", "used", "overruled", "unused"]
_STRONGEST: tuple[State, ...] = ("overruled", "used", "unused")  # of words heard for several facts


@dataclass(frozen=True)
class Piece:
    """A stretch of the text; `facts` are those heard in it, `state` whether they count."""

    text: str
    facts: tuple[str, ...] = ()
    state: State = ""


def marked(reading: Reading, known: Mapping[str, Value], heard: set[str]) -> list[Piece]:
    """The whole text in order; words heard for several facts are one piece.

    `known` are the values of the case, `heard` the facts among them that were taken from the words.
    """
    said = [one for found in (*reading.mentions.values(), *reading.contradicting.values()) for one in found]
    spans = [(one.start, one.end, one.fact, _state(one, known)) for one in said]
    loose = [one for one in reading.unused if one.fact not in reading.values and one not in said]
    spans += [(one.start, one.end, one.fact, "used" if one.fact in heard else "unused") for one in loose]
    pieces: list[Piece] = []
    at = 0
    for start, end, facts, state in _joined(sorted(spans)):
        pieces += [Piece(reading.text[at:start]), Piece(reading.text[start:end], facts, state)]
        at = end
    return [piece for piece in [*pieces, Piece(reading.text[at:])] if piece.text]


def _state(one: Mention, known: Mapping[str, Value]) -> State:
    """Words that the case agrees with count; those that it does not were overruled, or contradict each other."""
    if one.fact not in known:
        return "unused"
    return "used" if narrow(known[one.fact], one.value) is not None else "overruled"


def _joined(spans: list[tuple[int, int, str, State]]) -> list[tuple[int, int, tuple[str, ...], State]]:
    """Overlapping spans as one."""
    found: list[tuple[int, int, tuple[str, ...], State]] = []
    for start, end, fact, state in spans:
        if found and start < found[-1][1]:
            first, last, facts, before = found[-1]
            together = min(before, state, key=_STRONGEST.index)
            found[-1] = (first, max(last, end), tuple(dict.fromkeys((*facts, fact))), together)
        else:
            found.append((start, end, (fact,), state))
    return found
