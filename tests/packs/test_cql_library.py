"""A pack as a CQL library, run by the official translator and engine, means what the evaluator means."""

from __future__ import annotations

import copy
import json
import random
from dataclasses import dataclass, replace
from functools import cache

import pytest

from rootline.checks.vignettes import read_vignettes
from rootline.errors import PackError
from rootline.logic.tree import ALWAYS, Is
from rootline.logic.truth import Truth, all_of, any_of, negate
from rootline.logic.values import Amount, Value, is_exact
from rootline.packs.cql_library import INPUT_POSSIBLE, UNDETERMINED, Library, arguments, library_of
from rootline.packs.explore import candidates
from rootline.packs.findings import with_findings
from rootline.packs.load import load
from rootline.packs.model import LEVELS, Pack
from rootline.packs.run import read_ladder, urgency_of
from rootline.packs.write_cql import as_cql, as_elm
from rootline.readers.evaluate import Compiled, Values, truth_of
from tests.cql.official import Elm, Row, definitions, execute, kinds, nodes, translate, without_order
from tests.repo.test_docs import EXAMPLE

LETTER = {Truth.YES: "y", Truth.NO: "n", Truth.UNKNOWN: "u"}
# Every kind of node that an exported library may hold: none takes null for false, but `is true` for a finding.
ALLOWED = {"And", "Or", "Not", "Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "IsNull", "IsTrue", "Null",
           "As", "Literal", "ParameterRef", "ExpressionRef"}  # fmt: skip


@dataclass(frozen=True)
class Exported:
    """A pack's library as exported, and what the translator made of its text."""

    pack: Pack
    library: Library
    elm: Elm
    errors: list[str]
    translated: Elm


def export(pack: Pack) -> Exported:
    library = library_of(pack)
    return Exported(pack, library, json.loads(json.dumps(as_elm(library))), *translate(as_cql(library)))


@pytest.fixture(scope="module")
def exported(pack: Pack) -> Exported:
    return export(pack)


def random_patients(pack: Pack, count: int) -> list[dict[str, Value]]:
    """Patients at, beside and around every threshold, ill to different degrees; three facts in ten are unknown."""
    chance = random.Random(6)

    def some(fact: str) -> list[Value]:
        type_ = pack.types[fact]
        if not isinstance(type_, Amount):
            return list(type_.values)
        close = [edge + step for edge in pack.thresholds.get(fact, ()) for step in (-1e-6, 1e-6)]
        return [*candidates(pack, fact), *(number for number in close if type_.low <= number <= type_.high)] or [1.0]

    values = {fact: some(fact) for fact in pack.facts}
    found = []
    for _ in range(count):
        unknown, ill = chance.choice((0.0, 0.3, 0.6)), chance.choice((0.5, 0.1, 0.0))

        def one(some: list[Value], ill: float = ill) -> Value:
            return some[chance.random() > ill] if some == ["yes", "no"] else chance.choice(some)

        found.append({fact: one(some) for fact, some in values.items() if chance.random() >= unknown})
    return found


def told(pack: Pack, patients: list[dict[str, Value]]) -> list[dict[str, bool | str | float | None]]:
    """As arguments; what is unknown is given as null to every other patient, and left out for the rest."""
    given = [arguments(patient, pack.types) for patient in patients]
    return [{fact: value for fact, value in one.items() if at % 2 or value is not None} for at, one in enumerate(given)]


@cache
def compiled(pack: Pack) -> Compiled:
    """Every rule, urgency line and advice."""
    return Compiled({**pack.conditions, **{id_: one.when for id_, one in pack.statements.items()}}, pack.conditions)


def expected(pack: Pack, values: Values) -> dict[str, str]:
    """What every definition should give, from the evaluator."""
    values = with_findings(pack, values)
    truths = compiled(pack)(values)
    lines = {line.advice.id for line in pack.urgency}
    found = {name: truths[name] for name in pack.rules}
    found |= {f"{'Line' if id_ in lines else 'Advice'}: {id_}": truths[id_] for id_ in pack.statements}
    found |= {f"With findings: {fact}": truth_of(Is(fact, "yes"), values, {}) for fact in pack.findings}
    found[INPUT_POSSIBLE] = Truth.YES
    above: list[Truth] = []
    levels = [level for level in LEVELS if level in {line.level for line in pack.urgency}]
    for level in levels:
        own = [truths[line.advice.id] for line in pack.urgency if line.level == level]
        ruled_out = negate(any_of(above))
        found[level.capitalize()] = ruled_out if level == levels[-1] else all_of([any_of(own), ruled_out])
        above += own
        if level not in (levels[0], levels[-1]):
            found[f"{level.capitalize()} or higher"] = any_of(above)
    undetermined = read_ladder(pack, truths).level is None
    found[UNDETERMINED] = Truth.YES if undetermined else Truth.NO
    return {name: LETTER[truth] for name, truth in found.items()}


