"""The `rootline` command. Each command reads its words, calls one thing, prints it; nothing is decided here.

Exit codes: 0 answered or partly, 1 findings, 2 usage, 3 refused.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import click

from rootline.errors import RootlineError

AUDIENCES = ("clinician", "therapist", "student", "patient")


class _Commands(click.Group):
    """Our own errors end as one clear message on standard error, never as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except RootlineError as error:
            click.echo(f"rootline: {error}", err=True)
            ctx.exit(2)


def _pack_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--pack", "pack_name", default=None, help="Topic pack: its id or a folder.")(command)


def _load(pack_name: str | None) -> Any:
    from rootline.packs.load import load
    from rootline.settings import DEFAULT_PACK, pack_folder

    return load(pack_folder(pack_name or DEFAULT_PACK))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rootline", message="rootline %(version)s")
def main() -> None:
    """Guideline-backed answers on nerve-root pain of the lower back, every sentence traced to its source.

    Educational, pending human review; not a medical device.
    """


@main.command()
@click.argument("text", nargs=-1, required=True)
@click.option(
    "--audience", "-a", type=click.Choice(AUDIENCES), default="clinician", show_default=True, help="Who reads it."
)
@click.option("--fact", "-f", "facts", multiple=True, metavar="ID=VALUE", help="A fact; overrules the text.")
@click.option(
    "--onset", type=click.DateTime(["%Y-%m-%d"]), help="The day the symptoms began: what is due gets its date."
)
@click.option("--json", "form", flag_value="json", help="Print the answer as data (rootline.answer/1).")
@click.option("--markdown", "form", flag_value="markdown", help="Print Markdown.")
@_pack_option
def ask(
    text: tuple[str, ...],
    audience: str,
    facts: tuple[str, ...],
    onset: datetime | None,
    form: str | None,
    pack_name: str | None,
) -> None:
    """Answer a question, or give the plan for a patient described in TEXT.

    TEXT of `-` is read from standard input. Exit code 0: answered or partly; 2: not readable;
    3: refused, with the reason.
    """
    from rootline.answers.ask import ask as answer_question
    from rootline.answers.case import given_onset, read_given

    words = sys.stdin.read() if text == ("-",) else " ".join(text)
    pack = _load(pack_name)
    began = onset.date() if onset else None
    given = [given_onset(began, date.today(), pack)] if began else []
    given += [read_given(fact, pack) for fact in facts]
    answer = answer_question(words, pack, audience, given, began)  # type: ignore[arg-type]
    _print_answer(answer, form)
    sys.exit(3 if answer.outcome == "refused" else 0)


def _print_answer(answer: Any, form: str | None) -> None:
    if form == "json":
        click.echo(answer.model_dump_json(by_alias=True, indent=2))
    elif form == "markdown":
        from rootline.answers.render_markdown import to_markdown

        click.echo(to_markdown(answer), nl=False)
    else:
        from rich.console import Console

        from rootline.answers.render_terminal import show

        show(answer, Console())


@main.command()
@click.argument("name", required=False)
@_pack_option
def facts(name: str | None, pack_name: str | None) -> None:
    """List the facts a case may hold, with their values; with NAME, all about one."""
    from rootline.packs.describe import describe_fact, list_facts

    pack = _load(pack_name)
    click.echo(describe_fact(pack, name) if name else list_facts(pack))


@main.command()
@click.argument("name", required=False)
@_pack_option
def sources(name: str | None, pack_name: str | None) -> None:
    """List the sources with kind, year and standing; with NAME, its points and what leans on them."""
    from rootline.packs.describe import describe_source, list_sources

    pack = _load(pack_name)
    click.echo(describe_source(pack, name) if name else list_sources(pack))


@main.command()
@click.argument("advice_id")
@click.option("--fact", "-f", "facts", multiple=True, metavar="ID=VALUE", help="A fact of the patient.")
@click.option("--patient", "voice", flag_value="patient", help="In plain words.")
@_pack_option
def why(advice_id: str, facts: tuple[str, ...], voice: str | None, pack_name: str | None) -> None:
    """Why a piece of advice applies or not: its condition as a tree, with what is known, and what it rests on."""
    from rootline.answers.case import read_given
    from rootline.answers.why import explain

    pack = _load(pack_name)
    given = {one.fact: one for one in (read_given(fact, pack) for fact in facts)}
    values = {fact: one.value for fact, one in given.items() if one.value is not None}
    click.echo(explain(pack, advice_id, values, "patient" if voice else "clinician"))


@main.command()
@_pack_option
def lint(pack_name: str | None) -> None:
    """Look for what a reader of the pack would trip over. Exit code 1 when something is found."""
    from rootline.packs.lint import lint as find

    findings = find(_load(pack_name))
    for finding in findings:
        click.echo(str(finding))
    click.echo(f"{len(findings)} findings")
    sys.exit(1 if findings else 0)
