"""`$apply`: what is known of one patient comes in, the plan goes out as a FHIR document.

Only turns one format into the other; what is not used is said, and who it is about is never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from datetime import date
from typing import Any

from rootline.answers.ask import answer_facts
from rootline.answers.model import Answer
from rootline.edges.fhir.element import Element, Odd, name_of
from rootline.edges.fhir.facts import Record, read_facts
from rootline.edges.fhir.gather import entries_of
from rootline.edges.fhir.naming import Resource, canonical, questionnaire_id
from rootline.edges.fhir.patient_answer import PatientAnswer
from rootline.edges.fhir.questionnaires import KIND, is_other_version
from rootline.edges.fhir.sent import Sent, read_sent
from rootline.edges.fhir.told import Unused, together
from rootline.edges.fhir.whom import names_of, reference_to, whom
from rootline.edges.fhir.write_answer import write_answer
from rootline.errors import InputError
from rootline.logic.values import YES_NO, Amount, Value, narrow
from rootline.packs.model import Pack
from rootline.packs.pressing import pressing_facts

Entry = tuple[str, Element]  # the address of a resource, and the resource


def _as_it_came(answer: Answer) -> Answer:
    return answer


def apply(sent: Any, pack: Pack, stamped: Callable[[Answer], Answer] = _as_it_came) -> Resource:
    """The plan for what was sent: Parameters, a Bundle or a QuestionnaireResponse; `stamped` says how it was reviewed.

    Raises `InputError` for what cannot be read, and where it is not clear whom it is about.
    """
    try:
        return _apply(sent, pack, stamped, date.today())
    except Odd as odd:
        raise InputError(f"this cannot be read: {odd}", mend="Send it as FHIR R4 has it.") from None


def _apply(sent: Any, pack: Pack, stamped: Callable[[Answer], Answer], today: date) -> Resource:
    read = read_sent(sent)
    unused: list[Unused] = []
    entries = list(entries_of(read.record, unused))
    subject = _subject(read, entries)
    reference = reference_to(subject)
    forms = [_filled_in(form, reference, pack, today) for form in read.forms]
    everything = [*(("", form) for form in forms), *entries]
    data = {"resourceType": "Bundle", "entry": [{"fullUrl": address, "resource": one} for address, one in everything]}
    record = read_facts(data, pack, today, subject)
    _refuse_unreadable(record, {name_of(form) for form in forms}, pack)
    remarks = [f"Parameter {name} was not used." for name in read.unused]
    if any(one.get("resourceType") == KIND and is_other_version(one, pack) for _, one in everything):
        remarks.append(f"The questions answered are not those of version {pack.version}.")
    left = sorted(together((*unused, *record.unused)), key=lambda one: not one.topic)  # what is about the topic first
    remarks = [*map(_remark, left), *remarks]
    answer = stamped(answer_facts(pack, record.given, read.audience))
    pressing = pressing_facts(pack)
    aside = [_remark(one) for one in left if one.topic or one.fact in pressing]
    said, counted_out = (tuple(dict.fromkeys(them)) for them in (remarks, aside))
    return write_answer(PatientAnswer(answer, reference, today, said, counted_out))


def _subject(read: Sent, entries: Sequence[Entry]) -> str:
    """The name of the one patient that it is all about: as told, else the only Patient or subject in the record."""
    persons = [names_of(one, address) for address, one in entries if one.get("resourceType") == "Patient"]
    told = (
        {read.subject, *_subjects(read.forms)} - {""}
        or {names[0] for names in persons if names}
        or _subjects(found for _, found in entries if found.get("resourceType") == KIND) - {""}
    )
    told = {_best_name(name, persons) for name in told}
    if len(told) > 1:
        raise InputError("it is about more than one patient", mend="Send what is known of one patient.")
    if not told:
        raise InputError("it is not said whom it is about", mend="Send the parameter `subject`: Patient/….")
    return told.pop()


def _best_name(name: str, persons: Iterable[tuple[str, ...]]) -> str:
    """The same name for whoever is named in several ways; a name that two Patients bear stays as it is."""
    best = {names[0] for names in persons if name in names}
    return best.pop() if len(best) == 1 else name


def _subjects(forms: Iterable[Element]) -> set[str]:
    return {whom(form, "subject") for form in forms}


def _filled_in(form: Element, subject: Element, pack: Pack, today: date) -> Element:
    """What a form does not say of itself follows from its being handed over: whose it is, what it answers, and when."""
    questions = canonical("Questionnaire", questionnaire_id(pack.id, "clinician"), pack.version)
    return {"subject": subject, "questionnaire": questions, "authored": today.isoformat(), **form}


def _refuse_unreadable(record: Record, forms: Set[str], pack: Pack) -> None:
    """Of a form, unlike of a record, its sender can mend what is wrong: it is refused, with its place.

    Two forms of one day that contradict each other are, too; of different days they are weighed as in a record.
    """
    for wrong in record.unused:
        if wrong.resource in forms and wrong.place:
            what = f"the answer to `{wrong.fact}` is not used" if wrong.fact else f"the {KIND} is not used"
            raise InputError(f"{what}: {wrong.why}", where=wrong.place, mend=_mend(wrong, pack))
    known: dict[object, Value] = {}
    for found in record.found:
        if found.resource in forms:
            value = narrow(known.setdefault((found.fact, found.days), found.value), found.value)
            if value is None:
                raise InputError(f"`{found.fact}` is answered in two ways", mend="Send the answers that count.")
            known[found.fact, found.days] = value


def _mend(wrong: Unused, pack: Pack) -> str:
    if not wrong.fact:
        return "Send completed answers of one patient to this pack's Questionnaire: see $questionnaire."
    type_ = pack.types[wrong.fact]
    if isinstance(type_, Amount):
        return f"Send one valueQuantity; its UCUM code is `{type_.unit.code}`."
    if type_ == YES_NO:
        return "Send one valueBoolean; leave out what is not known."
    return f"Send one valueCoding; its codes are {', '.join(type_.values)}."


def _remark(found: Unused) -> str:
    """What was not used and why."""
    what = f" for {found.fact}" if found.fact else ""
    return f"{found.resource} {'were' if found.several else 'was'} not used{what}: {found.why.rstrip('.')}."
