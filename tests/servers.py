"""A real PostgreSQL server for the tests: Debian's binaries, a free loopback port, a temporary folder."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import IO

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import URL

PLACES = Path("/usr/lib/postgresql")
NEEDED = ("initdb", "postgres")
USER = "console"
STARTS_WITHIN = 60.0  # seconds; a cold disk on a busy machine


def binaries(places: Path = PLACES) -> Path | None:
    """The folder of the newest installed server, None where there is none."""
    found = [folder / "bin" for folder in places.glob("*") if folder.name.isdigit()]
    whole = [folder for folder in found if all((folder / name).exists() for name in NEEDED)]
    return max(whole, key=lambda folder: int(folder.parent.name), default=None)


def server_user() -> pwd.struct_passwd | None:
    """Who runs the server: PostgreSQL refuses root. None: whoever runs the tests."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


@dataclass
class Server:
    """A running server of its own, with fsync as it comes; passwords are asked for, as on a real one."""

    folder: Path
    programs: Path
    port: int
    password: str
    user: pwd.struct_passwd | None
    _process: "subprocess.Popen[bytes] | None" = None
    _numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str) -> URL:
        return URL.create("postgresql", USER, self.password, "127.0.0.1", self.port, database)

    def new_database(self, template: str = "template0", name: str = "") -> URL:
        """A fresh database, as a copy of `template`."""
        made = name or f"test_{next(self._numbers)}"
        self._run(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(made), Identifier(template)))
        return self.url(made)

    def drop(self, database: str) -> None:
        self._run(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(database)))

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self._process = self._popen(
                [
                    str(self.programs / "postgres"),
                    *("-D", str(self.folder / "data")),
                    *("-c", f"port={self.port}"),
                    *("-c", "listen_addresses=127.0.0.1"),
                    *("-c", f"unix_socket_directories={self.folder}"),
                    *("-c", "shared_buffers=64MB"),
                ],
                log,
            )
        self._wait()

    def crash(self) -> None:
        """End as by a power switch: no checkpoint, no goodbye, recovery at the next start."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)  # PostgreSQL's "immediate shutdown"
            self._process.wait(STARTS_WITHIN)
            self._process = None

    def initialise(self) -> None:
        words = self.folder / "password"
        words.write_text(self.password)
        if self.user is not None:
            for path in (self.folder, words):
                os.chown(path, self.user.pw_uid, self.user.pw_gid)
        made = self._popen(
            [
                str(self.programs / "initdb"),
                *("-D", str(self.folder / "data")),
                *("-U", USER, "--pwfile", str(words), "--auth=scram-sha-256"),
                *("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"),
            ],
            subprocess.PIPE,
        )
        said, _ = made.communicate(timeout=STARTS_WITHIN)
        assert made.returncode == 0, said.decode(errors="replace")

    def _popen(self, command: Sequence[str], out: IO[bytes] | int) -> "subprocess.Popen[bytes]":
        owner = self.user
        return subprocess.Popen(
            command,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=self.folder,
            user=None if owner is None else owner.pw_uid,
            group=None if owner is None else owner.pw_gid,
            extra_groups=None if owner is None else [],
            env={"LC_ALL": "C.UTF-8", "PATH": os.environ.get("PATH", os.defpath)},
        )

    def _wait(self) -> None:
        assert self._process is not None
        ends = time.monotonic() + STARTS_WITHIN
        while True:
            try:
                psycopg.connect(self._address("postgres")).close()
                return
            except psycopg.OperationalError:
                gone = self._process.poll() is not None
                if gone or time.monotonic() > ends:
                    raise AssertionError((self.folder / "log").read_text(errors="replace")) from None
                time.sleep(0.05)

    def _run(self, statement: "SQL | psycopg.sql.Composed") -> None:
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def _address(self, database: str) -> str:
        return self.url(database).render_as_string(hide_password=False)


@contextmanager
def running(programs: Path) -> Iterator[Server]:
    """A server from first start to last trace."""
    folder = Path(tempfile.mkdtemp(prefix="console-postgres-"))
    server = Server(folder, programs, free_port(), secrets.token_urlsafe(12), server_user())
    try:
        server.initialise()
        server.start()
        yield server
    finally:
        server.crash()  # nothing is kept, so nothing need be written
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
