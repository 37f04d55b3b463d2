"""Every surface shows one and the same state, by the desk's own function; and a case is published without its words."""

from __future__ import annotations

import json
from datetime import date

import httpx
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from rootline.answers.ask import ask
from rootline.answers.model import PassageQuoted
from rootline.cli.main import main
from rootline.desk.actor import OPERATOR
from rootline.desk.acts import approve
from rootline.desk.backup import backup as lines
from rootline.desk.check_audit import check_audit
from rootline.desk.content import WITHDRAWN, standings
from rootline.desk.opening import make_desk
from rootline.desk.people.accounts import add, disable
from rootline.desk.people.api_tokens import make_token
from rootline.desk.people.store import People
from rootline.desk.present import Present, from_case, subject_of
from rootline.desk.shown import pack_review, patient_review, review_of, stamped
from rootline.desk.tables import Edition
from rootline.desk.withdraw import withdraw
from rootline.errors import RefusedError
from rootline.evidence.library import open_library
from rootline.evidence.store.versions import Store
from tests.desk.conftest import EXAMPLE
from tests.desk.three_people import BEN, CIT, approved, clinicians, put
from tests.evidence.strategies import made_up
from tests.server import serving

QUESTION = "What should I do about a sprained ankle?"
STORY = "My 16 year old son twisted his left ankle on the school trip on Monday, it is swollen at the outer side"


@pytest.fixture
def own(monkeypatch, tmp_path):
    """The desk that commands find: in a state folder of this test alone."""
    monkeypatch.setenv("ROOTLINE_STATE", str(tmp_path / "state"))
    made = make_desk(f"sqlite:///{tmp_path}/state/desk.sqlite")
    yield made
    made.close()


def asked(*words):
    return CliRunner().invoke(main, ["ask", "--pack", str(EXAMPLE), *words]).stdout


def test_the_command_line_shows_what_the_desk_says(own, present):
    assert json.loads(asked("--json", QUESTION))["review"]["state"] == "submitted"
    approved(own, present, clinicians(present))
    told = json.loads(asked("--json", QUESTION))
    assert told["review"]["state"] == "approved" and "pending" not in told["disclaimer"]
    assert "review: approved by Ben Reviewer (reviewer, neurology)" in asked("--markdown", QUESTION)
    assert json.loads(asked("--json", "Ankle pain for 3 days"))["review"]["state"] == "submitted"


def test_verify_holds_what_an_answer_claims_to_the_desk(own, present, tmp_path):
    edition = put(own, present, clinicians(present))
    file = tmp_path / "answer.json"

    def verified():
        return CliRunner().invoke(main, ["verify", "--pack", str(EXAMPLE), str(file)])

    file.write_text(asked("--json", QUESTION))
    assert verified().exit_code == 0
    claimed = (
        file.read_text()
        .replace('"under_review"', '"approved"')
        .replace("Educational, pending human review;", "Educational;")
    )
    file.write_text(claimed)
    result = verified()
    assert result.exit_code == 1 and "says “approved”, and the desk says “under_review”" in result.output
    approve(own, BEN, edition.id, edition.version, "")
    file.write_text(asked("--json", QUESTION))
    assert verified().exit_code == 0
    (own_file := tmp_path / "state" / "desk.sqlite").rename(own_file.with_suffix(".gone"))
    assert "no review of this content is on record" in verified().output


def test_a_desk_that_cannot_be_read_approves_nothing_and_says_so(own, present, monkeypatch):
    approved(own, present, clinicians(present))
    monkeypatch.setenv("ROOTLINE_DESK", "postgresql://nobody@localhost:1/none")
    review = json.loads(asked("--json", QUESTION))["review"]
    assert review["state"] == "submitted"
    assert review["note"] == "The state of review is not known: the desk cannot be read now.", "no word of the server"


def test_pages_and_api_show_the_same(own, ankle, tmp_path):
    from rootline.packs.load import load
    from rootline.settings import pack_folder

    present = Present(load(pack_folder()))
    subject = next(one for one in present.subjects() if one.kind == "answer" and one.audience == "clinician")
    with serving(tmp_path) as server:
        desk = make_desk(f"sqlite:///{server.state}/desk.sqlite")
        approved(desk, present, subject)
        desk.close()
        with httpx.Client(base_url=server.address, timeout=60) as web:
            page = web.get(f"/questions/{subject.question_id}?audience=clinician").text
            data = web.post("/api/ask", json={"question": subject.title}).json()
            canonical = web.get(f"/api/v1/questions/{subject.question_id}/answer").json()
            checked = web.post("/api/v1/verify", json=data).json()
    assert "Approved by Ben Reviewer (reviewer, neurology)." in page
    assert "No clinician has approved this" not in page
    assert canonical["review"] == data["review"]
    assert data["review"]["state"] == "approved" and data["review"]["by"] == "Ben Reviewer (reviewer, neurology)"
    assert canonical["review"] == data["review"]
    assert checked["outcome"] == "verified", checked


