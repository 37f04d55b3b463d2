"""Texts to facts, table-driven: `cases*.yaml` say what each text gives, must not give, and leaves open."""

from __future__ import annotations

import subprocess
import sys
from math import inf
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rootline.errors import InputError
from rootline.logic.values import Among, Between, Value
from rootline.narrative.read import LONGEST, Reading, read_narrative
from rootline.packs.model import Pack

# Facts by which somebody may come to harm: the table's silence about one of them means that it must stay unknown.
RED_FLAGS = (
    "saddle_numbness", "urinary_retention", "bladder_change", "bowel_incontinence", "anal_tone_reduced",
    "sexual_dysfunction_new", "bilateral_leg_weakness", "bilateral_leg_pain", "fever", "iv_drug_use",
    "immunosuppressed", "cancer_history", "weight_loss", "major_trauma", "cold_pulseless_leg",
    "abdominal_pain_or_mass", "recent_spinal_procedure", "foot_drop", "lowest_power", "leg_weakness",
    "weakness_getting_worse", "cord_signs", "unable_to_walk", "anticoagulant", "pregnant",
)  # fmt: skip


def _cases() -> list[Any]:
    groups: dict[str, Any] = {}
    for path in sorted(Path(__file__).parent.glob("cases*.yaml")):
        groups |= yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return [pytest.param(case, id=f"{group}: {case['text']}") for group, cases in groups.items() for case in cases]


CASES = _cases()
TEXTS = [case.values[0]["text"] for case in CASES]


def _is(value: Value | None, wanted: str) -> bool:
    """Whether a value read is the one the table wants."""
    if " or " in wanted:
        return value == Among(frozenset(wanted.split(" or ")))
    if ".." in wanted:
        low, high = wanted.split("..")
        return isinstance(value, Between) and (value.low, value.high) in (
            (float(low or -inf), float(high or inf)),
            (float(low or 0), float(high or inf)),
        )
    if wanted.replace(".", "").isdigit():
        return isinstance(value, float) and value == pytest.approx(float(wanted))
    return value == wanted


@pytest.mark.parametrize("case", CASES)
def test_each_text_gives_its_facts_and_no_red_flag_more(case: dict[str, Any], pack: Pack) -> None:
    read = read_narrative(case["text"], pack).values
    gives, never, unknown = case.get("gives", {}), case.get("never", {}), case.get("unknown", [])
    missed = {fact: (read.get(fact), wanted) for fact, wanted in gives.items() if not _is(read.get(fact), wanted)}
    wrong = {fact: read[fact] for fact, value in never.items() if fact in read and _is(read[fact], value)}
    made_up = {fact: read[fact] for fact in unknown if fact in read}
    made_up |= {fact: read[fact] for fact in RED_FLAGS if fact in read and fact not in gives and fact not in never}
    assert (missed, wrong, made_up) == ({}, {}, {}), "(read and wanted; must not be given; must stay unknown)"


def test_the_table_names_only_facts_of_the_pack_and_says_something_of_every_text(pack: Pack) -> None:
    named = {fact for case in CASES for key in ("gives", "never", "unknown") for fact in case.values[0].get(key, ())}
    assert named <= set(pack.facts)
    assert set(RED_FLAGS) <= set(pack.facts)
    assert all(set(case.values[0]) - {"text"} for case in CASES)
    assert len(set(TEXTS)) == len(TEXTS) >= 120


@pytest.mark.parametrize("text", TEXTS)
def test_a_mention_stands_where_its_reading_says(text: str, pack: Pack) -> None:
    reading = read_narrative(text, pack)
    for mention in (*(one for found in reading.mentions.values() for one in found), *reading.unused):
        assert 0 <= mention.start < mention.end <= len(reading.text)
        assert reading.text[mention.start : mention.end].strip()


def test_a_mention_is_quoted_letter_for_letter_though_it_is_misspelt(pack: Pack) -> None:
    reading = read_narrative("  Since monday: Sadddle NUMNESS, and she takes apixiban.", pack)
    words = {fact: [reading.text[one.start : one.end] for one in found] for fact, found in reading.mentions.items()}
    assert words["anticoagulant"] == ["apixiban"]
    assert words["sex"] == ["she"]


@pytest.mark.parametrize("prefix", ["The weather was fine.", "We spoke on the phone.", "Thank you for your letter.\n"])
@pytest.mark.parametrize("text", TEXTS)
def test_an_unrelated_sentence_in_front_changes_no_fact(text: str, prefix: str, pack: Pack) -> None:
    alone, behind = read_narrative(text, pack), read_narrative(f"{prefix} {text}", pack)
    assert behind.values == alone.values
    assert behind.contradicted == alone.contradicted


