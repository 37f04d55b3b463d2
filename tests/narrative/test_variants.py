"""The other ways in which a sentence says one thing, and what is never left out of it."""

from __future__ import annotations

import pytest

from rootline.narrative.phrase import Phrases
from rootline.narrative.tokens import tokenise
from rootline.narrative.variants import find_all

PHRASES = Phrases((one, one) for one in ("foot weak", "foot numb", "weak foot", "can not pee", "cold foot"))


def _found(text: str) -> dict[str, str]:
    tokens = tokenise(text)
    return {one.what: " ".join(tokens[at].word for at in sorted(one.own)) for one in find_all(PHRASES, tokens)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("foot numb and weak", {"foot numb", "foot weak"}),
        ("foot numb, cold and very weak", {"foot numb", "foot weak"}),
        ("cold and weak foot", {"cold foot", "weak foot"}),
        ("foot numb but weak", {"foot numb"}),
        ("foot numb and not weak", {"foot numb"}),
        ("foot numb. Weak", {"foot numb"}),
        ("why can't I pee", {"can not pee"}),
        ("can't she even seem to pee", {"can not pee"}),
        ("can I pee", set()),
        ("why can I not pee", {"can not pee"}),
        ("cold, weak foot", {"cold foot", "weak foot"}),
        ("arm cold, weak foot", {"weak foot"}),
    ],
)
def test_each_state_is_looked_up_alone_and_a_denial_is_never_passed_over(text: str, found: set[str]) -> None:
    assert set(_found(text)) == found


def test_a_phrase_owns_only_its_own_words() -> None:
    assert _found("foot numb and weak")["foot weak"] == "foot weak"
