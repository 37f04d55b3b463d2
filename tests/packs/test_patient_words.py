"""Patient words: easy to read, and with every time limit, amount and warning of the clinician's."""

from __future__ import annotations

import re
from statistics import median

import pytest
import textstat

from rootline.answers.ask import ask
from rootline.answers.render_markdown import to_markdown

FORMULAS = {
    "Flesch-Kincaid": textstat.flesch_kincaid_grade,
    "Automated Readability Index": textstat.automated_readability_index,
}
HARDEST, USUAL = 9, 6
AMOUNT = re.compile(r"(\d+(?:\.\d+)?)(?:(?:-| to )(\d+(?:\.\d+)?))? ?(?:mg|hours?|h|days?|weeks?|months?)\b")
SIGNS = ("numb", "pee", "bowel", "weak", "fever", "cold")


@pytest.mark.parametrize("formula", FORMULAS)
def test_patient_wording_has_a_median_grade_of_six_at_most_and_none_above_nine(pack, formula):
    grades = {id_: FORMULAS[formula](one.say.patient) for id_, one in pack.statements.items()}
    hard = {id_: round(grade, 1) for id_, grade in grades.items() if grade > HARDEST}
    assert not hard
    assert median(grades.values()) <= USUAL


def test_the_formulas_tell_hard_text_from_easy_text():
    hard = "Percutaneous transforaminal administration of corticosteroids necessitates fluoroscopic visualisation."
    assert all(formula(hard) > HARDEST for formula in FORMULAS.values())


def test_what_a_clinician_is_told_to_do_within_a_time_or_amount_a_patient_is_told_too(pack):
    missing = {}
    for id_, one in pack.statements.items():
        if not one.actions:
            continue
        numbers = {number for found in AMOUNT.findall(one.say.clinician) for number in found if number}
        lost = {
            number for number in numbers if not re.search(rf"(?<![\d.]){re.escape(number)}(?![\d.])", one.say.patient)
        }
        if lost:
            missing[id_] = sorted(lost)
    assert not missing


def test_patient_wording_holds_no_word_that_only_clinicians_use(pack):
    words = re.compile(
        r"\b(radiculopath|contraindicat|analges|indicated|conservative|paresthes|bilateral|lumbar)\w*", re.I
    )
    found = {
        id_: words.findall(one.say.patient) for id_, one in pack.statements.items() if words.search(one.say.patient)
    }
    assert not found


@pytest.mark.parametrize(
    "text",
    [
        "Sciatica for 2 weeks, what can I take?",
        "Should I have an injection for my sciatica?",
        "My leg hurts and I take a blood thinner",
        "Do I need a scan for sciatica?",
        "28 weeks pregnant with sciatica",
    ],
)
def test_every_patient_answer_names_the_signs_for_getting_help_now(pack, text):
    told = to_markdown(ask(text, pack, "patient"))
    assert "emergency department" in told
    assert all(sign in told.lower() for sign in SIGNS)
