"""Each check by itself, without the comparison: sources, numbers, whom points are about, what is left out."""

from __future__ import annotations

import dataclasses

import pytest

from rootline.answers.ask import work_out
from rootline.answers.model import Answer
from rootline.answers.verify.places import citations, in_words, statements
from rootline.answers.verify.required import forbidden, omissions
from rootline.answers.verify.support import unsupported

PATIENT = "61-year-old, left leg pain for 10 days, cannot lift her left foot since yesterday, takes apixaban"


@pytest.fixture(scope="module")
def made(pack):
    worked = work_out(PATIENT, pack, "clinician", [], None)
    return worked.plan, worked.answer


def changed(answer: Answer, place_of: str, **changes) -> tuple[str, Answer]:
    """The answer with one statement changed, and the place of it."""
    sections = []
    place = ""
    for at, section in enumerate(answer.sections):
        told = list(section.statements)
        for number, one in enumerate(told):
            if one.id == place_of:
                place, told[number] = f"sections[{at}].statements[{number}]", one.model_copy(update=changes)
        sections.append(section.model_copy(update={"statements": told}))
    return place, answer.model_copy(update={"sections": sections})


def with_sources(pack, ids, standing=None, **point):
    """The pack with the standing of some sources, or all their points, changed."""
    sources = dict(pack.sources)
    for id_ in ids:
        points = {name: dataclasses.replace(one, **point) for name, one in sources[id_].points.items()}
        sources[id_] = dataclasses.replace(sources[id_], points=points, standing=standing or sources[id_].standing)
    return dataclasses.replace(pack, sources=sources)


def plain_statement(answer: Answer):
    """A statement that applies, without a reading: its place, its id, and the sources that it cites."""
    place, one = next(
        (place, one)
        for place, _, one in statements(answer)
        if one.status == "applies" and one.citations and not one.reading
    )
    return place, one.id, list(dict.fromkeys(citation.partition("#")[0] for citation in one.citations))


def test_an_answer_as_made_passes_each_check(made, pack):
    plan, answer = made
    assert list(unsupported(answer, pack, plan.values)) == []
    assert list(omissions(answer, plan)) == [] == list(forbidden(answer, plan))


@pytest.mark.parametrize(
    ("standing", "words"), [("retracted", "nothing but what was retracted"), ("superseded", "superseded sources alone")]
)
def test_what_rests_on_fallen_sources_alone_is_found(made, pack, standing, words):
    plan, answer = made
    place, id_, sources = plain_statement(answer)
    told = unsupported(answer, with_sources(pack, sources, standing), plan.values)
    found = {one.place: one.what for one in told}
    assert id_ in found[f"{place}.citations"] and words in found[f"{place}.citations"]
    at = next(at for at, one in enumerate(answer.sources) if one.id == sources[0])
    assert standing in found[f"sources[{at}].standing"]


@pytest.mark.parametrize(
    ("point", "values", "found"),
    [
        ({}, {}, False),
        ({"ages": "65+"}, {}, False),  # an age that is not known excludes nothing
        ({"ages": "65+"}, {"age": 61.0}, True),
        ({"ages": "65+"}, {"age": 70.0}, False),
        ({"phase": "chronic"}, {"symptom_duration": 10.0}, True),
        ({"phase": "chronic, acute"}, {"symptom_duration": 10.0}, False),
        ({"fits": "low back"}, {}, True),
    ],
)
def test_points_about_other_people_do_not_carry_a_statement(made, pack, point, values, found):
    _, answer = made
    place, _, sources = plain_statement(answer)
    others = with_sources(pack, sources, **{"ages": "", "phase": "any", "fits": "radicular", **point})
    told = {one.place: one.what for one in unsupported(answer, others, values)}
    assert (f"{place}.citations" in told) is found


