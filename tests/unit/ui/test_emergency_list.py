"""The emergency list as it lies on paper: what is on it, that nothing runs over, and how it gets there."""

from __future__ import annotations

import io
import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics

from db.records.program import StationStarted
from db.store import Store
from station.sample_site import make_sample_site
from station.settings import EmergencySettings, Settings
from station.values import EmergencyFacts, Order, OrderKind, OrderLine, Place, Stock, StockKey
from tests.unit.db.made import imported, item, order, picked, put, tray
from tests.unit.ui.conftest import ZONE
from ui.__main__ import main
from ui.bootstrap.emergency import LATE_S, find_list, list_path, start_child, write_list
from ui.bootstrap.station import emergency_chore
from ui.emergency.paper import BOLD, PLAIN, fitted, in_lines, load_fonts
from ui.emergency.pdf import render
from ui.language import load_language
from ui.texts import Texts

pytestmark = pytest.mark.slow

AS_OF = datetime(2026, 11, 26, 20, 5, tzinfo=UTC)
SITE = make_sample_site(7, now=AS_OF)


def facts_of_sample() -> EmergencyFacts:
    items = {each.code: each for each in SITE.items}
    return EmergencyFacts(station="S1", orders=SITE.waiting, stock=SITE.stock, trays=SITE.trays, outages=(), items=items)


def sheets(facts: EmergencyFacts, language: str = "en", *, of_bins: bool = False) -> list[str]:
    texts = Texts(load_language(language), ZONE, of_bins=of_bins)
    content, count = render(facts, texts, station="BAY-7", as_of=AS_OF)
    found = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    assert len(found) == count
    return found


def test_every_sheet_says_whose_as_of_when_and_which_it_is() -> None:
    found = sheets(facts_of_sample())
    for number, sheet in enumerate(found, start=1):
        assert f"Sheet {number} of {len(found)}" in sheet
        assert "BAY-7" in sheet
        assert "As of 2026-11-26, 21:05" in sheet  # the station's own time
        assert all(field in sheet for field in ("Done", "Time", "Name"))


def test_all_open_lines_and_all_stock_are_on_it() -> None:
    found = "\n".join(sheets(facts_of_sample()))
    orders, contents = found.split("Trays and what is in them", 1)
    assert [each.order for each in SITE.waiting if each.order not in orders] == []
    assert [line.item for each in SITE.waiting for line in each.lines if line.item not in orders] == []
    assert [each.key.item for each in SITE.stock if each.key.item not in contents] == []
    assert [each.number for each in SITE.trays if f"Tray {each.number}" not in contents] == []


def test_five_thousand_rows_and_two_hundred_orders_fit() -> None:
    codes = [each.code for each in SITE.items[:600]]
    held = tuple(
        Stock(place=Place("M1", 1 + n % 40, f"C{n // 40}"), key=StockKey(item=codes[n % 600], lot=f"LOT{n:05}"), quantity=n)
        for n in range(5000)
    )
    lines = [OrderLine(order=f"O{n}", line="1", item=codes[n], quantity=5) for n in range(200)]
    orders = tuple(Order(order=each.order, kind=OrderKind.PICK, lines=(each,)) for each in lines)
    facts = replace(facts_of_sample(), stock=held, orders=orders, trays=())
    content, count = render(facts, Texts(load_language("en"), ZONE), station="S1", as_of=AS_OF)
    assert count > 200
    last = PdfReader(io.BytesIO(content)).pages[-1].extract_text()
    assert "LOT04999" in last


def test_the_list_speaks_the_stations_language_and_of_bins() -> None:
    few = replace(facts_of_sample(), orders=SITE.waiting[:1], stock=(), trays=SITE.trays[:1])
    assert "Émérgéñçý" in sheets(few, "en_XA")[0]
    assert "Bins and what is in them" in sheets(few, of_bins=True)[-1]


def test_nothing_to_do_and_nothing_there_is_said() -> None:
    empty = replace(facts_of_sample(), orders=(), stock=(), trays=())
    first, second = sheets(empty)
    assert "No order is open." in first
    assert "There is no tray." in second


