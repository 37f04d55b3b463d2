"""What a finding says of another fact, against a denial too; broken findings are refused."""

from __future__ import annotations

import shutil

import pytest

from rootline.answers.ask import ask
from rootline.answers.case import read_given
from rootline.errors import PackError
from rootline.packs.findings import with_findings
from rootline.packs.load import load

SAYS = {
    "power 4": ({"lowest_power": 4.0}, "leg_weakness"),
    "weak toe": ({"weak_toe_extension": "yes"}, "leg_weakness"),
    "weak toe beside a denial": ({"weak_toe_extension": "yes", "leg_weakness": "no"}, "leg_weakness"),
    "numb dorsum": ({"sensory_loss_dorsum_foot": "yes", "numb_leg": "no"}, "numb_leg"),
    "residual of 200": ({"post_void_residual": 200.0, "urinary_retention": "no"}, "urinary_retention"),
}


@pytest.mark.parametrize("name", SAYS)
def test_a_finding_outranks_what_was_said(name, pack):
    values, fact = SAYS[name]
    assert with_findings(pack, values) == {**values, fact: "yes"}


@pytest.mark.parametrize("values", [{}, {"lowest_power": 5.0}, {"weak_toe_extension": "no"}, {"leg_weakness": "no"}])
def test_nothing_found_says_nothing(values, pack):
    assert with_findings(pack, values) == values


def test_an_answer_names_the_finding_as_the_root(pack):
    given = [read_given("post_void_residual=250 mL", pack), read_given("urinary_retention=no", pack)]
    answer = ask("Sciatica", pack, given=given)
    assert answer.urgency.level == "emergency"
    retention = next(one for one in answer.facts if one.id == "urinary_retention")
    assert (retention.value, retention.text) == ("yes", "post_void_residual=250 mL")


BROKEN = {
    "no such fact": ("leg_weaknes: [lowest_power < 5]", "leg_weakness"),
    "not a yes/no fact": ("lowest_power: [leg_weakness]", "yes/no"),
    "a finding of a finding": ("numb_leg: [leg_weakness]", "itself"),
    "one condition, no list": ("leg_weakness: lowest_power < 5", "lists conditions"),
    "what could be withdrawn": ("leg_weakness: [known lowest_power]", "withdrawn"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_findings_are_refused(name, pack, tmp_path):
    line, words = BROKEN[name]
    folder = shutil.copytree(pack.folder, tmp_path / pack.id)
    kept = "" if name != "a finding of a finding" else "leg_weakness: [lowest_power < 5]\n"
    (folder / "findings.yaml").write_text(kept + line + "\n")
    with pytest.raises(PackError, match=words):
        load(folder)
