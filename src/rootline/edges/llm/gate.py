"""The gate before every reworded sentence: it passes only when it says the same, word by word and in the same order.

Two sentences are the same when, with words that mean the same taken as one and connecting words left out, the same
is left. Knows no grammar and guesses nothing: whatever is not in `plain_words.yaml` must stand as it stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest
from pathlib import Path
from string import ascii_letters

from rootline.content.take import Take
from rootline.content.yaml_text import read_fields

_WORDS = Path(__file__).with_name("plain_words.yaml")
_TOKEN = re.compile(r"\S*\d\S*|[^\W\d_]+(?:['-][^\W\d_]+)*|\S")  # a number keeps the marks that touch it: "1-2"
_ALWAYS = frozenset(ascii_letters + " '-")
_MORE_LETTERS = 40
_MORE_WORDS = 4  # that a reworded sentence may have beyond the original


def refusal(original: str, reworded: str) -> str:
    """Why the reworded sentence may not stand for the original; empty when it may."""
    if len(reworded) > 2 * len(original) + _MORE_LETTERS:
        return "it is too long"
    strange = sorted(set(reworded) - _ALWAYS - set(original))
    if strange:
        return f"a new character, U+{ord(strange[0]):04X}"
    before, after = _tokens(original), _tokens(reworded)
    if len(after) > len(before) + _MORE_WORDS:
        return "it is too long"
    for was, is_ in zip_longest(_telling(before), _telling(after), fillvalue=""):
        if was != is_:
            return f"`{was}` became `{is_}`" if was and is_ else f"`{was}` is missing" if was else f"`{is_}` is new"
    return ""


def is_kept(text: str) -> bool:
    """Whether a text may warn, forbid or tell how soon, and so is never reworded."""
    said = f" {' '.join(re.findall(r'[a-z]+', text.lower()))} "
    return any(f" {word} " in said for word in _plain_words("kept"))


def has_other_words(sentence: str) -> bool:
    """Whether anything in a sentence could be said otherwise; else there is nothing to ask a model for."""
    groups = _groups()
    return any(_longest(_tokens(sentence), at, groups) for at in range(len(_tokens(sentence))))


def other_words(sentence: str) -> list[list[str]]:
    """What may replace what in a sentence: groups of words, for the model to choose from."""
    tokens, groups = _tokens(sentence), _groups()
    found = {groups[phrase][0]: groups[phrase] for at in range(len(tokens)) if (phrase := _longest(tokens, at, groups))}
    return [list(group) for group in found.values()]


def connecting_words() -> list[str]:
    """The words that may come or go."""
    return sorted(_plain_words("connecting"))


def _tokens(sentence: str) -> list[str]:
    """Words, numbers and marks; "an" is "a". The capital that only begins the sentence is taken off; others tell."""
    tokens = _TOKEN.findall(sentence)
    if tokens and tokens[0][0].isupper() and (len(tokens[0]) == 1 or tokens[0][1:].islower()):
        tokens[0] = tokens[0].lower()
    return ["a" if token == "an" else token for token in tokens]


def _telling(tokens: list[str]) -> Iterator[str]:
    """What a sentence says: its tokens without the connecting words, of words that mean the same the first."""
    groups, connecting = _groups(), _plain_words("connecting")
    at = 0
    while at < len(tokens):
        if phrase := _longest(tokens, at, groups):
            yield groups[phrase][0]
            at += len(phrase)
        else:
            beside = "".join((*tokens[max(at - 1, 0) : at], *tokens[at + 1 : at + 2]))
            if tokens[at] not in connecting or any(letter.isdigit() for letter in beside):
                yield tokens[at]
            at += 1


_Phrase = tuple[str, ...]


def _longest(tokens: list[str], at: int, groups: dict[_Phrase, tuple[str, ...]]) -> _Phrase | None:
    """The longest phrase of the list that stands at a place."""
    for length in range(4, 0, -1):
        phrase = tuple(tokens[at : at + length])
        if len(phrase) == length and phrase in groups:
            return phrase
    return None


@cache
def _groups() -> dict[_Phrase, tuple[str, ...]]:
    """Each phrase, as tokens, with its group."""
    items = Take(read_fields(_WORDS, _WORDS.name), _WORDS.name).any("same")
    groups = [tuple(str(name) for name in group) for group in items]
    return {tuple(_TOKEN.findall(name)): group for group in groups for name in group}


@cache
def _plain_words(key: str) -> frozenset[str]:
    return frozenset(Take(read_fields(_WORDS, _WORDS.name), _WORDS.name).texts(key))
