"""The whole check as a user meets it: counts, findings, exit codes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rootline.checks import proofs
from rootline.checks.check import check
from rootline.checks.report import counts, findings, say_patient
from rootline.packs.load import load
from rootline.readers.prove import Found
from tests.bad_packs.faults import FAULTS, bad_pack

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "ankle-sprain"


def rootline(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "rootline", *arguments], capture_output=True, text=True)


def test_the_shipped_pack_holds(pack):
    told: list[tuple[str, int, int]] = []
    checked = check(pack, lambda *step: told.append(step))
    assert list(findings(checked)) == []
    assert (checked.found, checked.undecided) == (0, 0)
    assert {what for what, _, _ in told} == {"vignettes", "properties", "mutants"}
    for what in ("vignettes", "properties", "mutants"):
        steps = [(done, of) for one, done, of in told if one == what]
        assert steps[0][0] == 0 and steps[-1][0] == steps[-1][1] > 0
    assert len(list(counts(checked))) == 4


def test_a_clean_pack_exits_with_0_and_prints_only_counts():
    run = rootline("check", str(EXAMPLE))
    assert run.returncode == 0
    assert [line.split()[0] for line in run.stdout.splitlines()] == ["lint", "vignettes", "properties", "mutants"]
    assert run.stderr == ""


def test_a_refuted_property_exits_with_1_and_shows_the_patient(tmp_path):
    bad_pack(FAULTS["advised and advised against"], tmp_path)
    run = rootline("check", str(tmp_path / "ankle-sprain"))
    assert run.returncode == 1
    assert "refuted: ankle-brace is never both advised and advised against" in run.stdout
    assert "  seen: `brace` is said; `no-brace` is said" in run.stdout
    assert "  patient: " in run.stdout and "pain score 4" in run.stdout


@pytest.mark.parametrize(("file", "kind"), [("vignettes/sites.yaml", "vignette"), ("properties.yaml", "property")])
def test_a_name_that_stands_twice_is_refused_with_both_places(file, kind, tmp_path):
    copy = tmp_path / "ankle-sprain"
    shutil.copytree(EXAMPLE, copy)
    text = (copy / file).read_text(encoding="utf-8")
    items = text.split("\n- ")
    (copy / file).write_text(f"{text.rstrip()}\n- {items[1].rstrip()}\n", encoding="utf-8")
    run = rootline("check", str(copy))
    assert run.returncode == 2
    assert f"{kind} `" in run.stderr and "stands twice" in run.stderr and run.stderr.count(file) == 2


def test_of_a_patient_what_was_found_is_said_before_what_was_denied(pack):
    values = {"saddle_numbness": "no", "leg_weakness": "no", "foot_drop": "partial", "fever": "no", "age": 61.0}
    said = say_patient(values, pack)
    assert said == "partial foot drop, age 61 years, no saddle numbness, no leg weakness, no fever"


def test_a_failing_vignette_is_named_with_its_place(tmp_path):
    bad_pack(FAULTS["advice that nobody can get"], tmp_path)
    path = tmp_path / "ankle-sprain" / "vignettes" / "sprains.yaml"
    path.write_text(path.read_text().replace("advised: [ankle-brace]", "advised: [xray-ankle]"))
    run = rootline("check", str(tmp_path / "ankle-sprain"))
    assert run.returncode == 1
    assert (
        "vignette: ankle-sprain/vignettes/sprains.yaml:2: A simple sprain: expected `advised: xray-ankle`" in run.stdout
    )


def test_what_the_solver_cannot_decide_is_neither_proved_nor_refuted(monkeypatch):
    monkeypatch.setattr(proofs, "find", lambda *_: Found("undecided"))
    checked = check(load(EXAMPLE), lambda *_: None)
    assert checked.undecided == len(checked.proofs) > 0
    assert checked.found == 0
    assert "the solver ran out of time" in "\n".join(findings(checked))


@pytest.mark.parametrize("name", ["no-such-pack", "docs"])
def test_a_pack_that_is_not_there_is_said_so(name):
    run = rootline("check", name)
    assert run.returncode == 2
    assert "Traceback" not in run.stderr


def test_a_vignette_that_fails_anyway_notices_no_mutant(tmp_path):
    copy = tmp_path / "ankle-sprain"
    shutil.copytree(EXAMPLE, copy)
    (copy / "vignettes" / "edges.yaml").unlink()
    before = check(load(copy), lambda *_: None)
    (copy / "vignettes" / "wrong.yaml").write_text(
        '- {name: "wrong", facts: {ankle_pain: yes}, expect: {urgency: emergency}}\n', encoding="utf-8"
    )
    after = check(load(copy), lambda *_: None)
    assert len(after.failing) == 1
    survivors = [sum(one.fate == "survived" for one in checked.results) for checked in (before, after)]
    assert survivors[0] == survivors[1] > 0
