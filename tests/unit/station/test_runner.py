"""The running station on a plain loop, with devices and a store in memory: answers come back as inputs, nothing is left over."""

import asyncio
import threading
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from types import SimpleNamespace

import pytest

from db.records.machine import MotionEnded, MotionIntended
from db.records.program import StationStarted, StationStopped
from hardware.aiming.calibration import Calibration
from hardware.errors import LINE_DOWN
from hardware.values import (
    Beep,
    DisplayLink,
    LiftStatus,
    LightLink,
    LineHealth,
    LinkDown,
    LinkUp,
    MotionResult,
    Outcome,
    ScaleLink,
    ScaleRead,
    ScanRead,
)
from station import commands as do
from station.calibration_file import TaughtPointer
from station.chores import Chore
from station.core.effects import KeepCalibration
from station.core.state import Rules
from station.custody import Verb
from station.flows.sign_on import BadgeFound, PinChecked
from station.panel import panel_of
from station.runner.parts import Parts
from station.runner.station import Station
from station.scan_form import ScanForm
from station.scan_forms import ScanForms
from station.store_watch import StoreWatch
from station.values import HeldLease, Order, OrderKind, OrderLine, SyncState, SyncStatus
from station.view.action import Action
from station.view.sign_on import LockedFace, SignOnFace
from station.view.task import TaskFace
from station.view.tray import UnknownTrayFace
from station.view.work import WorkFace
from tests.helpers.bay_memory import memory_of
from tests.helpers.fake_store import DISK_FULL, NOON
from tests.helpers.fake_sync import FakeSync
from tests.helpers.sample import BOLT, FUSE, MACHINE, MARA, NUT
from tests.helpers.world import OPENING, filled_store

PATIENCE_S = 5.0


@dataclass
class Bay:
    """A lift that brings what it is asked for, and a scanner; `sent` is what left for the machine."""

    sent: list[tuple[str, int]] = field(default_factory=list)
    is_open: bool = False
    listeners: list = field(default_factory=list)

    reports_tray: bool = False
    takes_next_tray: bool = True
    wishes: list[int | None] = field(default_factory=list)
    questions: int = 0

    async def status(self):
        """Who asks a lift that has just brought a tray hears that it is there."""
        self.questions += 1
        fetched = [tray for verb, tray in self.sent if verb == "fetch"]
        return LiftStatus(ready=True, tray=fetched[-1] if fetched else None)

    async def open(self):
        self.is_open = True

    async def close(self):
        self.is_open = False

    def subscribe(self, listener):
        self.listeners.append(listener)
        listener(LinkUp())
        return lambda: self.listeners.remove(listener)

    async def fetch(self, command):
        self.wishes.append(command.next_tray)
        return self._done("fetch", command)

    async def store(self, command):
        return self._done("store", command)

    async def point(self, command):
        return self._done("point", command)

    def _done(self, verb, command):
        self.sent.append((verb, command.tray))
        return MotionResult(command_id=command.command_id, outcome=Outcome.DONE, tray=command.tray, is_lit=True)


STANDING_CLOCKS = {"utc": lambda: NOON, "elapsed_s": lambda: 0.0}
ISLAND = SyncStatus(state=SyncState.ISLAND, since=NOON, depth=3, oldest_at=NOON, at=NOON)


class Gate:
    """Everybody's badge and PIN are right at once."""

    def find_badge(self, text):
        return BadgeFound(MARA if text == MARA.person else None)

    def is_badge(self, text):
        return text in (MARA.person, "0004711-JONAS")

    async def check_pin(self, effect, readers, utc):
        return PinChecked("ok")


