"""Bad days on the running program: the machine's cable, its light curtain, a scanner that types, a full disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton

from db.records.orders import ScanRefused
from db.store import Store
from station.view.action import Action
from station.view.message import Level
from station.view.task import TaskFace
from station.view.tray import UnknownTrayFace
from station.view.view import View
from tests.helpers.guards import ExpectLog
from tests.helpers.live import Device, Person, allows, is_at_work, live, make_site, simulated_lift

SPEED = 20.0  # a tray needs a second or two: long enough to be caught on its way


@pytest.fixture
def lift(tmp_path: Path) -> Iterator[Device]:
    with simulated_lift(tmp_path, speed=SPEED) as device:
        make_site(tmp_path)
        yield device


def is_greyed(view: View) -> bool:
    """The line is on the screen and cannot be booked."""
    return isinstance(view.face, TaskFace) and not view.face.is_here and not allows(view, Action.CONFIRM)


def test_cable_pulled_mid_move_locks_confirm_until_the_tray_is_known(tmp_path: Path, lift: Device, expect_log: ExpectLog) -> None:
    async def play(person: Person) -> None:
        coming = await person.start_first_order()
        await person.ask_lift("unplug")
        down = await person.until_bar("link_down_moving")
        assert isinstance(coming.face, TaskFace)
        assert down.bar.params["tray"] == coming.face.tray
        assert is_greyed(down)
        assert not person.hands.can_touch("action_confirm")
        await person.until_lift(lambda state: state["openings"]["SH1-1"]["tray"] == coming.face.tray)
        assert is_greyed(person.view), "nobody told the station that the tray arrived"
        await person.ask_lift("replug")
        face = await person.until_at_work()
        assert (face.order, face.tray) == (coming.face.order, coming.face.tray)
        assert len(person.motions()) == 1, "a second fetch was sent"
        await person.confirm()
        await person.until(lambda view: view.flash > down.flash, "the booking")

    live(tmp_path, lift, play)


def test_broken_light_curtain_greys_the_work_until_the_machine_is_reset(tmp_path: Path, lift: Device) -> None:
    async def play(person: Person) -> None:
        await person.start_first_order()
        await person.ask_lift("curtain", on=True)
        stopped = await person.until_bar("light_curtain")
        assert stopped.bar.level is Level.STOP
        assert is_greyed(stopped)
        assert not person.hands.can_touch("action_confirm")
        state = (await person.ask_lift("curtain", on=False))["state"]
        assert state["openings"]["SH1-1"]["tray"] is None
        person.hands.scan("4006381333931")  # the station's answer comes after whatever the machine would have said
        await person.until(lambda view: view.token != stopped.token or view is not stopped, "an answer to the scan")
        assert person.view.bar.code == "light_curtain"
        assert is_greyed(person.view)
        await person.ask_lift("reset")
        await person.until_at_work()
        assert person.view.bar.level is not Level.STOP
        assert len(person.motions()) == 1, "the move went on by itself"

    live(tmp_path, lift, play)


def test_an_emergency_stop_mid_move_asks_where_the_tray_is_before_anything_is_booked(tmp_path: Path, lift: Device) -> None:
    async def play(person: Person) -> None:
        coming = await person.start_first_order()
        assert isinstance(coming.face, TaskFace)
        await person.ask_lift("e_stop", on=True)
        stopped = await person.until_bar("e_stop")
        assert is_greyed(stopped)
        await person.ask_lift("e_stop", on=False)
        await person.ask_lift("reset")
        # whether a ping told the stop before it was over is a matter of half a second; without one it may still stand
        asked = await person.until(lambda view: view.bar.code in ("tray_given_up", "stop_unclear_which"), "what is to be said")
        assert isinstance(asked.face, UnknownTrayFace)
        await person.until_lift(lambda state: not state["busy"])
        assert len(person.motions()) == 1, "a motion was sent that nobody touched for"
        await person.hands.tap("action_no_tray")
        await person.until(lambda view: allows(view, Action.FETCH_AGAIN), "the touch before the next fetch")
        assert len(person.motions()) == 1
        await person.hands.tap("action_fetch_again")
        face = await person.until_at_work()
        assert (face.order, face.tray) == (coming.face.order, coming.face.tray)
        assert "picked" not in person.kinds()

    live(tmp_path, lift, play)


def test_after_a_lost_line_confirm_stays_locked_until_the_machine_names_the_tray(tmp_path: Path, lift: Device) -> None:
    async def play(person: Person) -> None:
        await person.start_first_order()
        here = await person.until_at_work()
        await person.ask_lift("unplug")
        down = await person.until_bar("link_down")
        assert is_greyed(down)
        await person.ask_lift("replug")
        again = await person.until_bar("touch_to_prove")
        assert is_greyed(again)
        assert not person.hands.can_touch("action_confirm")
        await person.hands.tap("action_fetch_again")
        face = await person.until_at_work()
        assert (face.tray, face.compartment) == (here.tray, here.compartment)
        assert len(person.motions()) == 1, "the tray was fetched again"

    live(tmp_path, lift, play)


def test_a_scan_with_spaces_and_a_return_presses_nothing(tmp_path: Path, lift: Device) -> None:
    async def play(person: Person) -> None:
        await person.start_first_order()
        before = await person.until_at_work()
        await person.until_written()
        seq = person.running.store.head()[1]
        buttons = [each for each in person.running.window.findChildren(QAbstractButton) if each.isVisible()]
        assert {"action_confirm", "action_skip", "action_lock"} & {each.objectName() for each in buttons}
        for number, button in enumerate(buttons):
            button.setFocus()
            person.hands.scan(f"  9006 {number:04d} 0001 ")
            await until_refused(person, seq, number + 1)
            button.clearFocus()
        assert set(person.kinds(after_seq=seq)) == {"scan_refused"}
        await person.until(lambda view: isinstance(view.face, TaskFace) and view.face.is_locked, "the lock painted")
        after = person.task
        assert (after.order, after.line_no, after.is_locked, after.ask) == (before.order, before.line_no, True, None)

    live(tmp_path, lift, play)


async def until_refused(person: Person, seq: int, count: int) -> None:
    """Until so many scans were refused since `seq`: each is painted as a sentence of its own."""
    while person.kinds(after_seq=seq).count("scan_refused") < count:
        assert await person.eyes.next_paint(patience_s=5), "the scan was not heard"


def limit_pages(store: Store, pages: int) -> None:
    """SQLite itself says the disk is full when the file would need more pages than this."""

    def set_limit() -> None:
        with store._engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            raw.execute(f"PRAGMA max_page_count = {pages}").fetchall()

    store._writer.submit_upkeep(set_limit).result()


def fill(store: Store) -> None:
    """Take all room down to the smallest event; the store believes in room, so that the next booking meets the full disk."""
    limit_pages(store, 1)  # never below what the file has
    for length in (20_000, 1000, 1):
        filler = ScanRefused(order="", line="", scanned="x" * length, expected="")
        while store.append([filler]).exception() is None:
            pass
        assert store.try_recover().result()


def test_a_full_disk_is_stated_and_the_failed_booking_can_be_confirmed_again(
    tmp_path: Path, lift: Device, expect_log: ExpectLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    expect_log("read-only")
    expect_log("a booking was not written: D401")
    monkeypatch.setattr("db.writer.IDLE_S", 3600)  # it shall not look for room by itself meanwhile

    async def play(person: Person) -> None:
        await person.start_first_order()
        await person.until_at_work()
        store = person.running.store
        fill(store)
        before, seq = await person.until(is_at_work, "the line"), store.head()[1]
        await person.confirm()
        full = await person.until_bar("store_read_only")
        assert full.bar.level is Level.STOP
        assert not allows(full, Action.CONFIRM)
        assert full.flash == before.flash, "a booking that failed was shown"
        assert isinstance(before.face, TaskFace)
        assert (person.task.order, person.task.line_no, person.task.book) == (
            before.face.order,
            before.face.line_no,
            before.face.book,
        )
        assert "picked" not in person.kinds(after_seq=seq)
        limit_pages(store, 1_000_000)
        assert store.try_recover().result()
        await person.until(lambda view: is_at_work(view) and view.bar.code != "store_read_only", "room")
        await person.confirm()
        await person.until(lambda view: view.flash > full.flash, "the booking")
        assert person.kinds(after_seq=seq).count("picked") == 1

    live(tmp_path, lift, play)
    store = Store.open(tmp_path, station="DEMO1", ballast_bytes=0)
    assert store.verify().is_ok
    assert store.stock_matches_log()
    store.close()
