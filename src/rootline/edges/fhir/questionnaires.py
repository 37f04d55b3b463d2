"""Answers to the pack's own Questionnaire: each item's `linkId` is a fact, and its answer a value of that fact.

No answer is unknown. An answer that is none of the fact's values is told and not used; it is never bent to fit.
"""

from __future__ import annotations

from rootline.edges.fhir.days import Days, days_of, said
from rootline.edges.fhir.element import Element, Odd, flag, many, number, one, text
from rootline.edges.fhir.quantity import read_number, read_quantity
from rootline.edges.fhir.told import Told
from rootline.logic.values import YES_NO, Choice, FactType, Value

_DEEPEST = 20  # levels of items inside items


def read_answers(resource: Element, told: Told) -> None:
    """Note what a QuestionnaireResponse tells. Raises `Odd`."""
    if (status := text(resource, "status")) not in ("completed", "amended"):
        known = status in ("in-progress", "entered-in-error", "stopped")
        told.leaves(resource, f"it is {status}" if known else "its status is not known here")
        return
    asked = text(resource, "questionnaire").partition("|")[0]
    if told.pack.id not in asked.rpartition("/")[2]:
        told.leaves(resource, "it answers another questionnaire than this pack's")
        return
    days = days_of(resource, "authored")
    if told.is_valid(days, told.codes.answers.days, resource, ""):
        _read_items(resource, resource, days, told, 0)


def _read_items(resource: Element, inside: Element, days: Days | None, told: Told, depth: int) -> None:
    if depth > _DEEPEST:
        raise Odd("its items lie too deep")
    for item in many(inside, "item"):
        link, answers = text(item, "linkId"), many(item, "answer")
        if answers:
            _read_item(resource, link, answers, days, told)
        for deeper in (item, *answers):
            _read_items(resource, deeper, days, told, depth + 1)


def _read_item(resource: Element, link: str, answers: list[Element], days: Days | None, told: Told) -> None:
    if link not in told.pack.facts:
        told.leaves(resource, "it answers a question that is no fact of this pack")
        return
    try:
        if len(answers) > 1:
            raise Odd("it is answered more than once")
        value = _answer(answers[0], told.pack.types[link])
    except Odd as odd:
        told.leaves(resource, str(odd), link)
        told.fails(link, days)
        return
    told.finds(link, value, resource, said("answered", days), days, rank=1)


def _answer(answer: Element, type_: FactType) -> Value:
    """One answer as a value. Raises `Odd`."""
    if isinstance(type_, Choice):
        chosen = text(one(answer, "valueCoding"), "code")
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
