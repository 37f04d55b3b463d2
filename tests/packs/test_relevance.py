"""A fact is only called idle where its answer can change nothing that anybody is told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rootline.packs.localise import localise
from rootline.packs.relevance import Given, dependent_facts
from rootline.packs.run import run
from tests.invariants.cases import PACK, cases, values_of

DEPENDS = dependent_facts(PACK)


def test_the_length_of_a_pregnancy_and_the_side_of_a_foot_drop_depend_on_there_being_one():
    assert DEPENDS == {"gestation": Given("pregnant", "no"), "side": Given("foot_drop", "none")}


@given(case=cases(), fact=st.sampled_from(sorted(DEPENDS)), data=st.data())
def test_whatever_an_idle_fact_is_the_plan_stays_the_same(case, fact, data):
    idle = {**case, DEPENDS[fact].fact: DEPENDS[fact].idle}
    idle.pop(fact, None)
    told = {**idle, fact: data.draw(values_of(fact))}
    without, with_it = run(PACK, idle), run(PACK, told)
    assert with_it.urgency == without.urgency
    assert [(one.status, one.condition) for one in with_it.advised] == [
        (one.status, one.condition) for one in without.advised
    ]
    assert localise(PACK, told) == localise(PACK, idle)


def test_a_fact_that_another_only_makes_superfluous_is_still_asked():
    """On a blood thinner NSAIDs are out, ulcer or not: but the ulcer is worth knowing."""
    assert not {"peptic_ulcer", "active_gi_bleed", "nsaid_allergy", "rest_pain"} & set(DEPENDS)
