"""Examinations without a code: a residual, a tone, a sensation or a power by its name and value, never silent."""

from __future__ import annotations

import pytest

from rootline.logic.values import Between
from tests.edges.fhir.calm import NOW
from tests.edges.fhir.resources import concept, observation, quantity

PRESENCE = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
SADDLE = concept("snomed", "449813001")
ABSENT = [
    {"valueBoolean": False}, {"valueCodeableConcept": concept("snomed", "2667000")}, {"valueString": "absent"},
]  # fmt: skip


def seen_as(name: str, **value):
    return observation(concept("https://hospital.example/own", "x", name), NOW, **value)


@pytest.mark.parametrize(
    ("name", "value", "fact", "means"),
    [
        ("Post-void residual volume", quantity(650, "mL"), "post_void_residual", 650.0),
        ("PVR", {"valueString": "650"}, "post_void_residual", 650.0),
        ("Residual urine, bladder", quantity(0.65, "L"), "post_void_residual", 650.0),
        ("Anal tone", {"valueString": "absent"}, "anal_tone_reduced", "yes"),
        ("Rectal tone", {"valueCodeableConcept": {"text": "Decreased"}}, "anal_tone_reduced", "yes"),
        ("Perianal sensation", {"valueCodeableConcept": {"text": "Absent"}}, "saddle_numbness", "yes"),
        ("Left ankle dorsiflexion power", {"valueString": "2/5"}, "foot_drop", "complete"),
        ("Left ankle dorsiflexion power", {"valueString": "2/5"}, "lowest_power", Between(0, 2)),
        ("Knee extension power, right leg", {"valueInteger": 3}, "lowest_power", Between(0, 3)),
        ("Knee extension power, right leg", quantity(3, "{score}"), "lowest_power", Between(0, 3)),
        ("Reduced anal tone", {"valueBoolean": True}, "anal_tone_reduced", "yes"),
    ],
)  # fmt: skip
def test_name_and_value_tell_together(read, name, value, fact, means):
    assert read(seen_as(name, **value)).facts[fact] == means


def test_a_residual_shows_retention_whatever_the_form_says(level):
    assert (
        level(seen_as("Post-void residual volume", **quantity(650, "mL")), unasked="post_void_residual") == "emergency"
    )
    assert level(seen_as("Post-void residual volume", **quantity(30, "mL")), unasked="post_void_residual") == "routine"


@pytest.mark.parametrize(
    "found",
    [
        seen_as("Anal tone", valueString="absent"),
        seen_as("Anal tone", valueBoolean=False),
        seen_as("Anal tone", valueCodeableConcept=concept("snomed", "1")),
        seen_as("Anal tone"),
        seen_as("Perianal sensation", valueString="absent"),
        seen_as("Perianal sensation", valueString="see report"),
        seen_as("Perianal sensation", state="preliminary", valueString="absent"),
        {**seen_as("Perianal sensation", valueString="absent"), "subject": {}},
    ],
)
def test_what_is_found_amiss_or_not_understood_is_closed_by_no_denial(level, found):
    assert level(found) == "open: emergency"


def test_a_weak_foot_is_closed_by_no_denial(level):
    assert level(seen_as("Left ankle dorsiflexion power", valueString="2/5")) == "open: urgent"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Anal tone", {"valueString": "normal"}),
        ("Perianal sensation", {"valueString": "intact"}),
        ("Left ankle dorsiflexion power", {"valueString": "5/5"}),
        ("Right wrist dorsiflexion power", {"valueString": "2/5"}),
        ("Pulmonary vascular resistance (PVR)", quantity(240, "dyn.s/cm5")),
    ],
)
def test_what_is_well_or_of_elsewhere_tells_nothing_and_alarms_nobody(read, level, name, value):
    seen = read(seen_as(name, **value))
    assert not {"anal_tone_reduced", "saddle_numbness", "foot_drop", "lowest_power", "post_void_residual"} & set(
        seen.facts
    )
    assert level(seen_as(name, **value)) == "routine"


@pytest.mark.parametrize("value", ABSENT)
@pytest.mark.parametrize("interpreted", ["POS", "A", "AA"])
def test_a_no_that_is_interpreted_as_a_yes_stays_open(read, level, value, interpreted):
    more = {"interpretation": [concept(PRESENCE, interpreted)], **value}
    for code in (SADDLE, {"text": "Saddle numbness"}):
        assert "saddle_numbness" not in read(observation(code, NOW, **more)).facts
        assert level(observation(code, NOW, **more)) == "open: emergency"
    assert read(observation(SADDLE, NOW, **value)).facts == {"saddle_numbness": "no"}
