"""A real PostgreSQL for tests: started in a folder of its own on a Unix socket, stopped and removed afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MISSING = (
    "no PostgreSQL server is installed: run `.ci/postgres`, or install it (Debian, Ubuntu: apt install postgresql)"
)


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs, newest version first."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    found = [*debian, *(Path(tool).parent for tool in [shutil.which("initdb")] if tool)]
    return next((folder for folder in found if (folder / "initdb").exists()), None)


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a running server, `{}` for the database's name. Raises `RuntimeError` where there is none."""
    folder = binaries()
    if folder is None:
        raise RuntimeError(MISSING)
    root = Path(tempfile.mkdtemp(prefix="rootline-pg-", dir="/tmp"))  # short: a socket's path has little room
    account = _account()
    if account:
        shutil.chown(root, account)
    try:
        _run(account, str(folder / "initdb"), "-D", f"{root}/data", "-U", "tester", "-A", "trust", "-E", "UTF8", "-N")
        options = f"-c listen_addresses= -k {root} -c fsync=off -c max_connections=40"
        _run(account, str(folder / "pg_ctl"), "-D", f"{root}/data", "-o", options, "-l", f"{root}/log", "-w", "start")
        try:
            yield f"postgresql://tester@/{{}}?host={root}"
        finally:
            _run(account, str(folder / "pg_ctl"), "-D", f"{root}/data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _account() -> str:
    """PostgreSQL refuses to run as root: then it runs as its own user, else as nobody; empty for us ourselves."""
    if os.geteuid() != 0:
        return ""
    names = {one.pw_name for one in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(account: str, *command: str) -> None:
    as_user = ["setpriv", f"--reuid={account}", "--regid=" + str(pwd.getpwnam(account).pw_gid), "--clear-groups"]
    done = subprocess.run(
        [*(as_user if account else []), *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        cwd="/", env={**os.environ, "LC_ALL": "C"}, check=False, timeout=120,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {done.stderr[-500:]}")
