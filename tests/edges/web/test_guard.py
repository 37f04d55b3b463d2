"""Safe against strangers and strange input: headers, origins, tokens, limits, hostile text, and silent logs."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootline.answers.conversation import Conversation, from_data
from rootline.edges.web.guard import Guard
from rootline.edges.web.tokens import is_token, make_token
from rootline.errors import InputError
from tests.edges.web.conftest import PATIENT, case, token
from tests.own_loop import run
from tests.server import ROOT, free_port, serving

PAGES = ["/", "/topic", "/questions", "/questions/foot-drop", "/sources", "/sources/nice-ng59-2020",
         "/advice/urgent-weakness", "/disagreements", "/glossary", "/search", "/policy", "/docs", "/nothing",
         "/healthz", "/metrics"]  # fmt: skip
JSON = {"Content-Type": "application/json"}
NAME = "Zebedee Quagmire"  # a name that must not be seen anywhere but in the answer to its own question


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_the_headers_of_safety_and_no_inline_script_or_style(web, path):
    answer = web.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "server" not in answer.headers
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", answer.text)
    assert not re.search(r'(?:src|<link[^>]* href)="(?!/)', answer.text), "something from elsewhere is loaded"


def test_an_answer_is_never_stored_and_our_own_files_are_kept(web):
    for link in re.findall(r'(?:href|src)="(/static/[^"]+)"', web.get("/").text):
        assert re.search(r"\?v=[0-9a-f]{12}$", link)
        assert "immutable" in web.get(link).headers["cache-control"]
    assert web.get("/static/nothing.js").headers["cache-control"] == "no-store"
    answer = web.post("/answer", data={"question": PATIENT})
    assert answer.headers["cache-control"] == "no-store"
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", answer.text)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Host": "rebound.example"},
    ],
)
def test_another_sites_form_and_a_rebound_name_are_refused(web, headers):
    assert web.post("/answer", data={"question": PATIENT}, headers=headers).status_code == 403


def test_keeping_and_deleting_need_a_token_of_ours(web, server):
    assert web.post("/keep", data={"case": case()}).status_code == 400
    assert web.post("/keep", data={"case": case(), "token": make_token(b"another key")}).status_code == 400
    assert not list(server.state.glob("cases/*"))
    page = web.post("/answer", data={"question": PATIENT}).text
    kept = web.post("/keep", data={"case": case(), "token": token(page)}, follow_redirects=False)
    assert kept.status_code == 303
    assert re.fullmatch(r"/kept/[0-9a-f]{32}", kept.headers["location"])
    shown = web.get(kept.headers["location"])
    assert "cannot lift her left foot" in shown.text
    (file,) = server.state.glob("cases/*")
    assert file.stat().st_mode & 0o077 == 0
    id_ = kept.headers["location"].removeprefix("/kept/")
    assert web.post("/forget", data={"case": case(), "kept": id_}).status_code == 400
    gone = web.post("/forget", data={"case": case(), "kept": id_, "token": token(shown.text)})
    assert gone.status_code == 200
    assert web.get(f"/kept/{id_}").status_code == 404
    assert not list(server.state.glob("cases/*"))


@pytest.mark.parametrize("id_", ["..%2f..%2fetc%2fpasswd", "0" * 32, "x", "%00", "0" * 31 + "/"])
def test_a_made_up_id_finds_nothing(web, id_):
    assert web.get(f"/kept/{id_}").status_code == 404


def test_tokens_age_and_cannot_be_changed(monkeypatch):
    made = make_token(b"key")
    assert is_token(made, b"key")
    assert make_token(b"key") != make_token(b"key")
    for wrong in ("", "..", made[:-1] + ("0" if made[-1] != "0" else "1"), "0" + made, made.replace(".", "", 1)):
        assert not is_token(wrong, b"key")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 13 * 3600)
    assert not is_token(made, b"key")


@given(st.text())
def test_any_other_text_is_no_token(text):
    assert not is_token(text, b"key")


def test_too_much_text_is_refused_as_a_page(web):
    assert web.post("/answer", data={"question": "leg pain " * 4000}).status_code == 400
    large = web.post("/answer", data={"question": "x" * 300_000})
    assert large.status_code == 413
    assert "Too much text" in large.text
    assert web.post("/api/ask", content=b'{"question": "' + b"x" * 300_000 + b'"}', headers=JSON).status_code == 413
    chunks = (b"question=" + b"x" * 100_000 for _ in range(5))
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert web.post("/answer", content=chunks, headers=form).status_code == 413


HOSTILE = [
    "<script>alert(1)</script> sciatica",
    '"><img src=x onerror=alert(1)> sciatica',
    "sciatica {{ 7 * 7 }} {% raw %}",
    "sciatica ' OR 1=1 --",
    "sciatica </textarea></blockquote><svg onload=alert(1)>",
    "sciatica &lt;b&gt; &amp;",
    "سciatica \u202e sciatica",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text_everywhere(web, text):
    data = {"case": case(text), "follow": text, "ask": "on"}
    for path in ("/answer", "/take/leaflet", "/take/record"):
        html = web.post(path, data=data).text
        assert "<script>alert" not in html and "<img" not in html and "onload=alert(1)>" not in html.replace("&gt;", "")
        assert "49" not in re.findall(r"sciatica (\S+)", html)
    found = web.post("/search", data={"words": text}).text
    assert "<script>alert" not in found and "<img" not in found


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe",
        b"case=" + b"[" * 50_000,
        b"case=null",
        b"case={}",
        b'case={"question": 1}',
        b"a=1&" * 2000,
        b'case={"question":"x","steps":[{"fact":"age"}]}',
        b'case={"question":"x","steps":[1]}',
        b'case={"question":"x","onset":"yesterday"}',
        b'case={"question":"x","audience":"king"}',
        b'case={"question":"x","audience":["patient"]}',
    ],
)
def test_broken_forms_end_in_a_clear_page(web, body):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = web.post("/answer", content=body, headers=form)
    assert answer.status_code == 400
    assert "<h1>This cannot be read</h1>" in answer.text


def test_a_question_with_a_control_character_is_refused_at_its_box(web):
    answer = web.post("/answer", data={"question": "a\x00b"})
    assert answer.status_code == 400
    assert "Not answered:" in answer.text and "control character" in answer.text


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda one: st.lists(one) | st.dictionaries(
    st.sampled_from(["question", "audience", "onset", "steps", "fact", "value", "asked", "x"]), one)))  # fmt: skip
def test_no_data_whatever_breaks_the_reading_of_a_case(data):
    try:
        assert isinstance(from_data(json.loads(json.dumps(data))), Conversation)
    except InputError as error:
        assert error.mend


def test_nothing_of_a_patient_is_logged_measured_or_put_into_an_address(web, server):
    question = f"{NAME}, 61, sciatica for 3 weeks"
    for path in ("/answer", "/take/record", "/take/calendar", "/why", "/search"):
        sent = {"question": question, "case": case(question), "follow": NAME, "words": NAME, "why": NAME, "set": NAME}
        assert NAME not in str(web.post(path, data=sent).url)
    web.post("/api/ask", json={"question": question, "facts": {NAME: NAME}})
    web.get(f"/questions/{NAME}")
    assert "Quagmire" not in server.logged
    measured = web.get("/metrics").text
    assert "Quagmire" not in measured
    assert 'route="/answer"' in measured


async def _call(app, seconds: float = 20) -> list[dict]:
    sent: list[dict] = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b""}

    scope = {"type": "http", "method": "POST", "path": "/answer", "headers": [(b"host", b"localhost:1")]}
    await Guard(app, frozenset({"localhost"}), seconds, "If you cannot pass urine: go now.")(scope, receive, send)
    return sent


def test_on_a_public_address_any_name_is_answered_and_still_no_foreign_form():
    guard = Guard(_call, frozenset())
    assert not guard._refusal({"type": "http", "method": "POST", "headers": [(b"host", b"rootline.clinic.example")]})
    foreign = [(b"host", b"rootline.clinic.example"), (b"origin", b"https://elsewhere.example")]
    assert guard._refusal({"type": "http", "method": "POST", "headers": foreign})


def test_a_failure_is_logged_by_its_place_alone(caplog):
    async def broken(scope, receive, send):
        raise ValueError(f"cannot parse {NAME}")

    sent = run(_call(broken))
    assert sent[0]["status"] == 500 and b"go now" in sent[1]["body"]
    assert "ValueError in" in caplog.text
    assert "Quagmire" not in caplog.text and b"Quagmire" not in sent[1]["body"]


def test_what_takes_too_long_is_stopped():
    async def slow(scope, receive, send):
        await asyncio.sleep(60)

    sent = run(_call(slow, seconds=0.05))
    assert sent[0]["status"] == 503 and b"go now" in sent[1]["body"]


def test_several_workers_share_tokens_counts_and_kept_cases_and_end_gently(tmp_path):
    with serving(tmp_path, "--workers", "2") as running:
        for _ in range(12):  # each on a new connection, so that both workers are met
            asked = httpx.post(f"{running.address}/answer", data={"question": PATIENT}, timeout=30)
            page = httpx.get(f"{running.address}{asked.headers['location']}", timeout=30).text
            sent = {"case": case(), "token": token(page)}
            kept = httpx.post(f"{running.address}/keep", data=sent, timeout=30)
            assert kept.status_code == 303
            assert httpx.get(f"{running.address}{kept.headers['location']}", timeout=30).status_code == 200
        counted = httpx.get(f"{running.address}/metrics").text
        assert re.search(r'rootline_http_requests_total\{method="POST",route="/keep",status="303"\} 12\.0', counted)
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(20) in (0, -signal.SIGTERM)
        assert "Traceback" not in running.logged


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("ROOTLINE_REQUESTS_A_MINUTE", "many", "`ROOTLINE_REQUESTS_A_MINUTE` is `many`"),
        ("ROOTLINE_REQUESTS_A_MINUTE", "9" * 5000, "`ROOTLINE_REQUESTS_A_MINUTE` is `9"),
        ("ROOTLINE_READERS", "all", "ROOTLINE_READERS cannot be `all`"),
    ],
)
def test_a_setting_that_cannot_be_ends_the_server_before_any_worker_starts(tmp_path, name, value, told):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "ROOTLINE_STATE": str(tmp_path), name: value}
    words = [sys.executable, "-m", "rootline", "serve", "--port", str(free_port()), "--workers", "2"]
    ended = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 2
    assert told in ended.stderr and "Traceback" not in ended.stderr
    assert ended.stdout == "", "it does not say that it serves"


def test_nothing_is_traced_or_exported():
    from rootline.edges.web.app import create_app
    from rootline.edges.web.site import site_from_environment

    assert not create_app(site_from_environment())._native_telemetry.enabled()


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"Host": "rebound.example"}, "This server does not answer to that name."),
        ({"Sec-Fetch-Site": "cross-site"}, "Another site may not send this."),
    ],
)
@pytest.mark.parametrize("path", ["/answer", f"/questions/{NAME}?words={NAME}", "/nothing"])
def test_who_is_refused_at_the_door_reads_a_page_that_repeats_nothing(web, path, headers, why):
    sent = {"Referer": f"https://{NAME}.example/", "Cookie": f"x={NAME}", **headers}
    told = web.post(path, data={"question": f"{NAME} {PATIENT}"}, headers=sent)
    assert told.status_code == 403 and told.headers["content-type"].startswith("text/html")
    assert "<h1>Refused</h1>" in told.text and why in told.text and 'href="/"' in told.text
    assert "do not wait with these" in told.text, "who asked about a patient reads what must not wait"
    assert "Quagmire" not in told.text and "rebound" not in told.text
    assert "default-src 'none'" in told.headers["content-security-policy"]
    assert told.headers["cache-control"] == "no-store"


def test_a_page_asked_for_by_another_name_is_refused_as_a_page_and_a_program_is_told_as_data(web):
    rebound = {"Host": "rebound.example"}
    assert "<h1>Refused</h1>" in web.get("/topic", headers=rebound).text
    for path, kind in (("/api/v1/packs", "application/problem+json"), ("/openapi.json", "text/plain; charset=utf-8"),
                       ("/fhir/metadata", "application/fhir+json")):  # fmt: skip
        told = web.get(path, headers=rebound)
        assert told.status_code == 403 and told.headers["content-type"] == kind
        assert "does not answer to that name" in told.text and "<html" not in told.text


@pytest.mark.parametrize("host", ["[::1", "evil.example/api/v1/ask?", "", "a b", "[", "evil.example:99999"])
def test_no_name_however_odd_breaks_the_refusal_or_chooses_its_form(web, host):
    told = web.get("/topic", headers={"Host": host})
    assert told.status_code in (400, 403)  # some are refused before any of our code
    if told.status_code == 403:
        assert "<h1>Refused</h1>" in told.text and "evil" not in told.text
