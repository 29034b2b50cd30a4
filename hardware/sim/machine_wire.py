"""What every lift dialect has at the machine's side: clients, time, people at the machine, and what survives a kill.

A dialect is a subclass that says how bytes become requests and happenings become bytes. It must have
- `make_session(client)`: what it keeps of one client (a framer), a `Session` or a subclass of it
- `heard(session, data)`: bytes came from a client, as they came; the machine's time is up to date
- `told(happened)`: something happened to the request in hand
and may have
- `greet(session)`: somebody came
- `powered_on()`: the controller has just started (a first contact to tell, a sequence to forget)
- `spoils` and `spoil(frame, fault)`: which of wrong_checksum, wrong_address, wrong_seq its frames can suffer, and how
- `own_state()`, `own_snapshot()`, `own_restore(state)`: what it keeps beside the machine

It says something with `write(session, frame)`, or with `tell(opening, frame)` to everybody who `serves` that opening.
The machine goes on by itself when a client leaves. What was told with `is_final` when nobody was there to hear goes to the next
client of that opening.
"""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from hardware.sim.device import Act, SimulatedDevice
from hardware.sim.faults import FaultPlan
from hardware.sim.line import Client
from hardware.sim.machine import Happened, Happening, Machine
from hardware.sim.people import People

Clock = Callable[[], float]


@dataclass(slots=True)
class Session:
    """One client, and the openings it has spoken of."""

    client: Client
    openings: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Untold:
    """Something final that nobody was there to hear."""

    opening: str
    frame: bytes


S = TypeVar("S", bound=Session)


