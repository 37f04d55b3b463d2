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
from rootline.packs.findings import with_findings
from rootline.packs.load import load
from rootline.packs.localise import likelihood_at
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
    assert (before, after) == ("emergency", "undetermined, at least routine, could be emergency or urgent")


@pytest.mark.parametrize(
    "new",
    [
        "- emergency: {all of: [foot_pale_or_cold, not: foot_pale_or_cold]}",
        "- emergency: {any of: [foot_pale_or_cold, not: foot_pale_or_cold]}",
        "- emergency: {all of: [foot_pale_or_cold, age < 5 years]}",
    ],
)
def test_who_is_given_another_urgency_never_reads_the_same_before_and_after(new, edited):
    found = changed(Comparison(OLD, edited("urgency.yaml", "- emergency: foot_pale_or_cold", new)).urgency())
    assert found
    assert [what for what, (_, before, after) in found.items() if before == after] == []


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
    new = edited("advice/education.yaml", "Put your foot up while you sit.", "Put your foot up when you sit.")
    assert ("words", "`raise-foot`, patient") in [(one.touches, one.what) for one in rewordings(OLD, new)]
    assert changed(Comparison(OLD, new).conditions()) == {}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("advice/education.yaml", "Put your foot up", "Do not put your foot up"),
        ("advice/education.yaml", "Put your foot up", "For 9 weeks put your foot up"),
    ],
)
def test_words_with_another_figure_or_negation_are_not_words_alone(file, old, new, edited):
    compared = compare(OLD, edited(file, old, new), lambda *_: None)
    assert ("meaning", "`raise-foot`, patient") in [(one.touches, one.what) for one in compared.rewordings]
    assert compared.treats_otherwise
    assert "## Other words, with other figures, units, negations or times\n\n- `raise-foot`, p" in to_markdown(compared)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("urgency.yaml", "Go to an emergency department now.", "See your own doctor when it suits you.",
         ("urgency", "`emergency-blood-flow`, patient")),
        ("advice/special.yaml", "This does not fit children", "This fits children", ("urgency", "`children`, patient")),
        ("advice/activity.yaml", "You can wear an ankle support", "You may wear an ankle support",
         ("action", "`brace`, patient")),
        ("facts/ankle.yaml", 'heard as: ["foot is cold', 'heard as no: ["foot is cold',
         ("heard", "fact `foot_pale_or_cold`, heard as")),
        ("facts/ankle.yaml", "your foot is pale, cold or numb", "your foot is warm",
         ("urgency", "words of `foot_pale_or_cold` yes")),
        ("facts/ankle.yaml", "it has hurt for", "it hurt for", ("action", "words of `pain_duration`")),
        ("actions.yaml", 'patient: "anti-inflammatory tablets"', 'patient: "tablets"',
         ("action", "action `nsaid`, words, patient")),
    ],
)  # fmt: skip
def test_words_of_a_warning_an_action_or_what_is_heard_are_never_words_alone(file, old, new, told, edited):
    compared = compare(OLD, edited(file, old, new), lambda *_: None)
    assert told in [(one.touches, one.what) for one in compared.rewordings]
    assert compared.treats_otherwise


def test_comments_layout_and_a_version_s_name_are_told_apart(edited):
    folder = edited("urgency.yaml", "# FICTIONAL. Read", "# FICTIONAL: read").folder
    text = (folder / "pack.yaml").read_text()
    (folder / "pack.yaml").write_text(text.replace('version: "0.1.0"', 'version: "0.1.1"'))
    found = {one.what: one.touches for one in rewordings(OLD, load(folder))}
    assert found == {"pack.yaml": "layout", "urgency.yaml": "layout"}


def test_entries_moved_to_another_file_in_the_same_order_are_layout(edited):
    folder = edited("facts/person.yaml", "# FICTIONAL.", "#").folder
    text = (folder / "sources/example-ankle-2010.yaml").read_text()
    (folder / "vignettes/edges.yaml").rename(folder / "vignettes/corners.yaml")
    (folder / "sources/example-ankle-2010.yaml").write_text(text + "# seen\n")
    assert {one.touches for one in rewordings(OLD, load(folder))} == {"layout"}


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
    new = edited(
        "urgency.yaml", "- emergency: foot_pale_or_cold", "- emergency: {any of: [foot_pale_or_cold, unable_to_walk]}"
    )
    compared = compare(OLD, new, lambda *_: None)
    assert "any_line_above" not in to_markdown(compared) and compared.treats_otherwise
    assert not any("any_line_above" in one.name for one in properties(new))


@pytest.mark.parametrize(
    ("old", "new", "site"),
    [
        ("strongly for: [outer_swelling]", "strongly for: []", "outer-ligament"),
        ("speaks against: [squeeze_pain]", "speaks against: [ankle_pain]", "outer-ligament"),
        ("outer-ligament:", "outer-band:", "outer-ligament"),
        ("outer-ligament:", "outer-band:", "outer-band"),
    ],
)
def test_a_site_told_otherwise_to_somebody_is_shown_with_them(old, new, site, edited):
    compared = compare(OLD, edited("sites.yaml", old, new), lambda *_: None)
    patient, before, after = changed(compared.decided["sites"])[f"site `{site}`"]
    assert patient and before != after and {before, after} <= {"likely", "possible", "unlikely", "not named"}
    assert compared.treats_otherwise
    assert f"**site `{site}`**: {before} before, {after} now" in to_markdown(compared)


