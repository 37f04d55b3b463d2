"""Whatever is changed in an answer, a letter or an order, verifying finds it and names the place."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rootline.answers.ask import ask
from rootline.answers.case import given_onset, read_given
from rootline.answers.verify import read_answer, verify
from rootline.answers.verify.difference import differences
from rootline.errors import InputError
from rootline.packs.load import load
from tests.answers.verify.tamper import Change, applied, changes
from tests.invariants.cases import PACK

EXAMPLE = load(Path(__file__).parents[3] / "docs" / "examples" / "ankle-sprain")
# What an answer is made from: what follows contradicts a change here, and the trace id, which is made over all of it.
INPUTS = re.compile(r"question|audience|onset|trace_id|facts(\[.*)?")


@pytest.fixture(autouse=True, scope="module")
def made_anew_once():
    """The same inputs give the same answer: thousands of changed files need it only once."""
    module = sys.modules["rootline.answers.verify.verify"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "rederive", cache(module.rederive))
        yield


def data_of(answer):
    return answer.model_dump(mode="json", by_alias=True)


def named(data, pack) -> list[str]:
    """The places that verifying names; one where the file no longer has the form of an answer."""
    try:
        return [one.place for one in verify(read_answer(json.dumps(data).encode()), pack).findings]
    except InputError as error:
        return [error.where]


def is_named(change: Change, places: list[str]) -> bool:
    if change.place.startswith("facts[") and not change.place.endswith((".from", "]")):
        return any(place.startswith("facts[") for place in places)
    if INPUTS.fullmatch(change.place):
        return any(INPUTS.fullmatch(place) for place in places)
    if change.kind in ("dropped", "doubled", "swapped"):
        return any(place.startswith(change.place.rpartition("[")[0]) for place in places)
    return change.place in places


def example_answers():
    onset, today = date(2026, 11, 18), date(2026, 11, 21)
    given = [given_onset(onset, today, EXAMPLE), read_given("pain_score=4 to 6", EXAMPLE)]
    yield ask("Twisted ankle, swelling at the outer side. Takes apixaban.", EXAMPLE, "student", given, onset)
    taken_back = [read_given("anticoagulant=unknown", EXAMPLE)]
    yield ask("Twisted ankle for 3 days, bony tenderness, on apixaban", EXAMPLE, "patient", taken_back)
    yield ask("What should I do about a sprained ankle?", EXAMPLE, "therapist")
    yield ask("How do I treat a migraine?", EXAMPLE)


@pytest.mark.parametrize("answer", list(example_answers()), ids=lambda answer: f"{answer.audience}, {answer.outcome}")
def test_every_change_is_found_and_named(answer):
    data = data_of(answer)
    assert named(data, EXAMPLE) == []
    tried = 0
    for change in changes(data):
        places = named(applied(data, change), EXAMPLE)
        assert is_named(change, places), f"{change}: {places}"
        tried += 1
    assert tried > 100


LONG = ask(
    "61-year-old, left leg pain for 10 days, cannot lift her left foot since yesterday, takes apixaban",
    PACK,
    given=[read_given("egfr=28", PACK)],
)
LONG_DATA = data_of(LONG)
LONG_CHANGES = list(changes(LONG_DATA))


@settings(max_examples=120)
@given(st.sampled_from(LONG_CHANGES))
def test_any_change_of_a_long_answer_is_found_and_named(change):
    places = named(applied(LONG_DATA, change), PACK)
    assert is_named(change, places), f"{change}: {places}"


def test_every_statement_and_number_of_a_long_answer_is_compared():
    kinds = ("letter changed", "word changed", "digit changed", "counted", "turned")
    leaves = [change for change in LONG_CHANGES if change.kind in kinds]
    assert len(leaves) > 4000
    for change in leaves:
        told = LONG_DATA
        for step in change.path[:-1]:
            told = told[step]
        kept = told[change.path[-1]]
        told[change.path[-1]] = change.new
        try:
            found = [one.place for one in differences(LONG_DATA, data_of_long())]
        finally:
            told[change.path[-1]] = kept
        assert change.place in found


@cache
def data_of_long():
    return data_of(LONG)
