"""Problems of a record: a Condition to the facts that its codes, or else its name, tell.

A problem that is over tells only what also counts as history. A doubtful one tells nothing but what a suspicion is
enough for, and keeps its facts in doubt: no denial closes them. A refuted one tells nothing, never "no".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rootline.edges.fhir.concept import Concept, concept_at, refusals, status_of
from rootline.edges.fhir.days import Days, days_of
from rootline.edges.fhir.element import Element, Odd, text
from rootline.edges.fhir.named import facts_in, hears, topic_named
from rootline.edges.fhir.told import Told
from rootline.logic.values import Amount, Between, Value
from rootline.packs.codes import Key, Telling
from rootline.packs.model import Fact

_NOT_SO = {"refuted": "it is refuted", "entered-in-error": "it was entered in error"}
_DOUBTFUL = {"unconfirmed", "provisional", "differential"}
_NOW = {"active", "recurrence", "relapse"}
_OVER = {"inactive", "remission", "resolved"}


@dataclass(frozen=True)
class _Problem:
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
        if self.doubt and not (self.is_suspicion and _suspicion_counts(fact, told)):
            told.leaves(self.resource, self.doubt, fact.id, topic=self.about)
        elif told.tells(fact.id, value, self.resource, words, self.days, limit):
            return True
        told.keeps_open(fact.id, self.days)  # also where it is too old, and still called active
        return False


def read_condition(resource: Element, told: Told) -> None:
    """Note what a Condition tells. Raises `Odd`."""
    concept = concept_at(resource, "code")
    for why in refusals(concept, told.codes):
        told.leaves(resource, why)
    verified = status_of(resource, "verificationStatus")
    if verified in _NOT_SO:
        told.leaves(resource, _NOT_SO[verified])
        return
    over, doubt = _is_over(resource, told), _doubt(resource, verified)
    about = bool(doubt) and not over and _is_about(concept, told)
    problem = _Problem(resource, concept, doubt, verified in _DOUBTFUL, over, _latest(resource), about)
    coded, counted = _coded(problem, told)
    matched = _heard(problem, coded, told) or bool(coded)
    for key in concept.codes:
        if (left := told.codes.untold.get(key)) and key not in counted:
            told.leaves(resource, left.because, topic=left.topic and not over)
            matched = True
    if matched:
        return
    if doubt:
        told.leaves(resource, doubt, topic=about)
    elif name := topic_named(concept.words, told.pack):
        told.leaves(resource, f'"{name}" is about this topic, and tells no fact', topic=not over)
    else:
        told.leaves(resource, "no fact is read from its code or name")


def condition_could_tell(resource: Element, told: Told) -> Iterator[tuple[str, float | None]]:
    """The facts that it could tell, of whatever day, were it sound; where it is over those that count as history."""
    try:
        concept = concept_at(resource, "code")
    except Odd:
        return  # what it is about cannot be read
    try:
        if status_of(resource, "verificationStatus") in _NOT_SO:
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


def _is_about(concept: Concept, told: Told) -> bool:
    """Whether it is about the topic, by a fact that it would tell or by its name."""
    facts = _facts_about(concept, told)
    if any(told.pack.facts[fact].topic for fact in facts) or topic_named(concept.words, told.pack):
        return True
    return any(left.topic for key in concept.codes if (left := told.codes.untold.get(key)))


def _facts_about(concept: Concept, told: Told) -> list[str]:
    """The facts that it tells or puts in doubt by its codes and names."""
    by_code = [telling.fact for key in concept.codes for telling, _ in told.codes.telling["problem"].get(key, ())]
    heard = [one.fact.id for _, one in facts_in(concept.words, told.pack) if one.doubt in ("", "uncertain")]
    problems = [one for one in told.codes.tellings if one.where == "problem" and one.named]
    named = [one.fact for one in problems if any(_names(one, name) for name in concept.words)]
    return [*by_code, *heard, *named]


def _names(telling: Telling, name: str) -> bool:
    """Whether a name holds the telling's own words, and nothing that takes them back."""
    return bool(hears(telling.named, [name])) and not hears(telling.unless, [name])


def _suspicion_counts(fact: Fact, told: Told) -> bool:
    """Whether the fact is so as soon as it is suspected."""
    return any(one.suspected for one in told.codes.tellings if one.fact == fact.id)


def _is_over(resource: Element, told: Told) -> bool:
    if status_of(resource, "clinicalStatus") in _OVER:
        return True
    ended = days_of(resource, "abatementDateTime")
    return ended.first <= told.today if ended else any(key.startswith("abatement") for key in resource)


def _latest(resource: Element) -> Days | None:
    known = [days for key in ("recordedDate", "onsetDateTime", "onsetPeriod") if (days := days_of(resource, key))]
    return max(known, key=lambda days: (days.first, days.last), default=None)


def _coded(problem: _Problem, told: Told) -> tuple[set[str], set[Key]]:
    """The facts that codes tell of, whether or not they count, and the codes of which something counts."""
    coded, counted = set(), set()
    for key in problem.concept.codes:
        for telling, code in told.codes.telling["problem"].get(key, ()):
            coded.add(telling.fact)
            fact = told.pack.facts[telling.fact]
            assert telling.means is not None
            if problem.tells(fact, telling.means, str(code), telling.days, told):
                counted.add(key)
                if telling.onset and not problem.over:
                    _read_onset(problem.resource, fact, told)
    return coded, counted


def _heard(problem: _Problem, coded: set[str], told: Told) -> bool:
    """What its names say beyond its codes: "Lumbar radiculopathy with foot drop" has a code for the first alone."""
    names = _own_words(problem.concept, told)
    heard = facts_in(names, told.pack, known=coded)
    problems = [one for one in told.codes.tellings if one.where == "problem"]
    for name, one in heard:
        if one.doubt and not (one.doubt == "uncertain" and _suspicion_counts(one.fact, told)):
            told.leaves(problem.resource, f"its name speaks of it as {one.doubt}", one.fact.id)
            if one.doubt == "uncertain" and not problem.over:
                told.keeps_open(one.fact.id, problem.days)
        else:
            problem.tells(one.fact, one.value, f'by its name "{name}"', told.codes.within(one.fact.id), told)
    passed = coded | {one.fact.id for _, one in heard}
    named = [(one, name) for one in problems if one.fact not in passed and (name := hears(one.named, names))]
    named = [(one, name) for one, name in named if not hears(one.unless, names)]
    for telling, name in named:
        assert telling.means is not None
        counts = problem.tells(
            told.pack.facts[telling.fact], telling.means, f'by its name "{name}"', telling.days, told
        )
        if not counts and not problem.over and topic_named([name], told.pack):
            told.leaves(problem.resource, f'"{name}" is about this topic, and tells no fact', topic=True)
    return bool(heard or named)


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
