"""What an agent may read beside calling tools: the pack as a book, its sources, questions and facts.

Made by the same functions as on the command line; holds no content of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError

from rootline.answers.model import Review
from rootline.book.content import collect
from rootline.book.render import render
from rootline.errors import NotFoundError
from rootline.packs.describe import describe_source, list_facts, list_sources
from rootline.packs.model import Pack


def add_resources(server: MCPServer, pack: Pack, state: Callable[[], Review], review: Callable[[], str]) -> None:
    """Register every resource of the pack. Each text begins with the state of review; the book holds it itself."""

    def stamped(text: str) -> str:
        return f"{review()}\n\n{text}"

    @server.resource("rootline://book", mime_type="text/html")
    def book() -> str:
        """The whole pack as one page to read and sign; nothing is proved in this copy."""
        return _book(pack, state())

    @server.resource("rootline://sources", mime_type="text/plain")
    def sources() -> str:
        """Every source with kind, year and standing."""
        return stamped(list_sources(pack))

    @server.resource("rootline://sources/{source}", mime_type="text/plain")
    def source(source: str) -> str:
        """One source: its record, its points, and what leans on each."""
        try:
            return stamped(describe_source(pack, source))
        except NotFoundError as error:
            raise ResourceNotFoundError(str(error)) from None

    @server.resource("rootline://questions", mime_type="text/plain")
    def questions() -> str:
        """The questions that the pack answers in depth."""
        return stamped("\n".join(one.text for one in pack.questions))

    @server.resource("rootline://facts", mime_type="text/plain")
    def facts() -> str:
        """Every fact that may be known of a patient, with its possible values."""
        return stamped(list_facts(pack))


@lru_cache(maxsize=2)
def _book(pack: Pack, review: Review) -> str:
    return render(collect(pack), review)