@pytest.mark.parametrize("against", ["", "{not: squeeze_pain}"])
def test_sites_in_another_order_are_told_with_somebody_who_reads_them_so(against, edited, tmp_path):
    """As the example stands its two sites never have as many points, so their order in the file changes nothing."""
    old = edited("sites.yaml", "speaks against: [{not: squeeze_pain}]", f"speaks against: [{against}]")
    path = Path(shutil.copytree(old.folder, tmp_path / "turned")) / "sites.yaml"
    place = (text := path.read_text()).index("high-ligament:")
    path.write_text(text[place:] + text[:place])
    new = load(path.parent)
    assert ("words", "order of the sites") in [(one.touches, one.what) for one in rewordings(old, new)]
    found = changed(Comparison(old, new).sites())
    assert set(found) == (set() if against else {"order of the sites"})
    if not against:
        _, *order = found["order of the sites"]
        assert order == ["outer-ligament, high-ligament", "high-ligament, outer-ligament"]


def test_a_site_whose_condition_is_only_written_otherwise_is_proved_unchanged(edited):
    new = edited("sites.yaml", "speaks for: [outer_swelling, {not: squeeze_pain}]", "speaks for: [squeeze_pain is no]")
    assert {one.outcome for one in Comparison(OLD, new).sites()} == {"unchanged"}


@pytest.mark.parametrize("against", ["[outer_swelling]", "[squeeze_pain, pain_score >= 7]", "[pain_duration < 9 days]"])
def test_sites_proved_unchanged_are_so_for_random_patients(against, edited):
    new = edited("sites.yaml", "speaks against: [squeeze_pain]", f"speaks against: {against}")
    found = Comparison(OLD, new).sites()
    unchanged = {one.what for one in found if one.outcome == "unchanged"}
    assert "site `outer-ligament`" in changed(found) and "site `high-ligament`" in unchanged

    @settings(max_examples=40)
    @given(people())
    def same(values):
        for site in OLD.sites:
            if f"site `{site.id}`" in unchanged:
                first, second = (likelihood_at(pack, with_findings(pack, values), site.id) for pack in (OLD, new))
                assert first == second

    same()


@pytest.mark.parametrize(
    ("kind", "file", "old", "new"),
    [
        ("heard", "pack.yaml", "bone_tenderness: none", "bone_tenderness: ankle"),
        ("file", "properties.yaml", "at least: emergency", "at least: urgent"),
    ],
)
def test_what_no_comparison_looks_at_is_named_by_its_file(kind, file, old, new, edited):
    assert (kind, file) in [(one.touches, one.what) for one in rewordings(OLD, edited(file, old, new))]


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("sites.yaml", "speaks against: [squeeze_pain]", "speaks against: [outer_swelling]",
         ("words", "site `outer-ligament`, speaks against", "pain on squeezing the leg", "swelling at the outer side")),
        ("actions.yaml", 'patient: "anti-inflammatory tablets"', 'patient: "opioid tablets"',
         ("action", "action `nsaid`, words, patient", "anti-inflammatory tablets", "opioid tablets")),
        ("facts/person.yaml", "from: 0\n  to: 120", "from: 0\n  to: 99",
         ("heard", "fact `age`, type", "years, 0 to 120", "years, 0 to 99")),
        ("rules/ankle.yaml", "any of: [stomach_ulcer, anticoagulant]", "any of: [stomach_ulcer]",
         ("words", "rule `nsaid_contraindicated`, when", "past or present peptic ulcer or on an anticoagulant", "past or present peptic ulcer")),
    ],
)  # fmt: skip
def test_what_reads_otherwise_is_shown_before_and_after(file, old, new, told, edited):
    found = list(rewordings(OLD, edited(file, old, new)))
    assert told in [(one.touches, one.what, one.before, one.after) for one in found]
    assert not any("reads otherwise" in one.after for one in found)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2 weeks, then 5 months", "5 weeks, then 2 months"),
        ("for two weeks", "for five weeks"),
        ("half a tablet", "a tablet"),
        ("a third of the dose", "a quarter of the dose"),
        ("double the dose", "triple the dose"),
        ("5 mg of it", "5 g of it"),
        ("5mg of it", "5mcg of it"),
        ("5 µg of it", "5 mg of it"),
        ("10 % more", "10 mL more"),
        ("2 tablets", "2 capsules"),
        ("at least 3 of them", "at most 3 of them"),
    ],
)
def test_figures_units_and_their_order_are_not_words_alone(before, after, edited, tmp_path):
    said = "Put your foot up"
    kept = load(Path(shutil.copytree(edited("advice/education.yaml", said, before).folder, tmp_path / "before")))
    new = edited("advice/education.yaml", said, after)
    assert ("meaning", "`raise-foot`, patient") in [(one.touches, one.what) for one in rewordings(kept, new)]


def test_micrograms_in_either_letter_are_the_same_unit(edited, tmp_path):
    said = "Put your foot up"
    kept = load(Path(shutil.copytree(edited("advice/education.yaml", said, "5 \u00b5g").folder, tmp_path / "before")))
    new = edited("advice/education.yaml", said, "5 \u03bcg")
    assert ("words", "`raise-foot`, patient") in [(one.touches, one.what) for one in rewordings(kept, new)]
