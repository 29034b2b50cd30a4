"""Which tray came next and why, and what the time of a line went into. Figures of the day: nothing is projected from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayChosen(Record):
    """This tray is to come next: `why` by this `policy`. `lines` of `orders` can be worked there; `for_order` is whose hurry it
    was, `slack_s` how long that one still has. It is one of `out_of` trays that are needed; `ahead` is to follow, None where
    nothing does. `score_milli` compares within one policy."""

    kind: ClassVar[str] = "tray_chosen"
    machine: str
    opening: str
    tray: int
    policy: str
    why: str
    score_milli: int
    lines: int
    orders: int
    for_order: str
    out_of: int
    slack_s: int | None
    ahead: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceGiven(Record):
    """This order gets a put place next, of so many that wait for one: `why` by this `policy`."""

    kind: ClassVar[str] = "place_given"
    order: str
    policy: str
    why: str
    score_milli: int
    out_of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTimed(Record):
    """What the time since the booking before went into, in ms: the machine moved (lift), a person worked or could have
    (operator), orders or an answer were awaited (host), there was nothing to do (empty). Written with the line's booking, of
    several in one go with the first."""

    kind: ClassVar[str] = "line_timed"
    order: str
    line: str
    tray: int
    lift_ms: int
    operator_ms: int
    host_ms: int
    empty_ms: int
