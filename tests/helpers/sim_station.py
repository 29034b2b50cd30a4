"""A station of the simulation: a store, the real protocol, and somebody who works there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection

from db import site
from db.queries import orders, stock, trays
from db.records.files import Imported
from db.records.machine import MotionEnded
from db.records.orders import LineClosed, OrderClosed, OrderLeft, OrderStarted
from db.records.record import Record
from db.records.stock import Counted, Picked, Put, StockLoaded
from db.rows.items import Item
from db.rows.orders import Order, OrderKind, OrderLine, OrderState
from db.rows.people import Person, Role
from db.rows.trays import Compartment, Tray
from db.sync.engine import Engine, Options
from db.sync.site import Site, SiteError, Trouble

from .sim_store import Crash, SimLocal, copy_of

MACHINE = "VLM1"
ITEMS = ("A", "B")
TRAYS = (1, 2, 3)


class Wire:
    """Between a station and the site: loses, cuts, doubles and delays. `is_cut` is a partition."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.is_cut = False
        self.faults = 0.0
        self._old: list[Callable[[], Any]] = []

    def call(self, what: Callable[[], Any], *, may_come_late: bool) -> Any:
        if self.is_cut or self.random.random() < self.faults:
            raise SiteError(Trouble.LINE, "U101", "no connection")
        if self._old and self.random.random() < self.faults:
            self._late()
        answer = what()
        if self.random.random() < self.faults:
            what()  # the network gave it twice
        if may_come_late and self.random.random() < self.faults:
            self._old.append(what)
        if self.random.random() < self.faults:
            raise SiteError(Trouble.LINE, "U102", "cut before the answer")
        return answer

    def _late(self) -> None:
        """An old message comes after newer ones; nobody waits for its answer."""
        try:
            self._old.pop(self.random.randrange(len(self._old)))()
        except SiteError:
            self.random.random()


class WiredSite:
    """A site at the far end of a wire."""

    def __init__(self, site: Any, wire: Wire) -> None:
        self._site = site
        self._wire = wire

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._site, name)
        late = name == "push"
        return lambda *values: self._wire.call(lambda: call(*values), may_come_late=late)

    def close(self) -> None:
        self._site.close()


