"""`$apply`: what is known of one patient comes in, the plan goes out as a FHIR document.

Only turns one format into the other; what is not used is said, and who it is about is never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rootline.answers.ask import answer_facts
from rootline.answers.case import Given
from rootline.answers.conversation import read_audience
from rootline.answers.model import Audience
from rootline.edges.fhir.naming import Resource
from rootline.edges.fhir.patient_answer import PatientAnswer
from rootline.edges.fhir.questionnaire_response import is_other_version, read_response
from rootline.edges.fhir.write_answer import write_answer
from rootline.errors import InputError
from rootline.packs.model import Pack

_MOST = 1000  # resources in one request


@dataclass
class _Sent:
    """What a request holds: whom it is about, for whom it is told, resources, and names of what is not used."""

    subject: Resource | None = None
    audience: Audience = "clinician"
    resources: list[Resource] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


def apply(sent: Any, pack: Pack) -> Resource:
    """The plan for what was sent: Parameters, a Bundle or a QuestionnaireResponse.

    Raises `InputError` for what cannot be read, and where it is not clear whom it is about.
    """
    read = _read(sent)
    responses = [one for one in read.resources if one["resourceType"] == "QuestionnaireResponse"]
    given = _facts(responses, pack)
    subject = _subject(read.subject, responses)
    remarks = [f"{name} was not used." for name in dict.fromkeys(read.unused)]
    if any(is_other_version(one, pack) for one in responses):
        remarks.append(f"The questions answered are not those of version {pack.version}.")
    answer = answer_facts(pack, given, read.audience)
    return write_answer(PatientAnswer(answer, subject, tuple(remarks)))


def _read(sent: Any) -> _Sent:
    read = _Sent()
    if isinstance(sent, dict) and sent.get("resourceType") == "Parameters":
        for one in _list(sent.get("parameter", []), "`parameter`"):
            _parameter(one, read)
    else:
        _resource(sent, read)
    return read


def _parameter(one: Resource, read: _Sent) -> None:
    name = one.get("name")
    if name == "subject":
        told = one.get("valueReference", {"reference": one.get("valueString")})
        if not isinstance(told, dict) or not isinstance(told.get("reference"), str):
            raise InputError("`subject` is no reference", mend="Send it as valueReference or valueString.")
        read.subject = {"reference": told["reference"]}
    elif name == "userType":
        read.audience = read_audience(_code(one))
    elif name == "data" or (name == "questionnaireResponse" and "resource" in one):
        _resource(one.get("resource"), read)
    else:
        read.unused.append(f"Parameter {str(name)[:64]}")


def _code(parameter: Resource) -> object:
    """The one code of a CodeableConcept, or a plain code."""
    concept = parameter.get("valueCodeableConcept")
    if isinstance(concept, dict):
        codings = concept.get("coding")
        if isinstance(codings, list) and len(codings) == 1 and isinstance(codings[0], dict):
            return codings[0].get("code")
    return parameter.get("valueCode")


def _resource(one: Any, read: _Sent) -> None:
    kind = one.get("resourceType") if isinstance(one, dict) else None
    if not isinstance(kind, str):
        raise InputError("this is no FHIR resource", mend="Send Parameters, a Bundle or a QuestionnaireResponse.")
    if kind == "Bundle":
        for entry in _list(one.get("entry", []), "`entry`"):
            if isinstance(entry.get("resource"), dict) and entry["resource"].get("resourceType") == "Bundle":
                raise InputError("a Bundle in a Bundle is not read", mend="Send one Bundle.")
            _resource(entry.get("resource"), read)
    elif kind == "QuestionnaireResponse":
        read.resources.append(one)
    else:
        read.unused.append(f"{kind[:64]}/{str(one.get('id', '(no id)'))[:64]}")


def _list(found: Any, what: str) -> list[Resource]:
    if not isinstance(found, list) or len(found) > _MOST or not all(isinstance(one, dict) for one in found):
        raise InputError(f"{what} cannot be read", mend=f"Send a list of at most {_MOST}.")
    return found


def _facts(responses: Iterable[Resource], pack: Pack) -> list[Given]:
    """The facts of all responses. Two that answer one question differently are refused: neither is believed."""
    found: dict[str, Given] = {}
    for given in (one for response in responses for one in read_response(response, pack)):
        before = found.setdefault(given.fact, given)
        if before.value != given.value:
            raise InputError(f"`{given.fact}` is answered in two ways", mend="Send the answers that count.")
    return list(found.values())


def _subject(named: Resource | None, responses: Iterable[Resource]) -> Resource:
    """The one patient that it is all about."""
    told = [*([named] if named else []), *(one["subject"] for one in responses if "subject" in one)]
    if not all(isinstance(one, dict) and isinstance(one.get("reference", ""), str) for one in told):
        raise InputError("a `subject` cannot be read", mend="Send a Reference.")
    references = {one["reference"] for one in told if one.get("reference")}
    if len(references) > 1:
        raise InputError("it is about more than one patient", mend="Send the answers of one patient.")
    if not references:
        raise InputError("it is not said whom it is about", mend="Send the parameter `subject`: Patient/….")
    return {"reference": references.pop()}
