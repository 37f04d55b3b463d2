"""Requests that are none are refused, with what is wrong, and nothing of them repeated."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootline.edges.cds_hooks.body import Lacking, read_call
from rootline.errors import InputError
from tests.edges.cds_hooks.calls import SCIATICA, call, drug, signing
from tests.edges.fhir.resources import concept

DRAFT = drug(concept("rxnorm", "5640"))


def read(data, hook="order-sign"):
    return read_call(json.dumps(data).encode(), hook)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"3", b"\xff\xfe", b"[" * 100_000], ids=str)
def test_what_is_no_object_is_refused(body):
    with pytest.raises(InputError):
        read_call(body[:200_000], "patient-view")


@pytest.mark.parametrize(
    "change",
    [
        {"hook": "order-select"}, {"hook": None}, {"hookInstance": "1"}, {"hookInstance": 7}, {"context": None},
        {"context": {"userId": "Practitioner/1"}}, {"context": {"patientId": "p"}}, {"prefetch": []},
        {"context": {"userId": "x", "patientId": "p"}},  # no drafts
        {"context": {"userId": "x", "patientId": "../p", "draftOrders": {"resourceType": "Bundle"}}},
        {"context": {"userId": "x", "patientId": "p", "draftOrders": {"resourceType": "Patient"}}},
        {"context": {"userId": "x", "patientId": "p", "draftOrders": {"resourceType": "Bundle", "entry": [3]}}},
        {"fhirServer": 3},
    ],
    ids=str,
)  # fmt: skip
def test_each_part_that_is_wrong_is_refused(change):
    with pytest.raises(InputError) as caught:
        read({**signing(SCIATICA, orders=[DRAFT]), **change})
    assert caught.value.mend


def test_an_order_for_another_patient_is_refused():
    foreign = {**DRAFT, "subject": {"reference": "Patient/other"}}
    with pytest.raises(InputError, match="another patient"):
        read(signing(SCIATICA, orders=[DRAFT, foreign]))


def test_too_many_orders_are_refused():
    with pytest.raises(InputError, match="more than 200 orders"):
        read(signing(orders=[DRAFT] * 201))


def test_a_patient_who_was_not_sent_is_asked_for():
    request = call(SCIATICA)
    del request["prefetch"]["patient"]
    with pytest.raises(Lacking):
        read(request, "patient-view")


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(body):
    with pytest.raises(InputError):
        read_call(body, "patient-view")


def test_only_orders_that_are_judged_are_taken():
    other = {"resourceType": "NutritionOrder", "id": "n", "patient": {"reference": "Patient/p"}}
    assert [one["id"] for one in read(signing(SCIATICA, orders=[DRAFT, other])).orders] == ["draft"]
