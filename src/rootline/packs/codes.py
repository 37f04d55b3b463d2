"""The codes of a pack: which code in a patient's record tells which fact; and, beside them, its orders.

Only what `codes.yaml` names is read from a record; a code that fails its system's own check, or that the file itself
refuses, stops the loading. Knows no format of records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, TypeVar

from rootline.content.take import Take
from rootline.content.yaml_text import read_fields
from rootline.errors import InputError, PackError, nearest
from rootline.logic.place import Fields, Items, Place
from rootline.logic.units import UNITS, Unit, find_unit
from rootline.logic.values import Amount, FactType, Value, read_amount, read_value
from rootline.packs.code_systems import SYSTEMS, Code, Key, read_codes
from rootline.packs.model import Pack
from rootline.packs.orders import Order, read_orders

WHERE = ("problem", "measurement", "medicine", "allergy", "procedure")
T = TypeVar("T")
_DAYS = Amount(UNITS["d"], 0, 36_525)


@dataclass(frozen=True)
class Telling:
    """What codes at one place of a record tell of a fact. `means` is None where the record's number is the value.

    `denied` is what a record that says "not so" tells; `days` how long the telling stays valid; `onset` whether the day
    it began is that of the fact; `suspected` whether an entry that is not confirmed tells it too; `named` words that
    tell the same in the name of a procedure, a problem or a measured number, but `unless` these stand beside them.
    Without codes and words it is about the names of problems in which the fact's own phrases are heard, and `means` is
    theirs. `bare` is the unit of a number that is written in words without one; `of_several` whether the number is but
    one of those of which the fact asks the lowest or the highest.
    """

    fact: str
    where: str
    means: Value | None
    denied: Value | None
    days: float | None
    onset: bool
    suspected: bool
    codes: tuple[Code, ...]
    named: tuple[str, ...]
    unless: tuple[str, ...]
    bare: Unit | None
    of_several: bool
    reading: str
    place: Place

    @property
    def by_phrases(self) -> bool:
        """Whether it is about names in which the fact's own phrases are heard."""
        return not self.codes and not self.named

    @property
    def is_examined(self) -> bool:
        """Whether name and value of an examination tell together what the fact's own phrases hear in both."""
        return self.where == "measurement" and self.means is None and not self.codes


@dataclass(frozen=True)
class LeftOut:
    """Codes that are known and tell no fact, and why, or none once an entry is too old for the fact that they tell.

    `topic`: whoever has one is a patient of this pack.
    """

    codes: tuple[Code, ...]
    because: str
    topic: bool


@dataclass(frozen=True)
class Validity:
    """For how many days something counts, and why so long."""

    days: float
    reading: str


@dataclass(frozen=True, eq=False)
class Codes:
    """All codes of a pack. `refused` are codes known to be wrong, with why; `complaint` says how long a problem about
    the topic is what the patient comes with, `comes_with` which facts are that by themselves; `body_sites` what a place
    that is a code alone is called, `reasons` words of a reason to order something that may be the topic.
    """

    tellings: tuple[Telling, ...]
    orders: tuple[Order, ...]
    left_out: tuple[LeftOut, ...]
    refused: dict[Key, str]
    answers: Validity
    notes: Validity
    complaint: Validity
    body_sites: tuple[Code, ...]
    comes_with: tuple[str, ...]
    reasons: tuple[str, ...]

    @cached_property
    def telling(self) -> dict[str, dict[Key, tuple[tuple[Telling, Code], ...]]]:
        """Place in a record -> system and code -> what it tells there."""
        return {
            where: _by_code((one, code) for one in self.tellings if one.where == where for code in one.codes)
            for where in WHERE
        }

    @cached_property
    def named_problems(self) -> tuple[Telling, ...]:
        """What is told by words of its own in the name of a problem."""
        return tuple(one for one in self.tellings if one.where == "problem" and one.named)

    def within(self, fact: str) -> float | None:
        """For how many days a name that speaks of the fact counts: as an entry for names alone says, else as long as by
        code; None where that is open.
        """
        return self._within.get(fact)

    @cached_property
    def _within(self) -> dict[str, float | None]:
        limits: dict[str, list[float | None]] = {}
        for one in sorted(self.tellings, key=lambda one: one.where != "problem"):
            if one.where == "problem" or one.fact not in limits:
                limits.setdefault(one.fact, []).append(one.days)
        by_code = {fact: max(filter(None, days)) if all(days) else None for fact, days in limits.items()}
        return by_code | {one.fact: one.days for one in self.tellings if one.days is not None and not one.codes}

    @cached_property
    def ordering(self) -> dict[Key, tuple[tuple[Order, Code], ...]]:
        """System and code -> what an order for it is."""
        return _by_code((one, code) for one in self.orders for code in one.codes)

    @cached_property
    def site_names(self) -> dict[Key, str]:
        """System and code -> what a body site is called."""
        return {(code.system, code.code): code.display for code in self.body_sites}

    @cached_property
    def untold(self) -> dict[Key, LeftOut]:
        """System and code -> why it tells no fact."""
        return {(code.system, code.code): one for one in self.left_out for code in one.codes}


