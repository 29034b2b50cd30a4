"""The scripted operator: works the list, line after line, and makes the mistakes that people make.

He decides from the last painted view alone, acts by hand (`ui.demo.hands`) and waits until the screen answers. He is a coroutine
on the station's own loop, with no way into the station but the window.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from station.scan import tray_label
from station.tote_codes import tote_label
from station.values import Role
from station.view.action import Action, Offer
from station.view.sign_on import HandOverFace, LockedFace, PinAgainFace, SignOnFace, UnlockFace
from station.view.task import TaskFace
from station.view.tray import BayFace, TrayPageFace, UnknownTrayFace
from station.view.view import View
from station.view.work import OrderTag, WorkFace
from ui.demo.answers import Job, answer
from ui.demo.eyes import Eyes
from ui.demo.habits import Habits
from ui.demo.hands import Hands, NotTouchableError
from ui.demo.look_around import look_around
from ui.probe import Act
from ui.view_models.work import is_blocked

MISSES_ALLOWED = 5
TOTE_ASKED = ("which_tote", "second_tote")
ANSWER_PATIENCE_S = 3.0  # he touches again when the screen said nothing for so long
WRONG_CODES = ("4006381333931", "BLC-VLM1-999-Z9", "2000 0400 0001")

LookIntoTray = Callable[[TaskFace], int]
LookAtBay = Callable[[], Awaitable[int | None]]
Watcher = Callable[[View], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """What he carries and knows."""

    code: str
    pin: str
    role: Role


@dataclass(slots=True)
class Operator:
    """One person for one tour.

    `pieces` tells what lies in a compartment, `tray_at_bay` which tray stands there: he looks into the machine. `seen` hears of
    every painted view at which he stops, before he acts on it. `together` is how many orders he starts at once; None: he draws.
    `looks_around`: he opens every page of the work list before he begins. `left` are the orders that the screen did not let him
    start when he was done. After `most` orders he goes; None: he works all of them.
    """

    hands: Hands
    eyes: Eyes
    habits: Habits
    badge: Badge
    speed: float
    pieces: LookIntoTray
    tray_at_bay: LookAtBay
    seen: Watcher
    together: int | None = None
    looks_around: bool = False
    most: int | None = None
    left: frozenset[str] = frozenset()
    _worked: set[str] = field(default_factory=set)
    _made: set[tuple[str, int, str]] = field(default_factory=set)
    _misses: int = 0
    _totes: int = 0  # that he has taken from the pile

    async def work(self) -> None:
        """Sign on, work every order that can be started, send the last tray back and sign off."""
        while True:
            view = await self.eyes.until(needs_somebody, "something to do")
            await self.seen(view)
            if self._is_done(view):
                self.left = _blocked_in(view)
                break
            await self._try(view)
            await self.eyes.next_paint(patience_s=ANSWER_PATIENCE_S)
        await self.hands.tap("action_sign_off")
        await self.seen(await self.eyes.until(lambda now: isinstance(now.face, SignOnFace), "the sign-on screen"))

    async def _try(self, view: View) -> None:
        """Act, and look again when what he reached for is gone; a screen that offers it and never has it is a fault."""
        try:
            await self._act(view)
            self._misses = 0
        except NotTouchableError:
            self._misses += 1
            if self._misses > MISSES_ALLOWED:
                raise

    async def _act(self, view: View) -> None:
        match view.face:
            case SignOnFace() | LockedFace():
                await self._sign_on(view.face)
            case PinAgainFace(step="badge"):
                await self.hands.tap("key_cancel")
            case PinAgainFace():
                await self._type_pin()
            case UnlockFace():
                await self.hands.tap("key_cancel")
            case HandOverFace():
                await self.hands.tap("choice_take_over")
            case WorkFace():
                await self._choose_work(view, view.face)
            case TaskFace():
                await self._task(view, view.face)
            case BayFace():
                await self.hands.tap("action_send_back")
            case UnknownTrayFace():
                await self._tell_tray(view)
            case TrayPageFace():
                await self.hands.tap("action_back")

    async def _think(self, face: TaskFace, about: str) -> None:
        await asyncio.sleep(self.habits.think_s(face.order, face.line_no, about) / self.speed)

    # --- at the closed screen -----------------------------------------------------------------------------------------

    async def _sign_on(self, face: SignOnFace | LockedFace) -> None:
        if face.step == "badge":
            self.hands.scan(self.badge.code)
            return
        await self._type_pin()

    async def _type_pin(self) -> None:
        for digit in self.badge.pin:
            await self.hands.tap(f"pin_{digit}")
        await self.hands.tap("pin_enter")

    # --- at the work list ---------------------------------------------------------------------------------------------

    def _is_done(self, view: View) -> bool:
        face = view.face
        if not isinstance(face, WorkFace) or face.wait is not None or face.ask is not None or face.tray is not None:
            return False
        return not self._next_orders(face)

    def _next_orders(self, face: WorkFace) -> list[OrderTag]:
        """What he takes next: the most urgent order that he has not had, sometimes two or three together. One of which nothing
        can be worked cannot be started at the screen: he leaves it."""
        free = [tag for tag in face.orders if tag.order not in self._worked and not is_blocked(tag)]
        if not free or (self.most is not None and len(self._worked) >= self.most):
            return []
        together = self.together or 1 + self.habits.choose(free[0].order, 0, "together", count=3)
        return [tag for tag in free if tag.kind == free[0].kind][:together]

    async def _choose_work(self, view: View, face: WorkFace) -> None:
        if face.ask is not None:
            await self.hands.tap("choice_report_short")
            return
        if self.looks_around:
            self.looks_around = False
            await look_around(self.hands, self.eyes, face)
            return
        orders = self._next_orders(face)
        if not orders:
            await self.hands.tap("action_send_back")
            return
        for tag in orders:
            if await self._turn_to(tag.order):
                await self.hands.tap(f"order_{tag.order}")
                self._worked.add(tag.order)
        await self.hands.tap("action_start")

    async def _turn_to(self, order: str) -> bool:
        """Page down until the order's row is on the screen; False when it is on no further page."""
        while not self.hands.can_touch(f"order_{order}"):
            if not self.hands.can_touch("page_down"):
                return False
            await self.hands.tap("page_down")
        return True

    # --- at the compartment -------------------------------------------------------------------------------------------

    async def _task(self, view: View, face: TaskFace) -> None:
        if face.ask is not None:
            await self._think(face, face.ask.code)
            if self.eyes.seen is None or self.eyes.seen.token != view.token:
                return
            if face.ask.code in TOTE_ASKED:
                self._totes += 1
                self.hands.scan(tote_label(f"B{self._totes:04}"))
                return
            for name in answer(face.ask, Job(face=face, pieces=self.pieces(face), habits=self.habits)):
                await self.hands.tap(name)
            return
        if not face.is_here:
            await self.hands.tap("action_fetch_again")
            return
        await self._think(face, "task")
        if self.eyes.seen is not None and self.eyes.seen.token == view.token:
            await self._task_action(view, face)

    async def _task_action(self, view: View, face: TaskFace) -> None:
        """The one thing he does now. Each mistake of a line is made once."""
        code = face.item.code if face.item else ""
        if face.is_locked:
            self.hands.scan(code)
        elif self._first(face, "walks_away", self.habits.walks_away):
            await self.hands.tap("action_lock")
        elif self._first(face, "wrong_scan", self.habits.wrong_scan):
            self.hands.scan(WRONG_CODES[self.habits.choose(face.order, face.line_no, "code", count=len(WRONG_CODES))])
        elif _can(view, Action.SKIP) and self._first(face, "skip", self.habits.skip):
            await self.hands.tap("action_skip")
        elif self._needs_scan(view, face):
            await self._prove(view, face, code)
        elif _can(view, Action.NOT_ENOUGH) and self._first(face, "short", self.habits.short):
            await self.hands.tap("action_not_enough")
        elif self._first(face, "double_tap", self.habits.double_tap):
            await self.hands.double_tap("action_confirm", Act.CONFIRM)
        else:
            await self.hands.tap("action_confirm", Act.CONFIRM)

    def _needs_scan(self, view: View, face: TaskFace) -> bool:
        """The item's rule asks for a scan, or he is one who scans anyway (each compartment once)."""
        if not _can(view, Action.CONFIRM):
            return True
        wants = self.habits.scans_first(face.order, face.line_no)
        return wants and not face.scanned and (face.order, face.line_no, f"scan {face.compartment}") not in self._made

    async def _prove(self, view: View, face: TaskFace, code: str) -> None:
        self._made.add((face.order, face.line_no, f"scan {face.compartment}"))
        if _can(view, Action.UNREADABLE) and self._first(face, "unreadable", self.habits.unreadable):
            await self.hands.tap("action_unreadable")
        else:
            self.hands.scan(code)

    def _first(self, face: TaskFace, name: str, draw: Callable[[str, int], bool]) -> bool:
        """Whether the habit strikes on this line, for the first time."""
        key = (face.order, face.line_no, name)
        if key in self._made or not draw(face.order, face.line_no):
            return False
        self._made.add(key)
        return True

    # --- when nobody knows ---------------------------------------------------------------------------------------------

    async def _tell_tray(self, view: View) -> None:
        """Look which tray stands at the bay and scan its label, or say that there is none."""
        tray = await self.tray_at_bay()
        if tray is None:
            await self.hands.tap("action_no_tray")
        else:
            self.hands.scan(tray_label(view.machine, tray))


def _blocked_in(view: View) -> frozenset[str]:
    return frozenset(tag.order for tag in view.face.orders if is_blocked(tag)) if isinstance(view.face, WorkFace) else frozenset()


def needs_somebody(view: View) -> bool:
    """Whether the screen waits for a person rather than for the machine, the store or a check."""
    match view.face:
        case SignOnFace(is_checking=checking, retry_in_s=retry) | LockedFace(is_checking=checking, retry_in_s=retry):
            return not checking and not retry
        case PinAgainFace(is_checking=checking, retry_in_s=retry):
            return not checking and not retry
        case TaskFace(is_here=here, wait=wait, ask=ask):
            if _can(view, Action.FETCH_AGAIN):
                return True
            return wait is None and (here or ask is not None)
        case WorkFace(wait=wait) | BayFace(wait=wait):
            return wait is None
        case _:
            return True


def _can(view: View, action: Action) -> bool:
    """Whether the face offers this action and allows it now."""
    offers: tuple[Offer, ...] = getattr(view.face, "offers", ())
    return any(each.action is action and each.is_allowed for each in offers)
