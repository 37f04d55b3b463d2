"""The client against a real server: typed answers, whole lists, errors as ours, and patience where it helps."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from rootline.answers.ask import ask
from rootline.client import Client
from rootline.client.shapes import CaseTold, EvidenceSought, Question
from rootline.errors import (
    ConflictError,
    InputError,
    NotFoundError,
    RefusedError,
    ServiceError,
    SignInError,
    TooManyError,
)  # fmt: skip
from rootline.narrative.read import LONGEST
from tests.server import serving

PATIENT = "61-year-old, left leg pain for 10 days, cannot lift her left foot since yesterday, takes apixaban"


@pytest.fixture(scope="module")
def rootline(tmp_path_factory) -> Iterator[Client]:
    with serving(tmp_path_factory.mktemp("client")) as server, Client(server.address) as client:
        yield client


def test_an_answer_is_the_one_that_the_command_gives(rootline, pack):
    assert rootline.ask(PATIENT, audience="patient") == ask(PATIENT, pack, "patient")
    answer = rootline.ask(PATIENT, facts={"foot_drop": "none"})
    assert {one.id: one.value for one in answer.facts}["foot_drop"] == "none"
    assert rootline.verify(answer).outcome == "verified"


def test_a_case_is_kept_gone_on_with_and_forgotten(rootline):
    kept = rootline.keep(PATIENT, audience="patient")
    then = rootline.go_on(kept.case_id, "and if she is pregnant?", facts={"foot_drop": "none"})
    known = {one.id: one.value for one in then.answer.facts}
    assert (then.case_id, then.answer.audience) == (kept.case_id, "patient")
    assert (known["pregnant"], known["foot_drop"]) == ("yes", "none")
    told = rootline.case(kept.case_id)
    assert [one.asked or one.fact for one in told.steps] == ["foot_drop", "and if she is pregnant?"]
    assert rootline.why("urgent-weakness", CaseTold(case_id=kept.case_id)).statement == "urgent-weakness"
    rootline.forget(kept.case_id)
    with pytest.raises(NotFoundError):
        rootline.case(kept.case_id)
    with pytest.raises(NotFoundError):
        rootline.forget(kept.case_id)


def test_facts_alone_give_a_plan_with_its_reasons(rootline):
    plan = rootline.plan({"foot_drop": "complete"})
    assert plan.urgency.at_least == "urgent" and plan.review.state == "submitted"
    patient = CaseTold(facts={"foot_drop": "complete"})
    assert rootline.why("urgent-weakness", patient).status == "applies"
    assert rootline.what_would_change(patient).would_change
    assert rootline.what_would_change().urgency.level == "undetermined"


def test_lists_come_whole_however_long(rootline, pack):
    assert [one.id for one in rootline.sources()] == sorted(pack.sources)
    assert {one.kind for one in rootline.sources(kind="guideline")} == {"guideline"}
    assert sum(1 for _ in rootline.points()) == sum(len(one.points) for one in pack.sources.values())
    assert [one.id for one in rootline.facts()] == list(pack.facts)
    assert [one.id for one in rootline.advice()] == list(pack.statements)
    assert {one.source for one in rootline.points(source="nice-ng59-2020")} == {"nice-ng59-2020"}
    assert {one.section for one in rootline.advice(section="imaging")} == {"imaging"}
    assert {one.group for one in rootline.facts(group="red-flags")} == {"red-flags"}
    assert len(list(rootline.disagreements())) == len(pack.disagreements)
    assert len(list(rootline.search("drop"))) > 10 and list(rootline.glossary())
    (served,) = rootline.packs()
    assert served.sha256 == pack.sha256


def test_what_is_cited_can_be_opened(rootline, pack):
    question = next(rootline.questions())
    answer = rootline.answer(question.id)
    assert answer.question == question.question
    citation = answer.sections[0].statements[0].citations[0]
    point = rootline.point(citation)
    assert point.citation == citation and point.says
    assert citation in rootline.source(point.source).points


def test_what_the_server_refuses_is_an_error_of_ours(rootline):
    with pytest.raises(InputError) as wrong:
        rootline.ask("Sciatica", facts={"foot_drup": "none"})
    assert (wrong.value.where, wrong.value.mend) == ("body.facts.…", "Did you mean `foot_drop`?")
    for call in (
        lambda: rootline.ask(""),
        lambda: rootline.ask("x" * (LONGEST + 1)),
        lambda: rootline.ask("x" * 300_000),
        lambda: list(rootline.sources(kind="rumour")),
        lambda: rootline.why("nothing"),
        lambda: rootline.ask("Sciatica", audience="king"),
    ):
        with pytest.raises(InputError):
            call()
    with pytest.raises(NotFoundError):
        rootline.source("nothing")
    with pytest.raises(NotFoundError):
        rootline.search_evidence(EvidenceSought(words="ozone"))


def test_what_no_server_would_take_is_refused_without_repeating_it(rootline):
    with pytest.raises(InputError) as wrong:
        rootline.ask("Sciatica", facts={"age": "Zebedee Quagmire " * 20})
    assert wrong.value.where == "body.facts" and "Quagmire" not in str(wrong.value)
    with pytest.raises(ValueError) as shaped:
        CaseTold(audience="Zebedee Quagmire")
    assert "Quagmire" not in str(shaped.value)


def test_a_name_cannot_lead_to_another_address(rootline):
    for name in ("../../healthz", "nice-ng59-2020/x", "nice-ng59-2020?x", "nice-ng59-2020#x", ""):
        with pytest.raises(NotFoundError):
            rootline.source(name)


def test_the_shapes_say_how_long_a_question_may_be():
    assert f"{LONGEST:,}" in Question.model_fields["question"].description


Reply = tuple[int, dict[str, str], bytes]


@contextmanager
def answering(replies: list[Reply]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A server that gives these replies in turn, and notes the headers of each request."""
    left, seen = list(replies), []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            seen.append(dict(self.headers))
            status, headers, body = left.pop(0)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        server.server_close()


