"""What every page of one running server shares: the pack, the key of its forms, and where cases are kept."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

from starlette.requests import Request

from rootline.answers.model import Answer, Review
from rootline.answers.reviewed import unreviewed
from rootline.desk.content import standings
from rootline.desk.present import Present
from rootline.desk.shown import pack_review, patient_review, stamped
from rootline.edges.web.kept import Kept
from rootline.edges.web.opened import Opened
from rootline.evidence.search.interface import Library
from rootline.evidence.search.unsearchable import open_for_answers
from rootline.packs.as_known import as_known
from rootline.packs.load import load
from rootline.packs.model import Pack
from rootline.settings import (
    DEFAULT_PACK,
    holds_desk,
    holds_library,
    library_folder,
    pack_folder,
    requests_a_minute,
    state_folder,
)  # fmt: skip

# How `rootline serve` tells its worker processes what to serve.
PACK, KEY, HOSTS = "ROOTLINE_SERVE_PACK", "ROOTLINE_SERVE_KEY", "ROOTLINE_SERVE_HOSTS"
OPENED = "ROOTLINE_SERVE_OPENED"
_A_MINUTE = 120  # requests to the API from one address, where other machines can reach it


@dataclass(frozen=True)
class Site:
    """One pack, served. `hosts` are the names it answers to; empty means any.

    `a_minute` is how often one address may ask the API; 0 sets no limit.
    """

    pack: Pack
    key: bytes = field(repr=False)
    kept: Kept
    opened: Opened
    hosts: frozenset[str]
    a_minute: int = 0

    def library(self) -> Library | None:
        """The user's own documents, as they are now; None where there are none. Opened anew for every answer."""
        folder = library_folder()
        return open_for_answers(folder) if holds_library(folder) else None

    def known(self) -> Pack:
        """The pack for display, each source with the standing that the user's library knows."""
        return as_known(self.pack, standings(self.pack.sources.values(), self.library()))

    def stamped(self, answer: Answer) -> Answer:
        """The answer with its state of review, as the editorial desk has it, where there is a desk."""
        return stamped(answer, Present(self.pack, self.library())) if holds_desk() else answer

    def review(self) -> Review:
        """The state of review of the pack itself: of all that stands in it, for everybody alike."""
        return pack_review(Present(self.pack, self.library())) if holds_desk() else unreviewed(self.pack)

    def patient_review(self) -> Review:
        """The state of review of what is worked out for one patient and is no answer: nobody has read it."""
        return patient_review(Present(self.pack, self.library())) if holds_desk() else unreviewed(self.pack)


def site_from_environment() -> Site:
    """The site that `rootline serve` asked for. Raises a `RootlineError` when its pack cannot be loaded."""
    key = bytes.fromhex(os.environ[KEY]) if KEY in os.environ else secrets.token_bytes(32)
    hosts = frozenset(os.environ.get(HOSTS, "localhost,127.0.0.1,[::1]").split(",")) - {""}
    return Site(
        pack=load(pack_folder(os.environ.get(PACK, DEFAULT_PACK))),
        key=key,
        kept=Kept(state_folder() / "cases"),
        opened=Opened(Path(os.environ.get(OPENED) or mkdtemp(prefix="rootline-")), key),
        hosts=hosts,
        a_minute=requests_a_minute(0 if hosts else _A_MINUTE),  # on the own machine there is nobody to hold back
    )


def site_of(request: Request) -> Site:
    """The site that a request came to."""
    site = request.app.state.site
    assert isinstance(site, Site)
    return site


def new_key() -> str:
    """A key for one run of the server, as text for the environment."""
    return secrets.token_hex(32)
