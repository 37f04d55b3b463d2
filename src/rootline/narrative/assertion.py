"""What a mention in a narrative means: so, not so, doubtful, long past, somebody else's, only supposed, only asked.

The trigger words are data (`triggers.yaml`); here is how far they reach. In doubt a mention is not denied: a
wrong "no" could reassure, a missing one only asks again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rootline.narrative.phrase import Found, Phrases
from rootline.narrative.tokens import Token
from rootline.narrative.triggers import Triggers

Status = Literal["affirmed", "denied", "uncertain", "historical", "family", "hypothetical", "asked"]

_SELF_NEGATED = {"not", "unable", "lost", "no", "without", "non"}
_LINKS = {":", "-", "=", "is", "was", "are", "were", "been", "all", "both"}
_FARTHEST = 60  # words over which a denial reaches in a text without full stops
_FAR = 8  # words over which "history of" still speaks of what follows


@dataclass(frozen=True)
class Span:
    """The tokens a mention covers; whether it names a medicine, or says by itself that something is not so."""

    start: int
    end: int
    medicine: bool = False
    negative: bool = False


class Assertions:
    """The triggers of one text, and the status of each mention in it."""

    def __init__(self, tokens: list[Token], spans: list[Span], triggers: Triggers) -> None:
        self._tokens, self._triggers = tokens, triggers
        self._inside = [any(span.start <= at < span.end for span in spans) for at in range(len(tokens))]
        self._before = {group: self._outside(phrases) for group, phrases in triggers.before.items()}
        self._after = {group: self._outside(phrases) for group, phrases in triggers.after.items()}
        masks = [*triggers.no_denial.find(tokens), *self._before["uncertain"]]
        for where in (self._before, self._after):
            where["denied"] = [one for one in where["denied"] if not _covered(one, masks)]
        self._before["denied"] = [one for one in self._before["denied"] if not self._is_answer(one)]
        supposed = list(triggers.supposed.find(tokens))
        self._before["hypothetical"] = [one for one in self._before["hypothetical"] if not _covered(one, supposed)]
        self._patient_is_relative = self._first_relative_is_patient()

    def _outside(self, phrases: Phrases[str]) -> list[Found[str]]:
        """Triggers that are not part of a mention's own words."""
        return [one for one in phrases.find(self._tokens) if not self._inside[one.start]]

    def status(self, span: Span) -> Status:
        """What the mention means."""
        if self._is_family(span):
            return "family"
        if any(self._reaches_on(one, span) for one in self._before["hypothetical"]):
            return "hypothetical"
        if span.medicine and (status := self._medicine(span)):
            return status
        if self._answered(span) == "yes":
            return "affirmed"
        denial = "denied" if self._answered(span) == "no" else self._denial(span)
        if (denial or span.negative) and self._has_ended(span):
            return "historical"  # "bladder normal until yesterday": no longer so
        if denial:
            return denial
        if span.negative and self._is_left_open(span):
            return "uncertain"
        if self._is_uncertain(span):
            return "uncertain"
        return "historical" if self._is_historical(span) else "affirmed"

    def _same_sentence(self, first: int, second: int) -> bool:
        return self._tokens[first].sentence == self._tokens[second].sentence

    def _words(self, start: int, end: int) -> list[str]:
        return [self._tokens[at].word for at in range(start, end) if not self._inside[at]]

    def _reaches_on(self, trigger: Found[str], span: Span) -> bool:
        """A trigger that holds to the end of its sentence, unless "but" turns it."""
        if trigger.end > span.start or not self._same_sentence(trigger.start, span.start):
            return False
        return not {"but", "however"} & set(self._words(trigger.end, span.start))

    def _is_family(self, span: Span) -> bool:
        for trigger in self._before["family"]:
            if self._patient_is_relative and trigger.what not in ("family history", "fh", "fhx", "runs in the family"):
                continue
            if trigger.end <= span.start and self._reaches(trigger, span, {"but", "she", "he", "i", "patient"}):
                return True
        return False

    def _first_relative_is_patient(self) -> bool:
        relatives = [one for one in self._before["family"] if not self._inside[one.start]]
        if not relatives:
            return False
        first = relatives[0].start
        if not first:
            return False
        return self._tokens[first - 1].word in self._triggers.lists["relatives who may be the patient"]

    def _reaches(self, trigger: Found[str], span: Span, ends: set[str] | frozenset[str]) -> bool:
        if not self._same_sentence(trigger.start, span.start):
            return False
        return not set(self._words(trigger.end, span.start)) & ends

    def _answered(self, span: Span) -> str | None:
        """ "Fever: no", "saddle numbness? No." """
        after = [token.word for token in self._tokens[span.end : span.end + 3]]
        if not after:
            return None
        if after[0] in (":", "=", "?", "-") and len(after) > 1 and after[1] in self._triggers.answers:
            return self._triggers.answers[after[1]]
        is_last = len(after) == 1 or not after[1][0].isalnum()
        return self._triggers.answers.get(after[0]) if is_last else None

    def _is_answer(self, trigger: Found[str]) -> bool:
        """ "Weakness: nil, sciatica": the answer belongs to what stands before it."""
        at = trigger.start
        return at >= 2 and self._tokens[at - 1].word in (":", "=", "?", "-") and self._inside[at - 2]

    def _denial(self, span: Span) -> Status | None:
        """ "denied", "uncertain" where a denial may or may not reach so far, or None."""
        ahead = [self._denies_ahead(one, span) for one in self._before["denied"] if self._may_reach(one, span)]
        if "denied" in ahead or any(self._close_behind(one, span) for one in self._after["denied"]):
            return "denied"
        return "uncertain" if "uncertain" in ahead else None

    def _may_reach(self, trigger: Found[str], span: Span) -> bool:
        return 0 <= span.start - trigger.end <= _FARTHEST and self._same_sentence(trigger.start, span.start)

    def _denies_ahead(self, trigger: Found[str], span: Span) -> Status | None:
        if not self._reaches(trigger, span, self._triggers.lists["ends"]):
            return None
        own = {token.word for token in self._tokens[span.start : span.end]}
        if (span.negative or own & _SELF_NEGATED) and span.start - trigger.end > 1:
            return None
        first = trigger.end + (self._tokens[trigger.end].word == ":")  # "No: fever, foot drop"
        crossed = [at for at in range(first, span.start) if self._is_joint(at)]
        if not crossed:
            return "denied"
        if not any(self._inside[first : crossed[0]]) or not self._is_bare(first):
            return None  # "no tablets, foot drop": the denial has its own object
        if any(self._is_dash(at) or not self._is_bare(at + 1) for at in crossed):
            return None  # "denies fever, foot drop since yesterday"
        closed = {"or", "nor"} & set(self._words(first, self._end_of_list(span.end)))
        return "denied" if closed or trigger.what in self._triggers.lists["reaches far"] else "uncertain"

    def _is_joint(self, at: int) -> bool:
        return not self._inside[at] and (self._tokens[at].word in (",", "and", "(", ":") or self._is_dash(at))

    def _is_dash(self, at: int) -> bool:
        """A dash with space around it; a hyphen has none."""
        token = self._tokens[at]
        return token.word == "-" and self._tokens[at - 1].end < token.start and token.end < self._tokens[at + 1].start

    def _end_of_list(self, at: int) -> int:
        sentence = self._tokens[at - 1].sentence
        while at < len(self._tokens) and self._tokens[at].sentence == sentence:
            at += 1
        return at

    def _has_ended(self, span: Span) -> bool:
        """ "Normal until yesterday", "no problems before Monday"."""
        after = self._tokens[span.end : span.end + _FAR]
        return any(self._same(token, span) and token.word in self._triggers.lists["ended"] for token in after)

    def _is_left_open(self, span: Span) -> bool:
        """ "Bladder normal?", "no red flags except", "are there no red flags?"."""
        after = [token.word for token in self._tokens[span.end : self._end_of_list(span.end)]]
        first = next(token.word for token in self._tokens if self._same(token, span))
        is_asked = after[:1] == ["?"] and first not in ("what", "how", "which", "when", "why", "who", "should")
        return (is_asked and self._answered(span) != "yes") or bool(self._triggers.lists["limits"] & set(after))

    def _is_bare(self, start: int) -> bool:
        """Whether the stretch up to the next comma holds mentions and list words only."""
        at = start
        while at < len(self._tokens) and self._tokens[at].word not in (",", ".", ";", "\n", "?", ")", ":"):
            if not self._inside[at] and self._tokens[at].word not in self._triggers.lists["list words"]:
                return False
            at += 1
        return True

    def _close_behind(self, trigger: Found[str], span: Span) -> bool:
        """A trigger right after the mention, with nothing but "is", ":" and the like between."""
        if trigger.start < span.end or not self._same_sentence(span.start, trigger.start):
            return False
        return all(word in _LINKS for word in self._words(span.end, trigger.start))

    def _is_uncertain(self, span: Span) -> bool:
        if span.start and self._tokens[span.start - 1].word == "?":
            return True
        ahead = [one for one in self._before["uncertain"] if one.end <= span.start]
        if any(self._reaches(one, span, self._triggers.lists["ends"]) for one in ahead):
            return True
        return any(self._close_behind(one, span) for one in self._after["uncertain"])

    def _is_historical(self, span: Span) -> bool:
        for trigger in self._before["historical"]:
            is_duration = self._follows_duration(trigger)
            if is_duration or trigger.end > span.start or span.start - trigger.end > _FAR:
                continue
            same_part = self._tokens[trigger.start].part == self._tokens[span.start].part
            if same_part and self._reaches(trigger, span, self._triggers.lists["ends"]):
                return True
        return any(
            0 <= trigger.start - span.end <= 4 and self._tokens[trigger.start].part == self._tokens[span.start].part
            for trigger in self._after["historical"]
        )

    def _follows_duration(self, trigger: Found[str]) -> bool:
        """ "6-week history of" says how long, not that it is over."""
        near = [token.word for token in self._tokens[max(0, trigger.start - 2) : trigger.start]]
        return any(word in self._triggers.time["units"] or word[0].isdigit() for word in near)

    def is_question(self, at: int) -> bool:
        """Whether the token's sentence asks something."""
        number = self._tokens[at].sentence
        sentence = [token.word for token in self._tokens if token.sentence == number]
        words = [word for word in sentence if word[0].isalnum()]
        return "?" in sentence or (bool(words) and words[0] in self._triggers.lists["question words"])

    def _medicine(self, span: Span) -> Status | None:
        """Named is not yet taken: in a question a medicine is only asked about, unless its words say "takes"."""
        lists = self._triggers.lists
        near = [token.word for token in self._tokens[max(0, span.start - 3) : span.start] if self._same(token, span)]
        if set(near) & lists["not taking"]:
            return "historical"
        if not self.is_question(span.start):
            return None
        ahead = [token.word for token in self._tokens[: span.start] if self._same(token, span)]
        if set(ahead) & (lists["taking"] - {"long", "started"}):
            return None
        is_with = "with" in near and not set(ahead) & lists["treating"]
        return None if is_with else "asked"

    def _same(self, token: Token, span: Span) -> bool:
        return token.sentence == self._tokens[span.start].sentence


def _covered(one: Found[str], masks: list[Found[str]]) -> bool:
    return any(mask.start <= one.start and one.end <= mask.end and mask is not one for mask in masks)
