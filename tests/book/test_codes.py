"""The codes of a pack are in its book, each with its name, its window and our reading."""

from __future__ import annotations

from rootline.packs.codes import codes
from tests.book.page import squeezed


def test_every_code_window_and_reading_can_be_read(book, page):
    known = codes(book.pack)
    text = page.words("codes")
    every = [code for one in (*known.tellings, *known.orders, *known.left_out) for code in one.codes]
    every += known.body_sites
    assert every
    missing = [
        f"{one.system} {one.code}" for one in every if squeezed(f"{one.display} {one.system} {one.code}") not in text
    ]
    said = [one.reading for one in (*known.tellings, *known.orders, known.answers, known.notes, known.complaint)]
    said += [words for one in known.orders for words in (*one.named, *one.unless)]
    said += [words for one in known.tellings for words in one.named]
    said += [*(one.because for one in known.left_out), *known.refused.values()]
    assert missing + [one for one in said if squeezed(one) not in text] == []
