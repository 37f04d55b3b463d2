"""What became of the cards: which were shown, taken or overridden, and why. Kept in two files that only grow.

No patient, user or hook instance is kept; a free comment only where the settings ask for it.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rootline.edges.cds_hooks.cards import REASONS, Made
from rootline.edges.fhir.element import Element, Odd, many, one, text
from rootline.errors import InputError, NotFoundError

_CARDS, _FEEDBACK = "cards.jsonl", "feedback.jsonl"
_MOST, _LONGEST_COMMENT = 200, 2_000


@dataclass(frozen=True)
class Ledger:
    """The folder of both files."""

    folder: Path

    def issued(self, made: Iterable[Made], service: str, pack: str) -> None:
        """Note cards as they go out."""
        stamp = {"at": _now(), "service": service, "pack": pack}
        self._add(_CARDS, [{**stamp, **_row(card)} for card in made])

    def received(self, body: Element, service: str, keep_comments: bool) -> None:
        """Note feedback, all of a request or none of it. Raises `InputError`, `NotFoundError` for a card not ours."""
        try:
            entries = [_read(entry, keep_comments) for entry in many(body, "feedback")]
        except Odd as odd:
            raise InputError(f"the feedback cannot be read: {odd}", mend="See docs/cds-hooks.md.") from None
        if not 0 < len(entries) <= _MOST:
            raise InputError(f"feedback holds 1 to {_MOST} entries", mend="Send them in several requests.")
        known = {row["card"] for row in self._rows(_CARDS) if row["service"] == service}
        if any(entry["card"] not in known for entry in entries):
            raise NotFoundError("a card is not known here", mend="Feedback goes to the service that gave the card.")
        self._add(_FEEDBACK, [{**entry, "received": _now(), "service": service} for entry in entries])

    def report(self) -> list[dict[str, Any]]:
        """For each thing cards were about and each stance: how many, what became of them, and the reasons."""
        cards = {row["card"]: row for row in self._rows(_CARDS)}
        last = {row["card"]: row for row in self._rows(_FEEDBACK)}  # of a card told of twice, the later counts
        groups: dict[tuple[str, str], list[str]] = {}
        for id_, row in cards.items():
            groups.setdefault((row["about"], row["stance"]), []).append(id_)
        return [self._line(about, stance, ids, last) for (about, stance), ids in sorted(groups.items())]

    @staticmethod
    def _line(about: str, stance: str, ids: list[str], last: dict[str, Any]) -> dict[str, Any]:
        told = [last[id_] for id_ in ids if id_ in last]
        outcomes = Counter(row["outcome"] for row in told)
        reasons = Counter(row["reason"] or "none given" for row in told if row["outcome"] == "overridden")
        return {
            "about": about, "stance": stance, "shown": len(ids), "accepted": outcomes["accepted"],
            "overridden": outcomes["overridden"], "reasons": dict(reasons.most_common()),
            "comments": [row["comment"] for row in told if row.get("comment")],
        }  # fmt: skip

    def _add(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Append whole lines in one write, so that several processes never mix theirs."""
        if not rows:
            return
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
        file = os.open(self.folder / name, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, lines)
        finally:
            os.close(file)

    def _rows(self, name: str) -> Iterator[dict[str, Any]]:
        path = self.folder / name
        if not path.is_file():
            return
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                try:
                    yield json.loads(line)
                except ValueError:
                    mend = "A write was cut off: take the line out."
                    raise InputError("the line cannot be read", where=f"{path.name}:{number}", mend=mend) from None


def _row(made: Made) -> dict[str, Any]:
    card = made.card
    told = {"card": card["uuid"], "about": made.about, "stance": made.stance}
    return {**told, "indicator": card["indicator"], "advice": list(made.advice)}


def _read(entry: Element, keep_comments: bool) -> dict[str, Any]:
    """One entry. A reason that is none of ours is kept as "other". Raises `Odd`."""
    outcome = text(entry, "outcome")
    if outcome not in ("accepted", "overridden"):
        raise Odd("`outcome` is accepted or overridden")
    if outcome == "accepted" and not many(entry, "acceptedSuggestions"):
        raise Odd("`acceptedSuggestions` is missing")
    if not (card := text(entry, "card")) or not text(entry, "outcomeTimestamp"):
        raise Odd("`card` or `outcomeTimestamp` is missing")
    reason = one(entry, "overrideReason")
    code = text(one(reason, "reason"), "code")
    comment = text(reason, "userComment")[:_LONGEST_COMMENT]
    told = {"card": card, "outcome": outcome, "reason": code if code in REASONS else "other" if code else ""}
    return {**told, "comment": comment} if keep_comments else told


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
