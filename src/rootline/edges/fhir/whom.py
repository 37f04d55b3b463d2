"""Whom something is about: a patient by a reference, or by an identifier where there is none. Looks nobody up.

Two names are one patient only where a Patient bears both; what cannot be a name in FHIR never goes out again.
"""

from __future__ import annotations

import re

from rootline.edges.fhir.element import Element, Odd, has_id, many, name_of, one, text
from rootline.errors import InputError

_REFERENCE = re.compile(
    r"(?:https?://[A-Za-z0-9\-._~:/%$@\[\]]{1,500}/)?Patient/[A-Za-z0-9\-.]{1,64}"
    r"|urn:uuid:[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|urn:oid:[0-2](?:\.(?:0|[1-9][0-9]{0,40})){1,40}"
)
_LONGEST = 500  # characters of an identifier
_BY_SEARCH = "Patient?identifier="  # how a batch refers to a patient whose id it does not know


def whom(resource: Element, key: str) -> str:
    """The name of the patient referred to: a reference without its version, else an identifier. Raises `Odd`."""
    said = one(resource, key)
    reference = text(said, "reference").partition("/_history/")[0].removeprefix(_BY_SEARCH)
    return reference or _token(one(said, "identifier"))


def names_of(person: Element, address: str = "", server: str = "") -> tuple[str, ...]:
    """Every name of a Patient, the first the best: id, address, identifiers. Raises `Odd`, also for an id that is none.

    `server` is the address that references to it may begin with.
    """
    if person.get("id") is not None and not has_id(person):
        raise Odd("the id of the Patient is not 1 to 64 of A-Z, a-z, 0-9, - and .")
    names = [name_of(person)] if has_id(person) else []
    names += [f"{server.rstrip('/')}/{name}" for name in names if server]
    names += [address] if address else []
    return *names, *filter(None, map(_token, many(person, "identifier")))


def reference_to(name: str) -> Element:
    """The name as a Reference of FHIR. Raises `InputError` for one that cannot be."""
    system, bar, value = name.partition("|")
    if bar and value and name.isprintable() and len(name) <= _LONGEST and " " not in system:
        return {"identifier": {"system": system, "value": value} if system else {"value": value}}
    if not bar and _REFERENCE.fullmatch(name):
        return {"reference": name}
    raise InputError(
        "whom it is about is named by something that is no reference to a Patient",
        mend="Send `Patient/…` with an id of 1 to 64 letters, digits, `-` and `.`, an address that ends so, "
        "`urn:uuid:…`, or an identifier.",
    )


def _token(identifier: Element) -> str:
    """An identifier as FHIR searches for it; empty where it has no value."""
    value = text(identifier, "value")
    return f"{text(identifier, 'system')}|{value}" if value else ""
