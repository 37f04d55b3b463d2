"""Whatever is sent, `$apply` either gives a plan or says what cannot be read; it never fails in another way."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rootline.edges.fhir.operations import apply
from rootline.errors import InputError, RootlineError
from tests.edges.fhir.responses import response
from tests.invariants.cases import PACK

FACTS = {"foot_drop": "complete", "anticoagulant": "yes", "symptom_duration": 10.0}
PARAMETERS = {
    "resourceType": "Parameters",
    "parameter": [
        {"name": "subject", "valueReference": {"reference": "Patient/made-up"}},
        {"name": "userType", "valueCodeableConcept": {"coding": [{"code": "patient"}]}},
        {"name": "data", "resource": {"resourceType": "Bundle", "entry": [{"resource": {
            key: value if key != "item" else [one for group in value for one in group["item"] if "answer" in one]
            for key, value in response(PACK, FACTS).items()}}]}},
    ],
}  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=9), below, max_size=3),
    max_leaves=5,
)


def places(part, path=()):
    """The way to every part of a resource."""
    yield path
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in inner:
        yield from places(value, (*path, key))


PLACES = list(places(PARAMETERS))


def with_part(path, value):
    if not path:
        return value
    sent = deepcopy(PARAMETERS)
    part = sent
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    return sent


def test_what_stands_in_parameters_and_a_bundle_is_read():
    assert apply(PARAMETERS, PACK)["entry"][2]["resource"]["subject"] == {"reference": "Patient/made-up"}


@settings(max_examples=300)
@given(path=st.sampled_from(PLACES), value=ANYTHING)
def test_whatever_stands_in_one_place_it_is_read_or_refused(path, value):
    try:
        told = apply(with_part(path, value), PACK)
    except RootlineError as error:
        assert error.what and error.mend is not None
    else:
        assert told["resourceType"] == "Bundle"
        json.dumps(told)


@pytest.mark.parametrize("reference", [["Patient/1"], {"a": 1}, 3, None])
def test_a_patient_that_is_named_by_something_else_is_refused(reference):
    with pytest.raises(InputError):
        apply(response(PACK, FACTS, subject={"reference": reference}), PACK)
