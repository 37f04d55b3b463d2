"""What was not understood is told: a stretch with no phrase of the pack, whoever and however long it speaks of."""

from __future__ import annotations

import pytest

from rootline.narrative.unread import unread


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("She cannot zorble her flumps", ("She cannot zorble her flumps",)),
        ("Sciatica for 3 weeks. Ich kann nicht pinkeln.", ("Ich kann nicht pinkeln",)),
        ("left sciatica for 3 weeks, 45 year old man", ()),
        ("and if she is pregnant?", ()),
        ("after six weeks without improvement?", ()),
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
        ("sciatica with a numb feeling", ("sciatica with a numb feeling",)),
        ("left foot numb but not weak", ("left foot numb but not weak",)),
        ("leg pain and a fracture once", ("leg pain and a fracture once",)),
        ("foot numb and weak", ()),
        ("why can't I pee with sciatica?", ()),
    ],
)
def test_a_word_of_alarm_left_over_tells_the_clause_though_half_of_it_was_read(pack, text, told):
    assert unread(text, pack) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("is it safe to fly with sciatica?", ("is it safe to fly with sciatica",)),
        ("should I worry about leg pain?", ()),
        ("why does my leg hurt?", ()),
        ("can walk 50 m, leg pain", ()),
        ("does a scan help sciatica?", ()),
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
        ("sciatica and an aneurysm once", ("sciatica and an aneurysm once",)),
        ("leg pain with ischaemia of the gut", ("leg pain with ischaemia of the gut",)),
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
