"""What a request to `$apply` holds: Parameters, or a resource alone.

Reads no resource. A parameter of the standard's own `$apply` that tells nothing here is named; any other is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rootline.answers.conversation import read_audience
from rootline.answers.model import Audience
from rootline.edges.fhir.element import Element, many, one, only_value, text
from rootline.edges.fhir.questionnaires import KIND
from rootline.edges.fhir.whom import whom
from rootline.errors import InputError, nearest

_ONCE = ("subject", "userType")
_DATA = ("data", "questionnaireResponse")
_STANDARD = (
    "encounter",
    "practitioner",
    "organization",
    "userLanguage",
    "userTaskContext",
    "setting",
    "settingContext",
)


@dataclass
class Sent:
    """What a request holds: whom it is about, for whom it is told, and parameters that are not used.

    `forms` were handed over by themselves; what lies in a Bundle is a record, its forms among it.
    """

    subject: str = ""
    audience: Audience = "clinician"
    forms: list[Element] = field(default_factory=list)
    record: dict[str, Element] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)


def read_sent(sent: Any) -> Sent:
    """Whatever was sent. Raises `InputError`, and `Odd` for what is not as FHIR R4 has it."""
    read = Sent()
    if isinstance(sent, dict) and sent.get("resourceType") == "Parameters":
        parameters = many(sent, "parameter")
        names = [text(parameter, "name") for parameter in parameters]
        if twice := [name for name in _ONCE if names.count(name) > 1]:
            raise InputError(f"`{twice[0]}` is sent more than once", mend="Send it once.")
        for parameter in parameters:
            _parameter(parameter, read)
    else:
        _resource(sent, read)
    return read


def _parameter(parameter: Element, read: Sent) -> None:
    name = text(parameter, "name")
    only_value(parameter)
    if name == "subject":
        read.subject = whom(parameter, "valueReference") or text(parameter, "valueString")
        if not read.subject:
            raise InputError("`subject` is no reference", mend="Send it as valueReference or valueString.")
    elif name == "userType":
        read.audience = read_audience(_code(parameter))
    elif name in _DATA:
        _resource(parameter.get("resource"), read)
    elif name in _STANDARD:
        read.unused.append(name)
    else:
        mend = nearest(name, (*_ONCE, *_DATA)) or f"Send {', '.join((*_ONCE, *_DATA))}."
        raise InputError("a parameter is not known here", mend=mend)


def _code(parameter: Element) -> object:
    """The one code of a CodeableConcept, or a plain code."""
    codings = many(one(parameter, "valueCodeableConcept"), "coding")
    return codings[0].get("code") if len(codings) == 1 else parameter.get("valueCode")


def _resource(resource: Any, read: Sent) -> None:
    if not isinstance(resource, dict) or not isinstance(resource.get("resourceType"), str):
        raise InputError("this is no FHIR resource", mend="Send Parameters, a Bundle or a QuestionnaireResponse.")
    if resource["resourceType"] == KIND:
        read.forms.append(resource)
    else:
        read.record[f"data {len(read.record)}"] = resource
