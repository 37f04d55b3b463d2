"""Whether the words that a fact is proposed with hold the number that is proposed. Reads no other kind of fact.

What the words mean stays for a person to judge; a number that they do not hold is not even offered.
"""

from __future__ import annotations

from collections.abc import Iterator

from rootline.edges.llm.number_words import in_digits
from rootline.logic.units import UNITS, convert, find_unit
from rootline.logic.values import Amount, Between, Value, narrow
from rootline.narrative.quantities import find_lengths
from rootline.narrative.read import read_narrative
from rootline.narrative.tokens import Token, tokenise
from rootline.narrative.triggers import triggers
from rootline.packs.model import Fact, Pack

_ROUNDED = 0.015  # of a number in another unit: "a month" may be proposed as 30 days, "176 lb" as 80 kg
Held = tuple[Value, float, str]  # a number that words hold, how far it may be rounded, and the words


def other_number(fact: Fact, value: Value | None, words: str, pack: Pack) -> str:
    """Why these words do not support the number proposed; empty where they hold it, or it is no number."""
    if not isinstance(fact.type, Amount) or value is None:
        return ""
    words = in_digits(words)
    held = list(_read(fact, words, pack)) or list(_written(fact, fact.type, words))
    if not held:
        return "its words hold no number of it: check it yourself"
    return "" if any(_agrees(one, value) for one in held) else f"its words hold another number: {held[0][2]}"


def _read(fact: Fact, words: str, pack: Pack) -> Iterator[Held]:
    """The numbers that the reader of narratives takes for this fact, those that it would not count among them."""
    reading = read_narrative(words, pack)
    heard = (*reading.mentions.get(fact.id, ()), *reading.contradicting.get(fact.id, ()), *reading.unused)
    for one in heard:
        if one.fact == fact.id:
            yield one.value, _ROUNDED, words[one.start : one.end]


def _written(fact: Fact, type_: Amount, words: str) -> Iterator[Held]:
    """Every number in the words that could be meant: lengths of time, and for other facts bare numbers too."""
    spoken = triggers()
    tokens = tokenise(words, spoken.lists["abbreviations"], spoken.left_out)
    if type_.unit.dimension == "time":
        for length in find_lengths(tokens, spoken.time, set()):
            in_unit = _converted(length.value, type_)
            yield in_unit, _ROUNDED, words[tokens[length.start].start : tokens[length.end - 1].end]
    if fact.kind == "duration":
        return
    for at, token in enumerate(tokens):
        if token.word[0].isdecimal() and not _is_whole(tokens, at):
            number, rounded = _with_unit(tokens, at, type_)
            yield number, rounded, words[token.start : token.end]


def _converted(days: Value, type_: Amount) -> Value:
    if isinstance(days, Between):
        low, high = (convert(end, UNITS["d"], type_.unit) for end in (days.low, days.high))
        return Between(low, high, days.low_open, days.high_open)
    assert isinstance(days, float)
    return convert(days, UNITS["d"], type_.unit)


def _is_whole(tokens: list[Token], at: int) -> bool:
    """The five of "2/5", "two of five" and "two out of five" only tells of how many."""
    before = [token.word for token in tokens[max(0, at - 3) : at]]
    return before[-2:] == ["out", "of"] or (
        before[-1:] in (["/"], ["of"]) and len(before) > 1 and before[-2][0].isdecimal()
    )


def _with_unit(tokens: list[Token], at: int, type_: Amount) -> tuple[float, float]:
    """The number in the fact's own unit, and how far it may be rounded: not at all unless it was converted."""
    number = float(tokens[at].word)
    said = find_unit(tokens[at + 1].word) if at + 1 < len(tokens) else None
    if said and said is not type_.unit and said.dimension == type_.unit.dimension:
        return convert(number, said, type_.unit), _ROUNDED
    return number, 0.0


def _agrees(held: Held, value: Value) -> bool:
    number, rounded, _ = held
    if isinstance(number, float):
        number = Between(number * (1 - rounded), number * (1 + rounded))
    return narrow(number, value) is not None
