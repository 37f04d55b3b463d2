"""Signing in by password, and changing it. Tells nobody which part was wrong, nor by how long it takes."""

from __future__ import annotations

from sqlalchemy import select

from rootline.desk.actor import fold
from rootline.desk.people.accounts import Member, member_of
from rootline.desk.people.in_record import enter_account
from rootline.desk.people.lockout import FREE, clear, count_try
from rootline.desk.people.passwords import check_password, hash_password, is_outdated, is_password
from rootline.desk.people.revoke_all import revoke_all
from rootline.desk.people.sessions import account_in, begin_session, end_all
from rootline.desk.people.store import People
from rootline.desk.people.tables import Account
from rootline.errors import FirstPasswordError, SignInError


def sign_in(people: People, login: str, password: str) -> str:
    """The id of a new session. Raises `SignInError`, or `FirstPasswordError` where an own password must come first."""
    account = _prove(people, login, password)
    if account.is_first_password:
        raise FirstPasswordError("choose a password of your own first")
    hashed = hash_password(password) if is_outdated(account.password) else account.password
    return _begin(people, account, hashed)


def change_password(people: People, login: str, old: str, new: str) -> str:
    """Take another password: every session ends, and a new one begins. Raises as above, and `InputError`.

    All tokens are revoked: whoever knew the old password could have made them. A first password opens no page for that.
    """
    account = _prove(people, login, old)
    check_password(new, account.login, account.name)
    return _begin(people, account, hash_password(new), is_new=True)


def prove(people: People, login: str, password: str) -> None:
    """Find a password right, for one act and without a session. Raises as above."""
    account = _prove(people, login, password)
    if account.is_first_password:
        raise FirstPasswordError("choose a password of your own first", mend="Sign in at the desk's pages.")


def who(people: People, id_: str) -> Member | None:
    """Whose session this is, as they are now; None once it ended."""
    account = account_in(people, id_)
    return None if account is None else member_of(account, people.now())


def _prove(people: People, login: str, password: str) -> Account:
    if not password.strip():  # a key pressed too early is no guess: it makes nobody wait, and tells nobody anything
        raise SignInError("no password was given", mend="Type it; this was not counted as a wrong one.")
    with people.writing() as session:
        account = session.scalar(select(Account).where(Account.login == fold(login), Account.is_disabled.is_(False)))
        is_let = account is not None and count_try(session, people, account)
    if not is_password(account.password if account and is_let else "", password) or account is None:
        raise SignInError(
            "these do not open an account",
            mend=f"Check login and password. After {FREE} wrong ones in a row an account waits, a minute at first, "
            "then longer each time; an administrator can unlock it.",
        )
    with people.writing() as session:
        clear(session, account.number)  # it was right, whatever comes of it
    return account


def _begin(people: People, proved: Account, hashed: str, *, is_new: bool = False) -> str:
    """A session, only while the account still is as it was proved."""
    same = (Account.number == proved.number, Account.password == proved.password, Account.is_disabled.is_(False))
    with people.writing() as session:
        account = session.scalar(select(Account).where(*same).with_for_update())
        if account is None:
            raise SignInError("the account was changed meanwhile", mend="Sign in again.")
        account.failures, account.waits_until, account.password, account.is_first_password = 0, 0, hashed, False
        session.flush()
        if is_new:
            end_all(session, account.number)
        if hashed != proved.password:
            act = "change password" if is_new else "hash password anew"
            by = member_of(account, people.now()).actor
            enter_account(session, people.moment, by, act, account)
            if is_new and not proved.is_first_password:
                revoke_all(session, people.moment, by, account)
        return begin_session(session, account.number, people.now())
