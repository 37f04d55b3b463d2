"""A record that was cut short is told where nothing else does: what further pages hold is unknown, not absent."""

from __future__ import annotations

import pytest

from tests.edges.cds_hooks.calls import SCIATICA, call, drug, signing
from tests.edges.cds_hooks.test_ordinary_record import AMOXICILLIN
from tests.edges.fhir.resources import concept, patient
from tests.edges.fhir.test_doubt import calm_form

IBUPROFEN = drug(concept(text="Ibuprofen 400 MG Oral Tablet"))
PERSON = patient(birthDate="1980-01-01", gender="female")
NAMES = ("conditions", "observations", "examined", "medications", "statements", "allergies", "procedures", "answers")
CUT = [{"total": 99}, {"link": [{"relation": "next", "url": "https://ehr.example/next"}]}]


def sent(request, **parts):
    """The request with every part sent, empty but for what it holds, and these parts changed."""
    empty = {"resourceType": "Bundle", "type": "searchset"}
    whole = {name: {**empty, **request["prefetch"].get(name, {})} for name in NAMES}
    for name, change in parts.items():
        whole[name] = {**whole[name], **change}
    return {**request, "prefetch": {"patient": request["prefetch"]["patient"], **whole}}


@pytest.mark.parametrize("cut", CUT)
def test_a_page_of_a_longer_list_gets_a_card_where_nothing_else_tells_of_it(answer, cut):
    for request in (call(person=PERSON), signing(orders=[IBUPROFEN], person=PERSON)):
        assert answer(sent(request)) == []
        (card,) = answer(sent(request, conditions=cut))
        assert card["indicator"] == "warning" and "conditions" in card["summary"]
        assert "Not judged" in card["summary"]
    assert answer(sent(signing(orders=[AMOXICILLIN], person=PERSON), conditions=cut)) == []


@pytest.mark.parametrize("cut", CUT)
def test_whatever_settles_a_patient_a_cut_list_is_told_at_opening_and_at_an_order_that_is_judged(answer, pack, cut):
    form = calm_form(pack)
    opening = call(SCIATICA, form, person=PERSON)
    ordering = signing(SCIATICA, form, orders=[IBUPROFEN], person=PERSON)
    for request in (opening, ordering):
        assert answer(sent(request)) == []
        (card,) = answer(sent(request, medications=cut))
        assert card["indicator"] == "warning" and "medications" in card["summary"]


def test_problems_that_were_not_sent_are_told_as_those_that_were_cut(answer):
    for request in (call(person=PERSON), signing(orders=[IBUPROFEN], person=PERSON)):
        whole = sent(request)
        del whole["prefetch"]["conditions"]
        (card,) = answer(whole)
        assert card["indicator"] == "warning" and "conditions" in card["summary"]
