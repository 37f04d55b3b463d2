"""Commands about the desk's people: the first administrator, accounts, tokens. A password is never on the command line.

Nothing is decided here.
"""

from __future__ import annotations

import sys
from typing import Any

import click

from rootline.errors import InputError


def open_people() -> Any:
    """The people of the desk that the settings name. Loaded late, so that `--help` needs nothing."""
    from rootline.desk.opening import own_desk
    from rootline.desk.people.store import People

    return People(own_desk().engine)


def ask_password(prompt: str, *, is_new: bool = True) -> str:
    """Typed without being shown, a new one twice; or, where nobody types, the first line of standard input."""
    if sys.stdin.isatty():
        return str(click.prompt(prompt, hide_input=True, confirmation_prompt=is_new, err=True))
    return sys.stdin.readline().rstrip("\r\n")


def first_administrator(desk: Any, login: str, name: str) -> None:
    """Add the first administrator of a desk, where one is named. Raises `InputError` where it has one already."""
    from rootline.desk.actor import OPERATOR
    from rootline.desk.people.accounts import add, has_administrator
    from rootline.desk.people.store import People

    people = People(desk.engine)
    if has_administrator(people):
        if login or name:
            raise InputError("this desk has an administrator already", mend="They add people.")
    elif login and name:
        password = ask_password("Password")
        person = add(people, login, name, "administrator", by=OPERATOR, password=password, is_own_password=True)
        click.echo(f"{person.name} is its administrator.")
    else:
        click.echo("Nobody is its administrator yet: name one with --login and --name.")


@click.group()
def people() -> None:
    """The desk's people: who they are, and what they may do."""


@people.command("add")
@click.argument("login")
@click.option("--name", required=True, help="Their name, as shown beside what they do; it never changes.")
@click.option("--role", required=True, help="reader, author, reviewer, chair or administrator.")
@click.option("--specialty", default="", help="Their specialty, for topics that ask for one.")
@click.option("--single-sign-on", is_flag=True, help="They come by the sign-on provider, without a password here.")
def add_person(login: str, name: str, role: str, specialty: str, single_sign_on: bool) -> None:
    """Add somebody. LOGIN is a user name, or the e-mail address that the sign-on provider vouches for.

    The first password is asked for, or read from standard input; they choose their own when they sign in.
    """
    from rootline.desk.actor import OPERATOR
    from rootline.desk.people.accounts import add

    opened = open_people()
    password = None if single_sign_on else ask_password("First password")
    _tell(add(opened, login, name, role, specialty, password=password, by=OPERATOR))


@people.command("list")
def list_people() -> None:
    """List everybody: login, role, specialty, name."""
    from rootline.desk.people.accounts import list_people

    everybody = list_people(open_people())
    for one in everybody:
        _tell(one)
    click.echo(f"{len(everybody)} people")


@people.command()
@click.argument("login")
@click.argument("role")
@click.option("--specialty", help="Their specialty, if it changes too.")
def role(login: str, role: str, specialty: str | None) -> None:
    """Give somebody another ROLE: reader, author, reviewer, chair or administrator."""
    from rootline.desk.actor import OPERATOR
    from rootline.desk.people.accounts import change

    _tell(change(open_people(), login, role=role, specialty=specialty, by=OPERATOR))


@people.command()
@click.argument("login")
def disable(login: str) -> None:
    """Shut an account: its sessions end, its tokens are revoked. Its name stays in the audit trail."""
    from rootline.desk.actor import OPERATOR
    from rootline.desk.people.accounts import disable

    _tell(disable(open_people(), login, by=OPERATOR))


@people.command()
@click.argument("login")
def enable(login: str) -> None:
    """Open a disabled account again."""
    from rootline.desk.actor import OPERATOR
    from rootline.desk.people.accounts import enable

    _tell(enable(open_people(), login, by=OPERATOR))


@people.command()
@click.argument("login")
def unlock(login: str) -> None:
    """Let somebody sign in again who waits after wrong passwords."""
    from rootline.desk.actor import OPERATOR
    from rootline.desk.people.accounts import unlock

    _tell(unlock(open_people(), login, by=OPERATOR))


@people.command()
@click.argument("login")
def password(login: str) -> None:
    """Give somebody a first password again who forgot theirs; it is asked for, or read from standard input.

    Their sessions end and their tokens are revoked.
    """
    from rootline.desk.actor import OPERATOR
    from rootline.desk.people.accounts import give_password

    opened = open_people()
    _tell(give_password(opened, login, ask_password("First password"), by=OPERATOR))


@people.command()
@click.argument("login")
def revoke(login: str) -> None:
    """Take back every token of somebody at once. Giving a first password again or disabling does so too."""
    from rootline.desk.actor import OPERATOR
    from rootline.desk.people.accounts import revoke_tokens

    click.echo(f"tokens revoked: {revoke_tokens(open_people(), login, by=OPERATOR)}")


@people.command()
@click.argument("login")
@click.option("--label", required=True, help="What it is for.")
@click.option(
    "--scope", "scopes", multiple=True, required=True, help="read, feedback, submit, review or retire; repeatable."
)
@click.option("--days", default=90, show_default=True, help="Days until it ends, 366 at most.")
def token(login: str, label: str, scopes: tuple[str, ...], days: int) -> None:
    """Make a token for a program that acts for somebody, and print it this once."""
    from rootline.desk.actor import OPERATOR
    from rootline.desk.people.api_tokens import make_token

    click.echo(make_token(open_people(), login, label, scopes, days, by=OPERATOR))


def _tell(person: Any) -> None:
    marks = {
        "by single sign-on": person.by_single_sign_on,
        "disabled": person.is_disabled,
        "waits": person.is_waiting,
    }
    said = "".join(f", {mark}" for mark, holds in marks.items() if holds)
    click.echo(f"{person.login:32} {person.role:13} {person.specialty or '-':16} {person.name}{said}")
