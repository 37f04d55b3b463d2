"""The two files of cards and feedback: a torn line costs itself alone, and no request reads all that is kept."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from rootline.cli.main import main
from rootline.edges.cds_hooks.feedback import Ledger
from rootline.errors import InputError, NotFoundError
from tests.edges.cds_hooks.calls import APIXABAN, SCIATICA, drug, signing
from tests.edges.cds_hooks.test_feedback import accepted, overridden, report, send
from tests.edges.fhir.resources import concept


@pytest.fixture
def show(answer):
    def showing():
        (card,) = answer(signing(SCIATICA, APIXABAN, orders=[drug(concept("rxnorm", "5640"))]))
        return card

    return showing


def told(folder):
    result = CliRunner().invoke(main, ["cds", "feedback", "--folder", str(folder)])
    return result.exit_code, result.output


def test_half_a_line_at_the_end_stops_neither_feedback_nor_the_report(service, show, tmp_path):
    card, folder = show(), tmp_path / "cds"
    for name in ("cards.jsonl", "feedback.jsonl"):
        with (folder / name).open("a") as file:
            file.write('{"card": "0d7c')
    send(service, overridden(card))
    other = show()
    send(service, accepted(other))
    code, output = told(folder)
    assert code == 1
    assert "2 shown, 1 accepted, 1 overridden" in output
    assert "cards.jsonl:2 cannot be read" in output and "feedback.jsonl:1 cannot be read" in output
    assert "Zwetschgenbaum" not in output


@pytest.mark.parametrize("torn", [b"\xff\xfe\n", b"[]\n", b"7\n", b'{"card": \n', b"null\n"])
def test_a_line_that_is_none_costs_itself_alone(service, show, tmp_path, torn):
    card = show()
    file = tmp_path / "cds" / "cards.jsonl"
    file.write_bytes(torn + file.read_bytes() + b"\n")
    send(service, overridden(card))
    code, output = told(tmp_path / "cds")
    assert code == 1 and "1 shown, 0 accepted, 1 overridden" in output and "cards.jsonl:1 " in output
    assert "cards.jsonl:3" not in output  # an empty line is no loss


def test_a_card_whose_own_line_is_torn_is_not_known(service, show, tmp_path):
    card = show()
    file = tmp_path / "cds" / "cards.jsonl"
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(NotFoundError):
        send(service, overridden(card))


def test_feedback_looks_for_its_card_from_the_end_and_parses_no_other(service, show, tmp_path, monkeypatch):
    cards = [show() for _ in range(5)]
    parsed = []
    loads = json.loads
    monkeypatch.setattr(json, "loads", lambda text: parsed.append(text) or loads(text))
    send(service, overridden(cards[3]))
    assert len(parsed) == 1


def test_a_suggestion_that_was_not_on_the_card_is_refused(service, show, tmp_path):
    card, other = show(), show()
    for wrong in ("made-up", other["suggestions"][0]["uuid"], ""):
        with pytest.raises(InputError, match="not on the card"):
            send(service, {**accepted(card), "acceptedSuggestions": [{"id": wrong}]}, check=False)
    assert not (tmp_path / "cds" / "feedback.jsonl").exists()
    send(service, accepted(card))


@pytest.mark.parametrize("when", ["yesterday", "2026-11-21", "2026-13-21T10:00:00Z", "10:00", "2026-11-21T10:00:00"])
def test_a_time_that_is_none_is_refused(service, show, when):
    with pytest.raises(InputError, match="outcomeTimestamp"):
        send(service, {**overridden(show()), "outcomeTimestamp": when})


@pytest.mark.parametrize("when", ["2026-11-21T10:00:00.123Z", "2026-11-21T11:00:00+01:00"])
def test_a_moment_in_any_zone_is_taken(service, show, when):
    send(service, {**overridden(show()), "outcomeTimestamp": when})


def test_a_later_word_without_a_reason_keeps_the_reason_given_before(service, show, tmp_path):
    card = show()
    bare = {key: value for key, value in overridden(card).items() if key != "overrideReason"}
    send(service, overridden(card), keep=True)
    send(service, bare, keep=True)
    (line,) = report(tmp_path / "cds")
    assert line["reasons"] == {"benefit-outweighs": 1} and line["comments"] == ["Mr Zwetschgenbaum insists"]
    send(service, overridden(card, code="disagree"))
    assert report(tmp_path / "cds")[0]["reasons"] == {"disagree": 1}
    send(service, accepted(card))
    send(service, bare)
    assert report(tmp_path / "cds")[0]["reasons"] == {"none given": 1}  # it was decided anew


def test_the_ledger_of_nothing_is_empty(tmp_path):
    assert Ledger(tmp_path / "none").report() == ([], [])
