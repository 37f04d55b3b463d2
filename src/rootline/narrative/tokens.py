"""A text cut into tokens that know their place in it: words, numbers, marks; sentences and comma parts.

Offsets always point into the text as the user wrote it. Nothing medical is known here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+\d*(?:'[^\W\d_]+)?|[^\w\s]|\n|_")
_SAME = {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "／": "/"}
_ENDS = {".", "?", "!", ";", "\n"}
_PARTS = {",", "(", ")", ":", "\n"}
_NEGATED = re.compile(r"^(.+)n't$")
_IRREGULAR = {"ca": "can", "wo": "will", "sha": "shall"}


@dataclass(frozen=True)
class Token:
    """One word, number or mark; `sentence` and `part` count the stretches between full stops and commas."""

    word: str
    start: int
    end: int
    sentence: int = 0
    part: int = 0

    @property
    def is_word(self) -> bool:
        return self.word[0].isalnum()


def plain(text: str) -> str:
    """The text in lower case with plain quotes and dashes, letter for letter as long as the original."""
    letters = []
    for letter in text:
        letter = _SAME.get(letter, letter)
        lower = letter.lower()
        letters.append(lower if len(lower) == 1 else letter)
    return "".join(letters)


def is_control(letter: str) -> bool:
    """A control character that no narrative holds; line breaks and tabs are fine."""
    return unicodedata.category(letter) == "Cc" and letter not in "\n\r\t"


def tokenise(text: str, abbreviations: Iterable[str] = (), left_out: Mapping[str, str] | None = None) -> list[Token]:
    """Tokens in order. "can't" and "cannot" become "can", "not"; possessive 's is dropped."""
    skip = set(abbreviations)
    tokens: list[Token] = []
    sentence = part = 0
    for match in _TOKEN.finditer(plain(text)):
        word = match[0]
        if word in _PARTS or word in _ENDS:
            part += 1
        for piece in _pieces(word, left_out or {}):
            tokens.append(Token(piece, match.start(), match.end(), sentence, part))
        if word in _ENDS and not (word == "." and tokens[-2:-1] and tokens[-2].word in skip):
            sentence += 1
    return tokens


def _pieces(word: str, left_out: Mapping[str, str]) -> list[str]:
    if word == "cannot":
        return ["can", "not"]
    if word in left_out:
        return [left_out[word], "not"]
    if match := _NEGATED.match(word):
        return [_IRREGULAR.get(match[1], match[1]), "not"]
    return [word.removesuffix("'s")]


def respelt(tokens: list[Token], better: Mapping[str, str]) -> list[Token]:
    """The tokens with misspelt words replaced; places stay."""
    return [replace(token, word=better.get(token.word, token.word)) for token in tokens]
