"""A PostgreSQL server of our own on loopback, for benchmarks and tests that want a real one."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class NoServerError(Exception):
    """PostgreSQL's programs are not installed on this machine."""


def program(name: str) -> str:
    """Return the path of one of PostgreSQL's programs.

    Raises:
        NoServerError: there is none.
    """
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which(name, path=os.pathsep.join([os.environ["PATH"], *map(str, places)]))
    if found is None:
        raise NoServerError(f"no PostgreSQL server is installed: there is no {name}")
    return found


@contextlib.contextmanager
def postgres(*, fsync: bool = False) -> Iterator[str]:
    """Start a server in a temporary folder and give the address of its first database.

    Raises:
        NoServerError: PostgreSQL is not installed.
    """
    initdb, pg_ctl = program("initdb"), program("pg_ctl")
    home = Path(tempfile.mkdtemp(prefix="standoff-postgres-"))
    # The server refuses to run as root; Debian's package makes this user.
    user: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []}
    if os.geteuid() != 0:
        user = {}
    else:
        shutil.chown(home, "postgres", "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def call(*command: str) -> None:
        log = home / "output"
        with log.open("ab") as output:
            done = subprocess.run(command, cwd=home, stdout=output, stderr=output, **user)
        assert done.returncode == 0, log.read_text(errors="replace")

    data = str(home / "data")
    settings = f"-p {port} -k {home} -c listen_addresses=127.0.0.1"
    settings += "" if fsync else " -c fsync=off"
    try:
        call(
            initdb, "-D", data, "-U", "standoff", "--auth=trust", "--no-sync",
            "--encoding=UTF8", "--locale=C.UTF-8",
        )  # fmt: skip
        call(pg_ctl, "-D", data, "-o", settings, "-w", "start")
        try:
            yield f"postgresql://standoff@127.0.0.1:{port}/postgres"
        finally:
            call(pg_ctl, "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home)
