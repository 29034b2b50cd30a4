"""The work list from memory is the one that would be made anew, whatever has changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from station.tag_memory import TagMemory
from station.usable_stock import Terms
from station.values import Order, OrderKind, OrderLine, Stock, StockKey
from station.work_list import Circumstances, by_item
from tests.helpers.fake_store import NOON
from tests.helpers.sample import BOLT, NUT, place

BEFORE = {
    "orders": tuple(
        Order(order=name, kind=OrderKind.PICK, need_by=NOON + timedelta(hours=hour), lines=(line,))
        for name, hour, line in (
            ("A", 1, OrderLine(order="A", line="1", item=BOLT.code, quantity=2)),
            ("B", 2, OrderLine(order="B", line="1", item=NUT.code, quantity=2)),
        )
    ),
    "given": Circumstances(),
    "items": {BOLT.code: BOLT, NUT.code: NUT},
    "stock": by_item([Stock(place=place(4, "C7"), key=StockKey(item=BOLT.code), quantity=10)]),
    "now": NOON,
}
CHANGES = {
    "stock came": {"stock": by_item([Stock(place=place(9, "C7"), key=StockKey(item=NUT.code), quantity=10)])},
    "stock left": {"stock": {}},
    "an item asks for a right": {
        "items": {BOLT.code: replace(BOLT, access="tools"), NUT.code: NUT},
        "given": Circumstances(terms=Terms(rights=frozenset())),
    },
    "an item is unknown": {"items": {NUT.code: NUT}},
    "a tray is out of service": {"given": Circumstances(out_of_service={(place(4, "C7").machine, 4): "service"})},
    "a gap opened": {"given": Circumstances(gaps=frozenset({("A", "1")}))},
    "time passed": {"now": NOON + timedelta(hours=1, minutes=1)},
    "an order is urgent": {"orders": (BEFORE["orders"][0], replace(BEFORE["orders"][1], is_express=True))},
    "an order went": {"orders": BEFORE["orders"][:1]},
}


def made(memory: TagMemory, changes: dict[str, object]) -> object:
    given = {**BEFORE, **changes}
    return memory.tags(given.pop("orders"), given.pop("given"), **given)


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
def test_it_is_as_if_made_anew(changes: dict[str, object]) -> None:
    memory = TagMemory()
    before = made(memory, {})
    changed = made(memory, changes)
    assert changed == made(TagMemory(), changes)
    assert changed != before
    assert made(memory, {}) == before


def test_what_nothing_changed_of_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    import station.tag_memory as module

    looked: list[str] = []
    tag_of: Callable[..., object] = module.tag_of
    monkeypatch.setattr(module, "tag_of", lambda order, *rest, **more: looked.append(order.order) or tag_of(order, *rest, **more))
    memory = TagMemory()
    made(memory, {})
    made(memory, CHANGES["stock left"])
    assert looked == ["A", "B", "A"]
