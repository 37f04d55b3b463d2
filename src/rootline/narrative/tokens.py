"""A text cut into tokens that know their place in it: words, numbers, marks; sentences and comma parts.

Offsets always point into the text as the user wrote it. Nothing medical is known here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Set
from typing import NamedTuple

INVISIBLE = "\u200b"  # stands for every letter without a shape: soft hyphens, marks of direction
_SMALL = "²³¹⁰⁴-⁹₀-₉¼-¾⅐-⅞"  # digits and fractions that stand beside a number and change it
_TOKEN = re.compile(rf"\d+(?:[.,·٫٬'{INVISIBLE}]*[\d{_SMALL}]+)*|[^\W\d_]+\d*(?:'[^\W\d_]+)?|[^\w\s]|\n|_")
_NUMBER = re.compile(r"\d+(?:[.·٫]\d+)?")
UNSURE = "\ufffd"  # a number that could be two: "1,5" is one and a half here, and a list there
_SAME = {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-"}
_ENDS = {".", "?", "!", ";", "\n"}
_PARTS = {",", "(", ")", ":", "\n"}
_DOUBT = re.compile(r"(?:^|(?<=[\s(,;/+]))\?(?=[^\W\d_])")  # "?CES", "sciatica ?fracture": a clinician's doubt
_NEGATED = re.compile(r"^(.+?)(?:n't|'nt)$")
_IRREGULAR = {"ca": "can", "wo": "will", "sha": "shall"}
_SHORT_VERBS = {"m": "am", "ve": "have", "re": "are", "ll": "will"}
_GOES_ON = {"or", "nor", "and"}  # a line that begins or ends so is wrapped, and its sentence goes on
_WRAPPED = {*_GOES_ON, ",", "of", "the", "with", "a", "an", "in", "to", "her", "his", "my"}


class Token(NamedTuple):
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
    """The text in lower case with plain quotes, dashes and digits, letter for letter as long as the original."""
    if text.isascii():
        return text.lower()
    letters = []
    for letter in text:
        if not letter.isascii():
            letter = _plain_letter(letter)
        lower = letter.lower()
        letters.append(lower if len(lower) == 1 else letter)
    return "".join(letters)


def _plain_letter(letter: str) -> str:
    """Wide letters as narrow ones, digits of any script as ours; one letter for one."""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if unicodedata.category(letter) == "Cf":
        return INVISIBLE
    narrow = unicodedata.normalize("NFKC", letter) if unicodedata.east_asian_width(letter) == "F" else letter
    return _SAME.get(narrow, narrow) if len(narrow) == 1 else letter


def is_control(letter: str) -> bool:
    """A control character, or half a character, that no narrative holds; line breaks and tabs are fine."""
    return unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\r\t"


def tokenise(
    text: str, abbreviations: Set[str] = frozenset(), left_out: Mapping[str, str] | None = None
) -> list[Token]:
    """Tokens in order. "can't" and "cannot" become "can", "not"; "I'm" becomes "i", "am"; possessive 's is dropped.

    A number is written with our digits and a point; one that cannot be told is `UNSURE`. The mark in "?CES" becomes
    the word "query".
    """
    tokens: list[Token] = []
    sentence = part = 0
    bare = plain(text)
    doubts = {match.start() for match in _DOUBT.finditer(bare)}
    for match in _TOKEN.finditer(bare):
        word = "query" if match.start() in doubts else match[0]
        if word == "\n" and tokens and _is_wrapped(tokens[-1].word, bare[match.end() : match.end() + 8]):
            continue
        if word in _PARTS or word in _ENDS:
            part += 1
        for piece in _pieces(word, left_out or {}):
            tokens.append(Token(piece, match.start(), match.end(), sentence, part))
        if word in _ENDS and not (word == "." and tokens[-2:-1] and tokens[-2].word in abbreviations):
            sentence += 1
    return tokens


def _is_wrapped(before: str, after: str) -> bool:
    """Whether a line break stands inside a sentence: "numbness or", "foot drop"."""
    first = after.split()[:1] if after[:1].isalpha() else []
    return bool(first) and (before in _WRAPPED or first[0] in _GOES_ON)


def _pieces(word: str, left_out: Mapping[str, str]) -> list[str]:
    if word[0].isdecimal():
        return [word.replace("·", ".").replace("٫", ".") if _NUMBER.fullmatch(word) else UNSURE]
    if word == "cannot":
        return ["can", "not"]
    if word in left_out:
        return left_out[word].split()
    if "'" not in word:
        return [word]
    if match := _NEGATED.match(word):
        return [_IRREGULAR.get(match[1], match[1]), "not"]
    stem, _, verb = word.partition("'")
    return [stem, _SHORT_VERBS[verb]] if verb in _SHORT_VERBS else [word.removesuffix("'s")]


def joined(tokens: list[Token], breaks: set[int]) -> list[Token]:
    """The tokens with the sentences on both sides of these line breaks made one; places stay."""
    fewer, whole = 0, []
    for at, token in enumerate(tokens):
        whole.append(token._replace(sentence=token.sentence - fewer))
        fewer += at in breaks
    return whole


def respelt(tokens: list[Token], better: Mapping[str, str]) -> list[Token]:
    """The tokens with misspelt words replaced; places stay."""
    return [token._replace(word=better.get(token.word, token.word)) for token in tokens]
