"""The conditions of a PlanDefinition, run by HL7's own translator and engine, keep and leave what the plan does."""

from __future__ import annotations

import pytest

from rootline.answers.reviewed import unreviewed
from rootline.edges.fhir.write_plan_definition import write_plan_definition
from rootline.logic.tree import ALWAYS
from rootline.packs.cql_library import arguments, library_of
from rootline.packs.load import load
from rootline.packs.run import run
from rootline.packs.write_cql import as_cql
from tests.cql.official import execute, translate
from tests.packs.test_cql_library import random_patients
from tests.repo.test_docs import EXAMPLE


def every_action(action):
    yield action
    for below in action.get("action", []):
        yield from every_action(below)


def expression(action) -> str:
    return action["condition"][0]["expression"]["expression"]


def kept(actions, truths) -> set[str]:
    """What an engine keeps that takes null for false, as FHIR says."""
    found = set()
    for one in actions:
        if "condition" not in one or truths[expression(one)] == "y":
            found |= {one.get("id", one["title"])} | kept(one.get("action", []), truths)
    return found


@pytest.mark.parametrize("which", ["shipped", "example"])
def test_an_engine_that_takes_null_for_false_still_keeps_what_is_open(which, pack):
    pack = load(EXAMPLE) if which == "example" else pack
    plan = write_plan_definition(pack, unreviewed(pack))
    actions = [below for one in plan["action"] for below in every_action(one)]
    conditions = list(dict.fromkeys(expression(one) for one in actions if "condition" in one))
    added = "".join(f'define "Condition {at}":\n  {one}\n\n' for at, one in enumerate(conditions))
    errors, elm = translate(f"{as_cql(library_of(pack))}\n{added}")
    assert errors == []
    patients = [{}, *random_patients(pack, 60)]
    rows = execute(elm, [arguments(one, pack.types) for one in patients])
    seen = set()
    for patient, row in zip(patients, rows, strict=True):
        truths = {one: row[f"Condition {at}"] for at, one in enumerate(conditions)}
        names = kept(plan["action"], truths)
        decided = run(pack, patient)
        for one in decided.advised:
            id_ = one.advice.id
            here = (id_ in names, f"{id_}.applies" in names, f"{id_}.open" in names)
            assert (
                here
                == {
                    "applies": (True, True, False),
                    "if": (True, False, True),
                    "does not apply": (False, False, False),
                }[one.status]
            )
            seen.add(one.status)
        assert ("The urgency is not determined: ask" in names) == (decided.urgency.level is None)
        assert "Stop: a value that its fact cannot have" not in names
    assert seen == {"applies", "if", "does not apply"}


def test_an_impossible_value_stops_the_plan():
    pack = load(EXAMPLE)
    plan = write_plan_definition(pack, unreviewed(pack))
    stop = plan["action"][0]
    _, elm = translate(f'{as_cql(library_of(pack))}\ndefine "Stop":\n  {expression(stop)}\n')
    assert [row["Stop"] for row in execute(elm, [{"age": 300.0}, {"age": 30.0}, {}])] == ["y", "n", "n"]


def test_what_may_be_open_is_never_said_without_its_condition(pack):
    plan = write_plan_definition(pack, unreviewed(pack))
    for one in (statement for group in plan["action"] for statement in group.get("action", [])):
        said = pack.statements[one["id"]].say.clinician
        may_be_open = one["action"][-1]["id"].endswith(".open")
        assert may_be_open == (pack.statements[one["id"]].when != ALWAYS)
        for text in (one["description"], one["textEquivalent"]):
            assert text == said or (text.startswith("If ") and text.endswith(said))
            assert text.startswith("If ") == may_be_open
        assert one["action"][0]["description"].startswith(said)


def test_nothing_follows_from_what_is_open_and_the_levels_have_their_order(pack):
    plan = write_plan_definition(pack, unreviewed(pack))
    for one in (below for top in plan["action"] for below in every_action(top)):
        if one.get("id", "").endswith(".open"):
            assert "definitionCanonical" not in one and "action" not in one
            assert one["description"].endswith("Unknown is not no: find out.")
    order = ["stat", "asap", "urgent", "routine"]
    lines = [one["priority"] for one in plan["action"][2]["action"]]
    assert lines == sorted(lines, key=order.index) and set(lines) == set(order)
