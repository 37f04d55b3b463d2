"""The other ways in which a sentence says one thing: "foot numb and weak" also "foot weak", "can't I pee" "can't pee".

Leaves words out and looks again; what the words mean is the pack's. A "not" is never left out or passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from rootline.narrative.phrase import Found, Phrases
from rootline.narrative.tokens import Token
from rootline.narrative.triggers import triggers

T = TypeVar("T")
_JOINTS = {"and", "or", "&", "+", "/", ",", "with"}
_CLOSING = {"and", "or", "&", "+", "with", "/"}
_NAMED_BEFORE = {"pain"}  # what hurts in "back pain and numbness in the leg" is named before it
_AROUND = 10  # words before and behind what is left out that a phrase may still need
_ABLE = {"can", "could", "do", "does", "did"}
_ASKERS = {"i", "he", "she", "they", "we", "you"}
_FILLERS = {"even", "now", "actually", "still", "seem", "seems", "to", "be", "able"}
_BEFORE_A_NOUN = {"a", "my", "the", "his", "her", "with", "has", "have", "got", "very"}


def find_all(phrases: Phrases[T], tokens: list[Token]) -> Iterator[Found[T]]:
    """Every phrase as written, then those that only show once words are left out; these tell which."""
    yield from phrases.find(tokens)
    for first, last, kept, around in _left_out(tokens):
        before = range(max(0, first - around), first)
        behind = range(last, min(len(tokens), last + _AROUND))
        places = [*before, *kept, *behind]
        cuts = {len(before), len(before) + len(kept)}
        for one in phrases.find([tokens[at] for at in places]):
            if any(one.start < cut < one.end for cut in cuts):
                start, end = places[one.start], places[one.end - 1] + 1
                if missing := frozenset(range(start, end)) - set(places):
                    passed = frozenset(places[at] for at in one.passed)
                    yield replace(one, start=start, end=end, left_out=missing, passed=passed)


def _left_out(tokens: list[Token]) -> Iterator[tuple[int, int, tuple[int, ...], int]]:
    """Stretches of tokens, each with the places in it that are kept, and how many words before it may count."""
    states = triggers().lists["states"]
    done = 0
    for at, token in enumerate(tokens):
        if token.word in states and at >= done:
            run = _run(tokens, at, states)
            done = run[-1] + 1
            is_closed = any(tokens[place].word in _CLOSING for place in range(run[0], done))
            if is_closed or _opens_naming(tokens, at):
                around = _AROUND if is_closed else 0  # "leg weak, numb bottom" is no run, "cold, numb foot" is one
                kept = (one for one in run if tokens[one].word not in _NAMED_BEFORE)
                yield from ((run[0], done, (one,), around) for one in kept)
        if token.word in _ABLE and at + 1 < len(tokens):
            yield from _inverted(tokens, at + 1)


def _opens_naming(tokens: list[Token], at: int) -> bool:
    """Whether a state begins what is named, with nothing before it that it could belong to."""
    before = tokens[at - 1] if at else None
    return before is None or not before.is_word or before.word in _BEFORE_A_NOUN


def _inverted(tokens: list[Token], at: int) -> Iterator[tuple[int, int, tuple[int, ...], int]]:
    """Who cannot is left out: "can't I", "can I not", with the words behind that change nothing."""
    if tokens[at].word in _ASKERS and at + 1 < len(tokens) and tokens[at + 1].word == "not":
        yield at, _after_fillers(tokens, at + 2), (at + 1,), _AROUND
    elif tokens[at].word == "not" and (end := _after_fillers(tokens, at + 1)) > at + 1:
        yield at + 1, end, (), _AROUND


def _run(tokens: list[Token], at: int, states: frozenset[str]) -> list[int]:
    """The places of states told of one thing: "cold, numb and very weak"."""
    run = [at]
    while True:
        place = run[-1] + 1
        joint = place
        while place < len(tokens) and tokens[place].word in _JOINTS:
            place += 1
        if place == joint:
            return run
        while place < len(tokens) and tokens[place].word in triggers().lists["degrees"]:
            place += 1
        if place >= len(tokens) or tokens[place].word not in states or tokens[place].sentence != tokens[at].sentence:
            return run
        run.append(place)


def _after_fillers(tokens: list[Token], at: int) -> int:
    """Behind who cannot, and the words between that change nothing: "can't I even seem to"."""
    at += at < len(tokens) and tokens[at].word in _ASKERS
    while at < len(tokens) and tokens[at].word in _FILLERS:
        at += 1
    return at
