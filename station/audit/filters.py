"""What a filter of a tray's events says, and how it is said."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime, timedelta

from station.values import PastFilter


def by_name(wanted: PastFilter, name: str, text: str) -> PastFilter:
    """The same with this text for one of its names. Raises ValueError for a name that it has not."""
    match name:
        case "item":
            return replace(wanted, item=text)
        case "lot":
            return replace(wanted, lot=text)
        case "serial":
            return replace(wanted, serial=text)
        case "order":
            return replace(wanted, order=text)
        case "reason":
            return replace(wanted, reason=text)
    raise ValueError(name)


def by_day(wanted: PastFilter, name: str, day: datetime) -> PastFilter:
    """The same from the beginning of a day on, or to its end."""
    return replace(wanted, since=day) if name == "since" else replace(wanted, until=day + timedelta(days=1))


def day_of(text: str) -> datetime | None:
    """The beginning of a day as it is typed, 2026-11-26 or 20261126, at this computer's place; None for no day."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return datetime(day.year, day.month, day.day).astimezone()


def filters_of(wanted: PastFilter, person: str = "") -> tuple[tuple[str, str], ...]:
    """What is filtered for, as (name, text)."""
    given = {"person": person} | {each.name: getattr(wanted, each.name) for each in fields(wanted) if each.name != "person"}
    found = []
    for name, value in given.items():
        if value:
            last = value - timedelta(days=1) if name == "until" else value
            found.append((name, last.astimezone().date().isoformat() if isinstance(last, datetime) else str(value)))
    return tuple(found)
