"""The tools give what the command line gives, with citations, review state and urgency that cannot be overlooked."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest
from click.testing import CliRunner

from rootline.answers.model import Answer
from rootline.cli.main import main
from rootline.edges.mcp.serve import make_server
from tests.edges.mcp.conftest import PATIENT, talk
from tests.server import ROOT

FACTS = {"foot_drop": "complete", "age": "61"}
CALLS = {
    "ask": {"question": PATIENT},
    "plan": {"facts": FACTS},
    "why": {"advice": "nsaid-avoid", "facts": FACTS},
    "what_would_change": {"facts": FACTS},
    "search_evidence": {"query": "traction"},
    "source": {"source": "nice-ng59-2020"},
}


@pytest.fixture(scope="module")
def results(pack):
    async def all_of_them(client):
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        told = {name: await client.call_tool(name, arguments) for name, arguments in CALLS.items()}
        told["verify"] = await client.call_tool("verify", {"answer": told["ask"].structured_content})
        return tools, told

    return talk(all_of_them, make_server(pack))


def test_there_are_seven_tools_and_none_writes(results):
    tools, told = results
    assert set(tools) == set(told)
    assert all(tool.annotations.read_only_hint for tool in tools.values())


@pytest.mark.parametrize("name", [*CALLS, "verify"])
def test_a_result_fits_its_schema_and_carries_review_and_disclaimer_twice(results, name):
    tools, told = results
    result = told[name]
    assert not result.is_error
    jsonschema.validate(result.structured_content, tools[name].output_schema)
    data, text = result.structured_content, result.content[0].text
    assert data["review"]["state"] == "submitted"
    assert data["disclaimer"] and data["disclaimer"] in text
    opening = text.split("\n\n")[:2]
    assert any(part.startswith("Review: submitted") or "\nReview: submitted" in part for part in opening)


def test_an_answer_is_that_of_the_command_line(results):
    printed = json.loads(CliRunner().invoke(main, ["ask", "--json", PATIENT]).stdout)
    assert results[1]["ask"].structured_content == printed


def test_the_text_of_an_answer_starts_with_the_urgency_and_each_statement_ends_with_its_citations(results):
    result = results[1]["ask"]
    text, answer = result.content[0].text, Answer.model_validate(result.structured_content)
    assert text.startswith("**AT LEAST URGENT")
    lines = [line for line in text.splitlines() if line.lstrip().startswith("- ")]
    statements = [one for section in answer.sections for one in section.statements]
    assert statements
    for one in statements:
        strength = f" *{one.strength}*" if one.strength else ""
        line = next(line for line in lines if one.text in line)
        assert line.endswith(f"{said_as_cited(one.citations)}{strength}"), one.id


@pytest.mark.parametrize(
    ("tool", "more"),
    [("plan", {}), ("why", {"advice": "stay-active"}), ("what_would_change", {}), ("ask", {"question": "Sciatica"})],
)
def test_another_spelling_of_a_name_cannot_overrule_the_fact(call, tool, more):
    told = call(tool, facts={"saddle_numbness": "yes", "saddle_numbness ": "no"}, **more)
    assert told.is_error and "no fact is called `saddle_numbness `" in told.content[0].text


def test_a_key_twice_in_facts_sent_as_text_is_refused_beside_anything(call):
    facts = '{"age": NaN, "age": "61", "saddle_numbness": "yes", "saddle_numbness": "no"}'
    told = call("plan", facts=facts)
    assert told.is_error and "twice" in told.content[0].text


def said_as_cited(citations):
    return f" [{'; '.join(dict.fromkeys(citations)) or 'no source cited'}]"


@pytest.mark.parametrize("name", [*CALLS, "verify"])
def test_an_argument_that_is_not_known_is_refused(results, call, name):
    tools, _ = results
    assert tools[name].input_schema["additionalProperties"] is False
    refused = call(name, **{**CALLS.get(name, {"answer": {}}), "fact": {"saddle_numbness": "yes"}})
    assert refused.is_error and "not known here" in refused.content[0].text


@pytest.mark.parametrize(
    "arguments",
    [{"facts": {"Mrs Example": 7}}, {"facts": {"age": ["Mrs Example"]}}, {"facts": "Mrs Example"}, {"Mrs Example": 1}],
)
def test_arguments_that_do_not_fit_are_told_in_plain_words_and_not_repeated(call, arguments):
    text = call("plan", **arguments).content[0].text
    assert "Example" not in text and "pydantic" not in text and "It takes `facts`, `audience`." in text


def test_a_key_that_stands_twice_in_json_within_a_string_is_refused(call):
    told = call("plan", facts='{"saddle_numbness": "yes", "saddle_numbness": "no"}')
    assert told.is_error and "twice" in told.content[0].text
    assert not call("plan", facts='{"saddle_numbness": "yes"}').is_error


def test_calm_advice_is_never_explained_without_the_urgency_of_the_case(call):
    told = call("why", advice="stay-active", facts={"saddle_numbness": "yes"})
    assert told.content[0].text.startswith("EMERGENCY")
    assert told.structured_content["urgency"]["at_least"] == "emergency"


@pytest.mark.parametrize("name", ["plan", "what_would_change"])
def test_a_plan_starts_with_the_urgency_and_what_is_open(results, name):
    lines = results[1][name].content[0].text.splitlines()
    assert lines[0].startswith("AT LEAST URGENT") and re.search(r"\[\S+#\S+", lines[0])
    assert lines[1] == "- still open, emergency: suspected cauda equina syndrome"


def test_every_advice_of_a_plan_ends_with_its_citations(results):
    result = results[1]["plan"]
    lines = result.content[0].text.splitlines()
    given = [one for one in result.structured_content["advice"] if one["status"] != "does not apply"]
    assert given
    for one in given:
        line = next(line for line in lines if line.startswith(f"- {one['id']}: "))
        assert line.endswith(said_as_cited(one["citations"]))


def test_advice_found_by_searching_carries_its_citations(results):
    found = results[1]["search_evidence"].structured_content["found"]
    advice = [one for one in found if one["kind"] == "advice"]
    assert advice and all(one["citations"] for one in advice)


def test_passages_of_the_library_are_quoted_letter_for_letter_with_their_place(call, monkeypatch, tmp_path):
    monkeypatch.setenv("ROOTLINE_LIBRARY", str(tmp_path))
    assert "no library" in call("search_evidence", query="traction").content[0].text
    CliRunner().invoke(main, ["evidence", "add", str(ROOT / "docs/examples/library")])
    result = call("search_evidence", query="walking leg pain", most=1)
    quote = result.structured_content["passages"][0]
    document = CliRunner().invoke(main, ["evidence", "show", quote["document"]]).output
    assert f"[{quote['start']}-{quote['end']}] {quote['quote']}" in document
    assert quote["quote"] in result.content[0].text
    assert quote["standing"] in result.content[0].text


def test_an_altered_answer_is_refuted(call, results):
    answer = json.loads(json.dumps(results[1]["ask"].structured_content))
    answer["urgency"]["at_least"] = "routine"
    told = call("verify", answer=answer)
    assert told.structured_content["outcome"] == "refuted"
    assert "urgency.at_least" in told.content[0].text
    assert results[1]["verify"].structured_content["outcome"] == "verified"


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("plan", {"facts": {"fot_drop": "complete"}}, ["no fact is called `fot_drop`", "Did you mean `foot_drop`?"]),
        ("plan", {"facts": {"foot_drop": "very"}}, ["foot_drop=very"]),
        ("why", {"advice": "nsaid"}, ["no advice is called `nsaid`", "Did you mean"]),
        ("source", {"source": "nice-ng59"}, ["no source is called `nice-ng59`", "Did you mean"]),
        ("ask", {"question": " "}, ["ask:"]),
        ("ask", {"question": "Sciatica?", "onset": "2999-01-01"}, ["lies after"]),
        ("verify", {"answer": {"schema": "other"}}, ["rootline.answer/1"]),
        ("ask", {"question": "Sciatica?", "audience": "nurse"}, ["audience"]),
    ],
)
def test_an_error_is_a_tool_error_that_says_how_to_mend_it(call, name, arguments, words):
    result = call(name, **arguments)
    assert result.is_error and result.structured_content is None
    assert [one for one in words if one not in result.content[0].text] == []


def test_a_patient_hears_the_same_urgency_in_plain_words(call):
    told = call("ask", question=PATIENT, audience="patient")
    assert told.content[0].text.startswith("**AT LEAST URGENT: be seen today**")


def test_facts_overrule_the_text_and_onset_gives_dates(call):
    told = call("ask", question="Sciatica", facts={"age": "70"}, onset="2026-01-05").structured_content
    assert {fact["id"]: fact["value"] for fact in told["facts"]}["age"] == "70 years"
    assert told["onset"] == "2026-01-05"


def test_resources_are_the_pack(pack):
    async def read(client):
        listed = {str(one.uri) for one in (await client.list_resources()).resources}
        one = "rootline://sources/nice-ng59-2020"
        return {uri: (await client.read_resource(uri)).contents[0] for uri in [*listed, one]}

    found = talk(read, make_server(pack))
    assert len(found) == 5
    assert found["rootline://book"].mime_type == "text/html"
    assert pack.advice[0].say.clinician in found["rootline://book"].text
    assert all(id_ in found["rootline://sources"].text for id_ in pack.sources)
    assert all(id_ in found["rootline://facts"].text for id_ in pack.facts)
    assert found["rootline://questions"].text.splitlines()[2:] == [one.text for one in pack.questions]
    for uri, one in found.items():
        text = re.sub(r"<[^>]+>|\s+", " ", one.text)
        assert "Review: submitted" in one.text or "submitted" in text, uri
    assert "nice-ng59-2020#" in found["rootline://sources/nice-ng59-2020"].text
