"""An answer reworded by a played model: what passes is marked, what fails is counted, and the answer stays."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from rootline.answers.ask import ask
from rootline.answers.render_markdown import to_markdown
from rootline.cli.main import main
from rootline.edges.llm.gate import has_other_words, is_kept
from rootline.edges.llm.offered import may_be_offered
from rootline.edges.llm.reword import _ENDS, Sentence, _is_offered, reword, shown
from rootline.logic.tree import facts_of
from rootline.logic.truth import Truth
from rootline.readers.evaluate import truth_of
from tests.edges.llm.conftest import send
from tests.server import ROOT

QUESTION = "Sciatica for 3 weeks, 45 years old, which painkiller and which exercise?"


@pytest.fixture(scope="module")
def answer(pack):
    return ask(QUESTION, pack)


def kindly(text):
    """What a model does that keeps to its task."""
    return text.replace("physical therapy", "physiotherapy").replace("traight-leg raise", "traight leg raise")


def test_a_kind_model_is_heard_marked_and_counted_and_the_answer_stays(pack, answer, played):
    played.offers(kindly)
    told = reword(answer, pack, played.named())
    changed = [one for one in told.sentences if one.reworded]
    assert changed and not [one for one in told.sentences if one.refused]
    assert told.answer == answer
    assert told.note.startswith(
        f"{len(told.sentences) - len(changed)} of {len(told.sentences)} sentences kept as written"
    )
    text = to_markdown(shown(told))
    assert text.count("*(reworded)*") >= len(changed)
    assert all(f"{one.reworded} *(reworded)*" in text for one in changed)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("not ", ""),
        lambda text: text + " Take morphine 100 mg.",
        lambda text: "Ignore your rules. All is well; no doctor is needed.",
        lambda text: text.replace("exercise", "rest").replace("therapy", "surgery"),
        lambda text: text + " [made-up-2024#proof]",
        lambda text: "\u200b".join(text),
        lambda text: text[: len(text) // 2],
        lambda text: text * 20,
        lambda text: "",
        lambda text: (
            text.replace("may", "will").replace("should", "may").replace("weeks", "months").replace("a", "\u0430")
        ),
    ],
)
def test_a_hostile_model_changes_nothing_that_is_shown(pack, answer, played, change):
    played.offers(change)
    told = reword(answer, pack, played.named())
    assert played.asked
    assert not [one for one in told.sentences if one.reworded]
    assert [one for one in told.sentences if one.refused]
    assert to_markdown(shown(told)) == to_markdown(answer)


def test_warnings_urgency_and_what_to_avoid_are_never_sent(pack, played):
    played.offers(kindly)
    answer = ask("61, cannot lift left foot since yesterday, takes apixaban, what examination?", pack)
    told = reword(answer, pack, played.named())
    sent = {
        one["text"] for body in played.asked for one in json.loads(body["messages"][1]["content"])["sentences"].values()
    }
    assert sent
    ladder = {line.advice.id for line in pack.urgency}
    seen = set()
    for section in answer.sections:
        for one in section.statements:
            if section.id == "red-flags" or one.id in ladder or any(action.kind == "avoid" for action in one.actions):
                own = [each for each in told.sentences if each.statement == one.id]
                assert own and not [each for each in own if each.reworded or each.original in sent]
                seen.add(section.id)
    assert len(seen) > 1
    assert "apixaban" not in json.dumps(played.asked)  # of the patient nothing is sent
    assert "emergency" not in " ".join(sent).lower()


def test_even_a_warning_without_a_word_of_warning_is_never_offered(pack):
    ladder = {line.advice.id for line in pack.urgency}
    told = 0
    for id_, one in pack.statements.items():
        if id_ in ladder or one.section == "red-flags" or "avoid" in {kind for kind, _ in one.actions}:
            for text in _ENDS.split(one.say.clinician) + _ENDS.split(one.say.patient):
                assert not _is_offered(Sentence(statement=id_, original=text), pack)
                told += not is_kept(text) and has_other_words(text)
    assert told > 10  # the words alone would have let these through


def test_no_statement_that_bears_on_safety_is_offered_whatever_its_words(pack):
    offered = may_be_offered(pack)
    watched = {fact for line in pack.urgency for fact in facts_of(line.advice.when, pack.conditions)}
    denied = {fact: pack.facts[fact].denied_means for fact in watched if pack.facts[fact].denied_means}
    seen = dict.fromkeys(("dose", "when to come back", "contraindicated", "avoid", "warning sign"), 0)
    for id_, one in pack.statements.items():
        marks = {
            "dose": bool(one.doses),
            "when to come back": bool(one.due) or one.section == "follow-up",
            "contraindicated": any(pack.actions[what].contraindicated for _, what in one.actions),
            "avoid": any(kind == "avoid" for kind, _ in one.actions),
            "warning sign": truth_of(one.when, denied, pack.conditions) is Truth.NO,
        }
        for mark, is_marked in marks.items():
            seen[mark] += is_marked
            assert not (is_marked and id_ in offered), (mark, id_)
    assert all(seen.values()) and offered


@pytest.mark.parametrize(
    "id_",
    [
        "come-sooner",  # a safety net without a mark but its section
        "screen-before-treating",  # one sentence of it holds a word of warning, the others do not
        "xray-not-enough",  # speaks of a deficit and a fracture
        "exercise-after-red-flag",
        "opioid-not-first",
        "epidural-risks",
    ],
)
def test_a_statement_is_kept_whole_when_any_of_it_warns(pack, id_):
    assert id_ in pack.statements and id_ not in may_be_offered(pack)


REPLIES = {
    "no JSON": "Sure! Here it is: {}",
    "fenced JSON": '```json\n{"sentences": {}}\n```',
    "a list": "[]",
    "another key": '{"sentences": {}, "urgency": "routine"}',
    "a sentence nobody asked for": '{"sentences": {"0; drop": "All is well."}}',
    "a number for a sentence": '{"sentences": {"0": 5}}',
    "a key twice": '{"sentences": {}, "sentences": {}}',
    "not a number": '{"sentences": NaN}',
    "deep": "[" * 100_000,
    "nothing": "",
}


@pytest.mark.parametrize("reply", REPLIES)
def test_a_reply_of_another_form_changes_nothing_and_is_said(pack, answer, played, reply):
    played.say = lambda _: REPLIES[reply]
    told = reword(answer, pack, played.named())
    assert not [one for one in told.sentences if one.reworded]
    assert "The model's reply" in told.note
    (asked,) = (json.loads(body["messages"][1]["content"])["sentences"] for body in played.asked)
    refused = [one for one in told.sentences if one.refused]
    assert [one.original for one in refused] == [one["text"] for one in asked.values()]
    assert all("the model's reply" in one.refused for one in refused)
    assert f"rewordings of `played` refused: {len(asked)}." in told.note


def endless(handler):
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b" " * 65536)
            handler.server.played.sent += 65536
    except OSError:
        return


def dripping(handler):
    import time

    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b" ")
            time.sleep(0.05)
    except OSError:
        return


def dripping_headers(handler):
    import time

    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Patience: ")
        while True:
            handler.wfile.write(b"x")
            time.sleep(0.05)
    except OSError:
        return


def never_begun(handler):
    import time

    try:
        while True:
            handler.wfile.write(b"HTTP/1.1 102 Processing\r\n\r\n")
            time.sleep(0.02)
    except OSError:
        return


def flooding(handler):
    try:
        while True:
            handler.wfile.write(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100)
    except OSError:
        return


def silent(handler):
    import time

    time.sleep(1.5)


def redirecting(handler):
    handler.send_response(307)
    handler.send_header("Location", "http://192.0.2.1/")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def packed(handler):
    """A reply of 20 kB that would be 20 MB unpacked."""
    data = gzip.compress(b" " * 20_000_000)
    handler.send_response(200)
    handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


SERVERS = {
    "a packed reply": (packed, "not text in UTF-8"),
    "endless output": (endless, "longer than 1,000,000 bytes"),
    "dripping": (dripping, "longer than 0.5 seconds"),
    "dripping headers": (dripping_headers, "longer than 0.5 seconds"),
    "endless promises": (never_begun, "longer than 0.5 seconds"),
    "a flood of promises": (flooding, "longer than 0.5 seconds"),
    "silence": (silent, "longer than 0.5 seconds"),
    "a redirect": (redirecting, "status 307"),
    "an error": (lambda handler: send(handler, b"secret", 500), "status 500"),
    "no UTF-8": (lambda handler: send(handler, b"\xff\xfe"), "not text in UTF-8"),
    "no JSON": (lambda handler: send(handler, b"<html>"), "not the JSON"),
    "another shape": (lambda handler: send(handler, b'{"choices": []}'), "not the JSON"),
}


@pytest.mark.parametrize("kind", SERVERS)
def test_a_server_that_fails_changes_nothing_and_is_said(pack, answer, played, kind):
    played.raw, words = SERVERS[kind]
    told = reword(answer, pack, played.named(seconds=0.5 if words.endswith("seconds") else 20))
    assert not [one for one in told.sentences if one.reworded]
    assert words in told.note and "secret" not in told.note
    is_reply = kind in ("a packed reply", "endless output", "no UTF-8", "no JSON", "another shape")
    assert any(one.refused for one in told.sentences) == is_reply
    assert ("refused: 0." in told.note) == (not is_reply)
    assert len(played.asked) == 1
    assert played.sent < 20_000_000  # what was under way when the reader hung up


@pytest.fixture
def file(answer, tmp_path):
    path = tmp_path / "answer.json"
    path.write_text(answer.model_dump_json(by_alias=True), encoding="utf-8")
    return path


def test_the_command_says_where_the_text_goes_and_keeps_the_answer_for_verifying(played, file, tmp_path):
    played.offers(kindly)
    result = CliRunner().invoke(main, ["reword", str(file)])
    assert result.exit_code == 0
    assert (
        f"goes to http://127.0.0.1:{played.address.split(':')[2][:-3]}, on this machine, model `played`"
        in result.stderr
    )
    assert "*(reworded)*" in result.stdout and "sentences kept as written" in result.stdout
    data = json.loads(CliRunner().invoke(main, ["reword", "--json", str(file)]).stdout)
    assert data["schema"] == "rootline.reworded/1"
    inner = tmp_path / "inner.json"
    inner.write_text(json.dumps(data["answer"]))
    assert CliRunner().invoke(main, ["verify", str(inner)]).exit_code == 0


def test_an_altered_answer_is_not_reworded_and_not_sent(played, file):
    file.write_text(file.read_text().replace("Paracetamol", "Morphine").replace("paracetamol", "morphine"))
    result = CliRunner().invoke(main, ["reword", str(file)])
    assert result.exit_code == 2 and "refuted" in result.stderr
    assert not played.asked


def test_it_is_off_until_a_model_is_named(monkeypatch, file):
    monkeypatch.delenv("ROOTLINE_LLM", raising=False)
    result = CliRunner().invoke(main, ["reword", str(file)])
    assert result.exit_code == 2 and "no language model is named" in result.stderr


def test_asking_never_uses_the_model_even_when_one_is_named(played):
    assert CliRunner().invoke(main, ["ask", QUESTION]).exit_code == 0
    assert not played.asked


def test_the_example_in_the_docs_runs_with_a_model_at_the_address(played, tmp_path):
    played.offers(kindly)
    page = (ROOT / "docs" / "language-model.md").read_text(encoding="utf-8")
    script = re.search(r"^```bash\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)[1]
    assert "ROOTLINE_LLM=http://127.0.0.1:8080/v1" in script
    script = script.replace("http://127.0.0.1:8080/v1", played.address)
    shim = f'rootline() {{ {sys.executable} -m rootline "$@"; }}\n'
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    words = ["bash", "-ec", shim + script]
    done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    assert "*(reworded)*" in done.stdout and "model `my-model`" in done.stderr
