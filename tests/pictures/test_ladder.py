"""The ladder says where the patient is and what is open, in words and shapes."""

from __future__ import annotations

import pytest

from rootline.answers.audience import VOICE
from rootline.answers.phrases import LEVEL
from rootline.packs.model import LEVELS
from rootline.pictures.ladder import HERE, ONLY_THEN, OPEN, Rung, draw_ladder, ladder
from tests.pictures.looking import SVG, check_legible, described, read, seen
from tests.pictures.test_svg import HOSTILE


def marks(svg: str) -> list[str]:
    return [one.get("class", "") for one in read(svg).iter(f"{SVG}polygon") if "mark" in one.get("class", "")]


def test_all_of_it_is_said(answer):
    svg, voice = ladder(answer), VOICE[answer.audience]
    check_legible(svg)
    for text in (seen(svg), described(svg)):
        for level in LEVELS:
            assert all(part in text for part in LEVEL[level].to(voice).split(": "))
        for told in [*answer.urgency.because, *answer.urgency.open]:
            assert told.text in text
    assert ladder(answer) == svg


def test_what_is_undecided_is_an_interval(foot_drop):
    assert foot_drop.urgency.level == "undetermined"
    svg = ladder(foot_drop)
    assert marks(svg) == ["mark open", "mark here"]
    assert HERE.clinician not in seen(svg) and OPEN.clinician in seen(svg)
    assert [one.level for one in foot_drop.urgency.open] == ["emergency"] * len(foot_drop.urgency.open)


def test_what_is_decided_is_a_point(pack):
    from rootline.answers.ask import ask

    svg = ladder(ask("leg pain with saddle numbness", pack))
    assert marks(svg) == ["mark here"]
    assert OPEN.clinician not in seen(svg)


def test_the_lowest_rung_is_no_place_to_rest_while_anything_above_is_open(general):
    svg = ladder(general)
    assert marks(svg) == ["mark open"] * 4
    assert ONLY_THEN.clinician in seen(svg)


def test_states_differ_in_shape_as_well_as_in_colour():
    svg = draw_ladder([Rung("emergency", "open"), Rung("urgent", "here"), Rung("soon", "not here")], "clinician")
    boxes = list(read(svg).iter(f"{SVG}rect"))
    assert [bool(box.get("stroke-dasharray")) for box in boxes] == [True, False, False]
    assert len({box.get("stroke-width") for box in boxes}) == 3
    signs = [one for one in read(svg).iter(f"{SVG}g") if one.get("class") == "sign"]
    assert len({(sign[0].tag, len(sign[0].get("points", "").split())) for sign in signs}) == 3


@pytest.mark.parametrize("voice", ["clinician", "patient"])
def test_a_ladder_without_a_patient_has_no_mark(voice):
    svg = draw_ladder([Rung(level, lines=(f"{level} when this",)) for level in LEVELS], voice)
    check_legible(svg)
    assert marks(svg) == [] and all(f"{level} when this" in seen(svg) for level in LEVELS)


def test_hostile_words_stay_words():
    svg = draw_ladder([Rung("soon", "open", HOSTILE[:40], (HOSTILE, "x" * 200))], "clinician")
    assert "<script" not in svg


def test_nothing_is_drawn_for_a_refusal(refused):
    assert refused.outcome == "refused" and ladder(refused) == ""
