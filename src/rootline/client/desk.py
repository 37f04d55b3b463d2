"""A program's way to the editorial desk of a server, for the person whose token it has. Decides nothing itself.

An act names the edition as it was read: its content by its hash, and its version, so that the loser of two is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from rootline.client.desk_shapes import (
    Act,
    Approval,
    Approvals,
    CommentTold,
    EditionItem,
    EditionTold,
    EntryTold,
    FeedbackCounted,
    FeedbackGiven,
    FeedbackKind,
    FeedbackTaken,
    FeedbackTold,
    OneOfMany,
    Outcome,
    Outcomes,
    PieceTold,
    Reasoned,
    RecordChecked,
    Said,
    Settled,
    SettledCount,
    SettledTogether,
    State,
    Submission,
    Submitted,
    WaitingItem,
)
from rootline.client.send import Sender
from rootline.client.typed import Calls, segment, shaped

Every = Literal[""]


class DeskClient:
    """What `Client.desk` is. Lists are iterators; errors are those of `Client`."""

    def __init__(self, sender: Sender) -> None:
        self._calls = Calls(sender, "desk/")

    def pieces(self, *, state: State | Every = "") -> Iterator[PieceTold]:
        """Everything that is published with its state of review, or what is in one state."""
        return self._calls.list("pieces", PieceTold, state=state)

    def piece(self, id_: str) -> PieceTold:
        """One thing that is published: the pack by its id, or `PACK/QUESTION/AUDIENCE`."""
        return self._calls.get(f"pieces/{'/'.join(map(segment, id_.split('/')))}", PieceTold)

    def queue(
        self, *, state: State | Every = "", rank: int = 4, days: int = 0, order: Literal["risk", "age"] = "risk"
    ) -> Iterator[WaitingItem]:
        """What waits, the gravest first or the oldest: as grave as `rank` or graver, for `days` or longer."""
        return self._calls.list("queue", WaitingItem, state=state, rank=f"{rank}", days=f"{days}", order=order)

    def editions(self, *, piece: str = "", state: State | Every = "") -> Iterator[EditionItem]:
        """Every edition, the newest first; of one piece, or in one state."""
        return self._calls.list("editions", EditionItem, piece=piece, state=state)

    def edition(self, number: int) -> EditionTold:
        """One edition whole: content, signatures, comments, and what differs."""
        return self._calls.get(f"editions/{number}", EditionTold)

    def submit_piece(self, piece: PieceTold) -> Submitted:
        """Put up for review what a piece says now. Without an edition in the reply it is still being compared."""
        return self._calls.write("submissions", shaped(Submission, piece=piece.id, sha256=piece.sha256), Submitted)

    def submit(self, edition: EditionItem) -> EditionItem:
        """Ask for review again."""
        return self._act(edition, "submit", _act(edition))

    def take(self, edition: EditionItem) -> EditionItem:
        """Begin to review."""
        return self._act(edition, "take", _act(edition))

    def request_changes(self, edition: EditionItem, why: str) -> EditionItem:
        """Send it back, saying why."""
        return self._act(edition, "request-changes", _because(edition, why))

    def approve(self, edition: EditionItem, *, conflict: str) -> EditionItem:
        """Sign it. `conflict` declares a conflict of interest in words; empty declares that there is none."""
        sent = shaped(Approval, **_named(edition), declares=_declares(conflict), conflict=conflict)
        return self._act(edition, "approve", sent)

    def approve_together(self, editions: Iterable[EditionItem], *, conflict: str) -> list[Outcome]:
        """Sign each that is proved to touch no urgency, action, dose or standing; the rest is told why not."""
        chosen = [OneOfMany(edition=one.id, sha256=one.sha256, seen=one.version) for one in editions]
        sent = shaped(Approvals, editions=chosen, declares=_declares(conflict), conflict=conflict)
        return self._calls.write("approvals", sent, Outcomes).outcomes

    def retire(self, edition: EditionItem, why: str) -> EditionItem:
        """Take it out of use, saying why."""
        return self._act(edition, "retire", _because(edition, why))

    def comment(self, edition: EditionItem, text: str, *, statement: str = "") -> CommentTold:
        """Say something of a statement, or of the whole."""
        sent = shaped(Said, sha256=edition.sha256, statement=statement, text=text)
        return self._calls.write(f"editions/{edition.id}/comments", sent, CommentTold)

    def feedback(self, *, piece: str = "", kind: FeedbackKind | Every = "") -> Iterator[FeedbackTold]:
        """What nobody has settled yet, unsafe first; of one piece, or of one kind."""
        return self._calls.list("feedback", FeedbackTold, piece=piece, kind=kind)

    def feedback_counts(self, *, piece: str = "") -> FeedbackCounted:
        """How much is open of each kind."""
        return self._calls.get("feedback/counts", FeedbackCounted, piece=piece)

    def give_feedback(
        self, piece: str, kind: FeedbackKind, text: str = "", *, statement: str = "", sha256: str = ""
    ) -> FeedbackTaken:
        """Say of what was read, by its hash where it is known, that it is unsafe, wrong or unclear."""
        sent = shaped(FeedbackGiven, piece=piece, kind=kind, text=text, statement=statement, sha256=sha256)
        return self._calls.write("feedback", sent, FeedbackTaken)

    def settle_feedback(self, number: int, how: str) -> FeedbackTold:
        """Close it, saying what was done."""
        return self._calls.write(f"feedback/{number}/settle", shaped(Settled, how=how), FeedbackTold)

    def settle_feedback_together(self, piece: str, kind: FeedbackKind, last: int, how: str) -> int:
        """Close all of one kind on one piece up to number `last`, the last that was read; how many were open."""
        sent = shaped(SettledTogether, piece=piece, kind=kind, last=last, how=how)
        return self._calls.write("feedback/settle", sent, SettledCount).settled

    def record(self, *, piece: str = "") -> Iterator[EntryTold]:
        """Who did what to which hash, the oldest first, of everything or of one piece."""
        return self._calls.list("record", EntryTold, piece=piece)

    def check_record(self, *, head: str = "") -> RecordChecked:
        """Whether the record holds, and holds a head that was written down before."""
        return self._calls.get("record/check", RecordChecked, head=head)

    def _act(self, edition: EditionItem, act: str, sent: Act) -> EditionItem:
        return self._calls.write(f"editions/{edition.id}/{act}", sent, EditionItem)


def _act(edition: EditionItem) -> Act:
    return shaped(Act, **_named(edition))


def _because(edition: EditionItem, why: str) -> Reasoned:
    return shaped(Reasoned, **_named(edition), why=why)


def _named(edition: EditionItem) -> dict[str, str | int]:
    return {"sha256": edition.sha256, "seen": edition.version}


def _declares(conflict: str) -> Literal["none", "conflict"]:
    return "conflict" if conflict.strip() else "none"