def _by_code(pairs: Iterable[tuple[T, Code]]) -> dict[Key, tuple[tuple[T, Code], ...]]:
    found: dict[Key, list[tuple[T, Code]]] = {}
    for one, code in pairs:
        found.setdefault((code.system, code.code), []).append((one, code))
    return {key: tuple(pairs) for key, pairs in found.items()}


@cache
def codes(pack: Pack) -> Codes | None:
    """The pack's `codes.yaml`, and its `orders.yaml` if there is one; None without the first. Raises `PackError`."""
    path = pack.folder / "codes.yaml"
    if not path.is_file():
        return None
    take = Take(read_fields(path, f"{pack.folder.name}/codes.yaml"), "codes")
    refused = dict(_read_refused(take.mapping("refused")))
    tellings = tuple(
        _read_telling(str(fact), item, pack, refused)
        for fact, items in take.mapping("facts").items()
        for item in _listed(str(fact), items, take)
    )
    orders, sites, reasons = read_orders(pack, refused)
    complaint = Take(take.any("complaint"), "`complaint:` of the codes")
    found = Codes(
        tellings=tellings,
        orders=orders,
        left_out=tuple(_read_left_out(item, refused) for item in take.items("left out")),
        refused=refused,
        answers=_read_validity(take.any("answers"), "answers"),
        notes=_read_validity(take.any("notes"), "notes"),
        complaint=_validity(complaint),
        body_sites=sites,
        reasons=reasons,
        comes_with=complaint.texts("of") or tuple(fact.id for fact in pack.facts.values() if fact.topic),
    )
    complaint.done()
    for fact in found.comes_with:
        if fact not in pack.facts or not pack.facts[fact].topic:
            raise complaint.error(f"`{fact}` is no fact of the topic", "Name facts that say `topic: yes`.", fact)
    take.done()
    _refuse_contradictions(found.tellings)
    return found


def _listed(fact: str, items: Any, take: Take) -> Items:
    if not isinstance(items, Items):
        raise take.error(f"`{fact}:` should be a list", "Write `- in: …` entries.", fact)
    return items


