"""Commands of the editorial desk. Nobody signs here: that takes somebody who has logged in at the desk's pages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from rootline.cli.options import load_pack, pack_option, present_of


@click.group()
@click.pass_context
def desk(context: click.Context) -> None:
    """The editorial desk: what was reviewed, by whom, and what waits. Kept on this machine, or in ROOTLINE_DESK.

    The record says of each act done here that it came by the command line, and which account of the system ran it.
    """
    from rootline.desk.way import by_command_line

    context.with_resource(by_command_line())


@desk.command()
@click.option("--login", default="", help="What the first administrator signs in with.")
@click.option("--name", default="", help="Their name, as shown beside what they do; it never changes.")
def init(login: str, name: str) -> None:
    """Make the desk and its signing key, or bring a desk of an earlier version forward.

    The first administrator's password is asked for, or read from standard input.
    """
    from rootline.cli.people import first_administrator
    from rootline.desk.actor import OPERATOR
    from rootline.desk.opening import make_desk, newest
    from rootline.desk.seal import make_seal
    from rootline.settings import desk_key_file, desk_url

    made = make_desk(desk_url())
    keyed = make_seal(made, desk_key_file(), OPERATOR)
    click.echo(f"The desk is in {made.engine.url.render_as_string()}, schema {newest()}.")
    if keyed:
        click.echo(f"Its signing key is in {desk_key_file()}: keep a copy apart from the backups.")
    first_administrator(made, login, name)


@desk.command()
@click.argument("what")
@click.option("--by", required=True, metavar="NAME", help="The author's name, as their account has it.")
@pack_option
def submit(what: str, by: str, pack_name: str | None) -> None:
    """Put WHAT on the desk as it stands now, and ask for review.

    WHAT is the id of a pack, or PACK/QUESTION/AUDIENCE; `all` is the pack, every canonical answer and the published
    cases that are in use. What is there already, letter for letter, stays as it is. The author's password is asked
    for, or read from standard input; or ROOTLINE_DESK_TOKEN holds a token of theirs with the scope `submit`.
    """
    from rootline.cli.people import ask_password, open_people
    from rootline.desk.people.at_command_line import prove_author
    from rootline.desk.published import subject_called, subjects
    from rootline.desk.submit_present import submit_present
    from rootline.settings import desk_token

    opened, present = _open(), _present(pack_name)
    author = prove_author(open_people(), by, desk_token(), lambda: ask_password("Password", is_new=False))
    chosen = list(subjects(opened, present)) if what == "all" else [subject_called(opened, present, what)]
    for told in submit_present(opened, author, present, chosen):
        click.echo(told)


@desk.command()
@pack_option
def queue(pack_name: str | None) -> None:
    """List what waits, gravest first: unsafe feedback, changes of urgency, of actions and doses, then by age."""
    from rootline.desk.queue import queue as look

    found = look(_open(), _present(pack_name))
    for one in found.waiting:
        of = f", edition {one.edition.number}" if one.edition else ""
        click.echo(f"{one.subject.id}: {one.state.replace('_', ' ')}{of}, {one.days} days")
        said = [*(f"touches {touch}" for touch in one.touches), *one.reasons]
        said += [f"feedback {given.id}: {given.kind} {given.statement}".rstrip() for given in one.feedback]
        for line in said:
            click.echo(f"  {line}")
    click.echo(f"{len(found.waiting)} wait, {found.unsafe} open calls of unsafe")


@desk.command()
@click.argument("what")
@pack_option
def show(what: str, pack_name: str | None) -> None:
    """Show the state of WHAT, who signed it, its editions, and how it reads otherwise than what was approved."""
    from rootline.desk.tell import tell

    for line in tell(_open(), what, _present(pack_name)):
        click.echo(line)


@desk.command()
@click.argument("what")
@click.argument("text", default="")
@click.option("--statement", default="", help="The statement's id.")
@click.option("--kind", type=click.Choice(("unsafe", "wrong", "unclear", "other")), default="other", show_default=True)
@pack_option
def feedback(what: str, text: str, statement: str, kind: Any, pack_name: str | None) -> None:
    """Say of WHAT, or of one statement in it, that it is unsafe, wrong or unclear. It goes into the queue."""
    from rootline.desk.feedback import give_feedback
    from rootline.desk.published import subject_called
    from rootline.errors import NotFoundError, nearest

    opened, present = _open(), _present(pack_name)
    content = present.content(subject_called(opened, present, what))
    if statement and statement not in present.pack.statements:
        raise NotFoundError(f"no statement is called `{statement}`", mend=nearest(statement, present.pack.statements))
    given = give_feedback(opened, what, statement, content.sha256 if content else "", kind, text)
    click.echo(f"feedback {given.id} is in the queue")


@desk.command()
@click.argument("of", type=click.Choice(("comment", "feedback")))
@click.argument("number", type=click.IntRange(1, 2**31 - 1))
@click.option("--why", required=True, help="Why, without repeating it; only a hash is kept.")
def withdraw(of: str, number: int, why: str) -> None:
    """Remove the text of a comment, or of what a reader said, by its NUMBER: it holds a patient's name, say.

    The record goes on to hold. `report` shows the numbers. A published case is withdrawn on its page.
    """
    from rootline.desk.actor import OPERATOR
    from rootline.desk.withdraw import withdraw_comment, withdraw_feedback

    done = (withdraw_comment if of == "comment" else withdraw_feedback)(_open(), OPERATOR, number, why)
    click.echo(f"{of} {number}: {done.text}")


@desk.command()
@click.option("--head", default="", metavar="HASH", help="A head that was written down before: it must be in there.")
def audit(head: str) -> None:
    """Check the record of who did what: altered, missing, reordered or cut-off entries. Exit code 1: it does not hold.

    The head it prints stands for the whole record: written down elsewhere, it later shows a forged one.
    """
    from rootline.desk.check_audit import check_audit

    with _open().reading() as session:
        found = check_audit(session, head)
    for one in found.findings:
        click.echo(one)
    click.echo(f"{len(found.findings)} findings in {found.entries} entries; head {found.head or 'none'}")
    sys.exit(1 if found.findings else 0)


@desk.command()
def export() -> None:
    """Print the record of who did what to which hash as JSON lines, oldest first."""
    from rootline.desk.audit import to_lines

    with _open().reading() as session:
        for line in to_lines(session):
            click.echo(line)


@desk.command()
@click.argument("what")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Write it to this file.")
@pack_option
def report(what: str, out: Path, pack_name: str | None) -> None:
    """Write the whole life of WHAT as one HTML page, with its signature beside it in a file that ends in `.sig`."""
    from rootline.desk.report import render_life
    from rootline.desk.seal import public_key, sign
    from rootline.settings import desk_key_file

    opened = _open()
    content = render_life(opened, what, _present(pack_name)).encode()
    signature = sign(content, desk_key_file(), public_key(opened))
    out.write_bytes(content)
    _beside(out).write_text(signature, encoding="utf-8")
    click.echo(f"{out} and {_beside(out)}")


@desk.command("check-report")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--public", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The desk's public key, as PEM."
)
def check_report(file: Path, public: Path | None) -> None:
    """Check that FILE is what a desk signed, by the signature beside it. Exit code 1: it is not.

    Without `--public` it is held to this machine's desk.
    """
    from rootline.desk.seal import is_signed, public_key

    key = public.read_bytes().decode(errors="replace") if public else public_key(_open())
    holds = is_signed(file.read_bytes(), _beside(file).read_bytes().decode(errors="replace"), key)
    click.echo("signed by this desk, and not altered since" if holds else "not what this desk signed")
    sys.exit(0 if holds else 1)


@desk.command()
def key() -> None:
    """Print the public half of the desk's signing key: with it anybody can check a report."""
    from rootline.desk.seal import public_key

    click.echo(public_key(_open()), nl=False)


