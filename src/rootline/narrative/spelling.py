"""Misspelt medical words, mended before anything is read: "numness" is read as "numbness".

Only a word that is unknown here, long enough, and one slip away from exactly the known words is mended (two
slips in long words); its first letter must be right. The user's text itself is never changed.
"""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import DamerauLevenshtein

from rootline.narrative.tokens import Token

_SHORTEST, _LONG = 6, 9


def mend(tokens: Iterable[Token], known: set[str]) -> dict[str, str]:
    """Misspelt word -> the known word meant."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(known):
        if len(word) >= _SHORTEST - 1:
            by_letter.setdefault(word[0], []).append(word)
    better: dict[str, str] = {}
    for token in tokens:
        word = token.word
        if len(word) >= _SHORTEST and word.isalpha() and not _is_known(word, known) and word not in better:
            if meant := _nearest(word, by_letter.get(word[0], [])):
                better[word] = meant
    return better


def _is_known(word: str, known: set[str]) -> bool:
    if word in known or word.rstrip("s") in known:
        return True
    # a beginning ("radicul*") stands in the known words without its star
    return any(word[:length] in known for length in range(4, len(word)))


def _nearest(word: str, candidates: list[str]) -> str | None:
    slips = 2 if len(word) >= _LONG else 1
    best = [(DamerauLevenshtein.distance(word, one, score_cutoff=slips), one) for one in candidates]
    near = sorted((distance, one) for distance, one in best if distance <= slips)
    return near[0][1] if near else None
