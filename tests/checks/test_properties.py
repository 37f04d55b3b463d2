"""A pack's own properties are read with the same care as the rest of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rootline.checks.proofs import Prover
from rootline.checks.properties import CLAIMS, WHEN, properties
from rootline.errors import PackError
from rootline.packs.load import load

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "ankle-sprain"


def own(tmp_path, text: str):
    """The made-up pack with these properties of its own."""
    copy = tmp_path / "ankle-sprain"
    shutil.copytree(EXAMPLE, copy)
    (copy / "properties.yaml").write_text(text, encoding="utf-8")
    pack = load(copy)
    return pack, [one for one in properties(pack) if one.place.file.endswith("properties.yaml") and one.kind == "never"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('- {name: "x", whenever: ankle_pain}', "claims nothing"),
        ('- {name: "x", whenever: ankle_pian, never: routine}', "neither a fact nor a rule"),
        ('- {name: "x", whenever: ankle_pain, never: clam}', "`never: clam` names nothing"),
        ('- {name: "x", whenever: ankle_pain, never advise: nsiad}', "Did you mean `nsaid`?"),
        ('- {name: "x", whenever: ankle_pain, while unknown: ankle_pain, never: routine}', "has two conditions"),
        ('- {name: "x", whenever: ankle_pain, nevre: routine, never: routine}', "nevre"),
        ('- {name: "x", whenever: known age, never: routine}', "may not stand here"),
        ("- {whenever: ankle_pain, never: routine}", "name"),
    ],
)
def test_a_property_that_cannot_be_read_says_where_and_how_to_mend_it(text, words, tmp_path):
    with pytest.raises(PackError) as error:
        own(tmp_path, text)
    assert words in str(error.value)
    assert "ankle-sprain/properties.yaml:1" in str(error.value)


# Each claim once true and once false of the made-up pack.
EXAMPLES = {
    "never": ("whenever: foot_pale_or_cold, never: routine", "whenever: ankle_pain, never: routine"),
    "at least": ("whenever: foot_pale_or_cold, at least: emergency", "whenever: ankle_pain, at least: urgent"),
    "never advise": ("whenever: anticoagulant, never advise: nsaid", "whenever: ankle_pain, never advise: nsaid"),
    "always advise": (
        "whenever: fracture_possible, always advise: xray-ankle", "whenever: ankle_pain, always advise: nsaid"
    ),
    "always avoid": ("whenever: no-x-ray-condition, always avoid: xray-ankle", "always avoid: xray-ankle"),
    "never say": ("while possible: fracture_possible, never say: brace", "whenever: ankle_pain, never say: brace"),
    "always say": ("whenever: foot_pale_or_cold, always say: emergency-blood-flow", "always say: brace"),
}  # fmt: skip


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_claim_can_be_proved_and_refuted(claim, tmp_path):
    true, false = EXAMPLES[claim]
    true = true.replace("no-x-ray-condition", "{all of: [not: fracture_possible, ankle_pain]}")
    pack, claims = own(tmp_path, f'- {{name: "true", {true}}}\n- {{name: "false", {false}}}\n')
    prover = Prover(pack)
    assert [prover.prove(one).outcome for one in claims] == ["proved", "refuted"]


def test_the_three_ways_of_saying_when_differ(tmp_path):
    text = "".join(f'- {{name: "{when}", {when}: fracture_possible, never: routine}}\n' for when in WHEN)
    pack, claims = own(tmp_path, text)
    assert [set(map(str, one.combinations[0][0].truths)) for one in claims] == [
        {"yes"},
        {"unknown"},
        {"yes", "unknown"},
    ]
    prover = Prover(pack)
    assert {prover.prove(one).outcome for one in claims} == {"proved"}


@pytest.mark.parametrize(
    ("condition", "age"),
    [("age <= 40 years", 40.0), ("age >= 40 years", 40.0), ("age < 40 years", 39.0), ("age > 40 years", 41.0)],
)
def test_the_smallest_patient_stands_at_the_border_that_the_property_draws(condition, age, tmp_path):
    pack, (claim,) = own(tmp_path, f'- {{name: "x", whenever: {condition}, at least: urgent}}')
    assert Prover(pack).prove(claim).patient == {"age": age}
