"""A buffer on the running program: a supplier is late, so its buffer is red for days; the proposal is applied by touch, and the
next signal asks for another quantity. The days before were written by a clock of their own: nothing waits."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from station import commands as do
from station.jit.buffers import Zone
from station.sample_site import SAMPLE_PEOPLE
from station.values import Role
from station.view.jit import JitFace
from station.view.view import View
from station.view.work import WorkFace
from tests.faults.live_pull import shows, take
from tests.helpers.late_supplier import LATE, LOOP, NEXT, PastClock, late_supplier
from tests.helpers.live import STATION, Person, live, make_site, simulated_lift
from ui.demo.site import BEGUN_MARK, PLAIN_SOURCE, SampleMark

SUPERVISOR = next(each for each in SAMPLE_PEOPLE if each.role is Role.SUPERVISOR)


def make_late_supplier(folder: Path) -> None:
    """What is to become the sample site, with ten days before it."""
    names = PLAIN_SOURCE.names
    mark = SampleMark(7, machine=names.machine, before=names.before)
    (folder / BEGUN_MARK).write_text(json.dumps(asdict(mark)), encoding="utf-8")
    late_supplier(folder, PastClock(10), station=STATION)


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
