"""What was not understood is told: a stretch with no phrase of the pack, whoever and however long it speaks of."""

from __future__ import annotations

import pytest

from rootline.narrative import unread as judge
from rootline.narrative.read import read_narrative


def unread(text, pack):
    """What is told of the text."""
    return judge.unread(read_narrative(text, pack), pack)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("She cannot zorble her flumps", ("She cannot zorble her flumps",)),
        ("Sciatica for 3 weeks. Ich kann nicht pinkeln.", ("Ich kann nicht pinkeln",)),
        ("left sciatica for 3 weeks, 45 year old man", ()),
        ("and if she is pregnant?", ()),
        ("without improvement after six weeks?", ("after six weeks",)),
        ("sciatica, and my belly glows in the dark", ("my belly glows in the dark",)),
        ("He is 61 and his bum feels like jelly", ("his bum feels like jelly",)),
        ("what is the capital of France?", ("what is the capital of France",)),
        ("Thank you. What should I do now?", ()),
        ("bowel and bladder normal", ()),
    ],
)
def test_a_stretch_without_a_phrase_of_the_pack_is_told(pack, text, told):
    assert unread(text, pack) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sciatica with a numb feeling", ("numb feeling",)),
        ("left foot numb but not weak", ("not weak",)),
        ("leg pain and a fracture once", ("fracture once",)),
        ("sciatica since the flood of 1953", ("since the flood of 1953",)),
        ("Sciatica for 2 weeks. I take ibuprofen.", ("I take ibuprofen",)),
        ("sciatica since 03/04/2026", ("since 03/04/2026",)),
        ("sciatica, MRI on 31.10.2026", ("MRI on 31.10.2026",)),
        ("sciatica takes ibuprofen", ("takes ibuprofen",)),
        ("sciatica with weakness of the elbow", ("elbow",)),
        ("sciatica and suddenly I can't zorb off with my foot", ("suddenly I can't zorb off with my foot",)),
        ("pain in elbow and leg", ("elbow",)),
        ("left foot purple", ("left foot purple",)),
        ("warfarin since 4 years with sciatica", ("since 4 years",)),
        ("a 17-year-old falconer with sciatica", ("falconer",)),
        ("severe left sciatica of a 45-year-old patient since 3 weeks", ()),
        ("1. Sciatica\n2. Fever\nPVR 600 ml", ()),
        ("foot numb and weak", ()),
        ("why can't I pee with sciatica?", ()),
    ],
)
def test_what_is_left_over_beside_words_that_were_read_is_told(pack, text, told):
    assert unread(text, pack) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("is it safe to fly with sciatica?", ("safe to fly",)),
        ("should I worry about leg pain?", ()),
        ("why does my leg hurt?", ()),
        ("can I walk with leg pain?", ("can I walk",)),
        ("does a scan help sciatica?", ()),
        ("Are epidural steroid injections effective for sciatica?", ()),
        ("does that change with foot drop?", ()),
    ],
)
def test_what_a_question_asks_about_and_nobody_covers_is_told(pack, text, told):
    assert unread(text, pack) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Cauda equina syndrome", ("Cauda equina syndrome",)),
        ("CES?", ("CES",)),
        ("leg pain, cauda equina", ("cauda equina",)),
        ("sciatica and an aneurysm once", ("aneurysm once",)),
        ("leg pain with ischaemia of the gut", ("ischaemia of the gut",)),
        ("Impression: CES unlikely", ("CES unlikely",)),
        ("Diagnosis: cauda equina syndrome.", ()),
        ("What are the symptoms of cauda equina syndrome?", ()),
        ("Suspected discitis", ()),
    ],
)
def test_an_emergency_that_is_named_and_gave_no_fact_is_told(pack, text, told):
    assert unread(text, pack) == told


def test_the_packs_own_questions_are_read(pack):
    assert {one.text: unread(one.text, pack) for one in pack.questions if unread(one.text, pack)} == {}


@pytest.mark.parametrize("doubt", ["possibly has", "might have", "perhaps", "not sure if she has", "suspect he has"])
def test_a_doubt_is_told_as_one(pack, doubt):
    read = read_narrative(f"Sciatica, {doubt} a fever", pack)
    assert read.unclear_words("fever") == "fever" and "fever" not in read.values


@pytest.mark.parametrize(
    "text",
    [
        "Good morning, I am a 38 year old woman and I have had sciatica for two weeks. What is the best treatment?",
        "Hello, how long does sciatica usually take to get better?",
        "Dear Doctor, Thank you for seeing this pleasant 54 year old gentleman with sciatica. Many thanks.",
        "Mr Smith attended today with left sided sciatica for three weeks. Works as a builder.",
        "R sided sciatica 4/52, SLR +ve, sensation intact, reflexes present and equal.",
        "Dear Dr Okafor, I reviewed this 67-year-old retired teacher. Sciatica. Yours sincerely, Dr. Jane Brown",
        "ED note: sciatica for 5 days. NKDA. Neuro intact.",
        "Sciatica for 10 days, worse on sitting, walks normally. Takes aspirin 75 mg daily.",
        "Breast cancer in 2019, sciatica for 2 weeks, no medication, otherwise well",
        "Hi doc, bad sciatica for a month. What else can I take?",
    ],
)
def test_courtesies_settings_and_what_is_well_are_no_notes(pack, text):
    assert unread(text, pack) == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Sciatica, walks normally until yesterday", ("walks normally until yesterday",)),
        ("Sciatica. Sensation intact until this morning", ("Sensation intact until this morning",)),
        ("Fit and well until today. Sciatica.", ("Fit and well until today",)),
        ("Sciatica. No longer able to weight bear well", ("No longer able to weight bear well",)),
        ("Mr Smith Zorbs with sciatica of 3 weeks. Mr ZORB CANNOT FLOB.", ("Mr ZORB CANNOT FLOB",)),
        ("Thank you for seeing him. His bum glows. Sciatica", ("His bum glows",)),
        ("Sciatica, seen after surgery", ("seen after surgery",)),
        ("Dr Brown found a lump, sciatica", ("Dr Brown found a lump",)),
    ],
)
def test_what_goes_on_from_them_is_told(pack, text, told):
    assert unread(text, pack) == told


def test_nothing_is_read_from_what_says_nothing(pack):
    said = "Sensation intact, gait normal, walks normally, reflexes present and equal, fit and well, NKDA"
    assert set(read_narrative(f"Sciatica. {said}", pack).values) <= {"leg_pain", "loss_of_balance"}
