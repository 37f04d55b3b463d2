"""The pack's CQL library as a FHIR Library: its text and its ELM as attachments, its parameters listed.

What the library holds is decided in `packs/cql_library`.
"""

from __future__ import annotations

import base64
import json

from rootline.answers.model import Review
from rootline.edges.fhir.definition import definition, limits
from rootline.edges.fhir.naming import Resource, plan_id
from rootline.logic.values import YES_NO, Amount, FactType
from rootline.packs.cql_library import library_of
from rootline.packs.model import Pack
from rootline.packs.write_cql import as_cql, as_elm

_TYPES = "http://terminology.hl7.org/CodeSystem/library-type"


def write_library(pack: Pack, review: Review) -> Resource:
    """The Library. Raises `PackError` where the pack cannot be said in CQL."""
    library = library_of(pack, is_approved=review.state == "approved")
    elm = json.dumps(as_elm(library), ensure_ascii=False, separators=(",", ":"))
    opening = definition("Library", plan_id(pack.id), pack.title.clinician, " ".join(library.says), pack, review)
    return {
        **opening,
        "name": library.name,  # the name that CQL knows it by
        "type": {"coding": [{"system": _TYPES, "code": "logic-library"}]},
        "usage": limits(pack, review),
        "parameter": [
            *(_parameter(one.fact, "in", _type(one.type), one.says) for one in library.parameters),
            *(_parameter(one.name, "out", "boolean", one.says) for one in library.definitions),
        ],
        "content": [
            _attachment("text/cql", as_cql(library)),
            _attachment("application/elm+json", elm),
        ],
    }


def _parameter(name: str, use: str, type_: str, says: str) -> Resource:
    opening: Resource = {"name": name, "use": use, "min": 0, "max": "1"}
    return {**opening, **({"documentation": says} if says else {}), "type": type_}


def _type(type_: FactType) -> str:
    if isinstance(type_, Amount):
        return "decimal"
    return "boolean" if type_ == YES_NO else "string"


def _attachment(kind: str, text: str) -> Resource:
    return {"contentType": kind, "data": base64.b64encode(text.encode()).decode("ascii")}
