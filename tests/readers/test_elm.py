"""The nodes of ELM: each operator with as many operands as ELM gives it."""

from __future__ import annotations

from hypothesis import given

from rootline.logic.tree import All, Compare, Is, Known
from rootline.readers.cql import Names
from rootline.readers.elm import elm
from tests.agreement.strategies import FACTS, Condition, conditions, often
from tests.cql.official import nodes

NAMES = Names(FACTS, frozenset({"fever"}))
TWO = {"And", "Or", "Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual"}
ONE = {"Not", "IsNull"}


@often
@given(conditions())
def test_every_operator_has_the_number_of_operands_that_elm_gives_it(it: Condition) -> None:
    for node in nodes(elm(it.node, NAMES)):
        if node["type"] in TWO:
            assert len(node["operand"]) == 2
        elif node["type"] in ONE:
            assert isinstance(node["operand"], dict)
        else:
            assert node["type"] in ("Literal", "ParameterRef", "ExpressionRef")


def test_three_parts_are_joined_from_the_left() -> None:
    a, b, c = (elm(Is("falls", value), NAMES) for value in ("yes", "no", "yes"))
    joined = {"type": "And", "operand": [{"type": "And", "operand": [a, b]}, c]}
    assert elm(All((Is("falls", "yes"), Is("falls", "no"), Is("falls", "yes"))), NAMES) == joined


def test_a_negative_amount_is_the_opposite_of_a_literal() -> None:
    right = elm(Compare("age", ">", -2.5), NAMES)["operand"][1]
    assert right["type"] == "Negate" and right["operand"]["value"] == "2.5"


def test_a_fact_with_findings_is_a_definition_and_any_other_a_parameter() -> None:
    fever = {"type": "ExpressionRef", "name": "With findings: fever"}
    assert elm(Is("fever", "yes"), NAMES) == fever
    assert elm(Known("fever"), NAMES) == {"type": "Not", "operand": {"type": "IsNull", "operand": fever}}
    assert elm(Is("falls", "yes"), NAMES) == {"type": "ParameterRef", "name": "falls"}