class Running:
    """A started station; `until` waits for a view by its own announcements, never by sleeping."""

    def __init__(self, store, *, reports_tray=False, takes_next_tray=True, **changes):
        self.store, self.lift = store, Bay(reports_tray=reports_tray, takes_next_tray=takes_next_tray)
        given = {"station": "S1", "opening": OPENING, "machine": MACHINE, "simulated": "", **STANDING_CLOCKS, **changes}
        self.station = Station(Parts(ledger=store, library=store, lift=self.lift, gate_keeper=Gate(), **given))

    async def __aenter__(self):
        await self.station.start()
        return self

    async def __aexit__(self, *_):
        await self.station.stop()

    async def until(self, holds):
        seen = asyncio.Event()
        unsubscribe = self.station.subscribe(lambda view: seen.set() if holds(view) else None)
        try:
            await asyncio.wait_for(seen.wait(), PATIENCE_S)
        finally:
            unsubscribe()
        return self.station.view

    async def sign_on(self):
        self.station.scan(MARA.person, "wedge")
        await self.until(lambda view: getattr(view.face, "step", "") == "pin")
        self.station.give(do.EnterPin("123456"))
        return await self.until(lambda view: view.operator is not None and not isinstance(view.face, SignOnFace | LockedFace))

    async def at_first_task(self):
        await self.sign_on()
        await self.until(lambda view: isinstance(view.face, WorkFace) and view.face.orders)
        self.station.give(do.StartOrders(("O1",)))
        asked = await self.until(lambda view: getattr(view.face, "ask", None) is not None)  # one line's item is nowhere
        self.station.give(do.Choose(asked.token, "report_short"))
        return await self.until(can_confirm)


def can_confirm(view):
    return isinstance(view.face, TaskFace) and view.face.is_here and view.face.offers[0].is_allowed


def is_at_task(view):
    return isinstance(view.face, TaskFace) and view.face.is_here and view.face.item is not None


def can_fetch_again(view):
    return isinstance(view.face, TaskFace) and any(each.action is Action.FETCH_AGAIN for each in view.face.offers)


def kinds(store):
    return [record.kind for record in store.written]


def run(day, store=None, **changes):
    """Live through it; afterwards no task of the station is left."""

    async def whole():
        async with Running(store or filled_store(), **changes) as running:
            await day(running)
        left = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        assert left == []
        return running

    return asyncio.run(whole())


def test_a_day_is_opened_and_closed_in_the_record_and_the_ports_are_closed():
    async def day(running):
        assert running.lift.is_open

    running = run(day)
    assert [type(each) for each in running.store.written if each.kind != "link"] == [StationStarted, StationStopped]
    assert (running.lift.is_open, running.lift.listeners) == (False, [])


def test_what_the_first_dated_label_needs_is_loaded_after_the_start_and_not_at_the_loop(monkeypatch):
    loaded = threading.Event()
    threads = []

    def load():
        threads.append(threading.current_thread().name)
        loaded.set()

    monkeypatch.setattr("station.codes.ahead.load", load)

    async def day(running):
        assert await asyncio.to_thread(loaded.wait, PATIENCE_S)

    run(day)
    assert [name.startswith("reader") for name in threads] == [True]


def test_a_step_of_the_clock_is_an_event_once(expect_log):
    expect_log("the clock stepped by -3600.0 s")
    now = [NOON, 0.0]

    async def day(running):
        running.station._on_tick()
        now[:] = NOON - timedelta(minutes=59), 60.0
        running.station._on_tick()
        running.station._on_tick()

    running = run(day, utc=lambda: now[0], elapsed_s=lambda: now[1])
    (step,) = [each for each in running.store.written if each.kind == "clock_stepped"]
    assert (step.before, step.after) == ("2026-03-03T12:01:00.000000+00:00", "2026-03-03T11:01:00.000000+00:00")
    assert (step.step_ms, step.seen) == (-3_600_000, "watched")


@pytest.mark.parametrize(("wanted", "can_be_told"), [(True, True), (True, False), (False, True)])
def test_the_next_tray_is_named_where_the_settings_want_it_and_the_machine_can_be_told(wanted, can_be_told):
    async def day(running):
        await running.at_first_task()

    running = run(day, takes_next_tray=can_be_told, rules=Rules(may_prefetch=wanted))
    (wish,) = running.lift.wishes
    assert (wish is not None) is (wanted and can_be_told)
    (intent,) = [each for each in running.store.written if each.kind == "motion_intended"]
    assert intent.next_tray == wish


def test_started_work_brings_its_tray_and_a_touch_books_it():
    async def day(running):
        view = await running.at_first_task()
        assert running.lift.sent[0] == ("fetch", view.face.tray)
        running.station.give(do.Confirm(view.token))
        before = view.flash
        view = await running.until(lambda view: view.flash == before + 1)
        assert view.flashed.code == "booked_pick"

    running = run(day)
    written = kinds(running.store)
    assert written.count("picked") == 1
    assert written.index("motion_intended") < written.index("motion_ended") < written.index("picked")


