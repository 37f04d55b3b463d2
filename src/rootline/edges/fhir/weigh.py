"""From all that a record tells of a fact to one value: the latest that still counts, conflicts told.

A denial never overrules a finding that still counts, nor one that the record keeps in doubt, and where the latest value
could not be read no older one stands in for it: the fact is then unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import reduce

from rootline.answers.case import Given
from rootline.edges.fhir.told import Found, Told, Unused
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
    ranks = sorted({one.rank for one in found}, reverse=True)
    latest = max(_day(one) for one in found)
    if (failed := told.unreadable.get(fact.id)) and failed.last >= latest:
        _pass_over(found, "a later value cannot be read, so no older one is used", told)
        return []
    best = [one for one in found if one.rank == ranks[0]]
    day = max(_day(one) for one in best)
    kept = [one for one in best if _day(one) == day]
    _pass_over([one for one in best if one not in kept], "a later value is used", told)
    if _narrowed(kept, fact) is None:
        _pass_over(kept, "values of the same day contradict each other: left unknown", told)
        return []
    rest = [one for one in found if one.rank != ranks[0]]
    for one in rest:
        agrees = narrow(_sure(kept, fact), one.value) is not None
        told.unused.append(
            Unused(
                one.resource, "a measured value goes before" + ("" if agrees else ", and it contradicts it"), one.fact
            )
        )
    return kept


def _chosen(found: list[Found], fact: Fact, told: Told) -> list[Found]:
    """Of choices: all where they agree; else the latest, unless it only denies what was found before."""
    if failed := told.unreadable.get(fact.id):
        denials = [one for one in found if one.value == fact.denied_means and _day(one) <= failed.last]
        _pass_over(denials, "a later value cannot be read, so no older denial is used", told)
        found = [one for one in found if one not in denials]
    if fact.id in told.doubted:
        denials = [one for one in found if one.value == fact.denied_means]
        _pass_over(denials, "something else on the record, which does not count, may say that it is so", told)
        found = [one for one in found if one not in denials]
    if not found or _narrowed(found, fact) is not None:
        return found
    day = max(_day(one) for one in found)
    kept = [one for one in found if _day(one) == day]
    value = _narrowed(kept, fact)
    if value is None or value == fact.denied_means or day == date.min:
        _pass_over(found, "the record contradicts itself: left unknown", told)
        return []
    _pass_over([one for one in found if one not in kept], "something later says otherwise", told)
    return kept


def _narrowed(found: Sequence[Found], fact: Fact) -> Value | None:
    """What is known when all are true; of several numbers the one that the fact asks for. None: they contradict."""
    numbers = [one.value for one in found if isinstance(one.value, float)]
    if fact.of_several and len(numbers) == len(found):
        return min(numbers) if fact.of_several == "lowest" else max(numbers)
    values: list[Value | None] = [one.value for one in found]
    return reduce(
        lambda first, second: narrow(first, second) if first is not None and second is not None else None, values
    )


def _sure(kept: Sequence[Found], fact: Fact) -> Value:
    value = _narrowed(kept, fact)
    assert value is not None
    return value


def _day(one: Found) -> date:
    return one.days.last if one.days else date.min


def _pass_over(found: Iterable[Found], why: str, told: Told) -> None:
    told.unused += [Unused(one.resource, why, one.fact) for one in found]
