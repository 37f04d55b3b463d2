"""The help text of every command, as it stands in the docs between `<!-- help: … -->` and `<!-- end -->`."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
from click.testing import CliRunner

from rootline.cli.main import main

HELP = re.compile(r"<!-- help: rootline(.*?) -->\n```text\n(.*?)```\n<!-- end -->", re.DOTALL)


def help_of(words: tuple[str, ...]) -> str:
    """What `rootline … --help` prints on a terminal of 80 columns."""
    result = CliRunner().invoke(main, [*words, "--help"], prog_name="rootline", env={"COLUMNS": "80"})
    assert result.exit_code == 0
    return result.stdout


def commands(group: click.Group, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The program itself and every command, however deep."""
    yield above
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*above, word))
        else:
            yield (*above, word)


def with_help(page: str) -> str:
    """A page of the docs with every help text as the program prints it now."""

    def block(found: re.Match[str]) -> str:
        words = found[1]
        return f"<!-- help: rootline{words} -->\n```text\n{help_of(tuple(words.split()))}```\n<!-- end -->"

    return HELP.sub(block, page)
