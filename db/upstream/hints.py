"""Hints of the site database that it has something new (LISTEN): a connection of its own, as the station's role."""

from __future__ import annotations

from contextlib import suppress

import psycopg

from db.sync.listen import Hint
from db.upstream.connect import Database, connect, errors

CHANNEL = "baylight_feed"  # the site's functions notify it (sql/0005_leases.sql)


class PostgresHints:
    """Implements `db.sync.listen.Hints`."""

    def __init__(self, connection: Database) -> None:
        self._connection = connection

    def wait(self, timeout_s: float) -> Hint | None:
        """The hint that came in this time; several that came together are one."""
        with errors():
            said = {each.payload for each in self._connection.notifies(timeout=timeout_s, stop_after=1)}
        if not said:
            return None
        return Hint.OFFER if Hint.OFFER.value in said else Hint.NEWS

    def close(self) -> None:
        with suppress(psycopg.Error):
            self._connection.close()


def open_hints(url: str, *, role: str = "", secret: str = "") -> PostgresHints:
    """Connect, and listen from now on. Raises SiteError."""
    connection = connect(url, role=role, secret=secret, name="baylight-listen")
    try:
        with errors():
            connection.execute(f"LISTEN {CHANNEL}")
    except BaseException:
        connection.close()
        raise
    return PostgresHints(connection)