class SimStation:
    """`acts` counts what was done here; `done` are the acts that are in the log, as far as this station ever knew."""

    def __init__(
        self,
        name: str,
        raw: Any,
        connect: Callable[[str], Site],
        random: Random,
        clock: Callable[[], datetime],
        ticks: Callable[[], float],
    ) -> None:
        self.name = name
        self.random = random
        self.step = timedelta(0)
        self.clock = lambda: clock() + self.step
        self.ticks = ticks
        self.wire = Wire(random)
        self._connect = connect
        self.acts = 0
        self.local = SimLocal(raw, name, self.clock)
        self.start()

    def start(self) -> None:
        """The program begins (again)."""
        self.local.crash_in = None
        self.local.start()
        self.engine = Engine(
            self.local,
            lambda: WiredSite(self._connect(self.name), self.wire),  # type: ignore[arg-type, return-value]
            clock=self.clock,
            monotonic=self.ticks,
            random=self.random,
            options=Options(),
        )

    def round(self) -> float:
        """One round of replication; the program may end in the middle of it."""
        try:
            return self.engine.round()
        except Crash:
            self.start()
            return 0.0

    def backup(self) -> Any:
        return copy_of(self.local.raw)

    def restore(self, backup: Any, *, new_epoch: bool) -> None:
        """The store goes back to a copy: by the command, or by somebody who copied a disk."""
        self.local = SimLocal(copy_of(backup), self.name, self.clock)
        if new_epoch:
            self.local.write(lambda connection: self.local.log.open_epoch(connection, why="restored"))
        self.start()

    # --- what people do here

    def work(self) -> None:
        """One thing, as one transaction each; a crash loses what was not committed."""
        act = self.random.choice(
            (self._pick, self._pick, self._order, self._order, self._put, self._count, self._import, self._load)
        )
        try:
            act()
        except Crash:
            self.start()

    def token(self) -> str:
        self.acts += 1
        return f"{self.name}-{self.acts}"

    def book(self, records: Sequence[Record]) -> None:
        self.local.write(lambda connection: self.local.log.append(connection, records))

    def _cell(self) -> dict[str, Any]:
        tray = self.random.choice(TRAYS)
        visit = self.local.read(lambda connection: trays.visit_of(connection, MACHINE, tray))
        if not visit or self.random.random() < 0.5:
            visit += 1
            opening = f"{self.name}-1"
            self.book(
                [MotionEnded(command=1, verb="fetch", machine=MACHINE, opening=opening, tray=tray, outcome="done", visit=visit)]
            )
        return {
            "machine": MACHINE,
            "tray": tray,
            "compartment": self.random.choice("CD"),
            "visit": visit,
            "item": self.random.choice(ITEMS),
        }

    def _pick(self) -> None:
        cell = self._cell()
        self.book([Picked(**cell, quantity=self.random.randint(1, 3), scanner=self.token())])

    def _put(self) -> None:
        cell = self._cell()
        self.book([Put(**cell, quantity=self.random.randint(1, 9), scanner=self.token())])

    def _count(self) -> None:
        self.book([Counted(**self._cell(), counted=self.random.randint(0, 20), reason=self.token())])

    def _load(self) -> None:
        cell = self._cell() | {"visit": 0}
        self.book([StockLoaded(**cell, counted=self.random.randint(1, 20), reason=self.token())])

    def _order(self) -> None:
        """Take an order that this station has, and do a part of it or all."""
        found = self.local.read(lambda connection: orders.orders(connection, (OrderState.RELEASED, OrderState.STARTED)))
        if not found:
            return
        order = self.random.choice(found)
        if order.state is OrderState.RELEASED:
            self.book([OrderStarted(order=order.order)])
        for line in order.lines:
            cell = self._cell() | {"item": line.item, "order": order.order, "line": line.line}
            self.book([Picked(**cell, quantity=line.quantity, scanner=self.token())])
            if self.random.random() < 0.2:
                self.book([OrderLeft(order=order.order, why="asked")])
                return
            self.book(
                [
                    LineClosed(
                        order=order.order, line=line.line, outcome="confirmed", asked=line.quantity, done_quantity=line.quantity
                    )
                ]
            )
        self.book([OrderClosed(order=order.order)])

    def _import(self) -> None:
        kind = self.random.choice(("item", "tray", "order", "person"))
        token = self.token()

        def work(connection: Connection) -> None:
            if kind == "item":
                site.put_items(connection, [Item(code=self.random.choice((*ITEMS, "E")), name=token)])
            elif kind == "tray":
                cells = tuple(
                    Compartment(label=each, x_mm=0, y_mm=0, width_mm=9, depth_mm=9) for each in "CDE"[: self.random.randint(1, 3)]
                )
                site.put_trays(
                    connection,
                    [
                        Tray(
                            machine=MACHINE,
                            number=self.random.choice(TRAYS),
                            name=token,
                            width_mm=9,
                            depth_mm=9,
                            compartments=cells,
                        )
                    ],
                )
            elif kind == "order":
                site.put_orders(connection, [made_order(self.random.choice((token, "shared-1", "shared-2")), self.random)])
            else:
                person = Person(person=token, name=token, role=Role.OPERATOR)
                site.put_person(connection, person, badge_digest=token, verifier="v", pepper_id="p")
            self.local.log.append(connection, [Imported(what=kind, file=token, sha256="0", rows=1, rejected=0)])

        self.local.write(work)

    def stock(self) -> dict[Any, Any]:
        """now_stock, row by row."""
        found = self.local.read(lambda connection: connection.exec_driver_sql("SELECT * FROM now_stock").all())
        return {tuple(row[:8]): tuple(row[8:]) for row in found}

    def held(self) -> int:
        """What this station must not promise."""
        return sum(each.held for each in self.local.read(stock.stock))


def made_order(name: str, random: Random) -> Order:
    """An order of one or two lines."""
    lines = tuple(
        OrderLine(order=name, line=str(number), item=random.choice(ITEMS), quantity=random.randint(1, 3))
        for number in range(1, random.randint(2, 3))
    )
    return replace(Order(order=name, kind=OrderKind.PICK), lines=lines)
