"""The linter finds what it is for, and the shipped pack has no finding."""

from __future__ import annotations

import shutil

import pytest

from rootline.checks.lint import lint
from rootline.packs.load import load
from rootline.settings import pack_folder

SEEDED = {
    "a number no source gives": ("urgency.yaml", "MRI within 4 hours of request", "MRI within 5 hours of request", "`emergency-cauda-equina` says 5"),
    "a fact nobody looks at": ("facts/person.yaml", "age:\n  type", "shoe_size:\n  type: number\n  unit: kg\n  from: 0\n  to: 1\n  ask: \"?\"\n  words: \"shoe\"\nage:\n  type", "looks at fact `shoe_size`"),
    "a rule nobody uses": ("rules/course.yaml", "acute:\n", "unused_rule:\n  words: {yes: \"a\", no: \"b\"}\n  any of: [fever]\nacute:\n", "uses rule `unused_rule`"),
    "choices written apart": ("rules/course.yaml", "  not: foot_drop is none", "  any of: [foot_drop is partial, foot_drop is complete]", "say `not: foot_drop is none`"),
    "a point nothing leans on": ("disagreements.yaml", "dgn-2008-2012-lumbar-radiculopathy#early-surgery-equal, ", "", "nothing leans on `dgn-2008-2012-lumbar-radiculopathy#early-surgery-equal`"),
    "words ending in a full stop": ("facts/health.yaml", "clinician: \"heart failure\"", "clinician: \"heart failure.\"", "end with a full stop"),
}  # fmt: skip


@pytest.mark.parametrize("name", SEEDED)
def test_a_seeded_fault_is_found(name, tmp_path):
    file, old, new, expected = SEEDED[name]
    copy = tmp_path / "lumbar-radiculopathy"
    shutil.copytree(pack_folder(), copy)
    text = (copy / file).read_text()
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1))
    assert any(expected in str(finding) for finding in lint(load(copy)))


def test_the_shipped_pack_has_no_finding(pack):
    assert [str(finding) for finding in lint(pack)] == []


@pytest.mark.parametrize("name", ["property.yaml", "vignettes/new.yml", "cover/first.yaml", "vignettes/deep/one.yaml"])
def test_a_file_that_nothing_reads_is_named(name, tmp_path):
    copy = tmp_path / "lumbar-radiculopathy"
    shutil.copytree(pack_folder(), copy)
    (copy / name).parent.mkdir(parents=True, exist_ok=True)
    (copy / name).write_text("x: y\n")
    assert [f"lumbar-radiculopathy/{name}:1" in str(one) for one in lint(load(copy))] == [True]
