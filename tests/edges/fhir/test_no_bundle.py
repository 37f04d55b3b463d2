"""A file that is no record of one patient is told with what to give instead."""

from __future__ import annotations

import json

import pytest

from rootline.edges.fhir.facts import read_facts
from rootline.edges.fhir.tell import read_file
from rootline.errors import InputError
from tests.edges.fhir.conftest import TODAY
from tests.edges.fhir.resources import bundle, patient


@pytest.mark.parametrize(
    ("content", "mend"),
    [
        ('<?xml version="1.0"?>\n<Bundle xmlns="http://hl7.org/fhir"/>', "It is XML"),
        ("\ufeff<Bundle/>", "It is XML"),
        ("\n".join(json.dumps(patient(id_)) for id_ in ("a", "b")) + "\n", "one resource a line"),
        ('{"resourceType": "Bundle",\n "entry": [}\n', "Give a Bundle of FHIR R4 in JSON"),
        ("", "Give a Bundle of FHIR R4 in JSON"),
    ],
)
def test_a_file_that_is_no_json_is_told_what_it_seems_to_be(tmp_path, content, mend):
    path = tmp_path / "record"
    path.write_text(content)
    with pytest.raises(InputError) as refused:
        read_file(path)
    assert mend in refused.value.mend


def test_of_several_patients_one_can_be_named(pack):
    several = bundle(patient("other"))
    with pytest.raises(InputError, match="several Patients") as refused:
        read_facts(several, pack, TODAY)
    assert "--patient" in refused.value.mend
    assert read_facts(several, pack, TODAY, "other").given == ()
