"""What is shown and what waits: ordinary care in an emergency, and what is asked about in the bottom line."""

from __future__ import annotations

import pytest

from rootline.answers.ask import ask

CAUDA_EQUINA = "61, sciatica, cannot feel wiping, cannot pass urine"
ORDINARY = {"nsaid-short-course", "acetaminophen-fallback", "stay-active", "heat-or-cold"}


def said(answer) -> set[str]:
    return {one.id for part in answer.sections for one in part.statements}


@pytest.mark.parametrize("audience", ["clinician", "patient"])
def test_in_an_emergency_ordinary_care_waits_until_it_is_asked_for(pack, audience):
    calm = said(ask("Sciatica for 2 weeks, 40 years old", pack, audience))
    told = said(ask(CAUDA_EQUINA, pack, audience))
    assert len(ORDINARY & calm) >= 3
    assert not ORDINARY & told
    assert "emergency-cauda-equina" in told and "return-advice" in told
    asked = ask(f"{CAUDA_EQUINA}. Can I take paracetamol?", pack, audience)
    assert "acetaminophen-fallback" in said(asked)


def test_what_the_patient_s_own_facts_call_for_does_not_wait(pack):
    told = said(ask(CAUDA_EQUINA, pack))
    assert {"surgery-when", "no-manipulation-with-deficit"} <= told


def test_a_patient_in_an_emergency_is_asked_nothing_more(pack):
    assert ask(CAUDA_EQUINA, pack, "patient").ask_next == []
    assert ask(CAUDA_EQUINA, pack, "clinician").ask_next
    assert ask("Sciatica for 2 weeks", pack, "patient").ask_next


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("does traction help in sciatica?", "Traction is not recommended"),
        ("is paracetamol useful in sciatica?", "Consider acetaminophen"),
        ("65 year old with sciatica, can I give amitriptyline?", "Avoid tricyclics from age 65"),
        ("acupuncture for sciatica of 5 months", "Acupuncture can be considered in chronic sciatica"),
    ],
)
def test_what_is_asked_about_stands_in_the_bottom_line(pack, question, told):
    assert told in ask(question, pack).bottom_line.text


def test_a_treatment_named_without_its_topic_is_refused_with_the_way_to_ask(pack):
    answer = ask("does traction help?", pack)
    assert answer.outcome == "refused"
    assert f"“traction for {pack.title.clinician}?”" in answer.bottom_line.text
    assert ask(f"traction for {pack.title.clinician}?", pack).outcome == "answered"
    assert "“" not in ask("How do I bake bread?", pack).bottom_line.text
