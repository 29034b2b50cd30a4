"""The new beginning after a backup of the site database was put back."""

from __future__ import annotations

from db.upstream.connect import open_care


def declare_restored(url: str) -> str:
    """A new server epoch: every station fetches the site's state again and sends what the backup does not have, and no fence is
    given out twice. Returns the epoch. Raises SiteError."""
    with open_care(url) as connection:
        row = connection.execute("SELECT sync.restored()").fetchone()
    return str(row[0]) if row else ""
