"""A request of CDS Hooks 2.0 read strictly: hook, context, prefetch, drafted orders. Reads no clinical content."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rootline.content import json_text
from rootline.edges.fhir.element import Element, Odd, many, name_of, one, text
from rootline.edges.fhir.gather import entries_of, medications_in
from rootline.errors import InputError

HOOKS = ("patient-view", "order-select", "order-sign")
ORDERS = ("ServiceRequest", "MedicationRequest")  # the kinds of order that are judged
_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_MOST_ORDERS = 200


class Lacking(InputError):
    """The prefetch lacks what an answer needs, and nothing is fetched from here."""


@dataclass(frozen=True)
class Call:
    """One call of a hook: for whom, the record as sent, all drafted orders, and those of them asked about.

    `medications` are those that drafted orders may refer to.
    """

    hook: str
    patient: str
    server: str
    prefetch: Element
    drafts: tuple[Element, ...]
    orders: tuple[Element, ...]
    medications: Mapping[str, Element]


def read_call(body: bytes, hook: str) -> Call:
    """A request for this hook. Raises `InputError` for anything else, `Lacking` where the patient was not sent."""
    data = read_json(body)
    if data.get("hook") != hook:
        raise InputError("this service answers another hook", mend=f"Send `hook`: `{hook}`.")
    if not isinstance(instance := data.get("hookInstance"), str) or not _UUID.fullmatch(instance):
        raise InputError("`hookInstance` is no UUID", mend="Send a new one with each call.")
    try:
        context, prefetch = one(data, "context"), one(data, "prefetch")
        patient = text(context, "patientId")
        if not _ID.fullmatch(patient) or not text(context, "userId"):
            raise Odd("`patientId` or `userId` is missing, or cannot be one")
        server = text(data, "fhirServer")
        entries = _drafted(context, hook)
        drafts = _drafts(entries, patient, server)
        orders = _selected(context, entries, drafts) if hook == "order-select" else drafts
        medications = medications_in((text(entry, "fullUrl"), one(entry, "resource")) for entry in entries)
        medications |= medications_in(entries_of(prefetch, []))
    except Odd as odd:
        raise InputError(f"the request cannot be read: {odd}", mend="See docs/cds-hooks.md.") from None
    if not isinstance(prefetch.get("patient"), dict):
        raise Lacking(
            "the prefetch `patient` is missing",
            mend="Send `prefetch.patient`, the resource Patient/{context.patientId}; GET /cds-services lists what else "
            "is read.",
        )
    return Call(hook, patient, server, prefetch, drafts, orders, medications)


def read_json(body: bytes) -> dict[str, Any]:
    """The JSON object of a body. Raises `InputError`."""
    try:
        data = json_text.read_json(body)
    except json_text.TwiceError:
        raise InputError("a key stands twice in one object of the body", mend="Send each key once.") from None
    except (ValueError, RecursionError) as error:
        at = f" ({place})" if (place := json_text.place_of(error)) else ""
        raise InputError(f"the body is not JSON{at}", mend="Send `application/json` in UTF-8.") from None
    if not isinstance(data, dict):
        raise InputError("the body is not a JSON object", mend="See docs/cds-hooks.md.")
    return data


def _drafted(context: Element, hook: str) -> list[Element]:
    """The entries that an order hook brings. Raises `Odd`."""
    if hook == "patient-view":
        return []
    bundle = one(context, "draftOrders")
    if bundle.get("resourceType") != "Bundle":
        raise Odd("`draftOrders` is no Bundle")
    return many(bundle, "entry")


def _drafts(entries: list[Element], patient: str, server: str) -> tuple[Element, ...]:
    """The drafts that are judged. Where no server is named, an address that ends in the patient's id is theirs.

    Raises `Odd`.
    """
    name = f"Patient/{patient}"
    drafts = [one(entry, "resource") for entry in entries]
    if len(drafts) > _MOST_ORDERS:
        raise Odd(f"more than {_MOST_ORDERS} orders at once")
    for draft in drafts:
        if draft.get("resourceType") not in ORDERS:
            continue
        subject = text(one(draft, "subject"), "reference")
        is_theirs = subject == f"{server.rstrip('/')}/Patient/{patient}" if server else subject.endswith(f"/{name}")
        if subject != name and not is_theirs:
            raise Odd("an order is for another patient than the context's")
    return tuple(draft for draft in drafts if draft.get("resourceType") in ORDERS)


def _selected(context: Element, entries: list[Element], drafts: tuple[Element, ...]) -> tuple[Element, ...]:
    """The drafts that the user has just selected. Raises `Odd`."""
    selections = context.get("selections")
    if not isinstance(selections, list) or not all(isinstance(item, str) for item in selections):
        raise Odd("`selections` is no list of texts")
    if not set(selections) <= {name_of(one(entry, "resource")) for entry in entries}:
        raise Odd("`selections` names what is not among `draftOrders`; each is a type and an id: MedicationRequest/…")
    return tuple(draft for draft in drafts if name_of(draft) in selections)
