"""What several commands take alike: the topic pack, the library opened for searching."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click


def pack_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--pack`: an id or a folder."""
    return click.option("--pack", "pack_name", default=None, help="Topic pack: its id or a folder.")(command)


def load_pack(pack_name: str | None) -> Any:
    """The pack named, or the shipped one. Loaded late, so that `--help` needs nothing."""
    from rootline.packs.load import load
    from rootline.settings import DEFAULT_PACK, pack_folder

    return load(pack_folder(DEFAULT_PACK if pack_name is None else pack_name))


def open_searchable(folder: Path | None, as_of: datetime | None, *, for_answers: bool = False) -> Any:
    """The library named, else the user's own where there is one, else None. One that is named must be there.

    `for_answers`: one that is out of order says so in the answer, which does not wait for it.
    """
    from rootline.errors import NotFoundError
    from rootline.settings import dense_model, holds_library, library_folder

    named = folder or library_folder()
    if holds_library(named):
        from rootline.evidence.library import open_library
        from rootline.evidence.search.unsearchable import open_for_answers

        opened = open_for_answers if for_answers else open_library
        if dense_model() is None:
            return opened(named, as_of)
        from rootline.cli.progress import progress_bar

        with progress_bar() as told:  # the first vectors of a large library take hours
            return opened(named, as_of, told)
    if folder or as_of:
        mend = "`rootline evidence add` makes one; `--library` names its folder."
        raise NotFoundError(f"there is no library in `{named}`", mend=mend)
    return None


def stamp_of(pack: Any) -> Any:
    """What puts the desk's state of review on an answer; None without a desk, whose libraries are then not loaded."""
    from rootline.settings import holds_desk

    if not holds_desk():
        return None
    from functools import partial

    from rootline.desk.shown import stamped

    return partial(stamped, present=present_of(pack))


def present_of(pack: Any) -> Any:
    """The pack and the user's own library as it is now: whatever else is searched, the state of review is by these."""
    from rootline.desk.present import Present

    return Present(pack, open_searchable(None, None, for_answers=True))
