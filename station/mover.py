"""One command to the lift, with its intent in the log before the bytes leave; or one question, which moves nothing. The end is
fed back, never repeated here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from db.errors import StoreError
from db.records.machine import MotionIntended
from hardware.errors import LINE_DOWN, DeviceError
from hardware.ports import Lift, Pointer
from hardware.values import FetchTray, MotionResult, Outcome, PointTray, StoreTray
from station.core.effects import Move, ReadStatus
from station.core.inputs import Input, MotionNotWritten, MotionOver, StatusTold
from station.custody import Verb
from station.ports import Ledger

logger = logging.getLogger(__name__)


class Mover:
    """Carries out `Move`: pointer off, intent stored, command sent. Pointer and text display are lit again by `station.lights`,
    and no text is waited for: a display that hangs must not hold up a motion, its intent or its end."""

    def __init__(
        self,
        lift: Lift,
        ledger: Ledger,
        *,
        machine: str,
        opening: str,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        pointer: Pointer | None = None,
    ) -> None:
        self._pause = pause
        self._lift = lift
        self._pointer = pointer
        self._ledger = ledger
        self._machine = machine
        self._opening = opening
        self._recalled = 0
        self._is_stopping = False

    def stop(self, *, last_command: int) -> None:
        """No command up to this one that has not left by now leaves any more, and no question that still waits is asked. A later
        one leaves: it puts a light out."""
        self._recalled = last_command
        self._is_stopping = True

    async def move(self, move: Move, feed: Callable[[Input], None]) -> None:
        """Do it and feed back how it ended. One that was called back before its intent was written has neither intent nor end."""
        if self._pointer is not None:
            await self._pointer.dark()
        if move.command <= self._recalled:
            return
        try:
            await asyncio.wrap_future(self._ledger.append((self._intent(move),), operator=move.operator, role=move.role))
        except StoreError as error:
            logger.warning("the intent of %s %d was not written: %s", move.verb, move.tray, error)
            feed(MotionNotWritten(move.command, error.code))
            return
        result = await self._send(move)
        logger.info("motion command=%d %s tray=%d %s %s", move.command, move.verb, move.tray, result.outcome.value, result.code)
        is_here = result.outcome is Outcome.DONE and move.verb is not Verb.STORE
        if is_here and self._pointer is not None:
            result = replace(result, is_lit=True)  # by the light of its own, also at a machine that has none
        feed(MotionOver(result))

    async def read_status(self, asked: ReadStatus, feed: Callable[[Input], None]) -> None:
        """Ask the machine how it is, after the pause, and feed back what it says."""
        await self._pause(asked.wait_s)
        if self._is_stopping:
            return
        try:
            status = await self._lift.status()
        except DeviceError as error:
            logger.info("the status could not be read: %s", error)
            feed(StatusTold(asked.number, None))
            return
        logger.info("status tray=%s moving=%s ready=%s %s", status.tray, status.is_moving, status.ready, status.code)
        feed(StatusTold(asked.number, status))

    def _intent(self, move: Move) -> MotionIntended:
        return MotionIntended(
            command=move.command,
            verb=str(move.verb),
            machine=self._machine,
            opening=self._opening,
            tray=move.tray,
            compartment=move.compartment,
            next_tray=move.next_tray,
        )

    async def _send(self, move: Move) -> MotionResult:
        """A refusal by the port itself is a result like any other; its outcome says what happened to the metal. A command that
        was called back ends as at a port that is closed already."""
        if move.command <= self._recalled:
            return MotionResult(command_id=move.command, outcome=Outcome.NOT_DONE, code=LINE_DOWN, message="the station stops")
        try:
            return await self._command(move)
        except DeviceError as error:
            logger.warning("the lift refused %s %d: %s", move.verb, move.tray, error)
            return MotionResult(
                command_id=move.command, outcome=error.outcome, code=error.code, message=error.message, frames=error.frames
            )

    async def _command(self, move: Move) -> MotionResult:
        ids = {"command_id": move.command, "tray": move.tray}
        match move.verb:
            case Verb.STORE:
                return await self._lift.store(StoreTray(command_id=move.command, opening=self._opening, tray=move.tray))
            case Verb.FETCH:
                return await self._lift.fetch(
                    FetchTray(
                        **ids,
                        opening=self._opening,
                        purpose=move.purpose,
                        point=move.point,
                        texts=move.texts,
                        next_tray=move.next_tray,
                    )
                )
            case Verb.POINT:
                return await self._lift.point(
                    PointTray(**ids, opening=self._opening, purpose=move.purpose, point=move.point, texts=move.texts)
                )
