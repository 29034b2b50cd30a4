"""Places without a lift at the site: two stations at one section, the same book, and nobody who has it."""

from __future__ import annotations

from collections.abc import Callable

import psycopg

from db.sync.values import Cursor
from tests.helpers.told import Chain, item, tray
from tests.integration.upstream.conftest import Enter

Put = Callable[..., None]
AT = {"machine": "SHELF1", "tray": 3, "compartment": "C2"}


def reached(chain: Chain, visit: int) -> None:
    chain.tell("place_reached", **AT, visit=visit, how="scan", scanner="hand")


def test_two_stations_at_a_section_come_to_one_book_and_neither_has_it(enter: Enter, put: Put, owner: psycopg.Connection) -> None:
    put("item", "SCREW", item())
    put("tray", "SHELF1/3", tray("C1", "C2"))
    one, other = Chain("S1"), Chain("S2")
    one.loaded(20, **AT)
    reached(one, 1)
    one.picked(3, visit=1, **AT)
    reached(other, 1)
    other.picked(4, visit=1, **AT)
    reached(one, 2)
    one.move("put", quantity=5, visit=2, **AT)
    first, second = enter("S1"), enter("S2")
    first.push(one.events)
    second.push(other.events)
    owner.execute("SELECT sync.fold(10000)")
    assert owner.execute("SELECT machine, compartment, quantity FROM site.stock").fetchall() == [("SHELF1", "C2", 18)]
    pulled = second.pull(Cursor())
    (stock,) = [each for each in pulled.stock if each.quantity]
    assert (stock.key.machine, stock.quantity, stock.visit) == ("SHELF1", 18, 2)
    assert [each.station for each in pulled.custody if each.machine == "SHELF1"] in ([], [""])
    said = owner.execute("SELECT kind FROM site.exception WHERE resolved_at IS NULL").fetchall()
    assert said == [("order_assumed",)]  # the same visit at both: signed amounts add up all the same
