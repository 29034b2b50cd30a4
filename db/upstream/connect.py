"""Connections to the site database, and what its errors mean. No message carries a password."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from db.sync.site import SiteError, Trouble
from db.sync.url import is_torn

if TYPE_CHECKING:
    from psycopg.abc import PQGen

CONNECT_TIMEOUT_S = 5
STATEMENT_TIMEOUT_S = 10
ANSWER_TIMEOUT_S = 15.0  # beyond the server's own limit: a line that is held open while nothing passes tells nobody
IDLE_TIMEOUT_S = 30
OLDEST_SERVER = 150_000  # PostgreSQL 15

NO_LINE, TOO_SLOW, NOT_NOW = "U101", "U102", "U103"
LOGIN, NOT_ENROLLED, NO_RIGHT, NO_ROLES = "U201", "U202", "U203", "U204"
UNREADABLE, OTHER_HASH, OTHER_PLACE, BAD_DATA, NOT_THERE = "U301", "U302", "U303", "U304", "U305"
NO_SCHEMA, OTHER_SCHEMA, OLD_SERVER, COPIED = "U401", "U402", "U403", "U404"
BAD_URL, BAD_NAME, OTHER_PEPPER, BAD_FILE, NOT_SCRATCH, NAME_TAKEN = "U501", "U502", "U503", "U504", "U505", "U506"
TOO_FEW = "U507"

Database = psycopg.Connection[tuple[Any, ...]]
T = TypeVar("T")

_KNOWN = {
    "57014": (Trouble.LINE, TOO_SLOW),  # statement_timeout
    "25P03": (Trouble.LINE, TOO_SLOW),  # idle_in_transaction_session_timeout
    "42501": (Trouble.RIGHT, NO_RIGHT),
    "3F000": (Trouble.SCHEMA, NO_SCHEMA),
    "42883": (Trouble.SCHEMA, NO_SCHEMA),
    "42P01": (Trouble.SCHEMA, NO_SCHEMA),
    "3D000": (Trouble.RIGHT, LOGIN),  # no such database
    "BL202": (Trouble.RIGHT, NOT_ENROLLED),
    "BL302": (Trouble.DATA, OTHER_HASH),
    "BL303": (Trouble.DATA, OTHER_PLACE),
    "BL305": (Trouble.DATA, NOT_THERE),
    "BL306": (Trouble.RIGHT, NO_RIGHT),
    "BL404": (Trouble.SCHEMA, COPIED),
}
_CLASSES = {
    "08": (Trouble.LINE, NO_LINE),
    "40": (Trouble.LINE, NOT_NOW),
    "53": (Trouble.LINE, NOT_NOW),  # no room, too many connections
    "55": (Trouble.LINE, NOT_NOW),
    "57": (Trouble.LINE, NOT_NOW),  # shut down, killed, starting
    "58": (Trouble.LINE, NOT_NOW),
    "XX": (Trouble.LINE, NOT_NOW),
    "28": (Trouble.RIGHT, LOGIN),
    "21": (Trouble.DATA, BAD_DATA),
    "22": (Trouble.DATA, UNREADABLE),
    "23": (Trouble.DATA, BAD_DATA),
}
_ANSWERED = re.compile(r"FATAL|certificate|SSL|password|pg_hba", re.IGNORECASE)
_LATER = re.compile(r"starting up|shutting down|recovery|not yet accepting|too many|slots|closed the connection|not available")


class PatientConnection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that waits no longer than so for an answer. TCP finds a line that is gone, not one on which nothing passes."""

    answer_s: float | None = None

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """Raises OperationalError when no answer came; the connection is of no use then."""
        return super().wait(gen, interval, self.answer_s if timeout is None else timeout)


