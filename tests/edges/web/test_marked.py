"""Every word that was heard stays marked: as counting, as not counting, or as overruled since."""

from __future__ import annotations

import pytest

from rootline.answers.conversation import Asked, Conversation, Corrected, reply
from rootline.edges.web.answer_page import question_pieces

QUESTION = "45-year-old man, left sciatica for 3 weeks, weak big toe, ?fever. No saddle numbness."


def marks(pack, *steps, question=QUESTION):
    return {
        one.text: one.state for one in question_pieces(reply(Conversation(question).then(*steps), pack)) if one.facts
    }


def test_what_counts_and_what_does_not_is_told_apart(pack):
    found = marks(pack)
    assert found["weak big toe"] == "used"
    assert [state for words, state in found.items() if "fever" in words] == ["unused"]


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Corrected("weak_toe_extension", "no"), "weak big toe"),
        (Corrected("symptom_duration", "8 weeks"), "3 weeks"),
        (Corrected("side", "right"), "left"),
        (Asked("the saddle area is numb now"), "saddle numbness"),
    ],
)
def test_words_that_a_step_corrected_stay_marked_as_overruled(pack, step, words):
    found = {said: state for said, state in marks(pack, step).items() if words in said}
    assert list(found.values()) == ["overruled"]
    assert set(marks(pack)) <= set(marks(pack, step))


def test_a_press_of_what_was_said_overrules_nothing(pack):
    assert marks(pack, Corrected("weak_toe_extension", "yes")) == marks(pack)


def test_words_that_a_finding_contradicts_are_overruled(pack):
    found = marks(pack, question="Sciatica with a weak big toe. No leg weakness.")
    assert found == {"Sciatica": "used", "weak big toe": "used", "No leg weakness": "overruled"}
