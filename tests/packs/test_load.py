"""Loading a pack: what is wrong is said with file, line and mend, and nothing half-read is returned."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rootline.errors import NotFoundError, PackError
from rootline.packs.load import load
from rootline.settings import pack_folder

# what is changed in a copy of the real pack: file, old text, new text, and the words the error must hold
BROKEN = {
    "a dose of no action": ("advice/special.yaml", "  dose of: gabapentinoid despite gabapentinoid_unsafe\n", "", ["gives a dose, but of which action?"]),
    "a dose of an unknown action": ("advice/special.yaml", "dose of: gabapentinoid despite", "dose of: gabapentin despite", ["names no action", "Did you mean `gabapentinoid`?"]),
    "a dose despite another rule": ("advice/special.yaml", "despite gabapentinoid_unsafe", "despite opioid_unsafe", ["is not what contraindicates `gabapentinoid`"]),
    "misspelt fact in a rule": ("rules/course.yaml", "when: symptom_duration < 6 weeks", "when: symptom_durations < 6 weeks", ["rules/course.yaml:", "Did you mean `symptom_duration`?"]),
    "unknown operator": ("rules/red-flags.yaml", "  any of: [cold_pulseless_leg", "  anyof: [cold_pulseless_leg", ["no condition", "rules/red-flags.yaml:"]),
    "unknown operator inside": ("rules/red-flags.yaml", "    - all of: [loss_of_balance,", "    - both of: [loss_of_balance,", ["no operator is called `both of`", "rules/red-flags.yaml:"]),
    "value a fact never has": ("rules/course.yaml", "not: foot_drop is none", "not: foot_drop is nonne", ["`foot_drop` is never `nonne`", "Did you mean `none`?"]),
    "unit that measures something else": ("rules/course.yaml", "symptom_duration < 6 weeks", "symptom_duration < 6 kg", ["measures mass, but time is meant"]),
    "number without a unit": ("rules/course.yaml", "symptom_duration < 6 weeks", "symptom_duration < 6", ["has no unit", "Write it as `6 days`"]),
    "rules in a circle": ("rules/course.yaml", "not: foot_drop is none", "all of: [severe_or_worsening_weakness]", ["round in a circle", "`any_foot_drop`"]),
    "unknown source": ("urgency.yaml", "girft-2023-ces#emergency", "girft-2032-ces#emergency", ["no source is called `girft-2032-ces`", "Did you mean `girft-2023-ces`?"]),
    "unknown point": ("urgency.yaml", "girft-2023-ces#emergency", "girft-2023-ces#emergencies", ["has no point `emergencies`", "Did you mean `emergency`?"]),
    "unknown action": ("urgency.yaml", "do: [review]", "do: [revue]", ["no action is called `revue`", "Did you mean `review`?"]),
    "misspelt key": ("urgency.yaml", "  strength: consensus", "  strenght: consensus", ["no key `strenght` belongs here", "Did you mean `strength`?"]),
    "level out of order": ("urgency.yaml", "- emergency: vascular_emergency", "- routine: vascular_emergency", ["stands below", "from emergency down to routine"]),
    "no last line": ("urgency.yaml", "- routine: otherwise", "- routine: leg_weakness", ["the last urgency line must be the rest"]),
    "broken YAML": ("urgency.yaml", "  do: [review]", "  do: [review", ["not YAML", "urgency.yaml:"]),
    "fact declared twice": ("facts/health.yaml", "egfr:\n", "age:\n", ["fact `age` is defined twice", "facts/person.yaml:", "Also at lumbar-radiculopathy/facts/health.yaml:"]),
    "rule of the ladder's own name": ("rules/course.yaml", "any_foot_drop:", "any_line_above:", ["no rule may be called `any_line_above`", "rules/course.yaml:", "another name"]),
    "rule that conditions read as always": ("rules/course.yaml", "any_foot_drop:", "otherwise:", ["no rule may be called `otherwise`"]),
    "fact that conditions read as an operator": ("facts/health.yaml", "egfr:\n", "not:\n", ["no fact may be called `not`", "facts/health.yaml:"]),
    "fact of a counting operator": ("facts/health.yaml", "egfr:\n", "at least 2 of:\n", ["no fact may be called `at least 2 of`"]),
    "fact of the ladder's own name": ("facts/health.yaml", "egfr:\n", "any_line_above:\n", ["no fact may be called `any_line_above`"]),
    "fact that no comparison could name": ("facts/health.yaml", "egfr:\n", "eGFR value:\n", ["no condition could name the fact `eGFR value`", "Begin with a small letter"]),
    "age without a unit": ("rules/course.yaml", "age >= 65 years", "age >= 65", ["has no unit", "Write it as `65 years`"]),
    "pack id of other letters": ("pack.yaml", "id: lumbar-radiculopathy", "id: ../lumbar", ["`id: ../lumbar` cannot be a pack's id", "letters, digits and single hyphens"]),
    "onset that is no duration": ("pack.yaml", "onset fact: symptom_duration", "onset fact: age", ["`onset fact: age` names no duration"]),
    "side that is not left or right": ("pack.yaml", "side fact: side", "side fact: foot_drop", ["`side fact: foot_drop` names no fact of `left` and `right`"]),
    "action of a reserved name": ("actions.yaml", "review:", "always:", ["no action may be called `always`", "actions.yaml:"]),
    "contraindication that is no rule": ("actions.yaml", "contraindicated: nsaid_contraindicated", "contraindicated: nsaid_contra", ["names no rule `nsaid_contra`"]),
    "advice that rests on nothing": ("urgency.yaml", "  because: [acsqhc-2022-lbp#cauda-equina-signs, kpwa-2021-back-pain#red-flags]\n  reading: \"Bilateral root pain is called threatened cauda equina; the same-day limit is ours.\"\n", "", ["nothing it rests on"]),
    "known where learning could withdraw": ("urgency.yaml", "    any of: [bilateral_leg_pain, unable_to_walk]", "    any of: [known egfr, unable_to_walk]", ["`known egfr` may not stand here"]),
}  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(pack_folder(), tmp_path / "lumbar-radiculopathy"))


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_pack_is_refused_with_place_and_mend(name, copy):
    file, old, new, expected = BROKEN[name]
    text = (copy / file).read_text()
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1))
    with pytest.raises(PackError) as error:
        load(copy)
    for words in expected:
        assert words in str(error.value)


def test_the_real_pack_loads_whole(pack):
    assert len(pack.facts) >= 45
    assert len(pack.statements) >= 80
    assert len(pack.sources) >= 50
    assert all(one.because or one.reading for one in pack.statements.values())


def test_one_letter_changed_anywhere_is_another_pack(copy, pack):
    assert load(copy).sha256 == pack.sha256
    path = copy / "sources" / "nice-ng59-2020.yaml"
    path.write_text(path.read_text().replace("sciatica", "Sciatica", 1))
    assert load(copy).sha256 != pack.sha256


def test_a_folder_without_a_pack_says_what_a_pack_is(tmp_path):
    with pytest.raises(NotFoundError, match=r"pack\.yaml"):
        load(tmp_path)


def test_contraindications_are_built_into_every_condition_that_advises_the_drug(pack):
    for advice in pack.statements.values():
        for kind, what in advice.actions:
            rule = pack.actions[what].contraindicated
            if kind != "avoid" and rule:
                assert f"Not(part=Rule(name='{rule}'))" in repr(advice.when), advice.id
