"""What a record tells, before it is weighed: findings with their resource and day, and what is not used and why.

Shapes alone; the readers fill them, `weigh` decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from rootline.edges.fhir.days import Days
from rootline.edges.fhir.element import Element, name_of
from rootline.logic.values import Value
from rootline.packs.codes import Codes
from rootline.packs.model import Pack


@dataclass(frozen=True)
class Found:
    """A value that one resource tells of a fact, in words that name the resource.

    `rank`: of two values of a number, the one of the higher rank goes before.
    """

    fact: str
    value: Value
    resource: str
    text: str
    days: Days | None
    rank: int = 0


@dataclass(frozen=True)
class Unused:
    """Something in a record that tells no fact here, and why; `fact` where it would have told one.

    `topic`: it is about the pack's topic all the same, and must be seen first. `place`: where in its resource, as
    FHIRPath, it is not as it should be; empty where the resource is sound, and only does not count. `missed`: a part of
    the record that could not be had, so that nothing of it is known.
    """

    resource: str
    why: str
    fact: str = ""
    topic: bool = False
    place: str = ""
    missed: bool = False


@dataclass
class Told:
    """All that the readers of one record found, over one pack, on one day."""

    pack: Pack
    codes: Codes
    today: date
    found: list[Found] = field(default_factory=list)
    unused: list[Unused] = field(default_factory=list)
    unreadable: dict[str, Days] = field(default_factory=dict)  # fact -> day of its latest unreadable value
    doubted: set[str] = field(default_factory=set)  # facts of which the record says something that does not count

    def finds(self, fact: str, value: Value, resource: Element, text: str, days: Days | None, rank: int = 0) -> None:
        """Note a value."""
        name = name_of(resource)
        self.found.append(Found(fact, value, name, f"{name}: {text}", days, rank))

    def leaves(self, resource: Element, why: str, fact: str = "", topic: bool = False, place: str = "") -> None:
        """Note what is not used."""
        self.unused.append(Unused(name_of(resource), why, fact, topic, place))

    def doubts(self, fact: str) -> None:
        """Note that the record may say the fact is so: what only denies it does not close it then."""
        self.doubted.add(fact)

    def fails(self, fact: str, days: Days | None) -> None:
        """Note that a value of this day was there and could not be read; one of no day may be of today."""
        if days is None:
            self.doubts(fact)
        before = self.unreadable.get(fact)
        if days and (before is None or before.last < days.last):
            self.unreadable[fact] = days

    def is_valid(self, days: Days | None, limit: float | None, resource: Element, fact: str) -> bool:
        """Whether something of these days still counts; else it is noted why not."""
        if days and days.age(self.today)[0] < -1:  # a day ahead: another time zone
            self.leaves(resource, "it lies in the future", fact)
            return False
        if limit is None:
            return True
        if days is None:
            self.leaves(resource, f"it has no date, and counts for {limit:g} days only", fact)
            return False
        if days.age(self.today)[1] > limit:
            self.leaves(resource, f"it is older than {limit:g} days", fact)
            return False
        return True
