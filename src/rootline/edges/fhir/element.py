"""Elements of a FHIR resource in JSON, taken by name and held to their kind. Knows no resource by name.

What has another kind than FHIR R4 gives it is never read as something else: the resource is set aside, and told.
"""

from __future__ import annotations

import re
from typing import Any

Element = dict[str, Any]
_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


class Odd(Exception):
    """A resource that is not as FHIR R4 has it, or that says something no reader here knows.

    It is set aside for doubt, and not because it is surely not so: see `doubt`. `place`: where in it, as FHIRPath.
    """

    def __init__(self, why: str, place: str = "") -> None:
        super().__init__(why)
        self.place = place


def one(element: Element, key: str) -> Element:
    """An object; empty when it is not there. Raises `Odd`."""
    value = element.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Odd(f"`{key}` is not an object")
    return value


def many(element: Element, key: str) -> list[Element]:
    """A list of objects; empty when it is not there. Raises `Odd`."""
    value = element.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise Odd(f"`{key}` is not a list of objects")
    return value


def text(element: Element, key: str) -> str:
    """A text; empty when it is not there. Raises `Odd`."""
    value = _primitive(element, key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Odd(f"`{key}` is not a text")
    return value


def flag(element: Element, key: str) -> bool | None:
    """A boolean; None when it is not there. Raises `Odd`."""
    value = _primitive(element, key)
    if value is not None and not isinstance(value, bool):
        raise Odd(f"`{key}` is not true or false")
    return value


def number(element: Element, key: str) -> float | None:
    """A number; None when it is not there. Raises `Odd`."""
    value = _primitive(element, key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < 1e12:
        raise Odd(f"`{key}` is not a number")
    return float(value)


def only_value(element: Element) -> str:
    """The one key of `value[x]`; empty when there is none. Raises `Odd` for two, which would count is nowhere said, and
    for one that is said to be absent.
    """
    keys = [key for key in element if key.startswith("value") and element[key] is not None]
    if len(keys) > 1:
        raise Odd("it has more than one value")
    if keys and isinstance(element[keys[0]], dict):
        _refuse_absent(element[keys[0]], keys[0])
    return keys[0] if keys else ""


def _primitive(element: Element, key: str) -> Any:
    """A value that is no object; what FHIR says of it stands beside it, under the same name after a `_`."""
    value = element.get(key)
    if value is not None and f"_{key}" in element:
        _refuse_absent(one(element, f"_{key}"), key)
    return value


def _refuse_absent(said: Element, key: str) -> None:
    if any(extension.get("url") == _ABSENT for extension in many(said, "extension")):
        raise Odd(f"`{key}` is there, and said to be absent")


def has_id(resource: Element) -> bool:
    """Whether a resource has an id as FHIR takes it."""
    id_ = resource.get("id")
    return isinstance(id_, str) and _ID.fullmatch(id_) is not None


def name_of(resource: Element) -> str:
    """How a resource is named to people: its type and id, and nothing a record could slip in."""
    type_ = resource.get("resourceType")
    said = type_ if isinstance(type_, str) and _ID.fullmatch(type_) else "something without a type"
    return f"{said}/{resource['id']}" if has_id(resource) else f"{said} without an id"


def in_one_line(words: str) -> str:
    """Words of a record as one line, without what no text of FHIR or XML may hold."""
    if not words.isprintable():
        words = "".join(letter if letter.isprintable() else " " for letter in words)
    return " ".join(words.split())


def refuse_modified(element: Element) -> None:
    """Raises `Odd` for what may turn the meaning round: an extension or rules that FHIR forbids to pass over."""
    if element.get("modifierExtension"):
        raise Odd("a modifier extension may change its meaning")
    if element.get("implicitRules"):
        raise Odd("it follows rules that are not known here")
