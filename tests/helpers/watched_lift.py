"""A lift's port between a station and its driver that holds each command to the laws of the house."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Any

from db.store import Store
from hardware.errors import DeviceError
from hardware.ports import Lift
from hardware.values import FetchTray, LiftEvent, LiftRequest, MotionResult, Outcome, PointTray, SafetyUnclear, StoreTray
from tests.helpers.metal import Metal


@dataclass
class WatchedLift:
    """`hardware.ports.Lift`. Writes down in `broken` when a command leaves

    - while another is open
    - before its intent is in the record
    - again, under a number that was used
    - after one whose end was not DONE, without a person's touch in between (`touched` is called at each)
    - after a stop of which nobody knows whether it stands, without a touch since that was told

    and when a fetch is said to be DONE whose tray the metal does not have. `names_tray`: the machine tells which tray came.
    """

    lift: Lift
    metal: Metal
    store_of_records: Store
    broken: list[str]
    names_tray: bool = True
    sent: Counter[tuple[str, int]] = field(default_factory=Counter)
    unclear_stops: int = 0
    _numbers: set[int] = field(default_factory=set)
    _open: int | None = None
    _owes_touch: str = ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.lift, name)

    def __post_init__(self) -> None:
        self.lift.subscribe(self._told)

    def _told(self, event: LiftEvent) -> None:
        if isinstance(event, SafetyUnclear):
            self._owes_touch = f"{event}"
            self.unclear_stops += 1

    def touched(self) -> None:
        self._owes_touch = ""

    async def fetch(self, command: FetchTray) -> MotionResult:
        result = await self._one("fetch", command, self.lift.fetch(command))
        if result.outcome is Outcome.DONE and self.names_tray:
            self._law((result.tray or command.tray) in self.metal.trays, f"{command} is done, and {self.metal.trays} is there")
        return result

    async def store(self, command: StoreTray) -> MotionResult:
        return await self._one("store", command, self.lift.store(command))

    async def point(self, command: PointTray) -> MotionResult:
        return await self._one("point", command, self.lift.point(command))

    async def _one(self, verb: str, command: LiftRequest, doing: Awaitable[MotionResult]) -> MotionResult:
        self._law(self._open is None, f"{command} leaves while {self._open} is open")
        self._law(not self._owes_touch, f"{command} leaves without a touch after {self._owes_touch}")
        self._law(command.command_id not in self._numbers, f"{command} leaves twice")
        self._law(self._is_intended(command.command_id), f"{command} leaves before its intent is written")
        self._numbers.add(command.command_id)
        self.sent[verb, command.tray] += 1
        self._open = command.command_id
        try:
            result = await doing
        except DeviceError as error:
            self._ended(verb, command, error.outcome)
            raise
        finally:
            self._open = None
        self._ended(verb, command, result.outcome)
        return result

    def _ended(self, verb: str, command: LiftRequest, outcome: Outcome) -> None:
        """A light that was refused needs no touch: nothing has moved."""
        if outcome is Outcome.UNKNOWN or (outcome is Outcome.NOT_DONE and verb != "point"):
            self._owes_touch = f"{verb} {command.tray}, which ended {outcome.value}"

    def _is_intended(self, number: int) -> bool:
        rows = self.store_of_records.events(kinds=("motion_intended",), limit=1, newest_first=True)
        return bool(rows) and f'"command":{number},' in rows[0].body

    def _law(self, is_kept: bool, what: str) -> None:
        if not is_kept:
            self.broken.append(what)
