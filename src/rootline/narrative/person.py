"""Whose a mention is: the patient's or a relative's.

"My mother cannot lift her foot" is about the patient; "my mother had cancer" beside "I have sciatica" is not.
"""

from __future__ import annotations

from rootline.narrative.phrase import Found
from rootline.narrative.surroundings import Reach, Span, Surroundings

_SPEAKER = {"i", "my", "me", "myself"}
_NO_RELATIVE = {"family history", "family hx", "fh", "fhx", "runs in the family"}
_BACK = 7  # words back to the one whose leg it is


class Persons:
    """The relatives named in one text, and whether one of them is the patient."""

    def __init__(self, around: Surroundings, family: list[Found[str]], spans: list[Span]) -> None:
        self._around = around
        self._history = [one for one in family if one.what in _NO_RELATIVE]
        self._relatives = [one for one in family if one.what not in _NO_RELATIVE]
        self._kin_at = {one.start for one in self._relatives}
        self._speaker_is_patient = any(self._is_of_speaker(span) for span in spans)
        self._patient = self._find_patient(spans)

    def family(self, span: Span) -> Reach | None:
        """How a relative's mention it is, or None for the patient's."""
        lists = self._around.triggers.lists
        for trigger in self._history:
            if found := self._around.reach(trigger, span, lists["patient again"]):
                return found
        if self._is_of_speaker(span):
            return None
        ends = lists["speaker again"] if self._speaker_is_patient else lists["patient again"]
        return "near" if any(self._is_about(one, span, ends) for one in self._relatives) else None

    def names_another(self, span: Span) -> bool:
        """Whether the mention is a word for somebody else in the mouth of the patient."""
        return self._speaker_is_patient and self._around.has("another when I speak", span.start)

    def _is_about(self, trigger: Found[str], span: Span, ends: frozenset[str]) -> bool:
        if trigger.end > span.start or not self._around.same_sentence(trigger.start, span.start):
            return False
        if self._patient == self._around.tokens[trigger.start].word:
            return False
        return ends.isdisjoint(self._around.words(trigger.end, span.start))

    def _is_of_speaker(self, span: Span) -> bool:
        """Whether "I" or "my" is the last person named before the mention's end: "my wife and I have sciatica"."""
        tokens = self._around.tokens
        for at in range(span.end - 1, max(-1, span.start - _BACK), -1):
            word = tokens[at].word
            if not self._around.same_sentence(at, span.start):
                return False
            if word in _SPEAKER:
                return at + 1 not in self._kin_at
            if at in self._kin_at or (at < span.start and self._around.has("persons", at)):
                return False
        return False

    def _find_patient(self, spans: list[Span]) -> str | None:
        """The relative who is the patient: named as "my mother", or as "Mum" before anything is told."""
        if self._speaker_is_patient:
            return None
        first_told = min((span.start for span in spans), default=0)
        for one in self._relatives:
            if self._is_past_talk(one):
                continue
            before = self._around.tokens[one.start - 1].word if one.start else ""
            is_opening = self._opens(one) and one.start <= first_told
            if is_opening or before in self._around.triggers.lists["relatives who may be the patient"]:
                return self._around.tokens[one.start].word
        return None

    def _is_past_talk(self, one: Found[str]) -> bool:
        """ "Father died of cancer"."""
        return self._around.tokens[one.end : one.end + 1] != [] and self._around.tokens[one.end].word == "died"

    def _opens(self, one: Found[str]) -> bool:
        """A sentence that begins "Mum has …" or "Mother (82) …", not "Mother had …"."""
        tokens = self._around.tokens
        if one.start and self._around.same_sentence(one.start - 1, one.start):
            return False
        after = tokens[one.end].word if one.end < len(tokens) else ""
        return (
            after[:1] in (",", "(", "-")
            or after[:1].isdecimal()
            or (self._around.has("pet names", one.start) and after != "had")
        )
