"""A real store with an item, stock and loops, and what happens to a signal's order as the bay writes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from db.projections import fold
from db.records.orders import LineClosed, OrderLeft, OrderStarted
from db.records.pull import LoopSet
from db.records.receipts import Received
from db.records.stock import Picked, StockLoaded
from db.store import Store
from station.pull.cards import CardTurn, scanned
from station.pull.keeper import PullKeeper
from station.pull.steps import Step, stepped
from station.values import Item, PullSignal
from tests.unit.db.made import imported

ITEM = Item(code="BOLT-M8", name="Bolt")
PLACE = {"machine": "VLM1", "tray": 4, "compartment": "C7", "visit": 1}


class Clock:
    """Moves a second with each look, so that the order of what happens is seen."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class Pull:
    """Short words for a store."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store, self.clock = store, clock
        self.keeper = PullKeeper(store, utc=clock)
        store.import_items([ITEM], imported("item")).result()

    def loop(self, **changes: object) -> None:
        told: dict[str, object] = {"loop": "K12", "item": ITEM.code, "consumer": "Line 3", "container": 40, "cards": 3}
        self.store.append([LoopSet(**{"lead_time_min": 120, **told, **changes})]).result()  # type: ignore[arg-type]

    def stock(self, quantity: int) -> None:
        loaded = StockLoaded(**{**PLACE, "visit": 0}, item=ITEM.code, counted=quantity)  # type: ignore[arg-type]
        self.store.append([loaded]).result()

    def scan(self, card: str = "K12-1", said: str = "") -> CardTurn:
        turns: list[CardTurn] = []

        def decide(facts):  # type: ignore[no-untyped-def]
            turns.append(scanned(facts, card, self.clock(), said=said))
            return turns[-1].pulled

        self.store.append_pull(decide, operator="p_1").result()
        return turns[-1]

    def step(self, signal: str, step: Step, reason: str = "") -> str:
        whys: list[str] = []

        def decide(facts):  # type: ignore[no-untyped-def]
            pulled, why = stepped(facts, signal, step, self.clock(), reason=reason, proof="touch")
            whys.append(why)
            return pulled

        self.store.append_pull(decide).result()
        return whys[-1]

    def start(self, order: str) -> None:
        self.store.append([OrderStarted(order=order)]).result()

    def leave(self, order: str) -> None:
        self.store.append([OrderLeft(order=order, why="left")]).result()

    def pick(self, order: str, quantity: int, *, asked: int = 40) -> None:
        """Take so much and close the line: short where it is less."""
        taken = Picked(**PLACE, item=ITEM.code, quantity=quantity, order=order, line="1")  # type: ignore[arg-type]
        outcome = "confirmed" if quantity >= asked else "short"
        reason = "" if quantity >= asked else "no_stock"
        closed = LineClosed(order=order, line="1", outcome=outcome, asked=asked, done_quantity=quantity, reason=reason)
        self.store.append([*([taken] if quantity else []), closed]).result()

    def receive(self, reference: str, quantity: int) -> None:
        self.store.append([Received(item=ITEM.code, quantity=quantity, reference=reference, place="BAY")]).result()

    def signal(self, name: str) -> PullSignal:
        found = self.store.signal(name)
        assert found is not None, name
        return found

    def states(self) -> dict[str, str]:
        return {each.signal: each.state for each in self.store.open_signals()}

    def digest(self) -> str:
        return str(self.store.ask(fold.digest))
