"""The small phrase language of packs and triggers, and where its phrases stand in a text.

`foot drop` matches the two words in a row (hyphens and plurals do not matter); `*` alone is a gap of up to
three words, `radicul*` any word that begins so, `tumour/tumor` either word, `{n}` a number, with or without ":",
"=", "<" or ">" before it. A single line break inside a phrase does not matter; a mark stands for
itself, as in "diagnosis : ces". Meaning is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Generic, NamedTuple, TypeVar

from rootline.narrative.tokens import Token

T = TypeVar("T")
_GAP, _NUMBER = "*", "{n}"
_LONGEST_GAP = 3
_CLOSED = {"but", "not", "no", "apart", "except", "other", "without", "denies", "query"}  # no gap runs over these
_BETWEEN = frozenset({"-", ":", "="})  # may stand between the words of a phrase
_BEFORE_NUMBERS = _BETWEEN | {"~", "<", ">", "\u2264", "\u2265"}


@dataclass(frozen=True)
class Found(Generic[T]):
    """A phrase found: what it stands for, the tokens it covers (end not included), its number, and "<" or ">".

    `left_out` are the tokens in between that are not its own; `passed` those that a gap ran over, whatever they say.
    """

    what: T
    start: int
    end: int
    number: str | None = None
    order: str | None = None
    left_out: frozenset[int] = frozenset()
    passed: frozenset[int] = frozenset()

    @property
    def own(self) -> frozenset[int]:
        """The places of its own tokens."""
        return frozenset(range(self.start, self.end)) - self.left_out

    @property
    def named(self) -> frozenset[int]:
        """The places of its own tokens that the phrase itself names."""
        return self.own - self.passed


class _Part(NamedTuple):
    """One item of a phrase made ready: what fits it, and what may be passed over before it."""

    is_gap: bool
    is_number: bool
    words: frozenset[str]
    beginnings: tuple[str, ...]
    passed: frozenset[str]

    def fits(self, word: str) -> bool:
        return word in self.words or word.startswith(self.beginnings) or (self.is_number and word[0].isdecimal())


@dataclass(frozen=True)
class _Phrase(Generic[T]):
    """A phrase as it is written and as it is looked up, and what it stands for.

    `needs`: one of these words must stand somewhere in a text that holds the phrase; most texts hold none of them.
    """

    items: tuple[str, ...]
    parts: tuple[_Part, ...]
    needs: frozenset[str]
    what: T


class Phrases(Generic[T]):
    """Many phrases, each standing for something, looked up together."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._by_word: dict[str, list[_Phrase[T]]] = {}
        self._by_beginning: dict[str, list[_Phrase[T]]] = {}
        self._numeric: list[_Phrase[T]] = []
        self.words: set[str] = set()
        self.beginnings: set[str] = set()
        for phrase, what in phrases:
            self._add(tuple(phrase.lower().replace("-", " ").split()), what)

    def _add(self, items: tuple[str, ...], what: T) -> None:
        first = items[0]
        options = [word for item in items for word in item.split("/") if word.strip("*/")]
        self.words.update(word.rstrip("*") for word in options)
        self.beginnings.update(word[:-1] for word in options if word.endswith("*"))
        parts = tuple(map(_ready, items))
        plain = [part.words for part in parts[1:] if not (part.is_gap or part.is_number or part.beginnings)]
        phrase = _Phrase(items, parts, plain[-1] if plain else frozenset(), what)
        if first == _NUMBER:
            self._numeric.append(phrase)
            return
        for word in first.split("/") if len(first) > 1 else [first]:
            home = self._by_beginning if word.endswith("*") else self._by_word
            home.setdefault(word.rstrip("*")[:3] if word.endswith("*") else word, []).append(phrase)

    def find(self, tokens: list[Token]) -> Iterator[Found[T]]:
        """Every occurrence, in the order of the text."""
        words = frozenset(token.word for token in tokens)
        for start, token in enumerate(tokens):
            for phrase in self._starting(token.word):
                if phrase.needs and phrase.needs.isdisjoint(words):
                    continue
                passed: list[int] = []
                end = _match(phrase.parts, tokens, start, passed)
                if end is not None and not _is_date(phrase.items, tokens, end):
                    number = _number(phrase.items, tokens, start, end)
                    yield Found(phrase.what, start, end, *number, passed=frozenset(passed))

    def _starting(self, word: str) -> list[_Phrase[T]]:
        found = list(self._by_word.get(word, ()))
        if word.endswith("s"):
            found += self._by_word.get(word[:-1], ())
        found += self._by_beginning.get(word[:3], ())
        if word[0].isdecimal():
            found += self._numeric
        return found


