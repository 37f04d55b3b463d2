"""The desk behind a page, the content at hand, and the pack that an edition was made from. Changes nothing."""

from __future__ import annotations

from functools import lru_cache

from starlette.requests import Request

from rootline.desk.keep_pack import kept_pack
from rootline.desk.opening import Desk
from rootline.desk.present import Present
from rootline.desk.tables import Edition
from rootline.edges.desk.current_actor import people_of
from rootline.edges.web.site import site_of
from rootline.errors import RefusedError
from rootline.evidence.search.unsearchable import own_library
from rootline.packs.model import Pack

OTHER_VERSION = "it was made from another version of the pack than the one on this machine"


def desk_of(request: Request) -> Desk:
    """The desk of the site that a request came to: the one its people belong to."""
    return Desk(people_of(request).engine)


def present_of(request: Request) -> Present:
    """What the site's pack and the library say now."""
    return Present(site_of(request).pack, own_library())


def check_on_disk(request: Request, edition: Edition) -> None:
    """Raises `RefusedError` for an edition of another version than this machine's pack: nobody would be shown it."""
    if not present_of(request).is_on_disk(edition.pack_sha256):
        mend = (
            "Start the server again where it still answers from the former version, and put up what the pack says now."
        )
        raise RefusedError(OTHER_VERSION, mend=mend)


def pack_behind(request: Request, edition: Edition) -> Pack:
    """The very version that an edition was made from. Raises `DeskError` where the kept one was altered."""
    own = site_of(request).pack
    return own if own.sha256 == edition.pack_sha256 else _kept(desk_of(request), edition.pack_sha256)


@lru_cache(maxsize=4)
def _kept(desk: Desk, sha256: str) -> Pack:
    with desk.reading() as session, kept_pack(session, sha256) as pack:
        return pack
