"""The pictures say all that they are given, fit their sheet, and mark a patient's place in words."""

from __future__ import annotations

import re
from xml.etree import ElementTree as Tree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootline.book.flow_picture import Step, Strip, flow_pictures
from rootline.book.ladder_picture import Rung, ladder_picture
from rootline.book.svg import WIDTH

LADDER = [
    Rung("emergency", "EMERGENCY: now", "saddle numbness", "ruled out"),
    Rung("urgent", "URGENT: today", "foot drop", "holds"),
    Rung("urgent", "URGENT: today", "both legs", "open"),
    Rung("routine", "ROUTINE: as planned", "none of the above"),
]


def words(svg: str) -> list[str]:
    return [one.text or "" for one in Tree.fromstring(svg).iter("text")]


def height(svg: str) -> float:
    return float(Tree.fromstring(svg).attrib["viewBox"].split()[3])


def test_the_ladder_reads_downwards_and_marks_the_patient():
    said = words(ladder_picture(LADDER, "l", "Urgency"))
    order = ["EMERGENCY: now", "saddle numbness", "ruled out", "URGENT: today", "foot drop", "holds here", "both legs"]
    places = [said.index(one) for one in order]
    assert places == sorted(places)
    assert said.count("URGENT: today") == 1
    assert said.index("not yet ruled out") > said.index("both legs")


def test_the_ladder_without_a_patient_marks_nothing():
    bare = [Rung(one.level, one.says, one.when) for one in LADDER]
    assert not {"holds here", "ruled out", "not yet ruled out"} & set(words(ladder_picture(bare, "l", "Urgency")))


def test_each_level_has_its_own_shape():
    levels = [Rung(level, level, "always") for level in ("emergency", "urgent", "soon", "routine")]
    drawn = Tree.fromstring(ladder_picture(levels, "l", "Urgency"))
    shapes = {one.get("d") for one in drawn.iter("path") if (one.get("d") or "").endswith("Z")}
    assert len(shapes) == 3 and len(list(drawn.iter("circle"))) == 1


def test_the_description_of_the_ladder_says_the_same():
    drawn = Tree.fromstring(ladder_picture(LADDER, "l", "Urgency"))
    described = drawn.findtext("desc") or ""
    assert "URGENT: today: foot drop: holds here; both legs: not yet ruled out." in described
    assert drawn.findtext("title") == "Urgency"


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
    described = " ".join(Tree.fromstring(svg).findtext("desc") or "" for svg in drawn)
    assert len(re.findall(r"\d+(?: \([a-z, ]+\))?: ", described)) == len(numbers)


@given(STRIPS)
def test_no_column_is_taller_than_a_page_and_nothing_leaves_the_sheet(strips):
    drawn = flow_pictures(strips, "f", "Section")
    ids = [one.attrib["id"] for svg in drawn for one in Tree.fromstring(svg).iter() if "id" in one.attrib]
    assert len(ids) == len(set(ids))
    for svg in drawn:
        assert height(svg) <= 1000
        for text in Tree.fromstring(svg).iter("text"):
            size = float(text.attrib["font-size"])
            assert float(text.attrib["x"]) + len(text.text or "") * size * 0.56 <= WIDTH
            assert float(text.attrib["y"]) <= height(svg)


def test_a_strip_that_goes_on_repeats_its_condition():
    strip = Strip("If pain", tuple(Step(number, "word " * 18, ()) for number in range(1, 60)))
    first, second, *_ = flow_pictures([strip], "f", "Section")
    assert "If pain" in words(first) and "If pain (continued)" in words(second)
    assert Tree.fromstring(first).findtext("title") == "Section, part 1 of 4"


@pytest.mark.parametrize(("kind", "count"), [("do", 1), ("consider", 1), ("avoid", 0)])
def test_a_mark_is_drawn_for_each_kind_of_action(kind, count):
    (drawn,) = flow_pictures([Strip("Everyone", (Step(1, "rest", (kind,)),))], "f", "Section")
    assert len(list(Tree.fromstring(drawn).iter("circle"))) == count
    assert f"1 ({kind}): rest" in drawn
