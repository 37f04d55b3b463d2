"""What of a reader's words was not taken, for the page to tell above the urgency, and the signs that must not wait.

Never decides what a word means: `narrative` tells what was heard, `answers` what must not wait.
"""

from __future__ import annotations

from dataclasses import dataclass

from rootline.answers.audience import VOICE
from rootline.answers.conversation import Conversation, Reply
from rootline.answers.model import WarningSign
from rootline.answers.warning_signs import warning_signs
from rootline.narrative.unread import unread
from rootline.packs.model import Pack


@dataclass(frozen=True)
class Missed:
    """Words of which nothing was understood, what is unclear in the newest follow-up, and what must not wait."""

    words: tuple[str, ...]
    unclear: tuple[str, ...]
    warnings: tuple[WarningSign, ...]


def missed_in(asked: Conversation, found: Reply, new: int, pack: Pack) -> Missed | None:
    """What was missed, or None; `new` is how many follow-ups were just added.

    The warning signs stand beside every calm answer to words that were not all understood.
    """
    texts = (asked.question, *(one.text for one in found.follow_ups))
    words = tuple(part for text in texts for part in unread(text, pack))
    unclear = _unclear(found, new, pack)
    answer = found.worked.answer
    if answer.outcome == "refused" or not (words or unclear):
        return None
    is_calm = answer.urgency.at_least in ("soon", "routine")
    return Missed(words, unclear, warning_signs(pack, VOICE[answer.audience]) if is_calm or unclear else ())


def _unclear(found: Reply, new: int, pack: Pack) -> tuple[str, ...]:
    """What a new follow-up said that could not be taken as a fact."""
    told, voice = [], VOICE[found.worked.audience]
    for one in found.follow_ups[len(found.follow_ups) - new :]:
        if not set(one.facts) - {"sex"} and not one.intent.is_focused:
            told.append("Nothing in your words was understood as a fact. Say it in other words, or set it in the case.")
        told += [f"Not clear from your words: {pack.facts[fact].ask.to(voice)}" for fact in one.unclear]
    return tuple(told)
