"""The probe: what it takes for the answer to an act, and what it calls a stall."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from station.view.message import Message
from station.view.sign_on import LockedFace, SignOnFace
from station.view.status import DeviceLight, Light
from station.view.view import View
from ui.probe import TICK_S, Act, Probe, Spread, memory_mb, seconds_since_process_start


@dataclass
class Loop:
    """A clock and a list of what shall run later; `lag_s` is how late the loop comes back."""

    now_s: float = 0.0
    waiting: list[tuple[float, Callable[[], None]]] = field(default_factory=list)

    def later(self, delay_s: float, call: Callable[[], None]) -> Loop:
        self.waiting = [(self.now_s + delay_s, call)]
        return self

    def cancel(self) -> None:
        self.waiting = []

    def run(self, *, lag_s: float = 0.0) -> None:
        """Let the waiting call come, late by `lag_s`."""
        (due_s, call), self.waiting = self.waiting[0], []
        self.now_s = due_s + lag_s
        call()


def view(token: int = 1, flash: int = 0) -> View:
    return View(
        token=token,
        station="B1",
        machine="VLM1",
        bay="SH1-1",
        simulated="",
        operator=None,
        lights=(DeviceLight("machine", Light.GOOD),),
        face=SignOnFace(step="badge"),
        bar=Message("scan_badge"),
        flash=flash,
    )


def probe_on(loop: Loop) -> Probe:
    return Probe(later=loop.later, clock=lambda: loop.now_s)


def test_scan_is_answered_by_the_next_painted_view() -> None:
    loop = Loop()
    probe, before = probe_on(loop), view()
    probe.begin(Act.SCAN, before)
    loop.now_s = 0.100  # the burst itself is the scanner's time, not ours
    probe.sent()
    loop.now_s = 0.112
    probe.painted(replace(before, token=2))
    assert [round(each, 3) for each in probe.scan_ms] == [12.0]


def test_repaint_of_the_same_view_is_no_answer() -> None:
    loop = Loop()
    probe, before = probe_on(loop), view()
    probe.begin(Act.SCAN, before)
    probe.painted(before)
    assert probe.scan_ms == []


def test_confirm_is_answered_only_when_the_booking_is_shown() -> None:
    loop = Loop()
    probe, before = probe_on(loop), view(flash=4)
    probe.begin(Act.CONFIRM, before)
    loop.now_s = 0.005
    probe.painted(view(token=2, flash=4))  # "booking ..." is not the next instruction
    loop.now_s = 0.020
    probe.painted(view(token=3, flash=5))
    assert [round(each, 3) for each in probe.confirm_ms] == [20.0]


def test_an_act_is_measured_once() -> None:
    loop = Loop()
    probe, before = probe_on(loop), view()
    probe.begin(Act.SCAN, before)
    probe.painted(view(token=2))
    probe.painted(view(token=3))
    assert len(probe.scan_ms) == 1


def test_a_touch_is_followed_to_the_screen_it_leads_to() -> None:
    loop = Loop()
    probe, before = probe_on(loop), view()
    probe.begin(Act.TOUCH, before)
    loop.now_s = 0.005
    probe.painted(view(token=2))  # the button's own wait, on the same screen
    loop.run()
    loop.now_s = 0.040
    probe.painted(replace(before, token=3, face=LockedFace(step="badge", owner="", tray=None)))
    probe.painted(replace(before, token=4, face=SignOnFace(step="badge")))
    assert [round(each, 3) for each in probe.screen_ms] == [40.0]


def test_a_scan_is_no_change_of_screens() -> None:
    loop = Loop()
    probe, before = probe_on(loop), view()
    probe.begin(Act.TOUCH, before)
    probe.begin(Act.SCAN, before)
    probe.painted(replace(before, token=3, face=LockedFace(step="badge", owner="", tray=None)))
    assert probe.screen_ms == []


def test_loop_that_comes_back_late_is_a_stall() -> None:
    loop = Loop()
    probe = probe_on(loop)
    probe.begin(Act.TOUCH, view())
    loop.run()
    loop.run(lag_s=0.030)
    loop.run()
    probe.close()
    assert [round(each) for each in probe.stall_ms] == [30]
    assert probe.stalled_share == 1.0


def test_punctual_loop_has_no_stall() -> None:
    loop = Loop()
    probe = probe_on(loop)
    probe.begin(Act.TOUCH, view())
    for _ in range(20):
        loop.run()
    probe.close()
    assert probe.stall_ms[0] < TICK_S
    assert probe.stalled_share == 0.0


def test_nothing_ticks_once_the_answer_is_painted() -> None:
    loop = Loop()
    probe, before = probe_on(loop), view()
    probe.begin(Act.SCAN, before)
    probe.painted(view(token=2))
    loop.run()
    assert loop.waiting == []


def test_unanswered_act_is_not_watched_for_ever() -> None:
    loop = Loop()
    probe = probe_on(loop)
    probe.begin(Act.TOUCH, view())
    loop.run(lag_s=0.6)
    assert loop.waiting == []


def test_spread_gives_values_that_were_measured() -> None:
    assert Spread.of([float(each) for each in range(1, 101)]) == Spread(p50=50.0, p99=99.0, max=100.0)
    assert Spread.of([7.0]) == Spread(7.0, 7.0, 7.0)
    assert Spread.of([]) == Spread(0.0, 0.0, 0.0)


def test_memory_and_age_of_this_process_are_believable() -> None:
    gc.collect()
    assert 10 < memory_mb() < 4000
    first = seconds_since_process_start()
    assert 0 < first <= seconds_since_process_start() < 3600
