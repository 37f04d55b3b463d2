"""Terms are underlined once, as whole words, and the text stays letter for letter what it is."""

from __future__ import annotations

from html import unescape
from re import sub

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from rootline.edges.web.terms import Terms


def test_a_term_is_marked_once_as_a_whole_word_and_the_text_stays(pack):
    terms = Terms(pack)
    text = "MRI & an MRI of <the> nerve roots; electroMRI-like; foot drop."
    html = str(terms.mark(text))
    assert unescape(sub(r"<[^>]+>", "", html)) == text
    assert html.count("<button") == 3 and list(terms.used) == ["mri", "nerve-root", "foot-drop"]
    assert "<button" not in str(terms.mark("MRI"))


@given(st.text())
def test_no_text_is_altered_or_let_through_unescaped(pack, text):
    html = str(Terms(pack).mark(text))
    bare = sub(r'<button type="button" class="term" popovertarget="t-[a-z-]+">|</button>', "", html)
    assert bare == str(escape(text))
