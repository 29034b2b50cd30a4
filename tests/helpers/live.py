"""The running program in this process, offscreen, at a simulated machine of its own process, and a person at it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent

from station.commands.tray import SelectCompartment
from station.ports import SyncPort
from station.quantity import to_text
from station.sample.people import SamplePerson
from station.sample_site import SAMPLE_PEOPLE
from station.settings import MetricsSettings, PointerSettings
from station.two_person_settings import TwoPersonSettings
from station.values import Place, Role, StockStatus
from station.view.action import Action
from station.view.ask import AskChoice, AskNumber
from station.view.sign_on import PinAgainFace, SignOnFace
from station.view.task import TaskFace
from station.view.tray import BayFace
from station.view.view import View
from station.view.work import WorkFace
from station.zone_settings import ZoneSettings
from tests.helpers.control import ask_control
from ui.demo.eyes import Eyes, NothingHappensError
from ui.demo.hands import Hands
from ui.demo.machine import Device, end_device, start_device
from ui.demo.site import SMALL_BALLAST_BYTES, prepare_site, sample_people, sample_settings
from ui.probe import Probe
from ui.run import Running, RunOptions, run_station
from ui.window import MainWindow

STATION = "DEMO1"
PATIENCE_S = 60.0  # beside other work everything takes its time; a person who waits in vain is told so by this
PRESSES = 4
OPERATOR = next(each for each in SAMPLE_PEOPLE if each.role is Role.OPERATOR)
MAINTENANCE = next(each for each in SAMPLE_PEOPLE if each.role is Role.MAINTENANCE)


def simulated_lift(directory: Path, *, speed: float) -> AbstractContextManager[Device]:
    """A machine that was just made, ended with the block."""
    return simulated(directory, "jmif", speed=speed)


@contextmanager
def simulated(directory: Path, protocol: str, *, speed: float = 1.0) -> Iterator[Device]:
    """A device that was just made, ended with the block."""
    starting = start_device(directory, protocol, speed=speed, seed=7)
    device = starting.ready()
    try:
        yield device
    finally:
        end_device(starting, device)


async def ask(device: Device, do: str, **values: object) -> dict[str, Any]:
    """One request on a simulated device's control connection."""
    return await ask_control(device.control, do, **values)


def simulated_scale(directory: Path) -> AbstractContextManager[Device]:
    """An empty counting scale, ended with the block."""
    return simulated(directory, "mt-sics")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the station: what he sees, his hands, and the machine's side that only people and tests reach."""

    running: Running
    eyes: Eyes
    hands: Hands
    lift: Device

    @property
    def view(self) -> View:
        """The last painted view."""
        assert self.eyes.seen is not None
        return self.eyes.seen

    @property
    def task(self) -> TaskFace:
        face = self.view.face
        assert isinstance(face, TaskFace), face
        return face

    def kinds(self, *, after_seq: int = 0) -> list[str]:
        """The kinds of the stored events, oldest first."""
        return [row.kind for row in self.running.store.events(after_seq=after_seq, limit=None)]

    async def until_written(self) -> None:
        """Until what the store's writer has taken so far is in the record: it takes one after the other."""
        await asyncio.wrap_future(self.running.store.clear_failures(""))

    def motions(self) -> list[str]:
        """Intents to move a tray that the record holds (pointing moves none)."""
        rows = self.running.store.events(limit=None)
        return [row.body for row in rows if row.kind == "motion_intended" and '"verb":"point"' not in row.body]

    async def until(self, wanted: Callable[[View], bool], what: str) -> View:
        return await self.eyes.until(wanted, what, patience_s=PATIENCE_S)

    async def until_bar(self, code: str) -> View:
        return await self.until(lambda view: view.bar.code == code, f"{code} in the bar")

    async def ask_lift(self, do: str, **values: object) -> dict[str, Any]:
        """One request on the simulated machine's control connection."""
        return await ask(self.lift, do, **values)

    async def until_lift(self, wanted: Callable[[dict[str, Any]], bool]) -> None:
        """Until the machine's own state is so; each look is a question to its process."""
        async with asyncio.timeout(PATIENCE_S):
            while not wanted((await self.ask_lift("state"))["state"]):
                pass

    async def press(self, name: str, wanted: Callable[[View], bool], what: str) -> View:
        """Touch until it is so: a touch that met a screen about to change is ignored, and people touch again."""
        for _ in range(PRESSES):
            await self.hands.tap(name)
            with suppress(NothingHappensError):
                return await self.eyes.until(wanted, what, patience_s=PATIENCE_S / PRESSES)
        raise NothingHappensError(what, self.view)

    async def sign_on(self, who: SamplePerson = OPERATOR) -> None:
        """Badge and PIN, to the first face behind them."""
        await self.until(lambda view: isinstance(view.face, SignOnFace) and view.face.step == "badge", "the sign-on screen")
        self.hands.scan(who.badge)
        await self.until(lambda view: isinstance(view.face, SignOnFace) and view.face.step == "pin", "the PIN keypad")
        for digit in who.pin:
            await self.hands.tap(f"pin_{digit}")
        await self.hands.tap("pin_enter")
        await self.until(lambda view: view.operator is not None, "somebody signed on")

    async def type_pin_again(self, who: SamplePerson) -> None:
        """The PIN that a privileged act asks once more."""
        await self.until(lambda view: isinstance(view.face, PinAgainFace), "the PIN once more")
        for digit in who.pin:
            await self.hands.tap(f"pin_{digit}")
        await self.hands.tap("pin_enter")

    async def start_first_order(self) -> View:
        """Sign on and start the first order; the view in which its first tray is under way.

        The machine has taken the request over by then.
        """
        await self.sign_on()
        view = await self.until(lambda view: isinstance(view.face, WorkFace) and bool(view.face.orders), "orders")
        assert isinstance(view.face, WorkFace)
        await self.hands.tap(f"order_{view.face.orders[0].order}")
        await self.hands.tap("action_start")
        coming = await self.until(is_coming, "the tray on its way")
        await self.until_lift(lambda state: bool(state["busy"]))
        return coming

    async def until_at_work(self) -> TaskFace:
        """Until the line can be worked."""
        await self.until(is_at_work, "the tray at the bay")
        return self.task

    async def take_all_without_order(self) -> Place:
        """Call the tray that holds the smallest plain stock, and take all of it; the place, once "is it empty?" is asked."""
        stock = self.running.store.stock()
        places = [each.place for each in stock]
        whole = [each for each in stock if not each.key.serial and places.count(each.place) == 1]
        least = min((each for each in whole if each.key.status is StockStatus.FREE), key=lambda each: each.quantity)
        await self.hands.tap("action_call_tray")
        await self.type_number(str(least.place.tray))
        await self.until(lambda view: isinstance(view.face, BayFace) and view.face.is_here, "the called tray")
        self.running.station.give(SelectCompartment(self.view.token, least.place.compartment))  # it may be on a later page
        await self.until(lambda view: getattr(view.face, "selected", "") == least.place.compartment, "the compartment")
        await self.hands.tap("action_direct_pick")
        item = self.running.store.item(least.key.item)
        assert item is not None
        await self.type_number(to_text(least.quantity, item.decimals).replace(".", "p"))
        await self.until(lambda view: isinstance(getattr(view.face, "ask", None), AskChoice), "the reason")
        await self.hands.tap("choice_urgent_need")
        await self.until_at_work()
        await self.confirm()
        await self.until(asks_whether_empty, "the question whether it is empty")
        return least.place

    async def type_number(self, number: str) -> None:
        """A number on the keypad, and its own button."""
        await self.until(lambda view: isinstance(getattr(view.face, "ask", None), AskNumber), "the keypad")
        for digit in number:
            await self.hands.tap("key_point" if digit == "p" else f"key_{digit}")
        await self.hands.tap("key_enter")

    async def confirm(self) -> None:
        """Scan where the item's rule asks for it, and touch Confirm where the scans did not book by themselves."""
        flash = self.view.flash

        def is_decided(view: View) -> bool:
            return allows(view, Action.CONFIRM) or view.flash > flash or view.bar.code == "store_read_only"

        while not is_decided(self.view):
            scanned, item = self.task.scanned, self.task.item
            assert item is not None
            self.hands.scan(item.code)
            await self.until(lambda view, before=scanned: is_decided(view) or scanned_of(view) != before, "the scan's verdict")
        if allows(self.view, Action.CONFIRM):
            await self.hands.tap("action_confirm")


