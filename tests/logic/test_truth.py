"""The three-valued tables, every cell spelled out, and that unknown never passes for yes or no."""

from __future__ import annotations

from itertools import product

import pytest

from rootline.logic.truth import Truth, all_of, any_of, at_least, negate

Y, N, U = Truth.YES, Truth.NO, Truth.UNKNOWN

NOT = {Y: N, N: Y, U: U}
AND = {
    (Y, Y): Y, (Y, N): N, (Y, U): U,
    (N, Y): N, (N, N): N, (N, U): N,
    (U, Y): U, (U, N): N, (U, U): U,
}  # fmt: skip
OR = {
    (Y, Y): Y, (Y, N): Y, (Y, U): Y,
    (N, Y): Y, (N, N): N, (N, U): U,
    (U, Y): Y, (U, N): U, (U, U): U,
}  # fmt: skip
TWO_OF_THREE = {
    (Y, Y, Y): Y, (Y, Y, N): Y, (Y, Y, U): Y, (Y, N, Y): Y, (Y, N, N): N, (Y, N, U): U,
    (Y, U, Y): Y, (Y, U, N): U, (Y, U, U): U, (N, Y, Y): Y, (N, Y, N): N, (N, Y, U): U,
    (N, N, Y): N, (N, N, N): N, (N, N, U): N, (N, U, Y): U, (N, U, N): N, (N, U, U): U,
    (U, Y, Y): Y, (U, Y, N): U, (U, Y, U): U, (U, N, Y): U, (U, N, N): N, (U, N, U): U,
    (U, U, Y): U, (U, U, N): U, (U, U, U): U,
}  # fmt: skip


def test_the_tables_here_have_a_cell_for_every_combination() -> None:
    assert set(NOT) == set(Truth)
    assert set(AND) == set(OR) == set(product(Truth, repeat=2))
    assert set(TWO_OF_THREE) == set(product(Truth, repeat=3))


@pytest.mark.parametrize(("truth", "expected"), NOT.items(), ids=str)
def test_not_follows_its_table(truth: Truth, expected: Truth) -> None:
    assert negate(truth) is expected


@pytest.mark.parametrize(("truths", "expected"), AND.items(), ids=str)
def test_all_of_two_follows_its_table(truths: tuple[Truth, ...], expected: Truth) -> None:
    assert all_of(truths) is expected


@pytest.mark.parametrize(("truths", "expected"), OR.items(), ids=str)
def test_any_of_two_follows_its_table(truths: tuple[Truth, ...], expected: Truth) -> None:
    assert any_of(truths) is expected


@pytest.mark.parametrize(("truths", "expected"), TWO_OF_THREE.items(), ids=str)
def test_at_least_two_of_three_follows_its_table(truths: tuple[Truth, ...], expected: Truth) -> None:
    assert at_least(2, truths) is expected


@pytest.mark.parametrize("truths", [*product(Truth, repeat=1), *product(Truth, repeat=3)], ids=str)
def test_at_least_one_is_any_of_and_at_least_every_one_is_all_of(truths: tuple[Truth, ...]) -> None:
    assert at_least(1, truths) is any_of(truths)
    assert at_least(len(truths), truths) is all_of(truths)


def test_nothing_at_all_makes_all_of_yes_and_any_of_no() -> None:
    assert all_of([]) is Y
    assert any_of([]) is N
    assert at_least(0, []) is Y
    assert at_least(1, []) is N


def test_the_tables_take_truths_that_come_one_by_one() -> None:
    assert all_of(truth for truth in (Y, U, N)) is N
    assert any_of(truth for truth in (N, U)) is U
    assert at_least(2, (truth for truth in (Y, N, Y))) is Y


@pytest.mark.parametrize("truth", Truth, ids=str)
def test_a_truth_refuses_to_become_a_bool_and_says_what_to_do(truth: Truth) -> None:
    with pytest.raises(TypeError, match=r"not a bool: compare it with Truth\.YES, Truth\.NO or Truth\.UNKNOWN"):
        bool(truth)


def test_an_if_on_a_truth_does_not_run() -> None:
    with pytest.raises(TypeError, match="not a bool"):
        _ = "calm" if U else "urgent"


def test_a_truth_is_two_bits_can_be_yes_and_can_be_no() -> None:
    assert {truth: (bool(truth.value & 1), bool(truth.value & 2)) for truth in Truth} == {
        Y: (True, False),
        N: (False, True),
        U: (True, True),
    }


def test_a_truth_is_said_as_one_lower_case_word() -> None:
    assert [str(truth) for truth in (Y, N, U)] == ["yes", "no", "unknown"]