def test_agents_are_told_the_same_and_what_they_were_told_verifies(own, ankle, tmp_path, monkeypatch):
    from rootline.edges.mcp.serve import make_server
    from tests.edges.mcp.conftest import talk

    approved(own, Present(ankle), clinicians(Present(ankle)))
    source = next(one for one in ankle.sources.values() if one.doi)
    Store(tmp_path / "library").add(made_up(pmid="", doi=source.doi, kind="ris", standing="retracted"), "a")
    monkeypatch.setenv("ROOTLINE_LIBRARY", str(tmp_path / "library"))

    async def told(client):
        answer = await client.call_tool("ask", {"question": QUESTION})
        without = {**answer.structured_content, "library": None, "passages": []}
        return answer, [
            await client.call_tool("verify", {"answer": one}) for one in (answer.structured_content, without)
        ]

    answer, checked = talk(told, make_server(ankle))
    assert answer.structured_content["review"]["state"] == "stale"
    assert [one.structured_content["outcome"] for one in checked] == ["verified", "verified"]


def test_a_standing_in_the_users_library_makes_it_stale_and_is_named(desk, ankle, tmp_path):
    approved(desk, Present(ankle), clinicians(Present(ankle)))
    source = next(one for one in ankle.sources.values() if one.doi)
    Store(tmp_path / "library").add(made_up(pmid="", doi=source.doi, kind="ris", standing="retracted"), "a")
    present = Present(ankle, open_library(tmp_path / "library"))
    review = review_of(ask(QUESTION, ankle), desk, present)
    assert review.state == "stale" and review.note == f"{source.id} was current and is retracted."
    assert standings(ankle.sources.values(), present.library) == {source.id: "retracted"}


def test_a_case_is_published_without_the_words_of_the_patient(desk, present):
    answer = ask(STORY, present.pack, "patient", onset=date(2026, 11, 16))
    assert any(one.text for one in answer.facts)
    subject = from_case(answer, "Swelling at the outer ankle of an adolescent", present, holds_no_patient_data=True)
    edition = put(desk, present, subject)
    kept = edition.content + subject.title + subject.given + subject.id
    for word in ("son", "school", "Monday", "2026-11-16", "twisted"):
        assert f" {word} " not in kept and f"{word} on" not in kept
    content = present.content(subject)
    assert {one.id: one.value for one in content.answer.facts} == {
        one.id: one.value for one in answer.facts if not one.note
    }
    approve(desk, BEN, edition.id, edition.version, "")
    assert stamped(content.answer, present, desk).review.state == "approved"
    assert subject_of(content.answer, present.pack) == subject
    assert stamped(answer, present, desk).review.state == "submitted", "the patient's own answer is not what was read"


def test_the_text_of_a_case_is_withdrawn_for_good_and_the_record_still_holds(desk, present):
    answer = ask(STORY, present.pack, "patient")
    subject = from_case(answer, "Swelling at the outer ankle of an adolescent", present, holds_no_patient_data=True)
    edition = put(desk, present, subject)
    with pytest.raises(RefusedError, match="may not withdraw"):
        withdraw(desk, BEN, subject.id, "A mistake.")
    with pytest.raises(RefusedError, match="only a published case"):
        put(desk, present, clinicians(present))
        withdraw(desk, CIT, clinicians(present).id, "A mistake.")
    approve(desk, BEN, edition.id, edition.version, "")
    withdraw(desk, CIT, subject.id, "A mistake.")
    with desk.reading() as session:
        kept = session.get_one(Edition, edition.id)
        assert (kept.state, kept.sha256) == ("retired", edition.sha256)
        assert "adolescent" not in json.dumps(list(lines(desk)))
        assert check_audit(session).findings == ()
    assert review_of(present.content(subject).answer, desk, present).state == "retired"
    with desk.writing() as session:
        other = session.scalars(select(Edition).where(Edition.piece == clinicians(present).id)).one()
        other.content = WITHDRAWN
    with desk.reading() as session:
        assert check_audit(session).findings == (f"edition {other.id} was altered",)


@pytest.mark.parametrize(
    ("title", "confirmed", "told"),
    [
        (STORY, True, "what the patient or the record said"),
        ("He twisted his left ankle on a trip", True, "what the patient or the record said"),
        ("", True, "what the patient or the record said"),
        ("Swelling at the outer ankle", False, "nobody has confirmed"),
    ],
)
def test_a_case_with_a_patients_words_is_not_published(present, title, confirmed, told):
    answer = ask(STORY, present.pack)
    with pytest.raises(RefusedError, match=told):
        from_case(answer, title, present, holds_no_patient_data=confirmed)


def test_passages_beside_an_approved_answer_are_told_apart(desk, present):
    approved(desk, present, clinicians(present))
    answer = ask(QUESTION, present.pack)
    passage = PassageQuoted(
        document="pmid:1", sha256="", section="", start=0, end=4, quote="Rest", title="Made up", year=None, kind="nbib",
        types=[], standing="current", direction="", covers=1.0,
    )  # fmt: skip
    quoted = answer.model_copy(update={"passages": [passage]})
    assert "no part of what was reviewed" in review_of(quoted, desk, present).note


