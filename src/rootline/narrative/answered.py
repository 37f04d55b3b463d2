"""A mention with an answer behind it: "fever: no", "saddle numbness? Not sure.", "clonus (-)", "fever -ve".

An answer counts only at the end of its clause: "no change" and "no idea" are none.
"""

from __future__ import annotations

from typing import Literal

from rootline.narrative.phrase import Found
from rootline.narrative.surroundings import Span, Surroundings

Answer = Literal["yes", "no", "unsure"]
_ASKS = {":", "=", "?", "-", "("}
_LONGEST = 5  # words of an answer that holds a denial: "not that she knows"


class Answers:
    """The answers that stand in one text."""

    def __init__(self, around: Surroundings, uncertain: list[Found[str]]) -> None:
        self._around = around
        self._doubts = {one.start for one in uncertain}

    def to(self, span: Span) -> Answer | None:
        """What is answered right behind the mention, if anything."""
        at = span.end
        mark = self._word(at)
        if mark == "?":
            return self._reply(at + 1)
        if mark in ("-", "+") and (self._word(at + 1) == "ve" or not self._word(at + 1)[:1].isalnum()):
            return "no" if mark == "-" else "yes"
        if mark == "(" and self._word(at + 1) in ("-", "+") and self._word(at + 2) in (")", "ve"):
            return "no" if self._word(at + 1) == "-" else "yes"
        return self._said(at + (mark in _ASKS))

    def end_of_denial(self, span: Span) -> int | None:
        """Where the "no" ends that answers the mention, if one does."""
        if self.to(span) != "no":
            return None
        near = range(span.end, min(len(self._around.tokens), span.end + _LONGEST))
        return next((at + 1 for at in near if self._said(at) == "no"), None)

    def _reply(self, at: int) -> Answer | None:
        """The sentence after a question mark, or the line after it: "Fever? - no", "Q: fever? A: no"."""
        while self._word(at) in ("-", ":", "a", "\n"):
            at += 1
        if found := self._said(at):
            return found
        if at in self._doubts or self._word(at) in self._around.triggers.lists["do not know"]:
            return "unsure"
        reply = self._around.words(at, min(at + _LONGEST, self._end(at)))
        is_short = len(reply) < _LONGEST and not any(self._around.inside[at : self._end(at)])
        denies = {"no", "not", "nope", "never", "none", "denies", "nothing"} & set(reply)
        return "unsure" if denies and (is_short or reply[0] == "no") else None

    def _said(self, at: int) -> Answer | None:
        word = self._word(at)
        if word not in self._around.triggers.answers or self._word(at + 1)[:1].isalnum():
            return None
        return "yes" if self._around.triggers.answers[word] == "yes" else "no"

    def is_one(self, trigger: Found[str]) -> bool:
        """Whether a "no" answers what stands before it: "Weakness: nil, sciatica"."""
        at = trigger.start
        return at >= 2 and self._word(at - 1) in _ASKS and self._around.inside[at - 2] and self._said(at) is not None

    def _word(self, at: int) -> str:
        return self._around.tokens[at].word if at < len(self._around.tokens) else "."

    def _end(self, at: int) -> int:
        return self._around.sentence_end(at + 1) if at < len(self._around.tokens) else at
