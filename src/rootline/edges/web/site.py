"""What every page of one running server shares: the pack, the key of its forms, and where cases are kept."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

from starlette.requests import Request

from rootline.answers.ask import ask
from rootline.answers.conversation import Conversation, reply
from rootline.answers.model import Answer, Audience, Review
from rootline.desk.content import standings
from rootline.desk.opening import own_desk
from rootline.desk.present import Present
from rootline.desk.published import Published, Version, cases, versions_at
from rootline.desk.shown import pack_review, patient_review, stamped
from rootline.edges.web.kept import Kept
from rootline.edges.web.opened import Opened
from rootline.errors import DeskError
from rootline.evidence.search.interface import Library
from rootline.evidence.search.unsearchable import own_library
from rootline.packs.as_known import as_known
from rootline.packs.load import load
from rootline.packs.model import Pack
from rootline.settings import DEFAULT_PACK, holds_desk, pack_folder, requests_a_minute, state_folder

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

    def answer(self, conversation: Conversation) -> Answer:
        """The answer so far, with what the user's own documents say, and with its state of review."""
        library = own_library()
        return self.stamped(reply(conversation, self.pack, library=library).worked.answer, library)

    def known(self, library: Library | None) -> Pack:
        """The pack for display, each source with the standing that the user's library, opened, knows."""
        return as_known(self.pack, standings(self.pack.sources.values(), library))

    def stamped(self, answer: Answer, library: Library | None) -> Answer:
        """The answer with its state of review, as the editorial desk has it; `library` is the user's own, opened."""
        return stamped(answer, Present(self.pack, library))

    def canonical(self, question: str, audience: Audience) -> Answer:
        """The answer to one of the pack's own questions, without the library, and with its state of review."""
        answer = _canonical(question, self.pack, audience)
        return self.stamped(answer, own_library()) if holds_desk() else answer

    def review(self) -> Review:
        """The state of review of the pack itself: of all that stands in it, for everybody alike."""
        return pack_review(self._present())

    def patient_review(self) -> Review:
        """The state of review of what is worked out for one patient and is no answer: nobody has read it."""
        return patient_review(self._present())

    def cases(self, name: str = "") -> list[Published]:
        """The answers published from cases, or those under one name. A desk that cannot be read publishes nothing."""
        if not holds_desk():
            return []
        try:
            return cases(own_desk(), self._present(), name)
        except DeskError:
            return []

    def versions(self, piece: str) -> tuple[Version, ...]:
        """The versions of an answer that were approved once, the last one first."""
        try:
            return versions_at(own_desk(), piece) if holds_desk() else ()
        except DeskError:
            return ()

    def _present(self) -> Present:
        return Present(self.pack, own_library() if holds_desk() else None)


@lru_cache(maxsize=64)
def _canonical(question: str, pack: Pack, audience: Audience) -> Answer:
    return ask(question, pack, audience)


def site_from_environment() -> Site:
    """The site that `rootline serve` asked for. Raises a `RootlineError` when its pack cannot be loaded."""
    return make_site(load(pack_folder(os.environ.get(PACK, DEFAULT_PACK))))


def make_site(pack: Pack) -> Site:
    """The site of a pack, as the environment has the rest. Raises `InputError` for a setting that cannot be."""
    key = bytes.fromhex(os.environ[KEY]) if KEY in os.environ else secrets.token_bytes(32)
    hosts = frozenset(os.environ.get(HOSTS, "localhost,127.0.0.1,[::1]").split(",")) - {""}
    return Site(
        pack=pack,
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
