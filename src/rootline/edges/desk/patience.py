"""Work that may take minutes, such as proving what a version changes: waited for a while, then left to end by itself.

One at a time is enough. Knows nothing of what the work is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock, Thread
from typing import TypeVar

from rootline.errors import RootlineError

_LOG = logging.getLogger("rootline.desk")
_ONE_AT_A_TIME = Lock()
SECONDS = 10.0  # a page is answered sooner than the work may end
Told = TypeVar("Told")


def patiently(work: Callable[[], Told]) -> Told:
    """What the work gives, or raises. Raises `TimeoutError` after `SECONDS`; the work goes on without us.

    When the server ends, each act in it was done whole or not at all.
    """
    ended: Future[Told] = Future()

    def run() -> None:
        try:
            with _ONE_AT_A_TIME:
                ended.set_result(work())
        except Exception as error:
            if not isinstance(error, RootlineError):
                _LOG.error("work at the desk failed: %s", type(error).__name__)
            ended.set_exception(error)

    Thread(target=run, daemon=True).start()
    return ended.result(SECONDS)
