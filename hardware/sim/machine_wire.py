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
from typing import Any, ClassVar, Generic, TypeVar

from hardware.sim.device import Act, Request, SimulatedDevice
from hardware.sim.faults import FaultPlan
from hardware.sim.line import Client
from hardware.sim.machine import Happened, Machine

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

    faults = frozenset(("curtain", "e_stop", "never_arrive"))
    spoils: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, machine: Machine, plan: FaultPlan, *, clock: Clock, saved: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self.machine = machine
        self.plan = plan
        self.clock = clock
        self.saved = saved
        self.sessions: dict[Client, S] = {}
        self.untold: list[Untold] = []
        self._silenced: set[str] = set()
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
        """Say one frame to one client."""
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
        if not hearers and is_final:
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
        self.pump()
        self.heard(self.sessions[client], data)
        self.pump()

    def disconnected(self, client: Client) -> None:
        self.sessions.pop(client, None)

    def start(self) -> None:
        self.pump()

    def close(self) -> None:
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
            self.told(happened)
        if happenings:
            self.saved()

    # --- people at the machine -----------------------------------------------------------------------------------------

    def curtain(self, opening: str, *, is_broken: bool) -> None:
        self._act(lambda: self.machine.set_curtain(opening, is_broken=is_broken))

    def e_stop(self, *, is_pressed: bool) -> None:
        self._act(lambda: self.machine.set_e_stop(is_pressed=is_pressed))

    def reset(self) -> None:
        self._act(self.machine.reset)

    def _act(self, act: Callable[[], tuple[Happened, ...]]) -> None:
        self.pump()
        self._tell_all(act())
        self.pump()
        self.saved()

    def acts(self) -> Mapping[str, Act]:
        return {"curtain": self._do_curtain, "e_stop": self._do_e_stop, "reset": self._do_reset}

    def _do_curtain(self, request: Request) -> dict[str, Any]:
        self.curtain(str(request.get("opening") or self.machine.openings[0]), is_broken=bool(request["on"]))
        return {"state": self.state()}

    def _do_e_stop(self, request: Request) -> dict[str, Any]:
        self.e_stop(is_pressed=bool(request["on"]))
        return {"state": self.state()}

    def _do_reset(self, request: Request) -> dict[str, Any]:
        self.reset()
        return {"state": self.state()}

    def begin(self, fault: str, argument: float) -> float | None:
        """Somebody reaches in, or presses the red button; `end` takes the hand away and presses the machine's own reset."""
        if fault == "curtain":
            self.curtain(self.machine.openings[0], is_broken=True)
        elif fault == "e_stop":
            self.e_stop(is_pressed=True)
        else:
            return None
        return argument

    def end(self, fault: str) -> None:
        if fault == "curtain":
            self.curtain(self.machine.openings[0], is_broken=False)
            self.reset()
        elif fault == "e_stop":
            self.e_stop(is_pressed=False)
            self.reset()

    # --- what is seen, and what survives a kill --------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        self.pump()
        return {
            "openings": {name: {"tray": self.machine.tray_at(name)} for name in self.machine.openings},
            "busy": self.machine.is_busy,
            "stop": self.machine.stop,
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
