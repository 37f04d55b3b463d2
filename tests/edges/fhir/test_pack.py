"""A pack as FHIR: valid for everybody asked, whole, the same each time, and no further reviewed than it is."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from datetime import date
from typing import get_args

import pytest
from click.testing import CliRunner

from rootline.answers.ask import ask
from rootline.answers.model import Review
from rootline.answers.reviewed import unreviewed
from rootline.cli.main import main
from rootline.edges.fhir.capability import write_capability, write_operations
from rootline.edges.fhir.naming import fhir_id
from rootline.edges.fhir.patient_answer import NOT_NAMED, PatientAnswer
from rootline.edges.fhir.write_answer import write_answer
from rootline.edges.fhir.write_pack import write_pack
from rootline.errors import InputError
from rootline.packs.load import load
from rootline.settings import fhir_base
from tests.fhir.validators import NOT_ALIKE_IN_R4B, complaints
from tests.repo.test_docs import EXAMPLE

APPROVED = Review(state="approved", updated="2026-11-20", by="A. Reviewer")
KINDS = {"PlanDefinition", "Library", "Questionnaire", "ActivityDefinition", "CodeSystem", "Evidence"}


def resources(pack, review=None):
    return [one["resource"] for one in write_pack(pack, review or unreviewed(pack))["entry"]]


@pytest.mark.parametrize("review", [None, APPROVED], ids=["submitted", "approved"])
def test_everything_is_valid_for_everybody_asked(pack, review):
    for one in (pack, load(EXAMPLE)):
        state = review or unreviewed(one)
        written = [
            *resources(one, state),
            *write_operations(one, state),
            write_capability(one, state, ["Library"], "1"),
        ]
        assert {resource["resourceType"] for resource in written} >= KINDS
        assert complaints([*written, write_pack(one, state)]) == []


def test_what_the_models_do_not_see_is_evidence_alone():
    """fhir.resources has R4B, which tells Evidence anew; the others judge it as R4 has it."""
    assert NOT_ALIKE_IN_R4B == {"Evidence"}


def test_the_same_pack_gives_the_same_bytes_in_every_process():
    words = [sys.executable, "-m", "rootline", "export", "fhir", str(EXAMPLE)]
    first, second = (subprocess.run(words, capture_output=True, check=True).stdout for _ in range(2))
    assert first == second == CliRunner().invoke(main, words[3:]).stdout.encode()


def test_every_part_of_the_pack_is_in_it(pack):
    found = resources(pack)
    ids = {(one["resourceType"], one["id"]) for one in found}
    assert len(ids) == len(found)
    assert {("ActivityDefinition", f"{pack.id}.{action}") for action in pack.actions} <= ids
    points = [(source.id, point) for source in pack.sources.values() for point in source.points]
    assert {("Evidence", fhir_id(pack.id, *one)) for one in points} <= ids
    plan = next(one for one in found if one["resourceType"] == "PlanDefinition")
    assert {one["id"] for one in statements(plan)} == set(pack.statements)


def statements(plan):
    return [one for group in plan["action"] for one in group.get("action", [])]


def test_every_address_leads_to_a_resource_of_the_bundle(pack):
    found = resources(pack)
    known = {f"{one['url']}|{one['version']}" for one in found}
    named = set()

    def look(part, key=""):
        if isinstance(part, dict):
            for inner, value in part.items():
                look(value, inner)
        elif isinstance(part, list):
            for one in part:
                look(one, key)
        elif key in ("definitionCanonical", "resource", "library"):
            named.add(part)

    for one in found:
        look(one)
    assert named and named <= known


def codings(part):
    """Every code of our own in a resource."""
    if isinstance(part, dict):
        if "code" in part and str(part.get("system", "")).startswith("https://rootline.invalid/"):
            yield part["system"], part["code"]
        for value in part.values():
            yield from codings(value)
    elif isinstance(part, list):
        for one in part:
            yield from codings(one)


def test_every_state_of_a_review_has_its_code(pack):
    states = next(one for one in resources(pack) if one["id"] == "review-state")
    assert [one["code"] for one in states["concept"]] == list(get_args(Review.model_fields["state"].annotation))


def test_no_code_of_our_own_is_without_its_meaning(pack):
    found = resources(pack)
    known = {
        (one["url"], concept["code"])
        for one in found if one["resourceType"] == "CodeSystem"
        for concept in one["concept"]
    }  # fmt: skip
    used = set(codings(found))
    for question in ("Sciatica for 3 weeks, cannot lift the foot, takes apixaban", "How to bake bread?"):
        used |= set(codings(write_answer(PatientAnswer(ask(question, pack), NOT_NAMED, date(2026, 11, 22)))))
    assert used and used <= known


def test_each_statement_cites_what_it_rests_on(pack):
    plan = resources(pack)[0]
    for one in statements(plan):
        cited = [link["label"] for link in one.get("documentation", []) if link["type"] == "citation"]
        assert cited == list(dict.fromkeys(str(link) for link in pack.statements[one["id"]].because))
        assert cited or any(link["type"] == "justification" for link in one["documentation"])


def test_a_source_is_told_with_its_doi_and_what_became_of_it(pack):
    evidence = {one["relatedArtifact"][0]["label"]: one for one in resources(pack) if one["resourceType"] == "Evidence"}
    for source in pack.sources.values():
        for point in source.points.values():
            one = evidence[f"{source.id}#{point.id}"]
            artifact = one["relatedArtifact"][0]
            assert one["description"] == point.says
            assert (f"doi:{source.doi}" in artifact["citation"]) == bool(source.doi)
            assert (f"PMID {source.pmid}" in artifact["citation"]) == bool(source.pmid)
            assert artifact.get("url", "") == source.address
            standing = [note["text"] for note in one["note"] if note["text"].startswith("Standing:")]
            assert bool(standing) == (source.standing != "current") == (source.standing.upper() in artifact["citation"])


def test_what_is_to_be_avoided_leads_to_a_definition_that_says_not_to(pack):
    found = resources(pack)
    activities = {one["id"]: one for one in found if one["resourceType"] == "ActivityDefinition"}
    seen = set()
    for one in statements(found[0]):
        applies = one["action"][0]
        for todo, (kind, what) in zip(applies.get("action", []), pack.statements[one["id"]].actions, strict=True):
            activity = activities[todo["definitionCanonical"].partition("|")[0].rpartition("/")[2]]
            assert activity["code"]["coding"][0]["code"] == what
            assert activity.get("doNotPerform", False) == (kind == "avoid")
            seen.add(kind)
    assert seen == {"do", "consider", "avoid"}


def test_the_library_carries_what_the_other_exports_print():
    library = next(one for one in resources(load(EXAMPLE)) if one["resourceType"] == "Library")
    texts = {one["contentType"]: base64.b64decode(one["data"]).decode() for one in library["content"]}
    assert texts["text/cql"] == CliRunner().invoke(main, ["export", "cql", str(EXAMPLE)]).stdout
    elm = CliRunner().invoke(main, ["export", "elm", str(EXAMPLE)]).stdout
    assert json.loads(texts["application/elm+json"]) == json.loads(elm)
    assert library["name"] == "AnkleSprain"


@pytest.mark.parametrize("state", ["submitted", "under_review", "changes_requested", "approved", "stale"])
def test_nothing_is_active_before_its_review_says_approved(state):
    review = Review(state=state, updated="2026-11-20", by="A. Reviewer")
    for one in resources(load(EXAMPLE), review):
        assert one["status"] == ("active" if state == "approved" else "draft")
        assert one.get("experimental", state != "approved") == (state != "approved")
        assert ("approvalDate" in one) == (state == "approved" and one["resourceType"] != "CodeSystem")
        assert one["meta"]["tag"][0]["code"] == state


def test_addresses_are_the_owners_where_there_is_one_and_nobodys_otherwise(monkeypatch):
    pack = load(EXAMPLE)
    assert resources(pack)[0]["url"] == "https://rootline.invalid/fhir/PlanDefinition/ankle-sprain"
    monkeypatch.setenv("ROOTLINE_FHIR_BASE", "https://fhir.example.org/r4/")
    text = json.dumps(write_pack(pack, unreviewed(pack)))
    assert "https://fhir.example.org/r4/Library/ankle-sprain|0.1.0" in text
    assert "rootline.invalid" not in text
    for wrong in ("fhir.example.org", "https://", "https://a b", "https://a.org/x|1"):
        monkeypatch.setenv("ROOTLINE_FHIR_BASE", wrong)
        with pytest.raises(InputError, match="is not an address"):
            fhir_base()


def test_an_id_too_long_for_fhir_stays_one_of_a_kind():
    long = [fhir_id("pack", "a" * 70 + end) for end in "xy"]
    assert len({*long}) == 2 and all(len(one) == 64 for one in long)
    assert fhir_id("pack", "a_b") != fhir_id("pack", "a-b")