def asks_whether_empty(view: View) -> bool:
    ask = getattr(view.face, "ask", None)
    return isinstance(ask, AskChoice) and ask.code == "is_it_empty"


def scanned_of(view: View) -> int:
    return view.face.scanned if isinstance(view.face, TaskFace) else -1


def is_coming(view: View) -> bool:
    face = view.face
    return isinstance(face, TaskFace) and not face.is_here and face.wait is not None and face.wait.code == "tray_coming"


def is_at_work(view: View) -> bool:
    face = view.face
    return isinstance(face, TaskFace) and face.is_here and face.wait is None and face.ask is None


def allows(view: View, action: Action) -> bool:
    """Whether the face offers this action and allows it now."""
    return any(each.action is action and each.is_allowed for each in getattr(view.face, "offers", ()))


def make_site(directory: Path, *, orders: int = 3, has_zones: bool = False, machines: int = 1) -> None:
    """The sample site with a few orders, and nothing at the bay."""
    made = {"orders": orders, "waiting": False, "has_new_machine": True, "has_zones": has_zones, "machines": machines}
    prepare_site(directory, STATION, seed=7, **made)  # type: ignore[arg-type]


def live(
    directory: Path,
    lift: Device,
    play: Callable[[Person], Awaitable[None]],
    *,
    pointer: PointerSettings | None = None,
    scale: Device | None = None,
    sync: SyncPort | None = None,
    upstream_url: str = "",
    zones: tuple[ZoneSettings, ...] = (),
    put_places: int = 0,
    metrics: MetricsSettings | None = None,
    two_person: TwoPersonSettings | None = None,
    beside: tuple[Device, ...] = (),
    offers_practice: bool = False,
) -> None:
    """Run the program on a site that was made, until `play` is over. Raises what play raises."""

    windows: list[MainWindow] = []

    async def work(running: Running) -> None:
        windows.append(running.window)
        probe = Probe(later=asyncio.get_running_loop().call_later)
        eyes = Eyes(running.window, probe)
        hands = Hands(running.window, eyes=eyes, probe=probe, tap_lock_s=settings.screen.tap_lock_s)
        try:
            await play(Person(running, eyes, hands, lift))
        finally:
            probe.close()
            eyes.close()

    scale_url = scale.url if scale else ""
    settings = sample_settings(
        STATION, url=lift.url, scale_url=scale_url, tap_lock_s=0.1, zones=zones, put_places=put_places, beside=beside
    )
    upstream = replace(settings.upstream, url=upstream_url)
    settings = replace(settings, pointer=pointer or settings.pointer, upstream=upstream, metrics=metrics or settings.metrics)
    settings = replace(settings, two_person=two_person or settings.two_person)
    chosen = RunOptions(
        directory=directory,
        settings=settings,
        sample_people=sample_people(),
        ballast_bytes=SMALL_BALLAST_BYTES,
        work=work,
        sync=sync,
        offers_practice=offers_practice,
        practice_speed=100.0,
    )
    run_station(chosen)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    windows.clear()
