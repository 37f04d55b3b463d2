"""What became of the cards is kept without a patient's words, and told."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime, timedelta

import jsonschema
import pytest
from click.testing import CliRunner

from rootline.cli.main import main
from rootline.errors import InputError, NotFoundError
from tests.edges.cds_hooks.calls import APIXABAN, SCIATICA, drug, signing
from tests.edges.cds_hooks.schemas import FEEDBACK
from tests.edges.fhir.resources import concept

SERVICE = "rootline-order-sign"
WHEN = "2020-12-11T00:00:00Z"


@pytest.fixture
def card(answer):
    (shown,) = answer(signing(SCIATICA, APIXABAN, orders=[drug(concept("rxnorm", "5640"))]))
    return shown


def overridden(card, code="benefit-outweighs", comment="Mr Zwetschgenbaum insists"):
    reason = {"reason": {"code": code, "system": "https://r.example/x"}, "userComment": comment}
    return {"card": card["uuid"], "outcome": "overridden", "outcomeTimestamp": WHEN, "overrideReason": reason}


def accepted(card):
    chosen = [{"id": card["suggestions"][0]["uuid"]}]
    return {"card": card["uuid"], "outcome": "accepted", "outcomeTimestamp": WHEN, "acceptedSuggestions": chosen}


def send(service, *entries, keep=False, check=True):
    body = {"feedback": list(entries)}
    if check:
        jsonschema.validate(body, FEEDBACK)
    return service.ledger.received(copy.deepcopy(body), SERVICE, keep)


def report(folder):
    result = CliRunner().invoke(main, ["cds", "feedback", "--folder", str(folder), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_an_override_is_reported_with_its_reason_and_without_words(service, card, tmp_path):
    send(service, overridden(card))
    (line,) = report(tmp_path / "cds")
    assert (line["about"], line["stance"], line["shown"], line["overridden"]) == ("nsaid", "contraindicated", 1, 1)
    assert line["reasons"] == {"benefit-outweighs": 1} and line["comments"] == []
    assert "Zwetschgenbaum" not in (tmp_path / "cds" / "feedback.jsonl").read_text()
    assert (tmp_path / "cds" / "feedback.jsonl").stat().st_mode & 0o077 == 0


def test_comments_are_kept_only_where_asked_for(service, card, tmp_path):
    send(service, overridden(card), keep=True)
    assert report(tmp_path / "cds")[0]["comments"] == ["Mr Zwetschgenbaum insists"]


def test_the_later_word_on_a_card_counts(service, card, tmp_path):
    send(service, overridden(card))
    send(service, accepted(card))
    (line,) = report(tmp_path / "cds")
    assert (line["accepted"], line["overridden"]) == (1, 0)
    assert len((tmp_path / "cds" / "feedback.jsonl").read_text().splitlines()) == 2  # nothing is rewritten


def test_a_reason_of_somebody_elses_list_is_other(service, card, tmp_path):
    send(service, overridden(card, code="<b>x</b>"))
    assert report(tmp_path / "cds")[0]["reasons"] == {"other": 1}


def test_no_reason_is_told_as_none(service, card, tmp_path):
    send(service, {key: value for key, value in overridden(card).items() if key != "overrideReason"})
    assert report(tmp_path / "cds")[0]["reasons"] == {"none given": 1}


@pytest.mark.parametrize(
    "change",
    [{"outcome": "ignored"}, {"card": ""}, {"card": 5}, {"outcomeTimestamp": ""}, {"overrideReason": "because"},
     {"outcome": "accepted"}],
)  # fmt: skip
def test_feedback_that_is_none_is_refused(service, card, change, tmp_path):
    with pytest.raises(InputError):
        send(service, {**overridden(card), **change}, check=False)
    assert not (tmp_path / "cds" / "feedback.jsonl").exists()


def test_a_card_that_is_not_ours_is_not_known(service, card):
    with pytest.raises(NotFoundError, match="not known here"):
        send(service, overridden({"uuid": "00000000-0000-0000-0000-000000000000"}))
    with pytest.raises(InputError):
        send(service, check=False)


def test_of_several_what_is_good_is_kept_and_the_rest_is_told_by_its_place(service, card, tmp_path):
    strange = overridden({"uuid": "00000000-0000-0000-0000-000000000000"})
    ours = {"card": card["uuid"], "outcome": "accepted", "outcomeTimestamp": WHEN}
    theirs = {**ours, "acceptedSuggestions": [{"id": strange["card"]}]}
    refused = send(service, strange, overridden(card), ours, theirs, check=False)
    assert list(refused) == [0, 2, 3]
    assert refused[0] == "a card is not known here" and "`acceptedSuggestions` is missing" in refused[2]
    assert "was not on the card" in refused[3]
    assert report(tmp_path / "cds")[0]["overridden"] == 1
    assert len((tmp_path / "cds" / "feedback.jsonl").read_text().splitlines()) == 1


def at(moment):
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def test_a_moment_may_have_small_letters_and_any_zone_but_lies_at_most_five_minutes_ahead(service, card):
    now = datetime.now(UTC)
    for said in (
        at(now).lower(),
        "2020-12-11T01:00:00+01:00",
        at(now + timedelta(minutes=4)),
        "0001-01-01T00:00:00+14:00",
    ):
        assert send(service, {**overridden(card), "outcomeTimestamp": said}) == {}
    for said in (at(now + timedelta(minutes=6)), "2036-11-21T10:00:00Z", "9999-12-31T23:59:59-14:00"):
        with pytest.raises(InputError, match="lies in the future"):
            send(service, {**overridden(card), "outcomeTimestamp": said})
    for said in ("2026-11-21", "2026-11-21T10:00:00", "yesterday"):
        with pytest.raises(InputError, match="is no moment"):
            send(service, {**overridden(card), "outcomeTimestamp": said}, check=False)


def test_no_card_yet(tmp_path):
    assert (
        CliRunner().invoke(main, ["cds", "feedback", "--folder", str(tmp_path)]).output == "No card has been shown.\n"
    )
