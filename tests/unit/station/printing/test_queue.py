"""One queue per printer: what is asked for by rule, what is written of each try, and what a start makes of what was under way."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path

import pytest

from db.errors import StoreError
from db.records.machine import MotionIntended
from db.records.orders import OrderClosed
from db.records.printing import LabelDropped, LabelQueued, LabelSending
from db.records.taken import GivenBack, Returned
from db.records.totes import ToteClosed
from db.store import Store
from hardware.errors import LABEL_IMPOSSIBLE, PRINT_CUT, PRINTER_UNREACHABLE
from hardware.printing.port import PrintResult
from hardware.printing.raw_printer import RawPrinter
from hardware.values import Outcome
from station.print_settings import PrinterSettings
from station.printing.ledger import LabellingLedger
from station.printing.queue import PrintQueue
from station.printing.rules import PrintRules
from station.values import PrintJob, PrintState
from tests.helpers.printers import PrinterDouble, ZplDouble, accepts
from tests.unit.db.made import picked, put

DONE = PrintResult(Outcome.DONE, proof="answered")
AWAY = PrintResult(Outcome.NOT_DONE, PRINTER_UNREACHABLE)
CUT = PrintResult(Outcome.UNKNOWN, PRINT_CUT)


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def opened(folder: Path) -> Store:
    return Store.open(folder, station="S1", ballast_bytes=0)


def asked(job: str, **more: str) -> LabelQueued:
    return LabelQueued(job=job, printer="LP1", label="tray", cause="person", of_machine="M1", of_tray=4, **more)


def name_of(job: PrintJob) -> bytes | None:
    """Instead of a drawn label: the job's name, and which copy."""
    return f"{job.original} {job.copy}".encode()


def queue_of(store: Store, printer: PrinterDouble, clock: Clock | None = None, render=name_of) -> PrintQueue:  # type: ignore[no-untyped-def]
    return PrintQueue("LP1", "zpl", store, printer, render, clock or Clock())


def kinds(store: Store) -> list[str]:
    return [each.kind for each in store.events() if each.kind.startswith("label")]


def turns(queue: PrintQueue, count: int) -> None:
    for _ in range(count):
        queue.turn()


def test_labels_come_out_in_the_order_in_which_they_were_asked_for(tmp_path: Path) -> None:
    store, printer = opened(tmp_path), PrinterDouble()
    store.append([asked("a"), asked("b"), LabelQueued(job="x", printer="LP2", label="tray", cause="person")]).result()
    queue = queue_of(store, printer)
    turns(queue, 4)
    assert printer.documents == [b"a 0", b"b 0"]
    assert [(each.job, each.state) for each in queue.seen.past] == [("b", PrintState.PRINTED), ("a", PrintState.PRINTED)]
    assert kinds(store) == ["label_queued"] * 3 + ["label_sending", "label_printed"] * 2
    before = store.projection_digest()
    store.rebuild().result()
    assert store.projection_digest() == before
    store.close()


def test_a_dead_printer_is_told_once_and_tried_again_by_itself_ever_more_seldom(tmp_path: Path) -> None:
    store, clock = opened(tmp_path), Clock()
    printer = PrinterDouble([AWAY])
    store.append([asked("a"), asked("b")]).result()
    queue = queue_of(store, printer, clock)
    for second in range(600):
        clock.now_s = second
        queue.turn()
    assert kinds(store).count("label_failed") == 1
    assert 8 <= printer.tries <= 20
    assert (queue.seen.code, len(queue.seen.waiting), queue.seen.is_well) == (PRINTER_UNREACHABLE, 2, False)
    printer.ends = [DONE]
    for second in range(600, 720):
        clock.now_s = second
        queue.turn()
    assert printer.documents == [b"a 0", b"b 0"]
    assert queue.seen.is_well
    store.close()


def test_what_was_cut_off_on_the_way_is_printed_again_only_by_a_person_and_then_as_a_numbered_copy(tmp_path: Path) -> None:
    store, clock = opened(tmp_path), Clock()
    printer = PrinterDouble([CUT, DONE])
    store.append([asked("a"), asked("b")]).result()
    queue = queue_of(store, printer, clock)
    for second in range(0, 200, 10):
        clock.now_s = second
        queue.turn()
    assert printer.documents == [b"a 0", b"b 0"]  # the double keeps what was sent; a was sent once
    assert [each.job for each in queue.seen.unknown] == ["a"]
    store.append([asked("c", copy_of="a"), asked("d", copy_of="a"), LabelDropped(job="a")]).result()
    queue.wake()
    turns(queue, 3)
    assert printer.documents[2:] == [b"a 1", b"a 2"]
    assert queue.seen.is_well
    store.close()


def test_a_start_after_a_crash_in_the_middle_of_a_label_sends_nothing_again(tmp_path: Path) -> None:
    store, printer = opened(tmp_path), PrinterDouble(raises=RuntimeError("the power went"))
    store.append([asked("a"), asked("b")]).result()
    with pytest.raises(RuntimeError):
        queue_of(store, printer).turn()
    store.close()
    store, printer = opened(tmp_path), PrinterDouble()
    queue = queue_of(store, printer)
    turns(queue, 3)
    assert printer.documents == [b"b 0"]
    assert [(each.job, each.code) for each in queue.seen.unknown] == [("a", PRINT_CUT)]
    store.close()


