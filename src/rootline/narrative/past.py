"""What is over: "history of", "years ago", "resolved", and what was normal only until now.

A length of time is not a past: "in the past 2 days", "2 day history of".
"""

from __future__ import annotations

from rootline.narrative.phrase import Found
from rootline.narrative.surroundings import Span, Surroundings

_FAR = 8  # words over which "history of" still speaks of what follows
_CLOSE = 4
_STILL = {"since", "for", "started", "began", "starting"}


class Past:
    """The words of one text that say that something is over."""

    def __init__(
        self,
        around: Surroundings,
        before: list[Found[str]],
        after: list[Found[str]],
        earlier: list[Found[str]],
        beside: list[Found[str]],
    ) -> None:
        self._around = around
        self._before = [one for one in before if not self._is_length(one)]
        self._after = [one for one in after if not self._is_length(one)]
        self._earlier, self._beside = earlier, beside

    def is_over(self, span: Span) -> bool:
        """Whether the mention belongs to the past."""
        if self.lasts(span):
            return False
        ends = self._around.triggers.lists["ends"]
        if any(self._is_ahead(one, span) and self._around.reach(one, span, ends) for one in self._before):
            return True
        return any(self._is_behind(one, span) for one in self._after)

    def _is_ahead(self, one: Found[str], span: Span) -> bool:
        return 0 <= span.start - one.end <= _FAR and self._around.same_part(one.start, span.start)

    def _is_behind(self, one: Found[str], span: Span) -> bool:
        if not 0 <= one.start - span.end <= _CLOSE or any(self._around.inside[span.end : one.start]):
            return False
        between = self._around.words(span.end, one.start)
        if _STILL & set(between):
            return False
        return self._around.same_part(one.start, span.start) or one.what in ("none now", "not now")

    def lasts(self, span: Span) -> bool:
        """Whether "since" or "for" follows: it is there now."""
        near = [token.word for token in self._around.after(span, 3) if token.part == self._part(span)]
        return bool(_STILL & set(near))

    def has_changed(self, span: Span) -> bool:
        """Whether what is denied or normal was so only once: "normal until yesterday", "at last review no fever"."""
        tokens = self._around.tokens
        for at in self._around.rest_of_list(span):
            if self._around.has("ended", at) and tokens[at - 1].word not in _STILL:
                return True
        if any(one.end <= span.start and self._around.same_sentence(one.start, span.start) for one in self._earlier):
            return True
        return any(self._is_beside(one, span) for one in (*self._earlier, *self._beside))

    def _is_beside(self, one: Found[str], span: Span) -> bool:
        """ "No weakness at first", "in 2019 MRI: no fracture"; a year with a mention of its own is that mention's."""
        first, last = (one.end, span.start) if one.end <= span.start else (span.end, one.start)
        if not self._around.same_sentence(one.start, span.start) or any(self._around.inside[first:last]):
            return False
        return not ({",", "but", "now"} & set(self._around.words(first, last)))

    def _part(self, span: Span) -> int:
        return self._around.tokens[span.end - 1].part

    def _is_length(self, one: Found[str]) -> bool:
        """ "6-week history of", "the past 2 days" say how long, not that it is over."""
        tokens, time = self._around.tokens, self._around.triggers.time
        near = tokens[max(0, one.start - 2) : one.start] if tokens[one.start].word == "history" else []
        if tokens[one.end - 1].word in ("past", "last"):
            near = tokens[one.end : one.end + 2]
        return any(token.word in time["units"] or token.word[0].isdecimal() or token.word == "few" for token in near)
