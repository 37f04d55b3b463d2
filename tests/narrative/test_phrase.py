"""The phrase language: where a phrase stands in a text, and where it does not."""

from __future__ import annotations

import pytest

from rootline.narrative.phrase import Phrases
from rootline.narrative.tokens import tokenise
from rootline.narrative.triggers import triggers
from rootline.packs.model import Pack


def _found(phrase: str, text: str) -> list[str]:
    """The words of the text on which the phrase was found."""
    tokens = tokenise(text)
    return [text[tokens[one.start].start : tokens[one.end - 1].end] for one in Phrases([(phrase, "it")]).find(tokens)]


@pytest.mark.parametrize(
    ("phrase", "text", "words"),
    [
        ("foot drop", "a foot drop", ["foot drop"]),
        ("foot drop", "Foot-drop", ["Foot-drop"]),
        ("foot-drop", "foot drop", ["foot drop"]),
        ("foot drop", "foot drops", ["foot drops"]),
        ("foot drop", "foot drop, foot drop", ["foot drop", "foot drop"]),
        ("numb*", "numbness", ["numbness"]),
        ("radicul*", "radiculopathy and radicular", ["radiculopathy", "radicular"]),
        ("tumour/tumor", "tumor", ["tumor"]),
        ("tumour/tumor", "tumours", ["tumours"]),
        ("pain * leg", "pain leg", ["pain leg"]),
        ("pain * leg", "pain in the left leg", ["pain in the left leg"]),
        ("can not lift * foot", "can't lift her left foot", ["can't lift her left foot"]),
        ("r / o", "r/o fracture", ["r/o"]),
        ("{n} / 5", "power 4/5", ["4/5"]),
        ("power {n}", "power 4", ["power 4"]),
    ],
)
def test_a_phrase_is_found_on_its_words(phrase: str, text: str, words: list[str]) -> None:
    assert _found(phrase, text) == words


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("foot drop", "foot. Drop"),
        ("foot drop", "foot, drop"),
        ("foot drop", "drop foot"),
        ("foot drop", "afoot drop"),
        ("foot drop", "foot dropped"),
        ("numb*", "renumber"),
        ("numb", "numbness"),
        ("pain * leg", "pain in one of the legs"),
        ("pain * leg", "pain, leg"),
        ("pain * leg", "pain. Leg"),
        ("{n} / 5", "L/5"),
        ("power {n}", "power cut"),
        ("tumour/tumor", "tum"),
    ],
)
def test_a_phrase_is_not_found_across_a_stop_or_in_other_words(phrase: str, text: str) -> None:
    assert _found(phrase, text) == []


def test_a_gap_takes_the_nearest_end() -> None:
    assert _found("pain * leg", "pain in leg and leg") == ["pain in leg"]


@pytest.mark.parametrize(
    ("phrase", "text", "number"),
    [
        ("{n} / 5", "power 4/5", "4"),
        ("power {n}", "power 3/5", "3"),
        ("egfr {n}", "egfr 29.5", "29.5"),
        ("{n} out of 5", "2 out of 5", "2"),
        ("{n} weeks pregnant", "28 weeks pregnant", "28"),
    ],
)
def test_the_number_written_in_a_phrase_is_given_back(phrase: str, text: str, number: str) -> None:
    assert [one.number for one in Phrases([(phrase, "it")]).find(tokenise(text))] == [number]


def test_a_phrase_without_a_number_gives_none_back() -> None:
    assert [one.number for one in Phrases([("foot drop", "it")]).find(tokenise("foot drop 4/5"))] == [None]


def test_what_a_phrase_stands_for_comes_back_with_it() -> None:
    phrases = Phrases([("foot drop", 1), ("foot", 2)])
    assert sorted((one.what, one.start, one.end) for one in phrases.find(tokenise("foot drop"))) == [
        (1, 0, 2),
        (2, 0, 1),
    ]


def test_the_words_of_phrases_are_known_without_their_marks() -> None:
    assert Phrases([("tumour/tumor", 0), ("pain * radicul*", 0)]).words == {"tumour", "tumor", "pain", "radicul"}


def _written(phrase: str) -> str:
    """A text in which the phrase stands: gaps filled, the first of several words taken."""
    filled = {"*": "left", "{n}": "2", "/": "/"}
    return " ".join(filled.get(word) or word.split("/")[0].rstrip("*") for word in phrase.split())


def test_every_phrase_of_the_pack_is_found_where_it_is_written(pack: Pack) -> None:
    spoken = triggers()
    heard = [(fact.id, one.phrase) for fact in pack.facts.values() for one in fact.heard]
    heard += [("shorthand", phrase) for one in pack.shorthands for phrase in one.phrases]
    heard += [(action.id, phrase) for action in pack.actions.values() for phrase in action.heard]
    heard += [(section, phrase) for section, phrases in pack.headings.items() for phrase in phrases]
    heard += [("covers", phrase) for phrase in pack.covers] + [("whole plan", phrase) for phrase in pack.whole]
    never = []
    for fact, phrase in heard:
        tokens = tokenise(_written(phrase), spoken.lists["abbreviations"], spoken.left_out)
        if not any(True for _ in Phrases([(phrase, 0)]).find(tokens)):
            never.append((fact, phrase))
    assert never == []
