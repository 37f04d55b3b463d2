"""Short forms keep what they cut visible, and no text can leave a CSS string."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootline.book.wording import css_text, in_short, sentence


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Offer heat or cold for comfort.", "Offer heat or cold for comfort"),
        ("No routine MRI, CT or X-ray: no gain seen. More.", "No routine MRI, CT or X-ray: no gain seen …"),
        ("Quote: pregabalin left leg pain as it was. More.", "Quote: pregabalin left leg pain as it was …"),
        ("Take 1.5 mg of something now, never more", "Take 1.5 mg of something now, never more"),
        ("word " * 40, "word " * 21 + "word …"),
    ],
)
def test_a_statement_in_short(text, short):
    assert in_short(text) == short


@given(st.text(max_size=300))
def test_what_is_cut_is_marked(text):
    short = in_short(text)
    assert short.endswith("…") or short.rstrip(".") == text.rstrip(".")


@given(st.text(max_size=60))
def test_no_text_can_end_a_css_string(text):
    written = css_text(text)
    assert re.fullmatch(r'"(?:[A-Za-z0-9 ]|\\[0-9a-f]{1,6} )*"', written)
    read = re.sub(r"\\([0-9a-f]{1,6}) ", lambda code: chr(int(code[1], 16)), written[1:-1])
    assert read == text


def test_a_sentence_has_a_capital_and_one_full_stop():
    assert [sentence(text) for text in ("if pain", "If pain.", "")] == ["If pain.", "If pain.", ""]
