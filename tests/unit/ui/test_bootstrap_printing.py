"""From the settings to paper: a finished order comes out of the printer of its settings, and a start picks up what waits."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.records.machine import MotionEnded, MotionIntended
from db.records.orders import LineClosed, OrderClosed
from db.store import Store
from hardware.config import ConfigError
from station.print_settings import PrinterSettings
from station.settings import MachineSettings, Settings
from station.values import PrintState
from tests.helpers.label_pictures import pdf_pictures, read_codes, zpl_pictures
from tests.helpers.printers import ZplDouble, accepts
from tests.unit.db.made import imported, item, order, picked, put, tray
from ui.bootstrap.label_child import pdf_by_child
from ui.bootstrap.printing import labelling, languages, make_queues, print_chores
from ui.labels.drawing import Drawing, Paper, Squares


def settings(*printers: PrinterSettings) -> Settings:
    return Settings(machine=MachineSettings(name="VLM1"), printer=printers)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path, station="S1", ballast_bytes=0)
    made.import_items([item()], imported("items")).result()
    made.import_trays([tray()], imported("trays")).result()
    made.import_orders([order("O1", lines=1)], imported("orders")).result()
    yield made
    made.close()


def test_the_packing_slip_of_a_finished_order_comes_out_and_is_read(store: Store) -> None:
    with ZplDouble(accepts()) as double:
        made = settings(PrinterSettings(name="LP1", url=double.url, height_mm=150.0, order_end="packing_slip"))
        queues = make_queues(store, made)
        (chore,) = print_chores(queues)
        ledger = labelling(store, made, queues)
        closed = LineClosed(order="O1", line="1", outcome="short", asked=3, done_quantity=2, reason="damaged")
        ledger.append([put(9), picked(2, order="O1", line="1"), closed, OrderClosed(order="O1")]).result()
        chore.do()
    (zpl,) = double.labels
    assert read_codes(zpl_pictures(zpl)[0]) == [("Data Matrix", "O1")]
    said = zpl.decode()
    assert "^FDMissing 1" in said
    assert "2 of 3" in said
    assert [each.state for each in queues[0].seen.past] == [PrintState.PRINTED]


def at_bay(visit: int) -> list[object]:
    """The tray was fetched, and something taken from it in this visit."""
    named = {"command": visit, "verb": "fetch", "machine": "VLM1", "opening": "SH1-1", "tray": 7}
    return [MotionIntended(**named), MotionEnded(**named, outcome="done", visit=visit), put(9, visit=visit)]  # type: ignore[arg-type]


def test_a_start_remembers_that_the_tray_at_the_bay_was_worked_at(store: Store) -> None:
    store.append(at_bay(1)).result()  # type: ignore[arg-type]
    made = settings(PrinterSettings(name="LP1", url="socket://127.0.0.1:9", tray_end="item"))
    ledger = labelling(store, made, make_queues(store, made))
    ledger.append([MotionIntended(command=2, verb="store", machine="VLM1", opening="SH1-1", tray=7)]).result()
    assert [(each.label, each.about.visit) for each in store.open_prints("LP1")] == [("item", 1)]


def test_without_printers_the_store_itself_is_the_ledger(store: Store) -> None:
    assert labelling(store, settings(), ()) is store


@pytest.mark.parametrize(
    "printers",
    [
        (PrinterSettings(url="10.0.0.3"),),
        (PrinterSettings(kind="cups"),),
        (PrinterSettings(url="socket://a"), PrinterSettings(url="socket://b")),  # of one name
    ],
)
def test_printers_that_cannot_be_are_refused_at_the_start(store: Store, printers: tuple[PrinterSettings, ...]) -> None:
    with pytest.raises(ConfigError, match="printer"):
        make_queues(store, settings(*printers))


@pytest.mark.slow
def test_a_pdf_for_the_spooler_is_drawn_in_another_process() -> None:
    paper = Paper(width_mm=40, height_mm=30, dpmm=12)
    drawing = Drawing(paper=paper, parts=(Squares(text="O1", x_mm=5, y_mm=5, module_dots=12),))
    assert read_codes(pdf_pictures(pdf_by_child([drawing], title="x"))[0]) == [("Data Matrix", "O1")]


def test_a_process_that_cannot_draw_is_a_fault_that_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*words: object, **more: object) -> object:
        raise subprocess.CalledProcessError(1, "python")

    monkeypatch.setattr(subprocess, "run", fails)
    with pytest.raises(OSError, match="not drawn"):
        pdf_by_child([], title="x")


def test_there_is_a_page_of_commands_in_english_at_least() -> None:
    assert languages()[0] == "en"