@pytest.mark.parametrize("suffix", [" The weather was fine.", "\nThank you for your help."])
@pytest.mark.parametrize("text", TEXTS)
def test_an_unrelated_sentence_behind_changes_no_fact(text: str, suffix: str, pack: Pack) -> None:
    ended = text if text[-1] in ".?!" else text + "."
    assert read_narrative(ended + suffix, pack).values == read_narrative(ended, pack).values


@pytest.mark.parametrize("text", TEXTS)
def test_capitals_and_typographic_marks_change_no_fact(text: str, pack: Pack) -> None:
    typeset = text.upper().replace("'", "’").replace(" - ", " – ")
    assert read_narrative(typeset, pack).values == read_narrative(text, pack).values


@given(text=st.text(max_size=500))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_reading_or_says_why_not(text: str, pack: Pack) -> None:
    _check_reading(text, pack)


_WORDS = st.sampled_from(
    "no denies not foot drop saddle numbness fever 3 / 5 10 52 weeks day if history of my mother ? . , : ; - ( ) \n "
    "but and or bladder normal can't lift power egfr aged old 61 in her 240 s for over less than ² ½ ① ٣ 999 % + 😀 _ "
    "pregnant apixaban takes stopped worse since yesterday n't 1.5 no red flags pain cancer radicul".split(" ")
)


@given(words=st.lists(_WORDS, min_size=1, max_size=40))
@settings(max_examples=400, deadline=None)
def test_any_mixture_of_clinical_words_gives_a_reading_or_says_why_not(words: list[str], pack: Pack) -> None:
    _check_reading(" ".join(words), pack)


def _check_reading(text: str, pack: Pack) -> None:
    """Either a reading, the same twice, whose mentions lie in its text and whose values are possible; or an error."""
    try:
        reading = read_narrative(text, pack)
    except InputError as error:
        assert error.what and error.mend
        return
    assert reading == read_narrative(text, pack)
    assert reading.text == text.strip()
    _check_mentions(reading, pack)


def _check_mentions(reading: Reading, pack: Pack) -> None:
    assert set(reading.mentions) == set(reading.values)
    assert not set(reading.contradicted) & set(reading.values)
    for mention in (*(one for found in reading.mentions.values() for one in found), *reading.unused):
        assert mention.fact in pack.facts
        assert 0 <= mention.start < mention.end <= len(reading.text)


@pytest.mark.parametrize("text", ["", " ", "\n\t \n"])
def test_an_empty_text_is_refused_with_what_to_write(text: str, pack: Pack) -> None:
    with pytest.raises(InputError, match=r"there is no question\n  Write a question"):
        read_narrative(text, pack)


def test_an_over_long_text_is_refused_with_its_length_and_the_limit(pack: Pack) -> None:
    with pytest.raises(InputError) as refused:
        read_narrative("x" * (LONGEST + 1), pack)
    assert "20,001 characters" in refused.value.what
    assert "20,000" in refused.value.what
    assert refused.value.mend


def test_the_longest_text_allowed_is_read_to_its_end(pack: Pack) -> None:
    end = " Saddle numbness since yesterday."
    text = ("Nothing to add here. " * 1000)[: LONGEST - len(end)].rsplit(".", 1)[0] + "." + end
    assert read_narrative(text, pack).values["saddle_numbness"] == "yes"


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [("foot\x00drop", 5, "U+0000"), ("\x1b[31mfoot drop", 1, "U+001B"), ("pain\x85leg", 5, "U+0085")],
)
def test_a_control_character_is_refused_with_its_place(text: str, place: int, code: str, pack: Pack) -> None:
    with pytest.raises(InputError) as refused:
        read_narrative(text, pack)
    assert f"character {place} " in refused.value.what
    assert code in refused.value.what
    assert "Remove it" in refused.value.mend


@pytest.mark.parametrize("text", ["leg pain\r\nfoot drop", "leg pain\tfoot drop"])
def test_line_breaks_and_tabs_are_read(text: str, pack: Pack) -> None:
    assert {"leg_pain", "foot_drop"} <= set(read_narrative(text, pack).values)


@pytest.mark.parametrize(
    ("text", "words", "fact"),
    [
        ("She is aged 240 with leg pain", "240", "age"),
        ("a 240-year-old man", "240-year-old", "age"),
        ("leg pain in her 240s", "240s", "age"),
        ("power 7/5", "power 7/5", "lowest_power"),
        ("pain 12/10 in the leg", "12/10", "pain_score"),
        ("egfr 900 and sciatica", "egfr 900", "egfr"),
        ("leg pain for 300 years", "300 years", "symptom_duration"),
        ("leg pain for over 300 years", "300 years", "symptom_duration"),
        ("90 weeks pregnant", "90 weeks pregnant", "gestation"),
    ],
)
def test_an_impossible_value_is_shown_and_not_used_and_the_rest_is_read(
    text: str, words: str, fact: str, pack: Pack
) -> None:
    reading = read_narrative(f"{text}. She cannot pass urine.", pack)
    assert fact not in reading.values
    assert reading.values["urinary_retention"] == "yes"
    shown = [one for one in reading.unused if (one.fact, one.status) == (fact, "impossible")]
    assert [reading.text[one.start : one.end] for one in shown] == [words]


