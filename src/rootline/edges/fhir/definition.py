"""What every resource made of a pack opens with: its name, its version, its date, and the state of its review.

A resource is active only while the review says approved; whoever reads less than the whole finds the state in its tags.
"""

from __future__ import annotations

import re

from rootline.answers.model import Review
from rootline.answers.reviewed import disclaimer
from rootline.edges.fhir.naming import Resource, address, code
from rootline.packs.model import Pack

_WITHOUT_APPROVAL = ("CapabilityStatement", "CodeSystem", "OperationDefinition")  # R4 gives them no `approvalDate`


def review_tag(review: Review) -> Resource:
    """`meta` with the state of the review, the same on every resource."""
    return {"tag": [code("review-state", review.state, f"Review: {review.state.replace('_', ' ')}")]}


def definition(kind: str, id_: str, title: str, description: str, pack: Pack, review: Review) -> Resource:
    """The opening of a resource of this kind."""
    approved = review.state == "approved"
    opening: Resource = {
        "resourceType": kind,
        "id": id_,
        "meta": review_tag(review),
        "url": address(kind, id_),
        "version": pack.version,
        "name": computer_name(id_),
        "title": title,
        "status": "active" if approved else "draft",
        "date": pack.updated,
        "description": description,
    }
    if kind != "Evidence":
        opening["experimental"] = not approved
    if approved and kind not in _WITHOUT_APPROVAL:
        opening["approvalDate"] = review.updated
    return opening


def computer_name(id_: str) -> str:
    """A name as programs take it.

    >>> computer_name("ankle-sprain.avoid.nsaid")
    'AnkleSprainAvoidNsaid'
    """
    name = "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", id_))
    return name if name[:1].isalpha() else f"P{name}"


def limits(pack: Pack, review: Review) -> str:
    """How the content may be used, and which content it is."""
    return f"{disclaimer(review, 'clinician')} {stamp(pack.id, pack.version, pack.sha256)}"


def stamp(id_: str, version: str, sha256: str) -> str:
    """Which content something was made of."""
    return f"Made by Rootline from the topic pack {id_} {version}, sha256 {sha256}."
