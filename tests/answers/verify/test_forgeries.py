"""What a forger or a slip would do to an answer: each is found, at its place, in words that say what is wrong."""

from __future__ import annotations

import json
import shutil

import pytest

from rootline.answers.ask import ask
from rootline.answers.compose import trace_id
from rootline.answers.model import Answer
from rootline.answers.verify import read_answer, verify
from rootline.packs.load import load

PATIENT = "61-year-old, left leg pain for 10 days, cannot lift her left foot since yesterday, takes apixaban"


@pytest.fixture
def data(pack):
    return json.loads(ask(PATIENT, pack).model_dump_json(by_alias=True))


def findings(data, pack) -> dict[str, str]:
    """Place -> what is wrong there; several things at one place are joined."""
    found = verify(read_answer(json.dumps(data).encode()), pack)
    assert found.outcome == "refuted"
    told: dict[str, str] = {}
    for one in found.findings:
        told[one.place] = f"{told.get(one.place, '')} {one.what}".strip()
    return told


def place_of(data, id_) -> tuple[str, dict]:
    for at, section in enumerate(data["sections"]):
        for number, statement in enumerate(section["statements"]):
            if statement["id"] == id_:
                return f"sections[{at}].statements[{number}]", statement
    raise AssertionError(id_)


def with_dose(data) -> tuple[str, dict]:
    return next(
        (f"sections[{at}].statements[{number}]", statement)
        for at, section in enumerate(data["sections"])
        for number, statement in enumerate(section["statements"])
        if statement["doses"]
    )


def sealed(data) -> dict:
    """The trace id made to fit, as somebody who knows the program would."""
    answer = Answer.model_validate(data)
    data["trace_id"] = trace_id(answer.question, answer.audience, answer.facts, answer.onset, answer.pack.sha256)
    return data


def test_a_digit_of_a_dose(data, pack):
    place, statement = with_dose(data)
    statement["doses"][0]["dose"] = statement["doses"][0]["dose"].replace("0", "7", 1)
    found = findings(data, pack)
    assert "it should say" in found[f"{place}.doses[0].dose"]
    assert "which no cited point, reading or condition gives" in found[place]


def test_a_red_flag_dropped(data, pack):
    assert data["sections"][0]["id"] == "red-flags"
    lost = data["sections"][0]["statements"].pop(0)
    found = findings(data, pack)
    assert "is left out" in found["sections[0].statements[0]"]
    assert f"`{lost['id']}` is left out: the urgency rests on it" in found["sections"]


def test_a_red_flag_dropped_with_the_counts_made_to_fit(data, pack):
    data["sections"][0]["statements"].pop(0)
    data["sections"][0]["more"] += 1
    found = findings(data, pack)
    assert "the urgency rests on it" in found["sections"] and "sections[0].more" in found


def test_an_urgency_lowered(data, pack):
    data["urgency"].update(level="routine", at_least="routine", could_be=["routine"])
    found = findings(data, pack)
    assert found["urgency.at_least"].count("urgent") >= 1
    assert "urgency.level" in found and "urgency.could_be" in found


def test_an_invented_citation(data, pack):
    place, statement = place_of(data, "urgent-weakness")
    statement["citations"][0] = "smith-2031#cures-all"
    found = findings(data, pack)
    assert "a point that does not exist" in found[f"{place}.citations[0]"]
    assert "not among the sources" in found[f"{place}.citations[0]"]


def test_a_citation_swapped_for_another_real_one(data, pack):
    place, statement = place_of(data, "urgent-weakness")
    other = next(one for one in data["bottom_line"]["citations"] + data["urgency"]["because"][0]["citations"])
    elsewhere = next(
        citation
        for section in data["sections"]
        for one in section["statements"]
        for citation in one["citations"]
        if citation not in statement["citations"] and citation != other
    )
    statement["citations"][0] = elsewhere
    assert "is not among what `urgent-weakness` rests on" in findings(data, pack)[f"{place}.citations[0]"]


def test_a_strength_changed(data, pack):
    place, statement = place_of(data, "urgent-weakness")
    statement["strength"] = "strong as can be"
    assert f"{place}.strength" in findings(data, pack)


def test_a_verdict_changed(data, pack):
    place, statement = place_of(data, "urgent-weakness")
    statement["verdict"] = "opposed" if statement["verdict"] != "opposed" else "supported"
    assert "by what it cites it is" in findings(data, pack)[f"{place}.verdict"]


def test_the_text_for_another_audience(data, pack):
    place, statement = place_of(data, "urgent-weakness")
    statement["text"] = pack.statements["urgent-weakness"].say.patient
    assert list(findings(data, pack)) == [f"{place}.text"]


def test_the_audience_changed_is_told_as_that(data, pack):
    data["audience"] = "patient"
    assert findings(data, pack)["audience"] == "the answer was made for a clinician, not for a patient"


