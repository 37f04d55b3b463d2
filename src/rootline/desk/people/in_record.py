"""What the record of the desk is told of an account: each change, by whom, and how the account stands after it.

No login, e-mail address, password or token enters it: names and numbers alone, and of what proves a person a hash.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from rootline.desk.actor import Actor
from rootline.desk.audit import fingerprint, record
from rootline.desk.people.tables import Account, ApiToken


def enter_account(session: Session, at: str, by: Actor, act: str, account: Account) -> None:
    """Tell of a change, within its transaction and after it was flushed."""
    record(session, at, by, act, account=account.number, stands=standing_of(account))


def enter_token(session: Session, at: str, by: Actor, act: str, token: ApiToken, owner: Account) -> None:
    """Tell that a token was made or revoked."""
    record(session, at, by, act, account=owner.number, name=owner.name, token=token.number, stands=reach_of(token))


def standing_of(account: Account) -> dict[str, Any]:
    """All of an account that lets its person do something. The password's hash is hashed once more."""
    return {
        "name": account.name,
        "role": account.role,
        "specialty": account.specialty,
        "disabled": account.is_disabled,
        "password": fingerprint(account.password) if account.password else "",
        "signed_on": account.subject is not None,
    }


def reach_of(token: ApiToken) -> dict[str, Any]:
    """All of a token that lets a program do something; the label, which a person wrote, is left out."""
    return {"scopes": token.scopes, "expires": token.expires, "secret": fingerprint(token.hashed)}