def test_an_end_that_the_store_did_not_take_is_owed_and_the_label_not_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, printer = opened(tmp_path), PrinterDouble()
    store.append([asked("a")]).result()
    queue = queue_of(store, printer)
    good = store.append

    def full(records, **more):  # type: ignore[no-untyped-def]
        if isinstance(records[0], LabelSending):
            return good(records, **more)
        raise StoreError("D401", "the disk is full")

    monkeypatch.setattr(store, "append", full)
    for _ in range(2):
        with pytest.raises(StoreError):
            queue.turn()
    monkeypatch.setattr(store, "append", good)
    turns(queue, 3)
    assert printer.documents == [b"a 0"]
    assert queue.seen.past[0].state is PrintState.PRINTED
    store.close()


def test_a_label_of_what_nobody_knows_any_more_holds_up_nothing(tmp_path: Path) -> None:
    store, printer = opened(tmp_path), PrinterDouble()
    store.append([asked("gone"), asked("empty"), asked("b")]).result()
    queue = queue_of(store, printer, render=lambda job: {"gone": None, "empty": b""}.get(job.job, b"b"))
    turns(queue, 4)
    assert printer.documents == [b"b"]
    assert [(each.job, each.code) for each in queue.seen.impossible] == [("gone", LABEL_IMPOSSIBLE)]
    assert queue.seen.unknown == ()
    store.close()


# --- by rule

RULES = (
    PrinterSettings(name="LP1", receipt="item", tray_end="item", tote_end="tote", order_end="packing_slip"),
    PrinterSettings(name="LP2", tray_end="tray"),
)


def motion(verb: str, tray: int) -> MotionIntended:
    return MotionIntended(command=1, verb=verb, machine="VLM1", opening="SH1-1", tray=tray)


def followed(*records):  # type: ignore[no-untyped-def]
    rules = PrintRules(RULES)
    return [(each.printer, each.label, each.cause) for record in records for each in rules.follow([record])]


def test_each_rule_asks_for_its_label() -> None:
    assert followed(put(3)) == [("LP1", "item", "receipt")]
    assert followed(OrderClosed(order="O1")) == [("LP1", "packing_slip", "order_end"), ("LP1", "tote", "tote_end")]
    ends = [("LP1", "item", "tray_end"), ("LP2", "tray", "tray_end")]
    assert followed(picked(1), motion("point", 7), motion("store", 7), motion("store", 7)) == ends
    assert followed(picked(1), motion("fetch", 9)) == ends  # another tray is called to its place
    assert followed(picked(1), motion("fetch", 7)) == []
    assert followed(motion("store", 7)) == []  # nothing was done at it


def test_what_goes_from_place_to_place_or_on_hold_has_its_label_already() -> None:
    where = {"machine": "VLM1", "tray": 7, "compartment": "C1", "visit": 1, "item": "A"}
    assert followed(GivenBack(**where, quantity=2, account="hand", holder="p1")) == []
    assert followed(put(2, status="quality_hold", reason="set_on_hold")) == []
    assert followed(Returned(**where, quantity=2, of_order="O1", of_line="1")) == [("LP1", "item", "receipt")]


def test_a_tote_of_the_bay_gets_its_label_when_it_is_full_and_when_it_is_done_once_each() -> None:
    full, done = (ToteClosed(order="O1", tote=tote, position="T1", why=why) for tote, why in (("B1", "full"), ("B2", "done")))
    rules = PrintRules(RULES)
    asked = (*rules.follow([full]), *rules.follow([done, OrderClosed(order="O1")]))
    totes = [(each.of_order, each.of_tote) for each in asked if each.label == "tote"]
    assert totes == [("O1", "B1"), ("O1", "B2")]


def test_the_labels_are_in_the_transaction_of_what_they_follow_from(tmp_path: Path) -> None:
    store, woken = opened(tmp_path), []
    ledger = LabellingLedger(store, PrintRules(RULES), lambda: woken.append(1))
    rows = ledger.append([put(3)]).result()
    assert [each.kind for each in rows] == ["put", "label_queued"]
    (job,) = store.open_prints("LP1")
    assert (job.about.item, job.about.quantity, job.about.compartment) == ("A", 3, "C1")
    assert woken == [1]
    store.close()


def test_a_confirm_waits_for_no_printer_that_is_dead_or_stalls(tmp_path: Path) -> None:
    """A printer that takes the connection and then says nothing holds its own thread for seconds, and no booking."""
    store = opened(tmp_path)

    def stalls(double: ZplDouble, line: socket.socket) -> None:
        double.may_go.wait(10.0)

    with ZplDouble(stalls) as double:
        queue = PrintQueue("LP1", "zpl", store, RawPrinter(double.url, answer_s=8.0), name_of, time.monotonic)
        ledger = LabellingLedger(store, PrintRules(RULES), queue.wake)
        ledger.append([put(3)]).result()
        printing = threading.Thread(target=queue.turn)
        printing.start()
        begun_s = time.monotonic()
        for _ in range(20):
            ledger.append([put(1), OrderClosed(order="O1")]).result(5.0)
        took_s = time.monotonic() - begun_s
        assert printing.is_alive()
        queue.stop()
        printing.join(5.0)
        assert not printing.is_alive()
    assert took_s < 3.0
    assert len(store.open_prints("LP1")) == 1 + 3 * 20
    store.close()


def test_over_a_real_line_a_label_is_printed_once(tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.append([asked("a")]).result()
    with ZplDouble(accepts()) as double:
        queue = PrintQueue("LP1", "zpl", store, RawPrinter(double.url), lambda job: b"^XA^FDa^FS^XZ\n", time.monotonic)
        turns(queue, 2)
    assert double.labels == [b"^XA^FDa^FS^XZ\n"]
    store.close()
