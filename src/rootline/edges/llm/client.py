"""One question to the language model that the user named, and its reply as strict JSON. Trusts nothing in the reply.

Sends nothing unless a command asks for it; never logs what it sends or gets.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from rootline.content.json_text import read_json
from rootline.errors import ModelError, ReplyError
from rootline.settings import LOOPBACK, LanguageModel

LONGEST = 1_000_000  # bytes of one reply
_MEND = "Check ROOTLINE_LLM and ROOTLINE_LLM_MODEL, and that the model's server runs."


def where_to(model: LanguageModel) -> str:
    """Where the text goes, for the user to read. Raises `ModelError` for an address that is not safe to send to."""
    try:
        url = httpx.URL(model.address)
    except httpx.InvalidURL:
        raise ModelError("ROOTLINE_LLM is no address", mend="Write it like http://127.0.0.1:8080/v1.") from None
    is_here = url.host in LOOPBACK
    if url.scheme not in ("http", "https") or not url.host or url.userinfo:
        raise ModelError("ROOTLINE_LLM is no address that can be used", mend="Write it like http://127.0.0.1:8080/v1.")
    if url.scheme == "http" and not (is_here or model.unencrypted):
        mend = "Use https, or allow it with ROOTLINE_LLM_UNENCRYPTED=yes where the way there is safe."
        raise ModelError(f"the way to {url.host} is not encrypted", mend=mend)
    port = f":{url.port}" if url.port else ""
    place = "on this machine" if is_here else "ANOTHER MACHINE"
    return f"{url.scheme}://{url.host}{port}, {place}, model `{model.name}`"


def ask_model(model: LanguageModel, task: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The reply to a task with its data: one JSON object, every key once. Raises `ModelError`, never its text.

    `ReplyError` where there was a reply.
    """
    where_to(model)
    body = {
        "model": model.name,
        "temperature": 0,
        "response_format": {"type": "json_object"},
        "messages": [
            {"role": "system", "content": task},
            {"role": "user", "content": json.dumps(data, ensure_ascii=False)},
        ],
    }
    with ThreadPoolExecutor(1) as apart:  # whoever asks may run a loop already
        raw = apart.submit(lambda: asyncio.run(_post(model, body))).result()
    try:
        said = read_json(raw)["choices"][0]["message"]["content"]
        reply = read_json(said)
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise ReplyError("the model's reply is not the JSON that was asked for", mend="Try another model.") from None
    if not isinstance(reply, dict):
        raise ReplyError("the model's reply is not a JSON object", mend="Try another model.")
    return reply


async def _post(model: LanguageModel, body: Mapping[str, Any]) -> str:
    """The reply's bytes as text; ended when it is too long or takes too long, however slowly anything drips.

    One clock runs over the whole exchange: the library's own times begin anew with every byte that comes.
    """
    headers = {"Accept-Encoding": "identity"}  # nothing is unpacked: a small reply could hold a large one
    if model.key:
        headers["Authorization"] = f"Bearer {model.key}"
    got = bytearray()
    try:
        # no proxy and no redirect: the text goes to the address that the user was shown, and nowhere else
        async with (
            asyncio.timeout(model.seconds),
            httpx.AsyncClient(timeout=None, trust_env=False, follow_redirects=False) as client,
            client.stream("POST", f"{model.address}/chat/completions", json=body, headers=headers) as response,
        ):
            if response.status_code != 200:
                raise ModelError(f"the model's server answered with status {response.status_code}", mend=_MEND)
            async for part in response.aiter_raw():
                got += part
                if len(got) > LONGEST:
                    raise ReplyError(f"the model's reply is longer than {LONGEST:,} bytes", mend="Try another model.")
        return got.decode()
    except TimeoutError:
        what = f"the model took longer than {model.seconds:g} seconds"
        raise ModelError(what, mend="Try a faster model, or less text.") from None
    except UnicodeDecodeError:
        raise ReplyError("the model's reply is not text in UTF-8", mend="Try another model.") from None
    except httpx.HTTPError as error:
        raise ModelError(f"the model cannot be asked ({type(error).__name__})", mend=_MEND) from None
