"""A unit shown to people that is another than the coded one is never passed over; words for the same unit are."""

from __future__ import annotations

import pytest

from rootline.edges.fhir.shown_unit import contradicts
from tests.edges.fhir.resources import Resource, concept, observation, quantity

EGFR = concept("loinc", "98979-8")


def shown(value: float, code: str, unit: str) -> Resource:
    return {"valueQuantity": {**quantity(value, code)["valueQuantity"], "unit": unit}}


@pytest.mark.parametrize(
    ("shown", "code"),
    [
        ("mL/min/1.73m2", "mL/min/{1.73_m2}"), ("mL/min/1.73 m²", "mL/min/{1.73_m2}"), ("kg", "kg"),
        ("mL/min/BSA", "mL/min/{1.73_m2}"), ("mL/min/1.73 sq.m", "mL/min/{1.73_m2}"), ("points", "{score}"),
        ("/10", "{score}"), ("score", "1"), ("weeks", "wk"), ("years old", "a"), ("lbs", "[lb_av]"), ("KG", "kg"),
        ("mmHg", "mm[Hg]"), ("µmol/L", "umol/L"), ("mg/dl", "mg/dL"), ("10^9/L", "10*9/L"), ("IU/L", "[IU]/L"),
        ("", "kg"), ("{score}", "1"),
    ],
)  # fmt: skip
def test_another_spelling_of_the_same_unit_is_harmless(shown, code):
    assert not contradicts(shown, code)


@pytest.mark.parametrize(
    ("shown", "code"),
    [
        ("mg/dL", "umol/L"), ("µmol/L", "mg/dL"), ("kg", "[lb_av]"), ("lb", "kg"), ("g", "kg"), ("days", "wk"),
        ("mL/min", "mL/min/{1.73_m2}"), ("mL/min/1.73m2", "mL/min"), ("mmol/L", "mL/min/{1.73_m2}"),
        ("mL/s", "mL/min"), ("mEq/L", "mL/min"), ("mg", "1"), ("kg", "{score}"),
    ],
)  # fmt: skip
def test_another_unit_contradicts(shown, code):
    assert contradicts(shown, code)


def test_a_number_whose_unit_is_shown_as_another_is_not_used_and_no_older_one_either(read):
    older = observation(EGFR, "2026-10-01", "older", **quantity(80, "mL/min/{1.73_m2}"))
    seen = read(older, observation(EGFR, **shown(25, "mL/min/{1.73_m2}", "mL/s")))
    assert "egfr" not in seen.facts
    assert seen.why("Observation/o") == "its unit is shown as `mL/s` and coded as `mL/min/{1.73_m2}`"
    assert read(observation(EGFR, **shown(25, "mL/min/{1.73_m2}", "mL/min/1.73m2"))).facts["egfr"] == 25.0
