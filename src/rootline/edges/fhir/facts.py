"""A patient's record in FHIR R4 to facts: each with the resource it came from, and all that was not used with why.

Absent is unknown, never no. Nothing is decided here, nothing fetched, and nothing of the record kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from rootline.answers.case import Given
from rootline.edges.fhir.allergies import read_allergy
from rootline.edges.fhir.conditions import read_condition
from rootline.edges.fhir.element import Element, Odd, refuse_modified
from rootline.edges.fhir.gather import gather
from rootline.edges.fhir.medicines import read_medicine
from rootline.edges.fhir.notes import read_note
from rootline.edges.fhir.observations import read_observation
from rootline.edges.fhir.patient import read_patient
from rootline.edges.fhir.procedures import read_procedure
from rootline.edges.fhir.questionnaires import read_answers
from rootline.edges.fhir.told import Told, Unused
from rootline.edges.fhir.weigh import weigh
from rootline.errors import NotFoundError
from rootline.packs.codes import codes
from rootline.packs.model import Pack

_READERS: dict[str, Callable[[Element, Told], None]] = {
    "Patient": read_patient,
    "Condition": read_condition,
    "Observation": read_observation,
    "AllergyIntolerance": read_allergy,
    "Procedure": read_procedure,
    "QuestionnaireResponse": read_answers,
    "DocumentReference": read_note,
}


@dataclass(frozen=True)
class Record:
    """What a record tells: facts, and what was not used and why."""

    given: tuple[Given, ...]
    unused: tuple[Unused, ...]


def read_facts(data: object, pack: Pack, today: date, patient: str = "", server: str = "") -> Record:
    """Facts of the patient with this id, or of the only one, from a Bundle or a prefetch.

    `server` is the address that the record's references begin with. Raises `InputError` for what is no record of one
    patient, `NotFoundError` for a pack without codes.
    """
    known = codes(pack)
    if known is None:
        raise NotFoundError(f"the pack `{pack.id}` has no codes", mend="Add a `codes.yaml`: see docs/fhir-in.md.")
    gathered = gather(data, patient, server)
    told = Told(pack, known, today, unused=list(gathered.unused))
    for resource in (gathered.patient, *gathered.resources):
        before = len(told.found)
        try:
            refuse_modified(resource)
            kind = str(resource["resourceType"])
            if kind in _READERS:
                _READERS[kind](resource, told)
            else:
                read_medicine(resource, told, gathered.medications)
        except Odd as odd:
            del told.found[before:]  # of a resource that is odd in one place nothing is used
            told.leaves(resource, str(odd))
    given = weigh(told)
    return Record(given, tuple(dict.fromkeys(told.unused)))