def test_a_whole_answer_passed_off_for_another_audience(data, pack):
    data["audience"] = "patient"
    found = findings(sealed(data), pack)
    assert "disclaimer" in found and "sections[0].title" in found


def test_a_fact_changed_though_the_question_says_otherwise(data, pack):
    at = next(at for at, fact in enumerate(data["facts"]) if fact["id"] == "anticoagulant")
    data["facts"][at]["value"] = "no"
    assert "it should say" in findings(sealed(data), pack)[f"facts[{at}].value"]


def test_a_fact_dropped(data, pack):
    lost = data["facts"].pop()
    assert f"“{lost['id']}” is left out" in findings(sealed(data), pack)[f"facts[{len(data['facts'])}]"]


def test_a_statement_under_another_section(data, pack):
    data["sections"][1]["statements"].append(data["sections"][0]["statements"].pop())
    found = findings(data, pack)
    place = f"sections[1].statements[{len(data['sections'][1]['statements']) - 1}]"
    assert "it belongs under red-flags" in found[place]


def test_sections_in_another_order(data, pack):
    data["sections"][1], data["sections"][2] = data["sections"][2], data["sections"][1]
    found = findings(data, pack)
    assert found["sections[1]"].startswith("out of order")


def test_a_statement_made_up_whole(data, pack):
    _, statement = place_of(data, "urgent-weakness")
    data["sections"][0]["statements"].insert(0, {**statement, "id": "wait-and-see", "text": "Wait and see."})
    found = findings(data, pack)
    assert "the pack has no statement `wait-and-see`" in found["sections[0].statements[0].id"]


def test_a_contraindicated_drug_advised(data, pack):
    place, statement = place_of(data, "urgent-weakness")
    statement["actions"].append({"kind": "do", "what": "nsaid", "name": "NSAID"})
    found = findings(data, pack)
    at = len(statement["actions"]) - 1
    assert "whose contraindication is not ruled out" in found[f"{place}.actions[{at}]"]
    assert "nsaid is advised here and forbidden at" in found[f"{place}.actions"]


def test_a_source_called_current_that_was_superseded(data, pack):
    at = next(at for at, source in enumerate(data["sources"]) if source["standing"] == "superseded")
    data["sources"][at]["standing"] = "current"
    assert "in the pack at hand it is superseded" in findings(data, pack)[f"sources[{at}].standing"]


@pytest.mark.parametrize("changes", [{"state": "approved"}, {"by": "Dr Nobody"}, {"state": "approved", "by": "Dr No"}])
def test_a_review_that_nobody_made(data, pack, changes):
    data["review"].update(changes)
    assert "no review of this content is on record" in findings(data, pack)["review"]


def test_a_disclaimer_softened(data, pack):
    data["disclaimer"] = "Approved for clinical use."
    assert "disclaimer" in findings(data, pack)


def test_a_day_of_onset_that_is_none(data, pack):
    data["onset"] = "last Tuesday"
    assert findings(data, pack)["onset"].startswith("“last Tuesday” is no day")


@pytest.mark.parametrize(("question", "words"), [("", "there is no question"), ("sciatica\x07", "control character")])
def test_a_question_that_cannot_be_read(data, pack, question, words):
    data["question"] = question
    assert words in findings(data, pack)["question"]


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"id": "foots"}, "facts[0].id", "the pack knows no fact `foots`"),
        ({"value": "perhaps"}, "facts[0].value", "not one of its values"),
        ({"from": "flag", "text": "leg_pain=perhaps"}, "facts[0].value", "not one of its values"),
    ],
)
def test_a_fact_of_a_record_or_a_flag_that_cannot_be(data, pack, changes, place, words):
    assert data["facts"][0]["id"] == "leg_pain"
    data["facts"][0].update({"from": "fhir", **changes})
    assert words in findings(data, pack)[place]


def test_a_pack_changed_by_one_letter(data, pack, tmp_path):
    folder = tmp_path / pack.folder.name
    shutil.copytree(pack.folder, folder)
    path = folder / "advice" / "red-flags.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("e", "a", 1) if text[0] == "#" else f"{text}# a\n", encoding="utf-8")
    changed = load(folder)
    found = findings(data, changed)
    assert found["pack.sha256"].startswith("the answer or the pack was changed")
    assert "pack.id" not in found and "pack.version" not in found


def test_a_letter_of_a_statement_changed_in_the_pack_names_the_statement(data, pack, tmp_path):
    folder = tmp_path / pack.folder.name
    shutil.copytree(pack.folder, folder)
    place, statement = place_of(data, "urgent-weakness")
    path = folder / "urgency.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(statement["text"], statement["text"].replace("a", "e", 1)), encoding="utf-8")
    found = findings(data, load(folder))
    assert "pack.sha256" in found and f"{place}.text" in found
