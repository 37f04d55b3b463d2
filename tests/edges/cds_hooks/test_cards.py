"""What the cards say: something only where there is something to say, and never less than the plan."""

from __future__ import annotations

import pytest

from rootline.answers.case import build_case
from rootline.answers.reviewed import unreviewed
from rootline.edges.cds_hooks.judge import judge
from rootline.edges.cds_hooks.words import LONGEST_SUMMARY, fit, plain
from rootline.packs.run import run
from tests.edges.cds_hooks.calls import APIXABAN, SCIATICA, call, drug, searched, selecting, service_request, signing
from tests.edges.fhir.resources import answers, concept, condition, item, patient

IBUPROFEN = drug(concept("rxnorm", "310965", "Ibuprofen 200 MG Oral Tablet"))
MRI = service_request(concept("loinc", "24968-0"))
FOOT_DROP = condition(concept("icd10cm", "M21.372"), "fd", recordedDate="2026-11-20")
CALM = {
    "saddle_numbness": "no", "urinary_retention": "no", "bladder_change": "no", "bowel_incontinence": "no",
    "anal_tone_reduced": "no", "sexual_dysfunction_new": "no", "bilateral_leg_weakness": "no",
}  # fmt: skip


def everything_answered(pack, **but):
    """Answers that settle every fact: no wherever it can be said, as calm as a case can be."""
    items = []
    for fact in pack.facts.values():
        if fact.id in but:
            items.append(item(fact.id, **but[fact.id]))
        elif fact.kind == "yes/no" and not fact.topic:
            items.append(item(fact.id, valueBoolean=False))
    return answers(*items, questionnaire=f"Questionnaire/{pack.id}.clinician")


# --- patient-view


def test_nothing_is_said_of_a_patient_who_has_no_such_pain(answer):
    assert answer(call()) == []
    assert answer(call(condition(concept("icd10cm", "R50.9"), recordedDate="2026-11-20"))) == []


def test_an_emergency_that_nobody_asked_about_is_a_warning_and_asks(answer):
    (card,) = answer(call(SCIATICA))
    assert card["indicator"] == "warning"
    assert card["summary"].startswith("Emergency not ruled out: warning signs not recorded")
    assert "UNDECIDED: could be EMERGENCY" in card["detail"]
    assert "New numbness around the anus" in card["detail"]
    assert card["source"]["url"].endswith("/advice/emergency-cauda-equina")


def test_an_emergency_says_so_and_what_to_do(answer):
    saddle = condition(concept("snomed", "449813001"), recordedDate="2026-11-20")
    (card,) = answer(call(saddle))
    assert card["summary"].startswith("EMERGENCY: now, within hours (saddle numbness)")
    assert "MRI within 4 hours" in card["detail"]
    assert [one["label"] for one in card["suggestions"]] == ["Order MRI of the lumbar spine"]
    created = card["suggestions"][0]["actions"][0]["resource"]
    assert created["code"]["coding"][0]["code"] == "24968-0" and created["status"] == "draft"


def test_every_card_shows_the_review_state_and_what_was_read_and_not(answer, pack):
    refuted = condition(concept("snomed", "42343007"), "hf", verified="refuted")
    for card in (*answer(call(SCIATICA, refuted)), *answer(signing(SCIATICA, refuted, orders=[IBUPROFEN]))):
        assert f"**Review:** {unreviewed(pack).state}" in card["detail"]
        assert "Educational, pending human review" in card["detail"]
        assert "Condition/c: Sciatica, left side" in card["detail"]
        assert "Condition/hf: it is refuted" in card["detail"]
        assert "prefetch \\`medications\\`: it was not sent" in card["detail"]


