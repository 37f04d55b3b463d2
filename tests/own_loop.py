"""Runs a coroutine in a loop of its own, in a thread: a browser under test keeps the main thread's loop running."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

_Told = TypeVar("_Told")


def run(coroutine: Coroutine[Any, Any, _Told]) -> _Told:
    """What the coroutine returns."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()
