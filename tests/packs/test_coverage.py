"""Every common claim on a canonical question is met in its answer or overruled there, once, in the right place.

That its words are shown is necessary, not sufficient: whether the advice truly says it is for a reader to judge.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from rootline.answers.ask import ask
from rootline.answers.model import AUDIENCES
from rootline.answers.render_markdown import to_markdown
from rootline.checks.lint import lint
from rootline.packs.coverage import coverage

CLAIMS = {  # question -> the group of its claims, the first and the last number
    "loss-of-balance": ("s0", 2, 42),
    "initial-management": ("s1", 2, 37),
    "treatment-options": ("s2", 2, 39),
    "foot-drop": ("s3", 2, 32),
    "first-steps": ("s4", 2, 42),
}
ALL = [f"{group}-{number:02}" for group, first, last in CLAIMS.values() for number in range(first, last + 1)]
NUMBER = re.compile(r"\d+(?:\.\d+)?")


@pytest.fixture(scope="module")
def claims(pack):
    return {claim.id: claim for claim in coverage(pack)}


@pytest.fixture(scope="module")
def answers(pack):
    return {one.id: ask(one.text, pack) for one in pack.questions}


def plain(text: str) -> str:
    """Lower case, every dash alike."""
    return text.lower().replace("\u2013", "-").replace("\u2014", "-")


def shown(answer) -> str:
    """The answer as read, without the list of sources, whose titles say what no advice says, and without the question."""
    text = re.sub(r"\n## Sources\n.*?(?=\n## |\Z)", "\n", to_markdown(answer), flags=re.DOTALL)
    return plain(text.replace(answer.question, ""))


def has(stem: str, text: str) -> bool:
    """Whether a word begins so; "6 weeks" is not found in "4-6 weeks" or "16 weeks"."""
    before = r"(?<![\d-])" if stem == "6 weeks" else r"\b"
    return bool(re.search(before + re.escape(stem), text))


def unshown(claim, text: str) -> list[str]:
    """The stems of a claim that the text does not hold."""
    return [stem for stem in claim.shows if not has(stem, text)]


def text_of(claim) -> str:
    """What the answer prints of an overruled claim."""
    return plain(f"{claim.claim} {claim.overruled.says.clinician}")


def test_every_claim_stands_once_in_the_file_of_its_question(pack):
    found = Counter((claim.question, claim.id) for claim in coverage(pack))
    expected = Counter(
        (question, f"{group}-{number:02}")
        for question, (group, first, last) in CLAIMS.items()
        for number in range(first, last + 1)
    )
    assert found == expected
    assert len(ALL) == 187


def test_every_claims_words_are_shown_in_the_answer_to_its_question(claims, answers):
    texts = {question: shown(answer) for question, answer in answers.items()}
    missed = {claim.id: unshown(claim, texts[claim.question]) for claim in claims.values()}
    assert {id_: stems for id_, stems in missed.items() if stems} == {}


def test_an_overruled_claims_words_are_its_own(claims):
    missed = {claim.id: unshown(claim, text_of(claim)) for claim in claims.values() if claim.overruled}
    assert {id_: stems for id_, stems in missed.items() if stems} == {}


def test_what_meets_a_claim_is_in_that_answer(claims, answers):
    said = {
        question: {one.id for part in answer.sections for one in part.statements}
        | {one.id for one in answer.disagreements}
        for question, answer in answers.items()
    }
    missing = {claim.id: sorted(set(claim.met_by) - said[claim.question]) for claim in claims.values()}
    assert {id_: names for id_, names in missing.items() if names} == {}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_overruled_claim_is_printed_with_what_is_said_instead(pack, claims, audience):
    told = {one.id: to_markdown(ask(one.text, pack, audience)) for one in pack.questions}
    for claim in claims.values():
        if claim.overruled:
            says = claim.overruled.says.to("patient" if audience == "patient" else "clinician")
            assert f"- {claim.claim} **But:** {says}" in told[claim.question], claim.id


def test_every_number_said_against_a_claim_stands_in_a_cited_point_or_in_the_claim(pack, claims):
    for claim in claims.values():
        if claim.overruled:
            points = [pack.point(one) for one in claim.overruled.because]
            grounds = " ".join(f"{one.says} {one.numbers} {one.at} {one.population}" for one in points)
            for says in (claim.overruled.says.clinician, claim.overruled.says.patient):
                missing = set(NUMBER.findall(says)) - set(NUMBER.findall(f"{grounds} {claim.claim}"))
                assert not missing, (claim.id, missing)


def test_a_claim_that_nothing_shows_is_reported(claims, answers):
    claim = replace(claims["s1-15"], shows=("herniat", "zebra"))
    assert unshown(claim, shown(answers["initial-management"])) == ["zebra"]


@pytest.mark.parametrize(
    "text, found", [("for 6 weeks", True), ("for 4-6 weeks", False), ("16 weeks", False), ("(6 weeks)", True)]
)
def test_six_weeks_is_not_found_inside_another_figure(text, found):
    assert has("6 weeks", text) is found


def test_a_word_is_found_at_its_beginning_only():
    assert has("compress", "compression of a root") and not has("compress", "decompression")


def test_no_advice_that_meets_a_claim_says_a_number_without_a_source(pack, claims):
    named = {name for claim in claims.values() for name in claim.met_by}
    assert [str(one) for one in lint(pack) if any(f"`{name}`" in one.what for name in named)] == []
