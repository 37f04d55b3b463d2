"""The command that reads a patient's record: its facts, and what of it is not used. Nothing is decided here."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from rootline.cli.options import load_pack, pack_option


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--patient", default="", help="Id of the patient, where the record holds several.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to read it on, e.g. 2026-11-21; else today.")
@click.option("--json", "as_json", is_flag=True, help="Print it as data.")
@pack_option
def record(file: Path, patient: str, as_of: datetime | None, as_json: bool, pack_name: str | None) -> None:
    """Read a record in FHIR R4 (a Bundle in JSON): its facts, what is not used and why, and how urgent that is.

    What the record does not tell is unknown, never no.
    """
    from datetime import date

    from rootline.edges.fhir.tell import read_file, tell_record

    pack = load_pack(pack_name)
    data = read_file(file)
    click.echo(tell_record(data, pack, as_of.date() if as_of else date.today(), patient, as_json))
