"""What every picture stands on: measured text, wrapping, and a frame that hostile text cannot break."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootline.pictures.svg import label, picture, shape, width_of, wrap
from tests.pictures.looking import ADDRESS, check_legible, described, read, seen

HOSTILE = '</text></svg><script>alert("1")</script>&amp; <b onload=x> \x00\x0b ]]> \ud800'


@given(st.text(max_size=120), st.integers(30, 300))
def test_wrapped_lines_fit_and_keep_every_letter(words, width):
    lines = wrap(words, width)
    assert all(width_of(line) <= width or len(line) == 1 for line in lines)
    kept = "".join(lines).replace(" ", "")
    assert len(kept) <= len("".join(words.split()))
    if words.isprintable():
        assert kept == "".join(words.split())


def test_bold_is_wider_and_an_unknown_letter_counts_as_wide():
    assert width_of("word", 14, "bold") > width_of("word", 14)
    assert width_of("漢", 14) == width_of("m", 14) == 14


def test_hostile_text_is_shown_as_text():
    svg = picture("test", "x", HOSTILE, HOSTILE, 20, [label(0, 14, HOSTILE)])
    title, description, text = read(svg)
    assert [title.text, description.text, text.text] == [HOSTILE.replace("\x00\x0b", "").replace("\ud800", "")] * 3


@given(st.text(max_size=60))
def test_any_text_gives_valid_xml(words):
    svg = picture("test", "x", f"t{words}", f"d{words}", 20, [label(0, 14, f"w{words}")])
    assert "".join(fromstring(svg).itertext()).startswith("t")


def test_attributes_take_the_names_and_numbers_of_svg():
    made = shape("rect", stroke_width=1.26, class_="box", viewBox="0 0 1 1", x=2.0)
    assert made.attrib == {"stroke-width": "1.3", "class": "box", "viewBox": "0 0 1 1", "x": "2"}


def test_title_and_description_name_the_picture():
    svg = picture("test", "one", "The title", "All of it.", 20, [label(0, 14, "a & b")])
    assert described(svg) == "The title All of it."
    assert seen(svg) == "a & b"


@pytest.mark.parametrize("bad", ['<svg onload="x"/>', '<a href="x"/>', "<style/>", "url(http://x)", "<script/>"])
def test_looking_notices_what_no_picture_may_hold(bad):
    assert ADDRESS.search(bad)


@pytest.mark.parametrize(
    "labels",
    [
        [label(0, 14, "over"), label(10, 18, "each other")],
        [label(300, 14, "out of the frame")],
        [label(0, 14, "cut off below"), label(0, 31, "x")],
        [label(0, 14, "tiny", 11)],
    ],
)
def test_looking_notices_what_cannot_be_read(labels):
    check_legible(picture("test", "x", "t", "d", 30, [label(0, 14, "apart"), label(60, 14, "from")]))
    with pytest.raises(AssertionError):
        check_legible(picture("test", "x", "t", "d", 30, labels))
