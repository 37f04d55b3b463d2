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
from rootline.edges.fhir.doubt import set_aside
from rootline.edges.fhir.element import Element, Odd, refuse_modified
from rootline.edges.fhir.gather import gather
from rootline.edges.fhir.medicines import read_medicine
from rootline.edges.fhir.notes import read_note
from rootline.edges.fhir.observations import read_observation
from rootline.edges.fhir.patient import read_patient
from rootline.edges.fhir.procedures import read_procedure
from rootline.edges.fhir.questionnaires import KIND, read_answers
from rootline.edges.fhir.told import Found, Told, Unused
from rootline.edges.fhir.weigh import weigh
from rootline.errors import NotFoundError
from rootline.packs.codes import Codes, Validity, codes
from rootline.packs.model import Pack

_READERS: dict[str, Callable[[Element, Told], None]] = {
    "Patient": read_patient,
    "Condition": read_condition,
    "Observation": read_observation,
    "MedicationRequest": read_medicine,
    "MedicationStatement": read_medicine,
    "AllergyIntolerance": read_allergy,
    "Procedure": read_procedure,
    KIND: read_answers,
    "DocumentReference": read_note,
}
_TODAY = Validity(0, "How long they count is not said: they count on their day alone.")
_UNCODED = Codes((), (), (), {}, _TODAY, _TODAY, _TODAY, (), (), ())  # of a pack that reads answers alone


@dataclass(frozen=True)
class Record:
    """What a record tells: facts, what was not used and why, and all that was found before it was weighed.

    `held` are the facts that it leaves open though it says something of them: in doubt, too old or contradictory.
    """

    given: tuple[Given, ...]
    unused: tuple[Unused, ...]
    found: tuple[Found, ...]
    held: frozenset[str]

    @property
    def answered(self) -> frozenset[str]:
        """The facts of which an answer to the pack's own questions tells."""
        return frozenset(one.fact for one in self.found if one.resource.startswith(KIND))


def read_facts(data: object, pack: Pack, today: date, patient: str = "", server: str = "") -> Record:
    """Facts of the patient with this id or reference, or of the only one, from a Bundle or a prefetch.

    `server` is the address that the record's references begin with. Raises `InputError` for what is no record of one
    patient, `NotFoundError` where it holds more than answers, and the pack has no codes.
    """
    gathered = gather(data, patient, server)
    known = codes(pack)
    if known is None and any(one["resourceType"] != KIND for one in gathered.resources):
        raise NotFoundError(f"the pack `{pack.id}` has no codes", mend="Add a `codes.yaml`: see docs/fhir-in.md.")
    told = Told(pack, known or _UNCODED, today, gathered.medications, unused=list(gathered.unused))
    for resource in (gathered.patient, *gathered.resources):
        before, kind = len(told.found), str(resource["resourceType"])
        try:
            refuse_modified(resource)
            _READERS[kind](resource, told)
        except Odd as odd:
            del told.found[before:]  # of a resource that is odd in one place nothing is used
            set_aside(resource, str(odd), odd.place or kind, told)
    for resource, doubtful in gathered.doubtful:
        set_aside(resource, str(doubtful), doubtful.place, told)
    given = weigh(told)
    spoken_of = {*told.doubts, *(one.fact for one in told.found)}
    held = frozenset(spoken_of - {one.fact for one in given})
    return Record(given, tuple(dict.fromkeys(told.unused)), tuple(told.found), held)
