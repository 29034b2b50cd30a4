"""How the site database stands: what every station has sent, and what waits for somebody."""

from __future__ import annotations

from dataclasses import dataclass

from db.upstream.connect import connect, errors


@dataclass(frozen=True, slots=True)
class StationStatus:
    """`head` is the end of the station's own log as it was last heard, `acked` what the site has of it. `state`: never_heard,
    silent (for 90 s), catching_up or online."""

    station: str
    epoch: str
    acked: int
    head: int
    head_hash: str
    behind_s: int | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteStatus:
    events: int
    server_epoch: str
    exceptions: int  # open ones
    stations: tuple[StationStatus, ...]


def status(url: str) -> SiteStatus:
    """Anybody with the views of schema `site` may ask. Raises SiteError."""
    with connect(url, is_station=False, name="baylight-upstream") as connection, errors():
        record = connection.execute("SELECT events, server_epoch, exceptions FROM site.record").fetchone()
        rows = connection.execute(
            'SELECT station, epoch, acked, head, head_hash, behind_s, state FROM site.station ORDER BY station COLLATE "C"'
        ).fetchall()
    events, server_epoch, exceptions = record or (0, "", 0)
    stations = tuple(StationStatus(*row) for row in rows)
    return SiteStatus(events=events, server_epoch=server_epoch, exceptions=exceptions, stations=stations)
