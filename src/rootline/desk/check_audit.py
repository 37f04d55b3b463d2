"""Whether the record still holds: entries altered, missing, out of order or cut off, and states it does not tell of.

Reads only. A record forged from end to end holds by itself: compare its head with one that was written down elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rootline.desk.audit import as_data, chained, entries, fingerprint
from rootline.desk.content import WITHDRAWN, hash_of, pack_in
from rootline.desk.keep_pack import is_as_kept
from rootline.desk.people.check_people import check_people
from rootline.desk.tables import AuditEntry, AuditHead, Comment, Edition, Feedback, KeptPack, Policy, Signature


@dataclass(frozen=True)
class Audited:
    """What was found, and the head of the record: its length and last hash."""

    findings: tuple[str, ...]
    entries: int
    head: str


def check_audit(session: Session, expected: str = "") -> Audited:
    """Check all of it. `expected` is a head that was written down before: it must stand somewhere in the record."""
    told = list(entries(session))
    head = session.get(AuditHead, 1)
    found = [*_chain(told), *_end(told, head), *_contents(session, told)]
    if expected and not any(one.hash == expected for one in told):
        found.append(f"no entry has the hash {expected[:12]}… that was written down before")
    return Audited(tuple(found), len(told), head.hash if head else "")


def _chain(told: list[AuditEntry]) -> Iterator[str]:
    due, previous = 1, ""
    for entry in told:
        if entry.sequence != due:
            gap = f"{due}" if entry.sequence == due + 1 else f"{due} to {entry.sequence - 1}"
            yield f"entry {gap} is missing"
        elif entry.previous != previous:
            yield f"entry {entry.sequence} does not follow the one before it: altered, replaced or out of order"
        if chained(as_data(entry)) != entry.hash:
            yield f"entry {entry.sequence} was altered"
        due, previous = entry.sequence + 1, entry.hash


def _end(told: list[AuditEntry], head: AuditHead | None) -> Iterator[str]:
    last = (told[-1].sequence, told[-1].hash) if told else (0, "")
    if head is None:
        yield "the head of the record is gone"
    elif head.sequence > last[0]:
        yield f"the record was cut off: its head is entry {head.sequence}, and the last is {last[0]}"
    elif (head.sequence, head.hash) != last:
        yield "the head of the record is not its last entry"


def _contents(session: Session, told: list[AuditEntry]) -> Iterator[str]:
    """What the desk holds now, against what the record says was done."""
    due: dict[int, dict[str, str]] = {}
    signed: dict[tuple[int, str], tuple[str, ...]] = {}
    policies: dict[str, dict[str, Any]] = {}
    for entry in told:
        detail = json.loads(entry.detail)
        if "state" in detail:
            due.setdefault(entry.edition, dict(_NEW)).update(_after(entry, detail))
        if entry.act in ("sign", "approve"):
            signed[entry.edition, entry.who] = (entry.sha256, entry.role, detail["specialty"], detail["conflict"])
        if entry.act == "set policy":
            policies[entry.piece] = detail
    yield from _editions(session, due, {entry.edition for entry in told if entry.act == "withdraw"})
    yield from _signatures(session, signed)
    for policy in session.scalars(select(Policy).order_by(Policy.pack)):
        if policies.pop(policy.pack, None) != {
            name: getattr(policy, name) for name in ("reviewers", "specialty", "months")
        }:
            yield f"the policy of {policy.pack} does not stand in the record"
    yield from (f"the policy of {pack} is gone" for pack in policies)
    yield from _texts(session, told)
    yield from check_people(session, told)
    for kept in session.scalars(select(KeptPack).order_by(KeptPack.sha256)):
        if not is_as_kept(kept):
            yield f"the version {kept.version} of {kept.pack} that was kept was altered"


_NEW = {"state": "", "sha256": "", "author": "", "submitter": "", "review_by": "", "touches": "", "unproved": ""}


def _after(entry: AuditEntry, detail: dict[str, str]) -> dict[str, str]:
    """What an entry says of its edition."""
    said = {"state": detail["state"], "sha256": entry.sha256}
    if entry.act == "draft":
        said |= {"author": entry.who, "touches": detail["touches"], "unproved": detail.get("unproved", "")}
    said |= {"submitter": entry.who} if entry.act == "submit" else {}
    return said | ({"review_by": detail["review_by"]} if "review_by" in detail else {})


def _editions(session: Session, due: dict[int, dict[str, str]], withdrawn: set[int]) -> Iterator[str]:
    for edition in session.scalars(select(Edition).order_by(Edition.id)):
        name, said = f"{edition.piece}, edition {edition.number}", due.pop(edition.id, _NEW)
        for what, value in said.items():
            if getattr(edition, what) != value:
                yield f"{name}: its {what} is `{getattr(edition, what)}`, and the record says `{value}`"
        was_withdrawn = edition.id in withdrawn and edition.content == WITHDRAWN
        if hash_of(edition.content) != edition.sha256 and not was_withdrawn:
            yield f"{name}: its content was altered"
        elif not was_withdrawn and pack_in(edition.content) != edition.pack_sha256:
            yield f"{name}: its pack is not the one that its content names"
    yield from (f"edition {id_} stands in the record and is gone" for id_ in due)


def _signatures(session: Session, signed: dict[tuple[int, str], tuple[str, ...]]) -> Iterator[str]:
    for one in session.scalars(select(Signature).order_by(Signature.id)):
        conflict = fingerprint(one.conflict) if one.conflict else ""
        if signed.pop((one.edition, one.name), None) != (one.sha256, one.role, one.specialty, conflict):
            yield f"the signature of {one.name} under edition {one.edition} does not stand in the record"
    yield from (f"the signature of {who} under edition {id_} is gone" for id_, who in signed)


def _texts(session: Session, told: list[AuditEntry]) -> Iterator[str]:
    """What people wrote, and whether what readers reported was settled by whom the record names."""
    due: dict[tuple[str, int], tuple[str, ...]] = {}
    for entry in told:
        detail = json.loads(entry.detail)
        if entry.act == "comment":
            due["comment", detail["comment"]] = (entry.who, detail["text"])
        elif entry.act == "feedback":
            due["feedback", detail["feedback"]] = (detail["kind"], detail["text"], "", "")
        elif entry.act == "settle feedback":
            key = "feedback", detail["feedback"]
            due[key] = (*due.get(key, ())[:2], entry.who, detail["how"])
    said: list[tuple[str, int, tuple[str, ...]]] = []
    for one in session.scalars(select(Comment)):
        said.append(("comment", one.id, (one.name, fingerprint(one.text))))
    for each in session.scalars(select(Feedback)):
        how = fingerprint(each.settled_how) if each.settled_by else ""
        said.append(("feedback", each.id, (each.kind, fingerprint(each.text), each.settled_by, how)))
    for kind, id_, text in said:
        if due.pop((kind, id_), None) != text:
            yield f"{kind} {id_} was altered, or does not stand in the record"
    yield from (f"{kind} {id_} is gone" for kind, id_ in due)
