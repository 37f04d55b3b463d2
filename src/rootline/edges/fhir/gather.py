"""The resources of one patient in a Bundle or a prefetch, each once. Reads no resource.

What belongs to another patient, stands there twice in two ways, or is of no kind that is read is set aside, and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rootline.edges.fhir.element import Element, Odd, has_id, many, name_of, number, one, text
from rootline.edges.fhir.told import Unused
from rootline.edges.fhir.whom import names_of, whom
from rootline.errors import InputError

MOST = 5_000  # resources of one record
READ = {  # kind -> the element that names the patient
    "Condition": "subject", "Observation": "subject", "MedicationRequest": "subject", "MedicationStatement": "subject",
    "AllergyIntolerance": "patient", "Procedure": "subject", "QuestionnaireResponse": "subject",
    "DocumentReference": "subject",
}  # fmt: skip
_STRANGERS = "it is another patient's"
_DOUBLED = "it stands here twice, in two versions"
_REFERENCE = re.compile("[/:|]")  # what stands in a reference or an identifier and in no id
_BESIDE = ("Medication", "Patient")  # looked up, not read one by one


@dataclass(frozen=True)
class Gathered:
    """One patient's record: what is to be read, what it refers to, and what was set aside.

    `doubtful` are resources that may be the patient's and are not read, each with why: such as name no patient, or
    stand there in two versions.
    """

    patient: Element
    resources: tuple[Element, ...]
    medications: Mapping[str, Element]
    unused: tuple[Unused, ...]
    doubtful: tuple[tuple[Element, Odd], ...]


def gather(data: object, patient: str = "", server: str = "") -> Gathered:
    """The record of one patient: the one with this id or reference, or the only one there is. Raises `InputError`.

    `data` is a Bundle, or a mapping of names to resources and Bundles; `server` the address that references begin with.
    Of somebody who is only referred to, no Patient need be there.
    """
    unused: list[Unused] = []
    entries = list(entries_of(data, unused))
    if len(entries) > MOST:
        raise InputError(f"the record holds more than {MOST:,} resources", mend="Ask for what the templates name.")
    person, names = _patient(entries, patient, server, unused)
    found: dict[str, Element | None] = {}
    doubtful: list[tuple[Element, Odd]] = []
    for _, resource in entries:
        kind, name = str(resource.get("resourceType")), name_of(resource)
        if kind in READ:
            key = name if has_id(resource) else f"{name} {len(found)}"
            _take(resource, key, names, found, unused, doubtful)
        elif kind not in _BESIDE:
            missed = kind == "OperationOutcome" and _is_failure(resource)
            unused.append(Unused(name, _WHY.get(kind, "this kind of resource is not read"), missed=missed))
    if not found and any(one.why == _STRANGERS for one in unused):
        unused.append(Unused("the record", "all that was sent names another patient", missed=True))
    resources = tuple(resource for resource in found.values() if resource is not None)
    return Gathered(person, resources, medications_in(entries), tuple(unused), tuple(doubtful))


def _is_failure(outcome: Element) -> bool:
    """Whether an OperationOutcome says more than that all is well."""
    issues = outcome.get("issue")
    if not isinstance(issues, list) or not issues:
        return True
    return any(not isinstance(one, dict) or one.get("severity") not in ("information", "warning") for one in issues)


def medications_in(entries: Iterable[tuple[str, Element]]) -> dict[str, Element]:
    """The Medications among resources and their addresses, by every name that a reference may give them."""
    kept = [(address, one) for address, one in entries if one.get("resourceType") == "Medication"]
    return {name: one for address, one in kept for name in (name_of(one), address) if name}


_WHY = {
    "FamilyMemberHistory": "it is about a relative: kept apart",
    "OperationOutcome": "the record could not be asked for something: what it holds of that is unknown",
}


def entries_of(data: object, unused: list[Unused]) -> Iterator[tuple[str, Element]]:
    """Every resource with its address, Bundles opened; what could not be had is noted. Raises `InputError`."""
    if not isinstance(data, dict):
        raise InputError("this is no FHIR Bundle", mend="Give a Bundle of FHIR R4 in JSON.")
    roots = [("", data)] if "resourceType" in data else list(data.items())
    for key, root in roots:
        if root is None:
            unused.append(Unused(part_named(key), "it was not sent: what it holds is unknown", missed=True))
        elif not isinstance(root, dict):
            raise InputError("a part of the record is no resource", mend="Each part is a resource or a Bundle.")
        elif root.get("resourceType") == "Bundle":
            yield from _opened(root, part_named(key) if key else name_of(root), unused)
        else:
            yield "", root


def part_named(key: object) -> str:
    """How a part of a prefetch is named among what is not used."""
    return f"prefetch `{str(key)[:40]}`"


def _opened(bundle: Element, name: str, unused: list[Unused]) -> Iterator[tuple[str, Element]]:
    try:
        if text(bundle, "type") == "history":
            raise Odd("a Bundle of history holds versions that no longer count")
        if any(text(link, "relation") == "next" for link in many(bundle, "link")):
            unused.append(Unused(name, "it has further pages, which were not sent", cut=True))
        entries = many(bundle, "entry")
        if (total := number(bundle, "total")) is not None and total > len(entries):
            unused.append(Unused(name, "it says that there is more than was sent", cut=True))
        for entry in entries:
            resource = one(entry, "resource")
            if resource.get("resourceType") == "Bundle":
                raise Odd("a Bundle stands inside a Bundle")
            if resource:
                yield text(entry, "fullUrl"), resource
            else:
                unused.append(Unused(name, "an entry of it is empty: what it should hold is unknown"))
    except Odd as odd:
        raise InputError(f"the Bundle cannot be read: {odd}", mend="Give a Bundle of FHIR R4.") from None


def _patient(
    entries: list[tuple[str, Element]], wanted: str, server: str, unused: list[Unused]
) -> tuple[Element, frozenset[str]]:
    """The person, and every name that a reference may give them."""
    everybody = [(address, one) for address, one in entries if one.get("resourceType") == "Patient"]
    if not everybody and _REFERENCE.search(wanted):
        return {"resourceType": "Patient"}, frozenset({wanted})
    try:
        named = [(address, one, names_of(one, address, server)) for address, one in everybody]
    except Odd as odd:
        raise InputError(str(odd), mend="Send the Patient as FHIR R4 has it.") from None
    persons = [one for one in named if wanted in ("", one[1].get("id"), *one[2])]
    if not persons:
        raise InputError("the record holds no such Patient", mend="Send the Patient resource along.")
    _, person, _ = persons[0]
    others = [other for _, other, _ in persons if other != person]
    addresses = {address for address, _, _ in persons} - {""}
    if len(addresses) > 1 or any(not has_id(one) or one["id"] != person.get("id") for one in others):
        several = "Send one patient's record" + ("." if wanted else ", or name the patient by id (`--patient`).")
        raise InputError("the record holds several Patients", mend=several)
    if others:
        unused.append(Unused(name_of(person), "it stands here twice, in two versions", place="Patient"))
        person = {key: person[key] for key in ("resourceType", "id")}
    known = {name for _, _, names in persons for name in names}
    if not server and not addresses and len(named) == 1 and wanted and wanted == person.get("id"):
        full = {name for name in _subjects(entries) if name.endswith(f"/{name_of(person)}")}
        known |= full if len(full) == 1 else set()  # of two servers either may be another's
    return person, frozenset(known)


def _subjects(entries: list[tuple[str, Element]]) -> set[str]:
    """Everybody whom a resource that is read is about."""
    found = set()
    for _, resource in entries:
        try:
            found.add(whom(resource, READ[str(resource.get("resourceType"))]))
        except (Odd, KeyError):
            continue
    return found


def _take(
    resource: Element,
    key: str,
    names: frozenset[str],
    found: dict[str, Element | None],
    unused: list[Unused],
    doubtful: list[tuple[Element, Odd]],
) -> None:
    kind = str(resource["resourceType"])
    try:
        subject = whom(resource, READ[kind])
    except Odd as odd:
        doubtful.append((resource, Odd(str(odd), kind)))
        return
    place = f"{kind}.{READ[kind]}"
    if subject.startswith("#"):
        doubtful.append((resource, Odd("it names a patient inside itself, and who that is, is not known", place)))
    elif not subject:
        doubtful.append((resource, Odd("it names no patient", place)))
    elif subject not in names:
        unused.append(Unused(name_of(resource), _STRANGERS, place=place))
    elif key not in found:
        found[key] = resource
    elif (before := found[key]) is None or _said(before) != _said(resource):
        doubtful += [(one, Odd(_DOUBLED, kind)) for one in (before, resource) if one is not None]
        found[key] = None


def _said(resource: Element) -> Element:
    """What a resource says, whichever server or search it came through."""
    return {key: value for key, value in resource.items() if key not in ("meta", "text")}
