"""What the names of a problem tell beyond its codes: "Sciatica with foot drop" is coded for the first alone.

The fact's own phrases are heard, or the words that the pack's codes give it. The name that a code's publisher gives it
is not listened to; what one says that stands at a refused code is in doubt.
"""

from __future__ import annotations

from collections.abc import Iterable

from rootline.edges.fhir.concept import Concept, refused_names
from rootline.edges.fhir.named import Named, facts_in, hears, takes_back, topic_named
from rootline.edges.fhir.problem import Problem, suspicion_counts
from rootline.edges.fhir.told import Told
from rootline.packs.codes import Telling


def hear_condition(problem: Problem, coded: set[str], told: Told) -> bool:
    """Note what its names tell of other facts than the coded ones; whether there was anything. Raises `Odd`."""
    names = _own_words(problem.concept, told)
    heard = facts_in(names, told.pack, known=coded)
    for name, one in heard:
        _hear(problem, name, one, told)
    passed = coded | {one.fact.id for _, one in heard}
    named = [(one, name) for one, name in _named(names, told) if one.fact not in passed]
    for telling, name in named:
        _hear_words(problem, name, telling, told)
    return _doubt_refused(problem, told) or bool(heard or named)


def facts_named_by(concept: Concept, told: Told) -> list[str]:
    """The facts that its names tell or put in doubt."""
    heard = [one.fact.id for _, one in facts_in(concept.words, told.pack) if one.doubt in ("", "uncertain")]
    return [*heard, *(telling.fact for telling, _ in _named(concept.words, told))]


def _hear(problem: Problem, name: str, one: Named, told: Told) -> None:
    own = [telling for telling in told.codes.tellings if telling.where == "problem" and telling.fact == one.fact.id]
    if any(telling.by_phrases and takes_back(telling.unless, name, one.fact, told.pack) for telling in own):
        told.leaves(problem.resource, "its name speaks of something else", one.fact.id)
    elif one.doubt and not (one.doubt == "uncertain" and suspicion_counts(one.fact, told)):
        told.leaves(problem.resource, f"its name speaks of it as {one.doubt}", one.fact.id)
        if one.doubt == "uncertain" and not problem.over:
            told.keeps_open(one.fact.id, problem.days)
    elif problem.tells(one.fact, one.value, f'by its name "{name}"', told.codes.within(one.fact.id), told):
        if any(telling.onset for telling in own):
            problem.tells_onset(one.fact, told)


def _hear_words(problem: Problem, name: str, telling: Telling, told: Told) -> None:
    fact = told.pack.facts[telling.fact]
    assert telling.means is not None
    if problem.tells(fact, telling.means, f'by its name "{name}"', telling.days, told):
        if telling.onset:
            problem.tells_onset(fact, told)
    elif problem.over or not topic_named([name], told.pack):
        return
    elif told.is_too_old(problem.days, telling.days) or problem.doubt:  # else it was said first why it does not count
        is_first = told.comes_first(fact.id, problem.days)
        told.leaves(problem.resource, f'"{name}" is about this topic, and tells no fact', topic=is_first)


def _named(names: Iterable[str], told: Told) -> list[tuple[Telling, str]]:
    """The tellings whose own words stand in a name, with the name, unless another name takes them back."""
    names = list(names)
    found = [(one, name) for one in told.codes.named_problems if (name := hears(one.named, names))]
    return [(one, name) for one, name in found if not hears(one.unless, names)]


def _doubt_refused(problem: Problem, told: Told) -> bool:
    """Keep in doubt what only the name of a refused code says: the code may be wrong, or its name."""
    heard = facts_in(refused_names(problem.concept, told.codes), told.pack)
    for _, one in heard:
        if not one.doubt:
            is_first = told.comes_first(one.fact.id, problem.days)
            told.leaves(problem.resource, "its name stands at a refused code", one.fact.id, topic=is_first)
            told.keeps_open(one.fact.id, problem.days)
    return bool(heard)


def _own_words(concept: Concept, told: Told) -> list[str]:
    """Its names but those that codes read here have anyway: what these tell is signed, and no more is heard in them."""
    problems = told.codes.telling["problem"]
    signed = {_bare(str(code.display)) for key in concept.codes for _, code in problems.get(key, ())}
    signed |= {_bare(name) for name in refused_names(concept, told.codes)}
    return [name for name in concept.words if _bare(name) not in signed]


def _bare(name: str) -> str:
    """A name without letter case and a remark in brackets at its end: "(disorder)"."""
    return name.lower().partition(" (")[0].strip()