def connect(
    url: str, *, role: str = "", secret: str = "", is_station: bool = True, name: str = "baylight", answer_s: float | None = None
) -> Database:
    """A connection of its own, each statement a transaction of its own. `role` and `secret` go before what the URL says. A
    person's command (`is_station` False) may take its time. `answer_s`: a station's wait for an answer, where it is not the usual
    one. Raises SiteError."""
    try:
        target = _target(url, role=role, secret=secret, is_station=is_station, name=name)
    except psycopg.ProgrammingError:
        raise _not_readable() from None  # libpq's words hold the address, with its password
    try:
        connection = PatientConnection.connect(target, autocommit=True, prepare_threshold=None)
    except psycopg.Error as error:
        raise _not_connected(error) from error
    connection.answer_s = (answer_s or ANSWER_TIMEOUT_S) if is_station else None
    return connection


def _target(url: str, *, role: str, secret: str, is_station: bool, name: str) -> str:
    settings = [
        f"-c idle_in_transaction_session_timeout={IDLE_TIMEOUT_S * 1000}",
        "-c default_transaction_isolation=read\\ committed",
    ]
    settings.append(f"-c statement_timeout={STATEMENT_TIMEOUT_S * 1000 if is_station else 0:.0f}")
    fixed: dict[str, str | int] = {
        "connect_timeout": CONNECT_TIMEOUT_S,
        "keepalives": 1,
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 3,
        "tcp_user_timeout": 10_000,
        "application_name": name,
        "options": " ".join(settings),
        "client_encoding": "UTF8",
    }
    if is_torn(url):
        raise _not_readable()
    if role:
        fixed["user"] = role
    if secret:
        fixed["password"] = secret
    return make_conninfo(url, **fixed)


def _not_readable() -> SiteError:
    return SiteError(Trouble.RIGHT, BAD_URL, "the address of the site database cannot be read")


def _not_connected(error: psycopg.Error) -> SiteError:
    """libpq tells no SQLSTATE of a connection that did not come about, only words."""
    words = " ".join(str(error).split())
    if _ANSWERED.search(words) and not _LATER.search(words):
        return SiteError(Trouble.RIGHT, LOGIN, words)
    return SiteError(Trouble.LINE, NOT_NOW if _ANSWERED.search(words) else NO_LINE, words)


def classify(error: psycopg.Error) -> SiteError:
    """What an error of a statement means for the station."""
    state = error.sqlstate or ""
    words = " ".join((error.diag.message_primary or str(error)).split())
    if not state:
        trouble, code = Trouble.LINE, NO_LINE
    else:
        trouble, code = _KNOWN.get(state) or _CLASSES.get(state[:2], (Trouble.SCHEMA, OTHER_SCHEMA))
    return SiteError(trouble, code, words)


@contextmanager
def errors() -> Iterator[None]:
    """Everything that psycopg raises inside comes out as SiteError."""
    try:
        yield
    except psycopg.Error as error:
        raise classify(error) from error


@contextmanager
def open_care(url: str) -> Iterator[Database]:
    """A person's connection to look after the site, as the owner of its tables. Raises SiteError."""
    connection = connect(url, is_station=False, name="baylight-upstream")
    try:
        with errors():
            if connection.execute("SELECT to_regclass('sync.migration')").fetchone() == (None,):
                raise SiteError(Trouble.SCHEMA, NO_SCHEMA, "there is no schema sync in this database")
            connection.execute("SET ROLE baylight_owner")
            yield connection
    finally:
        connection.close()


def without_password(url: str) -> str:
    """The address as a URL that may be shown, and stored in the settings: no user, no password. Raises SiteError."""
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise _not_readable() from None
    kept = {name: str(value) for name, value in parts.items() if name not in ("user", "password", "passfile")}
    host = ""
    if not set("/,") & set(kept.get("host", "/")):  # a socket's folder, or several hosts, are said behind the question mark
        name, port = kept.pop("host"), kept.pop("port", "")
        host = (f"[{name}]" if ":" in name else name) + (f":{port}" if port else "")
    path, rest = quote(kept.pop("dbname", ""), safe=""), urlencode(kept, quote_via=quote)
    return f"postgresql://{host}/{path}" + (f"?{rest}" if rest else "")
