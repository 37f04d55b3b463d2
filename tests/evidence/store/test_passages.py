"""Passages are whole sentences of quotable length, within their section, and stand in the text letter for letter."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from rootline.evidence.store.document import Document
from rootline.evidence.store.passages import FEWEST_WORDS, MOST_WORDS, Section, lay_out


def quotes(*sections: Section) -> list[tuple[str, str]]:
    text, passages = lay_out(sections)
    document = Document(id="x", sha256="x", title="x", text=text, passages=passages, kind="text")
    return [(passage.section, document.quote(passage)) for passage in passages]


def sentence(words: int, name: str = "walking") -> str:
    return " ".join([name.capitalize(), *[name] * (words - 1)]) + "."


def test_a_short_section_is_one_passage_and_its_heading_stands_beside_it():
    assert quotes(Section("METHODS", ("We walked. We sat.",)), Section("RESULTS", ("Nothing.",))) == [
        ("METHODS", "We walked. We sat."),
        ("RESULTS", "Nothing."),
    ]


def test_the_whole_text_holds_headings_and_paragraphs_in_order():
    text, _ = lay_out([Section("A", ("one", "two")), Section("", ()), Section("", ("three",))])
    assert text == "A\none\ntwo\n\nthree"


def test_long_sections_are_cut_between_sentences_to_a_quotable_length():
    body = " ".join(sentence(25) for _ in range(12))
    found = [quote for _, quote in quotes(Section("", (body,)))]
    assert len(found) == 3
    assert all(FEWEST_WORDS <= len(quote.split()) <= MOST_WORDS for quote in found)
    assert all(quote.startswith("Walking") and quote.endswith(".") for quote in found)
    assert " ".join(found) == body


def test_a_short_rest_goes_with_the_passage_before_it():
    found = quotes(Section("", (" ".join([sentence(100), sentence(60), sentence(10)]),)))
    assert [len(quote.split()) for _, quote in found] == [100, 70]


def test_abbreviations_and_decimals_do_not_end_a_sentence():
    long = sentence(50)
    body = f"{long} Pain fell by 2.0 points vs. 1.1 in Fig. 3 of Smith et al. Cohort A. {long} {long}"
    ends = [quote.split()[-1] for _, quote in quotes(Section("", (body,)))]
    assert "vs." not in ends and "Fig." not in ends and "al." not in ends


def test_a_sentence_without_end_is_cut_between_words():
    found = quotes(Section("", (" ".join(["word"] * 1000),)))
    assert all(len(quote.split()) <= MOST_WORDS for _, quote in found)
    assert sum(len(quote.split()) for _, quote in found) == 1000


@given(st.lists(st.tuples(st.text(max_size=20), st.lists(st.text(max_size=600), max_size=4)), max_size=4))
def test_every_word_of_a_section_stands_in_one_passage(sections):
    text, passages = lay_out([Section(heading, tuple(paragraphs)) for heading, paragraphs in sections])
    assert all(text[one.start : one.end] == text[one.start : one.end].strip() != "" for one in passages)
    assert all(a.end <= b.start for a, b in itertools.pairwise(passages))
    outside = "".join(
        text[a:b]
        for a, b in zip([0, *[p.end for p in passages]], [*[p.start for p in passages], len(text)], strict=True)
    )
    assert set(outside.split("\n")) <= {one.section for one in passages} | {"", " "}
