"""Whatever else a summary holds, what the urgency still could be stands in it whole."""

from __future__ import annotations

import pytest

from rootline.edges.cds_hooks.words import LONGEST_SUMMARY, UNASKED
from rootline.packs.codes import codes
from tests.edges.cds_hooks.calls import APIXABAN, SCIATICA, call, drug, service_request, signing
from tests.edges.fhir.resources import concept, condition

DROP = condition(concept("icd10cm", "M21.372"), "fd", recordedDate="2026-11-20")
SADDLE = condition(concept("snomed", "449813001"), "saddle", recordedDate="2026-11-20")
BAD = [condition(concept(*code), f"k{n}", recordedDate="2026-11-20") for n, code in enumerate(
    [("snomed", "42343007"), ("snomed", "77386006"), ("snomed", "433146000"), ("snomed", "23042008")])]  # fmt: skip
IBUPROFEN = drug(concept("rxnorm", "5640"), "nsaid")
DOAC = drug(concept("rxnorm", "1364430"), "doac")


def ordered(pack):
    """A draft for each action of the pack that an order can be, by its first code or name."""
    for one in codes(pack).orders:
        if one.codes:
            is_drug = one.codes[0].system == "rxnorm"
            coded = concept(one.codes[0].system, one.codes[0].code)
            yield (drug if is_drug else service_request)(coded, one.action)


def test_an_order_beside_an_urgent_sign_says_what_it_could_still_be(answer):
    cards = answer(signing(SCIATICA, DROP, orders=[IBUPROFEN, DOAC]))
    (nsaid,) = (card for card in cards if "NSAID" in card["summary"])
    assert nsaid["summary"].startswith("AT LEAST URGENT, COULD BE EMERGENCY (foot drop")
    assert "NSAID: contraindicated here (on an anticoagulant" in nsaid["summary"]


@pytest.mark.parametrize("records", [[SCIATICA], [SCIATICA, DROP], [SCIATICA, DROP, *BAD, APIXABAN],
                                     [SCIATICA, *BAD, APIXABAN], [SADDLE, *BAD]])  # fmt: skip
def test_no_summary_of_any_order_is_cut_where_it_says_how_pressing_it_is(answer, pack, records):
    seen = 0
    for order in ordered(pack):
        for card in answer(signing(*records, orders=[order])):
            summary = card["summary"]
            assert len(summary) <= LONGEST_SUMMARY and "…." not in summary
            starts = ("EMERGENCY: now, within hours", "AT LEAST URGENT, COULD BE EMERGENCY")
            ends = ("Emergency not ruled out: see the questions", UNASKED, "EMERGENCY reached")
            assert summary.startswith(starts) or summary.endswith(ends), summary
            seen += 1
    assert seen > 5
    (card,) = answer(call(*records))
    shown = card["summary"].upper()
    starts = ("EMERGENCY: NOW, WITHIN HOURS", UNASKED.upper())
    assert "COULD BE EMERGENCY: NOW, WITHIN HOURS" in shown or shown.startswith(starts)
