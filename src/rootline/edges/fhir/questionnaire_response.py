"""Answers to the pack's Questionnaire, come back as a QuestionnaireResponse, to facts.

An item without an answer stays unknown, whatever stands around it. What cannot be read is refused, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from rootline.answers.case import Given
from rootline.edges.fhir.naming import UCUM, Resource, address, questionnaire_id
from rootline.errors import InputError, NotFoundError, nearest
from rootline.logic.units import UNITS
from rootline.logic.values import YES_NO, Amount, Value, read_value
from rootline.packs.model import Pack
from rootline.readers.english import VOICES

_READ = ("completed", "amended")
_GROUP = "group."
_DEEPEST = 20  # groups inside groups; the pack's own Questionnaire has one level


def read_response(response: Resource, pack: Pack) -> list[Given]:
    """The facts answered, each with the resource it came from.

    Raises `InputError` for an answer that is none, `NotFoundError` for a question that the pack does not ask.
    """
    _refuse_foreign(response, pack)
    found: dict[str, Given] = {}
    for item in _items(response, 0):
        link = item.get("linkId")
        answers = item.get("answer", [])
        if not isinstance(link, str) or not isinstance(answers, list):
            raise _unreadable("an item of the QuestionnaireResponse")
        if not answers:
            continue
        if link not in pack.facts:
            raise NotFoundError(f"no question has the linkId `{link[:64]}`", mend=nearest(link[:64], pack.facts))
        if len(answers) > 1 or link in found:
            raise InputError(f"`{link}` is answered more than once", mend="Send one answer to each question.")
        value = _value(answers[0], link, pack)
        found[link] = Given(link, value, "fhir", f"QuestionnaireResponse/{response.get('id', '(no id)')}: {link}")
    return list(found.values())


def is_other_version(response: Resource, pack: Pack) -> bool:
    """Whether the questions that were answered are those of another version of the pack."""
    version = str(response.get("questionnaire", "")).partition("|")[2]
    return bool(version) and version != pack.version


def _refuse_foreign(response: Resource, pack: Pack) -> None:
    if response.get("status") not in _READ:
        raise InputError(
            "the QuestionnaireResponse has a status that is not read",
            mend=f"Its status can be {' or '.join(_READ)}: what is not finished, or was entered in error, is not used.",
        )
    asked = str(response.get("questionnaire", "")).partition("|")[0]
    own = [address("Questionnaire", questionnaire_id(pack.id, voice)) for voice in VOICES]
    if asked and asked not in own:
        raise InputError("the QuestionnaireResponse answers another Questionnaire", mend=f"It can be {own[0]}.")


def _items(part: Any, depth: int) -> Iterator[Resource]:
    """Every item, groups entered."""
    if depth > _DEEPEST:
        raise _unreadable("the nesting of the items")
    below = part.get("item", [])
    if not isinstance(below, list) or not all(isinstance(one, dict) for one in below):
        raise _unreadable("`item`")
    for one in below:
        if str(one.get("linkId", "")).startswith(_GROUP):
            if one.get("answer"):
                raise InputError("a group of questions has no answer of its own", mend="Answer the questions in it.")
            yield from _items(one, depth + 1)
        elif one.get("item"):
            raise InputError("a question of this Questionnaire has no items below it", mend="Send them in their group.")
        else:
            yield one


def _value(answer: Any, link: str, pack: Pack) -> Value:
    type_ = pack.types[link]
    keys = {"Amount": "valueQuantity", "yes/no": "valueBoolean", "choice": "valueCoding"}
    key = keys["Amount" if isinstance(type_, Amount) else "yes/no" if type_ == YES_NO else "choice"]
    if not isinstance(answer, dict) or key not in answer:
        raise InputError(f"the answer to `{link}` is no {key}", mend=f"Send it as {key}; leave out what is not known.")
    told = answer[key]
    if key == "valueBoolean":
        if not isinstance(told, bool):
            raise InputError(f"the answer to `{link}` is neither true nor false", mend="Send true or false.")
        return "yes" if told else "no"
    if not isinstance(told, dict):
        raise _unreadable(f"the answer to `{link}`")
    return _choice(told, link, pack) if key == "valueCoding" else _amount(told, link, pack)


def _choice(coding: Resource, link: str, pack: Pack) -> Value:
    type_ = pack.types[link]
    code = coding.get("code")
    assert not isinstance(type_, Amount)
    if not isinstance(code, str) or code not in type_.values:
        raise InputError(f"`{link}` has no such answer", mend=f"Its codes are {', '.join(type_.values)}.")
    return code


def _amount(quantity: Resource, link: str, pack: Pack) -> Value:
    """A number with its UCUM code; a comparator makes it an interval."""
    type_ = pack.types[link]
    assert isinstance(type_, Amount)
    number, code, comparator = quantity.get("value"), quantity.get("code"), quantity.get("comparator", "")
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        raise InputError(f"the answer to `{link}` has no number", mend="Send a Quantity with a value and a UCUM code.")
    is_ours = isinstance(code, str) and code in UNITS and UNITS[code].dimension == type_.unit.dimension
    if quantity.get("system", UCUM) != UCUM or not is_ours:
        raise InputError(f"`{link}` has a unit that is not read", mend=f"Its UCUM code is `{type_.unit.code}`.")
    if comparator not in ("", "<", "<=", ">", ">="):
        raise InputError(f"`{link}` has a comparator that is not read", mend="It can be <, <=, > or >=.")
    try:
        value = read_value(f"{comparator}{Decimal(str(number)):f} {code}", type_)
    except InputError as error:
        raise InputError(f"`{link}`: {error.what}", mend=error.mend) from None
    assert value is not None
    return value


def _unreadable(what: str) -> InputError:
    return InputError(f"{what} cannot be read", mend="Send a QuestionnaireResponse of FHIR R4.")