def differences(pack: Pack, patients: list[dict[str, Value]], gave: list[Row]) -> list[str]:
    """Definitions that do not give what the evaluator gives; names missing on either side count."""
    found = []
    for at, (patient, row) in enumerate(zip(patients, gave, strict=True)):
        wanted = expected(pack, patient)
        names = wanted.keys() | row.keys()
        found += [f"patient {at}, {name}: {row.get(name)} for {wanted.get(name)}" for name in sorted(names)
                  if row.get(name) != wanted.get(name)]  # fmt: skip
    return found


def exactly_known(values: Values) -> dict[str, Value]:
    return {fact: value for fact, value in values.items() if is_exact(value)}


# --- what is written


def test_the_translator_accepts_the_text_without_error_or_warning(exported):
    assert exported.errors == []


def test_the_elm_is_what_the_translator_makes_of_the_text(exported):
    assert without_order(exported.elm) == without_order(exported.translated)


def test_only_nodes_that_keep_null_are_written(exported):
    for elm in (exported.elm, exported.translated):
        assert kinds(elm) <= ALLOWED
        with_true = [name for name, one in definitions(elm).items() if "IsTrue" in kinds({"one": one})]
        assert sorted(with_true) == sorted(f"With findings: {fact}" for fact in exported.pack.findings)


def test_every_fact_is_a_parameter_with_a_typed_null_as_default(exported):
    parameters = exported.elm["library"]["parameters"]["def"]
    assert [one["name"] for one in parameters] == list(exported.pack.facts)
    for one in parameters:
        assert one["default"]["operand"] == {"type": "Null"}
        assert one["default"]["asTypeSpecifier"] == one["parameterTypeSpecifier"]


def test_the_head_says_where_it_comes_from_and_that_it_is_not_reviewed(exported):
    pack = exported.pack
    said = [note["value"] for note in exported.elm["library"]["annotation"][0]["t"]]
    for head in (as_cql(exported.library).partition("library ")[0], " ".join(said)):
        for part in (pack.id, pack.version, pack.sha256, "Educational, pending human review"):
            assert part in head
    assert exported.elm["library"]["identifier"] == {"id": "LumbarRadiculopathy", "version": pack.version}


def test_a_number_says_its_unit_and_bounds_and_a_choice_its_values(exported):
    text = as_cql(exported.library)
    for fact in exported.pack.facts.values():
        comment = text.partition(f'\nparameter "{fact.id}" ')[0].rpartition("\n")[2]
        if isinstance(fact.type, Amount):
            assert f"In {fact.type.unit.code}, from {fact.type.low:g} to {fact.type.high:g}." in comment
        elif fact.kind == "one of":
            assert f"One of: {', '.join(fact.type.values)}." in comment


def test_a_pack_whose_id_cannot_name_a_library_is_refused_with_what_to_do(pack):
    with pytest.raises(PackError) as caught:
        library_of(replace(pack, id="7-days"))
    assert "`7Days`" in caught.value.what and "begin with a letter" in (caught.value.mend or "")


def test_a_rule_that_bears_the_name_of_a_level_is_refused():
    """The loader lets no rule begin so; whoever makes a pack otherwise is told too."""
    pack = load(EXAMPLE)
    words = {("Emergency", holds): pack.lexicon.rules["fracture_possible", holds] for holds in (True, False)}
    lexicon = replace(pack.lexicon, rules={**pack.lexicon.rules, **words})
    named = replace(pack, rules={**pack.rules, "Emergency": pack.rules["fracture_possible"]}, lexicon=lexicon)
    with pytest.raises(PackError, match="`Emergency` would be the name of two things in the library AnkleSprain"):
        library_of(named)


