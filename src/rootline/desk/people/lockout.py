"""Slows down guessing: after some wrong passwords an account waits, longer each time. Never says whether it does.

A try is counted before its password is looked at, in one statement: many at once are no way around it.
"""

from __future__ import annotations

import logging

from sqlalchemy import case, update
from sqlalchemy.orm import Session

from rootline.desk.actor import SOMEBODY
from rootline.desk.people.in_record import enter_account
from rootline.desk.people.store import People
from rootline.desk.people.tables import Account

FREE = 5  # wrong passwords in a row before the account waits
_LONGEST = 24 * 3600
_LOG = logging.getLogger("rootline.people")


def wait_after(failures: int) -> int:
    """Seconds: one minute after the fifth failure, then twice as long each time, a day at most."""
    return 0 if failures < FREE else min(60 * 2 ** (failures - FREE), _LONGEST)


_GROWING = range(next(number for number in range(64) if wait_after(number) == _LONGEST))


def count_try(session: Session, people: People, account: Account) -> bool:
    """Count one try at an account's password; False while the account waits, and then nothing is counted.

    That it begins to wait is told to the record: some dozen times on the first day of guessing, then once a day.
    """
    number, now = account.number, people.now()
    waits = case(
        {tried: now + wait_after(tried + 1) for tried in _GROWING}, value=Account.failures, else_=now + _LONGEST
    )
    counted = update(Account).where(Account.number == number, Account.waits_until <= now)
    counted = counted.values(failures=Account.failures + 1, waits_until=waits)
    failures = session.execute(counted.returning(Account.failures)).scalar()
    if failures is not None and failures >= FREE:
        _LOG.warning("account %d: %d failed sign-ins in a row", number, failures)
        enter_account(session, people.moment, SOMEBODY, "lock person", account)
    return failures is not None


def clear(session: Session, number: int) -> None:
    """A right password, or an administrator: counting begins anew."""
    session.execute(update(Account).where(Account.number == number).values(failures=0, waits_until=0))
