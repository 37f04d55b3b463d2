"""Circles among rules, and `known` where learning more could take back what was said for certain."""

from __future__ import annotations

import pytest

from rootline.content.yaml_text import parse_yaml
from rootline.errors import PackError
from rootline.logic.check import refuse_circles, refuse_unstable
from rootline.logic.read import Vocabulary, read
from rootline.logic.tree import Node
from rootline.logic.values import YES_NO

FACTS = ("fever", "cough", "age_given")


def rules_of(text: str) -> dict[str, Node]:
    """Rules as an author writes them, one `name: condition` after another."""
    fields = parse_yaml(text, "rules.yaml")
    vocabulary = Vocabulary(dict.fromkeys(FACTS, YES_NO), frozenset(fields))
    return {str(name): read(value, vocabulary) for name, value in fields.items()}


def test_a_rule_that_names_itself_is_refused_with_its_place() -> None:
    with pytest.raises(PackError) as caught:
        refuse_circles(rules_of("ill:\n  any of: [fever, ill]\n"))
    assert "rules go round in a circle: `ill` -> `ill`" in str(caught.value)
    assert caught.value.where == "rules.yaml:2"
    assert caught.value.mend == "Say one of them with facts alone."


def test_a_circle_over_several_rules_is_shown_whole_and_without_the_way_in() -> None:
    text = "start: first\nfirst:\n  not: second\nsecond:\n  at least 1 of: [fever, third]\nthird:\n  all of: [first]\n"
    with pytest.raises(PackError) as caught:
        refuse_circles(rules_of(text))
    assert "`first` -> `second` -> `third` -> `first`" in str(caught.value)
    assert "`start`" not in str(caught.value)
    assert caught.value.where == "rules.yaml:3"


def test_a_circle_is_found_wherever_it_stands_among_the_rules() -> None:
    text = "a: fever\nb: a\nc:\n  all of: [a, b]\nd: {not: e}\ne: {any of: [c, d]}\n"
    with pytest.raises(PackError, match="`d` -> `e` -> `d`"):
        refuse_circles(rules_of(text))


def test_two_ways_to_the_same_rule_are_not_a_circle() -> None:
    rules = rules_of("top: {all of: [left, right]}\nleft: {not: base}\nright: {any of: [base, cough]}\nbase: fever\n")
    assert refuse_circles(rules) is None


UNSTABLE = {
    "under not": "x:\n  not: known fever",
    "under none of": "x:\n  none of:\n    - cough\n    - known fever",
    "deep under not": "x:\n  not:\n    all of:\n      - any of: [cough, known fever]",
    "under not twice": "x:\n  not:\n    not: known fever",
}


@pytest.mark.parametrize("text", UNSTABLE.values(), ids=UNSTABLE)
def test_known_under_not_is_refused_where_it_stands(text: str) -> None:
    with pytest.raises(PackError) as caught:
        refuse_unstable(rules_of(text)["x"], {}, anywhere=False)
    assert "`known fever` may not stand here: what was said for certain could be withdrawn later" in str(caught.value)
    assert caught.value.where == f"rules.yaml:{len(text.splitlines())}"
    assert "Ask for the fact's value" in caught.value.mend


def test_known_inside_a_rule_that_stands_under_not_is_refused_at_the_rule() -> None:
    rules = rules_of("seen: {any of: [cough, known fever]}\nmiddle: seen\nx:\n  not: middle")
    with pytest.raises(PackError) as caught:
        refuse_unstable(rules["x"], rules, anywhere=False)
    assert caught.value.where == "rules.yaml:1"


def test_known_that_only_adds_is_let_through() -> None:
    rules = rules_of("seen: known fever\nx: {any of: [seen, {all of: [known cough, {not: age_given}]}]}")
    assert refuse_unstable(rules["x"], rules, anywhere=False) is None


@pytest.mark.parametrize("name", ["plain", "in_a_rule"])
def test_where_known_may_not_stand_at_all_it_is_refused_without_a_not(name: str) -> None:
    rules = rules_of("plain: {any of: [cough, known fever]}\nin_a_rule: {all of: [plain, cough]}")
    with pytest.raises(PackError, match="`known fever` may not stand here"):
        refuse_unstable(rules[name], rules, anywhere=True)


def test_a_condition_without_known_is_let_through_everywhere() -> None:
    rules = rules_of("base: {not: fever}\nx: {none of: [base, cough, {at least 1 of: [fever]}]}")
    assert refuse_unstable(rules["x"], rules, anywhere=True) is None
