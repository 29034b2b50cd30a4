"""A buffer on the running program: a supplier is late, so its buffer is red for days; the proposal is applied by touch, and the
next signal asks for another quantity. The days before were written by a clock of their own: nothing waits."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.records.pull import LoopSet, SignalMoved, SignalRaised
from db.store import Store
from station import commands as do
from station.jit.buffers import Zone
from station.sample_site import SAMPLE_PEOPLE
from station.values import Role
from station.view.jit import JitFace
from station.view.view import View
from station.view.work import WorkFace
from tests.faults.live_pull import shows, take
from tests.helpers.live import STATION, Person, live, make_site, simulated_lift
from tests.unit.db.made import imported, item, picked, put
from ui.demo.site import BEGUN_MARK, PLAIN_SOURCE, SampleMark

ITEM, LOOP, LATE, NEXT = "LATE-1", "S1", "S1.1", "S1.2"
SHELF = {"machine": "SHELF", "item": ITEM}
SUPERVISOR = next(each for each in SAMPLE_PEOPLE if each.role is Role.SUPERVISOR)


class PastClock:
    """So many days ago, until it is told another day."""

    def __init__(self, days: int) -> None:
        self._now = datetime.now(UTC)
        self.go(days)

    def go(self, days_ago: int) -> None:
        self._at = self._now - timedelta(days=days_ago)

    def __call__(self) -> datetime:
        self._at += timedelta(milliseconds=1)
        return self._at


def make_late_supplier(folder: Path) -> None:
    """Sixty pieces ten days ago; two days later 45 of them went and 50 were asked for, to be there four days ago. None came."""
    names = PLAIN_SOURCE.names
    mark = SampleMark(7, machine=names.machine, before=names.before)
    (folder / BEGUN_MARK).write_text(json.dumps(asdict(mark)), encoding="utf-8")
    clock = PastClock(10)
    with closing(Store.open(folder, station=STATION, clock=clock, ballast_bytes=0)) as store:
        store.import_items([item(ITEM, unit_value=250)], imported("item")).result()
        loop = LoopSet(
            loop=LOOP, item=ITEM, consumer="VLM1", supplier="Brandt", container=10, cards=0, lead_time_min=4 * 1440,
            trigger_at=20, up_to=60,
        )  # fmt: skip
        store.append([loop, put(60, **SHELF)]).result()
        clock.go(8)
        need_by = (clock() + timedelta(days=4)).isoformat(timespec="microseconds")
        asked = SignalRaised(
            signal=LATE, item=ITEM, quantity=50, consumer="VLM1", origin="trigger", need_by=need_by, loop=LOOP, supplier="Brandt"
        )
        store.append([picked(45, **SHELF), asked, SignalMoved(signal=LATE, step="send")]).result()


def has_figures(view: View) -> bool:
    return isinstance(view.face, JitFace) and view.face.desk is not None


def test_a_late_supplier_turns_the_buffer_red_and_the_next_signal_asks_by_what_was_applied(tmp_path: Path) -> None:
    with simulated_lift(tmp_path, speed=100.0) as lift:
        make_late_supplier(tmp_path)
        make_site(tmp_path, orders=1)

        async def play(person: Person) -> None:
            store = person.running.store
            await person.sign_on(SUPERVISOR)
            await person.until(lambda view: isinstance(view.face, WorkFace) and bool(view.face.orders), "the work list")
            person.running.station.give(do.OpenJit())
            view = await person.until(has_figures, "the figures, made by another process")
            assert isinstance(view.face, JitFace)
            assert view.face.desk is not None
            (red,) = view.face.desk.buffers
            assert (red.loop.loop, red.on_hand, red.size, red.zone) == (LOOP, 15, 60, Zone.RED)
            assert red.change is not None
            assert (red.change.after, red.change.pieces, red.change.money) == (80, 20, 20 * 250)
            await person.hands.tap(f"jit_{LOOP}")
            await person.until(lambda view: isinstance(view.face, JitFace) and view.face.ask is not None, "the question")
            await person.hands.tap("choice_apply")
            await person.until_bar("buffer_applied")
            (loop,) = store.loops()
            assert (loop.trigger_at, loop.up_to) == (27, 80)
            assert store.signal(NEXT) is None  # what is asked for already is not asked for twice
            await person.until(has_figures, "the figures, made anew")
            take(person, tmp_path, "steps.csv", f"signal,step,reason\n{LATE},cancel,late\n")
            person.running.station.give(do.ClosePage())
            await person.until(lambda view: isinstance(view.face, WorkFace), "the work list again")
            person.running.station.give(do.OpenPull())
            await person.until(lambda view: shows(view, NEXT, "signalled"), "the next signal on the board")
            after = store.signal(NEXT)
            assert after is not None
            assert after.quantity == 70  # up to 80; by the old buffer it was 50
            kinds = person.kinds()
            assert kinds.count("buffer_set") == 1
            assert store.verify().is_ok

        live(tmp_path, lift, play)
