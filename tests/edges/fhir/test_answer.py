"""One patient's answer as a FHIR document: valid, whole, escaped, and never surer than the answer."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from xml.etree.ElementTree import fromstring

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from rootline.answers.ask import answer_facts, ask
from rootline.answers.case import Given
from rootline.answers.model import AUDIENCES, LibrarySearched, PassageQuoted, Review
from rootline.cli.main import main
from rootline.edges.fhir.narrative import item, items, narrative, paragraph
from rootline.edges.fhir.patient_answer import NOT_NAMED, PatientAnswer
from rootline.edges.fhir.write_answer import write_answer
from rootline.packs.run import run
from tests.fhir.validators import complaints
from tests.invariants.cases import PACK, cases

PATIENT = "61-year-old, left leg pain for 10 days, cannot lift her left foot since yesterday, takes apixaban"
QUESTIONS = [
    PATIENT,
    *(one.text for one in PACK.questions),
    "Sciatica, egfr 28, which painkiller?",
    "How to bake bread?",
]
APPROVED = Review(state="approved", updated="2026-11-20", by="A. Reviewer")
SUBJECT = {"reference": "Patient/made-up"}


def written(answer, subject=NOT_NAMED, remarks=(), made=date(2026, 11, 22)):
    """The document, and its resources by kind."""
    bundle = write_answer(PatientAnswer(answer, subject, made, remarks))
    return bundle, {one["resource"]["resourceType"]: one["resource"] for one in bundle["entry"]}


def facts(case):
    return answer_facts(PACK, [Given(fact, value, "fhir", fact) for fact, value in case.items()])


def text_of(composition) -> str:
    divs = [section["text"]["div"] for section in composition["section"]]
    return " ".join(" ".join("".join(fromstring(div).itertext()) for div in divs).split())


def test_every_answer_is_valid_for_everybody_asked():
    found = []
    for text in QUESTIONS:
        for audience in AUDIENCES if text == PATIENT else ("clinician", "patient"):
            answer = ask(text, PACK, audience)
            found.append(written(answer)[0])
        found.append(written(answer.model_copy(update={"review": APPROVED}), SUBJECT, ("x was not used.",))[0])
    found.append(written(facts({}))[0])
    assert complaints([*found, *(one["resource"] for bundle in found for one in bundle["entry"])]) == []


@pytest.mark.parametrize("text", QUESTIONS)
def test_every_reference_leads_to_an_entry_of_the_kind_it_names(text):
    bundle, _ = written(ask(text, PACK))
    entries = {one["fullUrl"]: one["resource"] for one in bundle["entry"]}
    for resource in entries.values():
        own = {f"#{one['id']}" for one in resource.get("contained", [])}
        links = re.findall(r'"reference": "([^"]+)"(?:, "type": "(\w+)")?', json.dumps(resource))
        for link, kind in links:
            assert link in own or entries[link]["resourceType"] == kind
        assert own <= {link for link, _ in links}
    assert bundle["entry"][0]["resource"]["resourceType"] == "Composition"


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("text", QUESTIONS)
def test_the_composition_says_all_that_the_answer_says(text, audience):
    answer = ask(text, PACK, audience)
    said = text_of(written(answer)[1]["Composition"])
    told = [answer.bottom_line.text, answer.disclaimer, answer.pack.sha256, "Review: submitted"]
    told += [one.text for section in answer.sections for one in section.statements]
    told += [dose.dose for section in answer.sections for one in section.statements for dose in one.doses]
    told += [one.condition for section in answer.sections for one in section.statements]
    told += [one.text for one in answer.urgency.open if answer.sections]
    told += [part for one in answer.urgency.because for part in (one.text, *one.citations) if answer.sections]
    told += [name for section in answer.sections for one in section.statements for name in one.citations]
    told += [name for one in answer.disagreements for position in one.positions for name in position.citations]
    told += [part for one in answer.disagreements for part in (one.topic, one.our_reading)]
    told += [position.says for one in answer.disagreements for position in one.positions]
    told += [part for one in answer.overruled for part in (one.claim, one.says)]
    told += [one.question for one in answer.ask_next] + [one.text for one in answer.would_change]
    told += [one.name for one in answer.localisation]
    told += [part for one in answer.sources for part in (one.title.rstrip("."), one.doi, one.pmid, one.url)]
    told += [one.standing_note.rstrip(".") for one in answer.sources if one.standing != "current"]
    assert [one for one in told if " ".join(one.split()) not in said] == []


def test_sections_stand_in_the_order_of_the_answer_urgency_first_limits_last():
    answer = ask(PATIENT, PACK)
    ids = [one["code"]["coding"][0]["code"] for one in written(answer)[1]["Composition"]["section"]]
    assert ids[:2] == ["urgency", "bottom-line"] and ids[-1] == "limits"
    assert [one for one in ids if one in {section.id for section in answer.sections}] == [
        one.id for one in answer.sections
    ]


@given(case=cases())
def test_what_is_open_is_never_ordered_and_what_is_avoided_never_done(case):
    answer = facts(case)
    _, found = written(answer)
    plan = run(PACK, case)
    activities = [one["detail"] for one in found["CarePlan"]["activity"]]
    ordered = {
        (one["code"]["coding"][0]["code"], one.get("doNotPerform", False)) for one in activities if "code" in one
    }
    applying = [one for one in plan.advised if one.status == "applies"]
    assert ordered <= {(what, kind == "avoid") for one in applying for kind, what in one.advice.actions}
    for one in activities:
        reason = one["statusReason"]["coding"][0]["code"] if "statusReason" in one else ""
        assert one["description"].startswith("If ") or reason != "open"
        assert not (reason == "open" and "code" in one)
        assert not (reason and {"instantiatesCanonical", "doNotPerform"} & set(one))
        assert (reason == "consider") == ("code" in one and one["code"]["text"].startswith("Consider: "))
        if "code" in one and not reason:
            avoids = "avoid." in one["instantiatesCanonical"][0]
            assert avoids == one["doNotPerform"] == one["code"]["text"].startswith("Avoid: ")
    shown = [one.text for section in answer.sections for one in section.statements]
    assert [text for text in shown if not any(text in one["description"] for one in activities)] == []


@given(case=cases())
def test_each_action_is_one_activity_and_what_is_to_be_considered_is_no_order(case):
    _, found = written(facts(case))
    coded = [one["detail"] for one in found["CarePlan"]["activity"] if "code" in one["detail"]]
    names = [one["code"]["text"] for one in coded]
    assert len(names) == len(set(names))


def test_an_operation_to_think_about_and_a_question_before_a_drug_are_nothing_to_carry_out():
    _, found = written(ask(PATIENT, PACK))
    by_name = {
        one["detail"]["code"]["text"]: one["detail"] for one in found["CarePlan"]["activity"] if "code" in one["detail"]
    }
    surgery = by_name["Consider: surgery (discectomy or decompression)"]
    assert surgery["statusReason"]["coding"][0]["code"] == "consider"
    assert not {"doNotPerform", "instantiatesCanonical"} & set(surgery)
    assert by_name["Do: urgent spine referral"]["doNotPerform"] is False
    _, found = written(ask("Sciatica for 2 weeks, 40 years old, which painkiller?", PACK))
    nsaid = [
        one["detail"]
        for one in found["CarePlan"]["activity"]
        if "Before a first NSAID ask" in one["detail"]["description"]
    ]
    assert all("instantiatesCanonical" not in one for one in nsaid) and len(nsaid) == 1


def test_an_emergency_with_statements_that_are_open_is_no_success():
    signs = [Given(one, "yes", "fhir", one) for one in ("saddle_numbness", "urinary_retention")]
    answer = answer_facts(PACK, signs, "patient")
    assert answer.urgency.level == "emergency" and not answer.ask_next
    assert written(answer)[1]["GuidanceResponse"]["status"] == "data-requested"


@given(case=cases())
def test_the_urgency_is_told_as_it_is_and_success_only_when_nothing_is_open(case):
    answer = facts(case)
    _, found = written(answer)
    guidance = found["GuidanceResponse"]
    outputs = guidance["contained"][0]["parameter"]
    told = {one["name"]: one["valueCode"] for one in outputs if one["name"] in ("urgency", "urgencyAtLeast")}
    assert told == {"urgency": answer.urgency.level, "urgencyAtLeast": answer.urgency.at_least}
    is_open = answer.urgency.level == "undetermined" or bool(answer.ask_next)
    is_open |= any("If " == one["detail"]["description"][:3] for one in found["CarePlan"]["activity"])
    assert guidance["status"] == ("data-requested" if is_open else "success")
    asked = [part["valueString"] for one in outputs if one["name"] == "ask" for part in one["part"][:1]]
    assert asked == [one.fact for one in answer.ask_next]
    levels = {one.level for one in answer.urgency.open} | {answer.urgency.at_least} - {"routine"}
    risks = found.get("RiskAssessment", {"prediction": []})["prediction"]
    assert {one["outcome"]["coding"][0]["code"] for one in risks} == levels
    for one in risks:
        assert not any(key.startswith("probability") for key in one)


def test_a_question_that_is_not_covered_has_no_plan_and_no_success():
    _, found = written(ask("How to bake bread?", PACK))
    assert set(found) == {"Composition", "GuidanceResponse"}
    assert found["GuidanceResponse"]["status"] == "failure"
    assert "Not covered" in text_of(found["Composition"])


@pytest.mark.parametrize("state", ["submitted", "under_review", "changes_requested", "approved", "stale"])
def test_nothing_is_final_before_its_review_says_approved(state):
    review = Review(state=state, updated="2026-11-20", by="A. Reviewer")
    _, found = written(ask(PATIENT, PACK).model_copy(update={"review": review}))
    final = "final" if state == "approved" else "preliminary"
    assert found["Composition"]["status"] == found["RiskAssessment"]["status"] == final
    assert (found["CarePlan"]["status"], found["CarePlan"]["intent"]) == ("draft", "proposal")
    for one in found.values():
        assert one["meta"]["tag"][0]["code"] == state
    assert f"Review: {state.replace('_', ' ')} by A. Reviewer, 2026-11-20." in text_of(found["Composition"])


def test_markup_in_a_question_stays_text():
    text = 'Sciatica & <script>alert("x")</script> <img src=x onerror=y> for 3 weeks'
    _, found = written(ask(text, PACK))
    divs = "".join(one["text"]["div"] for one in found["Composition"]["section"])
    assert "<script" not in divs and "<img" not in divs
    assert text in unescape(divs)


@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=80))
def test_any_text_is_escaped(text):
    div = narrative(paragraph(text, text), items([item(text, text, [text], text)]))["div"]
    names = {one.tag.rpartition("}")[2] for one in fromstring(div).iter()}
    assert names <= {"div", "p", "b", "ul", "li", "a"}


def test_only_addresses_become_links():
    div = narrative(items([item("", link="javascript:alert(1)"), item("", link="https://example.org/?a=1&b")]))["div"]
    assert re.findall(r'href="([^"]*)"', div) == ["https://example.org/?a=1&amp;b"]


def test_the_same_answer_has_the_same_ids_and_two_patients_never_share_one():
    answer = ask(PATIENT, PACK)
    assert written(answer, SUBJECT)[0] == written(answer, SUBJECT)[0]
    ids = [{one["fullUrl"] for one in written(answer, {"reference": f"Patient/{who}"})[0]["entry"]} for who in "ab"]
    assert not ids[0] & ids[1]


def test_only_what_was_read_from_words_is_said_to_be():
    for answer, title in ((ask(PATIENT, PACK), "Read from your words"), (facts({"foot_drop": "none"}), "Facts")):
        composition = written(answer)[1]["Composition"]
        assert title in [one["title"] for one in composition["section"]]


def test_every_document_has_an_identifier_of_its_own_and_the_day_it_was_made():
    answer = ask(PATIENT, PACK)
    made = [(who, date(2026, 11, day)) for who in "ab" for day in (22, 23)]
    names = []
    for who, day in made:
        bundle, found = written(answer, {"reference": f"Patient/{who}"}, made=day)
        guidance, plan = found["GuidanceResponse"], found["CarePlan"]
        names.append([bundle["identifier"], found["Composition"]["identifier"], guidance["identifier"][0]])
        days = [found["Composition"]["date"], plan["created"], bundle["timestamp"][:10]]
        days += [guidance["occurrenceDateTime"], found["RiskAssessment"]["occurrenceDateTime"]]
        assert {*days} == {day.isoformat()}
        assert f"Content of {answer.as_of}; trace {answer.trace_id}." in text_of(found["Composition"])
    values = [one["value"] for each in names for one in each]
    assert len({*values}) == len(values) == 12


def test_what_the_library_says_is_quoted_and_that_it_could_not_be_searched_is_said():
    answer = ask(PATIENT, PACK)
    passage = PassageQuoted(
        document="doi:1", sha256="0", section="Results", start=3, end=9, quote="No effect was seen", title="A trial",
        year=2001, kind="trial", types=[], standing="current", since="retracted", direction="no effect", covers=0.9,
    )  # fmt: skip
    searched = LibrarySearched(asked="x", documents=3, best=0.9, needed=0.6, as_of="2026-01-02")
    quoted = answer.model_copy(update={"passages": [passage], "library": searched})
    said = text_of(written(quoted)[1]["Composition"])
    for part in ("“No effect was seen”", "A trial", "retracted since", "doi:1, Results, at 3", "2026-01-02"):
        assert part in said
    broken = searched.model_copy(update={"trouble": "it is damaged"})
    assert "it is damaged" in text_of(written(answer.model_copy(update={"library": broken}))[1]["Composition"])


def test_the_command_prints_the_same_document():
    printed = CliRunner().invoke(main, ["ask", "--fhir", PATIENT])
    assert printed.exit_code == 0
    assert json.loads(printed.stdout) == written(ask(PATIENT, PACK), made=date.today())[0]
    assert CliRunner().invoke(main, ["ask", "--fhir", "How to bake bread?"]).exit_code == 3