class Slow(Bay):
    """A lift that is still on its way when its port is closed, and says then that nobody knows its end."""

    under_way = None

    async def fetch(self, command):
        self.sent.append(("fetch", command.tray))
        self.command, self.under_way = command, asyncio.get_running_loop().create_future()
        return await self.under_way

    async def close(self):
        await super().close()
        self.under_way.set_result(
            MotionResult(command_id=self.command.command_id, outcome=Outcome.UNKNOWN, code=LINE_DOWN, tray=self.command.tray)
        )


def test_a_command_in_flight_at_the_stop_has_its_end_in_the_record():
    async def day(running):
        running.lift.__class__ = Slow
        await running.sign_on()
        await running.until(lambda view: isinstance(view.face, WorkFace) and view.face.orders)
        running.station.give(do.StartOrders(("O4",)))
        await running.until(lambda view: running.lift.under_way is not None)

    written = run(day).store.written
    (intent,) = [each for each in written if isinstance(each, MotionIntended)]
    (end,) = [each for each in written if isinstance(each, MotionEnded)]
    assert (end.command, end.outcome, end.code) == (intent.command, "unknown", LINE_DOWN)
    assert written.index(end) < [each.kind for each in written].index("station_stopped")


def test_a_correction_that_the_book_did_not_need_keeps_its_reason_and_the_work_goes_on():
    async def day(running):
        view = await running.at_first_task()
        left = view.face.book
        for make in (do.NotEnough, lambda token: do.EnterNumber(token, 0), lambda token: do.Choose(token, "not_reachable")):
            running.station.give(make(running.station.view.token))
        running.station.give(do.EnterNumber(running.station.view.token, left))
        after = await running.until(lambda now: now.flash > view.flash or now.face != view.face)
        await running.until(lambda now: isinstance(now.face, TaskFace) and (now.face.item, now.face.tray) != (BOLT, 4))
        assert after.face.ask is None
        assert [(each.delta, each.reason) for each in running.store.written if each.kind == "corrected"] == [(0, "not_reachable")]

    run(day)


def test_a_second_tap_books_nothing_more():
    async def day(running):
        view = await running.at_first_task()
        running.station.give(do.Confirm(view.token))
        running.station.give(do.Confirm(view.token))
        await running.until(lambda after: after.flash > view.flash)

    assert kinds(run(day).store).count("picked") == 1


def test_a_badge_scanned_as_a_lot_is_refused_and_the_lot_is_still_asked():
    store = filled_store()
    store.orders["O6"] = replace(store.orders["O6"], lines=store.orders["O6"].lines[1:])

    async def day(running):
        await running.sign_on()
        await running.until(lambda view: isinstance(view.face, WorkFace) and view.face.orders)
        running.station.give(do.StartOrders(("O6",)))
        view = await running.until(can_confirm)
        running.station.give(do.Confirm(view.token))
        running.station.scan("0004711-JONAS", "wedge")
        view = await running.until(lambda view: view.bar.code == "badge_not_needed")
        assert (view.face.ask.code, "0004711" in repr(view)) == ("which_lot", False)
        running.station.scan("L7", "wedge")
        await running.until(lambda after: after.flash > view.flash)

    run(day, store)
    assert [each.lot for each in store.written if each.kind == "put"] == ["L7"]
    assert "0004711" not in repr(store.log)


def test_a_badge_scanned_at_an_open_task_is_refused_and_noted_without_any_of_its_characters():
    async def day(running):
        await running.at_first_task()
        running.station.scan("0004711-JONAS", "wedge")
        view = await running.until(lambda view: view.bar.code == "badge_not_needed")
        assert view.face.is_locked
        assert "0004711" not in repr(view)

    store = run(day).store
    assert [each.what for each in store.written if each.kind == "scan_refused"] == ["badge"]
    assert "0004711" not in repr(store.log)


@dataclass
class Hand:
    """A scanner on a line of its own; `read` is what its driver says."""

    name: str = "hand"
    listeners: list = field(default_factory=list)
    beeps: list = field(default_factory=list)

    async def open(self):
        self.is_open = True

    async def close(self):
        self.is_open = False

    def subscribe(self, listener):
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def beep(self, kind):
        self.beeps.append(kind)

    def read(self, text, *, at_s):
        for listener in self.listeners:
            listener(ScanRead(text, "scanner", at_s))


def read_by(running, source, hand):
    """How this source reads a code at a time of its own clock."""
    if source == "scanner":
        return hand.read
    return lambda text, *, at_s: running.station.scan(text, "wedge", at_s=at_s)


