"""How an import goes, shown to a person at a terminal: a bar with rate and time left; troubles as they come.

Into a file or a pipe only the troubles go. Decides nothing.
"""

from __future__ import annotations

from types import TracebackType

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn


class ImportBar:
    """An onlooker of `evidence.add`; the bar stands on standard error while it is open."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            DownloadColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
            transient=True,
        )
        self._task = self._bar.add_task("", total=None, rate="")

    def __enter__(self) -> ImportBar:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bar.stop()

    def begins(self, name: str, size: int) -> None:
        self._bar.reset(self._task, total=size, description=name[-40:], rate="")

    def has_read(self, consumed: int, records: int) -> None:
        elapsed = self._bar.tasks[0].elapsed or 0.0
        rate = f"{records / elapsed:,.0f} records/s" if elapsed else ""
        self._bar.update(self._task, completed=consumed, rate=rate)

    def is_told(self, trouble: str) -> None:
        if self._bar.disable:
            click.echo(f"rootline: {trouble}", err=True)
        else:
            self._console.print(f"rootline: {trouble}", markup=False, highlight=False)
