"""An answer with its state of review: every place that shows an answer takes the state from here.

Asks nobody: what the state is was found out before.
"""

from __future__ import annotations

from rootline.answers import phrases as words
from rootline.answers.audience import VOICE
from rootline.answers.model import Answer, Review


def reviewed(answer: Answer, review: Review) -> Answer:
    """The same answer, saying this of its review, in the state and in the disclaimer alike."""
    return answer.model_copy(update={"review": review, "disclaimer": disclaimer(answer, review)})


def disclaimer(answer: Answer, review: Review) -> str:
    """Pending human review, unless it is approved."""
    said = words.DISCLAIMER_APPROVED if review.state == "approved" else words.DISCLAIMER
    return said.to(VOICE[answer.audience])
