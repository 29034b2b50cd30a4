"""One command to a lift by a person who stands at it (`baylight lift`), with the same order of things as at the bay.

The intent is in the record before the bytes leave and the result after the answer. A motion whose end nobody saw is UNKNOWN: it
is not sent again, and while the record holds one no other motion is begun from here.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial

from db.records.machine import MotionEnded, MotionIntended
from db.records.record import Record
from hardware.errors import LINE_DOWN, MOTION_CANCELLED, DeviceError
from hardware.ports import Lift
from hardware.values import FetchTray, LiftEvent, LinkDown, LinkUp, MotionResult, Outcome, StoreTray, WireFrame
from station.ports import Ledger, Library
from station.values import BayMemory

LINK_PATIENCE_S = 6.0  # longer than the first tries of a port to open and to hear an answer
OPEN_MOTION = "M604"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftAnswer:
    """What became of the command, and the line's last frames."""

    outcome: Outcome
    tray: int | None = None
    code: str = ""
    message: str = ""
    frames: tuple[WireFrame, ...] = ()


@dataclass(frozen=True, slots=True)
class Motion:
    """What is asked of the machine; `visit` is the one that begins when the tray arrives."""

    command: int
    verb: str
    tray: int
    visit: int = 0


@dataclass(frozen=True, slots=True)
class Journal:
    """The store in which intent and result are written down. Its calls block for some milliseconds: this is no screen."""

    ledger: Ledger
    library: Library

    def write(self, record: Record) -> None:
        self.ledger.append((record,)).result()


class LiftCall:
    """One line, opened for one command. Without a journal the command's id is taken from the clock."""

    def __init__(self, lift: Lift, *, machine: str, opening: str, journal: Journal | None = None) -> None:
        self._lift = lift
        self._machine = machine
        self._opening = opening
        self._journal = journal

    async def open(self, *, patience_s: float = LINK_PATIENCE_S) -> None:
        """Open the line and wait until the machine answers. Raises DeviceError when it does not in time."""
        answered: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        last = [LINE_DOWN, "nobody answers"]

        def listen(event: LiftEvent) -> None:
            if isinstance(event, LinkUp) and not answered.done():
                answered.set_result(None)
            elif isinstance(event, LinkDown):
                last[:] = [event.code, event.message or last[1]]

        unsubscribe = self._lift.subscribe(listen)
        await self._lift.open()
        try:
            async with asyncio.timeout(patience_s):
                await answered
        except TimeoutError:
            raise DeviceError(last[0], last[1], frames=self._lift.frames()) from None
        finally:
            unsubscribe()

    async def close(self) -> None:
        await self._lift.close()

    async def status(self) -> LiftAnswer:
        """Ask how the machine is; moves nothing."""
        status = await self._lift.status()
        outcome = Outcome.DONE if status.ready else Outcome.NOT_DONE
        tray = status.tray if self._lift.reports_tray else None
        return LiftAnswer(outcome=outcome, tray=tray, code=status.safety_code or status.code, frames=self._lift.frames())

    async def fetch(self, tray: int) -> LiftAnswer:
        """Bring a tray to the opening."""
        command = self._next_command()
        visit = 1 + self._journal.library.visit_of(self._machine, tray) if self._journal else 0
        telegram = FetchTray(command_id=command, opening=self._opening, tray=tray)
        return await self._move(Motion(command, "fetch", tray, visit), partial(self._lift.fetch, telegram))

    async def store(self) -> LiftAnswer:
        """Send the tray at the opening back; which one it is the record may know, the machine does."""
        command = self._next_command()
        tray = (self._memory().tray if self._journal else None) or 0
        telegram = StoreTray(command_id=command, opening=self._opening, tray=tray)
        return await self._move(Motion(command, "store", tray), partial(self._lift.store, telegram))

    async def _move(self, motion: Motion, send: Callable[[], Awaitable[MotionResult]]) -> LiftAnswer:
        """Intent, motion, result. A refusal that came as an error is a result too, so that every intent gets its end."""
        self._intend(motion)
        try:
            result = await send()
        except DeviceError as error:
            result = MotionResult(
                command_id=motion.command, outcome=error.outcome, code=error.code, message=error.message, frames=error.frames
            )
        except asyncio.CancelledError:
            self._end(motion, MotionResult(command_id=motion.command, outcome=Outcome.UNKNOWN, code=MOTION_CANCELLED))
            raise
        self._end(motion, result)
        return self._answer(_believed(motion, result))

    def _memory(self) -> BayMemory:
        if self._journal is None:
            raise RuntimeError("without a journal nothing is remembered")
        return self._journal.library.bay(self._machine, self._opening)

    def _next_command(self) -> int:
        if self._journal is None:
            return int(time.time())
        memory = self._memory()
        open_motion = memory.open_motion
        if open_motion is not None and open_motion.verb != "point":
            raise DeviceError(
                OPEN_MOTION,
                f"the end of {open_motion.verb} {open_motion.tray} is not known; say at the station's screen which tray is there",
            )
        return memory.last_command_id + 1

    def _intend(self, motion: Motion) -> None:
        if self._journal is None:
            return
        self._journal.write(
            MotionIntended(
                command=motion.command, verb=motion.verb, machine=self._machine, opening=self._opening, tray=motion.tray
            )
        )

    def _end(self, motion: Motion, result: MotionResult) -> None:
        if self._journal is None:
            return
        outcome = _believed(motion, result).outcome
        self._journal.write(
            MotionEnded(
                command=motion.command,
                verb=motion.verb,
                machine=self._machine,
                opening=self._opening,
                tray=motion.tray,
                outcome=outcome.value,
                visit=motion.visit if outcome is Outcome.DONE else 0,
                code=result.code,
                how="timeout" if result.outcome is Outcome.UNKNOWN else "answer",
            )
        )

    def _answer(self, result: MotionResult) -> LiftAnswer:
        return LiftAnswer(
            outcome=result.outcome,
            tray=result.tray,
            code=result.code,
            message=result.message,
            frames=result.frames or self._lift.frames(),
        )


def _believed(motion: Motion, result: MotionResult) -> MotionResult:
    """A fetch that brought another tray than the one asked for tells nothing of the opening: a person must say."""
    if motion.verb != "fetch" or result.outcome is not Outcome.DONE or result.tray in (None, motion.tray):
        return result
    return replace(result, outcome=Outcome.UNKNOWN, message=f"asked for tray {motion.tray}, the machine says {result.tray}")
