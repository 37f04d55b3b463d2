"""A denial that covers only a part of its fact: a degree of it, one side, another part of the body, all but something.

Such a denial leaves the fact open, for what was not denied may be there.
"""

from __future__ import annotations

from collections.abc import Iterable

from rootline.narrative.phrase import Found
from rootline.narrative.surroundings import Span, Surroundings

_JOINTS = {",", ";", "(", "and", "or", "nor", "but", "with"}
_OF = {"from", "of", "due"}
_IN = {"in", "of", "on", "to"}
_NEAR = 4  # words in which "in" names its place


class Narrowed:
    """What narrows the denials of one text."""

    def __init__(self, around: Surroundings, spans: list[Span], denials: Iterable[Found[str]]) -> None:
        self._around = around
        self._denials = {at for one in denials for at in range(one.start, one.end)}
        self._emergencies = around.find(around.triggers.groups["named emergencies"])
        self._sides = {word: side for side in ("left", "right") for word in around.triggers.lists[side]}
        told = [self._clause(span) for span in spans if span.reassuring or self._first(span) - 1 in self._denials]
        denied = {at for clause in told for at in clause}
        self._complaint = self._sides_in(at for at in range(len(around.tokens)) if at not in denied)

    def is_part(self, span: Span) -> bool:
        """Whether only a part of what the mention stands for is denied, or said to be well."""
        is_less = not span.reassuring and (self._is_modified(span) or self._is_cause(span))
        is_of_one = span.reassuring and self._is_of_one(span)
        is_local = self._is_elsewhere(span) or self._is_one_side(span)
        return is_less or is_of_one or is_local or self._has_exception(span)

    def _first(self, span: Span) -> int:
        """Where the words begin that speak of the mention: behind its "no", or behind the last comma or "and"."""
        at, start = span.start, self._around.sentence_start(span.start)
        while at > start and at - 1 not in self._denials and self._word(at - 1) not in _JOINTS:
            at -= 1
        return at

    def _clause(self, span: Span) -> range:
        """The words that speak of the mention, to the next comma or "and"."""
        end = span.end
        while end < self._around.sentence_end(span.end) and not self._is_end(end):
            end += 1
        return range(self._first(span), end)

    def _is_end(self, at: int) -> bool:
        if self._word(at) in ("or", "nor") and self._word(at + 1) in self._sides:
            return False  # "on the left or right"
        return at in self._denials or self._word(at) in _JOINTS or self._around.has("ends", at)

    def _is_modified(self, span: Span) -> bool:
        """ "No severe weakness", and every item of "no new weakness, numbness or bladder symptoms"."""
        if any(self._around.has("narrow words", at) for at in range(self._first(span), span.start)):
            return True
        at, start = span.start, self._around.sentence_start(span.start)
        while at > start and at - 1 not in self._denials:
            at -= 1
        return at > start and any(self._around.has("narrow lists", before) for before in range(at, span.start))

    def _is_cause(self, span: Span) -> bool:
        """ "No metastases from prostate cancer": denied is what stands before "from"."""
        before = range(self._first(span), span.start)
        return any(self._word(at) in _OF and self._around.inside[at - 1] for at in before if at)

    def _is_of_one(self, span: Span) -> bool:
        """ "No red flags for cancer", "infection red flags negative"; not "no red flags for 3 weeks"."""
        named = self._word(span.end + 1)
        is_time = named[:1].isdecimal() or any(named in self._around.triggers.time[key] for key in ("numbers", "units"))
        if self._word(span.end) in ("for", "of") and not is_time:
            return True
        before = span.start - 1
        is_named = before >= self._around.sentence_start(span.start) and self._around.has("other symptoms", before)
        return is_named or any(one.end == span.start for one in self._emergencies)

    def _is_elsewhere(self, span: Span) -> bool:
        """ "Upper limb power normal", "no weakness in my hands"; not "in arms or legs"."""
        around, end = self._around, span.end
        while end < around.sentence_end(span.end) and self._word(end) not in (",", ";", "but"):
            end += 1
        behind = [at for at in range(span.end, end) if _IN & set(around.words(max(span.end, at - _NEAR), at))]
        named = [*range(self._first(span), span.start), *behind]
        is_other = any(around.has("other parts", at) for at in named)
        return is_other and not any(around.has("own parts", at) for at in (*named, *self._clause(span)))

    def _is_one_side(self, span: Span) -> bool:
        """One side only, and not the one that everything else is told of."""
        sides = self._sides_in(self._clause(span))
        return len(sides) == 1 and sides != self._complaint

    def _has_exception(self, span: Span) -> bool:
        """ "No numbness except around the anus", "bowels fine, just soiled once"."""
        at, end = span.end, self._around.sentence_end(span.end)
        while at < end and self._word(at) not in _JOINTS and not self._is_exception(at):
            at += 1
        at += self._word(at) in (",", "(")
        return at < end and self._is_exception(at)

    def _is_exception(self, at: int) -> bool:
        return self._around.has("excepts", at) and not self._around.has("contrasts", at)

    def _sides_in(self, places: Iterable[int]) -> set[str]:
        return {self._sides[word] for at in places if (word := self._word(at)) in self._sides}

    def _word(self, at: int) -> str:
        return self._around.tokens[at].word if at < len(self._around.tokens) else ""
