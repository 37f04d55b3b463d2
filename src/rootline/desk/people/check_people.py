"""Whether accounts and tokens stand as the record says: changed, added or taken out past it. Reads only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rootline.desk.people.in_record import reach_of, standing_of
from rootline.desk.people.tables import Account, ApiToken
from rootline.desk.tables import AuditEntry


def check_people(session: Session, told: Iterable[AuditEntry]) -> Iterator[str]:
    """Each thing that is otherwise than the record says, in words."""
    accounts: dict[int, dict[str, Any]] = {}
    tokens: dict[tuple[int, int], dict[str, Any]] = {}
    for entry in told:
        detail = json.loads(entry.detail)
        if "token" in detail:
            key = detail["account"], detail["token"]
            tokens.pop(key, None)
            if entry.act == "make token":
                tokens[key] = detail["stands"]
        elif "account" in detail:
            accounts[detail["account"]] = detail["stands"]
    yield from _accounts(session, accounts)
    yield from _tokens(session, tokens)


def _accounts(session: Session, due: dict[int, dict[str, Any]]) -> Iterator[str]:
    for account in session.scalars(select(Account).order_by(Account.number)):
        said = due.pop(account.number, None)
        if said is None:
            yield f"the account of {account.name} does not stand in the record"
            continue
        for what, value in standing_of(account).items():
            if said[what] != value:
                shown = "" if what == "password" else f": it is `{value}`, and the record says `{said[what]}`"
                yield f"the {what.replace('_', ' ')} of {said['name']}, account {account.number}, was altered{shown}"
    yield from (f"account {number}, of {said['name']}, is gone" for number, said in due.items())


def _tokens(session: Session, due: dict[tuple[int, int], dict[str, Any]]) -> Iterator[str]:
    for token in session.scalars(select(ApiToken).order_by(ApiToken.number)):
        if due.pop((token.account, token.number), None) != reach_of(token):
            yield f"token {token.number} of account {token.account} was altered, or does not stand in the record"
    yield from (f"token {number} of account {account} is gone" for account, number in due)
