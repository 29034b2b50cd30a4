"""A person who works the list at a bay without a window: does what the view says, and takes from what really stands there."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from station import commands as do
from station.runner.station import Station
from station.values import Place
from station.view.action import Action
from station.view.message import Level
from station.view.sign_on import SignOnFace
from station.view.task import TaskFace
from station.view.tray import UnknownTrayFace
from station.view.view import View
from station.view.work import WorkFace
from tests.helpers.metal import Metal

LOOKS_AGAIN_S = 0.3  # he touches again when the screen said nothing for so long
PATIENCE_S = 90.0  # a day takes some 10 s alone; eighteen share a processor that others use, too
SERVICE_AFTER_S = 3.0  # so long a machine may say that it moves, and stand

Goods = Counter[tuple[Place, str]]


async def nothing() -> None:
    """Nothing happens while he stands at the compartment."""


@dataclass
class BayWorker:
    """Works until the list is empty and no tray is at the bay. `goods` is what really lies where; he writes what breaks a law in
    `broken`. `at_place` is awaited once, when he stands at the first compartment; `touched` is called at each of his touches.
    `sees_number`: the trays' numbers are all that he has to see that the machine brought another one."""

    station: Station
    metal: Metal
    badge: str
    goods: Goods
    broken: list[str]
    touched: Callable[[], None]
    at_place: Callable[[], Awaitable[None]] = nothing
    sees_number: bool = False
    stops_shown: set[str] = field(default_factory=set)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _acted_on: int = -1
    _acted_s: float = 0.0
    _waits_since_s: float | None = None
    _is_at_place: bool = False

    async def work(self) -> None:
        """Raises TimeoutError when the work does not come to its end."""
        unsubscribe = self.station.subscribe(self._see)
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not self._is_done(self.station.view):
                    await self._act()
                    await self._wait(0.1)
        finally:
            unsubscribe()

    def _see(self, view: View) -> None:
        if view.bar.level is Level.STOP:
            self.stops_shown.add(view.bar.code)
        face = view.face
        if isinstance(face, TaskFace) and allows(view, Action.CONFIRM) and not self.sees_number:
            self._law(face.tray in self.metal.trays, f"tray {face.tray} may be booked, and {self.metal.trays} is there")
        self._news.set()

    async def _wait(self, most_s: float) -> None:
        self._news.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(most_s):
                await self._news.wait()

    @staticmethod
    def _is_done(view: View) -> bool:
        face = view.face
        return isinstance(face, WorkFace) and not (face.orders or face.wait or face.ask) and face.tray is None

    async def _act(self) -> None:
        view, now_s = self.station.view, asyncio.get_running_loop().time()
        if view.token == self._acted_on and now_s - self._acted_s < LOOKS_AGAIN_S:
            return
        await self._call_service(view, now_s)
        if not self._is_at_place and isinstance(view.face, TaskFace) and allows(view, Action.CONFIRM):
            self._is_at_place = True
            await self.at_place()
            return
        self._acted_on, self._acted_s = view.token, now_s
        match view.face:
            case SignOnFace(step="badge"):
                self.station.scan(self.badge, "wedge")
            case SignOnFace():
                self.station.give(do.EnterPin("123456"))
            case UnknownTrayFace():
                self.station.give(do.TellTray(next(iter(self.metal.trays), None)))
            case WorkFace():
                self._choose(view, view.face)
            case TaskFace():
                self._task(view, view.face)

    def _choose(self, view: View, face: WorkFace) -> None:
        if face.wait is not None:
            return
        if face.orders and allows(view, Action.START):
            self._touch(do.StartOrders((face.orders[0].order,)))
        elif face.tray is not None:
            self._touch(do.SendBack(view.token))

    def _task(self, view: View, face: TaskFace) -> None:
        if allows(view, Action.FETCH_AGAIN):
            self._touch(do.FetchAgain(view.token))
        elif allows(view, Action.CONFIRM) and face.tray not in self.metal.trays:
            self._touch(do.LeaveWork(view.token))  # he reads another number on the tray than on the screen
        elif allows(view, Action.CONFIRM):
            self._confirm(view, face)

    def _confirm(self, view: View, face: TaskFace) -> None:
        assert face.item is not None
        sign = 1 if face.mode == "put" else -1
        self.goods[Place(view.machine, face.tray, face.compartment), face.item.code] += sign * face.confirm_quantity
        self._touch(do.Confirm(view.token))
        self._law(self.station.view.token != view.token, f"{face.mode} of {face.confirm_quantity} was confirmed and not heard")

    def _touch(self, command: do.Command) -> None:
        self.touched()
        self.station.give(command)

    async def _call_service(self, view: View, now_s: float) -> None:
        """A machine that never comes to an end is switched off and on, as its maker's service would say by phone."""
        wait = getattr(view.face, "wait", None)
        if wait is None or wait.code not in ("machine_moves", "machine_not_ready") or not self.metal.is_still:
            self._waits_since_s = None
        elif self._waits_since_s is None:
            self._waits_since_s = now_s
        elif now_s - self._waits_since_s > SERVICE_AFTER_S:
            self._waits_since_s = None
            await self.metal.ask_all("power", on=False)
            await self.metal.ask_all("power", on=True)

    def _law(self, is_kept: bool, what: str) -> None:
        if not is_kept and what not in self.broken:
            self.broken.append(what)


def allows(view: View, action: Action) -> bool:
    """Whether the face offers this action and allows it now."""
    return any(each.action is action and each.is_allowed for each in getattr(view.face, "offers", ()))
