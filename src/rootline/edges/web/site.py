"""What every page of one running server shares: the pack, the key of its forms, and where cases are kept."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field

from starlette.requests import Request

from rootline.answers.model import Answer
from rootline.desk.present import Present
from rootline.desk.shown import stamped
from rootline.edges.web.kept import Kept
from rootline.evidence.search.interface import Library
from rootline.evidence.search.unsearchable import open_for_answers
from rootline.packs.load import load
from rootline.packs.model import Pack
from rootline.settings import DEFAULT_PACK, holds_desk, holds_library, library_folder, pack_folder, state_folder

# How `rootline serve` tells its worker processes what to serve.
PACK, KEY, HOSTS = "ROOTLINE_SERVE_PACK", "ROOTLINE_SERVE_KEY", "ROOTLINE_SERVE_HOSTS"


@dataclass(frozen=True)
class Site:
    """One pack, served. `hosts` are the names it answers to; empty means any."""

    pack: Pack
    key: bytes = field(repr=False)
    kept: Kept
    hosts: frozenset[str]

    def library(self) -> Library | None:
        """The user's own documents, as they are now; None where there are none. Opened anew for every answer."""
        folder = library_folder()
        return open_for_answers(folder) if holds_library(folder) else None

    def stamped(self, answer: Answer) -> Answer:
        """The answer with its state of review, as the editorial desk has it, where there is a desk."""
        return stamped(answer, Present(self.pack, self.library())) if holds_desk() else answer


def site_from_environment() -> Site:
    """The site that `rootline serve` asked for. Raises a `RootlineError` when its pack cannot be loaded."""
    key = os.environ.get(KEY, "")
    return Site(
        pack=load(pack_folder(os.environ.get(PACK, DEFAULT_PACK))),
        key=bytes.fromhex(key) if key else secrets.token_bytes(32),
        kept=Kept(state_folder() / "cases"),
        hosts=frozenset(os.environ.get(HOSTS, "localhost,127.0.0.1,[::1]").split(",")) - {""},
    )


def site_of(request: Request) -> Site:
    """The site that a request came to."""
    site = request.app.state.site
    assert isinstance(site, Site)
    return site


def new_key() -> str:
    """A key for one run of the server, as text for the environment."""
    return secrets.token_hex(32)
