"""A bay's day with places without a lift beside it: whatever happens, nothing is booked there before its label was scanned, and
the lift never moves for work on foot (`World._hold_to_reached`, `World._hold_to_motion`)."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from station import commands as do
from station.scan import place_label, tray_label
from station.values import Order, OrderKind, OrderLine, Place, StockKey
from station.view.ask import AskText
from station.zones import place_text
from tests.helpers.sample import BOLT, FUSE, NUT
from tests.helpers.world import World
from tests.helpers.zones import C1, C2, D1, QUARANTINE, SHELF, section
from tests.unit.station.core.test_world import ANY, DAYS, MANY, Bay, pytestmark

__all__ = ["pytestmark"]  # as slow as the other days

PLACES = (C1, C2, D1)


def foot_world() -> World:
    """Bolts and nuts lie in the lift and on the shelf, fuses in one place more; and goods are to be put and counted there."""
    world = World(zones=(SHELF, QUARANTINE), counts_wait=True)
    store = world.store
    sections = (section("SHELF1", 1, "C1", "C2"), section("SHELF1", 2, "D1"), section("QUAR1", 1, "Q1"))
    store.other_trays |= {(each.machine, each.number): each for each in sections}
    for place, item, quantity in ((C1, BOLT, 5), (D1, NUT, 4), (C2, FUSE, 3), (Place("QUAR1", 1, "Q1"), BOLT, 90)):
        store.held[place, StockKey(item=item.code)] = quantity
    lines = (("O7", OrderKind.PICK, BOLT, 12, None), ("O8", OrderKind.PUT, NUT, 2, D1), ("O9", OrderKind.COUNT, FUSE, 0, C2))
    for name, kind, item, quantity, place in lines:
        line = OrderLine(order=name, line="1", item=item.code, quantity=quantity, place=place)
        store.orders[name] = Order(order=name, kind=kind, lines=(line,))
    return world


class FootBay(Bay):
    """The same with a shelf and a quarantine beside the bay."""

    def __init__(self) -> None:
        super().__init__()
        self.world = foot_world()

    @rule(pick=ANY)
    def one_row_is_worked_alone(self, pick: int) -> None:
        world = self.world
        world.recover()
        world.give(do.OpenPlaces())
        world.settle()
        world.give(do.StartPlace(world.state.token, pick % 4))
        world.settle()
        self.a_label_is_scanned(pick)
        self.the_work_is_gone_on_with()
        world.settle()

    @rule(pick=ANY)
    def somebody_goes_on_foot(self, pick: int) -> None:
        world = self.world
        world.recover()
        world.give(do.OpenPlaces())
        world.settle()
        world.give(do.StartPlaces(world.state.token))
        world.settle()
        for _ in range(pick % 5):
            self.a_label_is_scanned(pick)
            self.the_work_is_gone_on_with()
            world.settle()

    @rule(pick=ANY)
    def a_label_is_scanned(self, pick: int) -> None:
        """Mostly the right one, its section's, or another."""
        task = self.world.state.round.task if self.world.state.round else None
        right = task.place if task is not None else C1
        at = right if pick % 4 else PLACES[pick % 3]
        self.world.scan(place_label(at) if pick % 3 else tray_label(at.machine, at.tray))

    @rule(is_right=st.booleans())
    def what_stands_on_a_label_is_typed(self, is_right: bool) -> None:
        self.world.give(do.LabelUnreadable(self.world.state.token))
        task = self.world.state.round.task if self.world.state.round else None
        if task is not None and isinstance(getattr(self.world.view().face, "ask", None), AskText):
            self.world.give(do.EnterText(self.world.state.token, place_text(task.place if is_right else C2)))


class TestFootBay(FootBay.TestCase):
    settings = settings(DAYS, max_examples=80 * MANY)
