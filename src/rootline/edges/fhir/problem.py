"""A problem of a record, as a Condition gives it: whether what it tells counts, and since when it has lasted.

Decides nothing of a fact but that; what its codes and names tell is read elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from rootline.edges.fhir.concept import Concept, status_of
from rootline.edges.fhir.days import Days, days_of
from rootline.edges.fhir.element import Element, text
from rootline.edges.fhir.told import Told
from rootline.logic.values import Amount, Between, Value
from rootline.packs.model import Fact


@dataclass(frozen=True)
class Problem:
    """A Condition: what is in doubt about it, whether that is a suspicion, whether it is over, its latest day."""

    resource: Element
    concept: Concept
    doubt: str
    is_suspicion: bool
    over: bool
    days: Days | None
    about: bool  # the topic

    def tells(self, fact: Fact, value: Value, words: str, limit: float | None, told: Told) -> bool:
        """Note the value; or why it does not count, and that the fact is in doubt where it may be so all the same."""
        if self.over and not fact.history_counts:
            told.leaves(self.resource, "it is over", fact.id)
            return False
        if fact.topic and limit is None and not told.is_present(self.days):
            limit = told.codes.complaint.days  # too old for certain; without a day, or by part of one, it counts
        if self.doubt and not (self.is_suspicion and suspicion_counts(fact, told)):
            told.leaves(self.resource, self.doubt, fact.id, topic=self.about)
        elif told.tells(fact.id, value, self.resource, words, self.days, limit, topic=self._is_news(fact, told)):
            return True
        # also where it is too old and not called over: then a later denial closes it
        told.keeps_open(fact.id, self.days, stands=not told.is_too_old(self.days, limit))
        return False

    def _is_news(self, fact: Fact, told: Told) -> bool:
        """Whether it is about the topic, and the pack's own words on a code that tells nothing do not say so better."""
        left = [one for key in self.concept.codes if (one := told.codes.untold.get(key))]
        return fact.topic and not self.over and not any(one.topic for one in left)

    def tells_onset(self, fact: Fact, told: Told) -> None:
        """Note how long it has lasted, where it is not over, began once and the record says when. Raises `Odd`."""
        onset = days_of(self.resource, "onsetDateTime")
        again = status_of(self.resource, "clinicalStatus") in ("recurrence", "relapse")
        if self.over or again or onset is None or fact.lasts_as is None:
            return
        least, most = (max(0, days) for days in onset.age(told.today))
        type_ = told.pack.types[fact.lasts_as]
        assert isinstance(type_, Amount)
        if not type_.low <= most <= type_.high:
            told.leaves(self.resource, "its onset cannot be", fact.lasts_as)
            return
        value: Value = float(least) if least == most else Between(float(least), float(most))
        told.finds(fact.lasts_as, value, self.resource, f"since {text(self.resource, 'onsetDateTime')[:10]}", None)


def suspicion_counts(fact: Fact, told: Told) -> bool:
    """Whether the fact is so as soon as it is suspected."""
    return any(one.suspected for one in told.codes.tellings if one.fact == fact.id)
