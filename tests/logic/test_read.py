"""Conditions as authors write them become the tree; everything else is refused with its place and the nearest name."""

from __future__ import annotations

import pytest

from rootline.content.yaml_text import parse_yaml
from rootline.errors import PackError
from rootline.logic.place import Fields
from rootline.logic.read import Vocabulary, is_operator, operator_of, read
from rootline.logic.tree import ALWAYS, All, Any, AtLeast, Compare, Is, Known, Node, Not, Rule, walk
from rootline.logic.units import UNITS
from rootline.logic.values import YES_NO, Amount, Choice

VOCABULARY = Vocabulary(
    {
        "fever": YES_NO,
        "cough": YES_NO,
        "foot_drop": Choice(("none", "partial", "complete")),
        "duration": Amount(UNITS["d"], 0.0, 1000.0),
        "age": Amount(UNITS["a"], 0.0, 120.0),
        "pain_score": Amount(UNITS["{score}"], 0.0, 10.0),
    },
    frozenset({"frail"}),
)
FEVER, COUGH, FRAIL = Is("fever", "yes"), Is("cough", "yes"), Rule("frail")


def read_when(text: str) -> Node:
    """The condition under `when:` on line 1 (or below) of a small file."""
    return read(parse_yaml(f"when: {text}", "advice.yaml")["when"], VOCABULARY)


def refusal(text: str) -> PackError:
    with pytest.raises(PackError) as caught:
        read_when(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("fever", FEVER),
        ("fever is no", Is("fever", "no")),
        ("foot_drop is partial", Is("foot_drop", "partial")),
        ("frail", FRAIL),
        ("known age", Known("age")),
        ("known foot_drop", Known("foot_drop")),
        ("always", ALWAYS),
        ("otherwise", ALWAYS),
        ("{not: fever}", Not(FEVER)),
        ("{all of: [fever, frail]}", All((FEVER, FRAIL))),
        ("{any of: [cough, fever]}", Any((COUGH, FEVER))),
        ("{none of: [fever, cough]}", Not(Any((FEVER, COUGH)))),
        ("{at least 2 of: [fever, cough, frail]}", AtLeast(2, (FEVER, COUGH, FRAIL))),
        ("{all of: [{not: {any of: [fever]}}, cough]}", All((Not(Any((FEVER,))), COUGH))),
        ("duration < 6 weeks", Compare("duration", "<", 42.0)),
        ("duration >= 3 months", Compare("duration", ">=", 91.3125)),
        ("age>65 years", Compare("age", ">", 65.0)),
        ("age <= 18 a", Compare("age", "<=", 18.0)),
        ("pain_score >= 7", Compare("pain_score", ">=", 7.0)),
    ],
)
def test_what_authors_write_becomes_the_tree(text: str, node: Node) -> None:
    assert read_when(text) == node


def test_a_comparison_keeps_the_amount_as_the_author_wrote_it() -> None:
    node = read_when("duration < 6 weeks")
    assert isinstance(node, Compare)
    assert (node.amount, node.written) == (42.0, "6 weeks")


def test_every_node_remembers_the_line_it_stands_on() -> None:
    lines = ("all of:", "  - fever", "  - not: cough", "  - any of:", "      - age < 2 years", "      - known age")
    node = read_when("".join(f"\n  {line}" for line in lines))
    at = {type(below).__name__: below.place.line for below in walk(node)}
    assert at == {"All": 2, "Is": 4, "Not": 4, "Any": 5, "Compare": 6, "Known": 7}
    assert {below.place.file for below in walk(node)} == {"advice.yaml"}


