"""What became of the cards: which were shown, taken or overridden, and why. Kept in two files that only grow.

No patient, user or hook instance is kept; a free comment only where the settings ask for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rootline.edges.cds_hooks.cards import REASONS, Made
from rootline.edges.cds_hooks.lines import Lines, Row
from rootline.edges.fhir.element import Element, Odd, many, one, text
from rootline.errors import InputError, NotFoundError

_MOST, _LONGEST_COMMENT = 200, 2_000
_AHEAD = timedelta(minutes=5)  # that a client's clock may be ahead of ours
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Ledger:
    """Both files in their folder."""

    def __init__(self, folder: Path) -> None:
        self._cards, self._feedback = Lines(folder / "cards.jsonl"), Lines(folder / "feedback.jsonl")

    def issued(self, made: Iterable[Made], service: str, pack: str) -> None:
        """Note cards as they go out."""
        stamp = {"at": _now().isoformat(timespec="seconds"), "service": service, "pack": pack}
        self._cards.add({**stamp, **_row(card)} for card in made)

    def received(self, body: Element, service: str, keep_comments: bool) -> dict[int, str]:
        """Note feedback; of each entry that is not kept its place among those sent, and why.

        Raises `InputError` or `NotFoundError` where nothing is kept: for what is no feedback, or as its first entry.
        """
        try:
            sent = many(body, "feedback")
        except Odd as odd:
            raise _unread(odd) from None
        if not 0 < len(sent) <= _MOST:
            raise InputError(f"feedback holds 1 to {_MOST} entries", mend="Send them in several requests.")
        kept, refused = [], {}
        for place, entry in enumerate(sent):
            try:
                kept.append(self._checked(entry, service, keep_comments))
            except (InputError, NotFoundError) as error:
                refused[place] = error
        if not kept:
            raise refused[0]
        self._feedback.add(
            {**entry, "received": _now().isoformat(timespec="seconds"), "service": service} for entry in kept
        )
        return {place: error.what for place, error in refused.items()}

    def _checked(self, entry: Element, service: str, keep_comments: bool) -> dict[str, Any]:
        """One entry, of a card that this service has given. Raises `InputError`, `NotFoundError`."""
        try:
            told, suggestions = _read(entry, keep_comments), _chosen(entry)
        except Odd as odd:
            raise _unread(odd) from None
        card = self._cards.find("card", told["card"])
        if card is None or card["service"] != service:
            raise NotFoundError("a card is not known here", mend="Feedback goes to the service that gave the card.")
        if not suggestions <= set(card.get("suggestions", ())):
            mend = "Send the `uuid` of a suggestion of that card."
            raise InputError("a suggestion was not on the card that it is told of", mend=mend)
        return told

    def report(self) -> tuple[list[Row], list[str]]:
        """For each thing cards were about and each stance: how many, what became of them, and the reasons.

        Beside it the places of lines that cannot be read.
        """
        (cards, no_card), (feedback, no_feedback) = self._cards.read(), self._feedback.read()
        told: dict[str, Row] = {}
        for row in feedback:  # of a card told of twice the later counts, but not its silence on the reason
            told[row["card"]] = _completed(row, told.get(row["card"]))
        groups: dict[tuple[str, str], dict[str, None]] = {}
        for row in cards:
            groups.setdefault((row["about"], row["stance"]), {})[row["card"]] = None
        lines = [_line(about, stance, list(ids), told) for (about, stance), ids in sorted(groups.items())]
        torn = ((self._cards, no_card), (self._feedback, no_feedback))
        return lines, [f"{file.path.name}:{number}" for file, numbers in torn for number in numbers]


def _completed(row: Row, before: Row | None) -> Row:
    """An override with the reason and comment that were given for it earlier, where it has none itself."""
    if not before or not row["outcome"] == before["outcome"] == "overridden":
        return row
    earlier = {key: before[key] for key in ("reason", "comment") if before.get(key)}
    return {**row, **{key: value for key, value in earlier.items() if not row.get(key)}}


def _line(about: str, stance: str, ids: list[str], last: dict[str, Row]) -> Row:
    told = [last[id_] for id_ in ids if id_ in last]
    outcomes = Counter(row["outcome"] for row in told)
    reasons = Counter(row["reason"] or "none given" for row in told if row["outcome"] == "overridden")
    return {
        "about": about, "stance": stance, "shown": len(ids), "accepted": outcomes["accepted"],
        "overridden": outcomes["overridden"], "reasons": dict(reasons.most_common()),
        "comments": [row["comment"] for row in told if row.get("comment")],
    }  # fmt: skip


def _row(made: Made) -> Row:
    card = made.card
    told = {"card": card["uuid"], "about": made.about, "stance": made.stance}
    offered = [one["uuid"] for one in card.get("suggestions", ())]
    return {**told, "indicator": card["indicator"], "advice": list(made.advice), "suggestions": offered}


def _read(entry: Element, keep_comments: bool) -> dict[str, Any]:
    """One entry. A reason that is none of ours is kept as "other". Raises `Odd`."""
    outcome = text(entry, "outcome")
    if outcome not in ("accepted", "overridden"):
        raise Odd("`outcome` is accepted or overridden")
    if not _ID.fullmatch(card := text(entry, "card").lower()):
        raise Odd("`card` is not the `uuid` of a card")
    moment = _moment(text(entry, "outcomeTimestamp"))
    if moment is None:
        raise Odd("`outcomeTimestamp` is no moment such as 2026-11-21T10:00:00Z")
    if moment > _now() + _AHEAD:
        raise Odd("`outcomeTimestamp` lies in the future")
    reason = one(entry, "overrideReason")
    code = text(one(reason, "reason"), "code")
    comment = text(reason, "userComment")[:_LONGEST_COMMENT]
    told = {"card": card, "outcome": outcome, "reason": code if code in REASONS else "other" if code else ""}
    return {**told, "comment": comment} if keep_comments else told


def _chosen(entry: Element) -> set[str]:
    """The suggestions that were accepted. Raises `Odd` where an acceptance names none."""
    chosen = {text(suggestion, "id").lower() for suggestion in many(entry, "acceptedSuggestions")}
    if text(entry, "outcome") == "accepted" and not chosen:
        raise Odd("`acceptedSuggestions` is missing")
    return chosen


def _moment(words: str) -> datetime | None:
    """A day with time and zone, whose letters RFC 3339 lets be small; None for anything else."""
    try:
        moment = datetime.fromisoformat(words.upper())
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _unread(odd: Odd) -> InputError:
    return InputError(f"the feedback cannot be read: {odd}", mend="See docs/cds-hooks.md.")


def _now() -> datetime:
    return datetime.now(UTC)
