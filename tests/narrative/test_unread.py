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


def test_the_packs_own_questions_are_read(pack):
    assert {one.text: unread(one.text, pack) for one in pack.questions if unread(one.text, pack)} == {}
