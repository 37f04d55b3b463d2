"""Commands about a topic pack: what it holds, and whether it can be trusted. Nothing is decided here."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rootline.cli.options import load_pack, pack_option
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
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write it to this file.")
def book(pack_name: str | None, out: Path | None) -> None:
    """Print a whole pack as one HTML page that a clinician reads and signs.

    PACK is an id or a folder. The page needs no script and no network, and prints with page numbers.
    """
    from rootline.book.content import collect
    from rootline.book.render import render

    collected = collect(load_pack(pack_name))
    page = render(collected)
    if out is None:
        click.echo(page)
    else:
        try:
            out.write_text(page, encoding="utf-8")
        except OSError as error:
            raise InputError(f"`{out}` cannot be written: {error.strerror}", mend="Name another file.") from None
    holding = len(collected.results) - len(collected.failing)
    click.echo(f"{holding} of {len(collected.results)} worked patients as expected; properties not proved", err=True)
