"""Commands about a topic pack: what it holds, and whether it can be trusted. Nothing is decided here."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from rootline.cli.options import load_pack, pack_option, present_of
from rootline.errors import InputError


@click.command()
@click.argument("name", required=False)
@pack_option
def facts(name: str | None, pack_name: str | None) -> None:
    """List the facts a case may hold, with their values; with NAME, all about one."""
    from rootline.packs.describe import describe_fact, list_facts

    pack = load_pack(pack_name)
    click.echo(describe_fact(pack, name) if name else list_facts(pack))


@click.command()
@click.argument("name", required=False)
@pack_option
def sources(name: str | None, pack_name: str | None) -> None:
    """List the sources with kind, year and standing; with NAME, its points and what leans on them."""
    from rootline.packs.describe import describe_source, list_sources

    pack = load_pack(pack_name)
    click.echo(describe_source(pack, name) if name else list_sources(pack))


@click.command()
@pack_option
def lint(pack_name: str | None) -> None:
    """Look for what a reader of the pack would trip over. Exit code 1 when something is found."""
    from rootline.checks.lint import lint as find

    findings = find(load_pack(pack_name))
    for finding in findings:
        click.echo(str(finding))
    click.echo(f"{len(findings)} findings")
    sys.exit(1 if findings else 0)


@click.command()
@click.argument("pack_name", metavar="[PACK]", required=False)
def check(pack_name: str | None) -> None:
    """Hold a topic pack to account: lint, vignettes, properties proved for every possible patient, and mutants.

    PACK is an id or a folder. Exit code 0: all holds; 1: something is found; 3: something is undecided.
    """
    from rootline.checks.check import check as run_check
    from rootline.checks.report import counts, findings
    from rootline.cli.progress import progress_bar

    pack = load_pack(pack_name)
    with progress_bar() as told:
        checked = run_check(pack, told)
    for line in (*findings(checked), *counts(checked)):
        click.echo(line)
    sys.exit(1 if checked.found else 3 if checked.undecided else 0)


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--json", "as_data", is_flag=True, help="Print it as data (rootline.diff/1).")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print Markdown.")
def diff(old: str, new: str, as_data: bool, as_markdown: bool) -> None:
    """Compare two versions of a pack for every possible patient: ids, folders, or git's REVISION:FOLDER.

    Exit code 0: urgency, actions, sites of lesion and doses are proved unchanged; 1: some patient is told otherwise;
    3: undecided.
    """
    from rootline.answers.render_differences import to_data, to_markdown
    from rootline.answers.versions import compare
    from rootline.cli.progress import progress_bar
    from rootline.packs.at_revision import pack_at

    if as_data and as_markdown:
        raise click.UsageError("--json and --markdown are two forms: take one")
    with pack_at(old) as before, pack_at(new) as after, progress_bar() as told:
        compared = compare(before, after, told)
    if as_data:
        click.echo(json.dumps(to_data(compared), indent=2, ensure_ascii=False))
    else:
        click.echo(to_markdown(compared), nl=False)
    sys.exit(1 if compared.treats_otherwise else 3 if compared.count("undecided") else 0)


@click.command()
@click.argument("pack_name", metavar="[PACK]", required=False)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write it to this file.")
def book(pack_name: str | None, out: Path | None) -> None:
    """Print a whole pack as one HTML page that a clinician reads and signs.

    PACK is an id or a folder. The page needs no script and no network, and prints with page numbers.
    """
    from rootline.book.content import collect
    from rootline.book.render import render
    from rootline.desk.shown import pack_review

    pack = load_pack(pack_name)
    proofs = _proved(pack)
    collected = collect(pack, proofs)
    page = render(collected, pack_review(present_of(pack)))
    if out is None:
        click.echo(page)
    else:
        try:
            out.write_text(page, encoding="utf-8")
        except OSError as error:
            raise InputError(f"`{out}` cannot be written: {error.strerror}", mend="Name another file.") from None
    holding = len(collected.results) - len(collected.failing)
    click.echo(f"{holding} of {len(collected.results)} worked patients as expected; {_say_proofs(proofs)}", err=True)


def _proved(pack: Any) -> list[Any] | None:
    """Every property with its proof; None where z3 is not installed."""
    from rootline.errors import NotFoundError

    try:
        from rootline.checks.proofs import prove_all
    except NotFoundError:
        return None
    from rootline.checks.properties import properties

    return list(prove_all(pack, properties(pack)))


def _say_proofs(proofs: list[Any] | None) -> str:
    if proofs is None:
        return "properties not proved: z3 is not installed"
    return f"{sum(one.outcome == 'proved' for one in proofs)} of {len(proofs)} properties proved"
