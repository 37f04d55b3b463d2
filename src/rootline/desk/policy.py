"""What a topic asks of a review: how many signatures, one of which specialty, and for how many months they hold.

Without a policy of its own a topic asks for one signature that holds for a year. Who may sign is `acts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from rootline.desk.actor import Actor
from rootline.desk.audit import record
from rootline.desk.check_rows import detail_of
from rootline.desk.opening import Desk
from rootline.desk.people.names import specialty
from rootline.desk.tables import AuditEntry, Policy, Signature
from rootline.errors import RefusedError

_MONTH = timedelta(days=365.25 / 12)
MOST_REVIEWERS, MOST_MONTHS = 5, 60


@dataclass(frozen=True)
class Asked:
    """A topic's policy. An empty specialty asks for none."""

    reviewers: int = 1
    specialty: str = ""
    months: int = 12

    def missing(self, signatures: Sequence[Signature]) -> str:
        """What is still to come, in words; empty once it is met. None counts that fell or has a conflict."""
        counted = [one for one in signatures if one.counts]
        wanted = self.specialty.casefold()
        if len(counted) < self.reviewers:
            of = f", one of {self.specialty}" if wanted and not _has(counted, wanted) else ""
            return f"{self.reviewers - len(counted)} more of {self.reviewers} signatures{of}"
        return f"a signature of {self.specialty}" if wanted and not _has(counted, wanted) else ""

    def holds_until(self, today: date) -> date:
        """The day by which it is to be reviewed again."""
        return today + self.months * _MONTH


_NAMES = {one.name for one in fields(Asked)}


def policy_of(session: Session, pack: str) -> Asked:
    """The topic's policy, or the one for topics without."""
    row = session.get(Policy, pack)
    return Asked(row.reviewers, row.specialty, row.months) if row else Asked()


def asked_before(session: Session, pack: str, sequence: int) -> Asked | None:
    """What the topic asked for at an earlier entry, as the record has it; None where that is unreadable."""
    query = select(AuditEntry).where(
        AuditEntry.piece == pack, AuditEntry.act == "set policy", AuditEntry.sequence < sequence
    )  # fmt: skip
    entry = session.scalars(query.order_by(AuditEntry.sequence.desc())).first()
    if entry is None:
        return Asked()
    told = detail_of(entry) or {}
    return Asked(**{name: told[name] for name in _NAMES}) if _NAMES <= told.keys() else None


def set_policy(desk: Desk, actor: Actor, pack: str, policy: Asked) -> None:
    """Change what a topic asks for, from the next signature on. It is the chair's."""
    if actor.role != "chair":
        raise RefusedError(f"{actor.name} is {actor.role} and may not set the policy", mend="It is for: chair.")
    if not (1 <= policy.reviewers <= MOST_REVIEWERS and 1 <= policy.months <= MOST_MONTHS):
        mend = f"1 to {MOST_REVIEWERS} reviewers, 1 to {MOST_MONTHS} months."
        raise RefusedError("that policy cannot be kept", mend=mend)
    policy = replace(policy, specialty=specialty(policy.specialty))
    with desk.writing() as session:
        session.merge(Policy(pack=pack, **vars(policy)))
        record(session, desk.moment, actor, "set policy", piece=pack, **vars(policy))


def _has(signatures: Sequence[Signature], specialty: str) -> bool:
    return any(one.specialty.casefold() == specialty for one in signatures)
