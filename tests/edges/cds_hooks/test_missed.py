"""What a prefetch could not bring is said on a card, never passed over in silence."""

from __future__ import annotations

import pytest

from tests.edges.cds_hooks.calls import SCIATICA, call, drug, service_request, signing
from tests.edges.fhir.resources import concept

OUTCOME = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "forbidden"}]}
MRI = service_request(concept("loinc", "24968-0"))


@pytest.mark.parametrize("part", [None, OUTCOME])
def test_a_part_that_could_not_be_had_calls_for_a_card(answer, part):
    request = call()
    request["prefetch"]["conditions"] = part
    (card,) = answer(request)
    assert card["indicator"] == "warning" and "could not be read" in card["summary"]
    metformin = signing(orders=[drug(concept("rxnorm", "6809", "Metformin 500 MG"))])
    metformin["prefetch"]["conditions"] = part
    assert answer(metformin) == []
    ibuprofen = signing(orders=[drug(concept("rxnorm", "5640"))])
    ibuprofen["prefetch"]["conditions"] = part
    assert "could not be read" in answer(ibuprofen)[0]["summary"]


def test_a_hint_of_the_server_is_no_failure(answer):
    request = call()
    request["prefetch"]["conditions"] = {**OUTCOME, "issue": [{"severity": "information", "code": "informational"}]}
    assert answer(request) == []


def test_an_address_that_ends_in_the_patient_is_theirs_where_no_server_is_named(answer):
    address = {"reference": "https://ehr.example/fhir/Patient/p"}
    (card,) = answer(call({**SCIATICA, "subject": address}))
    assert "Condition/c: Sciatica" in card["detail"]
    assert answer(signing({**SCIATICA, "subject": address}, orders=[{**MRI, "subject": address}]))
    for other in ("https://ehr.example/fhir/Patient/other", "https://ehr.example/fhir/Patient/xp"):
        (missed,) = answer(call({**SCIATICA, "subject": {"reference": other}}))
        assert "Sciatica" not in missed["detail"]
    elsewhere = {**call({**SCIATICA, "subject": address}), "fhirServer": "https://another.example/fhir"}
    (missed,) = answer(elsewhere)
    assert "Sciatica" not in missed["detail"]