def test_a_diagnosis_that_no_fact_holds_is_said_first_and_calls_for_a_card_by_itself(answer):
    (card,) = answer(call(condition(concept("icd10cm", "G83.4"), "ce")))
    assert card["indicator"] == "critical"
    assert card["detail"].startswith("**Condition/ce: Cauda equina syndrome on the record")
    (named,) = answer(call(condition(concept(text="Cauda equina syndrome"), "ce")))
    assert named["detail"].startswith('**Condition/ce: by its name "Cauda equina syndrome": it has no date')
    (old,) = answer(call(condition(concept(text="Cauda equina syndrome"), "ce", recordedDate="2019-01-01")))
    assert old["detail"].startswith('**Condition/ce: "Cauda equina syndrome" is about this topic')
    over = condition(concept("icd10cm", "G83.4"), "ce", clinical="resolved")
    assert answer(call(over)) == []
    assert answer(call(condition(concept("icd10cm", "G83.4"), "ce", verified="refuted"))) == []


def test_a_problem_that_only_its_name_tells_calls_for_the_card_too(answer):
    local = concept("http://hospital.example/local", "4711", "Radicular syndrome")
    (card,) = answer(call(condition(local)))
    assert '"Radicular syndrome" is about this topic' in card["detail"]
    assert answer(call(condition(local, clinical="resolved"))) == []


# --- orders


def test_a_contraindicated_order_is_critical_and_can_be_taken_out(answer):
    (card,) = answer(signing(SCIATICA, APIXABAN, orders=[IBUPROFEN]))
    assert card["indicator"] == "critical"
    assert card["summary"].startswith("NSAID: contraindicated here (on an anticoagulant)")
    remove = card["suggestions"][0]
    assert remove["isRecommended"] and remove["actions"][0] == {
        "type": "delete", "description": "Remove the order for NSAID", "resourceId": "MedicationRequest/draft",
    }  # fmt: skip
    assert {one["code"] for one in card["overrideReasons"]} >= {"benefit-outweighs", "examined"}
    assert card["source"]["url"].endswith("/advice/nsaid-avoid")


def test_an_order_that_the_plan_advises_gets_no_card_unless_asked_for(answer):
    request = signing(SCIATICA, FOOT_DROP, orders=[MRI])
    assert answer(request) == []
    (card,) = answer(request, info_cards=True)
    assert card["indicator"] == "info" and card["summary"] == "MRI of the lumbar spine: advised here (foot drop)"
    assert "suggestions" not in card


def test_an_order_of_something_else_gets_no_card(answer):
    assert answer(signing(SCIATICA, orders=[drug(concept("rxnorm", "6809", "Metformin 500 MG"))])) == []
    gel = drug(concept(text="Diclofenac 1% topical gel"))
    assert answer(signing(SCIATICA, APIXABAN, orders=[gel])) == []
    brain = service_request(concept(text="MRI brain without contrast"))
    assert answer(signing(SCIATICA, orders=[brain])) == []


def test_a_drug_for_another_reason_gets_no_card_and_for_this_one_does(answer):
    assert answer(signing(APIXABAN, orders=[IBUPROFEN])) == []
    because = {**IBUPROFEN, "reasonCode": [concept("icd10cm", "M54.41")]}
    assert answer(signing(APIXABAN, orders=[because]))
    named = {**IBUPROFEN, "reasonCode": [concept(text="Sciatica")]}
    assert answer(signing(APIXABAN, orders=[named]))


@pytest.mark.parametrize(
    ("order", "about"),
    [
        (MRI, "MRI of the lumbar spine"),
        (service_request(concept(text="MR lumbar spine w/o contrast")), "MRI of the lumbar spine"),
        (service_request(concept("loinc", "24963-1")), "CT of the lumbar spine"),
        (service_request(concept("loinc", "24972-2")), "Lumbar X-ray"),
        (service_request(concept(text="Transforaminal lumbar steroid injection")), "Epidural steroid injection"),
        (service_request(concept(text="Referral to spine surgery")), "Spine referral"),
        (drug(concept("rxnorm", "7804")), "Opioid"),
        (drug(concept("rxnorm", "187832")), "Gabapentin or pregabalin"),
        (drug(concept("rxnorm", "8640")), "Oral corticosteroid"),
        (drug(concept(text="methylPREDNISolone 4 MG dose pack")), "Oral corticosteroid"),
    ],
)  # fmt: skip
def test_each_order_of_the_hooks_is_judged(answer, order, about):
    (card,) = answer(signing(SCIATICA, orders=[order]))
    assert card["summary"].startswith(about)
    assert card["indicator"] in ("warning", "critical")


