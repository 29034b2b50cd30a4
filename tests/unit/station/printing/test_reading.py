"""What stands on a label when it is its turn: read from a real store, with what is short and of which lots it came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.records.orders import LineClosed, OrderClosed
from db.records.printing import LabelQueued
from db.store import Store
from station.labels.values import ItemLabel, PackingSlip, ToteLabel, TrayLabel
from station.printing.asking import ask_prints
from station.printing.reading import LabelReading
from station.printing.rules import new_job
from station.values import Order, OrderKind, OrderLine
from tests.unit.db.made import imported, item, picked, put, tray

AT = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path, station="S1", ballast_bytes=0)
    made.import_items([item("A"), item("B")], imported("items")).result()
    made.import_trays([tray()], imported("trays")).result()
    lines = (
        OrderLine(order="O1", line="1", item="A", quantity=7),
        OrderLine(order="O1", line="2", item="B", quantity=3),
        OrderLine(order="O1", line="3", item="B", quantity=2),
    )
    order = Order(order="O1", kind=OrderKind.PICK, destination="T4", lines=lines)
    made.import_orders([order], imported("orders")).result()
    yield made
    made.close()


def labels(store: Store, label: str, **about: object):  # type: ignore[no-untyped-def]
    """What comes of a job at a printer."""
    store.append([LabelQueued(job=new_job(), printer="LP1", label=label, cause="order_end", **about)]).result()  # type: ignore[arg-type]
    reading = LabelReading(store, lambda: AT)
    found = reading.labels_of(store.open_prints("LP1")[-1])
    return found if found is None else [each.label for each in found]


def test_the_slip_has_every_line_with_its_lots_and_what_is_missing_and_why(store: Store) -> None:
    store.append(
        [
            put(9, lot="L1"),
            put(9, lot="L2"),
            picked(4, lot="L1", order="O1", line="1"),
            picked(1, lot="L1", order="O1", line="1"),
            picked(2, lot="L2", order="O1", line="1"),
            LineClosed(order="O1", line="1", outcome="confirmed", asked=7, done_quantity=7),
            LineClosed(order="O1", line="2", outcome="short", asked=3, done_quantity=0, reason="damaged"),
            OrderClosed(order="O1"),
        ]
    ).result()
    (slip,) = labels(store, "packing_slip", of_order="O1")
    assert isinstance(slip, PackingSlip)
    assert (slip.order, slip.destination, slip.at) == ("O1", "T4", AT)
    said = [(each.line, each.done, each.missing, each.state, each.reason, each.lots) for each in slip.lines]
    assert said == [
        ("1", 7, 0, "confirmed", "", (("L1", 5), ("L2", 2))),
        ("2", 0, 3, "short", "damaged", ()),
        ("3", 0, 2, "open", "", ()),
    ]
    assert [each.line for each in slip.shorts] == ["2", "3"]


def test_the_end_of_a_tray_labels_what_moved_in_that_visit_only(store: Store) -> None:
    store.append([put(9, visit=1), put(2, visit=2, lot="L1"), picked(3, visit=2, order="O1", line="1")]).result()
    found = labels(store, "item", of_machine="VLM1", of_tray=7, of_visit=2)
    assert [(type(each), each.lot, each.quantity, each.destination) for each in found] == [
        (ItemLabel, "L1", 2, ""),
        (ItemLabel, "", 3, "T4"),
    ]
    assert labels(store, "item", of_machine="VLM1", of_tray=7, of_visit=9) == []


def test_what_changed_its_status_alone_gets_no_new_label(store: Store) -> None:
    held = [picked(3, reason="lot_held"), put(3, reason="lot_held", status="quality_hold")]
    damaged = [picked(2, reason="set_on_hold"), put(2, reason="set_on_hold", status="quality_hold")]
    store.append([put(9), picked(1, order="O1", line="1"), *held, *damaged]).result()
    found = labels(store, "item", of_machine="VLM1", of_tray=7, of_visit=1)
    assert [each.quantity for each in found] == [9, 1]


def test_the_tote_is_the_orders_destination(store: Store) -> None:
    assert labels(store, "tote", of_order="O1") == [ToteLabel(tote="T4", order="O1", destination="T4")]


@pytest.mark.parametrize("label", ["packing_slip", "tote"])
def test_of_an_order_that_is_not_here_there_is_no_label(store: Store, label: str) -> None:
    assert labels(store, label, of_order="O9") is None


def test_a_command_line_asks_for_labels_or_for_none_at_all(store: Store) -> None:
    asked = {"label": "tray", "machine": "VLM1", "tray": 7}
    assert len(ask_prints(store, "LP1", [asked, asked])) == 2
    for wrong in ({"label": "poster"}, {**asked, "tray": "7"}, {**asked, "tray": True}, {**asked, "copy": 3}, 7):
        with pytest.raises(ValueError):  # noqa: PT011 - each says something else
            ask_prints(store, "LP1", [asked, wrong])
    jobs = store.open_prints("LP1")
    assert [(each.label, each.about.tray, each.cause) for each in jobs] == [("tray", 7, "person")] * 2
    reading = LabelReading(store, lambda: AT)
    assert [each.label for each in reading.labels_of(jobs[0]) or ()] == [TrayLabel(machine="VLM1", tray=7)]


def test_what_was_split_off_is_on_the_slip_of_the_other_order_alone(store: Store) -> None:
    store.append([LineClosed(order="O1", line="2", outcome="moved", asked=3, done_quantity=0, reason="split")]).result()
    (slip,) = labels(store, "packing_slip", of_order="O1")
    assert isinstance(slip, PackingSlip)
    assert [each.line for each in slip.lines] == ["1", "3"]
