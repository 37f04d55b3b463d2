"""Each validator is seen to complain: what it is silent about below is therefore looked at."""

from __future__ import annotations

import json
import re
from copy import deepcopy

import pytest

from tests.fhir.validators import FOLDER, by_models, by_npm, by_schema, complaints

PLAN = {
    "resourceType": "PlanDefinition",
    "id": "example",
    "url": "https://rootline.invalid/fhir/PlanDefinition/example",
    "status": "draft",
    "action": [
        {"condition": [{"kind": "applicability", "expression": {"language": "text/cql", "expression": '"Advice: a"'}}]}
    ],
}
CARE = {"resourceType": "CarePlan", "status": "draft", "intent": "proposal", "subject": {"display": "somebody"}}
FAULTS = {
    "a key that is not FHIR's": (PLAN, lambda one: one.update(advice=[]), {"fhir", "medplum", "schema", "models"}),
    "a required key left out": (CARE, lambda one: one.pop("intent"), {"fhir", "medplum", "models"}),
    "a code of no list": (PLAN, lambda one: one.update(status="perhaps"), {"fhir", "schema"}),
    "a text where a list belongs": (PLAN, lambda one: one.update(action="a"), {"fhir", "medplum", "schema", "models"}),
    "an expression in a language that R4 has not": (
        PLAN,
        lambda one: one["action"][0]["condition"][0]["expression"].update(language="text/cql-identifier"),
        {"fhir", "schema"},
    ),
    "an invariant broken: neither detail nor reference, but both": (
        CARE,
        lambda one: one.update(activity=[{"reference": {"reference": "Task/1"}, "detail": {"status": "not-started"}}]),
        {"medplum"},
    ),
}


@pytest.fixture(scope="module")
def told():
    """For the sound resources and each fault: who complains."""
    resources = {"plan": deepcopy(PLAN), "care": deepcopy(CARE)}
    for name, (sound, spoil, _) in FAULTS.items():
        resources[name] = deepcopy(sound)
        spoil(resources[name])
    found = {}
    for (name, one), npm in zip(resources.items(), by_npm(list(resources.values())), strict=True):
        said = {**npm, "schema": by_schema(one), "models": by_models(one)}
        found[name] = {who for who, lines in said.items() if lines}
    return found


def test_a_sound_resource_passes_them_all(told):
    assert told["plan"] == told["care"] == set()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_noticed(fault, told):
    assert told[fault] == FAULTS[fault][2]


def test_a_fault_in_a_bundle_is_named_with_who_noticed_it():
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": {**PLAN, "advice": []}}]}
    assert {line.partition(":")[0] for line in complaints([bundle])} == {
        "Bundle/None, fhir", "Bundle/None, medplum", "Bundle/None, models",
    }  # fmt: skip
    assert complaints([{**PLAN, "advice": []}]) != []


def test_every_package_is_pinned_by_hash_and_no_address_is_named():
    text = (FOLDER / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: one for name, one in json.loads(text)["packages"].items() if name}
    wanted = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert wanted == {name: packages[f"node_modules/{name}"]["version"] for name in wanted}
    # what a package carries inside itself is under its own hash
    assert all(one["integrity"].startswith("sha512-") for one in packages.values() if not one.get("inBundle"))
    assert not re.search(r'"resolved"|://|file:', text)
