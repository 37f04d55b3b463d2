"""A whole pack as one Bundle of FHIR R4 resources. The same pack gives the same bytes.

Holds no patient; each resource is written in a file of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rootline.answers.model import Review
from rootline.edges.fhir.naming import Resource, stable_uuid
from rootline.edges.fhir.write_activities import write_activities
from rootline.edges.fhir.write_codes import write_codes
from rootline.edges.fhir.write_library import write_library
from rootline.edges.fhir.write_plan_definition import write_plan_definition
from rootline.edges.fhir.write_questionnaire import write_questionnaire
from rootline.edges.fhir.write_sources import write_sources
from rootline.packs.model import Pack
from rootline.readers.english import VOICES
from rootline.settings import fhir_base


def write_pack(pack: Pack, review: Review) -> Resource:
    """The Bundle: plan, library, questions in both voices, actions, codes, evidence."""
    resources = [
        write_plan_definition(pack, review),
        write_library(pack, review),
        *(write_questionnaire(pack, review, voice) for voice in VOICES),
        *write_activities(pack, review),
        *write_codes(pack, review),
        *write_sources(pack, review),
    ]
    return {
        "resourceType": "Bundle",
        "id": stable_uuid("pack", pack.sha256, review.state),
        "type": "collection",
        "timestamp": midnight(pack.updated),
        "entry": [{"fullUrl": one["url"], "resource": one} for one in resources],
    }


def midnight(day: str) -> str:
    """A day as the instant it began: the clock is never asked."""
    return f"{day}T00:00:00Z"


def resources_of(pack: Pack, review: Review) -> Mapping[tuple[str, str], Resource]:
    """Every resource of the pack by its type and id."""
    return _resources(pack, review, fhir_base())


@lru_cache(maxsize=4)
def _resources(pack: Pack, review: Review, base: str) -> Mapping[tuple[str, str], Resource]:
    entries = write_pack(pack, review)["entry"]
    return {(one["resource"]["resourceType"], one["resource"]["id"]): one["resource"] for one in entries}