@pytest.mark.parametrize("source", ["wedge", "scanner"])
def test_a_label_read_twice_books_one_of_two_orders_from_one_compartment(source):
    store, hand = filled_store(), Hand()
    line = {"line": "1", "item": NUT.code, "quantity": 1}
    store.orders = {name: Order(order=name, kind=OrderKind.PICK, lines=(OrderLine(order=name, **line),)) for name in ("OA", "OB")}

    async def day(running):
        await running.sign_on()
        await running.until(lambda view: isinstance(view.face, WorkFace) and view.face.orders)
        running.station.give(do.StartOrders(("OA", "OB")))
        view = await running.until(can_confirm)
        read = read_by(running, source, hand)
        read(NUT.code, at_s=70.0)
        view = await running.until(lambda after: after.flash > view.flash and can_confirm(after))
        assert view.face.order == "OB"
        read(NUT.code, at_s=70.16)
        assert running.station.view == view
        read(NUT.code, at_s=70.6)
        await running.until(lambda after: after.flash > view.flash)

    assert kinds(run(day, store, scanners=(hand,)).store).count("picked") == 2


def test_the_scanner_that_read_a_code_says_itself_what_became_of_it():
    hand, other = Hand(), Hand()

    async def day(running):
        await running.at_first_task()
        hand.read("NOT-THIS", at_s=70.0)
        assert hand.beeps == [Beep.WRONG]
        hand.read("NOT-THIS", at_s=70.1)  # the trigger bounced: nothing new is said
        assert hand.beeps == [Beep.WRONG]
        hand.read(running.station.view.face.item.code, at_s=71.0)
        assert hand.beeps == [Beep.WRONG, Beep.ACCEPTED]

    run(day, scanners=(hand, other))
    assert other.beeps == []


def test_what_was_taught_of_a_scanner_is_read_so_at_once():
    hand, forms = Hand(), ScanForms()

    async def day(running):
        await running.at_first_task()
        code = running.station.view.face.item.code
        forms.keep("scanner", ScanForm(prefix="S1-"))
        hand.read(f"S1-{code}", at_s=70.0)
        assert hand.beeps == [Beep.ACCEPTED]
        assert running.station.scan_form("scanner") == ScanForm(prefix="S1-")

    run(day, scanners=(hand,), forms=forms)


def test_the_pointer_aims_by_what_was_written_and_not_by_what_the_disk_refused(tmp_path, expect_log):
    expect_log("was not written")
    there, nowhere = (TaughtPointer(folder / "pointer.json", Calibration()) for folder in (tmp_path, tmp_path / "gone"))
    another, known = Calibration(tray_heights={4: 80}), []

    async def day(running):
        running.station._executor.carry_out(KeepCalibration(another))
        while asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()})
        known.append(running.station._state.taught)

    run(day, taught=there)
    run(day, taught=nowhere)
    assert known == [another, Calibration()]
    assert (there.calibration, nowhere.calibration) == (another, Calibration())


def test_a_scanner_says_nothing_of_what_another_read():
    hand = Hand()

    async def day(running):
        await running.at_first_task()
        hand.read("NOT-THIS", at_s=70.0)
        running.station.scan("NOR-THIS", "wedge", at_s=80.0)
        assert hand.beeps == [Beep.WRONG]

    run(day, scanners=(hand,))


@pytest.mark.parametrize("source", ["wedge", "scanner"])
def test_a_label_read_twice_is_one_piece_where_each_is_scanned(source):
    hand = Hand()

    async def day(running):
        await running.sign_on()
        await running.until(lambda view: isinstance(view.face, WorkFace) and view.face.orders)
        running.station.give(do.StartOrders(("O4",)))
        view = await running.until(is_at_task)
        while view.face.item != FUSE:
            running.station.give(do.Skip(view.token))
            view = await running.until(lambda view: is_at_task(view) and view.face.item == FUSE)
        read = read_by(running, source, hand)
        read(FUSE.code, at_s=70.0)
        read(FUSE.code, at_s=70.16)
        assert running.station.view.face.scanned == 1
        read(FUSE.code, at_s=70.6)
        await running.until(lambda after: after.flash > view.flash)

    picked = [each for each in run(day, scanners=(hand,)).store.written if each.kind == "picked"]
    assert [each.quantity for each in picked] == [2]


