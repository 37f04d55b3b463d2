"""FHIR over HTTP on a running server: what it says it can do it does, and what it cannot read it refuses in FHIR."""

from __future__ import annotations

import json
from datetime import date
from html import unescape

import httpx
import pytest

from rootline.answers.ask import answer_facts
from rootline.answers.case import Given
from rootline.answers.reviewed import unreviewed
from rootline.edges.fhir.write_pack import write_pack
from tests.edges.fhir.responses import response
from tests.fhir.validators import by_models, by_schema, complaints
from tests.server import serving

FHIR = "application/fhir+json"
APPLY = "/fhir/PlanDefinition/lumbar-radiculopathy/$apply"
FACTS = {"foot_drop": "complete", "anticoagulant": "yes", "symptom_duration": 10.0}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("fhir")) as running:
        yield running


@pytest.fixture
def web(server):
    with httpx.Client(base_url=server.address, timeout=30) as client:
        yield client


def send(web, sent, **more):
    return web.post(APPLY, content=json.dumps(sent), headers={"Content-Type": FHIR, **more})


def outcome(answer, status: int) -> str:
    """The text of an OperationOutcome that FHIR accepts."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, FHIR)
    assert by_models(answer.json()) == by_schema(answer.json()) == []
    issue = answer.json()["issue"][0]
    assert issue["severity"] == "error"
    assert "secret" not in answer.text
    return issue["details"]["text"]


def resources(bundle):
    return {one["resource"]["resourceType"]: one["resource"] for one in bundle["entry"]}


def test_it_does_what_it_says_it_can(web, pack):
    told = web.get("/fhir/metadata")
    assert told.headers["content-type"] == FHIR
    statement = told.json()
    assert complaints([statement]) == []
    offered = {one["type"]: one for one in statement["rest"][0]["resource"]}
    everything = [one["resource"] for one in write_pack(pack, unreviewed(pack))["entry"]]
    assert set(offered) == {one["resourceType"] for one in everything} | {"OperationDefinition"}
    for one in {one["resourceType"]: one for one in everything}.values():
        assert web.get(f"/fhir/{one['resourceType']}/{one['id']}").json() == one
    operations = offered["PlanDefinition"]["operation"]
    assert {one["name"] for one in operations} == {"apply", "questionnaire"}
    for one in operations:
        defined = web.get("/fhir" + one["definition"].removeprefix("https://rootline.invalid/fhir")).json()
        assert (defined["url"], defined["code"]) == (one["definition"], one["name"])


def test_answers_to_the_questionnaire_give_the_plan(web, pack):
    questions = web.get("/fhir/PlanDefinition/lumbar-radiculopathy/$questionnaire").json()
    sent = response(pack, FACTS)
    assert sent["questionnaire"] == f"{questions['url']}|{questions['version']}"
    linked = {item["linkId"] for group in questions["item"] for item in group["item"]}
    assert {item["linkId"] for group in sent["item"] for item in group["item"]} == linked
    given = send(web, sent)
    assert given.status_code == 200
    assert complaints([sent, given.json()]) == []
    found = resources(given.json())
    text = f"QuestionnaireResponse/filled-in: answered, {date.today()}"
    answer = answer_facts(pack, [Given(fact, FACTS[fact], "fhir", text) for fact in FACTS])
    assert found["CarePlan"]["description"].endswith(answer.bottom_line.text)
    assert answer.trace_id in plain(found["Composition"], "limits")
    assert found["CarePlan"]["subject"] == {"reference": "Patient/made-up"}
    assert f"foot drop: complete ({text})" in plain(found["Composition"], "facts")


def plain(composition, id_) -> str:
    section = next(one for one in composition["section"] if one["code"]["coding"][0]["code"] == id_)
    return section["text"]["div"].replace("<b>", "").replace("</b>", "")


def test_the_questions_in_a_patients_words(web, pack):
    path = "/fhir/PlanDefinition/lumbar-radiculopathy/$questionnaire"
    asked = web.get(path, params={"userType": "patient"}).json()
    assert asked == web.get("/fhir/Questionnaire/lumbar-radiculopathy.patient").json()
    assert asked["item"][0]["item"][0]["text"] == pack.facts[asked["item"][0]["item"][0]["linkId"]].ask.patient
    assert "no such audience" in outcome(web.get(path, params={"userType": "king"}), 400)


def test_the_same_by_parameters_or_in_a_bundle_in_the_words_of_the_reader(web, pack):
    sent = response(pack, FACTS, authored=str(date.today()))
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": sent}]}
    subject = {"name": "subject", "valueReference": {"reference": "Patient/made-up"}}
    user = {"name": "userType", "valueCodeableConcept": {"coding": [{"code": "patient"}]}}
    told = [
        send(web, {"resourceType": "Parameters", "parameter": [subject, user, {"name": "data", "resource": one}]})
        for one in (sent, bundle)
    ]
    assert told[0].json() == told[1].json()
    assert "be seen today" in resources(told[0].json())["CarePlan"]["description"]


def test_what_is_not_used_is_named(web, pack):
    condition = {"resourceType": "Condition", "id": "c1", "subject": {"reference": "Patient/made-up"}}
    dated = response(pack, FACTS, authored=str(date.today()))
    data = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": condition}, {"resource": dated}]}
    parameters = [{"name": "encounter", "valueString": "Encounter/1"}, {"name": "data", "resource": data}]
    told = send(web, {"resourceType": "Parameters", "parameter": parameters}).json()
    refused = send(web, {"resourceType": "Parameters", "parameter": 3}).json()
    assert complaints([told, refused]) == []
    remarks = resources(told)["GuidanceResponse"]["contained"][1]
    assert [one["details"]["text"] for one in remarks["issue"]] == [
        "Condition/c1 was not used: no fact is read from its code or name.", "Parameter encounter was not used.",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["questionaireResponse", "Subject", "datum"])
def test_a_parameter_that_is_none_is_refused_with_the_nearest(web, pack, name):
    parameters = [
        {"name": "subject", "valueString": "Patient/made-up"},
        {"name": name, "resource": response(pack, FACTS)},
    ]
    told = outcome(send(web, {"resourceType": "Parameters", "parameter": parameters}), 400)
    near = {"questionaireResponse": "questionnaireResponse", "Subject": "subject", "datum": "data"}[name]
    assert "a parameter is not known here" in told and f"`{near}`" in told


def test_a_form_that_is_not_used_is_told_in_the_document_and_the_plan(web, pack):
    patient = {"resourceType": "Patient", "id": "made-up"}
    for change in ({"questionnaire": None}, {"authored": "2020-01-01"}):
        form = {**response(pack, FACTS, authored=str(date.today())), **change}
        form = {key: value for key, value in form.items() if value}
        entries = [{"resource": one} for one in (patient, form)]
        found = resources(send(web, {"resourceType": "Bundle", "type": "collection", "entry": entries}).json())
        remarks = [one["details"]["text"] for one in found["GuidanceResponse"]["contained"][1]["issue"]]
        notes = [one["text"] for one in found["CarePlan"]["note"]]
        written = " ".join(one["text"]["div"] for one in found["Composition"]["section"])
        assert remarks and set(remarks) <= set(notes)
        assert [one for one in remarks if one not in unescape(written)] == []


def test_answers_to_another_version_are_read_and_that_is_said(web, pack):
    old = response(pack, FACTS)
    old["questionnaire"] = old["questionnaire"].replace("|0.1.0", "|0.0.9")
    remarks = resources(send(web, old).json())["GuidanceResponse"]["contained"][1]
    assert "not those of version 0.1.0" in remarks["issue"][0]["details"]["text"]


def test_what_cannot_be_read_of_a_form_is_refused_with_its_place(web):
    item = {"linkId": "secret-link", "answer": [{"valueString": "secret-text"}]}
    sent = {"resourceType": "QuestionnaireResponse", "status": "completed", "id": "secret-id", "item": [item],
            "subject": {"reference": "Patient/secret-name"}}  # fmt: skip
    told = send(web, sent)
    assert "no fact of this pack" in outcome(told, 400)
    assert told.json()["issue"][0]["expression"] == ["QuestionnaireResponse.item[0].answer[0]"]


def test_answers_about_two_patients_or_nobody_or_in_two_ways_are_refused(web, pack):
    one, other = response(pack, FACTS), response(pack, FACTS, subject={"reference": "Patient/other"})

    def both(*them):
        return {"resourceType": "Parameters", "parameter": [{"name": "data", "resource": it} for it in them]}

    assert "more than one patient" in outcome(send(web, both(one, other)), 400)
    bundle = {"resourceType": "Bundle", "entry": [{"resource": one}, {"resource": other}]}
    assert "more than one patient" in outcome(send(web, bundle), 400)
    nobody = response(pack, FACTS)
    nobody.pop("subject")
    assert "not said whom it is about" in outcome(send(web, nobody), 400)
    changed = response(pack, {**FACTS, "foot_drop": "none"}, id="changed")
    assert "`foot_drop` is answered in two ways" in outcome(send(web, both(one, changed)), 400)
    assert "in two versions" in outcome(send(web, both(one, {**changed, "id": one["id"]})), 400)
    subject = {"resourceType": "Parameters", "parameter": [
        {"name": "subject", "valueString": "Patient/other"}, {"name": "data", "resource": one}]}  # fmt: skip
    assert "more than one patient" in outcome(send(web, subject), 400)


def test_without_any_answer_nothing_is_known_and_nothing_is_calm(web):
    sent = {"resourceType": "Parameters", "parameter": [{"name": "subject", "valueString": "Patient/made-up"}]}
    guidance = resources(send(web, sent).json())["GuidanceResponse"]
    told = {one["name"]: one.get("valueCode") for one in guidance["contained"][0]["parameter"]}
    assert (guidance["status"], told["urgency"]) == ("data-requested", "undetermined")


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"3", b'{"resourceType": 3}', b'{"a": NaN}', b'{"a": 1, "a": 2}', b"\xff", b"[" * 100_000,
     b'{"resourceType": "\\ud800"}', b'{"resourceType": "\xed\xa0\x80"}',
     b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Bundle"}}]}',
     b'{"resourceType": "Bundle", "entry": 3}', b'{"resourceType": "Parameters", "parameter": [3]}',
     b'{"resourceType": "Parameters", "parameter": [{"name": "subject"}]}',
     b'{"resourceType": "QuestionnaireResponse", "status": "completed", "subject": 3}'],
)  # fmt: skip
def test_what_is_no_fhir_is_refused_in_fhir(web, body):
    told = web.post(APPLY, content=body, headers={"Content-Type": FHIR})
    assert outcome(told, 400)


def test_too_much_and_what_is_sent_as_something_else_is_refused(web):
    assert "cannot be read" in outcome(web.post(APPLY, content=b" " * 4_200_000, headers={"Content-Type": FHIR}), 413)
    assert outcome(web.post(APPLY, content="{}", headers={"Content-Type": "text/plain"}), 415)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/fhir/Questionnaire/nothing", 404),
        ("GET", "/fhir/Patient/1", 404),
        ("GET", "/fhir/PlanDefinition", 404),
        ("GET", "/fhir/PlanDefinition/other/$questionnaire", 404),
        ("POST", "/fhir/PlanDefinition/other/$apply", 404),
        ("GET", APPLY, 405),
        ("POST", "/fhir/Patient", 405),
        ("DELETE", "/fhir/PlanDefinition/lumbar-radiculopathy", 405),
        ("PUT", "/fhir/PlanDefinition/lumbar-radiculopathy", 405),
    ],
)
def test_what_is_not_offered_is_told_in_fhir(web, method, path, status):
    assert outcome(web.request(method, path, headers={"Content-Type": FHIR}), status)


def test_nothing_of_a_patient_is_logged(server, web, pack):
    send(web, response(pack, FACTS, id="secret-id", subject={"reference": "Patient/secret-name"}))
    send(web, {"resourceType": "QuestionnaireResponse", "status": "completed", "id": "secret-id",
               "item": [{"linkId": "secret-link", "answer": [{"valueString": "secret-text"}]}]})  # fmt: skip
    assert "secret" not in server.logged


def test_what_is_refused_before_it_gets_here_is_told_in_fhir(web):
    foreign = send(web, {}, **{"Sec-Fetch-Site": "cross-site"})
    assert "Another site" in outcome(foreign, 403)
    assert "does not answer to that name" in outcome(web.get("/fhir/metadata", headers={"Host": "evil.example"}), 403)


def test_half_a_character_is_refused_with_its_place(web):
    body = b'{"resourceType": "Bundle",\n "entry": [{"resource": {"id": "a\\ud83dsecret"}}]}'
    told = outcome(web.post(APPLY, content=body, headers={"Content-Type": FHIR}), 400)
    assert "line 2, column 34" in told


def test_a_parameter_in_the_address_is_never_passed_over(web, pack):
    sent = response(pack, FACTS)
    form = web.post(f"{APPLY}?_format=json", content=json.dumps(sent), headers={"Content-Type": FHIR})
    assert form.status_code == 200
    told = web.post(f"{APPLY}?subject=Patient/secret", content=json.dumps(sent), headers={"Content-Type": FHIR})
    assert "in the body" in outcome(told, 400)
    path = "/fhir/PlanDefinition/lumbar-radiculopathy/$questionnaire"
    assert "twice" in outcome(web.get(f"{path}?userType=patient&userType=clinician"), 400)
    assert "not known" in outcome(web.get(f"{path}?usertype=patient"), 400)
