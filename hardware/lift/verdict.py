"""How a command ended, by what its machine said. The reasons are each protocol's own."""

from __future__ import annotations

from dataclasses import dataclass

from hardware.values import Outcome


@dataclass(frozen=True, slots=True)
class Verdict:
    """`tray` is what the machine names at the opening: 0 that it names none, None that it names none or says nothing of it."""

    outcome: Outcome
    code: str = ""
    message: str = ""
    tray: int | None = None
