"""What is said is said once, and a reader can tell what is denied."""

from __future__ import annotations

import pytest

from rootline.answers.ask import ask
from rootline.answers.banner import banner
from rootline.answers.case import Given, read_given
from rootline.answers.why import explain
from rootline.packs.run import run

VOICES = pytest.mark.parametrize(("audience", "review"), [("clinician", "review within 2 weeks"),
                                                          ("patient", "a check-up within 2 weeks")])  # fmt: skip


def cleared(pack):
    asked = [fact for fact, one in pack.facts.items() if one.kind == "yes/no" and fact != "leg_pain"]
    given = [Given(fact, "no", "form", f"{fact}=no") for fact in asked]
    return [*given, *(read_given(one, pack) for one in ("foot_drop=none", "lowest_power=5", "pain_score=3"))]


@VOICES
def test_a_calm_bottom_line_names_the_review_once(pack, audience, review):
    answer = ask("45-year-old, sciatica for 2 weeks", pack, audience, cleared(pack))
    assert answer.urgency.level == "routine"
    assert answer.bottom_line.text.lower().count(review) == 1
    assert "nothing more urgent holds" in banner(answer).because, "there is nothing above a banner"


def test_the_denied_part_of_a_why_says_that_it_must_not_hold(pack):
    told = explain(run(pack, {}), "urgent-weakness", "clinician")
    lines = [line.strip() for line in told.splitlines()]
    denied = [line for line in lines if "no foot drop" in line]
    assert denied and all("must not hold: no foot drop" in line for line in denied)