@cache
def _ready(item: str) -> _Part:
    options = [item] if len(item) == 1 else item.split("/")
    whole = [option for option in options if not (option.endswith("*") and len(item) > 1)]
    endings = ("",) if len(item) == 1 else ("", "s", "es")
    return _Part(
        is_gap=item == _GAP,
        is_number=item == _NUMBER,
        words=frozenset(option + ending for option in whole for ending in endings),
        beginnings=tuple(option[:-1] for option in options if option not in whole),
        passed=_BEFORE_NUMBERS if item[0] == "{" or item[0].isdecimal() else _BETWEEN,
    )


def _match(parts: tuple[_Part, ...], tokens: list[Token], start: int, passed: list[int]) -> int | None:
    """The end of the phrase when it stands at `start`; what its gaps run over is added to `passed`."""
    at, count = start, len(tokens)
    for place, part in enumerate(parts):
        if part.is_gap:
            return _match_after_gap(parts[place + 1 :], tokens, at, passed)
        if place:
            at = _skip(part, tokens, at)
        if at >= count or not part.fits(tokens[at].word) or (place and not _is_joined(tokens, at)):
            return None
        at += 1
    return at


def _skip(part: _Part, tokens: list[Token], at: int) -> int:
    """The next token that counts: hyphens, a colon and one line break do not, nor signs before a number."""
    if at < len(tokens) and tokens[at].word == "\n":
        return at + 1
    while at < len(tokens) and tokens[at].word in part.passed and not part.fits(tokens[at].word):
        at += 1
    return at


def _is_joined(tokens: list[Token], at: int) -> bool:
    """Whether nothing but a line break, or the full stop that the phrase names, lies between it and the one before."""
    return tokens[at - 1].word in ("\n", ".") or tokens[at].sentence == tokens[at - 1].sentence


def _match_after_gap(rest: tuple[_Part, ...], tokens: list[Token], at: int, passed: list[int]) -> int | None:
    for length in range(_LONGEST_GAP + 1):
        if at + length >= len(tokens) or tokens[at + length].sentence != tokens[at - 1].sentence:
            return None
        if (end := _match(rest, tokens, at + length, passed)) is not None:
            passed.extend(range(at, at + length))
            return end
        word = tokens[at + length]
        if word.word in _CLOSED or not (word.is_word or word.word == "-"):
            return None
    return None


def _is_date(items: tuple[str, ...], tokens: list[Token], end: int) -> bool:
    """ "3/5/2024" is no grade 3/5."""
    return "/" in items and end < len(tokens) and tokens[end].word == "/"


def _number(items: tuple[str, ...], tokens: list[Token], start: int, end: int) -> tuple[str | None, str | None]:
    """The number that stands for `{n}`, and the sign "<" or ">" before it."""
    if _NUMBER not in items:
        return None, None
    places = [at for at in range(start, end) if tokens[at].word[0].isdecimal()]
    written = [item for item in items if item == _NUMBER or item[0].isdecimal()]
    if len(places) < len(written):
        return None, None
    at = places[written.index(_NUMBER)]
    signs = {token.word for token in tokens[max(start, at - 2) : at]}
    order = next((sign for sign, same in {"<": "<\u2264", ">": ">\u2265"}.items() if signs & set(same)), None)
    return tokens[at].word, order
