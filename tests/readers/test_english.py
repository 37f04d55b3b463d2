"""Conditions as people read them: joined in the author's own words, negation in the words for no, both voices."""

from __future__ import annotations

import pytest

from rootline.logic.tree import ALWAYS, NEVER, All, Any, AtLeast, Compare, Is, Known, Node, Not, Rule
from rootline.logic.units import UNITS
from rootline.logic.values import YES_NO, Amount, Choice
from rootline.readers.english import VOICES, Lexicon, Voice, Wording, english

LEXICON = Lexicon(
    types={
        "fever": YES_NO,
        "falls": YES_NO,
        "cough": YES_NO,
        "course": Choice(("improving", "unchanged", "worsening")),
        "duration": Amount(UNITS["d"], 0.0, 1000.0),
    },
    values={
        ("fever", "yes"): Wording("fever", "you have a fever"),
        ("fever", "no"): Wording("no fever", "you have no fever"),
        ("falls", "yes"): Wording("falls", "you fall"),
        ("falls", "no"): Wording("no falls", "you do not fall"),
        ("cough", "yes"): Wording("cough", "you cough"),
        ("cough", "no"): Wording("no cough", "you do not cough"),
        ("course", "improving"): Wording("improving", "it is getting better"),
        ("course", "unchanged"): Wording("unchanged", "it is the same"),
        ("course", "worsening"): Wording("worsening", "it is getting worse"),
    },
    leads={"duration": Wording("symptoms for", "you have had this for")},
    rules={
        ("frail", True): Wording("frailty", "you are frail"),
        ("frail", False): Wording("no frailty", "you are not frail"),
    },
)
FEVER, FALLS, COUGH, FRAIL = Is("fever", "yes"), Is("falls", "yes"), Is("cough", "yes"), Rule("frail")


def lasting(order: str) -> Compare:
    return Compare("duration", order, 42.0, "6 weeks")


def said(node: Node, voice: Voice = "clinician") -> str:
    return english(node, LEXICON, voice)


@pytest.mark.parametrize(
    ("node", "words"),
    [
        (FEVER, "fever"),
        (FRAIL, "frailty"),
        (lasting("<"), "symptoms for under 6 weeks"),
        (lasting(">"), "symptoms for over 6 weeks"),
        (lasting("<="), "symptoms for 6 weeks or less"),
        (lasting(">="), "symptoms for 6 weeks or more"),
        (Compare("duration", "<", 2.5), "symptoms for under 2.5"),
        (Known("fever"), "whether fever is known"),
        (Known("duration"), "symptoms for known"),
        (ALWAYS, "always"),
        (NEVER, "never"),
        (All((FEVER, FALLS)), "fever and falls"),
        (All((FEVER, FALLS, COUGH)), "fever, falls and cough"),
        (Any((FEVER, FALLS)), "fever or falls"),
        (Any((FEVER, FALLS, FRAIL)), "fever, falls or frailty"),
        (AtLeast(2, (FEVER, FALLS, FRAIL)), "at least 2 of: fever, falls, frailty"),
        (All((FEVER, Any((FALLS, COUGH)))), "fever; and falls or cough"),
        (Any((All((FEVER, FALLS)), COUGH)), "fever and falls; or cough"),
        (All((FEVER, AtLeast(1, (FALLS, COUGH)))), "fever; and at least 1 of: falls, cough"),
        (All((FEVER, Any((FALLS, All((COUGH, FRAIL)))))), "fever; and falls, or (cough and frailty)"),
        (All((FEVER, All((FALLS, COUGH)))), "fever, falls and cough"),
        (All((FEVER,)), "fever"),
        (Any((FEVER, NEVER)), "fever"),
    ],
    ids=lambda it: it if isinstance(it, str) else "",
)
def test_a_condition_in_a_clinicians_words(node: Node, words: str) -> None:
    assert said(node) == words


@pytest.mark.parametrize(
    ("node", "words"),
    [
        (Not(FEVER), "no fever"),
        (Not(Is("fever", "no")), "fever"),
        (Not(Not(FEVER)), "fever"),
        (Not(FRAIL), "no frailty"),
        (Not(Is("course", "improving")), "unchanged or worsening"),
        (Not(lasting("<")), "symptoms for 6 weeks or more"),
        (Not(lasting("<=")), "symptoms for over 6 weeks"),
        (Not(lasting(">")), "symptoms for 6 weeks or less"),
        (Not(lasting(">=")), "symptoms for under 6 weeks"),
        (Not(Any((FEVER, FALLS))), "no fever and no falls"),
        (Not(All((FEVER, Not(FALLS)))), "no fever or falls"),
        (Not(All((FEVER, Any((FALLS, COUGH))))), "no fever; or no falls and no cough"),
        (Not(AtLeast(2, (FEVER, Not(FALLS), FRAIL))), "fewer than 2 of: fever, no falls, frailty"),
        (Not(Known("fever")), "whether fever is not known"),
        (All((COUGH, Not(FRAIL), Not(Known("fever")))), "cough, no frailty and whether fever is not known"),
        (Not(ALWAYS), "never"),
        (Not(NEVER), "always"),
    ],
    ids=lambda it: it if isinstance(it, str) else "",
)
def test_not_is_said_in_the_authors_words_for_no(node: Node, words: str) -> None:
    assert said(node) == words


def test_a_patient_reads_the_same_condition_in_the_patients_words() -> None:
    node = All((FEVER, Any((Not(FRAIL), lasting(">=")))))
    assert said(node, "clinician") == "fever; and no frailty or symptoms for 6 weeks or more"
    assert said(node, "patient") == "you have a fever; and you are not frail or you have had this for 6 weeks or more"


@pytest.mark.parametrize("voice", VOICES)
def test_no_word_of_the_other_voice_is_heard(voice: Voice) -> None:
    wording = {"clinician": "CLINICIAN", "patient": "PATIENT"}
    words = Wording(wording["clinician"], wording["patient"])
    lexicon = Lexicon(
        types=LEXICON.types,
        values=dict.fromkeys(LEXICON.values, words),
        leads=dict.fromkeys(LEXICON.leads, words),
        rules=dict.fromkeys(LEXICON.rules, words),
    )
    leaves = (FEVER, FRAIL, Not(FRAIL), lasting("<"), Known("fever"), Known("duration"), Not(Is("course", "improving")))
    words_heard = english(All(leaves), lexicon, voice)
    assert words_heard.count(wording[voice]) == 8  # "not improving" is said as two values
    assert not any(word in words_heard for other, word in wording.items() if other != voice)


@pytest.mark.parametrize("order", ["<", "<=", ">", ">="])
def test_a_comparison_and_its_opposite_are_said_differently(order: str) -> None:
    assert len({said(lasting(order)), said(Not(lasting(order)))}) == 2
    assert said(Not(Not(lasting(order)))) == said(lasting(order))
