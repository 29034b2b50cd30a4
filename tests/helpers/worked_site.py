"""A store with a past: one lift whose figures are known, items at random, orders that came in the morning and were worked order
by order, every motion and booking at its moment."""

from __future__ import annotations

import random
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from db.records.files import Imported
from db.records.machine import MotionEnded, MotionIntended
from db.records.orders import LineClosed, OrderClosed, OrderStarted
from db.records.record import Record
from db.records.stock import Picked
from db.store import Store
from hardware.sim.kinematics import Kinematics
from hardware.sim.layout import default_layout
from hardware.sim.lift_moves import EXTRACTOR, LiftMoves
from station.values import Compartment, Item, Order, OrderKind, OrderLine, Place, Stock, StockKey, Tray
from tests.helpers.motion_days import BEGAN, MACHINE, OPENING, even

TRAYS, CELLS, ITEMS = 40, 4, 60
LEVELS = "bay=900, " + ", ".join(f"{n}={2600 + 300 * ((n - 1) // 2)}" for n in range(1, TRAYS + 1))
VISIT_S, LINE_S = 4.0, 9.0
KNOWN = even(speed=0.8, acceleration=0.5, transfer_s=4.0)


@dataclass
class WorkedSite:
    """Writes into a new store. `at` is its clock."""

    directory: Path
    seed: int = 1
    at: datetime = BEGAN
    homes: dict[str, Place] = field(default_factory=dict)
    _command: int = 0

    def __post_init__(self) -> None:
        plain = default_layout()
        self._random = random.Random(self.seed)
        self._moves = LiftMoves(type(plain)(trays=plain.trays, openings=plain.openings, kinematics=KNOWN))
        self._places = self._moves.places()

    def settings(self, *, places: str = "") -> Path:
        """A settings file of this site."""
        path = self.directory.parent / "station.toml"
        totes = f'[totes]\npositions = "{places}"\n' if places else ""
        path.write_text(
            f'[station]\nname = "S1"\ndata = "{self.directory}"\n[machine]\nname = "{MACHINE}"\nopening = "{OPENING}"\n'
            f'levels_mm = "{LEVELS}"\nheight_mm = 9000\n{totes}',
            encoding="utf-8",
        )
        return path

    def build(self, *, worked: int = 20, waiting: int = 0, lines: int = 3) -> None:
        """So many orders that were worked, and such that wait."""
        with closing(Store.open(self.directory, station="S1", ballast_bytes=0, clock=lambda: self.at)) as store:
            self._stock(store)
            done = [self._order(f"W{n}", lines) for n in range(1, worked + 1)]
            self._take_over(store, done)
            self.at += timedelta(minutes=30)
            for order in done:
                self._work(store, order)
            self.at += timedelta(hours=3)
            self._take_over(store, [self._order(f"N{n}", lines) for n in range(1, waiting + 1)])

    def more(self, *, worked: int, kinematics: Kinematics, lines: int = 3) -> None:
        """Further orders, on a machine that has changed."""
        plain = default_layout()
        self._moves = LiftMoves(type(plain)(trays=plain.trays, openings=plain.openings, kinematics=kinematics))
        with closing(Store.open(self.directory, station="S1", ballast_bytes=0, clock=lambda: self.at)) as store:
            orders = [self._order(f"M{n}", lines) for n in range(1, worked + 1)]
            self._take_over(store, orders)
            for order in orders:
                self._work(store, order)

    def _stock(self, store: Store) -> None:
        cells = tuple(Compartment(label=f"A{n}", x_mm=100 * n, y_mm=0, width_mm=100, depth_mm=400) for n in range(1, CELLS + 1))
        trays = [Tray(machine=MACHINE, number=n, width_mm=1200, depth_mm=600, compartments=cells) for n in range(1, TRAYS + 1)]
        store.import_trays(trays, imported("tray")).result()
        items = [Item(code=f"I{n:02}", name=f"Item {n}") for n in range(1, ITEMS + 1)]
        store.import_items(items, imported("item")).result()
        free = [Place(MACHINE, tray.number, cell.label) for tray in trays for cell in tray.compartments]
        self.homes = dict(zip((each.code for each in items), self._random.sample(free, ITEMS), strict=True))
        stock = [Stock(place=place, key=StockKey(item=item), quantity=500) for item, place in self.homes.items()]
        store.import_stock(stock, imported("stock")).result()

    def _order(self, name: str, lines: int) -> Order:
        """Items with a low number are asked for most."""
        codes = sorted({f"I{1 + int(ITEMS * self._random.random() ** 2):02}" for _ in range(lines)})
        found = tuple(OrderLine(order=name, line=str(n), item=item, quantity=2) for n, item in enumerate(codes, start=1))
        return Order(order=name, kind=OrderKind.PICK, need_by=BEGAN + timedelta(hours=2), lines=found)

    def _take_over(self, store: Store, orders: list[Order]) -> None:
        if orders:
            store.import_orders(orders, imported("order")).result()

    def _work(self, store: Store, order: Order) -> None:
        self._write(store, OrderStarted(order=order.order))
        by_tray: dict[int, list[OrderLine]] = {}
        for line in order.lines:
            by_tray.setdefault(self.homes[line.item].tray, []).append(line)
        for tray, lines in sorted(by_tray.items()):
            self._move(store, "fetch", tray)
            self.at += timedelta(seconds=VISIT_S)
            for line in lines:
                self.at += timedelta(seconds=LINE_S + self._random.gauss(0, 0.5))
                self._pick(store, order, line)
            self._move(store, "store", tray)
        self._write(store, OrderClosed(order=order.order))

    def _pick(self, store: Store, order: Order, line: OrderLine) -> None:
        place = self.homes[line.item]
        named = {"order": order.order, "line": line.line}
        picked = Picked(
            machine=MACHINE, tray=place.tray, compartment=place.compartment, visit=1, item=line.item, quantity=2, **named
        )
        self._write(store, picked, LineClosed(outcome="confirmed", asked=2, done_quantity=2, **named))

    def _move(self, store: Store, verb: str, tray: int) -> None:
        plan = self._moves.fetch if verb == "fetch" else self._moves.store
        phases = plan(self._places, OPENING, tray)
        for phase in phases:
            self._places.drives[EXTRACTOR] = phase.end_mm
            self._places.end(phase.step, OPENING, tray)
        self._command += 1
        command = self._command
        self._write(store, MotionIntended(command=command, verb=verb, machine=MACHINE, opening=OPENING, tray=tray))
        self.at += timedelta(seconds=sum(each.left_s for each in phases))
        ended = MotionEnded(command=command, verb=verb, machine=MACHINE, opening=OPENING, tray=tray, outcome="done", visit=1)
        self._write(store, ended)

    def _write(self, store: Store, *records: Record) -> None:
        store.append(records, operator="p_mara", role="operator").result()


def imported(what: str) -> Imported:
    return Imported(what=what, file=f"{what}.csv", sha256="0" * 64, rows=1, rejected=0)
