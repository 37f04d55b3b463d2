"""The timeline shows everything that is due, when, and under which condition; and how urgent today is."""

from __future__ import annotations

from datetime import date

import pytest

from rootline.answers.ask import ask
from rootline.answers.audience import VOICE
from rootline.answers.case import given_onset
from rootline.answers.phrases import LEVEL
from rootline.pictures.timeline import ONSET, PAST, TODAY, timeline
from tests.pictures.looking import SVG, check_legible, described, read, seen
from tests.pictures.test_svg import HOSTILE

DAY = date(2026, 11, 1)


@pytest.fixture(scope="module")
def dated(pack):
    today = date(2026, 11, 21)
    return ask("sciatica, no red flags", pack, given=[given_onset(DAY, today, pack)], onset=DAY)


def due(answer):
    return [(one, due) for section in answer.sections for one in section.statements for due in one.due]


def test_all_that_is_due_is_shown_with_its_condition(answer):
    svg = timeline(answer)
    check_legible(svg)
    assert due(answer)
    for text in (seen(svg), described(svg)):
        for one, when in due(answer):
            assert when.after in text and one.text.rstrip(".") in text and one.condition in text
            assert all(action.name.lower() in text.lower() for action in one.actions)
        assert LEVEL[answer.urgency.could_be[0]].to(VOICE[answer.audience]) in text
    assert timeline(answer) == svg


def test_dates_are_shown_where_the_onset_is_known(dated):
    text = seen(timeline(dated))
    assert {when.date for _, when in due(dated)} and all(when.date in text for _, when in due(dated))
    assert f"{ONSET.clinician} 2026-11-01" in text and "20 days after the first symptom" in text


def test_today_stands_between_what_is_past_and_what_is_to_come(dated):
    text = seen(timeline(dated))
    past, today, coming = text.index("2026-11-15"), text.index(TODAY.clinician), text.index("2026-11-29")
    assert past < today < coming
    assert PAST.clinician in text[past:today] and PAST.clinician not in text[today:]


def test_today_is_set_apart_while_the_onset_is_unknown(general):
    assert general.days_since_onset is None
    svg = timeline(general)
    lines = [one for one in read(svg).iter(f"{SVG}line") if one.get("x1") == one.get("x2") == "14"]
    assert [bool(one.get("stroke-dasharray")) for one in lines] == [True] + [False] * (len(lines) - 1)
    assert seen(svg).startswith(TODAY.clinician) and ONSET.clinician not in seen(svg)


def test_hostile_words_stay_words(general):
    sections = [
        one.model_copy(update={"statements": [two.model_copy(update={"text": HOSTILE}) for two in one.statements]})
        for one in general.sections
    ]
    assert "<script" not in timeline(general.model_copy(update={"sections": sections}))


def test_nothing_due_nothing_drawn(general, refused):
    assert timeline(refused) == ""
    assert timeline(general.model_copy(update={"sections": []})) == ""
