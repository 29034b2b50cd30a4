"""The schema of the site database: made, and brought up from an older release. Both may be said again and change nothing then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources

from psycopg import sql

from db.sync.site import SiteError, Trouble
from db.upstream.connect import NO_SCHEMA, OLD_SERVER, OLDEST_SERVER, OTHER_SCHEMA, Database, connect, errors

ROLES = ("baylight_owner", "baylight_station", "baylight_host", "baylight_report")
_LOCK = 4104  # of the functions, too: who folds, allocates or looks takes (4104, 1) to (4104, 3)


def migrations() -> Iterator[tuple[int, str]]:
    """The numbered files in order, with their text."""
    for file in sorted(resources.files("db.upstream").joinpath("sql").iterdir(), key=lambda each: each.name):
        number = re.match(r"(\d{4})_\w+\.sql$", file.name)
        if number:
            yield int(number[1]), file.read_text(encoding="utf-8")


def newest() -> int:
    """The schema that this program speaks to."""
    return max(number for number, _ in migrations())


def initialise(url: str) -> tuple[int, ...]:
    """Make roles, schema and functions, or complete them. Returns the numbers of the steps that were taken. Raises SiteError."""
    with connect(url, is_station=False, name="baylight-upstream") as connection, errors():
        if connection.info.server_version < OLDEST_SERVER:
            raise SiteError(Trouble.SCHEMA, OLD_SERVER, f"the server is PostgreSQL {connection.info.server_version // 10_000}")
        connection.execute("SELECT pg_advisory_lock(%s, 0)", (_LOCK,))
        with connection.transaction():
            _make_roles(connection)
            _make_schemas(connection)
            connection.execute("SET LOCAL ROLE baylight_owner")
            return _apply(connection)


def migrate(url: str) -> tuple[int, ...]:
    """As `initialise`, of a site database that is there. Raises SiteError U401 when none is."""
    with connect(url, is_station=False, name="baylight-upstream") as connection, errors():
        if connection.execute("SELECT to_regnamespace('sync')").fetchone() == (None,):
            raise SiteError(Trouble.SCHEMA, NO_SCHEMA, "there is no schema sync in this database")
    return initialise(url)


def _make_roles(connection: Database) -> None:
    there = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
    for role in ROLES:
        if role not in there:
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))
    mine = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    if mine == (True,):
        connection.execute("GRANT pg_read_all_stats TO baylight_owner")  # to tell who pins the watermark
    elif connection.execute("SELECT pg_has_role('baylight_owner', 'usage')").fetchone() != (True,):
        connection.execute("GRANT baylight_owner TO CURRENT_USER")


def _make_schemas(connection: Database) -> None:
    for name in ("sync", "site", "host"):
        found = connection.execute("SELECT to_regnamespace(%s)", (name,)).fetchone()
        if found == (None,):
            connection.execute(sql.SQL("CREATE SCHEMA {} AUTHORIZATION baylight_owner").format(sql.Identifier(name)))
    row = connection.execute(
        "SELECT current_database(), pg_has_role(datdba, 'usage') FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    if row is not None and row[1]:
        connection.execute(sql.SQL("REVOKE TEMPORARY, CREATE ON DATABASE {} FROM PUBLIC").format(sql.Identifier(row[0])))


def _apply(connection: Database) -> tuple[int, ...]:
    connection.execute(
        "CREATE TABLE IF NOT EXISTS sync.migration (number integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())"
    )
    done = {row[0] for row in connection.execute("SELECT number FROM sync.migration")}
    if max(done, default=0) > newest():
        raise SiteError(Trouble.SCHEMA, OTHER_SCHEMA, f"the site has schema {max(done)}, this program {newest()}")
    steps = [(number, text) for number, text in migrations() if number not in done]
    for number, text in steps:
        connection.execute(text.encode())
        connection.execute("INSERT INTO sync.migration (number) VALUES (%s)", (number,))
    rights = resources.files("db.upstream").joinpath("sql", "rights.sql").read_text(encoding="utf-8")
    connection.execute(rights.encode())
    return tuple(number for number, _ in steps)
