"""Commands that write a pack in the forms that other systems read: `export`. Nothing is decided here."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from rootline.cli.options import load_pack, present_of


@click.group()
def export() -> None:
    """Write a topic pack in a form that other systems run."""


def _export_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The pack to export and where to write it, alike for every form."""
    out = click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file instead.")
    return click.argument("pack", required=False)(out(command))


@export.command()
@_export_options
def cql(pack: str | None, out: Path | None) -> None:
    """Print PACK (an id or a folder) as a library in HL7's Clinical Quality Language."""
    from rootline.packs.write_cql import as_cql

    _write(as_cql(_library(pack)), out)


@export.command()
@_export_options
def elm(pack: str | None, out: Path | None) -> None:
    """Print PACK (an id or a folder) as ELM, the JSON form of CQL that engines run."""
    from rootline.packs.write_cql import as_elm

    _write(json.dumps(as_elm(_library(pack)), indent=1, ensure_ascii=False) + "\n", out)


@export.command()
@_export_options
def fhir(pack: str | None, out: Path | None) -> None:
    """Print PACK (an id or a folder) as a Bundle of FHIR R4 resources.

    PlanDefinition, Library (CQL and ELM), Questionnaire for clinicians and for patients, ActivityDefinition for each
    action, CodeSystem for our own codes, Evidence for each point of each source.
    """
    from rootline.edges.fhir.write_pack import write_pack

    loaded = load_pack(pack)
    _write(json.dumps(write_pack(loaded, _review(loaded)), indent=1, ensure_ascii=False) + "\n", out)


def _library(pack: str | None) -> Any:
    from rootline.packs.cql_library import library_of

    loaded = load_pack(pack)
    return library_of(loaded, is_approved=_review(loaded).state == "approved")


def _review(loaded: Any) -> Any:
    from rootline.desk.shown import pack_review

    return pack_review(present_of(loaded))


def _write(text: str, out: Path | None) -> None:
    from rootline.errors import InputError

    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"`{out}` cannot be written: {error.strerror}", mend="Choose another file.") from None