@desk.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write the whole desk to FILE, as it stands at one moment; the signing key is kept apart."""
    import os

    from rootline.desk.backup import backup as lines

    part = file.with_name(file.name + ".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        count = sum(out.write(f"{line}\n") > 0 for line in lines(_open()))
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)
    click.echo(f"{count - 2} rows in {file}")


@desk.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Make a desk from the backup in FILE, where there is none yet; then check its record. Exit code 1: as `audit`.

    A backup that is damaged anywhere makes no desk.
    """
    from rootline.desk.backup import restore as put
    from rootline.desk.check_audit import check_audit
    from rootline.desk.opening import make_desk
    from rootline.desk.read_backup import read_backup
    from rootline.settings import desk_url

    with file.open(encoding="utf-8", errors="surrogateescape") as lines:  # what is no UTF-8 is told with its line
        rows = read_backup(lines)
    made = make_desk(desk_url())
    put(made, rows)
    with made.reading() as session:
        found = check_audit(session)
    told = f"{len(found.findings)} findings in {found.entries} entries; head {found.head}"
    click.echo(f"{len(rows)} rows restored; {told}")
    sys.exit(1 if found.findings else 0)


def _open() -> Any:
    from rootline.desk.opening import own_desk

    return own_desk()


def _present(pack_name: str | None) -> Any:
    return present_of(load_pack(pack_name))


def _beside(file: Path) -> Path:
    return file.with_name(file.name + ".sig")
