"""The work list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from station.view.action import Offer
from station.view.ask import Ask
from station.view.message import Message
from station.view.wait import Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTag:
    """An order in the work list. `blocked` holds the codes of what blocks it, each with its values; empty = can start."""

    order: str
    kind: str
    destination: str
    lines: int
    open_lines: int
    trays: int
    need_by: datetime | None
    is_late: bool
    priority: int
    is_started: bool
    blocked: tuple[Message, ...] = ()
    is_express: bool = False
    on_foot: int = 0  # tasks at places without a lift
    kits: tuple[tuple[str, int], ...] = ()  # which are still to be made up, and how many of each


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFace:
    """The work list, sorted by need-by time and priority."""

    orders: tuple[OrderTag, ...]
    offers: tuple[Offer, ...]
    tray: int | None = None  # the tray still at the bay, if any
    wait: Wait | None = None
    ask: Ask | None = None
    bay_out: str = ""  # why this bay is out of service
    to_count: int = 0  # trays that were moved without the station
    held: int = 0  # counts that wait for a different person
    unreleased: int = 0  # trays that are filled or counted before any order gets something of them
    on_foot: int = 0  # tasks at places without a lift
