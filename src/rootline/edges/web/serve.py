"""Runs the web application: one process or several, ended gently. Logs no request, so no patient's words."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from tempfile import TemporaryDirectory

import uvicorn

from rootline.edges.web.site import HOSTS, KEY, OPENED, PACK, make_site, new_key
from rootline.errors import InputError
from rootline.packs.model import Pack
from rootline.settings import LOOPBACK

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def serve(pack: Pack, host: str, port: int, workers: int, ready: Callable[[], None]) -> None:
    """Serve until asked to stop; open requests are finished first, for ten seconds at most.

    `ready` is called once nothing that is set stands in the way.
    Raises a `RootlineError` for a setting with which no worker could serve; a worker of several would only start again.
    """
    os.environ[PACK] = str(pack.folder)
    os.environ[KEY] = new_key()  # shared by all workers, so that a form made by one is taken by another
    os.environ[HOSTS] = ",".join(_LOOPBACK) if is_loopback(host) else ""
    with TemporaryDirectory(prefix="rootline-") as shared:
        for name, folder in (("PROMETHEUS_MULTIPROC_DIR", "counts"), (OPENED, "opened")):
            os.environ[name] = os.path.join(shared, folder)
            os.mkdir(os.environ[name])
        from rootline.edges.web.app import assemble  # reads the environment while it is imported

        assemble(make_site(pack))
        ready()
        _run(host, port, workers)


def _run(host: str, port: int, workers: int) -> None:
    uvicorn.run(
        "rootline.edges.web.app:serve_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_keep_alive=15,
        timeout_graceful_shutdown=10,
        limit_concurrency=200,
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach it."""
    return host in LOOPBACK


def refuse_taken(host: str, port: int) -> None:
    """Raises `InputError` when the port is taken or the address is not this machine's; before any worker starts."""
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            pass
    except OSError as error:
        mend = "Choose another with `--port`." if error.errno == errno.EADDRINUSE else "Choose another with `--host`."
        raise InputError(f"cannot listen on {host}, port {port}: {os.strerror(error.errno or 0)}", mend=mend) from None
