"""The five canonical questions, word for word, and the published schema. `make golden` rewrites them."""

from __future__ import annotations

import re

import pytest

from rootline.answers.ask import ask
from rootline.settings import pack_folder
from tests.golden.refresh import ANSWERS, FOLDER, SCHEMA, example_answers, golden, schema

NAMES = [
    f"{question}.{audience}.md"
    for question in ("loss-of-balance", "initial-management", "treatment-options", "foot-drop", "first-steps")
    for audience in ("clinician", "patient")
]


@pytest.fixture(scope="module")
def told(pack):
    return golden(pack)


def test_every_canonical_question_has_its_golden_answers(told):
    assert sorted(told) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_reads_as_it_was_last_read_through(name, told):
    assert told[name] == (FOLDER / name).read_text(encoding="utf-8")


def test_the_published_schema_is_the_models_schema():
    assert schema() == SCHEMA.read_text(encoding="utf-8")


def test_the_example_answers_are_those_of_the_example_pack_one_of_them_altered():
    told = example_answers()
    assert told == {path.name: path.read_text(encoding="utf-8") for path in ANSWERS.iterdir()}
    assert len(set(told.values())) == 2


def words_before_sources(text):
    body = re.sub(r"\[[\d, ]+\]", "", text.split("\n## Sources")[0])
    return len(re.findall(r"[A-Za-z0-9][\w'/.%-]*", body))


def test_the_general_answer_is_short_enough_to_be_read(told):
    assert words_before_sources(told["initial-management.clinician.md"]) <= 980


def test_no_statement_is_said_twice_and_none_is_empty(pack):
    for question in pack.questions:
        for audience in ("clinician", "patient"):
            answer = ask(question.text, pack, audience)
            texts = [one.text for section in answer.sections for one in section.statements]
            assert all(text.strip() for text in texts)
            assert len(texts) == len(set(texts))


def test_the_tests_run_on_the_packs_of_this_checkout():
    assert pack_folder().resolve() == FOLDER.parents[1] / "packs" / "lumbar-radiculopathy"
