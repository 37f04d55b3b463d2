"""Commands about the user's library of documents: what goes in, what is there, what was withdrawn. Decides nothing."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from rootline.cli.options import load_pack, pack_option
from rootline.errors import InputError, NotFoundError

SUMMARY = ("new", "revised", "same", "deleted", "broken")


@click.group()
def evidence() -> None:
    """The library of documents: import, look up, and know what was withdrawn."""


def library_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--library`: the folder of the user's library."""
    return click.option(
        "--library", type=click.Path(path_type=Path), help="Folder of the library, instead of ROOTLINE_LIBRARY."
    )(command)


def as_of_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--as-of`: the library as it was at the end of a day."""
    return click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        callback=lambda _context, _option, day: end_of(day) if day else None,
        help="The library as it was at the end of this day.",
    )(command)


def end_of(day: datetime) -> datetime:
    """The last moment of a day, where the user is. Raises `InputError` for a later one: of that nothing is known."""
    if day > datetime.now():
        where, mend = f"--as-of {day:%Y-%m-%d}", "Name today or an earlier day; leave it out for the library as it is."
        raise InputError("is a day that has not come yet", where=where, mend=mend)
    return day.astimezone() + timedelta(days=1, microseconds=-1)


def open_store(library: Path | None) -> Any:
    """The library named, or the user's own, made where there is none. Loaded late, so that `--help` needs nothing."""
    from rootline.evidence.store.versions import Store
    from rootline.settings import library_folder

    return Store(library or library_folder())


def open_store_there(library: Path | None) -> Any:
    """The same for what only looks: raises `NotFoundError` where there is no library, and makes none."""
    from rootline.settings import holds_library, library_folder

    folder = library or library_folder()
    if not holds_library(folder):
        mend = "`rootline evidence add` makes one; `--library` names its folder."
        raise NotFoundError(f"there is no library in `{folder}`", mend=mend)
    return open_store(folder)


@evidence.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@library_option
def add(paths: tuple[str, ...], library: Path | None) -> None:
    """Import files, folders or patterns; `-` is standard input; `.gz` is unpacked.

    PubMed XML, NBIB, RIS, BibTeX, JATS XML, PDF, HTML, Markdown and plain text, told by what is in them. Stopped at
    any point, it goes on where it was. Exit code 1: something could not be read, and is named; the rest went in.
    """
    from rootline.evidence.intake.opening import shown
    from rootline.evidence.intake.paths import files_of

    passed_over: list[Path] = []
    files = files_of([path for path in paths if path != "-"], passed_over.append)
    store = open_store(library)
    counts = _add(store, files, standard_input="-" in paths)
    if passed_over:
        what = f"{len(passed_over)} files of other kinds, or linked from outside, passed over"
        click.echo(f"{what}, such as {shown(passed_over[0])}")
    _finish(counts)


@evidence.command()
@click.argument("query")
@click.option("--most", default=1000, show_default=True, type=click.IntRange(min=1), help="Records to take at most.")
@library_option
def fetch(query: str, most: int, library: Path | None) -> None:
    """Import the records that PubMed finds for QUERY. Goes online; keep patients out of the query.

    Address, e-mail and key are taken from ROOTLINE_EUTILS, ROOTLINE_EUTILS_EMAIL and ROOTLINE_EUTILS_KEY.
    """
    from rootline.cli.import_bar import ImportBar
    from rootline.evidence.add import add_file
    from rootline.evidence.fetch import Service
    from rootline.settings import eutils

    service = Service(eutils())
    store = open_store(library)
    counts: Counter[str] = Counter()
    found = 0
    with ImportBar() as bar:
        for path, given, found in service.records(query, most):
            add_file(store, path, f"PubMed, records to {given} of {found}", bar, counts)
    click.echo(f"{found} records fetched")
    _finish(counts)


@evidence.command("list")
@as_of_option
@library_option
def list_documents(as_of: datetime | None, library: Path | None) -> None:
    """List the documents with year, kind, standing and title."""
    count = 0
    for one in open_store_there(library).documents(as_of):
        count += 1
        click.echo(f"{one.id:24} {one.year or '-':5} {one.kind:9} {one.standing:10} {one.title}")
    click.echo(f"{count} documents")


@evidence.command()
@click.argument("id_", metavar="ID")
@click.option("--at", type=click.IntRange(min=0), help="Only the passage at this character, and those beside it.")
@as_of_option
@library_option
def show(id_: str, at: int | None, as_of: datetime | None, library: Path | None) -> None:
    """Show a document by `pmid:…`, `doi:…`, `pmcid:…` or `sha256:…`: record, notices, history, passages.

    Ids are read in any case and as people write them: 123, PMID: 123, PMC123, https://doi.org/10.…
    """
    from rootline.evidence.describe import describe, describe_place
    from rootline.evidence.store.identity import key_of

    store = open_store_there(library)
    document = store.document(key_of(id_), as_of)
    if document is None:
        raise NotFoundError(f"the library holds no `{id_}`", mend="`rootline evidence list` shows what it holds.")
    if at is not None:
        click.echo(describe_place(document, at))
        return
    click.echo(describe(document, store.history(document.id, as_of)))


@evidence.command()
@as_of_option
@pack_option
@library_option
def standing(as_of: datetime | None, pack_name: str | None, library: Path | None) -> None:
    """Which sources of the pack, and which canonical answers, are touched by what the library knows.

    Exit code 1: a source was retracted, doubted, corrected, superseded or deleted, and the pack does not say so.
    """
    from rootline.answers.standing_report import standing_report

    report = standing_report(load_pack(pack_name), open_store_there(library), as_of)
    click.echo(report.text)
    sys.exit(1 if report.findings else 0)


@evidence.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@pack_option
@library_option
def watch(folder: Path, pack_name: str | None, library: Path | None) -> None:
    """Take the files of FOLDER that are new since the last time, and tell what changed for whom. One pass.

    Told is all that changed since the last report for the pack, by any import; the first time, what FOLDER brings.
    Exit code 1: the standing of a document changed, or something could not be read.
    """
    from rootline.answers.standing_report import change_report
    from rootline.evidence.add import not_yet_taken
    from rootline.evidence.intake.paths import files_of
    from rootline.evidence.store.reported import close_report, told_until

    pack, store = load_pack(pack_name), open_store(library)
    before = told_until(store, pack.id)
    files = files_of([str(folder)], pass_over=lambda path: None)
    counts = _add(store, not_yet_taken(store, files))
    now = store.sequence()  # what comes in while the report is made is told again the next time, not lost
    report = change_report(pack, store, before)
    click.echo(report.text)
    close_report(store, pack.id, now)
    _finish(counts, report.findings)


def _add(store: Any, files: Iterable[Path], standard_input: bool = False) -> Counter[str]:
    from rootline.cli.import_bar import ImportBar
    from rootline.evidence.add import add as take
    from rootline.evidence.intake.opening import shown
    from rootline.evidence.intake.standard_input import NAME, spooled

    with ImportBar() as bar:
        counts = take(store, [(path, shown(path)) for path in files], bar)
        if standard_input:
            with spooled(sys.stdin.buffer) as path:
                counts.update(take(store, [(path, NAME)], bar))
    return counts


def _finish(counts: Counter[str], findings: int = 0) -> None:
    told = ", ".join(f"{counts[name]} {name}" for name in SUMMARY)
    click.echo(f"{counts['files']} files: {told}" if "files" in counts else told)
    sys.exit(1 if counts["broken"] or findings else 0)