@pytest.mark.parametrize("text", ["BP 160/5 and leg pain", "clinic on 13/5, leg pain"])
def test_numbers_that_are_no_power_grade_do_not_stop_the_reading(text: str, pack: Pack) -> None:
    reading = read_narrative(text, pack)
    assert reading.values["leg_pain"] == "yes"
    assert "lowest_power" not in reading.values


@pytest.mark.parametrize("text", ["L4/5 disc, 73 m² ²", "power ²", "egfr ①", "² weeks of leg pain"])
def test_superscript_and_circled_digits_do_not_break_the_reading(text: str, pack: Pack) -> None:
    assert "egfr" not in read_narrative(text, pack).values


def test_contradicting_mentions_leave_the_fact_open_and_say_so(pack: Pack) -> None:
    reading = read_narrative("No saddle numbness. Saddle numbness since yesterday.", pack)
    assert "saddle_numbness" not in reading.values
    assert reading.contradicted == ("saddle_numbness",)


def test_a_doubtful_mention_is_reported_and_does_not_count(pack: Pack) -> None:
    reading = read_narrative("Possible foot drop.", pack)
    assert reading.values == {}
    assert [(one.fact, one.status) for one in reading.unused] == [("foot_drop", "uncertain")]


def test_a_past_cancer_counts_and_a_past_fever_does_not(pack: Pack) -> None:
    reading = read_narrative("History of cancer. History of fever.", pack)
    assert reading.values == {"cancer_history": "yes"}
    assert [(one.fact, one.status) for one in reading.unused] == [("fever", "historical")]


def test_the_wider_phrase_wins_over_the_one_inside_it(pack: Pack) -> None:
    reading = read_narrative("Urinary incontinence.", pack)
    assert reading.values["urinary_retention"] == "yes"
    assert "bowel_incontinence" not in reading.values


def test_the_lowest_power_and_the_highest_pain_count(pack: Pack) -> None:
    reading = read_narrative("EHL 4/5, TA 2/5. Pain 3/10 at rest, pain 9/10 walking.", pack)
    assert reading.values["lowest_power"] == 2.0
    assert reading.values["pain_score"] == 9.0


_COUNT = """
import sys
from cProfile import Profile
from rootline.narrative.read import read_narrative
from rootline.packs.load import load
from rootline.settings import pack_folder

pack = load(pack_folder())
for length in (100, 1600, 3200):  # at the first, what is made ready once is made ready
    profile = Profile()
    profile.runcall(read_narrative, (sys.argv[1] * 400)[:length], pack)
    print(sum(one.callcount for one in profile.getstats()))
"""


@pytest.mark.parametrize(
    "repeated",
    ["No fever, chills and foot drop or saddle numbness, bladder normal ", "and no fever ", ", no fever ", "leg pain "],
)
def test_a_text_twice_as_long_takes_about_twice_the_steps(repeated: str) -> None:
    # in a process of its own: a profiler beside what other tests left behind can stop an interpreter for good
    told = subprocess.run([sys.executable, "-c", _COUNT, repeated], capture_output=True, check=True, text=True)
    _, half, whole = map(int, told.stdout.split())
    assert whole < 3 * half


@pytest.mark.parametrize(
    ("text", "fact", "words"),
    [
        ("leg pain, no weakness", "leg_weakness", "no weakness"),
        ("leg weakness: no", "leg_weakness", "leg weakness: no"),
        ("Saddle numbness? No.", "saddle_numbness", "Saddle numbness? No"),
        ("Denies fever, weight loss or cancer", "fever", "Denies fever"),
        ("without fever or foot drop", "foot_drop", "without fever or foot drop"),
        ("foot drop was ruled out", "foot_drop", "foot drop was ruled out"),
    ],
)
def test_what_is_denied_is_quoted_with_its_no(text: str, fact: str, words: str, pack: Pack) -> None:
    assert read_narrative(text, pack).words_of(fact) == words


def test_the_words_that_contradict_each_other_are_kept(pack: Pack) -> None:
    reading = read_narrative("denies saddle numbness but cannot feel toilet paper", pack)
    assert reading.unclear_words("saddle_numbness") == "denies saddle numbness; cannot feel toilet paper"
    assert read_narrative("maybe numb when I wipe", pack).unclear_words("saddle_numbness") == "numb when I wipe"
    assert read_narrative("numb when I wipe", pack).unclear_words("saddle_numbness") == ""
