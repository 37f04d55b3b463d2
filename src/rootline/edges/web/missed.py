"""What of a reader's words was not taken, for the page to tell above the urgency, and the signs that must not wait.

Never decides what a word means: the answer tells what was not taken, a follow-up what was not clear in it.
"""

from __future__ import annotations

from dataclasses import dataclass

from rootline.answers.audience import VOICE
from rootline.answers.conversation import Reply
from rootline.answers.model import WarningSign
from rootline.answers.warning_signs import warning_signs
from rootline.packs.model import Pack


@dataclass(frozen=True)
class Missed:
    """Words that were not understood at this turn, what is unclear in all of them, and what must not wait."""

    words: tuple[str, ...]
    earlier: tuple[str, ...]  # told at an earlier turn, and not understood since
    unclear: tuple[str, ...]
    warnings: tuple[WarningSign, ...]


def missed_in(found: Reply, new: int | None, pack: Pack) -> Missed | None:
    """What was missed, or None; `new` is how many follow-ups were just added, None where all of it is new.

    The warning signs stand beside a calm answer to words that were not all understood, where no plan tells them.
    """
    answer = found.worked.answer
    asked_on = _unclear(found, new or 0, pack)
    if answer.outcome == "refused" or not (answer.not_understood or answer.unclear or asked_on):
        return None
    signs = [f"Not clear from your words: {one.question} (“{one.words}”: {one.why})" for one in answer.unclear]
    known = {one.question for one in answer.unclear}
    told = [text for question, text in asked_on if question not in known]
    warnings = warning_signs(pack, VOICE[answer.audience]) if answer.do_not_wait or told else ()
    fresh = _said_now(answer.not_understood, found, new)
    earlier = tuple(one for one in answer.not_understood if one not in fresh)
    return Missed(fresh, earlier, (*signs, *told), warnings)


def _said_now(words: list[str], found: Reply, new: int | None) -> tuple[str, ...]:
    """Those of the words that stand in what was just asked on; all of them where nothing was asked before."""
    if new is None:
        return tuple(words)
    asked = [one.text for one in found.follow_ups[len(found.follow_ups) - new :]]
    return tuple(one for one in words if any(one in text for text in asked))


def _unclear(found: Reply, new: int, pack: Pack) -> list[tuple[str, str]]:
    """What a new follow-up said that could not be taken as a fact: the question it leaves open, and how to say so."""
    told, voice = [], VOICE[found.worked.audience]
    for one in found.follow_ups[len(found.follow_ups) - new :]:
        if not set(one.facts) - {"sex"} and not one.intent.is_focused:
            words = "Nothing in your words was understood as a fact. Say it in other words, or set it in the case."
            told.append(("", words))
        asks = [pack.facts[fact].ask.to(voice) for fact in one.unclear]
        told += [(question, f"Not clear from your words: {question}") for question in asks]
    return told
