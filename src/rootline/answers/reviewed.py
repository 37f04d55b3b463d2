"""An answer with its state of review: every place that shows an answer takes the state from here.

Asks nobody: what the state is was found out before.
"""

from __future__ import annotations

from rootline.answers import phrases as words
from rootline.answers.audience import VOICE
from rootline.answers.model import Answer, Review
from rootline.packs.model import Pack
from rootline.readers.english import Voice


def unreviewed(pack: Pack) -> Review:
    """The state of what is said from a pack, as long as nobody has decided on it."""
    return Review(state="submitted", updated=pack.updated, by="")


def reviewed(answer: Answer, review: Review) -> Answer:
    """The same answer, saying this of its review, in the state and in the disclaimer alike."""
    return answer.model_copy(update={"review": review, "disclaimer": disclaimer(review, VOICE[answer.audience])})


def disclaimer(review: Review, voice: Voice) -> str:
    """Pending human review, unless it is approved."""
    said = words.DISCLAIMER_APPROVED if review.state == "approved" else words.DISCLAIMER
    return said.to(voice)
