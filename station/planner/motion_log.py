"""The motions of a machine as its log tells them: where the lift stood, how far it went, how long it took. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from station.planner.learning import Motion

KINDS: Final = ("motion_intended", "motion_ended", "safety", "link", "tray_told", "station_started")
TRANSFERS: Final = 2  # of each fetch and store: out of the one place, into the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """Where things are, in mm above the floor: the bay of this opening, and the place of each tray."""

    bay_mm: int
    trays_mm: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the log has said so far. `stands_mm` None: nobody knows where the lift is."""

    stands_mm: int | None = None
    begun: Mapping[int, tuple[datetime, int | None]] = field(default_factory=dict)
    is_disturbed: bool = False


def motions_of(
    events: Iterable[tuple[datetime, str, Mapping[str, Any]]], *, machine: str, opening: str, levels: Levels
) -> tuple[Motion, ...]:
    """The fetches and stores of one opening that were done and answered, without a stop, a lost line or a doubt in between. Those
    of other openings only say where the lift is afterwards. `events` are (at, kind, data) of `KINDS`, oldest first."""
    seen, found = _Seen(), list[Motion]()
    for at, kind, data in events:
        if data.get("machine", machine) != machine:
            continue
        if kind == "motion_intended" and data["verb"] in ("fetch", "store"):
            seen = replace(seen, begun={data["command"]: (at, data.get("next_tray"))}, is_disturbed=False)
        elif kind == "motion_ended" and data["verb"] in ("fetch", "store"):
            begun = seen.begun.get(data["command"])
            if begun is not None and not seen.is_disturbed:
                found += _motion(data, begun[0], at, seen.stands_mm, opening=opening, levels=levels)
            seen = replace(_Seen(), stands_mm=_stands(data, begun, opening=opening, levels=levels))
        elif kind in ("safety", "link"):
            is_ours = kind == "safety" or data.get("device") == "machine"
            seen = replace(seen, is_disturbed=seen.is_disturbed or is_ours)
        elif kind in ("tray_told", "station_started"):
            seen = _Seen()
    return tuple(found)


def _motion(
    data: Mapping[str, Any], begun: datetime, ended: datetime, stands_mm: int | None, *, opening: str, levels: Levels
) -> list[Motion]:
    place_mm = levels.trays_mm.get(data["tray"])
    is_done = data["outcome"] == "done" and data.get("how", "answer") == "answer" and data["opening"] == opening
    if not is_done or place_mm is None or stands_mm is None:
        return []
    first_mm, last_mm = (place_mm, levels.bay_mm) if data["verb"] == "fetch" else (levels.bay_mm, place_mm)
    ways = (abs(stands_mm - first_mm) / 1000, abs(first_mm - last_mm) / 1000)
    return [Motion(ended, data["tray"], ways, TRANSFERS, (ended - begun).total_seconds())]


def _stands(data: Mapping[str, Any], begun: tuple[datetime, int | None] | None, *, opening: str, levels: Levels) -> int | None:
    """Where the lift is after it. A fetch that named the next tray may have gone on by itself."""
    if data["outcome"] != "done" or (begun is not None and begun[1] is not None):
        return None
    if data["verb"] == "store":
        return levels.trays_mm.get(data["tray"])
    return levels.bay_mm if data["opening"] == opening else None
