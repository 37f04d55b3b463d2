"""Where the pack is not at hand nothing is called verified; what the answer shows by itself is still checked."""

from __future__ import annotations

import json
import shutil

import pytest

from rootline.answers.ask import ask
from rootline.answers.model import AUDIENCES
from rootline.answers.verify import read_answer, verify
from rootline.packs.load import load

PATIENT = "61-year-old, left leg pain for 10 days, cannot lift her left foot since yesterday, takes apixaban"


@pytest.fixture
def data(pack):
    return json.loads(ask(PATIENT, pack).model_dump_json(by_alias=True))


def checked(data, pack):
    return verify(read_answer(json.dumps(data).encode()), pack)


@pytest.fixture(scope="module")
def next_version(pack, tmp_path_factory):
    """The same pack a version later, with one source retracted."""
    folder = tmp_path_factory.mktemp("packs") / pack.folder.name
    shutil.copytree(pack.folder, folder)
    head = folder / "pack.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace(f'version: "{pack.version}"', 'version: "9.9.9"'), "utf-8")
    source = folder / "sources" / "vadod-2022-lbp.yaml"
    source.write_text(source.read_text(encoding="utf-8").replace("standing: current", "standing: retracted"), "utf-8")
    return load(folder)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_without_its_pack_an_answer_is_undecided(pack, audience):
    for question in pack.questions:
        found = checked(json.loads(ask(question.text, pack, audience).model_dump_json(by_alias=True)), None)
        assert found.outcome == "undecided"
        assert [one.place for one in found.findings] == ["pack.id"]


def test_another_version_leaves_it_undecided_and_names_the_sources_that_have_fallen_since(data, next_version):
    found = checked(data, next_version)
    assert found.outcome == "undecided"
    told = {one.place: one.what for one in found.findings}
    assert "made with version 0.1.0, and version 9.9.9 is at hand" in told.pop("pack.version")
    at = next(at for at, source in enumerate(data["sources"]) if source["id"] == "vadod-2022-lbp")
    fallen = "`vadod-2022-lbp` is called current; in the pack at hand it is retracted"
    assert told == {f"sources[{at}].standing": fallen}


def test_another_pack_at_hand_is_not_its_own(data):
    from tests.answers.verify.test_tampering import EXAMPLE

    assert checked(data, EXAMPLE).outcome == "undecided"


def test_what_another_version_of_the_program_words_otherwise_is_named_and_refutes_nothing(data, pack):
    data["program"] = "9.9.9"
    data["urgency"]["because"][0]["text"] += ", newly worded"
    found = checked(data, pack)
    assert found.outcome == "undecided"
    assert [one.place for one in found.findings] == ["program", "urgency.because[0].text"]
    assert found.findings[0].what.startswith("told by version 9.9.9; this is ")


def test_the_other_checks_refute_an_answer_of_another_version_too(data, pack):
    data["program"] = "9.9.9"
    data["urgency"].update(level="routine", at_least="routine", could_be=["routine"])
    found = checked(data, pack)
    assert found.outcome == "refuted"
    assert found.findings[0].place.startswith("urgency.")


def first(data) -> dict:
    return data["sections"][0]["statements"][0]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda data: data.update(question="Is it sciatica?"), "trace_id"),
        (lambda data: data["facts"][0].update(value="no"), "trace_id"),
        (lambda data: data["pack"].update(sha256="0" * 64), "trace_id"),
        (lambda data: data.update(audience="student"), "audience"),
        (lambda data: data["urgency"].update(level="routine"), "urgency.level"),
        (lambda data: data["urgency"].update(could_be=["routine"]), "urgency.could_be"),
        (lambda data: data["urgency"].update(at_least="undetermined"), "urgency"),
        (lambda data: data["sections"].pop(0), "sections"),
        (lambda data: data["sections"].reverse(), "sections[1]"),
        (lambda data: data["sections"][1].update(id="gossip"), "sections[1].id"),
        (lambda data: data.update(outcome="refused"), "outcome"),
        (lambda data: first(data)["trace"].update(truth="no"), "sections[0].statements[0].status"),
        (lambda data: first(data).update(condition=""), "sections[0].statements[0].condition"),
        (lambda data: first(data).update(citations=[]), "sections[0].statements[0].citations"),
        (lambda data: data["sections"][0]["statements"].insert(0, first(data)), "sections[0].statements[1].id"),
        (lambda data: data["sources"].pop(0), "sections[0].statements[0].citations[0]"),
        (lambda data: data["sources"].append({**data["sources"][0], "id": "smith-2031"}), "sources[-1]"),
        (lambda data: data["sources"].append(data["sources"][0]), "sources[-1]"),
        (lambda data: data.update(disclaimer=""), "disclaimer"),
        (lambda data: data["review"].update(state="approved"), "review"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refuted_without_its_pack(data, change, place):
    change(data)
    found = checked(data, None)
    assert found.outcome == "refuted"
    assert place.replace("[-1]", f"[{len(data['sources']) - 1}]") in [one.place for one in found.findings]
    assert found.findings[-1].weight == "undecided", "what refutes stands first"
