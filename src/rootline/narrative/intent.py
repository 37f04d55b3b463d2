"""What a text asks for: whether it is this pack's topic, which sections, which treatments.

Only questions ask; where there is none, the sentences without a fact do. Facts are not read here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rootline.narrative.phrase import Found, Phrases
from rootline.narrative.tokens import Token

if TYPE_CHECKING:
    from rootline.narrative.assertion import Assertions
    from rootline.narrative.lexicon import Lexicon
    from rootline.narrative.surroundings import Span


@dataclass(frozen=True)
class Intent:
    """Whether the pack covers the text, and what it asks about; empty means: the whole plan."""

    covered: bool = False
    sections: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    whole: bool = True

    @property
    def is_focused(self) -> bool:
        """Whether only some sections or treatments are asked about."""
        return bool(self.sections or self.actions) and not self.whole


def find_intent(tokens: list[Token], spans: list[Span], assertions: Assertions, lexicon: Lexicon) -> Intent:
    """The intent of a tokenised text whose mentions are already found."""
    asking = asking_sentences(tokens, {tokens[span.start].sentence for span in spans}, assertions.is_question)
    whole = any(tokens[one.start].sentence in asking for one in lexicon.whole.find(tokens))
    return Intent(
        is_covered(tokens, lexicon),
        _asked(lexicon.sections, tokens, asking),
        _asked(lexicon.actions, tokens, asking),
        whole,
    )


def is_title(tokens: list[Token], lexicon: Lexicon) -> bool:
    """Whether one sentence names a treatment and what it is for: "opioids for sciatica", not "ibuprofen for 3 weeks".

    It asks like a question, and tells of no treatment that is taken.
    """
    if not tokens or tokens[-1].sentence != tokens[0].sentence:
        return False
    ends = [one.end for one in lexicon.actions.find(tokens) if one.start == 0]
    after = tokens[max(ends) : max(ends) + 2] if ends else []
    return len(after) == 2 and after[0].word in ("for", "in") and not after[1].word[0].isdigit()


def asking_sentences(tokens: list[Token], with_facts: set[int], is_question: Callable[[int], bool]) -> set[int]:
    """The sentences that ask for something: questions, or where there is none those that tell no fact."""
    firsts = {token.sentence: at for at, token in reversed(list(enumerate(tokens)))}
    return {number for number, at in firsts.items() if is_question(at)} or set(firsts) - with_facts


def is_covered(tokens: list[Token], lexicon: Lexicon) -> bool:
    """Whether a word of the topic stands there that is no part of another topic's: "C6 radiculopathy"."""
    others = list(lexicon.elsewhere.find(tokens))
    return any(not any(_inside(one, other) for other in others) for one in lexicon.covers.find(tokens))


def _asked(phrases: Phrases[str], tokens: list[Token], asking: set[int]) -> tuple[str, ...]:
    """What is named in the asking sentences; a name inside a longer one does not count on its own."""
    found = [one for one in phrases.find(tokens) if tokens[one.start].sentence in asking]
    kept = [one for one in found if not any(_inside(one, other) for other in found)]
    return tuple(dict.fromkeys(one.what for one in kept))


def _inside(one: Found[str], other: Found[str]) -> bool:
    return other.start <= one.start and one.end <= other.end and (other.end - other.start) > (one.end - one.start)
