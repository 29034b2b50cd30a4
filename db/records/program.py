"""The log itself and the program's runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class EpochOpened(Record):
    """First event of an epoch. For the very first epoch the old ones are "", 0 and "". Numbers of lift commands go on after
    `commands_after`: a machine may still answer commands that this log does not know."""

    kind: ClassVar[str] = "epoch_opened"
    old_epoch: str = ""
    old_seq: int = 0
    old_head: str = ""
    why: str = "created"  # created | restored | salvaged | forked (the site has other events under its numbers) | behind
    commands_after: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Retold(Record):
    """An event of an older epoch of this station, told again because one of the two sides does not have it: the site, since both
    once used its number for different events; or this store, since it went back to an older copy. It is the fact of whoever does
    not hold the original, which is the event with this epoch, seq and hash. `body` is its stored text."""

    kind: ClassVar[str] = "retold"
    epoch: str
    seq: int
    hash: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StationStarted(Record):
    """`of_machine`, its `form`, height and `levels` are what the settings say of it; "" and 0 where nobody said."""

    kind: ClassVar[str] = "station_started"
    sqlite: str
    was_clean: bool  # whether the last run said station_stopped
    of_machine: str = ""
    form: str = ""  # lift | carousel
    height_mm: int = 0
    levels: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStepped(Record):
    """The clock that dates the events was set: it would have shown `before` and showed `after` (ISO 8601 UTC), `step_ms` later or
    earlier. `seen` between_runs: it stood before the newest event at a start; `before` is that event's moment."""

    kind: ClassVar[str] = "clock_stepped"
    before: str
    after: str
    step_ms: int
    seen: str  # watched | between_runs


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreChecked(Record):
    """The store was proven in full, as it was when event `seq` of `epoch` was its newest. `findings` are what was wrong."""

    kind: ClassVar[str] = "store_checked"
    events: int
    epoch: str
    seq: int
    head: str
    took_ms: int
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StationStopped(Record):
    kind: ClassVar[str] = "station_stopped"
    why: str
