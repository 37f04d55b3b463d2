"""Every kind of property can fail: a seeded fault is refuted, with the smallest patient, and nothing else with it."""

from __future__ import annotations

import pytest

from rootline.checks.proofs import Prover
from rootline.checks.properties import built_in, properties
from rootline.packs.load import load
from tests.bad_packs.faults import FAULTS, GOOD, bad_pack


@pytest.mark.parametrize("name", FAULTS)
def test_a_seeded_fault_is_refuted_by_the_smallest_patient(name, tmp_path):
    fault = FAULTS[name]
    pack = bad_pack(fault, tmp_path)
    claim = next(one for one in properties(pack) if one.name == fault.breaks)
    prover = Prover(pack)
    proof = prover.prove(claim)
    assert proof.outcome == "refuted"
    assert (None if proof.patient is None else len(proof.patient)) == fault.facts
    if proof.patient is not None:
        assert prover.shows(proof.patient, proof.seen), "the patient replays in the evaluator"
        without = [{name: value for name, value in proof.patient.items() if name != fact} for fact in proof.patient]
        assert not any(prover.shows(case, proof.seen) for case in without), "no fact can be left out"
    if fault.learnt:
        assert len(proof.later) - len(proof.patient) == fault.learnt
        assert not prover.shows(proof.later, proof.seen)


@pytest.mark.parametrize("name", FAULTS)
def test_the_pack_without_the_fault_keeps_the_property(name, tmp_path):
    pack = load(GOOD)
    for claim in built_in(pack):
        if claim.name == FAULTS[name].breaks:
            assert Prover(pack).prove(claim).outcome == "proved"


def test_every_kind_of_built_in_property_is_seen_to_fail():
    """A kind is a property's name without the names of this pack's things in it."""
    pack = load(GOOD)
    names = [*pack.facts, *pack.rules, *pack.statements, *pack.actions]

    def kind(name: str) -> str:
        for one in sorted(names, key=len, reverse=True):
            name = name.replace(one, "…")
        return name

    ours = {"`never-said`": "`…`", "`urgent-cold`": "`…`", "`brace-too`": "`…`", "`said-too`": "`…`"}
    failing = set()
    for fault in FAULTS.values():
        name = fault.breaks
        for own, other in ours.items():
            name = name.replace(own, other)
        failing.add(kind(name))
    kinds = {kind(one.name) for one in built_in(pack)}
    assert {one for one in kinds if one not in failing} <= {
        "emergency can be given",
        "urgent can be given",
        "routine can be given",
    }
