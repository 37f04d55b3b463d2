"""What docs/pictures.md promises to a page holds: its example, the classes to style, and no two ids alike."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rootline.packs.model import LEVELS
from rootline.pictures.effects import effects
from rootline.pictures.ladder import Rung, draw_ladder, ladder
from rootline.pictures.leg import leg
from rootline.pictures.timeline import timeline
from tests.pictures.looking import ids, read

PAGE = (Path(__file__).parents[2] / "docs" / "pictures.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def drawn(s1, general):
    having = [one for section in general.sections for one in section.statements if one.effects]
    return [ladder(s1), timeline(s1), leg(s1), *map(effects, having)]


def test_the_example_runs():
    names: dict[str, object] = {}
    exec(PAGE.split("```python\n")[1].split("```")[0], names)
    assert ids(names["svg"])[0] == "ladder-1"


def test_every_class_it_names_is_drawn(drawn, foot_drop):
    named = {word for code in re.findall(r"`(\.[^`]+)`", PAGE) for word in re.findall(r"\.([a-z][a-z0-9-]*)", code)}
    ladders = [ladder(foot_drop), draw_ladder([Rung(level) for level in LEVELS], "clinician")]
    classes = {word for svg in [*drawn, *ladders] for one in read(svg).iter() for word in one.get("class", "").split()}
    assert len(named) > 10 and named - {"l5"} <= classes  # the root here is S1


def test_all_pictures_of_an_answer_fit_on_one_page(drawn):
    assert all(drawn) and len(drawn) > 4
    every = [found for svg in drawn for found in ids(svg)]
    assert len(every) == len(set(every))


def test_lines_and_text_take_the_colour_of_the_page(drawn):
    painted = {
        value
        for svg in drawn
        for one in read(svg).iter()
        for key in ("fill", "stroke")
        if (value := one.get(key)) and not value.startswith("url(#")
    }
    assert painted == {"none", "currentColor"}
