"""Single sign-on: a browser sent to the provider, and the account it comes back to. Believes what `provider` believed.

An account is opened by password or by single sign-on, never by both: nobody's provider opens a password's account.
"""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from rootline.desk.actor import ROLES, fold
from rootline.desk.people.accounts import add_row, let_fall_with, member_of, one_administrator_stays
from rootline.desk.people.in_record import enter_account, standing_of
from rootline.desk.people.provider import Identity, authorize_address, identity
from rootline.desk.people.secret import hash_of, new_secret
from rootline.desk.people.sessions import begin_session
from rootline.desk.people.store import People
from rootline.desk.people.tables import Account, SignOn
from rootline.errors import InputError, SignInError, nearest
from rootline.settings import SignOnSettings, sign_on_settings

_LASTS = 600  # seconds from leaving for the provider to coming back


def check_settings() -> None:
    """Raises `InputError` for settings by which nobody could be signed on as they say."""
    settings = sign_on_settings()
    for value, role in settings.roles if settings else ():
        if not value or role not in ROLES:
            raise InputError(f"`{value}={role}` in ROOTLINE_OIDC_ROLES gives no role", mend=nearest(role, ROLES))


def leave(people: People, settings: SignOnSettings, callback: str, browser: str) -> str:
    """Where the browser goes. `browser` is a secret it keeps meanwhile, so that nobody else's answer is taken."""
    state, nonce, verifier, now = new_secret(), new_secret(), new_secret(), people.now()
    address = authorize_address(settings, callback, state, nonce, verifier)
    kept = SignOn(
        hashed_state=hash_of(state), hashed_browser=hash_of(browser), nonce=nonce, verifier=verifier, began=now
    )
    with people.writing() as session:
        session.execute(delete(SignOn).where(SignOn.began <= now - _LASTS))
        session.add(kept)
    return address


def come_back(
    people: People, settings: SignOnSettings, callback: str, *, state: str, code: str, browser: str
) -> str:  # fmt: skip
    """The id of a new session. Raises `SignInError`; a state is taken once, whatever comes of it."""
    nonce, verifier = _taken(people, state, browser)
    vouched = identity(settings, callback, code, nonce, verifier, people.now)
    with people.writing() as session:
        account = _account(session, people, settings, vouched)
        return begin_session(session, account.number, people.now())


def _taken(people: People, state: str, browser: str) -> tuple[str, str]:
    """The nonce and verifier that went with this state, taken out in the same statement."""
    asked = delete(SignOn).where(SignOn.hashed_state == hash_of(state))
    with people.writing() as session:
        found = session.execute(
            asked.returning(SignOn.hashed_browser, SignOn.nonce, SignOn.verifier, SignOn.began)
        ).first()
    if found is None or found.hashed_browser != hash_of(browser) or found.began <= people.now() - _LASTS:
        raise SignInError("this sign-on was not begun here, took too long, or is over", mend="Sign in again.")
    return found.nonce, found.verifier


def _account(session: Session, people: People, settings: SignOnSettings, vouched: Identity) -> Account:
    """The account of the person, made or brought up to date where the provider's groups give a role.

    What changes by it is told to the record as the person's own act, for nobody here did it.
    """
    role = _role(settings, vouched)
    account = session.scalar(select(Account).where(Account.subject == vouched.subject))
    if account is None:
        account = session.scalar(select(Account).where(Account.login == fold(vouched.email)))
    if account is None:
        if not role:
            raise _unknown()
        if not vouched.name:
            raise SignInError("the sign-on provider gives no name", mend="Ask an administrator to add you, by name.")
        account = add_row(session, vouched.email, vouched.name, role, people.now(), subject=vouched.subject)
        before = None
    else:
        before = standing_of(account)
    if account.is_disabled or account.password or account.subject not in (None, vouched.subject):
        raise _unknown()
    with one_administrator_stays(session):
        account.subject, account.role = vouched.subject, role or account.role
    if before != standing_of(account):
        let_fall_with(session, account, people.moment[:10])
        person = member_of(account, people.now()).actor
        enter_account(session, people.moment, person, "change by single sign-on" if before else "add person", account)
    return account


def _role(settings: SignOnSettings, vouched: Identity) -> str:
    """By the first group that fits; empty where roles are given here. Raises `SignInError` where no group fits."""
    if not settings.claim:
        return ""
    said = vouched.claims.get(settings.claim)
    groups = {one for one in ([said] if isinstance(said, str) else said or ()) if isinstance(one, str)}
    for value, role in settings.roles:
        if value in groups:
            return role
    raise _unknown()


def _unknown() -> SignInError:
    return SignInError("no account here is opened by this sign-on", mend="Ask an administrator to add you.")
