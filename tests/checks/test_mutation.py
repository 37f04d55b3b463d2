"""A slip in any condition is noticed; one that is not comes with the vignette that would, ready to paste."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rootline.checks.expectations import Expectations
from rootline.checks.mutants import mutants
from rootline.checks.mutation import Mutation
from rootline.checks.slips import slips
from rootline.checks.vignettes import failures, read_vignettes, write_vignette
from rootline.logic.tree import All, Any, AtLeast, Compare, Is, Known, Node, Not, Rule
from rootline.logic.units import UNITS
from rootline.logic.values import YES_NO, Amount, Choice
from rootline.packs.load import load
from rootline.packs.model import Pack

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "ankle-sprain"
A, B, C = (Is(name, "yes") for name in "abc")
TYPES = {
    **dict.fromkeys("abc", YES_NO),
    "drop": Choice(("none", "partial", "complete")),
    "n": Amount(UNITS["d"], 0, 99),
}


def of(node: Node) -> set[Node]:
    return {one.node for one in slips(node, TYPES, lambda _: C)}


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (Compare("n", "<", 6.0), {Compare("n", "<=", 6.0), Compare("n", ">=", 6.0), Compare("n", "<", 5.0), Compare("n", "<", 7.0)}),
        (Is("drop", "partial"), {Is("drop", "complete")}),
        (A, {Is("a", "no")}),
        (Known("a"), {Not(Known("a"))}),
        (Rule("r"), {Not(Rule("r"))}),
        (Not(A), {A, Not(Is("a", "no"))}),
        (All((A, B)), {Any((A, B)), All((A,)), All((B,)), All((A, B, C)), All((Is("a", "no"), B)), All((A, Is("b", "no")))}),
        (AtLeast(1, (A, B)), {AtLeast(2, (A, B)), AtLeast(1, (A,)), AtLeast(1, (B,)), AtLeast(1, (A, B, C)),
                              AtLeast(1, (Is("a", "no"), B)), AtLeast(1, (A, Is("b", "no")))}),
        (All(()), set()),
    ],
)  # fmt: skip
def test_every_slip_of_a_condition_is_made(node, expected):
    assert of(node) == expected


@pytest.fixture(scope="module")
def without_edges(tmp_path_factory) -> Pack:
    """The made-up pack without the vignettes at the edges of its conditions."""
    copy = tmp_path_factory.mktemp("pack") / "ankle-sprain"
    shutil.copytree(EXAMPLE, copy)
    (copy / "vignettes" / "edges.yaml").unlink()
    return load(copy)


def test_noticing_on_masks_is_what_running_the_vignettes_gives(without_edges):
    """`asks` apart, which the masks leave out."""
    vignettes = [one for one in read_vignettes(without_edges, without_edges.folder) if set(one.expect) - {"asks"}]
    for one in vignettes:
        one.expect.pop("asks", None)
    expectations = Expectations(without_edges, vignettes)
    fates = set()
    for mutant in mutants(without_edges):
        fails = any(failures(mutant.changed, one) for one in vignettes)
        assert expectations.notice(mutant) == fails, str(mutant)
        fates.add(fails)
    assert fates == {True, False}


def test_survivors_come_with_the_vignettes_that_notice_them(without_edges):
    before = list(read_vignettes(without_edges, without_edges.folder))
    mutation = Mutation(without_edges, before)
    results = [mutation.judge(one) for one in mutants(without_edges)]
    survivors = [one for one in results if one.fate == "survived"]
    shown = [one.vignette for one in results if one.vignette]
    assert len(shown) > 5 and not [one for one in results if one.fate == "undecided"]
    pasted = without_edges.folder / "vignettes" / "pasted.yaml"
    pasted.write_text("".join(write_vignette(without_edges, one) for one in shown), encoding="utf-8")
    after = read_vignettes(without_edges, without_edges.folder)
    assert len(after) == len(before) + len(shown)
    assert not [one.name for one in after if failures(without_edges, one)]
    again = Expectations(without_edges, after)
    assert [str(one.mutant) for one in survivors if not again.notice(one.mutant)] == []
    pasted.unlink()


def test_a_slip_that_changes_nothing_for_anybody_is_not_held_against_the_vignettes(pack):
    """`lowest_power <= 4` for `< 5` would be one, were power whole numbers only; here `any of` with one part is."""
    mutation = Mutation(pack, read_vignettes(pack, pack.folder))
    fates = {mutation.judge(one).fate for one in list(mutants(pack))[:150]}
    assert fates <= {"noticed", "equivalent"}
