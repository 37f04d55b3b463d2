"""Which of some questions is nearest in words to a text. Knows no medicine."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, utils


def nearest_first(text: str, questions: Iterable[str]) -> list[str]:
    """The questions, nearest first; the same words in another order are near, and ties keep their order."""
    return sorted(questions, key=lambda one: -fuzz.token_set_ratio(text, one, processor=utils.default_process))