def asked(
    replies: list[Reply], call: Callable[[Client], object], tries: int = 3
) -> tuple[object, list[dict[str, str]]]:
    with answering(replies) as (address, seen), Client(address, tries=tries) as client:
        return call(client), seen


@pytest.fixture(scope="module")
def good(pack) -> Reply:
    answer = ask("Sciatica, what now?", pack).model_dump_json(by_alias=True).encode()
    return 200, {"Rootline-Case": "0" * 32}, answer


def soon() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True)


@pytest.mark.parametrize("wait", ["0", "at a moment", "", "nonsense", "\xb2", "Mon, 01 Jan 0001 00:00:00 +1400"])
def test_a_busy_server_is_asked_again_when_it_says(good, wait):
    busy = {"Retry-After": soon() if wait == "at a moment" else wait} if wait else {}
    answer, seen = asked([(503, busy, b""), (429, {"Retry-After": "0"}, b""), good], lambda one: one.ask("Sciatica"))
    assert answer.outcome == "answered" and len(seen) == 3


def test_a_write_has_one_key_for_all_its_tries_and_another_for_the_next(good):
    busy = (503, {"Retry-After": "0"}, b"")
    _, seen = asked([busy, good, good], lambda one: (one.keep("Sciatica"), one.keep("Sciatica")))
    first, again, other = (headers["Idempotency-Key"] for headers in seen)
    assert first == again != other


def test_a_list_never_leads_to_another_server(rootline):
    words = "made-up words of a patient"
    elsewhere = {"Link": '<http://192.0.2.1:9/api/v1/search?offset=1>; rel="next"'}
    first, last = ((200, link, b'{"items": []}') for link in (elsewhere, {}))
    found, seen = asked([first, last], lambda one: list(one.search(words)))
    assert found == [] and len(seen) == 2


def test_a_reply_of_another_form_is_an_error_of_ours_and_not_repeated():
    with pytest.raises(ServiceError) as failed:
        asked([(200, {}, b'{"question": "Mrs Quagmire"}')], lambda one: one.ask("Sciatica"))
    assert "another form" in str(failed.value) and "Quagmire" not in str(failed.value)


def test_patience_ends(good):
    with pytest.raises(TooManyError) as refused:
        asked([(429, {"Retry-After": "0"}, b"{}")] * 2, lambda one: one.ask("Sciatica"), tries=2)
    assert refused.value.status == 429
    with pytest.raises(ServiceError):
        asked([(503, {"Retry-After": "3600"}, b"")], lambda one: one.ask("Sciatica"))
    told = {500: ServiceError, 401: SignInError, 403: RefusedError, 409: ConflictError, 413: InputError}
    for status, kind in told.items():
        with pytest.raises(kind) as failed:
            asked([(status, {}, b"<html>")], lambda one: one.ask("Sciatica"))
        assert str(status) in str(failed.value)


def test_a_server_that_is_not_there_is_told_without_a_word_of_the_patient():
    with Client("http://127.0.0.1:9", tries=1) as client, pytest.raises(ServiceError) as failed:
        client.ask("Zebedee Quagmire, sciatica")
    assert "cannot be reached" in str(failed.value) and "Quagmire" not in str(failed.value)
    assert failed.value.status == 0 and failed.value.mend


@pytest.mark.parametrize("address", ["127.0.0.1:8642", "localhost:8642", "rootline", "", "ftp://127.0.0.1", "http://"])
def test_what_is_no_address_is_told_before_anything_is_sent(address):
    with pytest.raises(InputError, match="no address"):
        Client(address)


def test_a_patient_goes_unencrypted_to_another_machine_only_where_that_is_allowed():
    with pytest.raises(InputError, match="not encrypted"):
        Client("http://rootline.example")
    for allowed in (Client("http://rootline.example", unencrypted=True), Client("https://rootline.example")):
        allowed.close()


@pytest.mark.parametrize(
    "call",
    [
        lambda client: client.why("urgent-weakness", {}),
        lambda client: client.what_would_change({"facts": {}}),
        lambda client: client.search_evidence("gabapentin"),
        lambda client: client.verify("{}"),
    ],
)
def test_what_is_of_another_kind_than_a_call_takes_is_told(call):
    with Client() as client, pytest.raises(InputError, match="is no") as refused:
        call(client)
    assert refused.value.mend
