"""What a text asks for: covered or not, which sections, which treatments, the whole plan."""

from __future__ import annotations

import pytest

from rootline.narrative.intent import Intent
from rootline.narrative.read import read_narrative
from rootline.narrative.unread import unread
from rootline.narrative.what_if import read_what_if
from rootline.packs.model import SECTIONS, Pack


def _intent(text: str, pack: Pack) -> Intent:
    return read_narrative(text, pack).intent


@pytest.mark.parametrize(
    "text",
    [
        "What is the initial management for patients with lumbosacral radiculopathy?",
        "I have sciatica",
        "saddle numbness",
        "slipped disc, now what?",
        "my back hurts and my leg is weak and numb",
        "foot drop",
        "lumbar stenosis",
        "Cauda equina: what to do?",
    ],
)
def test_the_pack_s_own_topic_is_covered(text: str, pack: Pack) -> None:
    assert _intent(text, pack).covered


@pytest.mark.parametrize(
    "text",
    [
        "How do I bake bread?",
        "What is the dose of amoxicillin for otitis media?",
        "migraine with aura, what now?",
        "frozen shoulder treatment options",
    ],
)
def test_another_topic_is_not_covered(text: str, pack: Pack) -> None:
    assert not _intent(text, pack).covered


def test_every_question_the_pack_promises_to_answer_is_covered(pack: Pack) -> None:
    assert [one.id for one in pack.questions if not _intent(one.text, pack).covered] == []


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Which painkillers help sciatica?", "pain-control"),
        ("Does she need an MRI for sciatica?", "imaging"),
        ("Will sciatica get better?", "education"),
        ("Which exercises help with sciatica?", "activity"),
        ("Are injections useful in radiculopathy?", "interventions"),
        ("When should I refer sciatica?", "follow-up"),
        ("What are the red flags in back pain?", "red-flags"),
    ],
)
def test_a_question_opens_its_section(text: str, section: str, pack: Pack) -> None:
    intent = _intent(text, pack)
    assert section in intent.sections
    assert intent.is_focused


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Is ibuprofen good for sciatica?", "nsaid"),
        ("Does gabapentin help radiculopathy?", "gabapentinoid"),
        ("Should I order an MRI for sciatica?", "mri-lumbar-spine"),
        ("Is bed rest useful in sciatica?", "bed-rest"),
        ("Does Voltarol work for sciatica?", "nsaid"),
        ("Is an epidural worth it for sciatica?", "epidural-steroid-injection"),
    ],
)
def test_a_treatment_asked_about_is_named(text: str, action: str, pack: Pack) -> None:
    assert action in _intent(text, pack).actions


@pytest.mark.parametrize("text", ["How should sciatica be managed?", "What are the treatment options for sciatica?"])
def test_a_question_for_the_plan_asks_for_the_whole(text: str, pack: Pack) -> None:
    intent = _intent(text, pack)
    assert intent.whole
    assert not intent.is_focused


def test_a_title_asks_about_its_treatment_and_tells_of_none_that_is_taken(pack: Pack) -> None:
    reading = read_narrative("Opioids for sciatica", pack)
    assert reading.intent.actions == ("opioid",) and "opioid_use" not in reading.values
    told = read_narrative("Tramadol for 3 weeks, sciatica", pack)
    assert told.intent.actions == () and told.values["opioid_use"] == "yes"
    assert read_narrative("Tramadol for sciatica. Foot drop since today.", pack).values["opioid_use"] == "yes"


def test_a_story_without_a_question_asks_for_the_whole_plan(pack: Pack) -> None:
    assert not _intent("61F, sciatica for 3 weeks, tried ibuprofen.", pack).is_focused


def test_a_treatment_only_told_of_is_not_asked_about(pack: Pack) -> None:
    intent = _intent("Sciatica, takes tramadol. Is ibuprofen safe?", pack)
    assert intent.actions == ("nsaid",)


def test_a_name_inside_a_longer_one_does_not_count_on_its_own(pack: Pack) -> None:
    assert _intent("Is a CT scan useful in sciatica?", pack).actions == ("ct-lumbar-spine",)


def test_a_question_about_warning_signs_asserts_none_of_them(pack: Pack) -> None:
    reading = read_narrative("What are the red flags in sciatica?", pack)
    assert set(reading.values) == {"leg_pain"}


@pytest.mark.parametrize(
    ("title", "section"),
    [(title, section) for section, said in SECTIONS.items() for title in (said.clinician, said.patient)],
)
def test_a_heading_of_the_page_typed_again_asks_for_its_section_and_tells_no_fact(
    title: str, section: str, pack: Pack
) -> None:
    for text in (title, title.lower(), f"show me more about {title.lower()}"):
        found = read_what_if(text, pack)
        assert (found.intent.sections, found.intent.is_focused) == ((section,), True)
        assert (found.facts, found.unclear, unread(read_narrative(text, pack), pack)) == ({}, (), ())


@pytest.mark.parametrize(
    "text",
    [
        "C6 radiculopathy", "cervical radiculopathy, arm weak", "thoracic radiculopathy", "radiculopathy of the neck",
        "How is cervical radiculopathy treated?", "my dog has sciatica", "my cat has back pain",
    ],
)  # fmt: skip
def test_a_root_of_neck_or_chest_and_an_animal_are_not_covered(text: str, pack: Pack) -> None:
    assert not _intent(text, pack).covered


@pytest.mark.parametrize(
    "text",
    [
        "neck and lumbar radiculopathy", "cervical and lumbar radiculopathy", "C6 radiculopathy and L5 radiculopathy",
        "cervical radiculopathy and back pain", "my dog and I have sciatica",
    ],
)  # fmt: skip
def test_a_mixed_text_stays_covered(text: str, pack: Pack) -> None:
    assert _intent(text, pack).covered
