"""Several renditions of one document: the best record, the richest text, every warning."""

from __future__ import annotations

from rootline.evidence.store.document import Notice
from rootline.evidence.store.merge import merge
from tests.evidence.strategies import made_up

LONG = "Many words. " * 50


def test_the_record_is_pubmeds_and_the_text_is_the_full_one():
    merged = merge([made_up(kind="jats", title="Ours", text=LONG, journal=""), made_up(title="Theirs", journal="J")])
    assert (merged.title, merged.journal, merged.kind) == ("Theirs", "J", "jats")
    assert merged.quote(merged.passages[0]) in merged.text


def test_of_texts_about_as_long_the_better_kind_is_kept():
    merged = merge([made_up(kind="ris", text="A bit longer than that."), made_up(text="Not so much longer.")])
    assert merged.kind == "pubmed"


def test_what_one_record_lacks_another_fills():
    merged = merge([made_up(year=None, mesh=()), made_up(kind="nbib", year=2020, mesh=("Sciatica",))])
    assert (merged.year, merged.mesh) == (2020, ("Sciatica",))


def test_the_worst_standing_counts_and_no_notice_is_lost():
    one, two = Notice("corrected", "1", "a"), Notice("retracted", "2", "b")
    merged = merge(
        [
            made_up(standing="corrected", notices=(one,)),
            made_up(kind="notice 2", title="", text="", standing="retracted", notices=(two,)),
            made_up(kind="nbib", notices=(one,)),
        ]
    )
    assert (merged.standing, merged.notices) == ("retracted", (one, two))


def test_the_order_in_which_they_came_does_not_matter():
    some = [made_up(kind=kind, text=kind * 20) for kind in ("ris", "pubmed", "html")]
    assert merge(some) == merge(some[::-1])
