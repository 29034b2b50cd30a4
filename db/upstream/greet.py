"""One login at a site database that nobody knows yet: what is there, and as whom we came. Changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from db.sync.site import SiteError, Trouble
from db.upstream.connect import NO_SCHEMA, connect, errors


@dataclass(frozen=True, slots=True)
class Greeting:
    """`may_enrol`: this user may make roles, so a station enrols itself by this address."""

    user: str
    may_enrol: bool


def greet(url: str, *, secret: str = "") -> Greeting:
    """Log in and look. `secret` goes before a password that the address names. Raises SiteError (U401: there is no schema)."""
    with connect(url, secret=secret) as connection, errors():
        found = connection.execute(
            "SELECT current_user, rolsuper OR rolcreaterole, to_regnamespace('sync') IS NOT NULL"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    if found is None or not found[2]:
        raise SiteError(Trouble.SCHEMA, NO_SCHEMA, "there is no schema sync in this database")
    return Greeting(str(found[0]), bool(found[1]))
