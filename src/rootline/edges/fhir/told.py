"""What a record tells, before it is weighed: findings with their resource and day, and what is not used and why.

Holds to one rule: what is set aside for any other reason than that it is surely not so, over or too old is in doubt.
The readers fill it, `weigh` decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from rootline.edges.fhir.days import Days, said
from rootline.edges.fhir.element import Element, name_of
from rootline.logic.values import Value
from rootline.packs.codes import Codes
from rootline.packs.model import Pack
from rootline.packs.pressing import pressing_facts

_MOST_NAMED = 3
_AHEAD = timedelta(days=1)  # another time zone


@dataclass(frozen=True)
class Found:
    """A value that one resource tells of a fact, in words that name the resource.

    `days`: those it may be of; None for what is worked out and has no day of its own. `rank`: of two values of a
    number, the one of the higher rank goes before, unless the other is later.
    """

    fact: str
    value: Value
    resource: str
    text: str
    days: Days | None
    rank: int = 0


@dataclass(frozen=True)
class Doubt:
    """That the record says something of a fact which does not count, and may be so all the same.

    `days`: those it may be of, None for any; no older number stands in for it. `stands`: no denial closes it; else a
    later one does.
    """

    days: Days | None
    stands: bool


@dataclass(frozen=True)
class Unused:
    """Something in a record that tells no fact here, and why; `fact` where it would have told one.

    `topic`: it is about the pack's topic all the same, and must be seen first. `place`: where in its resource, as
    FHIRPath, it is not as it should be; empty where the resource is sound, and only does not count. `missed`: a part of
    the record that could not be had, so that nothing of it is known; `cut`: one of which only the first pages could.
    `several`: it stands for more than one resource.
    """

    resource: str
    why: str
    fact: str = ""
    topic: bool = False
    place: str = ""
    missed: bool = False
    cut: bool = False
    several: bool = False

    @property
    def name(self) -> str:
        """The resource; of an answer to no question of the pack the place too, for its words are not repeated."""
        at = self.place.partition(".")[2]
        return f"{self.resource} ({at})" if ".answer[" in at and not self.fact else self.resource


def together(unused: Iterable[Unused]) -> Iterator[Unused]:
    """What is not used for one reason as one: all that is about the topic by name, of anything else the first few."""
    groups: dict[tuple[str, str, bool], dict[str, Unused]] = {}
    for one in unused:
        groups.setdefault((one.why, one.fact, one.topic), {}).setdefault(one.name, one)
    for (_, _, topic), same in groups.items():
        most = len(same) if topic else _MOST_NAMED
        more = f" and {len(same) - most} more" if len(same) > most else ""
        named = ", ".join(list(same)[:most]) + more
        yield replace(next(iter(same.values())), resource=named, several=len(same) > 1)


@dataclass
class Told:
    """All that the readers of one record found, over one pack, on one day.

    `medications` are the Medications that were sent, by every name that a reference may give them.
    """

    pack: Pack
    codes: Codes
    today: date
    medications: Mapping[str, Element] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)
    unused: list[Unused] = field(default_factory=list)
    doubts: dict[str, list[Doubt]] = field(default_factory=dict)

    def finds(self, fact: str, value: Value, resource: Element, text: str, days: Days | None, rank: int = 0) -> None:
        """Note a value that counts, whatever its days."""
        name = name_of(resource)
        self.found.append(Found(fact, value, name, f"{name}: {text}", days, rank))

    def tells(
        self,
        fact: str,
        value: Value,
        resource: Element,
        words: str,
        days: Days | None,
        limit: float | None = None,
        rank: int = 0,
        topic: bool = False,
    ) -> bool:
        """Note a value where it still counts; else why not, and the doubt that is left unless it is too old.

        `topic`: what leaves a doubt is about the topic, and told first.
        """
        if self.is_too_old(days, limit):
            self.leaves(resource, f"it is older than {limit:.0f} days", fact)
        elif why := self.why_unsure(days, limit):
            self.leaves(resource, f"{words}: {why}" if topic else why, fact, topic)
            if value != self.pack.facts[fact].denied_means:
                self.keeps_open(fact, days)
        else:
            self.finds(fact, value, resource, said(words, days), days or Days(date.min, self.today), rank)
            return True
        return False

    def leaves(self, resource: Element, why: str, fact: str = "", topic: bool = False, place: str = "") -> None:
        """Note what is not used."""
        self.unused.append(Unused(name_of(resource), why, fact, topic, place))

    def keeps_open(self, fact: str, days: Days | None, stands: bool = True) -> None:
        """Note that the fact is in doubt by something of these days; days that lie ahead are none."""
        known = None if days and self._is_ahead(days) else days
        self.doubts.setdefault(fact, []).append(Doubt(known, stands))

    def is_too_old(self, days: Days | None, limit: float | None) -> bool:
        """Whether something of these days is past its limit, for certain."""
        return limit is not None and days is not None and days.age(self.today)[0] > limit

    def is_present(self, days: Days | None) -> bool:
        """Whether a problem of these days may be what the patient comes with."""
        return not self.is_too_old(days, self.codes.complaint.days)

    def comes_first(self, fact: str, days: Days | None) -> bool:
        """Whether what is set aside of the fact is told first: it is about the topic, and recent or a warning sign."""
        return self.pack.facts[fact].topic and (fact in pressing_facts(self.pack) or self.is_present(days))

    def why_unsure(self, days: Days | None, limit: float | None) -> str:
        """Why it is not certain that something of these days, not too old for certain, counts; empty where it is."""
        if days and self._is_ahead(days):
            return "it lies in the future"
        if limit is None:
            return ""
        if days is None:
            return f"it has no date, and counts for {limit:.0f} days only"
        return f"it may be older than {limit:.0f} days" if days.age(self.today)[1] > limit else ""

    def _is_ahead(self, days: Days) -> bool:
        """Whether even the first day that is meant is still to come."""
        return days.first > self.today + _AHEAD
