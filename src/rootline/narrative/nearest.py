"""Which of a pack's own questions are near to a text: they speak of the same facts, or it asks in their words.

Few, and none where nothing is near: a list of everything helps nobody. Knows no medicine but the pack's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rootline.logic.values import Value, narrow
from rootline.narrative.read import read_narrative
from rootline.packs.model import Pack

_MOST = 3
_ENOUGH = 0.5  # of the telling words of a text
_WORD = re.compile(r"[^\W\d_]{5,}")


@dataclass(frozen=True)
class _Heard:
    """One of the pack's questions: the facts it names, and the words that tell it from the others."""

    text: str
    facts: Mapping[str, Value]
    words: frozenset[str]


def nearest_questions(text: str, known: Mapping[str, Value], pack: Pack) -> list[str]:
    """At most three of the pack's questions, nearest first; `known` are the facts of the case."""
    words = _words(text) - _common(pack)
    ranked = []
    for one in _questions(pack):
        facts = sum(fact in known and narrow(known[fact], value) is not None for fact, value in one.facts.items())
        share = len(words & one.words) / len(words) if words else 0.0
        if one.text != text and (facts or share >= _ENOUGH):
            ranked.append(((-facts, -share), one.text))
    return [question for _, question in sorted(ranked, key=lambda one: one[0])[:_MOST]]


@lru_cache(maxsize=4)
def _questions(pack: Pack) -> tuple[_Heard, ...]:
    texts = [one.text for one in pack.questions]
    return tuple(_Heard(one, read_narrative(one, pack).values, _words(one) - _common(pack)) for one in texts)


@lru_cache(maxsize=4)
def _common(pack: Pack) -> frozenset[str]:
    """The words of most questions: they tell none from another."""
    counts = Counter(word for one in pack.questions for word in _words(one.text))
    return frozenset(word for word, count in counts.items() if 2 * count > len(pack.questions) > 2)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))
