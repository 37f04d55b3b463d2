"""What is taken away says the same as the page: leaflet, record, Markdown, JSON and calendar."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from icalendar import Calendar

from rootline.answers.ask import ask
from rootline.answers.conversation import Conversation, reply, to_data, with_onset
from rootline.answers.render_calendar import to_calendar
from rootline.answers.render_markdown import to_markdown
from rootline.answers.render_text import to_text
from tests.edges.web.conftest import PATIENT, case

LATE = "Sciatica for 10 days, 45 years old"


def test_markdown_and_json_are_the_same_answer(web, pack):
    answer = ask(PATIENT, pack)
    markdown = web.post("/take/markdown", data={"case": case()})
    assert markdown.text == to_markdown(answer)
    told = web.post("/take/json", data={"case": case()})
    assert told.json() == json.loads(answer.model_dump_json(by_alias=True))
    for one in (markdown, told):
        assert re.fullmatch(
            r'attachment; filename="rootline-\d{4}-\d\d-\d\d\.(md|json)"', one.headers["content-disposition"]
        )


def test_the_record_is_plain_text_with_the_urgency_first(web):
    html = web.post("/take/record", data={"case": case()}).text
    text = unescape(re.search(r'<pre class="record"[^>]*>(.*?)</pre>', html, re.DOTALL)[1])
    assert text.startswith("AT LEAST URGENT")
    assert "**" not in text and not re.search(r"^#", text, re.MULTILINE)
    assert all(len(line) <= 100 for line in text.splitlines() if "://" not in line)


@pytest.mark.parametrize("audience", ["clinician", "patient"])
def test_the_record_loses_nothing_to_do_and_counts_what_it_leaves_out(pack, audience):
    for question in pack.questions:
        answer = ask(question.text, pack, audience)
        text = " ".join(to_text(answer).split())
        said = [one for part in answer.sections for one in part.statements]
        assert all(one.text in text for one in said if one.depth == "main")
        assert answer.bottom_line.text in text and answer.disclaimer in text
        deep = [one for one in said if one.depth == "in depth"]
        assert not any(one.text in text for one in deep)
        assert f"Not copied here: {len(deep)} statements in depth" in text
        assert len(text) < len(to_markdown(answer))


def test_the_leaflet_says_which_of_several_reasons_is_this_patients(web):
    html = web.post("/take/leaflet", data={"case": case("70, sciatica for 2 weeks, I take warfarin. Ibuprofen?")}).text
    told = " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())
    assert re.search(r"Do not take ibuprofen.*?\(for you: you take a blood thinner\)", told)


def test_the_leaflet_is_in_a_patients_words_with_every_warning(web, pack):
    html = web.post("/take/leaflet", data={"case": case()})
    told = unescape(re.sub(r"<[^>]+>", "", html.text))
    answer = ask(PATIENT, pack, "patient")
    assert "set-cookie" not in html.headers
    for section in answer.sections:
        for one in section.statements:
            if one.depth == "main":
                assert one.text in told
                assert one.condition in told
                assert all(dose.dose in told and dose.maximum in told for dose in one.doses), one.id


def test_the_calendar_has_each_due_day_and_no_word_of_the_question(web, pack):
    onset = date.today() - timedelta(days=29)  # one review is past, two are to come
    begun = Conversation("Jane, sciatica, 45 years old", onset=onset)
    sent = {"case": json.dumps(to_data(begun))}
    file = web.post("/take/calendar", data=sent)
    assert file.headers["content-type"].startswith("text/calendar")
    calendar = Calendar.from_ical(file.content)
    events = calendar.walk("VEVENT")
    assert {str(event["DTSTART"].dt) for event in events} == {str(onset + timedelta(days)) for days in (42, 43, 84)}
    assert {str(event["SUMMARY"]) for event in events} == {
        "If it applies: planned review (within 2 weeks)",
        "If it applies: planned review (6 weeks after it began)",
        "If it applies: planned review (12 weeks after it began)",
    }
    assert len({str(event["UID"]) for event in events}) == len(events)
    assert b"Jane" not in file.content
    assert all(len(line) <= 75 for line in file.content.split(b"\r\n"))


def test_what_two_times_have_done_on_one_day_is_one_event(pack):
    today = date(2026, 11, 21)
    begun = Conversation("sciatica, 45 years old", onset=today - timedelta(days=14))  # in two weeks, four weeks of it
    answer = reply(begun, pack, today).worked.answer
    events = Calendar.from_ical(to_calendar(answer, datetime(2026, 11, 21, tzinfo=UTC))).walk("VEVENT")
    days = [event["DTSTART"].dt for event in events]
    assert len(days) == len(set(days)) and today + timedelta(days=14) in days
    titles = {str(event["SUMMARY"]) for event in events}
    assert "If it applies: planned review (within 2 weeks, 4 weeks after it began)" in titles


def test_without_an_onset_the_days_count_back_from_how_long_it_has_lasted(pack):
    today = date(2026, 11, 21)
    dated = with_onset(Conversation(LATE), pack, today)
    assert dated.onset == today - timedelta(days=10)
    answer = reply(dated, pack, today).worked.answer
    first = Calendar.from_ical(to_calendar(answer, datetime(2026, 11, 21, tzinfo=UTC))).walk("VEVENT")[0]
    assert first["DTSTART"].dt >= dated.onset
    assert with_onset(Conversation("Sciatica for over 6 weeks"), pack, today).onset is None


def test_without_any_day_to_come_there_is_no_calendar(web):
    refused = web.post("/take/calendar", data={"case": case("Sciatica, cannot pass urine, saddle numbness")})
    assert refused.status_code == 400
    assert "Tell the day it began" in refused.text


def test_without_an_onset_the_calendar_counts_from_today(web):
    file = web.post("/take/calendar", data={"case": case("Sciatica for over 6 weeks")})
    days = {event["DTSTART"].dt for event in Calendar.from_ical(file.content).walk("VEVENT")}
    assert days <= {date.today() + timedelta(days=14), datetime.now(UTC).date() + timedelta(days=14)} and days


def test_another_form_does_not_exist(web):
    assert web.post("/take/pdf", data={"case": case()}).status_code == 404
