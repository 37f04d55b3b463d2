"""Tools that take their arguments by name alone, and messages in which no key stands twice. Repeats nothing sent.

An argument that is not known, or lost behind its double, could be the fact that matters: it is refused, never dropped.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import anyio
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools.base import Tool
from mcp.shared.message import SessionMessage
from mcp_types import CallToolResult, ErrorData, JSONRPCError, ToolAnnotations
from pydantic import ValidationError
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rootline.content.json_text import TwiceError, is_twice, read_json
from rootline.errors import nearest

LONGEST = 4_194_304  # bytes of one message that are looked at; more is refused by the SDK
_INVALID_REQUEST, _PARSE_ERROR = -32600, -32700
_TWICE = "a key stands twice\n  Send each key once."


class StrictTool(Tool):
    """A tool that refuses arguments it does not know, and says what is wrong with the others in plain words."""

    @classmethod
    def of(cls, tool: Callable[..., CallToolResult], hints: ToolAnnotations) -> StrictTool:
        """The tool that calls this function."""
        made = cls.from_function(tool, annotations=hints)
        arguments = made.fn_metadata.arg_model
        arguments.model_config["extra"] = "forbid"
        arguments.model_rebuild(force=True)
        made.parameters = arguments.model_json_schema(by_alias=True)
        assert isinstance(made, cls)
        return made

    async def run(self, arguments: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Run the tool; see `Tool.run`."""
        fields = self.fn_metadata.arg_model.model_fields
        for name, value in arguments.items():  # the SDK reads JSON in a string where an object is wanted
            if name in fields and fields[name].annotation is not str and isinstance(value, str) and is_twice(value):
                raise ToolError(f"{name}: {_TWICE}")
        try:
            return await super().run(arguments, *args, **kwargs)
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                raise ToolError(_in_plain_words(error.__cause__, list(fields))) from None
            raise


def _in_plain_words(error: ValidationError, known: list[str]) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    mend = f"It takes {', '.join(f'`{one}`' for one in known)}."
    if first["type"] == "extra_forbidden":
        return f"there is an argument that is not known here\n  {nearest(name[:80], known) or mend}"
    said = f"{first['msg'][:1].lower()}{first['msg'][1:]}"
    return f"{name}: {said}\n  {mend}" if name in known else f"{said}\n  {mend}"


def _refusal(text: str | bytes) -> JSONRPCError | None:
    """Why a message is not handed on. One that we cannot read is not: the SDK's reader takes NaN, and more."""
    try:
        if isinstance(read_json(text), list):
            return _error(None, _INVALID_REQUEST, "this is a batch\n  Send one message at a time.")
    except TwiceError:
        return _error(_id_in(text), _INVALID_REQUEST, _TWICE)
    except (ValueError, RecursionError):
        return _error(None, _PARSE_ERROR, "this is no JSON\n  Send one message as UTF-8.")
    return None


def _id_in(text: str | bytes) -> str | int | None:
    """The id of a message in which something stands twice, for its sender to know it by; None where it has none."""
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):  # cut off, or worse, after what stands twice
        return None
    id_ = message.get("id") if isinstance(message, dict) else None
    return id_ if isinstance(id_, (str, int)) else None


def _error(id_: str | int | None, code: int, words: str) -> JSONRPCError:
    return JSONRPCError(jsonrpc="2.0", id=id_, error=ErrorData(code=code, message=words))


class EachKeyOnce:
    """Over HTTP: refuses a message that is no JSON or in which a key stands twice; hands on every other as it came."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        body, more = bytearray(), True
        while more and len(body) <= LONGEST:
            message = await receive()
            if message["type"] != "http.request":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
        refusal = _refusal(bytes(body)) if len(body) <= LONGEST else None  # of a longer one only the beginning is here
        if refusal:
            told = refusal.model_dump_json(by_alias=True)
            await Response(told, 400, media_type="application/json")(scope, receive, send)
            return
        held: list[Message] = [{"type": "http.request", "body": bytes(body), "more_body": more}]

        async def again() -> Message:
            return held.pop() if held else await receive()

        await self.app(scope, again, send)


class Lines:
    """Over standard input: the lines that came, without those that are refused; these are answered here."""

    def __init__(self, lines: anyio.AsyncFile[str]) -> None:
        self._lines = lines
        self.answer: Callable[[SessionMessage], Any] | None = None

    async def __aiter__(self) -> AsyncIterator[str]:
        async for line in self._lines:
            refusal = _refusal(line)
            if refusal is None:
                yield line
            elif self.answer:
                await self.answer(SessionMessage(refusal))