class MachineWire(SimulatedDevice, Generic[S]):
    """Speaks for one machine to all its clients. `saved` is called whenever something changed that must survive a kill."""

    faults = frozenset(
        (
            "curtain",
            "e_stop",
            "manual_key",
            "power_cycle_mid_move",
            "overweight",
            "too_high",
            "never_arrive",
            "arrive_early",
            "arrive_wrong_tray",
        )
    )

    def __init__(self, machine: Machine, plan: FaultPlan, *, clock: Clock, saved: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self.machine = machine
        self.plan = plan
        self.clock = clock
        self.saved = saved
        self.sessions: dict[Client, S] = {}
        self.untold: list[Untold] = []
        self.people = People(self)
        self._silenced: set[str] = set()
        self._held: dict[str, Happened] = {}  # starts that are told after the arrival (arrive_early)
        self._timer: asyncio.TimerHandle | None = None

    # --- what a dialect is ---------------------------------------------------------------------------------------------

    @abstractmethod
    def make_session(self, client: Client) -> S:
        """What is kept of one client."""

    @abstractmethod
    def heard(self, session: S, data: bytes) -> None:
        """Bytes came."""

    @abstractmethod
    def told(self, happened: Happened) -> None:
        """Something happened to a request."""

    def greet(self, session: S) -> None:
        """Somebody came."""

    def powered_on(self) -> None:
        """The controller has just started."""

    def spoil(self, frame: bytes, fault: str) -> bytes:
        """The frame as it would be with this fault of `spoils`; the same bytes where it cannot suffer it."""
        return frame

    def own_state(self) -> dict[str, Any]:
        """What a person would see beside the machine's own things. May overwrite them."""
        return {}

    def own_snapshot(self) -> dict[str, Any]:
        return {}

    def own_restore(self, state: dict[str, Any]) -> None:
        """`state` is what `own_snapshot` said, in a larger object."""

    # --- what a dialect says -------------------------------------------------------------------------------------------

    def write(self, session: S, frame: bytes) -> None:
        """Say one frame to one client. Without power nothing is said."""
        if not self.machine.is_powered:
            return
        for fault in self.spoils:
            spoilt = self.spoil(frame, fault) if self.plan.is_on(fault) else frame
            if spoilt != frame and self.plan.take(fault):
                frame = spoilt
        session.client.write(frame)

    def tell(self, opening: str, frame: bytes, *, is_final: bool = False) -> None:
        """Say one frame to everybody who serves an opening."""
        hearers = [session for session in self.sessions.values() if opening in session.openings]
        for session in hearers:
            self.write(session, frame)
        if not hearers and is_final and self.machine.is_powered:
            self.untold.append(Untold(opening, frame))

    def serves(self, session: S, opening: str) -> None:
        """The client has spoken of this opening: what could not be told before belongs to it."""
        session.openings.add(opening)
        self.tell_late(session, {opening})

    def tell_late(self, session: S, openings: set[str]) -> None:
        late = [untold for untold in self.untold if untold.opening in openings]
        if not late:
            return
        self.untold = [untold for untold in self.untold if untold.opening not in openings]
        for untold in late:
            self.write(session, untold.frame)
        self.saved()

    def accepted(self, request: str) -> None:
        """A request was taken over: it may be the one whose end is never told."""
        if self.plan.take("never_arrive"):
            self._silenced.add(request)

    def is_silenced(self, request: str) -> bool:
        """Whether the end of this request is never told (never_arrive)."""
        return request in self._silenced

    # --- the line ------------------------------------------------------------------------------------------------------

    @property
    def clients(self) -> int:
        return len(self.sessions)

    def connected(self, client: Client) -> None:
        session = self.make_session(client)
        self.sessions[client] = session
        self.greet(session)

    def received(self, client: Client, data: bytes) -> None:
        if not self.machine.is_powered:
            return
        self.pump()
        self.heard(self.sessions[client], data)
        self.pump()

    def disconnected(self, client: Client) -> None:
        self.sessions.pop(client, None)

    def start(self) -> None:
        self.pump()

    def close(self) -> None:
        self.people.close()
        if self._timer is not None:
            self._timer.cancel()

    # --- the machine's time --------------------------------------------------------------------------------------------

    def pump(self) -> None:
        """Let the machine's time pass, tell what happened, and set the timer to its next moment."""
        self._tell_all(self.machine.advance(self.clock()))
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self.machine.due_s is not None:
            delay_s = max(0.0, self.machine.due_s - self.clock())
            self._timer = asyncio.get_running_loop().call_later(delay_s, self.pump)

    def _tell_all(self, happenings: tuple[Happened, ...]) -> None:
        for happened in happenings:
            if happened.what is Happening.STARTED and self.plan.is_on("arrive_early"):
                self._held[happened.request] = happened
                continue
            self.told(happened)
            if happened.request in self._held:
                self.told(self._held.pop(happened.request))
            self.people.happened(happened)
        if happenings:
            self.saved()

    # --- people at the machine -----------------------------------------------------------------------------------------

    def act(self, act: Callable[[], tuple[Happened, ...]]) -> None:
        """Somebody does something to the machine."""
        self.pump()
        self._tell_all(act())
        self.pump()
        self.saved()

    def curtain(self, opening: str, *, is_broken: bool) -> None:
        self.act(lambda: self.machine.set_curtain(opening, is_broken=is_broken))

    def e_stop(self, *, is_pressed: bool) -> None:
        self.act(lambda: self.machine.set_e_stop(is_pressed=is_pressed))

    def manual_key(self, *, is_manual: bool) -> None:
        self.act(lambda: self.machine.set_manual(is_manual=is_manual))

    def alarm(self, name: str, *, is_there: bool) -> None:
        """Raises KeyError for an alarm that is not in `hardware.sim.alarms`."""
        self.act(lambda: self.machine.set_alarm(name, is_there=is_there))

    def reset(self) -> None:
        self.act(self.machine.reset)

    def power(self, *, is_on: bool) -> None:
        """The mains fail or are back. The controller forgets what it had in hand and what it had not told."""
        if is_on == self.machine.is_powered:
            return
        if is_on:
            self.act(self.machine.power_on)
            self.power_changed(True)
            self.powered_on()
            return
        self.untold.clear()
        self._held.clear()
        self.act(self.machine.power_off)
        self.power_changed(False)

    def acts(self) -> Mapping[str, Act]:
        return self.people.acts()

    def begin(self, fault: str, argument: float) -> float | None:
        return self.people.begin(fault, argument)

    def end(self, fault: str) -> None:
        self.people.end(fault)

    # --- what is seen, and what survives a kill --------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        self.pump()
        return {
            "openings": {
                name: {"tray": self.machine.tray_at(name), "waiting": self.machine.waiting_at(name)}
                for name in self.machine.openings
            },
            "busy": self.machine.is_busy,
            "moving": self.machine.moving_tray,
            "positions_mm": self.machine.positions_mm,
            "stop": self.machine.stop,
            "alarms": list(self.machine.alarms),
            "manual": self.machine.is_manual,
            "powered": self.machine.is_powered,
            "referencing": self.machine.is_referencing,
            "clients": self.clients,
            "untold": [untold.frame.decode("iso-8859-1").rstrip("\r\n\0") for untold in self.untold],
            **self.own_state(),
        }

    def snapshot(self) -> dict[str, Any]:
        return {
            "machine": self.machine.snapshot(),
            "untold": [[untold.opening, untold.frame.decode("iso-8859-1")] for untold in self.untold],
            "silenced": sorted(self._silenced),
            **self.own_snapshot(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        self.machine.restore(state["machine"])
        self.untold = [Untold(opening, text.encode("iso-8859-1")) for opening, text in state["untold"]]
        self._silenced = set(state["silenced"])
        self.own_restore(state)
