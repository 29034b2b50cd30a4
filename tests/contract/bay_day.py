"""A short day at one bay: a real station with a real store on a pseudo terminal to a simulated machine, and a person who works
three lines, while one fault strikes. What breaks a law is told at the end."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from db.store import Store
from hardware.config import PodPlace
from hardware.factory import make_lift, make_pod
from hardware.ports import Lift
from hardware.sim.server import Simulator
from station.flows.sign_on import BadgeFound, PinChecked
from station.runner.parts import Parts
from station.runner.station import Station
from station.values import LineState, Order, OrderKind, OrderLine, Stock, StockKey
from tests.contract.catalogue import has_checksum, name_of
from tests.contract.dialects import POD_BINS, Dialect
from tests.helpers.bay_worker import BayWorker, Goods
from tests.helpers.metal import Metal, OneMachine
from tests.helpers.sample import BOLT, MACHINE, MARA, NUT, place, tray
from tests.helpers.watched_lift import WatchedLift
from tests.unit.db.made import imported

SPEED = 50
PEOPLE_RESET = ("e_stop", "curtain", "overweight", "too_high")  # faults whose person presses the machine's own reset
NOISE = ("byte_drop", "bit_flip", "dup_byte")


class Moment(Enum):
    """When the fault strikes."""

    FROM_THE_START = "from the start"
    TRAY_COMES = "tray comes"
    AT_THE_COMPARTMENT = "at the compartment"
    TRAY_LEAVES = "tray leaves"  # the second move; of a carousel, the next bin comes


class OpenGate:
    """Sign-on is no part of this: every badge is Mara's, and every PIN is hers."""

    def find_badge(self, text: str) -> BadgeFound:
        return BadgeFound(MARA)

    def is_badge(self, text: str) -> bool:
        return False

    async def check_pin(self, *_: object) -> PinChecked:
        return PinChecked("ok")


