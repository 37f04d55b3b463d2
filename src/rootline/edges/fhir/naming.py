"""How things are named in FHIR: ids, canonical addresses, codings of our own. The same thing always has the same name.

Whether an address leads anywhere is not decided here: the default base is a reserved name that never does.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from rootline.settings import fhir_base

Resource = dict[str, Any]  # a FHIR resource or a part of one, as its JSON
UCUM = "http://unitsofmeasure.org"
_LONGEST_ID = 64
_HASHED = 16  # letters of the hash that ends an id too long for FHIR
_FOREIGN = re.compile(r"[^A-Za-z0-9.-]+")


def fhir_id(*parts: str) -> str:
    """An id that FHIR takes; one too long, or changed by taking out letters, ends in a hash of the whole.

    >>> fhir_id("ankle-sprain", "nsaid")
    'ankle-sprain.nsaid'
    """
    whole = ".".join(parts)
    plain = _FOREIGN.sub("-", whole)
    if plain == whole and len(plain) <= _LONGEST_ID:
        return plain
    mark = hashlib.sha256(whole.encode()).hexdigest()[:_HASHED]
    return f"{plain[: _LONGEST_ID - _HASHED - 1]}-{mark}"


def address(kind: str, id_: str) -> str:
    """The canonical address of a resource of this kind."""
    return f"{fhir_base()}/{kind}/{id_}"


def canonical(kind: str, id_: str, version: str) -> str:
    """The canonical address of one version."""
    return f"{address(kind, id_)}|{version}"


def plan_id(pack_id: str) -> str:
    """The id of the pack's PlanDefinition and its Library."""
    return fhir_id(pack_id)


def questionnaire_id(pack_id: str, voice: str) -> str:
    """The id of the pack's Questionnaire in one voice."""
    return fhir_id(pack_id, voice)


def activity_id(pack_id: str, action: str, *, avoid: bool) -> str:
    """The id of an action's ActivityDefinition: one to do it, another not to."""
    return fhir_id(pack_id, "avoid", action) if avoid else fhir_id(pack_id, action)


def evidence_id(pack_id: str, citation: str) -> str:
    """The id of the Evidence for a citation, `source#point`."""
    return fhir_id(pack_id, *citation.split("#"))


def action_codes(pack_id: str) -> str:
    """The id of the list of the pack's actions."""
    return fhir_id(pack_id, "actions")


def code(system: str, code_: str, display: str = "") -> Resource:
    """A code of our own."""
    coding = {"system": address("CodeSystem", system), "code": code_}
    return {**coding, "display": display} if display else coding


def concept(text: str, *codings: Resource) -> Resource:
    """A concept by its words, with codes where there are any."""
    return {"coding": list(codings), "text": text} if codings else {"text": text}


def stable_uuid(*parts: str) -> str:
    """The same parts, the same id; it tells nothing of them."""
    return str(uuid5(NAMESPACE_URL, "\0".join(["rootline", *parts])))