def test_numbers_of_disagreements_claims_and_the_bottom_line_need_their_ground(pack):
    worked = work_out(pack.questions[2].text, pack, "clinician", [], None)
    plan, answer = worked.plan, worked.answer
    first = answer.disagreements[0]
    position = first.positions[0].model_copy(update={"says": "It helps 777 of 1000."})
    claim = answer.overruled[0].model_copy(update={"says": "Take 777 mg."})
    line = answer.bottom_line.model_copy(update={"text": "Take 777 mg."})
    altered = answer.model_copy(
        update={
            "disagreements": [first.model_copy(update={"positions": [position]}), *answer.disagreements[1:]],
            "overruled": [claim, *answer.overruled[1:]],
            "bottom_line": line,
        }
    )
    found = {one.place: one.what for one in unsupported(altered, pack, plan.values)}
    assert set(found) == {"disagreements[0].positions[0].says", "overruled[0].says", "bottom_line.text"}
    assert all("777" in what for what in found.values())


def test_what_the_plan_requires_is_missed_whatever_the_counts_say(made, pack):
    plan, answer = made
    own = next(
        (at, one)
        for at, section in enumerate(answer.sections)
        for one in section.statements
        if section.id != "red-flags" and one.status == "applies" and one.reason
    )
    section = answer.sections[own[0]]
    kept = [one for one in section.statements if one is not own[1]]
    shorter = section.model_copy(update={"statements": kept, "more": section.more + 1})
    sections = [*answer.sections[: own[0]], shorter, *answer.sections[own[0] + 1 :]]
    found = [one.what for one in omissions(answer.model_copy(update={"sections": sections}), plan)]
    assert found == [f"`{own[1].id}` is left out: this patient's own facts call for it"]


def test_what_is_folded_is_counted_again(made):
    plan, answer = made
    miscounted = answer.sections[2].model_copy(update={"more": answer.sections[2].more + 3})
    altered = answer.model_copy(update={"sections": [*answer.sections[:2], miscounted, *answer.sections[3:]]})
    assert [one.place for one in omissions(altered, plan)] == ["sections[2].more"]


def test_the_urgency_is_that_of_the_plan(made):
    plan, answer = made
    calm = answer.urgency.model_copy(update={"level": "soon", "at_least": "soon", "could_be": ["soon"]})
    found = {one.place: one.what for one in omissions(answer.model_copy(update={"urgency": calm}), plan)}
    assert found == {
        "urgency.at_least": "says “soon”; for these facts it is “urgent”",
        "urgency.could_be": "for these facts it could be emergency or urgent",
        "urgency.level": "says “soon”; for these facts it is “undetermined”",
    }


def test_a_plain_statement_said_as_open_is_found(made):
    plan, answer = made
    _, altered = changed(answer, "urgent-weakness", status="if")
    assert [one.what for one in omissions(altered, plan)] == [
        "`urgent-weakness` is said as “if”; for this patient it is “applies”"
    ]


def test_an_action_that_the_pack_does_not_know_is_found(made):
    plan, answer = made
    _, one = next((place, one) for place, _, one in statements(answer) if one.actions)
    place, altered = changed(answer, one.id, actions=[one.actions[0].model_copy(update={"what": "leeches"})])
    assert [(one.place, one.what) for one in forbidden(altered, plan)] == [
        (f"{place}.actions[0].what", "the pack knows no action `leeches`")
    ]


def test_every_citation_is_walked_in_the_order_of_the_sources(made):
    _, answer = made
    walked = dict.fromkeys(citation.partition("#")[0] for _, citation in citations(answer))
    assert list(walked) == [source.id for source in answer.sources]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("sections[0].statements[0].text", "Red flags: "),
        ("sections[0].title", "Red flags"),
        ("sections[99].title", ""),
        ("sections[0].statements[999]", "Red flags"),
        ("urgency.level", ""),
    ],
)
def test_a_place_is_said_in_the_readers_words(made, place, said):
    words = in_words(place, made[1])
    assert words.startswith(said) and bool(words) == bool(said)