def test_a_booking_the_disk_refuses_leaves_the_line_as_it_was(expect_log):
    expect_log("a booking was not written")
    expect_log("the stop could not be written")

    async def day(running):
        view = await running.at_first_task()
        running.store.refuses = DISK_FULL
        running.station.give(do.Confirm(view.token))
        after = await running.until(lambda view: view.is_read_only)
        assert (after.flash, after.face.compartment, after.bar.code) == (view.flash, view.face.compartment, "store_read_only")

    assert "picked" not in kinds(run(day).store)


def test_what_the_chores_find_of_the_store_is_shown_and_taken_back():
    watch = StoreWatch()

    async def day(running):
        await running.sign_on()
        await running.until(lambda view: isinstance(view.face, WorkFace) and view.face.orders)
        watch.tell_room("D423")
        view = await running.until(lambda view: view.bar.code == "disk_nearly_full")
        assert [(each.light.value, each.code) for each in view.lights if each.device == "store"] == [("bad", "D423")]
        watch.tell_room("")
        await running.until(lambda view: view.bar.code != "disk_nearly_full")

    run(day, watch=watch)


def test_a_tray_that_leaves_while_the_station_is_stopped_is_followed_by_no_other():
    """The last chores may take ten seconds; the person who closed the program does not look at the opening any more."""
    store, gate, last_turn = filled_store(), asyncio.Event(), threading.Event()
    came = MotionEnded(
        command=1, verb=str(Verb.FETCH), machine=MACHINE, opening=OPENING, tray=6, outcome=Outcome.DONE.value, visit=1
    )
    store.memory = memory_of([came], machine=MACHINE, opening=OPENING)

    async def slow_store(command):
        running.lift.sent.append(("store", command.tray))
        await gate.wait()
        return MotionResult(command_id=command.command_id, outcome=Outcome.DONE)

    async def day():
        await running.station.start()
        running.lift.store = slow_store
        await running.sign_on()
        await running.until(lambda view: isinstance(view.face, WorkFace) and view.face.orders)
        running.station.give(do.StartOrders(("O1",)))
        asked = await running.until(lambda view: getattr(view.face, "ask", None) is not None)
        running.station.give(do.Choose(asked.token, "report_short"))
        await running.until(lambda view: running.lift.sent == [("store", 6)])
        stopping = asyncio.create_task(running.station.stop())
        await asyncio.sleep(0)
        gate.set()
        await running.until(lambda view: running.station._state.custody.motion is None)
        last_turn.set()
        await stopping

    running = Running(store, chores=(Chore("slow", 999.0, lambda: last_turn.wait(PATIENCE_S), ends_with=True),))
    asyncio.run(day())
    assert running.lift.sent == [("store", 6)]
    (end,) = [each for each in store.written if isinstance(each, MotionEnded)]
    assert (end.verb, end.outcome) == ("store", "done"), "what was under way is written to its end"


def test_a_command_that_has_not_left_when_the_station_is_stopped_does_not_leave():
    async def day(running):
        await running.at_first_task()
        del running.lift.sent[:]
        running.station._on_idle()
        assert running.station._state.custody.motion is not None, "the light is to go out"

    running = run(day)
    assert running.lift.sent == []
    written = kinds(running.store)
    assert written.count("motion_intended") == written.count("motion_ended")


def test_an_idle_screen_locks_and_the_tray_stays():
    async def day(running):
        await running.at_first_task()
        sent = len(running.lift.sent)
        running.station._on_idle()
        view = await running.until(lambda view: isinstance(view.face, LockedFace))
        assert view.face.tray is not None
        assert running.lift.sent[sent:] == [("point", view.face.tray)], "the light goes out, and nothing else is asked"

    assert "unattended" in kinds(run(day).store)


def test_a_motion_of_the_last_run_whose_end_nobody_saw_is_asked_about_and_not_repeated():
    store = filled_store()
    intent = MotionIntended(command=8, verb=str(Verb.FETCH), machine=MACHINE, opening=OPENING, tray=4)
    store.memory = memory_of([intent], machine=MACHINE, opening=OPENING)

    async def day(running):
        view = await running.sign_on()
        assert isinstance(view.face, UnknownTrayFace)
        assert (view.face.expected, view.face.verb) == (4, "fetch")

    assert run(day, store).lift.sent == []


