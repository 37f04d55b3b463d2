"""Follow-up questions: what they suppose counts, denials and doubts keep their meaning, treatments asked do not."""

from __future__ import annotations

import pytest

from rootline.errors import InputError
from rootline.narrative.what_if import read_what_if


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("and if she is pregnant?", {"pregnant": "yes", "sex": "female"}),
        ("if eGFR is 28?", {"egfr": 28.0}),
        ("What if he is 72 and takes apixaban?", {"age": 72.0, "anticoagulant": "yes", "sex": "male"}),
        ("suppose there is saddle numbness", {"saddle_numbness": "yes"}),
        ("If there is saddle numbness?", {"saddle_numbness": "yes"}),
        ("after six weeks without improvement?", {"symptom_duration": 42.0, "symptom_course": "unchanged"}),
        ("what about an injection after 8 weeks?", {"symptom_duration": 56.0}),
        ("in 12 weeks", {"symptom_duration": 84.0}),
        ("what if there is no foot drop", {"foot_drop": "none"}),
        ("Suppose there is no fever", {"fever": "no"}),
    ],
)
def test_what_is_supposed_is_taken(pack, text, facts):
    assert {fact: one.value for fact, one in read_what_if(text, pack).facts.items()} == facts


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("and without the foot drop?", "foot_drop"),  # a denial put as a question may be a question
        ("can he take gabapentin?", "gabapentinoid_use"),
        ("?saddle numbness", "saddle_numbness"),
        ("what if her mother had cancer?", "cancer_history"),
    ],
)
def test_what_is_doubtful_asked_or_somebody_elses_is_not(pack, text, fact):
    read = read_what_if(text, pack)
    assert fact not in read.facts
    assert fact in read.unclear


def test_the_words_of_each_fact_are_the_users_own(pack):
    read = read_what_if("  And IF her eGFR is 28 after six weeks?", pack)
    assert read.text == "And IF her eGFR is 28 after six weeks?"
    assert read.facts["egfr"].text == "eGFR is 28"
    assert read.facts["symptom_duration"].text == "six weeks"


@pytest.mark.parametrize("text", ["smoker for 20 years", "come back in 2 weeks or after 3 months", "after 900 years"])
def test_other_lengths_of_time_are_not_the_onset(pack, text):
    assert "symptom_duration" not in read_what_if(text, pack).facts


def test_an_empty_follow_up_is_refused(pack):
    with pytest.raises(InputError, match="there is no question"):
        read_what_if("  ", pack)
