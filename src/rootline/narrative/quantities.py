"""Numbers in a narrative: ages and lengths of time, exact ("for 10 days") or not ("over six weeks").

Finds them and says how long; which fact they belong to is decided by `read`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rootline.logic.units import UNITS, convert
from rootline.logic.values import Between, Value
from rootline.narrative.tokens import Token

_WALKED = ("walk", "mobilis", "mobiliz", "ambulat", "distance", "claudic", "limp", "hobbl", "manage")
_FAR = 6  # words back to "walks" in "walks slowly for about 100 m"
_NEAR = 6  # words from "today" to "attended"
_DAYS = {"today", "this", "tonight", "yesterday", "last"}  # how the name of a day begins
_HEAT = {"fever", "fevers", "temp", "temperature", "febrile"}
_SHORTHAND = {"7": "d", "52": "wk", "12": "mo"}  # "10/7", "6/52", "3/12" in British notes


@dataclass(frozen=True)
class Length:
    """A length of time in days, and the tokens that say it."""

    value: Value
    start: int
    end: int


def find_ages(tokens: list[Token], words: Mapping[str, Any]) -> Iterator[Length]:
    """Ages in years: "61-year-old", "aged 61", "61F", "61 yo", "in her 60s", "3 month old", else "toddler"."""
    flat = [(at, token.word) for at, token in enumerate(tokens) if token.word != "-"]
    bare = [word for _, word in flat]
    found = list(_counted_ages(flat, bare, words))
    yield from found or _ages_of_children(tokens, words)


def _ages_of_children(tokens: list[Token], words: Mapping[str, Any]) -> Iterator[Length]:
    """ "Toddler with", "my baby has": of a patient who does not tell it, and is told to have something."""
    spoken = [token.word for token in tokens]
    if {"i", "me", "myself"} & set(spoken):
        return
    for at, word in enumerate(spoken):
        if word in words["children"] and spoken[at + 1 : at + 2] and spoken[at + 1] in words["of children"]:
            least, most = words["children"][word]
            yield Length(Between(float(least), float(most), high_open=True), at, at + 1)


def _counted_ages(flat: list[tuple[int, str]], bare: list[str], words: Mapping[str, Any]) -> Iterator[Length]:
    for place, (at, word) in enumerate(flat):
        if not word[0].isdecimal():
            continue
        after = bare[place + 1 : place + 4]
        before = bare[max(0, place - 2) : place]
        is_way = after[:1] == ["m"] and _is_walked(bare, place)
        end = None if is_way else _age_end(before, after, words)
        if after[:1] == ["s"] and before[-1:] and before[-1] in ("his", "her", "their", "my", "the"):
            yield Length(Between(float(word), float(word) + 10, high_open=True), at, flat[place + 1][0] + 1)
        elif end is not None:
            yield Length(float(word), at, flat[place + end][0] + 1)
        elif (unit := words["units"].get(after[0]) if after else None) and _is_of_child(before, after, words):
            yield Length(convert(float(word), UNITS[unit], UNITS["a"]), at, flat[place + 2][0] + 1)


def _is_of_child(before: list[str], after: list[str], words: Mapping[str, Any]) -> bool:
    """ "3 month old with leg pain", "my 10 week old baby"; a "6 week old foot drop" is a symptom."""
    if after[1:2] != ["old"] or "pain" in before:
        return False
    if not after[2:3] or not after[2].isalnum():
        return before[-1:] in (["my"], ["our"], ["a"])
    return after[2] in words["children"] or after[2] in words["of children"]


def _is_walked(words: list[str], place: int) -> bool:
    """Whether the number is a way: "walks 100 m", "100 m walking"; a comma parts it from what is walked."""
    before = " ".join(words[max(0, place - _FAR) : place]).rpartition(",")[2].split()
    after = " ".join(words[place + 2 : place + 4]).partition(",")[0].split()
    return any(word.startswith(_WALKED) for word in (*before, *after)) or before[-1:] in (["to"], ["only"], ["do"])


def _age_end(before: list[str], after: list[str], words: Mapping[str, Any]) -> int | None:
    """How many words after the number belong to the age, or None when it is no age."""
    if len(after) > 1 and words["units"].get(after[0]) == "a" and after[1] == "old":
        return 2  # "6-week-old" is a symptom
    if after[:3] == ["years", "of", "age"]:
        return 3
    if after[:1] in (["yo"], ["yof"], ["yom"]) or (after[:1] in (["f"], ["m"]) and not _is_measure(before, words)):
        return 1
    if after[:3] in (["y", "/", "o"], ["yr", "/", "o"]):
        return 3
    if before == ["i", "am"] or (before[-1:] == ["is"] and before[0] in words["people"]):
        return 0 if not after or not after[0][0].isalnum() or after[0] in ("and", "with") else None
    if (
        before[-1:]
        and (before[-1] in ("aged", "age") or before in (["age", ":"], ["age", "="]))
        and not (after[:1] and after[0] in ("weeks", "months", "days"))
    ):
        return 0
    return None


def _is_measure(before: list[str], words: Mapping[str, Any]) -> bool:
    """ "Every 50m" and "about 50 m" are metres; "fever 102 F" and "temp of 101 F" are degrees."""
    nearest = before[-1:] if before[-1:] != ["of"] else before[-2:-1]
    return bool(before) and (before[-1] in (*words["plans"], *words["before"]) or not _HEAT.isdisjoint(nearest))


def find_lengths(tokens: list[Token], words: Mapping[str, Any], taken: set[int]) -> Iterator[Length]:
    """Lengths of time that something has lasted; plans ("in 2 weeks") and ages are passed over."""
    done = 0
    for at in range(len(tokens)):
        if at in taken or at < done:
            continue
        found = _named(tokens, at, words) or _counted(tokens, at, words)
        if found:
            done = found.end  # "6 to 8 weeks" is not also "8 weeks"
            if not _is_plan(tokens, found, words):
                yield found


def _named(tokens: list[Token], at: int, words: Mapping[str, Any]) -> Length | None:
    for name, (least, most) in words["named"].items():
        parts = name.split()
        if [token.word for token in tokens[at : at + len(parts)]] == parts:
            low, high = float(least), float(most)
            return Length(low if low == high else Between(low, high), at, at + len(parts))
    return None


def _counted(tokens: list[Token], at: int, words: Mapping[str, Any]) -> Length | None:
    number = _number(tokens[at].word, words)
    if number is None:
        return None
    place, top = _skip(tokens, at + 1), None
    if place > at + 1 or (place < len(tokens) and tokens[place].word == "to"):
        further = place + (1 if place < len(tokens) and tokens[place].word == "to" else 0)
        if further < len(tokens) and (top := _number(tokens[further].word, words)) is not None:
            place = _skip(tokens, further + 1)
    unit, end = _unit(tokens, place, words)
    if unit is None:
        return None
    days = convert(number, UNITS[unit], UNITS["d"])
    if top is not None and top > number:
        return Length(Between(days, convert(top, UNITS[unit], UNITS["d"])), at, end)
    value = _bounded(days, tokens, at, words)
    is_article = tokens[at].word in ("a", "an")
    return Length(value, at, end) if _is_length(tokens, at, end, words, is_article) else None


def _skip(tokens: list[Token], at: int) -> int:
    return at + 1 if at < len(tokens) and tokens[at].word == "-" else at


def _number(word: str, words: Mapping[str, Any]) -> float | None:
    if word[0].isdecimal():
        return float(word)
    return float(words["numbers"][word]) if word in words["numbers"] else None


def _unit(tokens: list[Token], at: int, words: Mapping[str, Any]) -> tuple[str | None, int]:
    if at < len(tokens) and tokens[at].word in words["units"]:
        return words["units"][tokens[at].word], at + 1
    if at + 1 < len(tokens) and tokens[at].word == "/" and tokens[at + 1].word in _SHORTHAND:
        return _SHORTHAND[tokens[at + 1].word], at + 2
    return None, at


def _bounded(days: float, tokens: list[Token], at: int, words: Mapping[str, Any]) -> Value:
    """The number itself, or an open interval after "over", "less than" and the like."""
    before = " ".join(token.word for token in tokens[max(0, at - 3) : at])
    sentence = (token.word for token in tokens[:at] if token.sentence == tokens[at].sentence)
    if before.endswith("over") and not set(words["came"]).isdisjoint(sentence):
        return days
    if any(before.endswith(word) for word in words["more"]) and not before.endswith(("over the past", "over the last")):
        return Between(low=days, low_open=not before.endswith("at least"))
    if any(before.endswith(word) for word in words["less"]):
        return Between(low=0.0, high=days, high_open=True)
    return days


def _is_length(tokens: list[Token], at: int, end: int, words: Mapping[str, Any], is_article: bool) -> bool:
    """Whether something has lasted so long: said by a word before or after, or right behind a mention."""
    before = tokens[at - 1].word if at else ""
    after = tokens[end].word if end < len(tokens) else ""
    if after in words["rates"] or (before in ("a", "an") and after not in words["after"]):
        return False  # "2 hours a day", "a 2 hour drive"
    if before in words["before"] or after in words["after"]:
        return True
    return not (after == "old" or is_article)


def _is_plan(tokens: list[Token], length: Length, words: Mapping[str, Any]) -> bool:
    before = [token.word for token in tokens[max(0, length.start - 2) : length.start]]
    return bool(before) and before[-1] in words["plans"]


def is_visit(length: Length, tokens: list[Token], words: Mapping[str, Any], mentioned: set[int]) -> bool:
    """ "Attended today", "today she was reviewed": a day of being seen, where no mention stands between."""
    if tokens[length.start].word not in _DAYS:
        return False
    part = tokens[length.start].part
    before = range(length.start - 1, max(-1, length.start - 1 - _NEAR), -1)
    behind = range(length.end, min(len(tokens), length.end + _NEAR))
    for places in (before, behind):
        for at in places:
            if at in mentioned or tokens[at].part != part:
                break
            if tokens[at].word in words["seen"]:
                return True
    return False