REFUSED = {
    "feverr": ("`feverr` is neither a fact nor a rule", "Did you mean `fever`?"),
    "frial": ("`frial` is neither a fact nor a rule", "Did you mean `frail`?"),
    "known fevr": ("`fevr` is neither a fact nor a rule", "Did you mean `fever`?"),
    "ages < 3 years": ("`ages` is neither a fact nor a rule", "Did you mean `age`?"),
    "zzz": ("`zzz` is neither a fact nor a rule", "Known here: `age`, `cough`, `duration`, `fever`"),
    "age = 65 years": ("`age = 65 years` is neither a fact nor a rule", ""),
    "known frail": ("`frail` is a rule; only a fact fits here", ""),
    "frail is yes": ("`frail` is a rule; only a fact fits here", ""),
    "frail > 3": ("`frail` is a rule; only a fact fits here", ""),
    "foot_drop": ("`foot_drop` is not a yes/no fact, so it cannot stand alone", "Write `foot_drop is …`."),
    "age": ("`age` is not a yes/no fact, so it cannot stand alone", "Compare it: `age < …`."),
    "age is 65 years": ("`age` is a number", "Compare it: `age < …`."),
    "foot_drop is partail": ("`foot_drop` is never `partail`", "Did you mean `partial`?"),
    "fever is maybe": ("`fever` is never `maybe`", "Known here: `no`, `yes`."),
    "foot_drop is not none": ("`foot_drop` is never `not none`", ""),
    "foot_drop < 3": ("`foot_drop` is not a number", "Write `foot_drop is …`."),
    "age > 65": ("in `age > 65`: `65` has no unit", "Write it as `65 years`."),
    "age > 65 yeers": ("in `age > 65 yeers`: `yeers` is not a unit known here", "Did you mean `years`?"),
    "age > 65 kg": ("`65 kg` measures mass, but time is meant", "Write it as `6 years`."),
    "age > 130 years": ("`130 years` is not possible", "It can be 0 years to 120 years."),
    "age > old": ("`old` is not a number", "Write it as `6 years`."),
    "age > > 5 years": ("`> 5 years` is not a number", ""),
    "{nor of: [fever]}": ("no operator is called `nor of`", "Did you mean `none of`?"),
    "{al of: [fever]}": ("no operator is called `al of`", "Did you mean `all of`?"),
    "{all of: fever}": ("`all of:` needs a list with at least one condition", "Write `[a, b]`."),
    "{any of: []}": ("`any of:` needs a list with at least one condition", "Write `[a, b]`."),
    "{none of: }": ("`none of:` needs a list with at least one condition", ""),
    "{at least 1 of: []}": ("`at least 1 of:` needs a list with at least one condition", ""),
    "{at least 3 of: [fever, cough]}": ("`at least 3 of` has 2 parts", "Use a number from 1 to 2."),
    "{at least 0 of: [fever]}": ("`at least 0 of` has 1 parts", "Use a number from 1 to 1."),
    "[fever, cough]": ("a condition is one name, one comparison or one of `all of:`", "Put several conditions under"),
    "{not: fever, all of: [cough]}": ("a condition is one name", "`all of:` or `any of:`"),
    "{not: [fever]}": ("a condition is one name", "Put several conditions under"),
    "{}": ("a condition is one name", ""),
    "": ("`` is neither a fact nor a rule", ""),
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_read_is_refused_with_place_and_mend(text: str) -> None:
    what, mend = REFUSED[text]
    error = refusal(text)
    assert what in error.what
    assert mend in error.mend
    assert str(error).startswith("advice.yaml:1: ")


def test_the_place_of_an_error_is_the_line_of_the_wrong_part() -> None:
    error = refusal("\n  all of:\n    - fever\n    - any of:\n        - cough\n        - duration < 6 wekes")
    assert error.where == "advice.yaml:6"
    assert "Did you mean `weeks`?" in str(error)


def test_the_operator_pattern_copied_without_a_number_is_refused_not_read_as_none_of() -> None:
    error = refusal("{any of: [frail, {at least N of: [fever, cough]}]}")
    assert "at least N of" in error.what
    assert error.where == "advice.yaml:1"


def test_a_rule_comes_before_a_fact_of_the_same_name() -> None:
    vocabulary = Vocabulary({"fever": YES_NO}, frozenset({"fever"}))
    assert read(parse_yaml("- fever", "f.yaml")[0], vocabulary) == Rule("fever")


@pytest.mark.parametrize("key", ["all of", "any of", "none of", "not", "at least 2 of", "at least 10 of"])
def test_every_operator_opens_a_condition(key: str) -> None:
    assert is_operator(key)


@pytest.mark.parametrize("key", ["when", "at least of", "at least two of", "All of", "not at all", "all", ""])
def test_no_other_key_opens_a_condition(key: str) -> None:
    assert not is_operator(key)


def test_a_condition_written_among_other_keys_is_taken_out_with_its_place() -> None:
    fields = parse_yaml("\nwords: x\nall of: [fever, cough]\nbecause: [y]", "rules.yaml")
    taken = operator_of(fields)
    assert isinstance(taken, Fields)
    assert list(taken) == ["all of"]
    assert taken.place == fields.place
    assert read(taken, VOCABULARY) == All((FEVER, COUGH))


def test_without_a_condition_among_the_keys_there_is_none() -> None:
    assert operator_of(parse_yaml("words: x\nbecause: [y]", "rules.yaml")) is None


def test_two_conditions_side_by_side_are_refused() -> None:
    with pytest.raises(PackError) as caught:
        operator_of(parse_yaml("not: fever\nany of: [cough]", "rules.yaml"))
    assert str(caught.value) == "rules.yaml:1: two conditions side by side\n  Put them under one `all of:`."
