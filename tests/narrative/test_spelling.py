"""Mending of misspelt medical words; right words are left alone."""

from __future__ import annotations

import pytest

from rootline.narrative.lexicon import lexicon_of
from rootline.narrative.spelling import Spelling, mend
from rootline.narrative.tokens import tokenise
from rootline.packs.model import Pack

WORDS = {"numbness", "saddle", "incontinence", "apixaban", "fever", "cancer", "weakness"}
KNOWN = Spelling(frozenset(WORDS), frozenset({"radicul"}))


def _mended(text: str, known: Spelling) -> dict[str, str]:
    return mend(tokenise(text), known)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("numness", "numbness"),
        ("nubmness", "numbness"),
        ("numbnness", "numbness"),
        ("sadddle", "saddle"),
        ("incontinance", "incontinence"),
        ("incontenance", "incontinence"),
        ("apixiban", "apixaban"),
        ("feaver", "fever"),
    ],
)
def test_a_word_one_slip_from_a_known_one_is_mended(word: str, meant: str) -> None:
    assert _mended(word, KNOWN) == {word: meant}


@pytest.mark.parametrize("word", ["numbness", "radiculopathy", "fevers", "ever", "mumbness", "paris", "numb3ss"])
def test_known_short_and_far_words_are_left_alone(word: str) -> None:
    assert _mended(word, KNOWN) == {}


def test_the_first_letter_must_be_right() -> None:
    assert _mended("gumbness", KNOWN) == {}


def test_two_slips_are_too_many_in_a_word_of_eight_letters() -> None:
    assert _mended("nunbnass", KNOWN) == {}


def test_each_misspelt_word_is_named_once() -> None:
    assert _mended("numness and numness and apixiban", KNOWN) == {"numness": "numbness", "apixiban": "apixaban"}


@pytest.mark.parametrize(
    "word",
    [
        "cancel", "strike", "slipping", "setting", "loving", "failing", "intention", "election", "rejection",
        "concert", "defied", "shoulder", "number", "garden", "lower", "clever", "member", "football", "breakfast",
        "ladder", "bottle", "patience", "attention", "walked", "showed",
    ],
)  # fmt: skip
def test_an_everyday_word_does_not_become_a_medical_one(word: str, pack: Pack) -> None:
    meant = _mended(word, lexicon_of(pack).spelling).get(word, word)
    assert meant.rstrip("eds") == word.rstrip("eds"), f"{word} is read as {meant}"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("numness", "numbness"),
        ("retension", "retention"),
        ("apixiban", "apixaban"),
        ("rivaroxiban", "rivaroxaban"),
        ("warfrin", "warfarin"),
        ("sciatca", "sciatica"),
        ("weakness", "weakness"),
        ("osteoperosis", "osteoporo"),
    ],
)
def test_the_words_of_the_pack_are_mended(word: str, meant: str, pack: Pack) -> None:
    assert _mended(word, lexicon_of(pack).spelling).get(word, word).startswith(meant)