@pytest.mark.parametrize("text", ["short", "A lot with a long name 12", "LOT-2026-000123-SUPPLIER-XYZ", "word " * 40, ""])
def test_no_text_is_wider_than_its_column(text: str) -> None:
    load_fonts()
    for font in (PLAIN, BOLD):
        shown, size = fitted(text, font, 12.0, 90.0)
        assert len(shown) <= 2
        assert all(pdfmetrics.stringWidth(each, font, size) <= 90.01 for each in shown)


def test_a_text_is_parted_before_it_is_cut() -> None:
    load_fonts()
    assert "".join(fitted("LOT-2026-000123-SUPPLIER", PLAIN, 10.0, 84.0)[0]) == "LOT-2026-000123-SUPPLIER"
    assert fitted("x" * 200, PLAIN, 10.0, 84.0)[0][1].endswith("…")
    assert in_lines("one two three four", PLAIN, 10.0, 45.0, 2) == ("one two", "three four")


# --- the file


def stocked(directory: Path) -> Store:
    store = Store.open(directory, station="S1", ballast_bytes=0)
    store.import_items([item("A")], imported("items")).result()
    store.import_trays([tray()], imported("trays")).result()
    store.import_orders([order("WO-1", 1)], imported("orders")).result()
    store.append([put(9)]).result()
    return store


def text_of(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def test_a_process_of_its_own_writes_it_beside_the_running_station(tmp_path: Path) -> None:
    store = stocked(tmp_path)
    target = list_path(Settings(), tmp_path)
    try:
        child = start_child(tmp_path, target, Settings())
        assert child.ended(30.0) == ""
        first = text_of(target)
        assert "WO-1" in first
        assert "9 pcs" in first
        before = store.emergency_mark()
        store.append([picked(4)]).result()
        assert store.emergency_mark() != before
    finally:
        store.close()
    assert [each.name for each in target.parent.iterdir()] == ["emergency.pdf"]
    assert target.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_said_by_the_child(tmp_path: Path) -> None:
    stocked(tmp_path).close()
    (tmp_path / "share").write_text("no folder", encoding="utf-8")
    child = start_child(tmp_path, tmp_path / "share" / "list.pdf", Settings())
    assert "share" in str(child.ended(30.0))


def test_a_list_in_a_shared_folder_has_the_stations_name(tmp_path: Path) -> None:
    settings = Settings(emergency=EmergencySettings(directory=str(tmp_path)))
    assert list_path(settings, Path("elsewhere")) == tmp_path / "emergency-S1.pdf"


def test_the_station_looks_often_and_writes_at_its_end(tmp_path: Path) -> None:
    store = stocked(tmp_path)
    try:
        chore = next(each for each in (emergency_chore(store, Settings(), tmp_path),) if each.name == "emergency_list")
        assert (chore.every_s, chore.ends_with) == (10.0, True)
        assert chore.at_end is not None
        chore.at_end()
    finally:
        store.close()
    assert "WO-1" in text_of(tmp_path / "emergency" / "emergency.pdf")


def test_the_doctor_finds_a_list_that_is_missing_or_old(tmp_path: Path) -> None:
    store = stocked(tmp_path)
    target, now = tmp_path / "list.pdf", datetime.now(UTC)
    try:
        assert find_list(tmp_path, target, now=now).is_ok  # no station ever ran here
        store.append([StationStarted(sqlite="", was_clean=True)]).result()
        missing = find_list(tmp_path, target, now=now)
        assert (missing.is_ok, missing.code) == (False, "E101")
        write_list(tmp_path, target, station="S1", language="en", of_bins=False, now=now)
        assert find_list(tmp_path, target, now=now).is_ok
        old = (now - timedelta(seconds=2 * LATE_S)).timestamp()
        os.utime(target, (old, old))
        found = find_list(tmp_path, target, now=now)
        assert (found.is_ok, found.value) == (False, str(round(2 * LATE_S)))
    finally:
        store.close()


def test_the_command_writes_it_where_it_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stocked(tmp_path / "data").close()
    target = tmp_path / "list.pdf"
    assert main(["export", "emergency", str(target), "--data", str(tmp_path / "data"), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["file"], said["orders"], said["trays"]) == (str(target), 1, 1)
    assert target.stat().st_mode & 0o777 == 0o644, "outside the data directory it is there to be read"
    assert "WO-1" in text_of(target)
    assert main(["export", "results", str(target), "--data", str(tmp_path / "data")]) == 2
