"""Answers to the pack's Questionnaire, and notes: what was said, for as long as it counts."""

from __future__ import annotations

import base64
import time
from typing import Any

import pytest

from tests.edges.fhir.resources import SUBJECT, Resource, answers, item

OTHER_SYSTEM = "its code is of a system, and the pack's answers are of none"
TWO_VALUES = "it has more than one value"


def note(text: str, day: str = "2026-11-20", kind: str = "text/plain; charset=utf-8", **more: Any) -> Resource:
    data = base64.b64encode(text.encode()).decode()
    content = [{"attachment": {"contentType": kind, "data": data}}]
    return {"resourceType": "DocumentReference", "id": "d", "status": "current", "subject": SUBJECT, "date": day,
            "content": content, **more}  # fmt: skip


def test_an_item_is_a_fact_and_its_answer_a_value(read):
    inner = {"linkId": "group", "item": [item("foot_drop", valueCoding={"code": "complete"})]}
    seen = read(
        answers(
            item("saddle_numbness", valueBoolean=False),
            item("fever", valueBoolean=True),
            item("symptom_duration", valueQuantity={"value": 6, "system": "http://unitsofmeasure.org", "code": "wk"}),
            inner,
            {"linkId": "cancer_history"},
        )
    )
    assert seen.facts == {"saddle_numbness": "no", "fever": "yes", "symptom_duration": 42.0, "foot_drop": "complete"}
    assert seen.texts["fever"] == "QuestionnaireResponse/q: answered, 2026-11-20"
    assert seen.record.unused == ()


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (item("foot_drop", valueCoding={"code": "mild"}), "its answer is none of the fact's values"),
        (item("foot_drop", valueBoolean=True), "its answer is none of the fact's values"),
        (item("foot_drop", valueCoding={"code": "none", "system": "http://snomed.info/sct"}), OTHER_SYSTEM),
        (item("fever", valueCoding={"code": "no", "system": "http://other.example/codes"}), OTHER_SYSTEM),
        ({"linkId": "fever", "answer": [{"valueBoolean": False, "valueCoding": {"code": "yes"}}]}, TWO_VALUES),
        (item("fever", valueString="no"), "its answer is none of the fact's values"),
        (item("egfr", valueDecimal=50), "its unit is missing"),
        (item("egfr", valueString="50"), "its answer is no number"),
        (item("age_of_dog", valueInteger=3), "it answers a question that is no fact of this pack"),
        (
            {"linkId": "fever", "answer": [{"valueBoolean": True}, {"valueBoolean": False}]},
            "it is answered more than once",
        ),
    ],
)
def test_an_answer_that_is_no_value_is_told_and_not_used(read, bad, why):
    seen = read(answers(bad))
    assert seen.facts == {}
    assert seen.why("QuestionnaireResponse/q") == why


@pytest.mark.parametrize(
    "response",
    [
        answers(item("fever", valueBoolean=False), state="in-progress"),
        answers(item("fever", valueBoolean=False), state="entered-in-error"),
        answers(item("fever", valueBoolean=False), state="odd"),
        answers(item("fever", valueBoolean=False), day="2026-11-10"),
        answers(item("fever", valueBoolean=False), day=""),
        answers(item("fever", valueBoolean=False), questionnaire="https://elsewhere.example/Questionnaire/knee"),
    ],
)
def test_answers_that_do_not_count(read, response):
    seen = read(response)
    assert seen.facts == {} and seen.why("QuestionnaireResponse/q")


def test_items_that_lie_too_deep_are_not_read_at_all(read):
    deep: Resource = item("fever", valueBoolean=False)
    for _ in range(30):
        deep = {"linkId": "group", "item": [deep]}
    seen = read(answers(item("cancer_history", valueBoolean=False), deep))
    assert seen.facts == {}
    assert seen.why("QuestionnaireResponse/q") == "its items lie too deep"


def test_a_note_is_read_as_a_users_words_are(read):
    seen = read(note("Left leg pain for 10 days, cannot lift her left foot. Denies fever. Mother had breast cancer."))
    assert seen.facts["foot_drop"] == "complete"
    assert seen.facts["fever"] == "no"
    assert "cancer_history" not in seen.facts
    assert seen.texts["foot_drop"].startswith('DocumentReference/d: "cannot lift her left foot"')
    assert ("DocumentReference/d", "cancer_history", "it speaks of it as family") in seen.unused


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (note("Foot drop.", "2026-11-01"), "it is older than 2 days"),
        (note("Foot drop.", status="superseded"), "it is not the current one"),
        (note("Foot drop.", docStatus="preliminary"), "it is not final"),
        (note("<p>Foot drop.</p>", kind="text/html"), "it is not plain text"),
        (note("x" * 30_000), "its text cannot be read: the text has 30,000 characters; at most 20,000 are read"),
        (note("", content=[{"attachment": {"contentType": "text/plain", "url": "http://127.0.0.1:9/x"}}]),
         "it holds no text; an address in a record is never opened"),
        (note("", content=[{"attachment": {"contentType": "text/plain", "data": "not base64!"}}]),
         "its text is not UTF-8 in base64"),
    ],
)  # fmt: skip
def test_a_note_that_does_not_count_says_why(read, document, why):
    seen = read(document)
    assert seen.facts == {}
    assert seen.why("DocumentReference/d") == why


@pytest.mark.parametrize("day", ["2026-11-22", "2026-11-22T23:00:00Z", "2026-11-22T12:00:00+00:00"])
def test_a_form_of_tomorrow_is_in_doubt(read, day):
    calm = item("saddle_numbness", valueBoolean=False)
    seen = read(answers(calm, item("fever", valueBoolean=True), day=day))
    assert seen.facts == {} and "it lies in the future" in seen.why("QuestionnaireResponse/q")
    assert "fever" in seen.record.held


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Auckland"])
def test_the_day_of_an_instant_is_the_day_that_it_was_here(read, monkeypatch, zone):
    here = {"America/Los_Angeles": "2026-11-22T04:00:00Z", "Pacific/Auckland": "2026-11-20T20:00:00-08:00"}[zone]
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        seen = read(answers(item("fever", valueBoolean=True), day=here))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert seen.texts["fever"] == "QuestionnaireResponse/q: answered, 2026-11-21"
