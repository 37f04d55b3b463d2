"""Answers from the user's library: quoted beside the plan or alone, refused with what was searched, never calming."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import jsonschema
import pytest

from rootline.answers.ask import ask
from rootline.answers.look_up import what_is_asked
from rootline.answers.model import AUDIENCES, Answer
from rootline.answers.render_markdown import to_markdown
from rootline.evidence.search.index import TantivySearch
from rootline.evidence.search.interface import Library
from tests.evidence.documents import ALL, OZONE_REVIEW, OZONE_TRIAL, TRACTION, document

GOUT = document(
    30, "Colchicine for gout: a made-up trial", "RESULTS: Colchicine for gout was effective. *Really* [1] <b>."
)
PATIENT = "61-year-old, left leg pain for 10 days, cannot lift her left foot since yesterday, takes apixaban"


@pytest.fixture(scope="module")
def library() -> Library:
    documents = {one.id: one for one in [*ALL, GOUT]}
    search = TantivySearch()
    search.add(enumerate(documents.values(), start=1))
    return Library(search, documents.get)


def test_a_question_outside_the_pack_is_answered_by_quotes_alone_and_says_so(pack, library):
    answer = ask("Does colchicine help gout?", pack, library=library)
    assert answer.outcome == "partly"
    assert "Not covered" in answer.reason and "No pathway covers this" in answer.bottom_line.text
    assert answer.sections == []
    (one,) = answer.passages
    assert (one.document, one.sha256, one.quote) == (GOUT.id, GOUT.sha256, GOUT.text[one.start : one.end])
    text = to_markdown(answer)
    assert "not backed by a pathway" in text
    assert text.index("No pathway covers this") < text.index("Colchicine for gout was effective")


def test_a_quote_is_shown_letter_for_letter_whatever_marks_it_holds(pack, library):
    text = to_markdown(ask("Does colchicine help gout?", pack, library=library))
    assert r"\*Really\* \[1\] \<b\>." in text


def test_title_and_section_are_shown_letter_for_letter_too(pack):
    title = "Colchicine `for` gout](http://x) <img> **cured**"
    hostile = document(31, title, "R_1_ # <b>: Colchicine for gout was tried.")
    search = TantivySearch()
    search.add([(1, hostile)])
    text = to_markdown(ask("Does colchicine help gout?", pack, library=Library(search, {hostile.id: hostile}.get)))
    assert r"- Colchicine \`for\` gout\](http://x) \<img\> \*\*cured\*\* (" in text
    assert r"R\_1\_ \# \<b\>" in text


def test_an_answer_as_of_a_day_says_so_where_the_quotes_stand(pack, library):
    then = replace(library, as_of=datetime(2026, 11, 12, 23, 59, tzinfo=UTC))
    quoted = to_markdown(ask("Does colchicine help gout?", pack, library=then))
    heading, said = quoted.index("From your library"), quoted.index("Library as of 2026-11-12")
    assert heading < said < quoted.index("Colchicine for gout: a made-up trial")
    nothing = to_markdown(ask("Is tramadol of use in sciatica?", pack, library=then))
    assert "Library as of 2026-11-12" in nothing
    assert "Library as of" not in to_markdown(ask("Does colchicine help gout?", pack, library=library))


def test_what_was_retracted_since_is_said_beside_its_quote(pack, library):
    today = {GOUT.id: replace(GOUT, standing="retracted")}.get
    then = replace(library, as_of=datetime(2026, 11, 12, tzinfo=UTC), today=today)
    answer = ask("Does colchicine help gout?", pack, library=then)
    assert (answer.passages[0].standing, answer.passages[0].since) == ("current", "retracted")
    assert ", **retracted since**;" in to_markdown(answer)
    unchanged = ask("Does colchicine help gout?", pack, library=replace(then, today=library.document))
    assert unchanged.passages[0].since == "" and " since**" not in to_markdown(unchanged)


def test_what_is_not_searched_yet_is_said_in_an_answer_and_in_a_refusal(pack, library):
    late = replace(library, behind=7)
    quoted = ask("Does colchicine help gout?", pack, library=late)
    assert quoted.passages and quoted.library.behind == 7
    assert "not fully searched yet: 7." in to_markdown(quoted)
    refused = ask("Was placebo water better in invented falls?", pack, library=late)
    assert refused.outcome == "refused" and "not fully searched yet: 7." in to_markdown(refused)
    beside = to_markdown(ask("Is tramadol of use in sciatica?", pack, library=late))
    assert "not fully searched yet: 7." in beside
    assert "not fully searched" not in to_markdown(ask("Does colchicine help gout?", pack, library=library))


def test_a_document_retracted_after_the_index_was_made_is_not_quoted(pack, library):
    late = replace(library, document={GOUT.id: replace(GOUT, standing="retracted")}.get, behind=1)
    answer = ask("Does colchicine help gout?", pack, library=late)
    assert answer.passages == [] and answer.outcome == "refused"


def test_a_detail_of_a_covered_question_is_quoted_beside_the_plan_which_stays_as_it_was(pack, library):
    text = "Numbers behind the traction review in lumbar radiculopathy"
    plain, looked = ask(text, pack), ask(text, pack, library=library)
    assert looked.passages[0].document == TRACTION.id
    changed = {"passages", "library"}
    assert looked.model_dump(exclude=changed) == plain.model_dump(exclude=changed)
    assert plain.passages == [] and plain.library is None


def test_contradicting_passages_stand_side_by_side_with_the_review_first(pack, library):
    answer = ask("Ozone injection for sciatica?", pack, library=library)
    assert [(one.document, one.direction) for one in answer.passages] == [
        (OZONE_REVIEW.id, "no effect"),
        (OZONE_TRIAL.id, "effect"),
    ]
    text = to_markdown(answer)
    assert "point in different directions" in text
    assert text.index("tell of none") < text.index("tell of an effect"), "the review first"


def test_when_nothing_is_good_enough_it_is_refused_with_what_was_searched(pack, library):
    answer = ask("How do I treat scurvy with oranges?", pack, library=library)
    assert answer.outcome == "refused"
    assert answer.passages == []
    assert answer.library.documents == len(ALL) + 1
    assert answer.library.best < answer.library.needed
    assert f"Searched {len(ALL) + 1} documents" in answer.bottom_line.text


def test_a_plan_with_nothing_to_quote_beside_it_says_what_was_searched(pack, library):
    answer = ask("Is swimming with dolphins good for sciatica?", pack, library=library)
    assert answer.outcome == "answered" and answer.passages == []
    assert "swimming with dolphins good for sciatica?”: nothing is good enough" in to_markdown(answer)


@pytest.mark.parametrize("flag", ["saddle numbness since today", "a cold pale leg since today"])
def test_a_red_flag_in_the_question_comes_first(pack, library, flag):
    flagged = f"Does colchicine help gout? I have {flag}."
    for audience in AUDIENCES:
        plain, looked = ask(flagged, pack, audience), ask(flagged, pack, audience, library=library)
        assert looked.urgency == plain.urgency
        assert looked.urgency.at_least == "emergency"
        assert to_markdown(looked).startswith("**EMERGENCY")
        assert [one.document for one in looked.passages] == [GOUT.id]
        assert looked.sections, "an emergency is never left without what to do about it"


def test_a_patients_story_is_not_searched_for_but_the_question_in_it_is(pack, library):
    story = f"{PATIENT}. Denies fever. Was well before. Lives alone on the third floor with her cat and her sister."
    assert ask(story, pack, library=library).library is None
    assert ask(f"{story} Does ozone injection help sciatica?", pack, library=library).library.asked == (
        "Does ozone injection help sciatica?"
    )


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Ozone?", "Ozone?"),
        ("ozone injection", "ozone injection"),
        ("He is 61. What of ozone? He walks. And traction?", "What of ozone? And traction?"),
        (" ".join(["word"] * 40), ""),
    ],
)
def test_what_is_asked_is_told_from_the_story(text, asked):
    assert what_is_asked(text) == asked


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_data_fits_the_schema_and_the_same_library_gives_the_same_answer(pack, library, audience):
    answers = [ask("Ozone injection for sciatica?", pack, audience, library=library) for _ in range(2)]
    assert answers[0] == answers[1]
    jsonschema.validate(answers[0].model_dump(mode="json", by_alias=True), Answer.model_json_schema(by_alias=True))
