"""A station's own role: made once, its secret told once, in a file for the station alone."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from psycopg import sql

from db.private import FILE_MODE
from db.sync.site import SiteError, Trouble
from db.upstream.connect import (
    BAD_FILE,
    BAD_NAME,
    NAME_TAKEN,
    NO_ROLES,
    NO_SCHEMA,
    OTHER_PEPPER,
    Database,
    connect,
    errors,
    without_password,
)

SECRET_FILE = "upstream.secret"
CONNECTIONS = 4  # sync, listen, and one of each while an old one is not yet given up
_LOCK = "SELECT pg_advisory_xact_lock(4104, 4)"  # of two computers with one name the second sees the first
_FIRSTS = """
SELECT epoch, seq, encode(hash, 'hex') FROM sync.chain JOIN sync.event USING (station, epoch) WHERE station = %s AND seq = 1
"""
_AT_WORK = "SELECT count(*) > 0 FROM pg_stat_activity WHERE usename = %s"
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,50}")


@dataclass(frozen=True, slots=True)
class Login:
    """What a station logs in with. Empty: as the address itself says."""

    role: str = ""
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What a station is given: where the site is, as whom it logs in, and the pepper that the whole site shares."""

    station: str
    url: str  # without a password
    role: str
    secret: str = field(repr=False)
    pepper_id: str = ""
    pepper_key: str = field(default="", repr=False)  # hexadecimal


def role_of(station: str) -> str:
    """The role's name. A station's name that is no plain word gets a digest behind what is left of it."""
    if _PLAIN.fullmatch(station):
        return f"baylight_st_{station}"
    rest = re.sub(r"[^A-Za-z0-9]+", "_", station).strip("_")[:30]
    return f"baylight_st_{rest}_{hashlib.sha256(station.encode()).hexdigest()[:8]}"


def nobody_knows(epoch: str, seq: int) -> str:
    """No event is known here."""
    return ""


def enrol(
    url: str,
    station: str,
    *,
    pepper_id: str = "",
    pepper_key: str = "",
    replaces: bool = False,
    hash_of: Callable[[str, int], str] = nobody_knows,
) -> Enrolment:
    """Make the station's role and partition. One that is enrolled gets a new secret, and the old one is worth nothing from then
    on. While a computer of that name is connected this is refused, unless a person says so (`replaces`) or who asks has the first
    event of a chain that the site has of this station (`hash_of` tells the hash of an own event by epoch and seq, "" where it is
    not known). Short work, also where a station does it for itself: it waits no longer for the site than a station does. Raises
    SiteError (U506: another computer is at work under this name)."""
    if not station or not station.isprintable():
        raise SiteError(Trouble.DATA, BAD_NAME, "a station needs a printable name")
    role, secret = role_of(station), secrets.token_urlsafe(32)
    with connect(url, name="baylight-upstream") as connection, errors(), connection.transaction():
        _may_enrol(connection)
        connection.execute(_LOCK)
        _check_pepper(connection, station, pepper_id)
        if not replaces:
            _refuse_taken(connection, station, role, hash_of)
        _make_role(connection, role, secret)
        connection.execute("SET LOCAL ROLE baylight_owner")
        connection.execute("SELECT sync.enrol(%s, %s, %s)", (station, role, pepper_id))
    return Enrolment(
        station=station, url=without_password(url), role=role, secret=secret, pepper_id=pepper_id, pepper_key=pepper_key
    )


def self_enrol(url: str, station: str, directory: Path, *, hash_of: Callable[[str, int], str] = nobody_knows) -> Login:
    """The login of this data directory's station. Without one, and where the address's user may create roles, the station is
    enrolled (`hash_of` as there) and the secret kept; where it may not, the address is the station's own. Raises SiteError."""
    kept = directory / SECRET_FILE
    if kept.exists():
        return read_login(kept)
    with connect(url) as connection, errors():
        if not _creates_roles(connection):
            return Login()
    made = enrol(url, station, hash_of=hash_of)
    login = Login(made.role, made.secret)
    keep_login(kept, login)
    return login


