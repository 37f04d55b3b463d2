"""What must never happen (ARCHITECTURE.md, invariants), tried on random patients of the real pack."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rootline.answers.case import Entry
from rootline.answers.compose import compose
from rootline.answers.model import AUDIENCES
from rootline.logic.truth import Truth
from rootline.logic.values import is_exact, narrow
from rootline.narrative.intent import Intent
from rootline.narrative.read import Reading
from rootline.packs.findings import told_by
from rootline.packs.model import LEVELS
from rootline.packs.run import run, urgency_of
from rootline.readers.evaluate import truth_of
from tests.invariants.cases import PACK, cases, values_of

EMERGENCIES = [line for line in PACK.urgency if line.level == "emergency"]


def plain(case):
    """The advice said plainly: id -> actions."""
    return {one.advice.id: one.advice.actions for one in run(PACK, case).advised if one.status == "applies"}


@given(cases())
def test_nothing_calm_is_said_while_a_red_flag_is_possible(case):
    urgency = run(PACK, case).urgency
    for line in PACK.urgency:
        truth = truth_of(line.advice.when, case, PACK.conditions)
        if truth is Truth.NO:
            continue
        highest = LEVELS.index(urgency.could_be[0])
        assert highest <= LEVELS.index(line.level)
        if urgency.level is not None:
            assert LEVELS.index(urgency.level) <= LEVELS.index(line.level)


@given(cases())
def test_urgency_is_undetermined_exactly_while_a_higher_line_is_open(case):
    urgency = run(PACK, case).urgency
    reached = LEVELS.index(urgency.at_least)
    open_above = [
        line
        for line in PACK.urgency
        if LEVELS.index(line.level) < reached and truth_of(line.advice.when, case, PACK.conditions) is Truth.UNKNOWN
    ]
    assert (urgency.level is None) == bool(open_above)


@given(st.data())
def test_learning_one_more_fact_never_withdraws_what_was_said_for_certain(data):
    case = data.draw(cases())
    fact = data.draw(st.sampled_from(list(PACK.facts)))
    learnt = data.draw(values_of(fact))
    if fact in case:
        merged = narrow(case[fact], learnt)
        if merged is None or is_exact(case[fact]):
            return
        learnt = merged
    if any(case.get(other) == "no" for other in told_by(PACK, {**case, fact: learnt})):
        return  # a finding against a denial corrects the case; it is no mere addition
    before, after = plain(case), plain({**case, fact: learnt})
    assert before.keys() <= after.keys()
    least = LEVELS.index(urgency_of(PACK, case).at_least)
    assert LEVELS.index(urgency_of(PACK, {**case, fact: learnt}).at_least) <= least


@given(cases(most=40))
def test_no_two_plain_statements_do_and_avoid_the_same_thing(case):
    done: dict[str, str] = {}
    avoided: dict[str, str] = {}
    for id_, actions in plain(case).items():
        for kind, what in actions:
            (avoided if kind == "avoid" else done)[what] = id_
    both = {what: (done[what], avoided[what]) for what in done.keys() & avoided.keys()}
    assert not both


@given(cases(most=40))
def test_no_drug_is_advised_plainly_against_a_contraindication_that_holds_or_is_open(case):
    for id_, actions in plain(case).items():
        for kind, what in actions:
            rule = PACK.actions[what].contraindicated
            if kind != "avoid" and rule:
                assert truth_of(PACK.conditions[rule], case, PACK.conditions) is Truth.NO, id_


@settings(max_examples=40)
@given(cases())
def test_every_audience_gets_the_same_urgency_statements_actions_and_doses(case):
    told = [answer_for(case, audience) for audience in AUDIENCES]
    first = told[0]
    for other in told[1:]:
        assert other.urgency.level == first.urgency.level
        assert other.urgency.at_least == first.urgency.at_least
        assert substance(other) == substance(first)


@settings(max_examples=40)
@given(cases())
def test_every_statement_cites_points_that_exist(case):
    answer = answer_for(case, "clinician")
    listed = {source.id for source in answer.sources}
    for section in answer.sections:
        for statement in section.statements:
            assert statement.citations or statement.reading, statement.id
            for citation in statement.citations:
                source, _, point = citation.partition("#")
                assert point in PACK.sources[source].points
                assert source in listed


@settings(max_examples=40)
@given(cases())
def test_what_is_folded_is_counted(case):
    plan = run(PACK, case)
    answer = answer_for(case, "clinician")
    for section in answer.sections:
        superseded = {line.advice.id for line in PACK.urgency if rank(line.level) > rank(plan.urgency.at_least)}
        holding = [
            one
            for one in plan.advised
            if one.advice.section == section.id and one.status != "does not apply" and one.advice.id not in superseded
        ]
        assert len(section.statements) + section.more == len(holding)


@given(cases())
def test_routine_care_is_said_plainly_only_when_every_line_above_is_ruled_out(case):
    plan = run(PACK, case)
    last = PACK.urgency[-1]
    above = [truth_of(line.advice.when, case, PACK.conditions) for line in PACK.urgency[:-1]]
    assert (plan.of(last.advice.id).status == "applies") == all(truth is Truth.NO for truth in above)


def rank(level):
    return LEVELS.index(level)


def answer_for(case, audience):
    """The answer to a question without words, for a case."""
    reading = Reading("?", {}, {}, (), {}, Intent(covered=True))
    entries = {fact: Entry(value, "form", "") for fact, value in case.items()}
    return compose("?", reading, entries, run(PACK, case), audience)


def substance(answer):
    """What must not depend on the audience."""
    return sorted(
        (section.id, one.id, one.status, tuple((a.kind, a.what) for a in one.actions), tuple(map(str, one.doses)))
        for section in answer.sections
        for one in section.statements
    )