def test_only_what_was_selected_is_judged_but_what_is_beside_it_counts(answer):
    tramadol = drug(concept("rxnorm", "10689"), "tramadol")
    pregabalin = drug(concept("rxnorm", "187832"), "pregabalin")
    (card,) = answer(selecting(SCIATICA, orders=[tramadol, pregabalin], selected=["MedicationRequest/pregabalin"]))
    assert card["summary"].startswith("Gabapentin or pregabalin: contraindicated here")
    assert "MedicationRequest/tramadol: Tramadol" in card["detail"] and "drafted beside it" in card["detail"]
    (alone,) = answer(selecting(SCIATICA, orders=[pregabalin], selected=["MedicationRequest/pregabalin"]))
    assert "contraindicated" not in alone["summary"]
    assert answer(selecting(SCIATICA, orders=[pregabalin], selected=[])) == []


def test_what_is_open_is_said_to_be_open(answer):
    (card,) = answer(signing(SCIATICA, orders=[IBUPROFEN]))
    assert card["summary"].startswith("NSAID: depends on what is not known yet")
    assert "- If " in card["detail"]


def test_a_better_order_is_offered_where_the_plan_plainly_advises_one(answer, pack):
    asked = everything_answered(pack)
    (card,) = answer(signing(SCIATICA, APIXABAN, asked, orders=[IBUPROFEN], person=patient(birthDate="1980-01-01")))
    plan_says = [one["label"] for one in card["suggestions"]]
    assert plan_says[0] == "Remove the order for NSAID"
    for replacement in card["suggestions"][1:]:
        deleting, creating = replacement["actions"]
        assert deleting["type"] == "delete" and creating["type"] == "create"
        assert creating["resource"]["subject"] == {"reference": "Patient/p"}
        assert "dosageInstruction" not in creating["resource"]


def test_an_order_that_forbids_or_is_over_is_no_order(answer):
    assert answer(signing(SCIATICA, APIXABAN, orders=[{**IBUPROFEN, "doNotPerform": True}])) == []
    assert answer(signing(SCIATICA, APIXABAN, orders=[{**IBUPROFEN, "status": "cancelled"}])) == []


def test_an_order_that_cannot_be_read_gets_a_card_that_says_so(answer):
    odd = {**MRI, "id": "odd", "code": "MRI"}
    nsaid, unread = answer(signing(SCIATICA, APIXABAN, orders=[IBUPROFEN, odd]))
    for card in (nsaid, unread):
        assert "ServiceRequest/odd: \\`code\\` is not an object" in card["detail"]
    assert unread["summary"].startswith("An order could not be read") and unread["indicator"] == "warning"
    assert len(answer(signing(SCIATICA, orders=[odd]))) == 1


def test_however_much_is_found_a_summary_still_says_what_is_not_ruled_out(answer):
    bad = [*(condition(concept(*code), f"k{n}", recordedDate="2026-11-20") for n, code in enumerate(
        [("snomed", "42343007"), ("snomed", "77386006"), ("snomed", "433146000"), ("icd10cm", "M21.372"),
         ("snomed", "23042008")])), APIXABAN]  # fmt: skip
    for card in (*answer(signing(SCIATICA, *bad, orders=[IBUPROFEN])), *answer(call(SCIATICA, *bad[:4]))):
        assert "EMERGENCY" in card["summary"].upper()


