"""What an entry of a record that is not used may say: its facts are kept in doubt, so that no denial closes them.

Reads no value: a resource that is odd, or stands there in two versions, is never used, however much of it is sound.
"""

from __future__ import annotations

from rootline.edges.fhir.concept import concept_at, status_of
from rootline.edges.fhir.element import Element, Odd, flag, text
from rootline.edges.fhir.named import facts_in
from rootline.edges.fhir.told import Told

_NOT_SO = ("refuted", "entered-in-error")


def keep_in_doubt(resource: Element, told: Told) -> None:
    """Put in doubt what a Condition or Observation would tell by its code or name, unless it says that it is not so."""
    if resource.get("resourceType") not in ("Condition", "Observation"):
        return
    try:
        if status_of(resource, "verificationStatus") in _NOT_SO or text(resource, "status") in _NOT_SO:
            return
        if flag(resource, "valueBoolean") is False:
            return
        concept = concept_at(resource, "code")
    except Odd:
        return  # what it is about cannot be read
    for where in ("problem", "measurement"):
        for key in concept.codes:
            for telling, _ in told.codes.telling[where].get(key, ()):
                told.doubts(telling.fact)
    for _, one in facts_in(concept.words, told.pack):
        if one.doubt in ("", "uncertain"):
            told.doubts(one.fact.id)
