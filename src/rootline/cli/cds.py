"""The commands on the CDS Hooks service: what became of its cards. Nothing is decided here."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def cds() -> None:
    """The CDS Hooks service that `rootline serve` answers where ROOTLINE_CDS names its settings."""


@cds.command()
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of cards and feedback; else that of the server on this machine.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it as data.")
def feedback(folder: Path | None, as_json: bool) -> None:
    """What became of the cards: how many were shown, accepted, overridden, and why."""
    from rootline.edges.cds_hooks.report import tell_report
    from rootline.settings import state_folder

    told, torn = tell_report(folder or state_folder() / "cds", as_json)
    click.echo(told)
    for place in torn:
        click.echo(f"{place} cannot be read and is not counted: a write was cut off", err=True)
    if torn:
        raise SystemExit(1)
