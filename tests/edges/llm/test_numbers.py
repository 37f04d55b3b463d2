"""A number is proposed only with words that hold it, in digits or spelled out; what cannot be told is none."""

from __future__ import annotations

import pytest

from rootline.answers.case import read_given
from rootline.edges.llm.number_words import in_digits
from rootline.edges.llm.numbers import other_number
from rootline.edges.llm.propose import propose

SPELLED = [
    ("egfr", "90", "eGFR was twenty-eight", "28"),
    ("egfr", "8", "filtering at twenty-eight", "28"),
    ("egfr", "20", "filtering at twenty eight", "28"),
    ("egfr", "90", "Filtering at Twenty\u2011Eight", "28"),
    ("post_void_residual", "60", "PVR was six hundred", "PVR was 600"),
    ("post_void_residual", "6", "six hundred left behind", "600"),
    ("post_void_residual", "50", "left six hundred and fifty behind", "650"),
    ("post_void_residual", "200", "left one thousand, two hundred behind", "1200"),
    ("post_void_residual", "6", "left 6 hundred behind", "600"),
    ("post_void_residual", "2", "left two dozen behind", "24"),
    ("pain_score", "10", "hurts three out of ten", "3 out of 10"),
    ("pain_score", "10", "hurts 3/10", "3/10"),
    ("pain_score", "2", "hurts two and a half", "2.5"),
    ("weight", "8 kg", "eighty kg on the scales", "80"),
    ("symptom_duration", "5 weeks", "for fifteen weeks", "15 weeks"),
    ("symptom_duration", "1 year", "for one and a half years", "1.5 years"),
]
NONE = [
    ("egfr", "28", "kidneys in a poor way"),
    ("egfr", "28", "filtering in the low thirties"),
    ("egfr", "20", "filtering in the mid-twenty range"),
    ("egfr", "25", "seen on the twenty-fifth"),
    ("egfr", "20", "seen on the twenty-fifth"),
    ("egfr", "28", "filtering at twen\u00adty-eight"),
    ("egfr", "8", "filtering at twen\u00adty-eight"),
    ("post_void_residual", "50", "left two fifty behind"),
    ("post_void_residual", "2", "left two fifty behind"),
    ("pain_score", "1", "no one asked how it hurts"),
    ("pain_score", "2", "hurts for two thirds of the day"),
    ("symptom_duration", "20 weeks", "since 2 June"),
    ("symptom_duration", "14 weeks", "seen again in fourteen weeks"),
]
HELD = [
    ("egfr", "28", "filtering at twenty-eight"),
    ("egfr", "28", "filtering at TWENTY EIGHT"),
    ("egfr", "28", "fell from ninety to twenty\neight"),
    ("post_void_residual", "600", "left six hundred behind"),
    ("post_void_residual", "120", "left a hundred and twenty behind"),
    ("pain_score", "3", "hurts three out of ten"),
    ("pain_score", "1", "hurts one out of ten"),
    ("symptom_duration", "15 weeks", "for fifteen weeks"),
    ("symptom_duration", "7 days", "for one week"),
    ("weight", "80 kg", "eighty kg on the scales"),
]


def refusal(pack, played, fact, value, words):
    played.say = lambda _: {"facts": [{"fact": fact, "value": value, "words": words}]}
    (one,) = propose(f"Sciatica. The clerk wrote: {words}.", pack, played.named())
    return one.refused


def other(pack, fact, value, words):
    return other_number(pack.facts[fact], read_given(f"{fact}={value}", pack).value, words, pack)


@pytest.mark.parametrize(("fact", "value", "words", "said"), SPELLED)
def test_a_number_that_its_spelled_words_contradict_is_refused(pack, fact, value, words, said):
    assert other(pack, fact, value, words) == f"its words hold another number: {said}"


@pytest.mark.parametrize(("fact", "value", "words"), NONE)
def test_a_number_whose_words_hold_none_is_refused(pack, fact, value, words):
    assert other(pack, fact, value, words) == "its words hold no number of it: check it yourself"


@pytest.mark.parametrize(("fact", "value", "words"), HELD)
def test_a_number_that_its_spelled_words_hold_is_not_refused_for_it(pack, fact, value, words):
    assert other(pack, fact, value, words) == ""


@pytest.mark.parametrize(("fact", "value", "words"), [one[:3] for one in SPELLED] + NONE)
def test_none_of_them_is_offered(pack, played, fact, value, words):
    assert refusal(pack, played, fact, value, words)


def test_a_power_told_in_words_is_not_offered_as_another(pack, played):
    assert refusal(pack, played, "lowest_power", "4", "Power two out of five")


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("nineteen hundred and five", "1905"),
        ("three point two five", "3.25"),
        ("two million", "2000000"),
        ("5 - 6 weeks, 2019", "5 - 6 weeks, 2019"),
        ("ten, twenty", "10, 20"),
        ("one", "one"),
        ("nought", "0"),
        ("fifty sixty", "\ufffd"),
        ("twenty zero", "\ufffd"),
        ("hundred hundred", "\ufffd"),
        ("at this point five", "at this \ufffd"),
        ("six-\nty", "\ufffd"),
        ("six\u00adty", "\ufffd\u00adty"),
        ("at this point", "at this point"),
        ("a hundred, or two", "100, or 2"),
        ("two and a quarter", "\ufffd"),
        ("several hundred", "several \ufffd"),
    ],
)
def test_what_is_spelled_is_written_in_digits_and_what_cannot_be_told_is_no_number(words, digits):
    assert in_digits(words) == digits
