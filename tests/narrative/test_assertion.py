"""What a mention means: each status, and how far each trigger word reaches."""

from __future__ import annotations

import pytest

from rootline.narrative.assertion import Assertions
from rootline.narrative.surroundings import Span
from rootline.narrative.tokens import tokenise
from rootline.narrative.triggers import triggers


def _status(text: str, *, medicine: bool = False) -> str:
    """The status of the words in [brackets], the only mentions; the last one counts."""
    spoken = triggers()
    spans, bare = [], ""
    for place, piece in enumerate(text.replace("]", "[").split("[")):
        if place % 2:
            start = len(tokenise(bare, spoken.lists["abbreviations"], spoken.left_out))
            words = len(tokenise(piece, spoken.lists["abbreviations"], spoken.left_out))
            spans.append(Span(start, start + words, medicine))
        bare += piece
    tokens = tokenise(bare, spoken.lists["abbreviations"], spoken.left_out)
    return Assertions(tokens, spans, spoken).status(spans[-1])


@pytest.mark.parametrize(
    "text",
    [
        "[foot drop]", "has [foot drop]", "[foot drop]: yes", "[foot drop]? Yes.", "no [fever] but [foot drop]",
        "not only [fever], [foot drop]", "no doubt [foot drop]", "no change in [foot drop]", "[fever]: no, [foot drop]",
        "6 week history of [foot drop]", "I can't sleep because of [foot drop]", "no [fever]; [foot drop]",
        "no [fever]. [Foot drop]", "no [fever]\n[foot drop]", "no [fever], has [foot drop]",
        "denies [fever] and reports [foot drop]", "no [fever] except [foot drop]", "[fever]: absent, [foot drop]",
    ],
)  # fmt: skip
def test_a_plain_mention_is_affirmed(text: str) -> None:
    assert _status(text) == "affirmed"


@pytest.mark.parametrize(
    "text",
    [
        "no [foot drop]", "denies [foot drop]", "never had [foot drop]", "without [foot drop]", "[foot drop]: no",
        "[foot drop]? No.", "[foot drop] - nil", "[foot drop] absent", "[foot drop] was ruled out",
        "denies [fever], [foot drop]", "no [fever] or [foot drop]", "no [fever], [cough] or [foot drop]",
        "neither [fever] nor [foot drop]", "no [fever] and no [foot drop]", "does not have [foot drop]",
        "hasn't got [foot drop]", "no actual [foot drop]", "negative for [fever], [foot drop]",
    ],
)  # fmt: skip
def test_a_denied_mention_is_denied(text: str) -> None:
    assert _status(text) == "denied"


@pytest.mark.parametrize(
    "text",
    [
        "denies [fever], [foot drop] since yesterday", "denies [fever], new [foot drop]", "no tablets, [foot drop]",
        "can't sleep, [foot drop]", "not sleeping and [foot drop]", "never smoked, [foot drop]",
        "without warning [foot drop]", "[fever] ruled out, [foot drop]", "no [fever] other than [foot drop]",
        "no longer stable, [foot drop]", "[foot drop] not noted by him but present now", "no scan yet, [foot drop]",
        "no [fever] until [foot drop]",
    ],
)  # fmt: skip
def test_a_denial_that_belongs_to_something_else_does_not_deny(text: str) -> None:
    assert _status(text) != "denied"


@pytest.mark.parametrize(
    "text",
    [
        "possible [foot drop]", "? [foot drop]", "?[foot drop]", "query [foot drop]", "may have [foot drop]",
        "cannot rule out [foot drop]", "[foot drop] not tested", "[foot drop]: not asked", "not sure about [foot drop]",
        "suspected [foot drop]", "r/o [foot drop]", "[foot drop] not excluded",
    ],
)  # fmt: skip
def test_a_doubtful_mention_is_uncertain(text: str) -> None:
    assert _status(text) == "uncertain"


@pytest.mark.parametrize(
    "text",
    [
        "history of [foot drop]", "h/o [foot drop]", "previous [foot drop]", "[foot drop] years ago",
        "[foot drop] resolved", "[foot drop] in the past", "used to get [foot drop]",
    ],
)  # fmt: skip
def test_a_past_mention_is_historical(text: str) -> None:
    assert _status(text) == "historical"


@pytest.mark.parametrize(
    "text",
    [
        "history of [fever], [foot drop]", "[foot drop] has not resolved", "[foot drop] in the past 2 days",
        "over the past week [foot drop]", "history of [foot drop] since yesterday", "previous [fever], now [foot drop]",
    ],
)  # fmt: skip
def test_something_recent_is_not_long_past(text: str) -> None:
    assert _status(text) == "affirmed"


@pytest.mark.parametrize(
    "text",
    [
        "family history of [foot drop]", "FH: [foot drop]", "his father had [foot drop]", "his mother has [foot drop]",
        "runs in the family: [foot drop]",
    ],
)  # fmt: skip
def test_a_relative_s_mention_is_the_family_s(text: str) -> None:
    assert _status(text) == "family"


@pytest.mark.parametrize(
    "text",
    [
        "my mother has [foot drop]", "family history of [fever]. [Foot drop]", "his mother says he has [foot drop]",
        "his father had [fever] but he has [foot drop]",
    ],
)  # fmt: skip
def test_the_patient_is_not_taken_for_a_relative(text: str) -> None:
    assert _status(text) == "affirmed"


@pytest.mark.parametrize(
    "text",
    [
        "return if [foot drop]", "if [foot drop] comes back", "watch for [foot drop]", "advised to note [foot drop]",
        "safety netted: [fever], [foot drop]", "screened for [foot drop]", "at risk of [foot drop]",
    ],
)  # fmt: skip
def test_what_to_watch_for_is_hypothetical(text: str) -> None:
    assert _status(text) == "hypothetical"


@pytest.mark.parametrize("text", ["what if [foot drop] develops?", "suppose she has [foot drop]"])
def test_a_supposed_fact_is_taken_as_given(text: str) -> None:
    assert _status(text) == "affirmed"


def test_but_ends_what_to_watch_for() -> None:
    assert _status("return if [fever] but already has [foot drop]") == "affirmed"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("takes [apixaban]", "affirmed"),
        ("is [apixaban] safe?", "asked"),
        ("should I give [apixaban]?", "asked"),
        ("is it safe while on [apixaban]?", "affirmed"),
        ("stopped [apixaban]", "historical"),
        ("allergic to [apixaban]", "historical"),
        ("not on [apixaban]", "denied"),
        ("no [apixaban]", "denied"),
        ("his mother takes [apixaban]", "family"),
        ("can't sleep, takes [apixaban]", "affirmed"),
        ("cannot have tablets because of my [apixaban]", "affirmed"),
        ("drug allergies, takes [apixaban]", "affirmed"),
    ],
)
def test_a_medicine_named_is_not_yet_taken(text: str, status: str) -> None:
    assert _status(text, medicine=True) == status


def test_the_same_words_in_a_question_do_not_make_a_symptom_asked() -> None:
    assert _status("what should be done about [foot drop]?") == "affirmed"
