"""Work in a thread, ended when it takes too long. Ends only between steps of Python, never inside another library.

Cancelling a request leaves its thread at work; here the thread itself is told to stop, so that none is lost for good.
"""

from __future__ import annotations

import asyncio
import ctypes
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, ParamSpec, TypeVar

from starlette.concurrency import run_in_threadpool

SECONDS = 15.0  # less than the whole request may take, so that the error is still told
Given = ParamSpec("Given")
Told = TypeVar("Told")


class TookTooLong(Exception):
    """The work did not end in its time."""


async def bounded(work: Callable[Given, Told], *args: Given.args, **kwargs: Given.kwargs) -> Told:
    """What `work` gives. Raises `TookTooLong` after `SECONDS`."""
    running = _Running(partial(work, *args, **kwargs))
    timer = asyncio.get_running_loop().call_later(SECONDS, running.stop)
    try:
        told: Told = await run_in_threadpool(running.run)
        return told
    except asyncio.CancelledError:  # nobody waits for it any more
        running.stop()
        raise
    finally:
        timer.cancel()


class _Running:
    """One piece of work and the thread it runs in."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._work, self._lock = work, threading.Lock()
        self._thread: int | None = None
        self._is_stopped = False

    def run(self) -> Any:
        with self._lock:
            if self._is_stopped:  # it waited for a thread until its time was over
                raise TookTooLong
            self._thread = threading.get_ident()
        try:
            return self._work()
        finally:
            with self._lock:
                thread, self._thread = self._thread, None
            _raise_in(thread, None)  # what came too late must not reach the thread's next work

    def stop(self) -> None:
        with self._lock:
            self._is_stopped = True
            if self._thread is not None:
                _raise_in(self._thread, TookTooLong)


def _raise_in(thread: int | None, error: type[Exception] | None) -> None:
    kind = ctypes.py_object(error) if error else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread or 0), kind)
