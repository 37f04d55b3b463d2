"""Problems of a record: a Condition to the facts that its codes, or else its name, tell.

A problem that is over tells only what also counts as history; a doubtful or refuted one tells nothing, never "no".
"""

from __future__ import annotations

from rootline.edges.fhir.concept import Concept, concept_at, refusals, status_of
from rootline.edges.fhir.days import Days, days_of, said
from rootline.edges.fhir.element import Element, text
from rootline.edges.fhir.named import facts_in, topic_named
from rootline.edges.fhir.told import Told
from rootline.logic.values import Amount, Between, Value
from rootline.packs.model import Fact

_NOT_SO = {"refuted": "it is refuted", "entered-in-error": "it was entered in error"}
_DOUBTFUL = {"unconfirmed", "provisional", "differential"}
_NOW = {"active", "recurrence", "relapse"}
_OVER = {"inactive", "remission", "resolved"}


def read_condition(resource: Element, told: Told) -> None:
    """Note what a Condition tells. Raises `Odd`."""
    concept = concept_at(resource, "code")
    for why in refusals(concept, told.codes):
        told.leaves(resource, why)
    if why := _why_not(resource):
        if why in _NOT_SO.values():
            told.leaves(resource, why)
        else:
            _leave_in_doubt(resource, concept, why, told)
        return
    over = _is_over(resource, told)
    days = _latest(resource)
    coded = _coded(resource, concept, over, days, told)
    matched = _heard(resource, concept, coded, over, days, told) or bool(coded)
    for key in concept.codes:
        if left := told.codes.untold.get(key):
            told.leaves(resource, left.because, topic=left.topic and not over)
            matched = True
    if not matched and (name := topic_named(concept.words, told.pack)):
        told.leaves(resource, f'"{name}" is about this topic, and tells no fact', topic=not over)
    elif not matched:
        told.leaves(resource, "no fact is read from its code or name")


def _why_not(resource: Element) -> str:
    verified = status_of(resource, "verificationStatus")
    if verified in _NOT_SO:
        return _NOT_SO[verified]
    if verified in _DOUBTFUL:
        return f"it is not confirmed ({verified})"
    if verified not in ("", "confirmed"):
        return "its verification status is not known here"
    clinical = status_of(resource, "clinicalStatus")
    return "" if clinical in {"", *_NOW, *_OVER} else "its clinical status is not known here"


def _leave_in_doubt(resource: Element, concept: Concept, why: str, told: Told) -> None:
    """What may be so, and counts for nothing: each fact it would tell is named, and whether it is about the topic."""
    by_code = [telling.fact for key in concept.codes for telling, _ in told.codes.telling["problem"].get(key, ())]
    facts = dict.fromkeys([*by_code, *(one.fact.id for _, one in facts_in(concept.words, told.pack))])
    about = any(told.pack.facts[fact].topic for fact in facts) or topic_named(concept.words, told.pack) != ""
    about = about or any(left.topic for key in concept.codes if (left := told.codes.untold.get(key)))
    for fact in facts or ("",):
        told.leaves(resource, why, fact, topic=about)


def _is_over(resource: Element, told: Told) -> bool:
    if status_of(resource, "clinicalStatus") in _OVER:
        return True
    ended = days_of(resource, "abatementDateTime")
    return ended.first <= told.today if ended else any(key.startswith("abatement") for key in resource)


def _latest(resource: Element) -> Days | None:
    known = [days for key in ("recordedDate", "onsetDateTime", "onsetPeriod") if (days := days_of(resource, key))]
    return max(known, key=lambda days: days.last, default=None)


def _coded(resource: Element, concept: Concept, over: bool, days: Days | None, told: Told) -> set[str]:
    """The facts that codes tell of, whether or not they count."""
    coded = set()
    for key in concept.codes:
        for telling, code in told.codes.telling["problem"].get(key, ()):
            coded.add(telling.fact)
            fact = told.pack.facts[telling.fact]
            if over and not fact.history_counts:
                told.leaves(resource, "it is over", fact.id)
            elif told.is_valid(days, telling.days, resource, fact.id):
                assert telling.means is not None
                told.finds(fact.id, telling.means, resource, said(str(code), days), days)
                if telling.onset and not over:
                    _read_onset(resource, fact, told)
    return coded


def _heard(resource: Element, concept: Concept, coded: set[str], over: bool, days: Days | None, told: Told) -> bool:
    """What its names say beyond its codes: "Lumbar radiculopathy with foot drop" has a code for the first alone."""
    named = facts_in(_own_words(concept, told), told.pack, known=coded)
    limits = {one.fact: one.days for one in told.codes.tellings if one.where == "problem"}
    for name, one in named:
        if one.doubt:
            told.leaves(resource, f"its name speaks of it as {one.doubt}", one.fact.id)
        elif over and not one.fact.history_counts:
            told.leaves(resource, "it is over", one.fact.id)
        elif told.is_valid(days, limits.get(one.fact.id) if days else None, resource, one.fact.id):
            told.finds(one.fact.id, one.value, resource, said(f'by its name "{name}"', days), days)
    return bool(named)


def _own_words(concept: Concept, told: Told) -> list[str]:
    """Its names but those that codes read here have anyway: what these tell is signed, and no more is heard in them."""
    problems = told.codes.telling["problem"]
    signed = {_bare(str(code.display)) for key in concept.codes for _, code in problems.get(key, ())}
    return [name for name in concept.words if _bare(name) not in signed]


def _bare(name: str) -> str:
    """A name without letter case and a remark in brackets at its end: "(disorder)"."""
    return name.lower().partition(" (")[0].strip()


def _read_onset(resource: Element, fact: Fact, told: Told) -> None:
    """How long the problem has lasted, where it began once and the record says when."""
    onset = days_of(resource, "onsetDateTime")
    if onset is None or fact.lasts_as is None or status_of(resource, "clinicalStatus") in ("recurrence", "relapse"):
        return
    least, most = (max(0, days) for days in onset.age(told.today))
    type_ = told.pack.types[fact.lasts_as]
    assert isinstance(type_, Amount)
    if not type_.low <= most <= type_.high:
        told.leaves(resource, "its onset cannot be", fact.lasts_as)
        return
    value: Value = float(least) if least == most else Between(float(least), float(most))
    told.finds(fact.lasts_as, value, resource, f"since {text(resource, 'onsetDateTime')[:10]}", None)
