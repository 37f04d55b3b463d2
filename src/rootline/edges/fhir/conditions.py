"""Problems of a record: a Condition to the facts that its codes, or else its name, tell.

A problem that is over tells only what also counts as history. A doubtful one tells nothing but what a suspicion is
enough for, and keeps its facts in doubt: no denial closes them. A refuted one tells nothing, never "no".
"""

from __future__ import annotations

from collections.abc import Iterator

from rootline.edges.fhir.certainty import NOT_SO, is_state_after, verified_as
from rootline.edges.fhir.concept import WHO, Concept, concept_at, refusals, status_of
from rootline.edges.fhir.days import Days, days_of
from rootline.edges.fhir.element import Element, Odd
from rootline.edges.fhir.heard_condition import facts_named_by, hear_condition
from rootline.edges.fhir.named import is_of_family, topic_named
from rootline.edges.fhir.problem import Problem
from rootline.edges.fhir.told import Told
from rootline.packs.code_systems import Key

_DOUBTFUL = {"unconfirmed", "provisional", "differential"}
_NOW = {"active", "recurrence", "relapse"}
_OVER = {"inactive", "remission", "resolved"}


def read_condition(resource: Element, told: Told) -> None:
    """Note what a Condition tells. Raises `Odd`."""
    concept = concept_at(resource, "code")
    for why in refusals(concept, told.codes):
        told.leaves(resource, why)
    verified = verified_as(resource)
    if verified in NOT_SO:
        told.leaves(resource, NOT_SO[verified])
        return
    of_family = any(key in told.codes.telling["problem"] for key in concept.codes) and is_of_family(concept.words)
    over, doubt = _is_over(resource, told), "its name speaks of a relative" if of_family else _doubt(resource, verified)
    is_suspicion, days = verified in _DOUBTFUL and not of_family, _latest(resource)
    about = bool(doubt) and not over and _is_about(concept, days, told)
    problem = Problem(resource, concept, doubt, is_suspicion, over, days, about)
    coded, counted = _coded(problem, told)
    matched = hear_condition(problem, coded, told) or bool(coded)
    matched = _doubt_alike(problem, coded, told) or matched
    for key in concept.codes:
        if (left := told.codes.untold.get(key)) and key not in counted:
            told.leaves(resource, left.because, topic=left.topic and not over)
            matched = True
    if matched:
        return
    if doubt:
        told.leaves(resource, doubt, topic=about)
    elif name := topic_named(concept.words, told.pack):
        is_first = not over and told.is_present(days)
        told.leaves(resource, f'"{name}" is about this topic, and tells no fact', topic=is_first)
    else:
        told.leaves(resource, "no fact is read from its code or name")


def condition_could_tell(resource: Element, told: Told) -> Iterator[tuple[str, float | None]]:
    """The facts that it could tell, of whatever day, were it sound; where it is over those that count as history."""
    try:
        concept = concept_at(resource, "code")
    except Odd:
        return  # what it is about cannot be read
    try:
        if verified_as(resource) in NOT_SO:
            return
        over = _is_over(resource, told)
    except Odd:
        over = False
    for fact in _facts_about(concept, told):
        if not over or told.pack.facts[fact].history_counts:
            yield fact, None


def _doubt(resource: Element, verified: str) -> str:
    """Why it may be so and may not; empty where nothing says that."""
    if verified in _DOUBTFUL:
        return f"it is not confirmed ({verified})"
    if verified not in ("", "confirmed"):
        return "its verification status is not known here"
    clinical = status_of(resource, "clinicalStatus")
    return "" if clinical in {"", *_NOW, *_OVER} else "its clinical status is not known here"


def _is_about(concept: Concept, days: Days | None, told: Told) -> bool:
    """Whether it is about the topic and not of the past, by a fact that it would tell or by its name."""
    if any(told.comes_first(fact, days) for fact in _facts_about(concept, told)):
        return True
    if told.is_present(days) and topic_named(concept.words, told.pack):
        return True
    return any(left.topic for key in concept.codes if (left := told.codes.untold.get(key)))


def _facts_about(concept: Concept, told: Told) -> list[str]:
    """The facts that it tells or puts in doubt by its codes and names."""
    by_code = [telling.fact for key in concept.codes for telling, _ in told.codes.telling["problem"].get(key, ())]
    return [*by_code, *(fact for fact, _ in _alike(concept, told)), *facts_named_by(concept, told)]


def _alike(concept: Concept, told: Told) -> list[tuple[str, str]]:
    """The facts that codes of ICD-10-CM tell which are, or begin as, a code of the WHO's ICD-10; with that code."""
    who = [code for system, code in concept.codes if system == WHO]
    problems = told.codes.telling["problem"].items()
    pairs = [
        (telling.fact, code) for code in who for key, found in problems if _begins(key, code) for telling, _ in found
    ]
    return list(dict.fromkeys(pairs))


def _begins(key: Key, code: str) -> bool:
    return key[0] == "icd10cm" and key[1].startswith(code)


def _doubt_alike(problem: Problem, coded: set[str], told: Told) -> bool:
    """Keep in doubt what a code of the WHO's ICD-10 may say: it is not read, as it need not mean the same."""
    alike = [(fact, code) for fact, code in _alike(problem.concept, told) if fact not in coded and not problem.over]
    for fact, code in alike:
        why = f"its code {code} is of the WHO's ICD-10 or its German edition, and ICD-10-CM is read"
        told.leaves(problem.resource, why, fact, topic=told.comes_first(fact, problem.days))
        told.keeps_open(fact, problem.days)
    return bool(alike)


def _is_over(resource: Element, told: Told) -> bool:
    if status_of(resource, "clinicalStatus") in _OVER or is_state_after(resource):
        return True
    ended = days_of(resource, "abatementDateTime")
    return ended.first <= told.today if ended else any(key.startswith("abatement") for key in resource)


def _latest(resource: Element) -> Days | None:
    known = [days for key in ("recordedDate", "onsetDateTime", "onsetPeriod") if (days := days_of(resource, key))]
    return max(known, key=lambda days: (days.first, days.last), default=None)


def _coded(problem: Problem, told: Told) -> tuple[set[str], set[Key]]:
    """The facts that codes tell of, whether or not they count, and the codes of which something counts."""
    coded, counted = set(), set()
    for key in problem.concept.codes:
        for telling, code in told.codes.telling["problem"].get(key, ()):
            coded.add(telling.fact)
            fact = told.pack.facts[telling.fact]
            assert telling.means is not None
            if problem.tells(fact, telling.means, str(code), telling.days, told):
                counted.add(key)
                if telling.onset:
                    problem.tells_onset(fact, told)
    return coded, counted
