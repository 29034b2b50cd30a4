"""A counting scale that answers MT-SICS: what lies on its pan is put there over the control connection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hardware.sim.device import Act, Request, SimulatedDevice
from hardware.sim.faults import FaultPlan
from hardware.sim.line import Client

SETTLE_S = 0.6  # so long the value swings after the pan was touched
CAPACITY_MG = 6_200_000


class SimulatedScale(SimulatedDevice):
    """6.2 kg in steps of 0.1 g. `clock` is monotonic seconds."""

    faults = frozenset(("scale_unsteady", "scale_busy", "scale_pan_lifted"))

    def __init__(self, plan: FaultPlan, *, clock: Callable[[], float]) -> None:
        super().__init__()
        self._plan = plan
        self._clock = clock
        self._weight_mg = 0
        self._touched_s = clock() - SETTLE_S
        self._rests: dict[Client, bytearray] = {}

    def received(self, client: Client, data: bytes) -> None:
        rest = self._rests.setdefault(client, bytearray())
        rest += data
        while b"\n" in rest:
            line, _, after = bytes(rest).partition(b"\n")
            rest[:] = after
            client.write(self._answer(line.strip().decode("ascii", errors="replace")))

    def disconnected(self, client: Client) -> None:
        self._rests.pop(client, None)
        super().disconnected(client)

    def acts(self) -> Mapping[str, Act]:
        return {"put_on_scale": self._do_put}

    def state(self) -> dict[str, Any]:
        return {"weight_mg": self._weight_mg, "is_stable": self._is_stable, "clients": self.clients}

    @property
    def _is_stable(self) -> bool:
        return not self._plan.is_on("scale_unsteady") and self._clock() - self._touched_s >= SETTLE_S

    def _do_put(self, request: Request) -> dict[str, Any]:
        """`mg` is what lies on the pan from now on; or `pieces` of `piece_mg` each, which may be a fraction."""
        weight_mg = request["mg"] if "mg" in request else request["pieces"] * request["piece_mg"]
        self._weight_mg = round(weight_mg)
        self._touched_s = self._clock()
        return {}

    def _answer(self, command: str) -> bytes:
        if command != "SI":
            return b"ES\r\n"
        if self._plan.is_on("scale_busy"):
            return b"S I\r\n"
        if self._plan.is_on("scale_pan_lifted"):
            return b"S -\r\n"
        if self._weight_mg > CAPACITY_MG:
            return b"S +\r\n"
        grams = round(self._weight_mg / 100) / 10
        return f"S {'S' if self._is_stable else 'D'} {grams:10.1f} g\r\n".encode("ascii")
