"""Commands that ended here, so that a further answer to one is known for what it is."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from hardware.errors import MOTION_BUSY
from hardware.lift.demand import Demand
from hardware.values import MotionResult, Outcome

REMEMBERED = 256  # ended commands whose further answers are recognised


@dataclass(frozen=True, slots=True)
class PastFlight:
    """A command that ended. `is_known` when its end was known; `may_be_twice` as of `Flight`."""

    demand: Demand
    tray: int
    is_known: bool
    may_be_twice: bool = False


@dataclass(slots=True)
class PastFlights:
    """The last of them, by command id."""

    _kept: OrderedDict[int, PastFlight] = field(default_factory=OrderedDict)

    def get(self, command_id: int) -> PastFlight | None:
        """None when it was not ours, or too long ago."""
        return self._kept.get(command_id)

    def keep(self, command_id: int, past: PastFlight) -> None:
        """Know this command's further answers from now on."""
        self._kept[command_id] = past
        while len(self._kept) > REMEMBERED:
            self._kept.popitem(last=False)


def result_of(
    command_id: int,
    demand: Demand | None,
    tray: int | None,
    outcome: Outcome,
    *,
    code: str,
    message: str,
    named: int | None,
) -> MotionResult:
    """What came of a command that asked this of this tray. `named` is the tray that the machine names at the opening; without one
    a tray is told only where the outcome itself says that it is there."""
    is_here = outcome is Outcome.DONE and demand in (Demand.FETCH, Demand.POINT)
    is_still_here = outcome is Outcome.NOT_DONE and code == MOTION_BUSY and demand in (Demand.STORE, Demand.POINT)
    known = tray if is_here or is_still_here else None
    return MotionResult(command_id=command_id, outcome=outcome, tray=named or known or None, code=code, message=message)
