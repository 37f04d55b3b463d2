"""The figures of a text, each with its unit and the words beside it, and whether another text says the same of them.

Compares letters; it does not know what a figure is of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SPELT = dict(zip("two three four five six seven eight nine ten eleven twelve".split(), range(2, 13), strict=True))
_TIMES = {"twice": "2", "thrice": "3"}
_NEAR = 5  # words on either side that are beside a figure
_WORD = re.compile(r"\d+(?:[.,·]\d+)*|[^\W\d_]+|%")
_UNITS = frozenset(
    "% percent mg g kg mcg µg μg ng ml l mmol minute hour day week month year time point tablet capsule dose".split()
)
_STOP = frozenset(
    "the and for with from than that this was were are not per but into over under least most within".split()
)


@dataclass(frozen=True)
class Figure:
    """A number in one spelling, its unit where one stands right after it, and the words beside it, cut short."""

    number: str
    unit: str
    beside: frozenset[str]

    def __str__(self) -> str:
        return f"{self.number} {self.unit}".strip()


def figures(text: str) -> Iterator[Figure]:
    """Every figure of one sentence, in order."""
    words = [one.group().lower() for one in _WORD.finditer(text)]
    for at, word in enumerate(words):
        number = _number(word)
        if number:
            after = _bare(words[at + 1]) if at + 1 < len(words) else ""
            unit = "time" if word in _TIMES else after if after in _UNITS else ""
            near = [*words[max(at - _NEAR, 0) : at], *words[at + 1 : at + 1 + _NEAR]]
            yield Figure(number, unit, frozenset(_cut(one) for one in near if _tells(one)))


def says(sentence: str, figure: Figure) -> bool:
    """Whether a sentence has the figure, with its unit, beside one of the same words."""
    return any(
        one.number == figure.number
        and (not figure.unit or one.unit == figure.unit)
        and (not figure.beside or bool(one.beside & figure.beside))
        for one in figures(sentence)
    )


def numbers(text: str) -> set[str]:
    """Every number of a text in one spelling: `1,200` is 1200, `0·5` is 0.5, `six` is 6, `2.0` is 2."""
    return {number for word in _WORD.findall(text.lower()) if word not in _TIMES and (number := _number(word))}


def _number(word: str) -> str:
    if word in SPELT:
        return str(SPELT[word])
    if not word[0].isdecimal():
        return _TIMES.get(word, "")
    plain = re.sub(r",(?=\d{3}\b)", "", word.replace("·", "."))
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _bare(word: str) -> str:
    return word if word in _UNITS else word.removesuffix("s")


def _tells(word: str) -> bool:
    return len(word) > 2 and word.isalpha() and word not in _STOP and word not in SPELT and _bare(word) not in _UNITS


def _cut(word: str) -> str:
    """Forms of one word alike: "pooled" and "pooling"."""
    return word[:4]
