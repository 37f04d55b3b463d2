"""Taking keys one by one: what is missing, misshapen or left over is an error that says where and what was meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rootline.content.take import Take
from rootline.content.yaml_text import parse_yaml
from rootline.errors import PackError
from rootline.logic.place import Place

TEXT = """\
name: stay active
urgent: yes
kind: do
because:
  - a#1
  - b#2
one: alone
inner: {x: 1}
"""


def take(text: str = TEXT) -> Take:
    return Take(parse_yaml(text, "advice.yaml"), "advice `stay-active`")


def refusal(call: Callable[[], object]) -> PackError:
    with pytest.raises(PackError) as caught:
        call()
    return caught.value


def test_values_are_taken_by_key() -> None:
    fields = take()
    assert fields.text("name") == "stay active"
    assert fields.flag("urgent") is True
    assert fields.one_of("kind", ("do", "avoid")) == "do"
    assert fields.texts("because") == ("a#1", "b#2")
    assert fields.texts("one") == ("alone",)
    assert fields.any("inner") == {"x": "1"}
    assert fields.done() is None


def test_what_is_missing_falls_back_on_its_default() -> None:
    fields = take("name: x")
    assert fields.text("note", "") == ""
    assert fields.texts("note") == ()
    assert fields.flag("note") is False
    assert fields.any("note") is None
    assert fields.any("note", 3) == 3
    assert fields.one_of("note", ("a", "b"), "b") == "b"


def test_a_thing_knows_its_keys_and_place_without_taking_them() -> None:
    fields = take("\nname: x\nnote: y")
    assert fields.keys() == ["name", "note"]
    assert (fields.has("note"), fields.has("nte")) == (True, False)
    assert fields.place == Place("advice.yaml", 2)
    assert "no key `name` belongs here" in refusal(fields.done).what


def test_a_key_nobody_took_is_refused_at_its_line_with_the_nearest_taken_one() -> None:
    fields = take("name: x\nbecuase: [a#1]\n")
    fields.text("name")
    fields.texts("because")
    error = refusal(fields.done)
    assert str(error) == (
        "advice.yaml:2: advice `stay-active`: no key `becuase` belongs here\n  Did you mean `because`?"
    )


@pytest.mark.parametrize("taken", ["any", "text", "texts", "flag"])
def test_every_way_of_taking_counts_as_taken(taken: str) -> None:
    fields = take("urgent: yes")
    getattr(fields, taken)("urgent")
    assert fields.done() is None


def test_a_missing_text_is_refused_at_the_place_of_the_thing() -> None:
    error = refusal(lambda: take("\n\nname: x").text("says"))
    assert str(error) == "advice.yaml:3: advice `stay-active`: `says:` is missing\n  Add `says: …`."


def test_a_text_left_empty_is_missing_too() -> None:
    assert "`says:` is missing" in refusal(lambda: take("name: x\nsays:\n").text("says")).what


@pytest.mark.parametrize("text", ["name: [a, b]", "name: {a: b}"])
def test_a_text_that_is_a_list_or_mapping_is_refused(text: str) -> None:
    error = refusal(lambda: take(f"kind: do\n{text}").text("name", ""))
    assert error.what == "advice `stay-active`: `name:` should be one text"
    assert error.where == "advice.yaml:2"
    assert error.mend == "Put it in double quotes on one line."


@pytest.mark.parametrize("text", ["because: {a: b}", "because: [a, [b]]", "because: [{a: b}]"])
def test_texts_that_are_no_list_of_texts_are_refused(text: str) -> None:
    error = refusal(lambda: take(f"kind: do\n{text}").texts("because"))
    assert error.what == "advice `stay-active`: `because:` should be a list of texts"
    assert error.where == "advice.yaml:2"
    assert error.mend == "Write `[a, b]`."


@pytest.mark.parametrize(("word", "flag"), [("yes", True), ("no", False)])
def test_a_flag_is_yes_or_no(word: str, flag: bool) -> None:
    assert take(f"urgent: {word}").flag("urgent") is flag


@pytest.mark.parametrize("word", ["true", "Yes", "1", "on"])
def test_a_flag_in_other_words_is_refused_not_taken_for_no(word: str) -> None:
    error = refusal(lambda: take(f"name: x\nurgent: {word}").flag("urgent"))
    assert str(error) == f"advice.yaml:2: advice `stay-active`: `urgent:` is `yes` or `no`, not `{word}`"


def test_a_word_that_is_not_one_of_the_few_is_answered_with_the_nearest() -> None:
    error = refusal(lambda: take("name: x\nkind: avid").one_of("kind", ("do", "consider", "avoid")))
    assert str(error) == "advice.yaml:2: advice `stay-active`: `kind:` is never `avid`\n  Did you mean `avoid`?"


def test_a_word_near_none_of_the_few_is_answered_with_all_of_them() -> None:
    error = refusal(lambda: take("kind: perhaps").one_of("kind", ("do", "avoid")))
    assert error.mend == "Known here: `avoid`, `do`."


def test_one_of_a_few_without_a_default_must_be_there() -> None:
    assert "`kind:` is missing" in refusal(lambda: take("name: x").one_of("kind", ("do", "avoid"))).what


@pytest.mark.parametrize("text", ["- a\n- b", "just prose"])
def test_what_is_no_mapping_is_refused(text: str) -> None:
    error = refusal(lambda: take(f"\n{text}"))
    assert (error.where, error.what) == ("advice.yaml:2", "advice `stay-active` should be a mapping")
    assert error.mend.startswith("Write `key: ")


def test_a_thing_is_called_by_its_name_once_that_is_read() -> None:
    fields = take("name: x")
    fields.call("vignette `x`")
    assert str(fields.error("too short", "Write more.")) == "advice.yaml:1: vignette `x`: too short\n  Write more."


def test_an_error_points_at_the_value_and_at_the_thing_when_the_value_has_no_place() -> None:
    fields = take("name: x\nyear: 20x4")
    assert fields.error("odd", at=fields.any("year")).where == "advice.yaml:2"
    assert fields.error("odd", at="made in code").where == "advice.yaml:1"
    assert fields.error("odd").where == "advice.yaml:1"
