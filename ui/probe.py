"""Measures the station as its operator feels it: from his scan or tap to the painted answer, and how the event loop kept up.

A scan counts from its last key to the first painted view that follows it; a tap on Confirm from its release to the painted view
that shows the booking and the next instruction; a touch that leads to another screen to that screen's first painted view. While
an answer is awaited the loop is asked to come back every TICK_S: what it comes back later than that is a stall that this action
met. Nothing is measured, and nothing ticks, between actions.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Protocol

from station.view.view import View

TICK_S = 0.002
LONGEST_WATCH_S = 0.5  # an action that nothing answers (a second tap) is watched no longer
NOTICED_STALL_MS = 16.0  # one frame at 60 Hz
KIB_PER_MIB = 1024


class Act(Enum):
    """What a person did."""

    SCAN = "scan"
    CONFIRM = "confirm"
    TOUCH = "touch"


class Handle(Protocol):
    def cancel(self) -> None: ...


Later = Callable[[float, Callable[[], None]], Handle]
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Spread:
    """The distribution of a measured time, in ms. Zero where nothing was measured."""

    p50: float
    p99: float
    max: float

    @classmethod
    def of(cls, values_ms: Sequence[float]) -> Spread:
        if not values_ms:
            return cls(0.0, 0.0, 0.0)
        ordered = sorted(values_ms)
        return cls(_rank(ordered, 0.50), _rank(ordered, 0.99), round(ordered[-1], 2))


def _rank(ordered: Sequence[float], share: float) -> float:
    """The nearest-rank percentile: a value that was really measured."""
    return round(ordered[max(0, math.ceil(share * len(ordered)) - 1)], 2)


@dataclass(slots=True)
class _Watch:
    """One action that waits for its answer."""

    act: Act
    begun_s: float
    before: View | None
    last_tick_s: float
    stall_s: float = 0.0
    is_answered: bool = False


@dataclass(slots=True)
class Probe:
    """Told of every act before it happens and of every painted view. `later` is the loop's call_later."""

    later: Later
    clock: Clock = time.perf_counter
    scan_ms: list[float] = field(default_factory=list)
    confirm_ms: list[float] = field(default_factory=list)
    screen_ms: list[float] = field(default_factory=list)
    stall_ms: list[float] = field(default_factory=list)
    _watch: _Watch | None = None
    _touched: _Watch | None = None
    _tick: Handle | None = None

    def begin(self, act: Act, view: View | None) -> None:
        """An act is about to happen on this painted view."""
        self._end()
        now = self.clock()
        self._watch = _Watch(act, now, view, now)
        self._touched = self._watch if act is Act.TOUCH else None
        self._tick = self.later(TICK_S, self._on_tick)

    def sent(self) -> None:
        """The act's last key or its release is about to leave: the time that counts begins now."""
        if self._watch is not None:
            self._watch.begun_s = self.clock()

    def painted(self, view: View) -> None:
        """A view is on the glass. Ends the watch when it answers the act."""
        self._note_screen(view)
        watch = self._watch
        if watch is None or watch.is_answered or not _answers(watch, view):
            return
        watch.is_answered = True
        took_ms = (self.clock() - watch.begun_s) * 1000
        if watch.act is Act.SCAN:
            self.scan_ms.append(took_ms)
        elif watch.act is Act.CONFIRM:
            self.confirm_ms.append(took_ms)

    def _note_screen(self, view: View) -> None:
        touched = self._touched
        if touched is None or touched.before is None or type(view.face) is type(touched.before.face):
            return
        self._touched = None
        self.screen_ms.append((self.clock() - touched.begun_s) * 1000)

    def close(self) -> None:
        """End the measurement; the last act's stall counts too."""
        self._end()

    @property
    def stalled_share(self) -> float:
        """The share of acts that met a stall a person could notice."""
        if not self.stall_ms:
            return 0.0
        return sum(each > NOTICED_STALL_MS for each in self.stall_ms) / len(self.stall_ms)

    def _on_tick(self) -> None:
        watch = self._watch
        if watch is None:
            return
        now = self.clock()
        watch.stall_s = max(watch.stall_s, now - watch.last_tick_s - TICK_S)
        watch.last_tick_s = now
        if watch.is_answered or now - watch.begun_s > LONGEST_WATCH_S:
            self._end()
        else:
            self._tick = self.later(TICK_S, self._on_tick)

    def _end(self) -> None:
        if self._tick is not None:
            self._tick.cancel()
            self._tick = None
        if self._watch is not None:
            self.stall_ms.append(self._watch.stall_s * 1000)
            self._watch = None


def _answers(watch: _Watch, view: View) -> bool:
    if watch.before is None or view is watch.before:
        return False
    return watch.act is not Act.CONFIRM or view.flash > watch.before.flash


def memory_mb() -> float:
    """Resident memory of this process in MiB (Linux)."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return round(int(line.split()[1]) / KIB_PER_MIB, 1)
    raise OSError("/proc/self/status names no VmRSS")


def seconds_since_process_start() -> float:
    """How long this process exists, by the system's own account (Linux)."""
    import os

    fields = Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    started_s = int(fields[19]) / os.sysconf("SC_CLK_TCK")  # field 22 of proc(5): starttime in ticks since boot
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started_s
