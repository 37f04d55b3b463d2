"""The client at the desk of a real server: the whole life of an answer with three people, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from rootline.client import Client
from rootline.client.desk_shapes import EditionItem
from rootline.desk.opening import make_desk
from rootline.desk.people.api_tokens import make_token
from rootline.desk.people.store import People
from rootline.errors import ConflictError, InputError, NotFoundError, RefusedError, SignInError
from tests.desk.conftest import EXAMPLE, fresh, server  # noqa: F401  (a fixture)
from tests.desk.people.conftest import join
from tests.edges.desk.at_desk.conftest import PEOPLE
from tests.server import Server, serving

PIECE = "ankle-sprain/first-steps/clinician"
As = Callable[..., Client]
SCOPES = {"author": ("read", "submit"), "reviewer": ("read", "review"), "second": ("read", "review"),
          "chair": ("read", "review", "retire")}  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def running(request, tmp_path_factory) -> Iterator[tuple[Server, dict[str, str]]]:
    """A server with a desk, and a token of each person."""
    folder = tmp_path_factory.mktemp("desk")
    url = fresh(request, request.param, folder)
    desk = make_desk(url)
    people = People(desk.engine)
    for login, who in PEOPLE.items():
        join(people, login, *who)
    tokens = {login: make_token(people, login, "a program", scopes, 1) for login, scopes in SCOPES.items()}
    with serving(folder, "--pack", str(EXAMPLE), ROOTLINE_DESK=url) as served:
        yield served, tokens
    desk.close()


@pytest.fixture
def at(running) -> Iterator[As]:
    served, tokens = running
    opened = {login: Client(served.address, token=tokens.get(login, "")) for login in ("", *tokens)}
    yield lambda login: opened[login]
    for one in opened.values():
        one.close()


def test_the_whole_life_of_an_answer_with_three_people(at):
    author, ben, dora, chair = (at(login).desk for login in ("author", "reviewer", "second", "chair"))
    assert at("").desk.piece(PIECE).review.state == "submitted", "nobody has put it on the desk yet"
    edition = author.submit_piece(author.piece(PIECE)).edition
    assert edition is not None and edition.state == "submitted"
    assert PIECE in [one.piece for one in ben.queue(state="submitted")]
    taken = ben.take(edition)
    whole = ben.edition(taken.id)
    statement = whole.answer.sections[0].statements[0].id
    ben.comment(whole, "Which trial?", statement=statement)
    sent_back = ben.request_changes(whole, "Name the trial.")
    assert [one.text for one in author.edition(edition.id).comments] == ["Which trial?", "Name the trial."]
    again = ben.take(author.submit(sent_back))
    with pytest.raises(ConflictError, match="Somebody acted first: it is under review now"):
        author.submit(sent_back)
    with pytest.raises(RefusedError, match="This token may not approve"):
        author.approve(again, conflict="")

    conflicted = ben.approve(again, conflict="Paid by a maker of braces")
    assert conflicted.state == "under_review" and dora.edition(edition.id).missing
    approved = dora.approve(conflicted, conflict="")
    assert approved.state == "approved" and approved.review_by
    shown = at("").desk.piece(PIECE)
    assert shown.review.state == "approved" and shown.review.sha256 == shown.sha256
    assert [(one.name, one.counts) for one in shown.signatures] == [("Ben Okoro", False), ("Dora Lind", True)]
    assert at("").answer("first-steps").question == author.edition(edition.id).answer.question

    given = at("").desk.give_feedback(PIECE, "unsafe", "It hurt more.", statement=statement, sha256=shown.sha256)
    assert ben.feedback_counts().unsafe == 1 and next(ben.queue()).unsafe == 1
    assert [one.id for one in ben.feedback(kind="unsafe")] == [given.id]
    assert ben.settle_feedback(given.id, "Reworded.").settled_by == "Ben Okoro"
    with pytest.raises(ConflictError, match="Ben Okoro has settled it already"):
        dora.settle_feedback(given.id, "Me too.")
    last = at("").desk.give_feedback(PIECE, "wrong", "It is the right foot.").id
    assert ben.settle_feedback_together(PIECE, "wrong", last, "Reworded.") == 1

    assert chair.retire(approved, "Withdrawn by its society").state == "retired"
    assert at("").desk.piece(PIECE).review.state == "retired"
    acts = [(one.who, one.act) for one in chair.record(piece=PIECE)]
    assert acts == [
        ("Ann Kirke", "draft"), ("Ann Kirke", "submit"), ("Ben Okoro", "take"), ("Ben Okoro", "comment"),
        ("Ben Okoro", "comment"), ("Ben Okoro", "request changes"), ("Ann Kirke", "submit"), ("Ben Okoro", "take"),
        ("Ben Okoro", "sign"), ("Dora Lind", "approve"), ("", "feedback"), ("Ben Okoro", "settle feedback"),
        ("", "feedback"), ("Ben Okoro", "settle feedback"),
        ("Cit Moreau", "comment"), ("Cit Moreau", "retire"),
    ]  # fmt: skip
    assert chair.check_record().holds and len(list(chair.editions(piece=PIECE))) == 1


def test_of_two_at_the_same_moment_one_wins_and_the_other_is_told(at):
    author, ben, dora = (at(login).desk for login in ("author", "reviewer", "second"))
    taken = ben.take(author.submit_piece(author.piece("ankle-sprain/first-steps/patient")).edition)

    def sign(who) -> EditionItem | ConflictError:
        try:
            return who.approve(taken, conflict="")
        except ConflictError as told:
            return told

    with ThreadPoolExecutor(2) as pool:
        came = list(pool.map(sign, (ben, dora)))
    (won,) = [one for one in came if isinstance(one, EditionItem)]
    (told,) = [one for one in came if isinstance(one, ConflictError)]
    winner = ("Ben Okoro", "Dora Lind")[came.index(won)]
    assert won.state == "approved" and f"it is approved now, signed by {winner}" in told.what


def test_several_are_approved_together_only_where_that_is_proved(at):
    author, ben, dora = (at(login).desk for login in ("author", "reviewer", "second"))
    edition = ben.take(author.submit_piece(author.piece("ankle-sprain/first-steps/student")).edition)
    (outcome,) = dora.approve_together([edition], conflict="")
    assert outcome.signed is None and "no approved version stands beside it" in outcome.refused


def test_what_the_desk_refuses_is_an_error_of_ours(at, running):
    with pytest.raises(SignInError, match="To see the desk takes a token"):
        list(at("").desk.queue())
    with Client(running[0].address, token="rootline_nonsense") as stranger, pytest.raises(SignInError) as refused:
        stranger.desk.piece(PIECE)
    assert "nonsense" not in str(refused.value)
    with pytest.raises(NotFoundError):
        at("").desk.piece("ankle-sprain/../../healthz")
    with pytest.raises(NotFoundError):
        at("author").desk.edition(77)
    with pytest.raises(InputError) as wrong:
        at("").desk.give_feedback(PIECE, "wrong", "Zebedee Quagmire " * 1000)
    assert wrong.value.where == "body.text" and "Quagmire" not in str(wrong.value)


def test_neither_a_token_nor_what_was_written_comes_into_the_log(at, running):
    served, tokens = running
    at("").desk.give_feedback(PIECE, "unclear", "Zebedee Quagmire could not read it")
    with pytest.raises(RefusedError):
        at("author").desk.settle_feedback(1, "Zebedee Quagmire")
    with Client(served.address, token="rootline_quagmire") as stranger, pytest.raises(SignInError):
        list(stranger.desk.queue())
    logged = served.logged.casefold()
    assert "quagmire" not in logged and not any(one.casefold() in logged for one in tokens.values())
    assert not any(one in repr(vars(at("author"))) for one in tokens.values())