def test_open_work_of_the_last_run_is_shown_again_and_moves_nothing_without_a_touch():
    store = filled_store()

    async def before(running):
        await running.at_first_task()

    run(before, store)
    store.memory = memory_of(store.written, machine=MACHINE, opening=OPENING)

    async def after(running):
        await running.sign_on()
        view = await running.until(can_fetch_again)
        assert running.lift.sent == []
        running.station.give(do.FetchAgain(view.token))
        view = await running.until(can_confirm)
        assert (view.face.order, view.face.item) == ("O1", BOLT)

    again = run(after, store)
    assert "picked" not in kinds(store)
    assert {verb for verb, _ in again.lift.sent} == {"point"}


def test_a_person_who_is_disabled_from_outside_is_locked_out_at_once():
    async def day(running):
        await running.at_first_task()
        running.store.persons[MARA.person] = replace(MARA, is_active=False)
        running.station.site_changed()
        view = await running.until(lambda view: isinstance(view.face, LockedFace))
        assert view.face.is_closed

    run(day)


def test_a_lift_that_can_tell_is_asked_after_the_start_and_when_its_line_is_back():
    async def day(running):
        view = await running.at_first_task()
        assert running.lift.questions == 1
        for tell in running.lift.listeners:
            tell(LinkDown("L101"))
            tell(LinkUp())
        assert not can_confirm(running.station.view)
        await running.until(can_confirm)
        assert running.lift.questions == 2
        assert running.lift.sent == [("fetch", view.face.tray)], "nothing moves because of an answer"

    run(day, reports_tray=True)


class Pointer:
    """A light that tells in the lift's own list when it was lit and when not."""

    def __init__(self):
        self.told = []

    async def open(self):
        self.told.append("open")

    async def close(self):
        self.told.append("closed")

    def subscribe(self, listener):
        listener(LightLink("pointer", True))
        return lambda: None

    async def point_at(self, point, *, tray):
        self.told.append(("lit", tray))

    async def dark(self):
        self.told.append("dark")


def test_the_pointer_is_dark_before_every_command_and_lit_after_it_while_somebody_is_here():
    pointer = Pointer()

    async def day(running):
        running.lift.sent = pointer.told
        await running.at_first_task()
        running.station.give(do.LockScreen())
        await running.until(lambda view: isinstance(view.face, LockedFace))

    run(day, pointer=pointer)
    told = pointer.told
    assert told[-1] == "closed"
    fetched, lit = told.index(("fetch", 4)), told.index(("lit", 4))
    assert told[fetched - 1] == "dark"
    assert lit > fetched
    assert "dark" in told[lit:]


class Bar:
    """A text display; while it is not `free` no call of it returns."""

    def __init__(self, told):
        self.told, self.free, self.shown = told, asyncio.Event(), asyncio.Event()
        self.free.set()

    async def open(self):
        pass

    async def close(self):
        self.told.append("closed")

    def subscribe(self, listener):
        listener(DisplayLink(True))
        return lambda: None

    async def show(self, upper, lower, *, live=""):
        await self.free.wait()
        self.told.append((upper, lower, live))
        self.shown.set()

    async def clear(self):
        await self.free.wait()
        self.told.append("clear")

    async def alarm(self, text):
        await self.free.wait()


class Unlit(Bay):
    """A lift without a light."""

    def _done(self, verb, command):
        return replace(super()._done(verb, command), is_lit=False)


@pytest.mark.parametrize("kind", [Bay, Unlit])
def test_the_text_stands_after_the_tray_has_come_and_goes_with_the_person(kind):
    told = []
    bar = Bar(told)

    async def day(running):
        running.lift.__class__, running.lift.sent = kind, told
        view = await running.at_first_task()
        place = (view.face.compartment, BOLT.code, "6 pcs")
        await asyncio.wait_for(bar.shown.wait(), PATIENCE_S)
        assert told == [("fetch", 4), place]
        running.station.give(do.LockScreen())
        await running.until(lambda view: isinstance(view.face, LockedFace))
        assert "clear" in told[2:]
        bar.shown.clear()
        running.station.scan(MARA.person, "wedge")
        await asyncio.wait_for(bar.shown.wait(), PATIENCE_S)
        assert told[-1] == place

    run(day, display=bar, mono_s=count().__next__)  # a second badge is no double read
    assert told[-2:] == ["clear", "closed"]


