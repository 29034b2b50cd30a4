"""What the station asks of the store, and what the answers say."""

from dataclasses import replace

import pytest

from db.records.orders import LineClosed
from station import tag_memory
from station.core.effects import Allocate, ReadOrders
from station.reading import Reading
from station.values import Order, OrderKind, OrderLine, StockKey, StockStatus
from tests.helpers.fake_store import NOON
from tests.helpers.sample import BOLT, MACHINE, MARA, NUT, SENSOR, place
from tests.helpers.world import World, filled_store


@pytest.mark.parametrize("read", [BOLT.code, f"]C0{BOLT.code}", f" {BOLT.code} ", f"]E0{BOLT.barcodes[0]}\r"])
def test_an_item_is_found_with_the_scanners_aim_id_and_blanks_around_its_code(read):
    found = Reading(filled_store(), MACHINE).find_item(read)
    assert (found.text, found.items) == (read, (BOLT,))


def pick(order, *lines):
    """An order of these (item's code, quantity)."""
    numbered = enumerate(lines, start=1)
    made = tuple(OrderLine(order=order, line=str(no), item=code, quantity=quantity) for no, (code, quantity) in numbered)
    return Order(order=order, kind=OrderKind.PICK, lines=made)


@pytest.mark.parametrize(
    ("code", "stock", "reason"),
    [
        (SENSOR.code, {}, "no_stock"),
        (SENSOR.code, {"status": StockStatus.QUALITY_HOLD}, "held"),
        (SENSOR.code, {"owner": "ACME"}, "other_stock"),
        ("NOBODYS", {}, "unknown_item"),
    ],
)
def test_a_line_that_no_stock_serves_leaves_with_the_true_reason(code, stock, reason):
    world = World()
    if stock:
        world.store.held[place(6, "C7"), StockKey(item=code, **stock)] = 5
    world.store.orders["OA"] = pick("OA", (NUT.code, 1), (code, 2))
    world.sign_on(MARA.person)
    world.settle()
    world.start("OA")
    world.settle()
    closed = [each for each in world.store.written if isinstance(each, LineClosed)]
    assert [(each.line, each.outcome, each.reason) for each in closed] == [("2", "short", reason)]


def test_stock_that_another_order_takes_is_promised_and_a_part_is_not_enough():
    store = filled_store()
    store.orders = {"OA": pick("OA", (NUT.code, 3)), "OB": pick("OB", (NUT.code, 1), (BOLT.code, 11))}
    lines = Reading(store, MACHINE).allocate(Allocate(orders=("OA", "OB")), None).lines
    assert {line: each.reason for line, each in lines.items()} == {
        ("OA", "1"): "",
        ("OB", "1"): "promised",
        ("OB", "2"): "not_enough",
    }


@pytest.mark.parametrize(("right", "made_anew"), [("", 0), ("tools", 1)])
def test_the_list_is_made_anew_for_a_person_only_where_a_right_is_asked_for(right, made_anew, monkeypatch):
    made = []
    tag_of = tag_memory.tag_of
    monkeypatch.setattr(
        tag_memory, "tag_of", lambda order, *rest, **more: made.append(order.order) or tag_of(order, *rest, **more)
    )
    store, here = filled_store(), []
    store.orders = {"OA": pick("OA", (NUT.code, 1))}
    store.items[NUT.code] = replace(NUT, access=right)
    reading = Reading(store, MACHINE, who=lambda: here[0] if here else None)
    reading.orders(ReadOrders(), NOON)
    here.append(MARA)
    made.clear()
    (tag,) = reading.orders(ReadOrders(), NOON).orders
    assert len(made) == made_anew
    assert [each.code for each in tag.blocked] == (["missing_no_access"] if right else [])