# --- what it means


@pytest.fixture(scope="module")
def worked(pack: Pack) -> list[dict[str, Value]]:
    """The vignettes' patients, what is known in part taken as unknown."""
    return [exactly_known(vignette.facts) for vignette in read_vignettes(pack, pack.folder)]


@pytest.mark.parametrize("made_by", ["us", "the translator"])
def test_every_definition_agrees_with_the_evaluator_on_random_patients_and_vignettes(exported, worked, made_by):
    pack, patients = exported.pack, [*random_patients(exported.pack, 2000), *worked]
    assert len(worked) > 50
    gave = execute(exported.elm if made_by == "us" else exported.translated, told(pack, patients))
    assert differences(pack, patients, gave)[:5] == []
    for row, patient in zip(gave, patients, strict=True):
        urgency = urgency_of(pack, patient)
        levels = [name for name in (*LEVELS, UNDETERMINED.lower()) if row[name.capitalize()] == "y"]
        assert levels == [urgency.level or "undetermined"]
    met = {name: {row[name] for row in gave} for name in gave[0]}
    always = {f"Advice: {one.id}" for one in pack.advice if one.when == ALWAYS} | {INPUT_POSSIBLE}
    assert {name for name, letters in met.items() if letters == {"y"}} == always
    assert {name for name, letters in met.items() if len(letters) == 2} == {UNDETERMINED}


def test_another_pack_agrees_too():
    other = export(load(EXAMPLE))
    assert other.errors == []
    assert without_order(other.elm) == without_order(other.translated)
    patients = random_patients(other.pack, 300)
    assert differences(other.pack, patients, execute(other.elm, told(other.pack, patients)))[:5] == []


def test_what_a_finding_shows_outweighs_a_denial(exported):
    fact = "With findings: leg_weakness"
    patients = [{"leg_weakness": False, "lowest_power": 4.0}, {"leg_weakness": False}, {"lowest_power": 5.0}, {}]
    assert [row[fact] for row in execute(exported.elm, patients)] == ["y", "n", "u", "u"]


def test_a_value_that_a_fact_cannot_have_is_reported(exported):
    patients = [{}, {"foot_drop": "none", "age": 120}, {"foot_drop": "None"}, {"age": 121}, {"age": -1}]
    rows = execute(exported.elm, patients)
    assert [row[INPUT_POSSIBLE] for row in rows] == ["y", "y", "n", "n", "n"]


def test_the_engine_checks_types_only_up_to_the_first_null(exported):
    with pytest.raises(AssertionError, match="Passed in parameter 'fever' is wrong type"):
        execute(exported.elm, [{"fever": "yes"}])
    assert execute(exported.elm, [{"leg_pain": None, "fever": "yes"}])


# --- that these tests can fail


@pytest.mark.parametrize(("name", "kind", "wrong"), [
    ("acute", "Less", "LessOrEqual"),
    ("severe_pain", "Or", "And"),
    ("any_foot_drop", "Not", "IsNull"),
    ("With findings: leg_weakness", "IsTrue", "IsFalse"),
    ("Urgent", "And", "Or"),
])  # fmt: skip
def test_a_fault_in_one_node_is_noticed(exported, name, kind, wrong):
    faulty = copy.deepcopy(exported.elm)
    next(node for node in nodes(definitions(faulty)[name]) if node["type"] == kind)["type"] = wrong
    patients = random_patients(exported.pack, 200)
    found = differences(exported.pack, patients, execute(faulty, told(exported.pack, patients)))
    assert any(f", {name}: " in one for one in found)


def test_a_node_that_the_engine_does_not_know_is_refused_before_it_silently_gives_null(exported):
    faulty = copy.deepcopy(exported.elm)
    definitions(faulty)["severe_pain"]["type"] = "Orr"
    with pytest.raises(AssertionError, match="the engine knows no Orr"):
        execute(faulty, [{}])


def test_without_a_default_an_omitted_parameter_would_not_be_unknown(exported):
    faulty = copy.deepcopy(exported.elm)
    for one in faulty["library"]["parameters"]["def"]:
        del one["default"]
    assert execute(faulty, [{}])[0]["vascular_emergency"] != "u"
    assert execute(exported.elm, [{}])[0]["vascular_emergency"] == "u"