def test_a_plan_never_gets_two_stances_from_a_card_and_the_answer(answer, pack, service):
    """The card's stance is the plan's: what a plain statement advises is never said to be avoided."""
    plan = run(pack, {fact: one.value for fact, one in build_case(None, {}, pack).items()})
    for action in pack.actions:
        judged = judge(action, plan)
        plain_statements = {kind for one in plan.advised if one.status == "applies"
                            for kind, what in one.advice.actions if what == action}  # fmt: skip
        assert (judged.stance == "avoid") <= ("avoid" in plain_statements)
        assert (judged.stance == "advised") <= bool(plain_statements - {"avoid"})


def _offered(card):
    return [one["label"] for one in card.get("suggestions", [])]


def test_what_is_drafted_already_is_not_offered_again(answer):
    nsaid, mri = {**IBUPROFEN, "id": "nsaid"}, {**MRI, "id": "mri"}
    (alone,) = answer(signing(SCIATICA, FOOT_DROP, orders=[nsaid]))
    assert "Order MRI of the lumbar spine" in _offered(alone)
    (beside,) = answer(signing(SCIATICA, FOOT_DROP, orders=[nsaid, mri]))
    assert beside["summary"].startswith("AT LEAST URGENT") and "Order MRI of the lumbar spine" not in _offered(beside)
    (chosen,) = answer(selecting(SCIATICA, FOOT_DROP, orders=[nsaid, mri], selected=["MedicationRequest/nsaid"]))
    assert "Order MRI of the lumbar spine" not in _offered(chosen)
    over = {**mri, "status": "revoked"}
    (again,) = answer(signing(SCIATICA, FOOT_DROP, orders=[nsaid, over]))
    assert "Order MRI of the lumbar spine" in _offered(again)


# --- hostile content


def test_markup_of_a_record_never_takes_effect_in_a_card(answer):
    evil = "<img src=x onerror=alert(1)> [click](javascript:alert(1)) **urgent** foot drop"
    records = [condition(concept(text=evil), recordedDate="2026-11-20"), SCIATICA | {"id": "<b>x</b>"}]
    (card,) = answer(call(*records))
    assert "<img" not in card["detail"] and "<b>" not in card["detail"]
    assert "](javascript" not in card["detail"]
    assert "<" not in card["summary"] + card["source"]["label"]


def test_words_are_made_plain_and_summaries_fit():
    assert plain("a\n# b\x00\u202e") == "a \\# b"
    assert fit("x" * 10) == "x" * 10
    long = fit("word " * 60)
    assert len(long) <= LONGEST_SUMMARY and long.endswith("word…")


def test_no_patient_stands_in_an_address_or_in_the_ledger(answer, service, tmp_path):
    person = patient(birthDate="1980-01-01", name=[{"family": "Zwetschgenbaum"}])
    cards = answer(call(SCIATICA, person=person), keep_cases=True)
    (link,) = cards[0]["links"]
    assert link["url"].rpartition("/")[2].isalnum() and "sciatica" not in link["url"].lower()
    kept = "".join(path.read_text() for path in tmp_path.rglob("*.jsonl"))
    assert "Zwetschgenbaum" not in kept + str(cards) and "Patient/p" not in kept and "sciatica" not in kept.lower()
    assert answer(call(SCIATICA))[0]["links"] == []


def test_the_search_bundle_of_a_strangers_record_tells_nothing(answer):
    stranger = {**SCIATICA, "subject": {"reference": "Patient/other"}}
    (card,) = answer(call(stranger))
    assert card["indicator"] == "warning" and "parts of the record could not be read (the record)" in card["summary"]
    assert "another patient" in card["detail"] and "Sciatica" not in card["detail"]
    both = call(stranger, condition(concept("icd10cm", "R50.9"), "own", recordedDate="2026-11-20"))
    assert answer(both) == []
    assert searched()["entry"] == []
