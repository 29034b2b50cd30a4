"""Hints of the site database that it has something new (LISTEN): a connection of its own, as the station's role."""

from __future__ import annotations

import time
from contextlib import suppress

import psycopg

from db.sync.listen import Hint
from db.upstream.connect import Database, connect, errors

CHANNEL = "baylight_feed"  # the site's functions notify it (sql/0005_leases.sql)


PROBE_EVERY_S = 5.0  # of silence; a line that is held open while nothing passes is given up within 10 s
PROBE_ANSWER_S = 4.0


class PostgresHints:
    """Implements `db.sync.listen.Hints`."""

    def __init__(self, connection: Database) -> None:
        self._connection = connection
        self._heard_s = time.monotonic()

    def wait(self, timeout_s: float) -> Hint | None:
        """The hint that came in this time; several that came together are one. Silence says nothing of the line: now and then the
        site is asked, and one that does not answer is a SiteError, so that the listener connects anew."""
        with errors():
            said = {each.payload for each in self._connection.notifies(timeout=timeout_s, stop_after=1)}
            if not said and time.monotonic() - self._heard_s >= PROBE_EVERY_S:
                self._connection.execute("SELECT 1")  # hints that come meanwhile are given next
                self._heard_s = time.monotonic()
        if not said:
            return None
        self._heard_s = time.monotonic()
        return Hint.OFFER if Hint.OFFER.value in said else Hint.NEWS

    def close(self) -> None:
        with suppress(psycopg.Error):
            self._connection.close()


def open_hints(url: str, *, role: str = "", secret: str = "") -> PostgresHints:
    """Connect, and listen from now on. Raises SiteError."""
    connection = connect(url, role=role, secret=secret, name="baylight-listen", answer_s=PROBE_ANSWER_S)
    try:
        with errors():
            connection.execute(f"LISTEN {CHANNEL}")
    except BaseException:
        connection.close()
        raise
    return PostgresHints(connection)
