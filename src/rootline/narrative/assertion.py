"""What a mention in a narrative means: so, not so, doubtful, past, somebody else's, only supposed or asked, taken back.

The trigger words are data (`triggers.yaml`); how far they reach is told by `surroundings`. In doubt a mention is not
denied: a wrong "no" could reassure, a missing one only asks again.
"""

from __future__ import annotations

from typing import Literal

from rootline.narrative.answered import Answers
from rootline.narrative.narrowed import Narrowed
from rootline.narrative.past import Past
from rootline.narrative.person import Persons
from rootline.narrative.phrase import Found
from rootline.narrative.surroundings import Reach, Span, Surroundings
from rootline.narrative.tokens import Token
from rootline.narrative.triggers import Triggers

Status = Literal[
    "affirmed", "denied", "uncertain", "historical", "family", "hypothetical", "asked", "impossible", "taken back"
]

_SELF_NEGATED = {"not", "unable", "lost", "no", "without", "non"}
_SELF_AFFIRMED = {"positive", "+", "has", "have", "had", "with"}
_LINKS = {":", "-", "=", "is", "was", "are", "were", "been", "all", "both"}


class Assertions:
    """The triggers of one text, and the status of each mention in it."""

    def __init__(self, tokens: list[Token], spans: list[Span], triggers: Triggers, is_title: bool = False) -> None:
        self._around = around = Surroundings(tokens, spans, triggers, is_title)
        self._lists = triggers.lists
        found = {group: around.find(phrases) for group, phrases in triggers.groups.items()}
        no_denial, no_doubt, supposed = found["not a denial"], found["not a doubt"], found["supposed"]
        self._denied = _without(found["denied before"], [*no_denial, *found["uncertain"]])
        self._denied_after = _without(found["denied after"], [*no_denial, *found["uncertain"]])
        self._uncertain = _without(found["uncertain"], no_doubt)
        self._supposed = _without(found["hypothetical"], [*supposed, *found["uncertain"]])
        self._what_ifs = supposed
        self._warned = _without(found["safety net"], supposed)
        self._asked = found["asked"]
        self._taken_back = [one for one in found["taken back"] if self._is_order(one)]
        self._answers = Answers(around, self._uncertain)
        self._denied = [one for one in self._denied if not self._answers.is_one(one)]
        self._narrowed = Narrowed(around, spans, [*self._denied, *self._denied_after])
        self._persons = Persons(around, found["family"], spans, [one for one in spans if not self._is_denial(one)])
        historical = _without(found["historical before"], no_denial), _without(found["historical after"], no_denial)
        self._past = Past(around, *historical, found["earlier"], found["earlier beside"])

    def is_question(self, at: int) -> bool:
        """Whether the token's sentence asks something."""
        return self._around.is_question(at)

    def names_another(self, span: Span) -> bool:
        """Whether a word for a person is not the patient's, who tells of themselves."""
        return self._persons.names_another(span)

    def status(self, span: Span) -> Status:
        """What the mention means."""
        if any(self._around.reach(one, span, self._lists["ends"]) not in (None, "open") for one in self._taken_back):
            return "taken back"
        if kin := self._persons.family(span):
            return "uncertain" if kin == "open" else "family"
        answer, denial = self._answers.to(span), self._denial(span)
        if answer == "yes":
            return self._confirmed(span, denial)
        if self._is_unticked(span):
            return "asked"
        if supposed := self._supposed_or_asked(span, answer is not None):
            return supposed
        if span.medicine and (status := self._medicine(span)):
            return status
        if answer == "unsure":
            return "uncertain"
        if answer == "no":
            denial = "denied"
        if (denial or span.reassuring) and self._past.has_changed(span):
            return "historical"  # "bladder normal until yesterday": no longer so
        if (denial or span.reassuring) and any(self._reaches_on(one, span) for one in self._what_ifs):
            return "hypothetical"  # "what if he has no fever?" clears nothing
        if denial:
            is_put_as_question = answer is None and self._is_put_as_question(span)
            is_open = is_put_as_question or self._is_taken_back(span) or self._persons.may_be_of_another(span)
            return "uncertain" if is_open or self._narrowed.is_part(span) else denial
        if span.reassuring and (self._narrowed.is_part(span) or self._is_left_open(span)):
            return "uncertain"
        if self._is_uncertain(span):
            return "uncertain"
        return "historical" if self._past.is_over(span) else "affirmed"

    def with_denial(self, span: Span) -> tuple[int, int]:
        """The tokens of a denied mention together with its "no", where no comma parts them."""
        ahead = [
            one.start
            for one in self._denied
            if self._denies_ahead(one, span) == "denied" and self._around.same_part(one.start, span.start)
        ]
        behind = [one.end for one in self._denied_after if self._denies_behind(one, span) == "denied"]
        answered = self._answers.end_of_denial(span)
        return min(ahead, default=span.start), max([span.end, *behind, *([answered] if answered else [])])

    def _is_denial(self, span: Span) -> bool:
        return span.negative or self._answers.to(span) == "no" or self._denial(span) == "denied"

    def _is_order(self, trigger: Found[str]) -> bool:
        """Whether it stands first in its stretch: "please forget the pregnancy", not "I cannot ignore the numbness"."""
        ahead = range(self._around.sentence_start(trigger.start), trigger.start)
        said = [at for at in ahead if self._around.same_part(at, trigger.start) and self._around.tokens[at].is_word]
        return all(self._around.has("before an order", at) for at in said)

    def _confirmed(self, span: Span, denial: Status | None) -> Status:
        """ "Foot drop: yes"; but "no foot drop present" is denied, and "no foot drop? yes" is unclear."""
        if denial != "denied" or not self._is_denied_closely(span):
            return "affirmed"
        is_part_of_it = self._around.after(span, 1)[0].word in ("present", "positive")
        return "denied" if is_part_of_it else "uncertain"

    def _supposed_or_asked(self, span: Span, is_answered: bool) -> Status | None:
        ends = self._lists["turns"]
        if any(self._around.reach(one, span, ends) for one in self._supposed):
            return "hypothetical"
        if any(self._reaches_on(one, span) for one in self._warned):
            return "hypothetical"
        is_open = not is_answered and self._around.is_question(span.start)
        is_asked = any(self._around.reach(one, span, self._lists["ends"]) not in (None, "loose") for one in self._asked)
        return "asked" if is_open and is_asked else None

    def _reaches_on(self, trigger: Found[str], span: Span) -> bool:
        """A warning holds to the end of its sentence, unless "but" or "now" turns it."""
        if trigger.end > span.start or not self._around.same_sentence(trigger.start, span.start):
            return False
        return self._lists["turns"].isdisjoint(self._around.words(trigger.end, span.start))

    def _denial(self, span: Span) -> Status | None:
        """ "denied", "uncertain" where a denial may or may not reach so far, or None."""
        ahead = [self._denies_ahead(one, span) for one in self._denied]
        behind = [self._denies_behind(one, span) for one in self._denied_after]
        if "denied" in ahead or "denied" in behind:
            return "denied"
        return "uncertain" if "uncertain" in [*ahead, *behind] else None

    def _denies_ahead(self, trigger: Found[str], span: Span) -> Status | None:
        reach = self._around.reach(trigger, span, self._lists["ends"])
        if reach is None:
            return None
        own = {token.word for token in self._around.tokens[span.start : span.end]}
        if (span.negative or own & _SELF_NEGATED) and span.start - trigger.end > 1:
            return None
        if reach == "open" and own & _SELF_AFFIRMED:
            return None  # "negative for incontinence, positive for retention"
        reaches_far = reach == "open" and trigger.what in self._lists["reaches far"]
        return "denied" if reach in ("near", "list") or reaches_far else "uncertain"

    def _is_denied_closely(self, span: Span) -> bool:
        """Not by the head of an open list alone: "negative for fever, foot drop present" has it."""
        ends = self._lists["ends"]
        return any(self._around.reach(one, span, ends) in ("near", "list") for one in self._denied)

    def _denies_behind(self, trigger: Found[str], span: Span) -> Status | None:
        if not self._is_close_behind(trigger, span):
            return None
        behind = self._around.tokens[trigger.end : self._around.sentence_end(trigger.end)]
        part = self._around.tokens[trigger.end - 1].part
        return "uncertain" if any(one.word in ("but", "now") and one.part == part for one in behind) else "denied"

    def _is_close_behind(self, trigger: Found[str], span: Span) -> bool:
        """A trigger right after the mention, with nothing but "is", ":" and the like between."""
        if trigger.start < span.end or not self._around.same_sentence(span.start, trigger.start):
            return False
        return all(word in _LINKS for word in self._around.words(span.end, trigger.start))

    def _is_left_open(self, span: Span) -> bool:
        """ "Bladder normal?", "no red flags except", "power normal on the left"."""
        after = self._around.to_next_mention(span)
        if self._is_put_as_question(span):
            return True
        part = self._around.tokens[span.end - 1].part
        if any(one.word in self._lists["limits"] for one in after if one.part == part):
            return True
        next_part = [one.word for one in after if one.part == part + 1 and one.word != ","]
        return next_part[:1] != [] and next_part[0] in self._lists["excepts"]

    def _is_taken_back(self, span: Span) -> bool:
        """ "No saddle numbness but wiping is odd": what is not understood may be just that."""
        after = self._around.to_next_mention(span)
        is_last = span.end + len(after) == self._around.sentence_end(span.end)
        return is_last and any(token.word in self._lists["contrasts"] for token in after)

    def _is_put_as_question(self, span: Span) -> bool:
        """ "No red flags?"; "what is the treatment with no red flags?" does not ask whether there are any."""
        first = self._around.sentence_start(span.start)
        asks = "?" in [token.word for token in self._around.after(span, 3)]
        return asks and not self._around.has("open question words", first)

    def _is_uncertain(self, span: Span) -> bool:
        if self._is_queried(span.start - 1):
            return True
        ahead = [(one, self._around.reach(one, span, self._lists["ends"])) for one in self._uncertain]
        if any(reach and self._is_doubt(one, reach, span) for one, reach in ahead):
            return True
        behind = [one for one in self._uncertain if one.what != "query"]  # "leg pain ?cause" queries the cause
        return any(self._is_close_behind(one, span) for one in behind)

    def _is_queried(self, at: int) -> bool:
        """ "?foot drop", but not "haematoma? Foot drop"."""
        tokens = self._around.tokens
        return at >= 0 and tokens[at].word == "?" and (at == 0 or tokens[at - 1].end < tokens[at].start)

    def _is_unticked(self, span: Span) -> bool:
        """ "[ ] saddle numbness": an empty box says nothing."""
        box = [token.word for token in self._around.tokens[max(0, span.start - 2) : span.start]]
        return box == ["[", "]"] or box == ["(", ")"] or bool({"☐", "□"} & set(box[-1:]))

    def _is_doubt(self, trigger: Found[str], reach: Reach, span: Span) -> bool:
        """Doubt passes no comma into a list that may have ended; a worry about what has begun is none."""
        if reach == "open" and not self._around.same_part(trigger.start, span.start):
            return False
        return not (trigger.what in self._lists["worries"] and self._past.lasts(span))

    def _medicine(self, span: Span) -> Status | None:
        """Named is not yet taken: in a question a medicine is only asked about, unless its words say "takes"."""
        around, lists = self._around, self._lists
        near = self._near(span)
        if near & lists["not taking"]:
            return "historical"
        if not around.is_question(span.start):
            return None
        first = around.sentence_start(span.start)
        ahead = {token.word for token in around.tokens[first : span.start]}
        if ahead & (lists["taking"] - {"long", "started"}):
            return None
        if near & lists["owners"] and not ahead & lists["treating"]:
            return None  # "should I stop my apixaban?"
        is_with = "with" in near and not ahead & lists["treating"]
        return None if is_with else "asked"

    def _near(self, span: Span) -> set[str]:
        """The words just before a medicine, and "stopped" just behind it."""
        around = self._around
        before = range(max(0, span.start - 3), span.start)
        near = {around.tokens[at].word for at in before if around.same_part(at, span.start)}
        behind = {token.word for token in around.after(span, 3) if token.part == around.tokens[span.start].part}
        return near | (behind & {"stopped", "discontinued"})


def _without(triggers: list[Found[str]], masks: list[Found[str]]) -> list[Found[str]]:
    """Triggers that are not part of a longer phrase with another meaning."""
    return [
        one
        for one in triggers
        if not any(mask.start <= one.start and one.end <= mask.end and mask is not one for mask in masks)
    ]
