"""What the log says of the time before this program began: stops, lines that were lost, wrong scans. Read once, at the start."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from db.records.machine import LinkEvent, SafetyEvent
from db.records.orders import ScanRefused
from station.flows.proof import WRONG_SCAN
from station.messages import MOST, SHIFT, Heard
from station.ports import Library
from station.values import EventRow
from station.view.message import Level, Message

NEWEST: Final = 50  # of each kind: the index of kinds answers that however long the log is


def heard_before(library: Library, *, machine: str, stop_causes: Mapping[str, str], now: datetime) -> tuple[Heard, ...]:
    """The last shift's, newest first. Raises StoreError."""
    stops = [_data(each) for each in _newest(library, SafetyEvent.kind)]
    lines = [_data(each) for each in _newest(library, LinkEvent.kind)]
    scans = [_data(each) for each in _newest(library, ScanRefused.kind)]
    found = [
        *_ended((at, data) for at, data in stops if data["machine"] == machine),
        *_ended((at, data) for at, data in lines if data["device"] == "machine"),
        *(Heard(at=at, message=_wrong_scan(data)) for at, data in scans),
    ]
    named = [replace(each, message=_caused(each.message, stop_causes)) for each in found if now - each.at <= SHIFT]
    return tuple(sorted(named, key=lambda each: each.at, reverse=True)[:MOST])


def _newest(library: Library, kind: str) -> tuple[EventRow, ...]:
    """Oldest first."""
    return tuple(reversed(library.events(kinds=(kind,), limit=NEWEST, newest_first=True)))


def _data(row: EventRow) -> tuple[datetime, Mapping[str, Any]]:
    return row.at, json.loads(row.body)["data"]


def _ended(told: Iterable[tuple[datetime, Mapping[str, Any]]]) -> list[Heard]:
    """Each beginning with the end that came after it, as far as one was told."""
    found: list[Heard] = []
    for at, data in told:
        begins = data.get("is_stopped", False) or not data.get("is_up", True)
        if begins:
            found.append(Heard(at=at, message=_trouble(data)))
        elif found and found[-1].until is None:
            found[-1] = replace(found[-1], until=at)
    return found


def _trouble(data: Mapping[str, Any]) -> Message:
    if "is_stopped" in data:
        return Message("machine_stopped", Level.STOP, {"code": data["code"]}, error=data["code"])
    return Message("link_down", Level.ACT, error=data["code"] or "L101")


def _caused(message: Message, causes: Mapping[str, str]) -> Message:
    return replace(message, code=causes.get(message.error, message.code)) if message.level is Level.STOP else message


def _wrong_scan(data: Mapping[str, Any]) -> Message:
    """Of a code that the site does not know only its end was kept, of a badge nothing."""
    params = {"order": data["order"], "item": data["expected"], "scanned": data["scanned"] or data.get("ending", "")}
    code = "heard_wrong_scan" if data["scanned"] else "heard_unknown_ending" if params["scanned"] else "heard_unknown_scan"
    return Message(code, Level.ACT, params, error=WRONG_SCAN)