def read_login(path: Path) -> Login:
    """Raises SiteError when the file cannot be read."""
    try:
        body = json.loads(path.read_bytes())
        return Login(str(body["role"]), str(body["secret"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SiteError(Trouble.RIGHT, BAD_FILE, f"{path} holds no login of a station") from error


def keep_login(path: Path, login: Login) -> None:
    """Written whole, for the owner alone; replaces an older one."""
    write_secret(path, json.dumps(asdict(login)))


def write_enrolment(path: Path, enrolment: Enrolment) -> None:
    """The file that is carried to the station, for the owner alone."""
    write_secret(path, json.dumps(asdict(enrolment), indent=1))


def read_enrolment(path: Path) -> Enrolment:
    """Raises SiteError when it is none."""
    try:
        return Enrolment(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError) as error:
        raise SiteError(Trouble.RIGHT, BAD_FILE, f"{path} is no enrolment file") from error


def write_secret(path: Path, text: str) -> None:
    """Nobody else ever has a right on it, not for a moment. Raises SiteError."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise SiteError(Trouble.RIGHT, BAD_FILE, f"{path} cannot be written: {error.strerror}") from error


def _creates_roles(connection: Database) -> bool:
    row = connection.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user").fetchone()
    return row == (True,)


def _may_enrol(connection: Database) -> None:
    if not _creates_roles(connection):
        raise SiteError(Trouble.RIGHT, NO_ROLES, f"{connection.info.user} may not create roles")
    if connection.execute("SELECT to_regclass('sync.migration')").fetchone() == (None,):
        raise SiteError(Trouble.SCHEMA, NO_SCHEMA, "there is no schema sync in this database")


def _check_pepper(connection: Database, station: str, pepper_id: str) -> None:
    """One pepper a site: badges and PINs are good at every bay."""
    query = "SELECT pepper_id FROM sync.station WHERE pepper_id NOT IN ('', %s) AND station <> %s"
    with connection.transaction(force_rollback=True):
        connection.execute("SET LOCAL ROLE baylight_owner")
        other = connection.execute(query, (pepper_id, station)).fetchone()
    if pepper_id and other is not None:
        raise SiteError(Trouble.RIGHT, OTHER_PEPPER, f"this site's pepper is {other[0]}, not {pepper_id}")


def _refuse_taken(connection: Database, station: str, role: str, hash_of: Callable[[str, int], str]) -> None:
    """A second computer of one name would lock the first one out under its work. One that is not connected may be gone for good,
    its disk with it: its name goes to whoever may enrol, and should it come back it is told that its secret is no longer good."""
    with connection.transaction(force_rollback=True):
        connection.execute("SET LOCAL ROLE baylight_owner")
        begun = connection.execute(_FIRSTS, (station,)).fetchall()
    is_at_work = connection.execute(_AT_WORK, (role,)).fetchone() == (True,)
    if is_at_work and not any(hash_of(epoch, seq) == hash for epoch, seq, hash in begun):
        raise SiteError(Trouble.RIGHT, NAME_TAKEN, f"a station {station} is connected, and this is not known to be it")


def _make_role(connection: Database, role: str, secret: str) -> None:
    """The server is told a verifier and never sees the secret, so that no log of its statements does."""
    verifier = connection.pgconn.encrypt_password(secret.encode(), role.encode(), b"scram-sha-256").decode()
    found = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (role,)).fetchone()
    verb = sql.SQL("CREATE" if found is None else "ALTER")
    order = sql.SQL("{} ROLE {} LOGIN PASSWORD {} CONNECTION LIMIT {}")
    connection.execute(order.format(verb, sql.Identifier(role), sql.Literal(verifier), sql.Literal(CONNECTIONS)))
    connection.execute(sql.SQL("GRANT baylight_station TO {}").format(sql.Identifier(role)))
