"""What hangs at the end of a simulated line, seen from the line and from the program around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from hardware.sim.line import Client

Request = dict[str, Any]
Act = Callable[[Request], dict[str, Any]]


class SimulatedDevice:
    """Base of every simulated device. It writes with `client.write`; the line's own troubles (`hardware.sim.faulty_line`) lie
    beneath that and are no business of a device. All methods are called on the event loop.
    """

    faults: ClassVar[frozenset[str]] = frozenset()
    """Faults of the catalogue that this device has, beside those of the line. It asks the plan for them."""

    spoils: ClassVar[frozenset[str]] = frozenset()
    """Those of wrong_checksum, wrong_address and wrong_seq that its frames can suffer."""

    def __init__(self) -> None:
        self._present: set[Client] = set()
        self.power_changed: Callable[[bool], None] = lambda is_on: None  # set by who has the line: a dead controller drops TCP

    @property
    def clients(self) -> int:
        """How many hold the line."""
        return len(self._present)

    def connected(self, client: Client) -> None:
        self._present.add(client)

    def received(self, client: Client, data: bytes) -> None:
        """Most devices that only show or only say something hear nothing."""

    def disconnected(self, client: Client) -> None:
        self._present.discard(client)

    def say(self, data: bytes) -> int:
        """Say something to everybody on the line; how many they are."""
        for client in tuple(self._present):
            client.write(data)
        return len(self._present)

    def start(self) -> None:
        """The line is plugged in: begin what goes on by itself."""

    def close(self) -> None:
        """End what goes on by itself."""

    def state(self) -> dict[str, Any]:
        """What a person would see who stands in front of it."""
        return {"clients": self.clients}

    def acts(self) -> Mapping[str, Act]:
        """What a person can do to it: requests of the control connection, beside those that every device has."""
        return {}

    def begin(self, fault: str, argument: float) -> float | None:
        """A fault of `faults` begins. Seconds after which `end` is due; None for one that stays or counts by itself."""
        return None

    def end(self, fault: str) -> None:
        """A fault of `faults` is over. Called also for one that is not on."""

    def snapshot(self) -> dict[str, Any] | None:
        """What must survive a kill, as JSON values; None where nothing must."""
        return None

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from a snapshot."""
