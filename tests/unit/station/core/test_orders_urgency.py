"""The list of orders for who decides about them: late ones first, then what is needed soonest, held or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from station import commands as do
from station.faces.orders_face import urgency
from station.view.message import Level, Message
from station.view.orders import OrdersFace
from station.view.work import OrderTag
from tests.helpers.sample import JONAS
from tests.helpers.world import NOON, World

PLAIN = OrderTag(
    order="plain",
    kind="pick",
    destination="",
    lines=1,
    open_lines=1,
    trays=1,
    need_by=None,
    is_late=False,
    priority=5,
    is_started=False,
)
HELD = (Message("missing_held_order", Level.NOTE),)


def test_late_comes_before_soon_and_soon_before_no_time_held_or_not() -> None:
    late = replace(PLAIN, order="late", need_by=NOON, is_late=True, blocked=HELD)
    soon = replace(PLAIN, order="soon", need_by=NOON + timedelta(hours=1))
    later = replace(PLAIN, order="later", need_by=NOON + timedelta(hours=2), is_started=True)
    assert [each.order for each in sorted((PLAIN, later, soon, late), key=urgency)] == ["late", "soon", "later", "plain"]


def test_the_page_has_them_so_and_of_equals_the_order_of_the_work_list() -> None:
    world = World()
    world.sign_on(JONAS.person)
    world.settle()
    first, second, *_ = world.state.orders or ()
    late = replace(second, is_late=True, need_by=NOON)
    world.state = replace(world.state, orders=(first, late))
    world.give(do.OpenOrder(""))
    face = world.view().face
    assert isinstance(face, OrdersFace)
    assert [each.order for each in face.orders] == [second.order, first.order]
