"""Two versions of a pack: what is said to be unchanged is, and who is treated otherwise is shown."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rootline.answers.render_differences import to_markdown
from rootline.answers.versions import compare
from rootline.checks.differences import Comparison, Difference
from rootline.checks.properties import properties
from rootline.checks.rewording import rewordings
from rootline.logic.values import Choice
from rootline.packs.explore import candidates
from rootline.packs.load import load
from rootline.packs.model import Pack
from rootline.packs.run import run

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "ankle-sprain"
OLD = load(EXAMPLE)


@pytest.fixture
def edited(tmp_path):
    """A function that gives the made-up pack with one text of one file replaced."""

    def edit(file: str, old: str, new: str) -> Pack:
        copy = tmp_path / "ankle-sprain"
        shutil.copytree(EXAMPLE, copy, dirs_exist_ok=True)
        text = (copy / file).read_text(encoding="utf-8")
        assert old in text
        (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return load(copy)

    return edit


def changed(found: list[Difference]) -> dict[str, tuple[dict[str, object], str, str]]:
    assert {one.outcome for one in found} <= {"changed", "unchanged"}
    return {one.what: (dict(one.patient), one.before, one.after) for one in found if one.outcome == "changed"}


def test_nothing_differs_from_itself(edited):
    comparison = Comparison(OLD, OLD)
    assert changed([*comparison.urgency(), *comparison.actions(), *comparison.conditions()]) == {}
    assert list(rewordings(OLD, OLD)) == []


def test_a_moved_threshold_shows_the_patient_at_it(edited):
    new = edited("advice/special.yaml", "age < 12 years", "age <= 12 years")
    found = changed(Comparison(OLD, new).conditions())
    assert found == {"statement `children`": ({"age": 12.0}, "does not apply", "applies")}


def test_a_contraindication_left_out_shows_who_now_gets_the_drug(edited):
    new = edited("rules/ankle.yaml", "any of: [stomach_ulcer, anticoagulant]", "any of: [stomach_ulcer]")
    comparison = Comparison(OLD, new)
    assert changed(comparison.urgency()) == {}
    actions = changed(comparison.actions())
    assert set(actions) == {"consider nsaid"}
    patient, before, after = actions["consider nsaid"]
    assert patient == {"anticoagulant": "yes"} and (before, after) == ("no", "open")


def test_an_urgency_line_that_asks_for_more_shows_who_is_calmed(edited):
    new = edited(
        "urgency.yaml", "- emergency: foot_pale_or_cold", "- emergency: {all of: [foot_pale_or_cold, unable_to_walk]}"
    )
    urgency = changed(Comparison(OLD, new).urgency())
    patient, before, after = urgency["at least emergency"]
    assert patient == {"foot_pale_or_cold": "yes"}
    assert (before, after) == ("emergency", "undetermined, at least routine")


def test_a_fact_of_another_unit_is_undecided_where_it_is_looked_at_and_nowhere_else(edited):
    new = edited("facts/person.yaml", "unit: a\n  from: 0\n  to: 120", "unit: d\n  from: 0\n  to: 44000")
    found = {one.what: one for one in Comparison(OLD, new).conditions()}
    assert found["statement `children`"].outcome == "undecided"
    assert "age" in found["statement `children`"].note


def test_words_doses_and_grounds_are_told_apart_and_change_no_treatment(edited):
    new = edited("advice/pain-control.yaml", "1 tablet twice daily", "1 tablet three times a day")
    assert [(one.touches, one.what) for one in rewordings(OLD, new)] == [
        ("dose", "`nsaid-short`, doses"),
        ("file", "advice/pain-control.yaml"),
    ]
    new = edited("advice/activity.yaml", "You can wear an ankle support", "You may wear an ankle support")
    assert ("words", "`brace`, patient") in [(one.touches, one.what) for one in rewordings(OLD, new)]
    assert changed(Comparison(OLD, new).conditions()) == {}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("advice/activity.yaml", "You can wear an ankle support", "You cannot wear an ankle support"),
        ("advice/activity.yaml", "You can wear an ankle support", "You can wear an ankle support for 9 weeks"),
    ],
)
def test_words_with_another_figure_or_negation_are_not_words_alone(file, old, new, edited):
    compared = compare(OLD, edited(file, old, new), lambda *_: None)
    assert ("meaning", "`brace`, patient") in [(one.touches, one.what) for one in compared.rewordings]
    assert compared.treats_otherwise
    assert "## Words, with other figures, negations or times\n\n- `brace`, patient" in to_markdown(compared)


def people() -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries(
        {},
        optional={
            fact.id: st.sampled_from(
                list(fact.type.values) if isinstance(fact.type, Choice) else candidates(OLD, fact.id) or [1.0]
            )
            for fact in OLD.facts.values()
        },
    )


NEW_TEXTS = [
    ("rules/ankle.yaml", "- unable_to_walk", "- all of: [unable_to_walk, ankle_pain]"),
    ("advice/activity.yaml", "at least 2 of", "at least 1 of"),
    ("findings.yaml", "not: bone_tenderness is none", "bone_tenderness is ankle"),
]


@pytest.mark.parametrize("text", NEW_TEXTS, ids=lambda text: text[0])
def test_what_is_proved_unchanged_is_so_for_random_patients(text, edited):
    new = edited(*text)
    unchanged = {one.what for one in Comparison(OLD, new).actions() if one.outcome == "unchanged"}

    @settings(max_examples=60)
    @given(people())
    def same(values):
        before, after = told(OLD, values), told(new, values)
        for what in unchanged:
            assert before.get(what, "no") == after.get(what, "no"), what

    same()


def told(pack: Pack, values: dict[str, object]) -> dict[str, str]:
    """Action -> the strongest status of a statement that does it."""
    rank = {"does not apply": 0, "if": 1, "applies": 2}
    found: dict[str, str] = {}
    for one in run(pack, values).advised:
        for kind, what in one.advice.actions:
            key = f"{kind} {what}"
            if rank[one.status] >= rank[found.get(key, "does not apply")]:
                found[key] = one.status
    return {key: {"does not apply": "no"}.get(status, status) for key, status in found.items()}


def test_a_statement_added_with_a_dose_is_a_change_of_doses(edited):
    new = edited(
        "advice/activity.yaml", "# FICTIONAL.",
        '# FICTIONAL.\n- {id: more, when: ankle_pain, say: {clinician: "x", patient: "x"}, dose of: nsaid, reading: "x", '
        'doses: [{drug: "examplofen (FICTIONAL)", dose: "9 tablets"}]}',
    )  # fmt: skip
    assert ("dose", "statement `more`, doses") in [(one.touches, one.what) for one in rewordings(OLD, new)]


def test_the_ladder_s_own_rule_is_never_shown_by_name(edited):
    new = edited("urgency.yaml", "- emergency: foot_pale_or_cold", "- emergency: {any of: [foot_pale_or_cold, unable_to_walk]}")
    compared = compare(OLD, new, lambda *_: None)
    assert "any_line_above" not in to_markdown(compared) and compared.treats_otherwise
    assert not any("any_line_above" in one.name for one in properties(new))


def test_a_site_of_lesion_that_changed_is_named(edited):
    new = edited("sites.yaml", "speaks against: [squeeze_pain]", "speaks against: [outer_swelling]")
    assert ("words", "site `outer-ligament`") in [(one.touches, one.what) for one in rewordings(OLD, new)]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("pack.yaml", "bone_tenderness: none", "bone_tenderness: ankle"),
        ("properties.yaml", "at least: emergency", "at least: urgent"),
    ],
)
def test_what_no_comparison_looks_at_is_named_by_its_file(file, old, new, edited):
    assert ("file", file) in [(one.touches, one.what) for one in rewordings(OLD, edited(file, old, new))]
