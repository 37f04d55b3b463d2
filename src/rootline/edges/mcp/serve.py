"""Runs the server: over standard input and output, or over HTTP on this machine alone. Logs places, never words."""

from __future__ import annotations

import logging
import sys
from io import TextIOWrapper
from typing import Any, cast

import anyio
import uvicorn
from mcp.server.mcpserver import MCPServer
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings

from rootline.edges.mcp.resources import add_resources
from rootline.edges.mcp.strict import EachKeyOnce, Lines
from rootline.edges.mcp.tools import Tools
from rootline.packs.model import Pack
from rootline.settings import program_version

HOST = "127.0.0.1"  # there is no account to check, so no other machine is answered
_INSTRUCTIONS = (
    "Guideline-backed answers on {title}, every statement with its citations. Pass on the urgency first and in the "
    "words given, then the review state. Keep each statement's citations with it. Unknown is never reassuring: what "
    "stands under 'ask next' and 'still open' is part of it. Do not add doses, drugs or reassurance of your own."
)


def make_server(pack: Pack) -> MCPServer:
    """The server over one pack, with its tools and resources."""
    tools = Tools(pack)
    server = MCPServer(
        "rootline",
        tools=tools.made(),
        title="Rootline",
        version=program_version(),
        instructions=_INSTRUCTIONS.format(title=pack.title.clinician),
        log_level="WARNING",
        subscriptions=False,
    )
    add_resources(server, pack, tools.state, tools.review)
    return server


def serve_stdio(pack: Pack) -> None:
    """Serve until standard input ends; standard output holds the protocol and nothing else."""
    log_places_only()
    anyio.run(_serve_lines, make_server(pack))


async def _serve_lines(server: MCPServer) -> None:
    """As the SDK does it, each line looked at before it is read: afterwards a key's double cannot be seen."""
    lines = Lines(anyio.wrap_file(TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")))
    async with stdio_server(stdin=cast(Any, lines)) as (read_stream, write_stream):
        lines.answer = write_stream.send
        # The SDK (2.3) has no public way to serve given streams: `run_stdio_async` opens its own. Its own client does
        # the same. The version is held in `pyproject.toml`.
        within = server._lowlevel_server
        await within.run(read_stream, write_stream, within.create_initialization_options())


def serve_http(pack: Pack, port: int) -> None:
    """Serve at `/mcp` of the loopback address until asked to stop.

    Only requests by this machine's own names are answered, so that no page from elsewhere can reach it by rebinding a
    name. Each request stands alone: nothing of a patient is kept between two.
    """
    log_places_only()
    names = [f"{HOST}:{port}", f"localhost:{port}"]
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=names,
        allowed_origins=[f"http://{name}" for name in names],
    )
    app = make_server(pack).streamable_http_app(stateless_http=True, json_response=True, transport_security=security)
    uvicorn.run(
        EachKeyOnce(app),
        host=HOST,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_graceful_shutdown=10,
        limit_concurrency=100,
    )


def log_places_only() -> None:
    """Everything logged in this process goes to standard error without its message: that may quote a patient."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Place())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


class _Place(logging.Formatter):
    """The logger, the line, and the kind of error with the place it came from."""

    def format(self, record: logging.LogRecord) -> str:
        place = f"{record.levelname} {record.name}, line {record.lineno}"
        error = record.exc_info[1] if record.exc_info else None
        cause = error.__cause__ or error if error else None
        if cause is None:
            return place
        last = cause.__traceback__
        while last is not None and last.tb_next is not None:
            last = last.tb_next
        where = f" in {last.tb_frame.f_code.co_qualname}, line {last.tb_lineno}" if last else ""
        return f"{place}: {type(cause).__name__}{where}"
