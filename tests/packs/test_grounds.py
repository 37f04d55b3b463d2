"""Where numbers may come from, and whom a point is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rootline.evidence.points.source import Citation
from rootline.logic.values import Between
from rootline.packs.grounds import cited_words, groundless_numbers, groundless_units, grounds_of, is_about, misfits


@pytest.mark.parametrize(
    ("said", "grounds", "missing"),
    [
        ("no number", [], []),
        ("400 mg every 4 to 6 hours", ["400 mg", "4-6 h"], []),
        ("400 mg every 4 to 6 hours", ["400 mg"], ["4", "6"]),
        ("3,000 mg a day", ["3000 mg"], []),
        ("at 2, 4 and 6 weeks", ["2 weeks", "4 weeks"], ["6"]),
        ("0.5 of 10", ["5 of 10"], ["0.5"]),
        ("14", ["1", "4"], ["14"]),
    ],
)
def test_a_number_needs_its_ground(said, grounds, missing):
    assert groundless_numbers(said, grounds) == missing


def test_grounds_are_the_cited_points_the_reading_and_the_condition(pack):
    advice = next(one for one in pack.advice if one.reading and one.because)
    told = grounds_of(advice, advice.because[:1], pack)
    assert pack.point(advice.because[0]).says in told and advice.reading in told
    other = [pack.point(citation).says for citation in advice.because[1:]]
    assert not set(other) & set(told) - {pack.point(advice.because[0]).says}


def test_the_year_of_a_source_may_be_said(pack):
    source = next(one for one in pack.sources.values() if one.year)
    assert source.year in cited_words([Citation(source.id, next(iter(source.points)))], pack)


def point(pack, **changes):
    any_ = next(iter(next(iter(pack.sources.values())).points.values()))
    return replace(any_, **{"fits": "radicular", "ages": "", "phase": "any", **changes})


@pytest.mark.parametrize(
    ("changes", "age", "duration", "about"),
    [
        ({}, None, None, True),
        ({}, 5.0, 5.0, True),
        ({"fits": "low back"}, None, None, False),
        ({"fits": "low back, radicular"}, None, None, True),
        ({"ages": "18+"}, 17.0, None, False),
        ({"ages": "18+"}, 18.0, None, True),
        ({"ages": "18-75"}, 75.5, None, True),
        ({"ages": "18-75"}, 80.0, None, False),
        ({"ages": "65+"}, Between(60.0, 69.0), None, True),
        ({"ages": "65+"}, Between(40.0, 49.0), None, False),
        ({"phase": "acute"}, None, 10.0, True),
        ({"phase": "acute"}, None, 42.0, True),
        ({"phase": "acute"}, None, 43.0, False),
        ({"phase": "subacute"}, None, 42.0, True),
        ({"phase": "chronic"}, None, 83.0, False),
        ({"phase": "chronic"}, None, 400.0, True),
        ({"phase": "acute, chronic"}, None, 60.0, False),
        ({"phase": "acute"}, None, Between(low=30.0), True),
        ({"phase": "acute"}, None, Between(low=60.0), False),
    ],
)
def test_a_point_is_about_a_patient_unless_something_known_excludes_it(pack, changes, age, duration, about):
    assert is_about(point(pack, **changes), pack, age, duration) is about


def test_misfits_are_named_only_when_no_point_fits(pack):
    assert misfits([point(pack, fits="low back"), point(pack, fits="athletes")], pack) == ["athletes", "low back"]
    assert misfits([point(pack, fits="low back"), point(pack)], pack) == []
    assert misfits([], pack) == []


@pytest.mark.parametrize(
    ("said", "grounds", "found"),
    [
        ("for 5 weeks", "for 5 days", ["5 week"]),
        ("for 5 days", "for 5 days", []),
        ("five weeks", "at most 5 days", ["5 week"]),
        ("5 weeks", "n = 5", []),
        ("10 g a day", "10 mg a day", ["10 g"]),
        ("five times daily", "twice daily", ["5 time"]),
        ("2 times daily", "twice daily", []),
        ("twice daily", "take it", []),
    ],
)
def test_a_figure_is_held_to_the_unit_that_its_grounds_give(said, grounds, found):
    assert groundless_units([said], [grounds]) == found
