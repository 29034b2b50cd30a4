"""A tray's past as a page of it: the moment that is asked for, with events, custody and the words that stand beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from db.queries import tray_past
from db.queries.events import head
from db.queries.items import items_named
from db.rows.tray_past import PastAsk, PastEvent, PastPage, TrayPast

EVENTS = 40
CUSTODY = 120  # events; some thirty visits
_NAMES = "SELECT person, name FROM site_person WHERE person IN (SELECT value FROM json_each(?))"
_PERSONS = ("person", "second", "done_by", "from_person", "to_person")


def past_page(connection: Connection, ask: PastAsk) -> PastPage:
    """All of one moment."""
    n, is_end = _moment_meant(connection, ask)
    past = tray_past.tray_at(connection, ask.machine, ask.tray, n)
    events = tray_past.events_of(connection, ask.machine, ask.tray, ask.wanted, through=n, limit=EVENTS + 1)
    custody = tray_past.custody_events(connection, ask.machine, ask.tray, through=n, limit=CUSTODY)
    stops: tuple[tuple[int, datetime], ...] = ()
    if custody:
        stops = tray_past.stops_between(connection, ask.machine, custody[0].n, n + 1)
    shown = events[:EVENTS]
    return PastPage(
        past=past,
        events=shown,
        has_older=len(events) > EVENTS,
        custody=custody,
        stops=stops,
        items={each.code: each for each in items_named(connection, _codes(past, shown))},
        names=_names(connection, past, (*shown, *custody)),
        is_end=is_end,
    )


def _moment_meant(connection: Connection, ask: PastAsk) -> tuple[int, bool]:
    """The event after which the tray is shown, and whether a step found none."""
    n = _start(connection, ask)
    if not ask.step:
        return n, False
    if ask.step > 0:
        following = tray_past.next_event(connection, ask.machine, ask.tray, ask.wanted, n)
        return (following, False) if following is not None else (n, True)
    here = tray_past.events_of(connection, ask.machine, ask.tray, ask.wanted, through=n, limit=2)
    if len(here) == 2 and here[0].n <= n:
        return here[1].n if _is_shown(connection, ask, here[0], n) else here[0].n, False
    if here and not _is_shown(connection, ask, here[0], n):
        return here[0].n, False
    return (here[0].n - 1, False) if here and ask.wanted.is_all else (n, True)


def _is_shown(connection: Connection, ask: PastAsk, event: PastEvent, n: int) -> bool:
    """Whether the moment is that of this event: nothing happened to the tray between."""
    newest = tray_past.newest(connection, ask.machine, ask.tray, n)
    return newest is not None and newest.n == event.n


def _start(connection: Connection, ask: PastAsk) -> int:
    if ask.index is not None:
        return tray_past.nth(connection, ask.machine, ask.tray, ask.index)
    if ask.at is not None:
        return tray_past.n_at(connection, ask.at)
    if ask.seq is not None:
        return tray_past.n_of(connection, ask.epoch or head(connection)[0], ask.seq) or tray_past.last_n(connection)
    return tray_past.last_n(connection) if ask.n is None else ask.n


def _codes(past: TrayPast, events: Iterable[PastEvent]) -> list[str]:
    named = {each.key.item for each in past.stock}
    return sorted(named | {item for each in events if (item := str(tray_past.data_of(each).get("item", "")))})


def _names(connection: Connection, past: TrayPast, events: Iterable[PastEvent]) -> dict[str, str]:
    known = {each.person for each in past.stock}
    for each in events:
        data = tray_past.data_of(each)
        known |= {each.row.operator, *(str(data.get(name, "")) for name in _PERSONS)}
    rows = connection.exec_driver_sql(_NAMES, (json.dumps(sorted(known - {""})),))
    return {row[0]: row[1] for row in rows}
