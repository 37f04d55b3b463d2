"""Commands that look into the user's library: search it, and lead a pack's points to its passages. Decides nothing."""

from __future__ import annotations

import re
import sys
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click

from rootline.cli.evidence import as_of_option, library_option
from rootline.cli.options import load_pack, open_searchable, pack_option
from rootline.errors import NotFoundError

STANDINGS = ("current", "corrected", "concern", "superseded", "retracted")


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--year", metavar="FROM-TO", help="Published in these years: 2019, 2015-2020, 2015- or -2020.")
@click.option("--type", "types", multiple=True, help="Of this publication type, as the record names it; repeatable.")
@click.option("--standing", "standings", multiple=True, type=click.Choice(STANDINGS), help="Of this one; repeatable.")
@click.option("--most", default=5, show_default=True, type=click.IntRange(min=1), help="Documents to show at most.")
@as_of_option
@pack_option
@library_option
def search(
    query: tuple[str, ...], year: str | None, types: tuple[str, ...], standings: tuple[str, ...], most: int,
    as_of: datetime | None, pack_name: str | None, library: Path | None,
) -> None:  # fmt: skip
    """Search the library for QUERY: the best documents, each with its best passage, letter for letter.

    Words in double quotes must stand side by side. The pack's vocabulary widens the query. Exit code 1: nothing found.
    """
    from rootline.evidence.describe import describe_quote
    from rootline.evidence.search.interface import Question
    from rootline.evidence.search.quote import best_quotes

    words = " ".join(query)
    if not re.search(r"\w", words):
        raise click.BadParameter("holds no word to search for", param_hint="QUERY")
    question = Question(
        text=words.replace('"', " "),
        phrases=tuple(re.findall(r'"([^"]+)"', words)),
        same=load_pack(pack_name).synonyms.widen(words),
        years=_years(year),
        types=tuple(one.lower() for one in types),
        standings=standings,  # type: ignore[arg-type]
    )
    opened = open_searchable(library, as_of) or _no_library()
    quotes = best_quotes(opened, question, most)
    for one in quotes:
        click.echo(describe_quote(one) + "\n")
    click.echo(f"{len(quotes)} shown of {opened.search.count()} documents")
    if opened.behind:
        click.echo(f"{opened.behind} changes are not searched yet: another process is taking them in", err=True)
    sys.exit(0 if quotes else 1)


@click.command()
@click.argument("pack_name", metavar="PACK")
@library_option
def link(pack_name: str, library: Path | None) -> None:
    """Lead the points of PACK to the passages that say them, where the library holds the source by PMID or DOI.

    Found: a passage is there, one sentence has each figure with its unit and a word beside it, and it denies as often.
    Altered: it does not, or the letters of the quote that the point carries differ, or the sentence around the quote
    denies it. Proposals, to be read: figures exchanged within one sentence are not noticed. A document that is not
    current is told. Exit code 1: a point was altered or not found.
    """
    from rootline.evidence.describe import describe_link
    from rootline.evidence.link import documents_of
    from rootline.evidence.link import link as link_source

    opened = open_searchable(library, None) or _no_library()
    sources = list(documents_of(load_pack(pack_name).sources.values(), opened))
    links = [one for source, document in sources if document for one in link_source(source, document, opened)]
    for one in links:
        click.echo(describe_link(one) + "\n")
    counts = ", ".join(
        f"{sum(one.outcome == kind for one in links)} {kind}" for kind in ("found", "altered", "not found")
    )
    missing = sum(document is None for _, document in sources)
    click.echo(f"{len(links)} points: {counts}; {missing} of {len(sources)} sources are not in the library")
    sys.exit(0 if all(one.outcome == "found" for one in links) else 1)


def _no_library() -> NoReturn:
    raise NotFoundError("there is no library yet", mend="`rootline evidence add PATH` makes one.")


def _years(text: str | None) -> tuple[int | None, int | None]:
    if text is None:
        return (None, None)
    found = re.fullmatch(r"(\d{4})?(-)?(\d{4})?", text)
    if not found or not (found[1] or found[3]):
        raise click.BadParameter("write 2019, 2015-2020, 2015- or -2020", param_hint="--year")
    first, last = (int(one) if one else None for one in (found[1], found[3]))
    if first and last and first > last:
        raise click.BadParameter(f"runs backwards: write {last}-{first}", param_hint="--year")
    return (first, last if found[2] else first)
