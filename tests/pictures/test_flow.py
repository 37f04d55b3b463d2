"""A section's flow says all that it is given, in order, and fits its sheet."""

from __future__ import annotations

import re
from xml.etree import ElementTree as Tree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootline.pictures.flow import Step, Strip, flow_pictures
from rootline.pictures.svg import WIDTH, width_of

SVG = "{http://www.w3.org/2000/svg}"


def words(svg: str) -> list[str]:
    return [one.text or "" for one in Tree.fromstring(svg).iter(f"{SVG}text")]


def height(svg: str) -> float:
    return float(Tree.fromstring(svg).attrib["viewBox"].split()[3])


TEXT = st.text(alphabet="abc de<&\"'é", min_size=1, max_size=160).filter(lambda text: text.split())
STEPS = st.builds(
    Step,
    number=st.integers(1, 60),
    says=TEXT,
    kinds=st.lists(st.sampled_from(["do", "consider", "avoid"]), unique=True, max_size=3).map(tuple),
    unless=st.lists(TEXT, max_size=2).map(tuple),
)
STEPS_OF = st.lists(STEPS, min_size=1, max_size=25).map(tuple)
STRIPS = st.lists(st.builds(Strip, when=TEXT, steps=STEPS_OF), min_size=1, max_size=12)


@given(STRIPS)
def test_a_flow_says_every_statement_once_and_in_order(strips):
    drawn = flow_pictures(strips, "f", "Section")
    told = " ".join(" ".join(words(svg)).replace("(continued)", "") for svg in drawn)
    squeezed = told.replace(" ", "")
    at = 0
    for strip in strips:
        for step in strip.steps:
            at = squeezed.index(f"{step.number}{''.join(step.says.split())}", at) + 1
    numbers = [step.number for strip in strips for step in strip.steps]
    described = " ".join(Tree.fromstring(svg).findtext(f"{SVG}desc") or "" for svg in drawn)
    assert len(re.findall(r"\d+(?: \([a-z, ]+\))?: ", described)) == len(numbers)


@given(STRIPS)
def test_no_column_is_taller_than_a_page_and_nothing_leaves_the_sheet(strips):
    drawn = flow_pictures(strips, "f", "Section")
    ids = [one.attrib["id"] for svg in drawn for one in Tree.fromstring(svg).iter() if "id" in one.attrib]
    assert len(ids) == len(set(ids))
    for svg in drawn:
        assert height(svg) <= 1000
        for text in Tree.fromstring(svg).iter(f"{SVG}text"):
            size = float(text.attrib["font-size"])
            assert float(text.attrib["x"]) + width_of(text.text or "", size) <= WIDTH
            assert float(text.attrib["y"]) <= height(svg)


def test_a_strip_that_goes_on_repeats_its_condition():
    strip = Strip("If pain", tuple(Step(number, "word " * 18, ()) for number in range(1, 60)))
    first, second, *_ = flow_pictures([strip], "f", "Section")
    assert "If pain" in words(first) and "If pain (continued)" in words(second)
    assert Tree.fromstring(first).findtext(f"{SVG}title") == "Section, part 1 of 6"


@pytest.mark.parametrize(("kind", "count"), [("do", 1), ("consider", 1), ("avoid", 0)])
def test_a_mark_is_drawn_for_each_kind_of_action(kind, count):
    (drawn,) = flow_pictures([Strip("Everyone", (Step(1, "rest", (kind,)),))], "f", "Section")
    assert len(list(Tree.fromstring(drawn).iter(f"{SVG}circle"))) == count
    assert f"1 ({kind}): rest" in drawn
