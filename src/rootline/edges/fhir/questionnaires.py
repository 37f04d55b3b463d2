"""Answers to the pack's own Questionnaire: each item's `linkId` is a fact, and its answer a value of that fact.

No answer is unknown. An answer that is none of the fact's values is told with its place, and not used; it is never bent
to fit.
"""

from __future__ import annotations

from collections.abc import Iterator

from rootline.edges.fhir.days import Days, days_of
from rootline.edges.fhir.element import Element, Odd, flag, many, number, one, only_value, refuse_modified, text
from rootline.edges.fhir.naming import questionnaire_id
from rootline.edges.fhir.quantity import read_number, read_quantity
from rootline.edges.fhir.told import Told
from rootline.logic.values import YES_NO, Choice, FactType, Value
from rootline.packs.model import Fact, Pack
from rootline.readers.english import VOICES

KIND = "QuestionnaireResponse"
_DEEPEST = 20  # levels of items inside items


def read_answers(resource: Element, told: Told) -> None:
    """Note what a QuestionnaireResponse tells. Raises `Odd`."""
    status, days, limit = text(resource, "status"), days_of(resource, "authored"), told.codes.answers.days
    if why := _why_not(resource, told):
        told.leaves(resource, why[0], place=f"{KIND}.{why[1]}")
        return
    if status not in ("completed", "amended"):
        why_odd = f"it is {status}" if status in ("in-progress", "stopped") else "its status is not known here"
        raise Odd(why_odd, f"{KIND}.status")
    if told.is_too_old(days, limit):
        told.leaves(resource, f"it is older than {limit:g} days")
        return
    is_ahead = days is not None and days.first > told.today  # a form is of here: no other time zone is allowed for
    if unsure := "it lies in the future" if is_ahead else told.why_unsure(days, limit):
        raise Odd(unsure, f"{KIND}.authored")
    answered: dict[str, list[tuple[str, Element]]] = {}
    for place, link, answer in _answers(resource, KIND, 0):
        answered.setdefault(link, []).append((place, answer))
    for link, answers in answered.items():
        _read_answers(resource, link, answers, days, told)


def answers_could_tell(resource: Element, told: Told) -> Iterator[tuple[str, float | None]]:
    """The facts that its answers could tell, and for how many days, denials aside; none of other questions."""
    try:
        if _why_not(resource, told):
            return
        for _, link, answer in _answers(resource, KIND, 0):
            fact = told.pack.facts.get(link)
            if fact is not None and not _denies(answer, fact):
                yield link, told.codes.answers.days
    except Odd:
        return  # what lies deeper, or is asked, cannot be read


def _why_not(resource: Element, told: Told) -> tuple[str, str] | None:
    """Why it surely tells nothing, and the element that says so. Raises `Odd`."""
    own = [questionnaire_id(told.pack.id, voice) for voice in VOICES]
    if text(resource, "status") == "entered-in-error":
        return "it is entered-in-error", "status"
    if _asked(resource)[0].rpartition("/")[2] not in own:  # a hospital may hold the pack's questions at its own address
        return "it answers another questionnaire than this pack's", "questionnaire"
    return None


def _denies(answer: Element, fact: Fact) -> bool:
    """Whether an answer can be read, and says that the fact is not so."""
    try:
        return _value(answer, fact.type) == fact.denied_means
    except Odd:
        return False


def is_other_version(resource: Element, pack: Pack) -> bool:
    """Whether the questions that were answered are those of another version of the pack. Raises `Odd`."""
    return _asked(resource)[1] not in ("", pack.version)


def _asked(resource: Element) -> tuple[str, str]:
    """The address of the questionnaire that is answered, and its version."""
    address, _, version = text(resource, "questionnaire").partition("|")
    return address, version


def _answers(inside: Element, path: str, depth: int) -> Iterator[tuple[str, str, Element]]:
    """Every answer with its place and its question; of what has no answer nothing is known.

    A modifier extension is handed down: FHIR lets it change the meaning of all that lies inside.
    """
    if depth > _DEEPEST:
        raise Odd("its items lie too deep")
    for index, item in enumerate(many(inside, "item")):
        place, inner = f"{path}.item[{index}]", {**_modifier(inside), **item}
        link = text(item, "linkId")
        for which, answer in enumerate(many(item, "answer")):
            given = {**_modifier(inner), **answer}
            yield f"{place}.answer[{which}]", link, given
            yield from _answers(given, f"{place}.answer[{which}]", depth + 1)
        yield from _answers(inner, place, depth + 1)


def _modifier(element: Element) -> Element:
    return {key: value for key, value in element.items() if key == "modifierExtension"}


def _read_answers(
    resource: Element, link: str, answers: list[tuple[str, Element]], days: Days | None, told: Told
) -> None:
    place, answer = answers[-1]
    if link not in told.pack.facts:
        why = "it answers a question that is no fact of this pack"
        told.leaves(resource, why, topic=True, place=place)  # it may be a sign that was renamed
        return
    try:
        if len(answers) > 1:
            raise Odd("it is answered more than once")
        value = _value(answer, told.pack.types[link])
    except Odd as odd:
        told.leaves(resource, str(odd), link, place=place)
        told.keeps_open(link, days)
        return
    told.tells(link, value, resource, "answered", days, rank=1)


def _value(answer: Element, type_: FactType) -> Value:
    """One answer as a value. Raises `Odd`.

    The pack's own answers are codes without a system; the same word in another system may mean something else.
    """
    refuse_modified(answer)
    only_value(answer)
    if isinstance(type_, Choice):
        coding = one(answer, "valueCoding")
        if text(coding, "system"):
            raise Odd("its code is of a system, and the pack's answers are of none")
        chosen = text(coding, "code")
        if type_ == YES_NO and (is_so := flag(answer, "valueBoolean")) is not None:
            chosen = "yes" if is_so else "no"
        if chosen not in type_.values:
            raise Odd("its answer is none of the fact's values")
        return chosen
    if "valueQuantity" in answer:
        return read_quantity(one(answer, "valueQuantity"), type_)
    for key in ("valueInteger", "valueDecimal"):
        if (measured := number(answer, key)) is not None:
            return read_number(measured, type_)
    raise Odd("its answer is no number")