@dataclass
class BayDay:
    """One fault at one dialect, struck at one moment."""

    dialect: Dialect
    fault: str
    moment: Moment
    directory: Path
    broken: list[str] = field(default_factory=list)
    unclear_stops: int = 0  # how often nobody knew whether the machine stands
    _strikes: set[asyncio.Task[Any]] = field(default_factory=set)

    async def run(self) -> list[str]:
        """What broke a law, with the day it broke on."""
        async with AsyncExitStack() as stack:
            await self._live(stack)
        return [f"{self.dialect.name}, {self.fault}, {self.moment.value}: {each}" for each in self.broken]

    async def _live(self, stack: AsyncExitStack) -> None:
        metal = Metal(self.dialect.opening)
        lift = await self._machines(stack, metal)
        store = Store.open(self.directory / "store", station="S1", ballast_bytes=0)
        stack.callback(store.close)
        goods = stocked(store, self.dialect)
        misleads = self._may_mislead and not self.dialect.names_tray
        watched = WatchedLift(lift, metal, store, self.broken, names_tray=not misleads)
        station = self._station(store, watched)
        worker = BayWorker(station, metal, MARA.person, goods, self.broken, watched.touched, sees_number=misleads)
        self._arm(metal, worker)
        await station.start()
        stack.push_async_callback(station.stop)
        try:
            await worker.work()
        except TimeoutError:
            self.broken.append(f"the work did not end: {station.view.face} {station.view.bar}; {lift.frames(6)}")
            return
        self._hold_to_the_end(store, goods, metal, watched, worker)

    async def _machines(self, stack: AsyncExitStack, metal: Metal) -> Lift:
        """The machine, or the carousels of a pod, on lines of their own; the driver, not opened yet."""
        urls = []
        struck = (self.fault,) if self.moment is Moment.FROM_THE_START else ()
        for number in range(self.dialect.carousels):
            listen = f"pty:{self.directory / f'machine{number}'}"
            simulator = Simulator(self.dialect.options(listen, *struck, speed=SPEED))
            control = await simulator.open()
            stack.push_async_callback(simulator.close)
            metal.watch(OneMachine(simulator, control, before=number * POD_BINS))
            urls.append(simulator.url)
        config = self.dialect.config(urls[0])
        if len(urls) == 1:
            return make_lift(config)
        return make_pod(config, [PodPlace(url, n * POD_BINS + 1, (n + 1) * POD_BINS) for n, url in enumerate(urls)])

    def _station(self, store: Store, lift: WatchedLift) -> Station:
        gate: Any = OpenGate()
        port: Any = lift
        return Station(
            Parts(
                station="S1",
                opening=self.dialect.opening,
                machine=MACHINE,
                simulated="",
                ledger=store,
                library=store,
                lift=port,
                gate_keeper=gate,
            )
        )

    @property
    def _may_mislead(self) -> bool:
        """Whether another tray may come than was asked for: the machine errs, or noise changes a number that nothing checks."""
        name = name_of(self.fault)
        return name == "arrive_wrong_tray" or (name in NOISE and not has_checksum(self.dialect))

    @property
    def _is_stop_told(self) -> bool:
        """Whether the machine has anything to say of an E-stop in: a station that it tells shows it."""
        is_idle = self.moment is Moment.AT_THE_COMPARTMENT
        return self.moment is not Moment.FROM_THE_START and (self.dialect.tells_idle_stops or not is_idle)

    # --- the fault -----------------------------------------------------------------------------------------------------

    def _arm(self, metal: Metal, worker: BayWorker) -> None:
        match self.moment:
            case Moment.AT_THE_COMPARTMENT:
                worker.at_place = lambda: metal.ask_all("fault", name=self._at_once)
            case Moment.TRAY_COMES:
                metal.began = lambda machine, number: self._strike(machine) if number == 1 else None
            case Moment.TRAY_LEAVES:
                metal.began = lambda machine, number: self._strike(machine) if number == 2 else None
            case Moment.FROM_THE_START:
                pass

    def _strike(self, machine: OneMachine) -> None:
        task = asyncio.get_running_loop().create_task(machine.ask("fault", name=self._at_once))
        self._strikes.add(task)

    @property
    def _at_once(self) -> str:
        """The fault without the time that it would wait for: its moment has come."""
        before, at, after = self.fault.partition("@")
        return before + (after[after.index("+") :] if at and "+" in after else "")

    # --- the laws at the end ---------------------------------------------------------------------------------------------

    def _hold_to_the_end(self, store: Store, goods: Goods, metal: Metal, lift: WatchedLift, worker: BayWorker) -> None:
        self._hold_book(store, goods)
        self._hold_moves(metal, lift)
        self.unclear_stops = lift.unclear_stops
        name = name_of(self.fault)
        resets = len(metal.machines) if name in PEOPLE_RESET else 0
        self._law(metal.resets <= resets, f"the machine was reset {metal.resets} times, by people {resets} times")
        if name == "e_stop" and self._is_stop_told:
            self._law(bool(worker.stops_shown), "the stop was not shown")
            said = [f'"is_stopped":{word}' for word in ("true", "false")]
            safety = " ".join(row.body for row in store.events(kinds=("safety",), limit=None))
            self._law(all(each in safety for each in said), f"the record does not hold the stop and its end: {safety}")

    def _hold_book(self, store: Store, goods: Goods) -> None:
        book = Counter({(each.place, each.key.item): each.quantity for each in store.stock()})
        self._law(book == +goods, f"the book is {book}, the goods are {goods}")
        for order in ORDERS:
            found = store.order(order)
            for line in found.lines if found else ():
                is_whole = line.state is LineState.CONFIRMED and line.done_quantity == line.quantity
                self._law(is_whole, f"a line ends so: {line}")
        moved = len(store.events(kinds=("picked", "put"), limit=None))
        self._law(moved == LINES, f"{moved} bookings for {LINES} lines")
        self._law(store.verify().is_ok and store.stock_matches_log(), "the record does not prove its stock")

    def _hold_moves(self, metal: Metal, lift: WatchedLift) -> None:
        """The machine began nothing that no command asked for. To some, a point is one more fetch of the tray that is there."""
        for (verb, number), begun in metal.begun.items():
            asked = sum(lift.sent[each, number] for each in (("fetch", "point") if verb == "fetch" else ("store",)))
            self._law(begun <= asked or self._may_mislead, f"{begun} times {verb} {number} for {asked} commands")

    def _law(self, is_kept: bool, what: str) -> None:
        if not is_kept:
            self.broken.append(what)


ORDERS = ("O1", "O2")
LINES = 3


def stocked(store: Store, dialect: Dialect) -> Goods:
    """Two trays with goods, two lines to pick from both and one to put; what really lies there."""
    first, second = dialect.tray, dialect.other_tray
    held: Goods = Counter({(place(first, "C7"), BOLT.code): 20, (place(second, "C8"), NUT.code): 9})
    rows = [Stock(place=where, key=StockKey(item=item), quantity=number) for (where, item), number in held.items()]
    picks = (line("O1", "1", BOLT.code, 2), line("O1", "2", NUT.code, 3))
    orders = (
        Order(order="O1", kind=OrderKind.PICK, lines=picks, priority=1),
        Order(order="O2", kind=OrderKind.PUT, lines=(line("O2", "1", BOLT.code, 5),)),
    )
    trays = [tray(number, "C7", "C8") for number in range(1, 2 * POD_BINS + 1)]
    for done in (
        store.import_items((BOLT, NUT), imported("item")),
        store.import_trays(trays, imported("tray")),
        store.import_stock(rows, imported("stock")),
        store.import_orders(orders, imported("order")),
        store.add_person(MARA, badge_digest="mara", verifier="none", pepper_id="none"),
    ):
        done.result()
    return held


def line(order: str, number: str, item: str, quantity: int) -> OrderLine:
    return OrderLine(order=order, line=number, item=item, quantity=quantity)
