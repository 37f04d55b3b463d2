"""Where things are on this machine: the shipped packs, or a folder the user names. Decides nothing else."""

from __future__ import annotations

import os
from pathlib import Path

from rootline.errors import NotFoundError, nearest

DEFAULT_PACK = "lumbar-radiculopathy"


def packs_folder() -> Path:
    """The folder of topic packs: `ROOTLINE_PACKS`, else those installed beside the code, else the checkout's."""
    if named := os.environ.get("ROOTLINE_PACKS"):
        return Path(named)
    installed = Path(__file__).parent / "shipped_packs"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "packs"


def pack_folder(name: str = DEFAULT_PACK) -> Path:
    """One pack's folder, by its id or by a path. Raises `NotFoundError` that names the packs there are."""
    if (Path(name) / "pack.yaml").is_file():
        return Path(name)
    folder = packs_folder() / name
    if not (folder / "pack.yaml").is_file():
        known = [path.parent.name for path in packs_folder().glob("*/pack.yaml")]
        raise NotFoundError(f"no topic pack is called `{name}`", mend=nearest(name, known))
    return folder


def state_folder() -> Path:
    """Where what the user asks to keep is kept: `ROOTLINE_STATE`, else the user's own state folder."""
    if named := os.environ.get("ROOTLINE_STATE"):
        return Path(named)
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "rootline"
