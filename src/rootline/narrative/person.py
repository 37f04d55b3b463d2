"""Whose a mention is: the patient's or a relative's.

"My elderly mother cannot lift her foot" is about the patient; "my mother had cancer" beside "I have sciatica" is not.
Knows no fact; what a mention means is decided in `assertion`.
"""

from __future__ import annotations

from rootline.narrative.phrase import Found
from rootline.narrative.surroundings import Reach, Span, Surroundings

_SPEAKER = {"i", "my", "me", "myself"}
_OF_ALL = {"family", "fh", "fhx", "relative"}  # words of a phrase that names no one relative
_LEADS_TO = {"in", "of", "among", "the", "his", "her", "their", "my", "our", "your"}  # "no cancer in his mother"
_BACK = 7  # words back to the one whose leg it is
_DESCRIBED = 12  # words between "my" and the relative: "my 70-year-old, rather frail father"
_DEAD = {"died", "deceased"}
_JOINS = {"and", "or", "but", "like"}


class Persons:
    """The relatives named in one text, and whether one of them is the patient."""

    def __init__(
        self, around: Surroundings, family: list[Found[str]], spans: list[Span], complaints: list[Span]
    ) -> None:
        self._around = around
        self._history = [one for one in family if not _OF_ALL.isdisjoint(one.what.split())]
        kin = [one for one in family if _OF_ALL.isdisjoint(one.what.split())]
        self._kin_at = {one.start for one in kin}
        self._describing = {at for span in spans if self._is_short(span) for at in range(span.start, span.end)}
        self._relatives = [one for one in kin if not self._is_owner(one)]
        self._named_from: dict[int, int] = {}
        for one in kin:
            self._named_from[one.start] = self._first_word(one.start)
        self._of_kin = set(self._named_from.values())  # "my" in "my pregnant sister" is not the speaker's own
        self._speaker_is_patient = any(self._is_of_speaker(span) for span in spans)
        self._patient: str | None = None
        self._patient = self._find_patient(complaints)
        self._complaints = complaints

    def family(self, span: Span) -> Reach | None:
        """How a relative's mention it is, or None for the patient's."""
        lists = self._around.triggers.lists
        for trigger in self._history:
            if trigger.start >= span.end and self._is_named_behind(trigger, span):
                return "near"  # "no cancer in the family"
            if found := self._around.reach(trigger, span, lists["patient again"]):
                return found
        if self._is_of_speaker(span):
            return None
        ends = lists["speaker again"] if self._speaker_is_patient else lists["patient again"]
        kin = self._nearest(span, ends)
        if kin is None or self._is_patient(kin):
            return None
        # "my mother had cancer, cannot pee since today": behind the comma the patient may be meant again
        return "near" if self._around.same_part(kin.start, span.start) else "open"

    def may_be_of_another(self, span: Span) -> bool:
        """Whether what is denied may be so of a relative alone: "no liver disease in mother".

        A relative named after another's complaint need not be the patient: "sciatica. My mother has no fever".
        """
        if any(self._is_named_behind(one, span) and not self._is_patient(one) for one in self._relatives):
            return True
        kin = self._nearest(span, self._around.triggers.lists["patient again"])
        return kin is not None and any(one.end <= self._named_from[kin.start] for one in self._complaints)

    def _is_named_behind(self, one: Found[str], span: Span) -> bool:
        """Whether nothing but "in his", or more of a list, stands between the mention and the relative behind it."""
        around = self._around
        if one.start < span.end or not around.same_sentence(span.start, one.start):
            return False
        between = range(span.end, one.start)
        is_led = one.what.startswith("in ") or (one.start > 0 and not _LEADS_TO.isdisjoint([self._word(one.start - 1)]))
        return is_led and all(
            around.inside[at] or self._word(at) in _LEADS_TO | {","} or around.has("list words", at) for at in between
        )

    def _is_patient(self, one: Found[str]) -> bool:
        return self._around.tokens[one.start].word == self._patient

    def names_another(self, span: Span) -> bool:
        """Whether the mention is a word for somebody else: in the mouth of the patient, or a relative of the patient.

        A "mother of two" is the patient; one who says something of the patient is not.
        """
        if self._speaker_is_patient and self._around.has("another when I speak", span.start):
            return True
        if span.start not in self._kin_at or self._word(span.end) == "of":
            return False
        return self._around.tokens[span.start].word != self._patient or self._tells(span)

    def _tells(self, one: Found[str] | Span) -> bool:
        """Whether the relative tells of somebody: "my wife says", "the husband has noticed"."""
        at = one.end + (self._word(one.end) in ("has", "had", "also", "then"))
        return at < len(self._around.tokens) and self._around.has("tell of another", at)

    def _word(self, at: int) -> str:
        return self._around.tokens[at].word if at < len(self._around.tokens) else ""

    def _nearest(self, span: Span, ends: frozenset[str]) -> Found[str] | None:
        """The relative named last before the mention: "my wife says that my father cannot pee" tells of the father."""
        return next((one for one in reversed(self._relatives) if self._is_about(one, span, ends)), None)

    def _is_about(self, trigger: Found[str], span: Span, ends: frozenset[str]) -> bool:
        if trigger.end > span.start or not self._around.same_sentence(trigger.start, span.start):
            return False
        if self._is_past_talk(trigger) and not self._around.same_part(trigger.start, span.start):
            return False  # "my father died of cancer, I suppose, numb bottom since today": nobody dead is numb
        return ends.isdisjoint(self._around.words(trigger.end, span.start))

    def _is_of_speaker(self, span: Span) -> bool:
        """Whether "I" or "my" is the last person named before the mention's end: "my wife and I have sciatica"."""
        tokens = self._around.tokens
        for at in range(span.end - 1, max(-1, span.start - _BACK), -1):
            word = tokens[at].word
            if not self._around.same_sentence(at, span.start):
                return False
            if word in _SPEAKER:
                return at not in self._of_kin
            if at in self._kin_at or (at < span.start and self._around.has("persons", at)):
                return False
        return False

    def _find_patient(self, spans: list[Span]) -> str | None:
        """The relative who is the patient: "my mother", "Mum" at the start, or the only one with complaints.

        "My mother is not on warfarin" alone tells of no patient.
        """
        if self._speaker_is_patient or not spans:
            return None
        living = [one for one in self._relatives if not self._is_past_talk(one)]
        first_told = min(span.start for span in spans)
        may_be = self._around.triggers.lists["relatives who may be the patient"]
        named = [
            one
            for one in living
            if (self._opens(one) and one.start <= first_told)
            or self._around.tokens[self._named_from[one.start]].word in may_be
        ]
        told_of = [kin for span in spans if (kin := self._nearest(span, self._around.triggers.lists["patient again"]))]
        alone = (one for one in reversed(living) if self._has_all_complaints(one, spans))
        # named and nothing told of yet: "my mother is 80. She has sciatica", not "sciatica. My wife drove me here"
        opening = (one for one in named if one.start <= first_told and not self._tells(one))
        chosen = next((one for one in named if one in told_of), None) or next(opening, None) or next(alone, None)
        return self._around.tokens[chosen.start].word if chosen else None

    def _first_word(self, at: int) -> int:
        """Where the naming of a relative begins: at "my" in "my 70-year-old father", or at the relative itself."""
        may_be = self._around.triggers.lists["relatives who may be the patient"]
        for before in range(at - 1, max(-1, at - 1 - _DESCRIBED), -1):
            word = self._around.tokens[before].word
            if before in self._kin_at:
                return self._named_from[before]
            if word in may_be and self._around.same_sentence(before, at):
                return before
            if not (self._describes(before) or (word == "," and before < at - 1)):
                return at
        return at

    def _describes(self, at: int) -> bool:
        """Whether the word may stand between "my" and the relative: "diabetic", not a complaint told in two words."""
        token = self._around.tokens[at]
        if token.word in _JOINS or self._around.has("ends", at) or self._around.has("persons", at):
            return False
        is_plain = not self._around.inside[at] and (token.is_word or token.word in ("-", "/"))
        return is_plain or at in self._describing

    def _is_short(self, span: Span) -> bool:
        """One word, or one that counts: "pregnant", "28 weeks pregnant"."""
        return span.end - span.start == 1 or self._around.tokens[span.start].word[0].isdecimal()

    def _is_owner(self, one: Found[str]) -> bool:
        """ "My husband's elderly mother": the husband is only named to say whose mother it is."""
        tokens = self._around.tokens
        for at in range(one.end, min(len(tokens), one.end + _DESCRIBED)):
            if at in self._kin_at:
                return True
            if not self._describes(at):
                return False
        return False

    def _has_all_complaints(self, one: Found[str], spans: list[Span]) -> bool:
        """Whether all is told of this relative, and nobody else is named before: "Poor old mum cannot pee"."""
        tokens = self._around.tokens
        opening = self._around.sentence_start(one.start)
        people = self._around.triggers.lists["persons"] | _SPEAKER
        if any(token.word in people for token in tokens[: one.start]):
            return False
        if any(token.word[0].isdecimal() for token in tokens[:opening]):
            return False  # "45M. Father has cancer."
        ends = self._around.triggers.lists["speaker again"] | {"patient", "pt"}
        is_described = one.start > 0 and self._describes(one.start - 1)  # "diabetic mum", not "diabetes, mother has"
        return all(
            self._is_about(one, span, ends) or (is_described and span.end <= one.start and self._describes(span.start))
            for span in spans
        )

    def _is_past_talk(self, one: Found[str]) -> bool:
        """ "Father died of cancer", "my late father"."""
        tokens = self._around.tokens
        after = tokens[one.end].word if one.end < len(tokens) else ""
        return after in _DEAD or (one.start > 0 and tokens[one.start - 1].word == "late")

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
