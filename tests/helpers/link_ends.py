"""Both ends of a 3964R line on a fake clock, behind one face: the station's end and the machine's, which share no code."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count

from hardware.line_layer import Trouble
from hardware.link_3964r.procedure import Procedure
from hardware.link_3964r.settings import LinkSettings, settings_of
from hardware.link_3964r.turn import Turn
from hardware.sim.faults import FaultPlan
from hardware.sim.link_3964r.end import End, EndSettings


@dataclass
class Timer:
    act: Callable[[], None] | None

    def cancel(self) -> None:
        self.act = None


class Clock:
    """Time that passes when it is told to. Exact to a tenth of a millisecond."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self._due: list[tuple[float, int, Timer]] = []
        self._order = count()

    def later(self, seconds: float, act: Callable[[], None]) -> Timer:
        return self.at(self.now_s + seconds, act)

    def at(self, at_s: float, act: Callable[[], None]) -> Timer:
        timer = Timer(act)
        heapq.heappush(self._due, (round(at_s, 4), next(self._order), timer))
        return timer

    def run_until(self, end_s: float) -> None:
        while self._due and self._due[0][0] <= end_s:
            at_s, _, timer = heapq.heappop(self._due)
            self.now_s = max(self.now_s, at_s)
            if timer.act is not None:
                timer.act()
        self.now_s = max(self.now_s, end_s)


@dataclass
class Ends:
    """What one end was told and said."""

    delivered: list[bytes] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    frames: list[bytes] = field(default_factory=list)
    retries: int = 0


class StationEnd(Ends):
    """The station's procedure, woken exactly when it is due, as the port's thread does."""

    def __init__(
        self, clock: Clock, say: Callable[[bytes], None], *, settings: LinkSettings, has_room: Callable[[], bool] = lambda: True
    ) -> None:
        super().__init__()
        self._clock = clock
        self._say = say
        self.procedure = Procedure(settings, has_room=has_room)
        self._timer = Timer(None)

    def ready(self) -> None:
        self._take(self.procedure.ready(self._clock.now_s))

    def hear(self, data: bytes) -> None:
        self._take(self.procedure.feed(data, self._clock.now_s))

    def post(self, content: bytes) -> None:
        self._take(self.procedure.send(content, self._clock.now_s))

    def _wake(self) -> None:
        self._take(self.procedure.wake(self.procedure.due_s or self._clock.now_s))  # without the clock's rounding

    def _take(self, turn: Turn) -> None:
        self.delivered += [heard for heard in turn.heard if not isinstance(heard, Trouble)]
        self.troubles += [heard for heard in turn.heard if isinstance(heard, Trouble)]
        self.frames += turn.frames
        self.retries += turn.retries
        self._timer.cancel()
        if self.procedure.due_s is not None:
            self._timer = self._clock.at(self.procedure.due_s, self._wake)
        if turn.write:
            self._say(bytes(turn.write))


class MachineEnd(Ends):
    """The simulator's end."""

    def __init__(
        self,
        clock: Clock,
        say: Callable[[bytes], None],
        *,
        settings: EndSettings,
        plan: FaultPlan | None = None,
        has_room: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__()
        self._end = End(
            say,
            self.delivered.append,
            settings=settings,
            plan=plan or FaultPlan((), seed=0),
            later=clock.later,
            has_room=has_room,
        )
        self.ready, self.hear, self.post = self._end.ready, self._end.hear, self._end.post


AnEnd = StationEnd | MachineEnd


def station_settings(link: str = "3964r", priority: str = "high", char_s: float = 0.0) -> LinkSettings:
    return settings_of(link, priority=priority, char_s=char_s)


def machine_settings(link: str = "3964r", priority: str = "low", char_s: float = 0.0) -> EndSettings:
    settings = EndSettings(is_high=priority == "high", char_s=char_s)
    return settings if link == "3964r" else replace(settings, has_bcc=False, qvz_s=0.55)