def test_a_text_display_that_hangs_holds_up_no_motion_and_no_booking():
    display = Bar([])

    async def day(running):
        display.free.clear()
        view = await running.at_first_task()
        running.station.give(do.Confirm(view.token))
        await running.until(lambda after: after.flash > view.flash)
        assert display.told == []
        assert {"motion_intended", "motion_ended", "picked"} <= set(kinds(running.store))
        display.free.set()

    run(day, display=display)
    assert display.told[-2:] == ["clear", "closed"]


class Pan:
    """A scale that has answered."""

    def __init__(self):
        self.listeners, self.is_open = [], False

    async def open(self):
        self.is_open = True

    async def close(self):
        self.is_open = False

    def subscribe(self, listener):
        self.listeners.append(listener)
        listener(ScaleLink(True))
        return lambda: self.listeners.remove(listener)

    def read(self, weight_mg):
        for listener in self.listeners:
            listener(ScaleRead(weight_mg=weight_mg, step_mg=100, is_stable=True))


def weighing_of(view):
    return getattr(view.face, "weighing", None)


def test_a_weight_is_learnt_through_the_store_and_the_scale_is_closed_with_the_station():
    scale = Pan()

    async def day(running):
        await running.at_first_task()
        assert scale.is_open
        running.station.give(do.NotEnough(running.station.view.token))
        await running.until(lambda view: weighing_of(view) and weighing_of(view).why == "scale_busy")
        scale.read(41_000)
        await running.until(lambda view: weighing_of(view).why == "scale_not_learnt")
        running.station.give(do.TeachWeight(running.station.view.token))
        running.station.give(do.EnterNumber(running.station.view.token, 10))
        view = await running.until(lambda view: weighing_of(view).is_sure)
        assert (weighing_of(view).pieces, view.bar.code) == (10, "weight_learnt")

    assert kinds(run(day, scale=scale).store).count("piece_weight_learnt") == 1
    assert (scale.is_open, scale.listeners) == (False, [])


def test_a_weight_that_the_store_refuses_is_not_learnt(expect_log):
    expect_log("what a piece weighs was not written")
    scale = Pan()

    async def day(running):
        await running.at_first_task()
        running.station.give(do.NotEnough(running.station.view.token))
        scale.read(41_000)
        running.station.give(do.TeachWeight(running.station.view.token))
        running.store.refuses = DISK_FULL
        running.station.give(do.EnterNumber(running.station.view.token, 10))
        view = await running.until(lambda view: view.bar.code == "store_read_only")
        assert weighing_of(view).piece_ug == 0
        running.store.refuses = ""

    assert kinds(run(day, scale=scale).store).count("piece_weight_learnt") == 0


def test_the_machine_panel_has_a_row_for_the_scale():
    def line(name):
        return SimpleNamespace(health=lambda: LineHealth(name=name, url="usb:S1"), frames=lambda most: ())

    store = filled_store()
    given = {"station": "S1", "opening": OPENING, "machine": MACHINE, "simulated": "", "gate_keeper": Gate()}
    panel = panel_of(Parts(ledger=store, library=store, lift=line(MACHINE), scale=line("scale"), **given))
    assert [(each.name, each.kind) for each in panel.read("scale").devices] == [(MACHINE, "machine"), ("scale", "scale")]


def test_replication_runs_beside_the_station_and_ends_with_it():
    port, store = FakeSync(ISLAND), filled_store()
    store.leased = (HeldLease("O1", NOON),)

    async def day(running):
        assert port.is_running
        await running.until(lambda view: view.sync is not None and view.sync.state is SyncState.ISLAND)
        running.station.give(do.TryNow())
        running.station.give(do.TryNow())
        assert port.woken == 1
        running.station.give(do.LookAtSite())
        await running.until(lambda view: view.sync.leases == store.leased)
        port.say(SyncStatus(state=SyncState.ONLINE, at=NOON))
        shown = await running.until(lambda view: view.sync.state is SyncState.ONLINE)
        assert not shown.sync.is_trying

    run(day, store, sync=port)
    assert not port.is_running
    port.say(ISLAND)  # a thread that was left behind says something more: nobody listens


def test_what_comes_down_from_the_site_is_read_at_once():
    port, store = FakeSync(), filled_store()

    async def day(running):
        await running.sign_on()
        await running.until(lambda view: isinstance(view.face, WorkFace) and view.face.orders)
        del store.orders["O1"]
        port.say_changed()
        await running.until(lambda view: "O1" not in [each.order for each in view.face.orders])

    run(day, store, sync=port)
