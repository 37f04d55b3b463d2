"""What several commands take alike: the topic pack."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click


def pack_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--pack`: an id or a folder."""
    return click.option("--pack", "pack_name", default=None, help="Topic pack: its id or a folder.")(command)


def load_pack(pack_name: str | None) -> Any:
    """The pack named, or the shipped one. Loaded late, so that `--help` needs nothing."""
    from rootline.packs.load import load
    from rootline.settings import DEFAULT_PACK, pack_folder

    return load(pack_folder(pack_name or DEFAULT_PACK))
