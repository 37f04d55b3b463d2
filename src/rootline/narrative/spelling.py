"""Misspelt medical words, mended before anything is read: "numness" is read as "numbness".

Only a word that is unknown here, long enough, and one slip away from exactly the known words is mended (two
slips in long words); its first letter must be right. The user's text itself is never changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import DamerauLevenshtein

from rootline.narrative.tokens import Token

_SHORTEST, _LONG = 6, 9


@dataclass(frozen=True)
class Spelling:
    """The words known, whole; beginnings of which any ending is known; and those that no slip is mended into."""

    words: frozenset[str]
    beginnings: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()

    @cached_property
    def by_letter(self) -> dict[str, list[str]]:
        """What a misspelt word may mean, by its first letter."""
        found: dict[str, list[str]] = {}
        for word in sorted((self.words | self.beginnings) - self.never):
            if len(word) >= _SHORTEST - 1:
                found.setdefault(word[0], []).append(word)
        return found

    def has(self, word: str) -> bool:
        """Whether the word is right as it is."""
        forms = {word, word.rstrip("s")}
        return not (forms.isdisjoint(self.words) and forms.isdisjoint(self.beginnings))

    def begins(self, word: str) -> bool:
        """Whether it begins like a known word with any ending."""
        return any(word[:length] in self.beginnings for length in range(3, len(word)))


def mend(tokens: Iterable[Token], known: Spelling) -> dict[str, str]:
    """Misspelt word -> the known word meant."""
    better: dict[str, str] = {}
    for word in {token.word: None for token in tokens}:
        if len(word) >= _SHORTEST - 1 and word.isalpha() and not known.has(word):
            if meant := _meant(word, known):
                better[word] = meant
    return better


def _meant(word: str, known: Spelling) -> str | None:
    candidates = known.by_letter.get(word[0], [])
    if len(word) < _SHORTEST:
        candidates = [one for one in candidates if len(one) > len(word)]  # "sadle": a letter was left out
    if known.begins(word):  # "weakniss" begins like "weakening" and still means "weakness"
        candidates = [one for one in candidates if one in known.words and known.begins(one)]
    near = sorted(found for one in candidates if (found := _compare(word, one, known)))
    return near[0][1] if near else None


def _compare(word: str, meant: str, known: Spelling) -> tuple[int, str] | None:
    """How many letters are wrong, and the word mended; None when too many. A beginning leaves the ending alone."""
    limit = 2 if min(len(word), len(meant) + 1) >= _LONG else 1
    lengths = [len(word)] if meant in known.words else range(len(meant) - 1, len(meant) + 2)
    best = min((DamerauLevenshtein.distance(word[:at], meant, score_cutoff=limit), at) for at in lengths)
    return (best[0], meant + word[best[1] :]) if best[0] <= limit else None