def _read_telling(fact: str, fields: Fields, pack: Pack, refused: dict[Key, str]) -> Telling:
    take = Take(fields, f"codes of `{fact}`")
    if fact not in pack.facts:
        raise take.error(f"no fact is called `{fact}`", nearest(fact, pack.facts))
    type_ = pack.types[fact]

    def value(key: str) -> Value | None:
        text = take.text(key, "unknown")
        try:
            return read_value(text, type_)
        except InputError as error:
            raise take.error(f"`{key}:` {error.what}", error.mend, text) from None

    telling = Telling(
        fact=fact,
        where=take.one_of("in", WHERE),
        means=value("means"),
        denied=value("denied means"),
        days=_days(take) if take.has("within") else None,
        onset=take.flag("tells onset"),
        suspected=take.flag("or suspected"),
        codes=tuple(read_codes(take, refused, needed=not (take.has("named") or _is_by_phrases(take)))),
        named=take.texts("named"),
        unless=take.texts("unless named"),
        bare=_read_bare(take, type_) if take.has("without unit") else None,
        of_several=take.flag("one of several"),
        reading=take.text("reading", ""),
        place=take.place,
    )
    take.done()
    if telling.by_phrases and telling.where != "problem":
        raise take.error("no code is named", f"Name some under {', '.join(f'`{one}:`' for one in SYSTEMS)}.")
    is_measured = telling.where == "measurement" and (isinstance(type_, Amount) or not telling.codes)
    if telling.named and not (is_measured or telling.where in ("procedure", "problem")):
        raise take.error(
            "`named:` is for problems, procedures and what is measured, there without codes unless it is a number",
            "Elsewhere names are heard by the fact's own phrases.",
        )
    if telling.of_several and not (is_measured and pack.facts[fact].of_several):
        raise take.error("`one of several:` is for numbers of facts that ask the lowest or highest", "Leave it out.")
    if telling.suspected and telling.where != "problem":
        raise take.error("`or suspected:` is for problems", "Leave it out.")
    if telling.onset and pack.facts[fact].lasts_as is None:
        raise take.error("`tells onset:` needs a fact that `lasts as` a duration", "Leave it out.")
    if telling.by_phrases and telling.means is not None:
        raise take.error(
            "`means:` stands without codes and words", "Leave it out: the fact's own phrases say the value."
        )
    if not telling.by_phrases and (telling.means is None) != is_measured:
        raise take.error(
            "`means:` is missing" if telling.means is None else "the number measured is the value, so `means:` is wrong"
        )
    if telling.days is not None and not telling.reading:
        raise take.error("`within:` is our choice and needs a `reading:`", "Say why it counts for so long.")
    return telling


def _read_bare(take: Take, type_: FactType) -> Unit:
    unit = find_unit(said := take.text("without unit"))
    if unit is None or not isinstance(type_, Amount) or unit.dimension != type_.unit.dimension:
        raise take.error("`without unit:` is no unit of this fact", "Take the fact's own unit, or one like it.", said)
    return unit


def _is_by_phrases(take: Take) -> bool:
    """Whether an entry may do without codes: it says how long a name counts, or what takes it back, and not what."""
    return (take.has("within") or take.has("unless named")) and not take.has("means")


def _read_left_out(fields: Fields, refused: dict[Key, str]) -> LeftOut:
    take = Take(fields, "codes left out")
    left = LeftOut(tuple(read_codes(take, refused)), take.text("because"), take.flag("topic"))
    take.done()
    return left


def _read_refused(fields: Fields) -> Iterator[tuple[Key, str]]:
    take = Take(fields, "codes refused")
    for system in take.keys():
        if system not in SYSTEMS:
            raise take.error(f"no system is called `{system}`", nearest(system, SYSTEMS), system)
        yield from (((str(system), str(code)), str(why)) for code, why in take.mapping(system).items())


def _read_validity(fields: Any, what: str) -> Validity:
    take = Take(fields, f"`{what}:` of the codes")
    found = _validity(take)
    take.done()
    return found


def _validity(take: Take) -> Validity:
    return Validity(_days(take), take.text("reading"))


def _days(take: Take) -> float:
    text = take.text("within")
    try:
        return read_amount(text, _DAYS, unit_needed=True)
    except InputError as error:
        raise take.error(f"`within:` {error.what}", error.mend, text) from None


def _refuse_contradictions(tellings: Iterable[Telling]) -> None:
    """One code at one place tells one value of a fact."""
    seen: dict[tuple[str, str, Code], Telling] = {}
    for one in tellings:
        for code in one.codes:
            before = seen.setdefault((one.fact, one.where, code), one)
            if before is not one:
                raise PackError(
                    f"{code} tells `{one.fact}` twice", where=str(one.place), mend=f"Also at {before.place}."
                )
