"""How trays were divided before. What changed here is an event that holds the tray before and after it; what came down from the
site, where the event is another station's, is kept as it was up to then."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from db.envelope import moment, moment_text
from db.queries import trays
from db.queries.moments import n_at
from db.records.layout import IMPORTED, TrayChanged
from db.rows.trays import LayoutChange, Tray
from db.sync.bodies import tray_body, tray_of

_KEEP = """
INSERT OR REPLACE INTO site_tray_past (machine, number, through_n, layout)
VALUES (?, ?, (SELECT coalesce(max(n), 0) FROM event), ?)
"""
_KEPT = "SELECT through_n, layout FROM site_tray_past WHERE machine = ? AND number = ?"
# The very words of the index, without which it is not used.
_CHANGES = """
SELECT n, at, epoch, seq, operator, body FROM event INDEXED BY ix_event_layout
WHERE machine = ? AND tray = ? AND kind = 'tray_changed' ORDER BY n
"""
_MACHINES = "SELECT DISTINCT machine FROM site_tray"

Carrier = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A tray as it was up to and with event `through_n`; None: there was none yet."""

    through_n: int
    tray: Tray | None


def text_of(tray: Tray | None) -> str:
    """A tray as an event holds it: the same tray is the same text; "" for none."""
    if tray is None:
        return ""
    return json.dumps(tray_body(tray), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def tray_from(text: str) -> Tray | None:
    """What `text_of` wrote."""
    return tray_of(json.loads(text)) if text else None


def keep(connection: Connection, machine: str, number: int, after: Tray | None) -> None:
    """Before a tray becomes `after` by the site's word (None: it goes), keep what it is. One that stays the same, or is new,
    leaves nothing."""
    before = trays.tray(connection, machine, number)
    if before is not None and before != after:
        connection.exec_driver_sql(_KEEP, (machine, number, text_of(before)))


def layout_at(connection: Connection, machine: str, number: int, n: int) -> Tray | None:
    """The tray as it was divided after event `n`. None: there was no such tray, or none is known."""
    past = [_Kept(row[0], tray_from(row[1])) for row in connection.exec_driver_sql(_KEPT, (machine, number))]
    for row in connection.exec_driver_sql(_CHANGES, (machine, number)):
        data = json.loads(row[5])["data"]
        past.append(_Kept(_through(connection, row[0], data["since"]), tray_from(data["before"])))
    later = [each for each in past if each.through_n >= n]
    if later:
        return min(later, key=lambda each: each.through_n).tray
    return trays.tray(connection, machine, number)


def _through(connection: Connection, n: int, since: str) -> int:
    """The last event before the change was in force, which is at the latest the one before it was told."""
    if not since:
        return n - 1
    return min(n - 1, n_at(connection, moment(since)))


def changes(connection: Connection, machine: str, number: int) -> tuple[LayoutChange, ...]:
    """The changes of a tray that were told here, the newest first."""
    found = []
    for n, at, epoch, seq, operator, body in connection.exec_driver_sql(_CHANGES, (machine, number)):
        data = json.loads(body)["data"]
        found.append(
            LayoutChange(
                event=f"{epoch}-{seq}",
                n=n,
                at=at,
                since=data["since"] or at,
                why=data["why"],
                person=operator,
                before=tray_from(data["before"]),
                after=tray_from(data["after"]),
                undoes=data["undoes"],
            )
        )
    return tuple(reversed(found))


def machines(connection: Connection) -> frozenset[str]:
    """The machines that have trays. The first file of a machine is told by its `imported` alone; what comes later is a change."""
    return frozenset(connection.exec_driver_sql(_MACHINES).scalars())


class Since:
    """From when on a tray of a file is as the file says; a moment before the tray's last change is refused, for two layouts
    would be in force at once."""

    def __init__(self, moments: Mapping[Carrier, datetime]) -> None:
        self._moments = moments

    def text(self, tray: Tray) -> str:
        at = self._moments.get((tray.machine, tray.number))
        return moment_text(at) if at is not None else ""

    def parted(self, connection: Connection, wanted: Sequence[Tray]) -> tuple[list[Tray], list[str]]:
        """The trays that may go in, and those ("machine/number") that may not."""
        good, refused = list[Tray](), list[str]()
        for tray in wanted:
            since = self.text(tray)
            last = changes(connection, tray.machine, tray.number)[:1] if since else ()
            if last and since < last[0].since:
                refused.append(f"{tray.machine}/{tray.number}")
            else:
                good.append(tray)
        return good, refused


def records(
    connection: Connection, wanted: Sequence[Tray], *, known: Collection[str], since: Since, file: str
) -> Iterator[TrayChanged]:
    """What is to be told of trays of a file, to be asked before they go in. What stays the same, and a machine's first trays,
    tell nothing."""
    for tray in wanted:
        before = trays.tray(connection, tray.machine, tray.number)
        if before == tray or (before is None and tray.machine not in known):
            continue
        yield changed(before, tray, why=IMPORTED, since=since.text(tray), file=file)


def changed(before: Tray | None, after: Tray, *, why: str, since: str = "", file: str = "", undoes: str = "") -> TrayChanged:
    """The record of one change."""
    return TrayChanged(
        machine=after.machine,
        tray=after.number,
        why=why,
        since=since,
        before=text_of(before),
        after=text_of(after),
        file=file,
        undoes=undoes,
    )
