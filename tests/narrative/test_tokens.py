"""Cutting a text into tokens: places, sentences, comma parts, contractions."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootline.narrative.tokens import UNSURE, is_control, plain, respelt, tokenise


def _words(text: str) -> list[str]:
    return [token.word for token in tokenise(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Foot drop.", ["foot", "drop", "."]),
        ("foot-drop", ["foot", "-", "drop"]),
        ("6/52", ["6", "/", "52"]),
        ("L5 and S1", ["l5", "and", "s1"]),
        ("61F", ["61", "f"]),
        ("1.5 weeks.", ["1.5", "weeks", "."]),
        ("mother's leg", ["mother", "leg"]),
        ("a_b", ["a", "_", "b"]),
        ("BLADDER", ["bladder"]),
        ("?CES", ["query", "ces"]),
        ("pain ?cause (?CES)", ["pain", "query", "cause", "(", "query", "ces", ")"]),
        ("pain? Fever ? no", ["pain", "?", "fever", "?", "no"]),
    ],
)
def test_words_numbers_and_marks_are_tokens(text: str, words: list[str]) -> None:
    assert _words(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("６１ ｙｅａｒｓ", ["61", "years"]),
        ("٦١ years", ["61", "years"]),
        ("6１", ["61"]),
        ("３．５ weeks", ["3.5", "weeks"]),
        ("٣٫٥ weeks", ["3.5", "weeks"]),
        ("1·5 weeks", ["1.5", "weeks"]),
        ("１０／７", ["10", "/", "7"]),
    ],
)
def test_digits_of_any_script_are_the_number_they_say(text: str, words: list[str]) -> None:
    assert _words(text) == words


@pytest.mark.parametrize(
    "number",
    ["1,5", "1.000,5", "1,000", "1٬000", "10'000", "2½", "2²", "10⁹", "2\u200b8", "2\u00ad8", "1\u20602", "3.5.2024"],
)
def test_a_number_that_could_be_two_is_none(number: str) -> None:
    assert _words(f"{number} weeks") == [UNSURE, "weeks"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("can't", ["can", "not"]),
        ("can’t", ["can", "not"]),
        ("cannot", ["can", "not"]),
        ("won't", ["will", "not"]),
        ("hasn't", ["has", "not"]),
        ("didn't", ["did", "not"]),
    ],
)
def test_a_contracted_not_is_a_word_of_its_own(text: str, words: list[str]) -> None:
    assert _words(text) == words


def test_an_apostrophe_left_out_is_understood_when_told() -> None:
    assert [token.word for token in tokenise("cant pee", left_out={"cant": "can not"})] == ["can", "not", "pee"]


def test_both_halves_of_a_contraction_stand_where_it_stands() -> None:
    assert {(token.start, token.end) for token in tokenise("I can't")[1:]} == {(2, 7)}


@pytest.mark.parametrize("mark", [".", "?", "!", ";", "\n"])
def test_a_sentence_ends_at_each_full_stop_question_mark_or_line(mark: str) -> None:
    assert tokenise(f"no fever{mark} foot drop")[-1].sentence == 1


@pytest.mark.parametrize("mark", [",", "(", ":"])
def test_a_comma_divides_a_sentence_into_parts(mark: str) -> None:
    tokens = tokenise(f"no fever{mark} foot drop")
    assert tokens[-1].sentence == 0
    assert tokens[-1].part > tokens[0].part


def test_a_stop_after_an_abbreviation_ends_nothing() -> None:
    assert {token.sentence for token in tokenise("saw Dr. Smith", abbreviations=["dr"])} == {0}
    assert tokenise("saw her. Smith", abbreviations=["dr"])[-1].sentence == 1


def test_an_answer_no_ends_its_sentence() -> None:
    tokens = tokenise("Fever? No. Foot drop", abbreviations=["dr"])
    assert tokens[-1].sentence == 2


def test_a_decimal_point_ends_nothing() -> None:
    assert {token.sentence for token in tokenise("for 1.5 weeks now")} == {0}


def test_typographic_quotes_and_dashes_become_plain() -> None:
    assert plain("I’m “here” – now — 3−1") == 'i\'m "here" - now - 3-1'


def test_respelling_changes_the_word_and_not_its_place() -> None:
    before = tokenise("saddle numness")
    after = respelt(before, {"numness": "numbness"})
    assert [token.word for token in after] == ["saddle", "numbness"]
    assert [(token.start, token.end) for token in after] == [(token.start, token.end) for token in before]


@pytest.mark.parametrize("letter", ["\x00", "\x07", "\x1b", "\x7f", "\x85"])
def test_control_characters_are_told_from_text(letter: str) -> None:
    assert is_control(letter)


@pytest.mark.parametrize("letter", ["\n", "\r", "\t", " ", "é", "😀"])
def test_line_breaks_tabs_and_letters_are_no_control_characters(letter: str) -> None:
    assert not is_control(letter)


@given(st.text(max_size=300))
def test_plain_text_is_letter_for_letter_as_long_as_the_original(text: str) -> None:
    assert len(plain(text)) == len(text)


@given(st.text(max_size=300))
def test_tokens_stand_in_order_inside_the_text_and_are_never_empty(text: str) -> None:
    tokens = tokenise(text)
    for one, following in pairwise(tokens):
        assert one.start <= following.start
        assert one.sentence <= following.sentence <= one.sentence + 1
        assert one.part <= following.part
    for token in tokens:
        assert token.word
        assert 0 <= token.start < token.end <= len(text)


@given(st.text(alphabet=st.characters(categories=["L", "Nd", "P", "Zs"]), max_size=200))
def test_no_letter_or_digit_is_lost(text: str) -> None:
    covered = {at for token in tokenise(text) for at in range(token.start, token.end)}
    assert all(at in covered for at, letter in enumerate(text) if not letter.isspace())
