"""From all that a record tells of a fact to one value: the latest that still counts, conflicts told.

A denial never overrules a finding that still counts, nor one that the record keeps in doubt, and where the latest value
does not count no older one stands in for it: the fact is then unknown. Of days known in part, each that may be meant
counts as meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import reduce

from rootline.answers.case import Given
from rootline.edges.fhir.told import Doubt, Found, Told, Unused
from rootline.logic.values import Amount, Value, narrow
from rootline.packs.model import Fact

_MOST_TEXTS = 3


def weigh(told: Told) -> tuple[Given, ...]:
    """One value for each fact, in the order of the pack; what is passed over is added to `told.unused`."""
    by_fact: dict[str, list[Found]] = {}
    for one in told.found:
        by_fact.setdefault(one.fact, []).append(one)
    given = []
    for fact in told.pack.facts.values():
        found = by_fact.get(fact.id, [])
        kept = _measured(found, fact, told) if isinstance(fact.type, Amount) else _chosen(found, fact, told)
        if kept:
            value = _narrowed(kept, fact)
            assert value is not None
            texts = list(dict.fromkeys(one.text for one in kept))
            more = f" and {len(texts) - _MOST_TEXTS} more" if len(texts) > _MOST_TEXTS else ""
            given.append(Given(fact.id, value, "fhir", "; ".join(texts[:_MOST_TEXTS]) + more))
    return tuple(given)


def _measured(found: list[Found], fact: Fact, told: Told) -> list[Found]:
    """Of numbers: those of the latest day, of the kind that goes before; none where they contradict each other."""
    if not found:
        return []
    highest = max(one.rank for one in found)
    best, rest = _split(found, lambda one: one.rank == highest)
    latest = _latest(best)
    kept, older = _split(best, lambda one: one in latest)
    _pass_over(older, "a later value is used", told)
    value = _narrowed(kept, fact)
    if value is None:
        _pass_over(kept, "values of the same day contradict each other: left unknown", told)
        return []
    against, agreeing = _split(rest, lambda one: narrow(value, one.value) is None)
    _pass_over(agreeing, "a measured value goes before", told)
    newest, oldest = max(map(_last, kept)), max(map(_first, kept))
    later, against = _split(against, lambda one: _first(one) > newest)
    if not later and any(_last(one) > oldest for one in against):
        _pass_over([*kept, *against], "something that may be later contradicts it: left unknown", told)
        return []
    if later:
        _pass_over([*kept, *against], "something later says otherwise", told)
        kept = _latest(later)
    else:
        _pass_over(against, "a measured value goes before, and it contradicts it", told)
    day = max(map(_first, kept))
    if any(one.days is None or one.days.last >= day for one in told.doubts.get(fact.id, ())):
        _pass_over(kept, "a later value cannot be used, so no older one is", told)
        return []
    if _narrowed(kept, fact) is None:
        _pass_over(kept, "the record contradicts itself: left unknown", told)
        return []
    return kept


def _chosen(found: list[Found], fact: Fact, told: Told) -> list[Found]:
    """Of choices: all where they agree; else the latest, unless it only denies what was found before."""
    doubts = told.doubts.get(fact.id, ())
    held, found = _split(found, lambda one: one.value == fact.denied_means and _is_held(one, doubts))
    _pass_over(held, "something else on the record, which does not count, may say that it is so", told)
    if not found or _narrowed(found, fact) is not None:
        return found
    latest = _latest(found)
    kept, older = _split(found, lambda one: one in latest)
    value = _narrowed(kept, fact)
    if value is None or value == fact.denied_means:
        _pass_over(found, "the record contradicts itself: left unknown", told)
        return []
    _pass_over(older, "something later says otherwise", told)
    return kept


def _is_held(denial: Found, doubts: Iterable[Doubt]) -> bool:
    """Whether a doubt stands against it, or may be of its day or later."""
    return any(one.stands or one.days is None or one.days.last >= _first(denial) for one in doubts)


def _latest(found: Sequence[Found]) -> list[Found]:
    """Those that may be the latest."""
    day = max(map(_first, found))
    return [one for one in found if _last(one) >= day]


def _narrowed(found: Sequence[Found], fact: Fact) -> Value | None:
    """What is known when all are true; of several numbers the one that the fact asks for. None: they contradict."""
    numbers = [one.value for one in found if isinstance(one.value, float)]
    if fact.of_several and len(numbers) == len(found):
        return min(numbers) if fact.of_several == "lowest" else max(numbers)
    values: list[Value | None] = [one.value for one in found]
    return reduce(
        lambda first, second: narrow(first, second) if first is not None and second is not None else None, values
    )


def _split(found: Sequence[Found], holds: Callable[[Found], bool]) -> tuple[list[Found], list[Found]]:
    return [one for one in found if holds(one)], [one for one in found if not holds(one)]


def _first(one: Found) -> date:
    return one.days.first if one.days else date.min


def _last(one: Found) -> date:
    return one.days.last if one.days else date.min


def _pass_over(found: Iterable[Found], why: str, told: Told) -> None:
    told.unused += [Unused(one.resource, why, one.fact) for one in found]