def run(*words, **environment):
    return CliRunner().invoke(main, list(words), env=environment)


def retract(folder, ankle, standing="retracted"):
    """A library that knows a source of the pack."""
    source = next(one for one in ankle.sources.values() if one.doi)
    Store(folder).add(made_up(pmid="", doi=source.doi, kind="ris", standing=standing), standing)
    return source.id


def test_whatever_library_is_searched_the_state_is_by_the_users_own_as_it_is_now(own, ankle, tmp_path, monkeypatch):
    monkeypatch.setenv("ROOTLINE_LIBRARY", str(tmp_path / "own"))
    retract(tmp_path / "own", ankle, "current")
    other = tmp_path / "other"
    retract(other, ankle, "current")
    approved(own, Present(ankle, open_library(tmp_path / "own")), clinicians(Present(ankle)))
    assert json.loads(asked("--json", QUESTION))["review"]["state"] == "approved"
    source = retract(tmp_path / "own", ankle)
    for more in ((), ("--as-of", "2020-01-01"), ("--library", str(other))):
        review = json.loads(asked("--json", *more, QUESTION))["review"]
        assert (review["state"], f"{source} was current and is retracted." in review["note"]) == ("stale", True), more


def test_without_the_library_it_was_reviewed_with_nothing_is_called_approved(own, ankle, tmp_path, monkeypatch):
    retract(tmp_path / "own", ankle, "current")
    approved(own, Present(ankle, open_library(tmp_path / "own")), clinicians(Present(ankle)))
    monkeypatch.setenv("ROOTLINE_LIBRARY", str(tmp_path / "gone"))
    review = json.loads(asked("--json", QUESTION))["review"]
    assert review["state"] == "stale" and "The library it was reviewed with is not here" in review["note"]
    monkeypatch.setenv("ROOTLINE_LIBRARY", str(tmp_path / "own"))
    assert json.loads(asked("--json", QUESTION))["review"]["state"] == "approved"


def test_an_approved_pack_exports_as_approved_and_with_a_retracted_source_as_stale(own, ankle, tmp_path, monkeypatch):
    monkeypatch.setenv("ROOTLINE_LIBRARY", str(tmp_path / "own"))
    approved(own, Present(ankle), Present(ankle).subject("ankle-sprain"))

    def exported():
        told = run("export", "fhir", str(EXAMPLE)).stdout
        entries = [one["resource"] for one in json.loads(told)["entry"]]
        return {one["meta"]["tag"][0]["code"] for one in entries}, "pending human review" in told

    assert exported() == ({"approved"}, False)
    assert "pending human review" not in run("export", "cql", str(EXAMPLE)).stdout
    book = run("book", str(EXAMPLE)).stdout
    assert "Approved by Ben Reviewer (reviewer, neurology)" in book and "No clinician has approved" not in book
    retract(tmp_path / "own", ankle)
    assert exported() == ({"stale"}, True)
    assert "pending human review" in run("export", "cql", str(EXAMPLE)).stdout
    assert "Review state: stale." in run("book", str(EXAMPLE)).stdout


def test_a_patients_answer_from_an_approved_pack_is_not_called_approved_anywhere(own, ankle):
    present = Present(ankle)
    approved(own, present, present.subject("ankle-sprain"))
    said = "Nobody has reviewed this itself. The pack it was made from is approved: Ben Reviewer (reviewer, neurology)."
    answer = json.loads(asked("--json", "Ankle pain for 3 days"))
    assert (answer["review"]["state"], answer["review"]["note"], answer["review"]["by"]) == ("submitted", said, "")
    assert "pending human review" in answer["disclaimer"]
    review = patient_review(present)
    assert (review.state, review.note, review.by) == ("submitted", said, "")
    assert pack_review(present).state == "approved"


def test_only_somebody_with_an_account_that_may_submit_is_an_author(own, ankle):
    people = People(own.engine)
    what = ("desk", "submit", "ankle-sprain", "--pack", str(EXAMPLE), "--by")
    for name in ("", "x" * 5000, "Zoe Nobody"):
        refused = run(*what, name)
        assert refused.exit_code == 2 and "`rootline desk people add` makes an account" in refused.stderr
    add(people, "odo", "Odo Marsh", "administrator", password=None, by=OPERATOR)
    add(people, "rea", "Rea Hollis", "reader", password=None, by=OPERATOR)
    add(people, "ann", "Ann Author", "author", password=None, by=OPERATOR)
    assert "Rea Hollis is reader and may not submit" in run(*what, "Rea Hollis").stderr
    token = make_token(people, "ann", "shell", ["submit"], 1)
    assert "submitted" in run(*what, "ann  author", ROOTLINE_DESK_TOKEN=token).stdout
    with own.reading() as session:
        assert {one.author for one in session.scalars(select(Edition))} == {"Ann Author"}
    disable(people, "ann", by=OPERATOR)
    assert "Ann Author is disabled" in run(*what, "Ann Author").stderr
