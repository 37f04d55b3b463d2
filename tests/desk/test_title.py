"""Which titles of a case are refused as the words of a patient, and which an editor may choose."""

from __future__ import annotations

import pytest

from rootline.desk.title import why_refused

STORY = "Mrs Anna Meier, 43, twisted her left ankle on the school trip on Monday, cannot take 4 steps"
SHORT = "Anna Meier ankle pain"


@pytest.mark.parametrize(
    ("said", "title"),
    [
        (STORY, "twisted her left ankle on the school trip"),
        (STORY, "Twisted, her left; ankle on, the school, trip on Monday"),
        (STORY, "twisted-her-left-ankle-on-the-school-trip-on-Monday"),
        (STORY, "Mrs Anna Meier, 43."),
        (STORY, "A woman of 43 with a sprain"),
        (STORY, "Sprain of a Meier"),
        (STORY, "on_the_school_trip"),
        (SHORT, "Anna Meier: ankle pain"),
        (SHORT, "Anna Meier ankle pain."),
        (SHORT, "Ａｎｎａ ankle pain"),
        (SHORT, "Ankle pain (An\u200bna)"),
        ("anna meier ankle pain", "Ankle pain of Anna"),
        ("my daughter Grace has ankle pain", "Ankle pain, Grace"),
        ("ankle pain for 3 days", "Ankle pain, for 3 days!"),
        (SHORT, " ... "),
    ],
)
def test_what_was_said_is_no_title_whatever_stands_between_its_words(said, title, ankle):
    assert why_refused(title, said, ankle)


@pytest.mark.parametrize(
    "title",
    ["Sprained ankle, unable to take steps", "Swelling at the outer ankle of an adolescent", "Left ankle, no weight"],
)
def test_an_editors_own_words_are_a_title(title, ankle):
    assert why_refused(title, STORY, ankle) == ""


KOWALSKI = "61 years old, Mr. Kowalski, sprained his ankle 6 days ago with 1 friend"


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Kowalskis ankle sprain", "“kowalskis”"),
        ("Kowalski's ankle sprain", "“kowalski”"),
        ("61yo with a sprained ankle", "“61yo”"),
        ("61y ankle", "“61y”"),
        ("Ankle, 61", "“61”"),
        ("Ankle, ６１", "“61”"),
        ("Ankle of MrKowalski", "“mrkowalski”"),
        ("Kowal ski", "“kowalski”"),
        ("K-o-w-a-l-s-k-i, ankle", "“kowalski”"),
        ("Ankle of J K", "“j”, “k”"),
        ("ikslawoK ankle", "“ikslawok”"),
        ("Kоwalski ankle", "“kоwalski”"),  # a Cyrillic о
        ("Ankle \u202eikslawoK", "U+202E"),
        ("An\u200bkle sprain", "U+200B"),
        ("Ankle \U0001f15a\U0001f15e", "U+1F15A"),
        ("Ankle a\u0301 sprain", "“á”"),
        ("Kow\u0332alski ankle", "U+0332"),
        ("Ankle sprain\x00", "U+0000"),
    ],
)
def test_a_name_or_an_age_is_no_title_however_it_is_written(title, word, ankle):
    assert word in why_refused(title, KOWALSKI, ankle)


def test_a_name_in_parts_that_are_words_of_their_own_is_found(ankle):
    assert "“walking”" not in why_refused("Ankle pain on walking", "Walking hurts my ankle", ankle)
    assert "footsteps" in why_refused("Ankle, foot steps", "I am Ms. Footsteps, ankle pain", ankle)


def test_a_name_is_one_though_the_pack_has_the_word(pack):
    assert "“young”" in why_refused("Back pain of a young man", "mrs. young has back pain", pack)
    assert why_refused("Back pain of a young man", "a young man has severe back pain", pack) == ""


def test_a_whole_topic_can_be_titled_in_its_own_words(pack):
    for title in ("Foot drop, on an anticoagulant", "Leg pain in pregnancy", "Severe back pain and fever"):
        assert why_refused(title, KOWALSKI, pack) == "", title


ROSE = "72-year-old woman, my name is Rose May. Leg pain, foot drop, takes warfarin"


@pytest.mark.parametrize("figure", ["72", "５", "٧"])
def test_no_figure_is_the_packs_own_though_the_pack_has_it(figure, pack):
    assert "could be a name or a figure" in why_refused(f"{figure} year old woman with foot drop", "foot drop", pack)
    assert why_refused("Foot drop, the nerve root L5", ROSE, pack) == "", "a level is none"


@pytest.mark.parametrize(
    ("said", "title"),
    [
        (ROSE, "Rose May: foot drop"),
        (ROSE, "Foot drop of May"),
        (ROSE.lower(), "May, with foot drop"),
        ("a man called Will Young has foot drop", "Foot drop, Young"),
        ("foot drop in a woman named rose", "Rose, foot drop"),
        ("Name: Will Young, foot drop", "Will: foot drop"),
        ("My name’s Will and I have foot drop", "Will: foot drop"),
        ("Mrs Rose May has foot drop", "May: foot drop"),
    ],
)
def test_what_somebody_is_called_is_a_name_though_the_pack_has_the_words(said, title, pack):
    assert "what the patient or the record said" in why_refused(title, said, pack)


def test_what_follows_a_name_is_none(pack):
    for said in (ROSE, "My name is Will and I have foot drop", "Mrs Young has foot drop"):
        assert why_refused("Foot drop in an older woman", said, pack) == "", said
