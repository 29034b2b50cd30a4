"""A bay's day with the planner: more orders than put places, express orders and faults in between, and all laws as ever.

What is added: never stand more totes than there are places, who waits is not worked, and no line took longer than the day.
"""

from __future__ import annotations

from collections import Counter

from hypothesis import settings
from hypothesis.stateful import invariant, rule

from db.records.planning import LineTimed, TrayChosen
from db.records.stock import Picked
from station.flows.round_rolling import orders_waiting
from station.planner.problem import PolicyName
from station.values import Order, OrderKind, OrderLine
from tests.helpers.sample import FUSE, NUT
from tests.helpers.world import World
from tests.unit.station.core.test_world import ANY, DAYS, MANY, ToteBay, pytestmark

__all__ = ["pytestmark"]  # as slow as the other days

STARTS = (("O1", "O7", "O4"), ("O4", "O7", "O1", "O10", "O11"), ("O8",), ("O7", "O8"), ("O10", "O11", "O1", "O5"))


class PlannedBay(ToteBay):
    """Two places for up to five orders at once."""

    def __init__(self) -> None:
        super().__init__()
        orders = self.world.store.orders
        self.world = World(put_places=("T1", "T2"), planner=PolicyName.VOTES)
        for name, item in (("O10", NUT), ("O11", FUSE)):
            line = OrderLine(order=name, line="1", item=item.code, quantity=1)
            orders[name] = Order(order=name, kind=OrderKind.PICK, lines=(line,), priority=1 if item is FUSE else 5)
        self.world.store.orders = orders

    @rule(pick=ANY)
    def several_orders_are_started(self, pick):
        world = self.world
        world.recover(is_leaving=False)
        if world.state.round is None:
            world.start(*STARTS[pick % len(STARTS)])
            world.settle()
        self.totes_are_brought(pick)
        for _ in range(pick % 9):
            self.the_work_is_gone_on_with()
            self.totes_are_brought(1)
            self.a_tote_is_named(pick)

    @invariant()
    def no_place_has_two_totes(self):
        standing = Counter(each.position for each in self.world.store.totes() if each.is_open)
        assert all(count == 1 for count in standing.values()), standing

    @invariant()
    def who_waits_is_not_worked(self):
        work = self.world.state.round
        if work is not None and work.waiting:
            waiting = set(orders_waiting(work))
            assert not waiting & {each.order for task in work.queue for each in (task.shares or (task,))}

    def teardown(self):
        super().teardown()
        written = self.world.store.written
        timed = [each for each in written if isinstance(each, LineTimed)]
        assert sum(each.lift_ms + each.operator_ms + each.host_ms + each.empty_ms for each in timed) <= self.world.clock_s * 1000
        assert all(each.tray in self.world.store.trays_by_number for each in written if isinstance(each, TrayChosen))
        assert len(timed) <= len([each for each in written if not isinstance(each, LineTimed | TrayChosen)])
        assert not [each for each in written if isinstance(each, Picked) and each.order and each.quantity <= 0]


class BeamBay(PlannedBay):
    """The same with the beam, whose answer comes at any time or too late."""

    def __init__(self) -> None:
        super().__init__()
        orders = self.world.store.orders
        self.world = World(put_places=("T1", "T2"), planner=PolicyName.PLANNER)
        self.world.store.orders = orders


class TestBeamBay(BeamBay.TestCase):
    settings = settings(DAYS, max_examples=25 * MANY)


class TestPlannedBay(PlannedBay.TestCase):
    settings = settings(DAYS, max_examples=60 * MANY)
