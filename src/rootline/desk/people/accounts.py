"""The accounts of people: added, listed, changed, disabled, each change told to the record. Decides nothing on content.

An account is never deleted: its name stands in the record. One administrator always stays. `by` is who does it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from rootline.desk.actor import ROLES, Actor, Role, fold
from rootline.desk.people.in_record import enter_account
from rootline.desk.people.lockout import clear
from rootline.desk.people.names import look, public_name, worded
from rootline.desk.people.names import specialty as specialty_called
from rootline.desk.people.passwords import check_password, hash_password
from rootline.desk.people.revoke_all import revoke_all
from rootline.desk.people.sessions import end_all
from rootline.desk.people.store import People
from rootline.desk.people.tables import Account
from rootline.desk.signatures import let_fall
from rootline.desk.states import BY_ACT, may
from rootline.errors import InputError, NotFoundError, RefusedError, nearest


@dataclass(frozen=True)
class Member:
    """Somebody with an account, as others see them: no password, no failures."""

    login: str
    name: str
    role: Role
    specialty: str
    by_single_sign_on: bool
    is_disabled: bool
    is_waiting: bool  # after wrong passwords

    @property
    def actor(self) -> Actor:
        """The person as the desk names them."""
        return Actor(self.name, self.role, self.specialty)


def add(
    people: People, login: str, name: str, role: str, specialty: str = "", *,
    by: Actor, password: str | None, is_own_password: bool = False,
) -> Member:  # fmt: skip
    """A new account; without a password it comes by single sign-on alone.

    A password that somebody else gave is good for choosing an own one. Raises `InputError`.
    """
    is_first = password is not None and not is_own_password
    if password is not None:
        check_password(password, login, name)
    hashed = "" if password is None else hash_password(password)
    with people.writing() as session:
        now = people.now()
        account = add_row(session, login, name, role, now, specialty, hashed=hashed, is_first_password=is_first)
        enter_account(session, people.moment, by, "add person", account)
        return member_of(account, now)


def add_row(
    session: Session, login: str, name: str, role: str, now: int, specialty: str = "", *,
    hashed: str = "", is_first_password: bool = False, subject: str | None = None,
) -> Account:  # fmt: skip
    """Take in a new account. Raises `InputError` where its login is another's, or its name reads like another's."""
    account = Account(
        login=fold(worded(login, "login")), name=public_name(name), folded_name=look(name), role=_known(role),
        specialty=specialty_called(specialty), password=hashed,
        is_first_password=is_first_password, subject=subject, is_disabled=False, failures=0, waits_until=0, created=now,
    )  # fmt: skip
    session.add(account)
    try:
        session.flush()
    except IntegrityError:  # its own words hold the row
        raise InputError(
            "another account has this login or this name",
            mend="Names stand in the audit trail, so none may read like another; add a middle name, or a place.",
        ) from None
    return account


def list_people(people: People) -> list[Member]:
    """Everybody, by name."""
    with people.reading() as session:
        return [member_of(one, people.now()) for one in session.scalars(select(Account).order_by(Account.folded_name))]


def find(people: People, login: str) -> Member:
    """One person. Raises `NotFoundError`."""
    with people.reading() as session:
        return member_of(account_of(session, login), people.now())


def find_author(people: People, name: str) -> Member:
    """The person of this name, where they may submit: an account of theirs that is open. Raises `RefusedError`."""
    with people.reading() as session:
        account = session.scalar(select(Account).where(Account.folded_name == look(name)))
        found = member_of(account, people.now()) if account else None
    if found is None:
        mend = "`rootline desk people list` shows the names; `rootline desk people add` makes an account, with a role."
        raise RefusedError("nobody with an account at this desk has the author's name", mend=mend)
    if found.is_disabled or not may(found.actor, "submit"):
        why = "disabled" if found.is_disabled else found.role
        mend = f"It is for: {', '.join(BY_ACT['submit'].roles)}."
        raise RefusedError(f"{found.name} is {why} and may not submit", mend=mend)
    return found


def has_administrator(people: People) -> bool:
    """Whether the desk was begun: somebody can add people."""
    with people.reading() as session:
        return _administrators(session) > 0


def change(
    people: People, login: str, *, by: Actor, role: str | None = None, specialty: str | None = None
) -> Member:  # fmt: skip
    """Another role or specialty; it holds from the next request on.

    Who may sign no more, or signed with another specialty, is not counted under what is not approved yet.

    Raises `InputError`, `NotFoundError`.
    """

    def changed(account: Account) -> None:
        account.role = account.role if role is None else _known(role)
        account.specialty = account.specialty if specialty is None else specialty_called(specialty)

    return _with(people, login, by, "change person", changed)


def disable(people: People, login: str, *, by: Actor) -> Member:
    """Shut the account: its sessions end, its tokens are revoked, and what it signed counts no more, unless approved.

    Raises `InputError`, `NotFoundError`.
    """

    def disabled(account: Account) -> None:
        account.is_disabled = True

    return _with(people, login, by, "disable person", disabled, shuts=True)


def enable(people: People, login: str, *, by: Actor) -> Member:
    """Open a disabled account again."""

    def enabled(account: Account) -> None:
        account.is_disabled = False

    return _with(people, login, by, "enable person", enabled)


def unlock(people: People, login: str, *, by: Actor) -> Member:
    """Forget the wrong passwords, so that the account waits no longer."""
    with people.writing() as session:
        account = account_of(session, login)
        clear(session, account.number)
        session.refresh(account)
        enter_account(session, people.moment, by, "unlock person", account)
        return member_of(account, people.now())


def give_password(people: People, login: str, password: str, *, by: Actor) -> Member:
    """A password for somebody who forgot theirs: it is good for choosing an own one.

    All sessions end and all tokens are revoked: whoever else knew the password may have made them.
    """
    person = find(people, login)
    if person.by_single_sign_on:
        raise InputError("this account has no password", mend="It comes by single sign-on.")
    check_password(password, person.login, person.name)
    hashed = hash_password(password)

    def given(account: Account) -> None:
        account.password, account.is_first_password = hashed, True
        account.failures = account.waits_until = 0

    return _with(people, login, by, "give password", given, shuts=True)


def revoke_tokens(people: People, login: str, *, by: Actor) -> int:
    """Take back every token of a person at once; how many there were. Raises `NotFoundError`."""
    with people.writing() as session:
        return revoke_all(session, people.moment, by, account_of(session, login))


def member_of(account: Account, now: int) -> Member:
    """What others see of a row."""
    return Member(
        account.login, account.name, _known(account.role), account.specialty, not account.password,
        account.is_disabled, account.waits_until > now,
    )  # fmt: skip


def account_of(session: Session, login: str) -> Account:
    """The row. Raises `NotFoundError`."""
    account = session.scalar(select(Account).where(Account.login == fold(login)))
    if account is None:
        raise NotFoundError("no account has this login", mend="`rootline desk people list` shows them.")
    return account


def _with(
    people: People, login: str, by: Actor, act: str, change: Callable[[Account], None], *, shuts: bool = False
) -> Member:  # fmt: skip
    with people.writing() as session:
        account = account_of(session, login)
        with one_administrator_stays(session):
            change(account)
        if shuts:
            end_all(session, account.number)
        let_fall_with(session, account, people.moment[:10])
        enter_account(session, people.moment, by, act, account)
        if shuts:
            revoke_all(session, people.moment, by, account)
        return member_of(account, people.now())


def let_fall_with(session: Session, account: Account, day: str) -> None:
    """Have what this person signed count no more, unless approved, where they may not sign as the account is now.

    Nor what they signed with a specialty that is not theirs: a topic may have asked for it.
    """
    if account.is_disabled:
        let_fall(session, account.name, f"the account was disabled on {day}")
    elif account.role not in BY_ACT["sign"].roles:
        let_fall(session, account.name, f"the signer is {account.role} since {day}")
    else:
        why = f"the signer's specialty is {account.specialty or 'none'} since {day}"
        let_fall(session, account.name, why, unless=account.specialty)


@contextmanager
def one_administrator_stays(session: Session) -> Iterator[None]:
    """Change accounts within; raises `InputError` where that leaves a desk that had administrators without one."""
    before = _administrators(session, hold=True)
    yield
    session.flush()
    if before and not _administrators(session):
        mend = "Make somebody else administrator first, on the machine itself by `rootline desk people role`."
        raise InputError("this is the last administrator", mend=mend)


def _administrators(session: Session, hold: bool = False) -> int:
    """How many can add people. `hold`: two changes at once wait for each other, where the database can."""
    able = select(Account.number).where(Account.role == "administrator", Account.is_disabled.is_(False))
    if hold:
        return len(session.scalars(able.order_by(Account.number).with_for_update()).all())
    return session.scalar(select(func.count()).select_from(able.subquery())) or 0


def _known(role: str) -> Role:
    for known in ROLES:
        if role == known:
            return known
    raise InputError(f"there is no role `{role}`", mend=nearest(role, ROLES))
