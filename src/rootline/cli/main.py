"""The `rootline` command: its groups, and how errors end. Each command calls one thing and prints it.

Exit codes: 0 answered, partly or verified, 1 findings, 2 usage, 3 refused or undecided.
"""

from __future__ import annotations

import errno
from typing import Any

import click

from rootline.cli import (
    answers,
    bench,
    cds,
    desk,
    evidence,
    exports,
    llm,
    mcp,
    packs,
    people,
    record,
    search,
    web,
)  # fmt: skip
from rootline.errors import RootlineError


class _Commands(click.Group):
    """Our own errors end as one clear message on standard error, never as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except RootlineError as error:
            click.echo(f"rootline: {error}", err=True)
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader of our output has gone: not an error of ours
                raise
            where = f"{error.filename}: " if error.filename else ""
            click.echo(
                f"rootline: {where}{error.strerror or error}\n  Check the path, its rights and the free space.",
                err=True,
            )
        ctx.exit(2)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rootline", message="rootline %(version)s")
def main() -> None:
    """Guideline-backed answers on nerve-root pain of the lower back, every sentence traced to its source.

    Educational, pending human review; not a medical device.
    """


for command in (search.search, search.link):
    evidence.evidence.add_command(command)
desk.desk.add_command(people.people)
for command in (
    answers.ask, answers.why, answers.verify,
    packs.facts, packs.sources, packs.lint, packs.check, packs.diff, packs.book,
    exports.export, record.record, cds.cds, evidence.evidence, bench.bench, web.serve, desk.desk, mcp.mcp,
    llm.reword, llm.propose,
):  # fmt: skip
    main.add_command(command)
