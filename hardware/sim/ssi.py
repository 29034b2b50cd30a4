"""A simulated decoder that speaks SSI. Written from docs/wire/ssi.md alone: it shares no code with the driver."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from typing import Any

from hardware.sim.device import Act, Request, SimulatedDevice
from hardware.sim.faults import FaultPlan
from hardware.sim.line import Client

HOST, RESENT, MORE_FOLLOWS = 4, 1, 2
TAKEN, NOT_TAKEN, WHAT_CAN_YOU, I_CAN, SOUND, CODE = 0xD0, 0xD1, 0xD3, 0xD4, 0xE6, 0xF3
KNOWN_COMMANDS = frozenset((SOUND, WHAT_CAN_YOU, 0xE4, 0xE5, 0xE7, 0xE8, 0xE9, 0xEA))
RESEND, DENIED, ILLEGAL = 1, 2, 6
CODE_TYPE = 3
TEXT_BYTES = 250  # of a code in one packet, beside its type
SENDINGS = 3
HOST_RESPONSE_S = 2.0


class SimulatedSsiScanner(SimulatedDevice):
    """Reads what the control connection tells it to, and says a code until it is taken or SENDINGS are used up."""

    faults = frozenset(("wrong_checksum", "scanner_double_read", "ssi_lost_ack", "ssi_nak"))

    def __init__(self, plan: FaultPlan, *, response_s: float = HOST_RESPONSE_S) -> None:
        super().__init__()
        self._plan = plan
        self._response_s = response_s
        self._queue: deque[tuple[bytes, int]] = deque()  # data and flags of what is still to be taken, the first is on its way
        self._sendings = 0
        self._heard = bytearray()
        self._timer: asyncio.TimerHandle | None = None
        self.taken = self.given_up = self.resent = 0
        self.beeps: list[int] = []

    # --- for people ----------------------------------------------------------------------------------------------------

    def scan(self, text: str) -> int:
        """Read a code; how many clients are there to hear it."""
        for _ in range(2 if self._plan.is_on("scanner_double_read") else 1):
            self._read(text.encode("utf-8"))
        return self.clients

    def acts(self) -> Mapping[str, Act]:
        return {"scan": self._do_scan}

    def _do_scan(self, request: Request) -> dict[str, Any]:
        return {"heard": self.scan(str(request["text"]))}

    def state(self) -> dict[str, Any]:
        counts = {"taken": self.taken, "given_up": self.given_up, "resent": self.resent}
        return {"clients": self.clients, "waiting": len(self._queue), "beeps": list(self.beeps), **counts}

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    # --- codes to the host ---------------------------------------------------------------------------------------------

    def _read(self, text: bytes) -> None:
        parts = [text[first : first + TEXT_BYTES] for first in range(0, len(text), TEXT_BYTES)] or [b""]
        is_busy = bool(self._queue)
        for part in parts[:-1]:
            self._queue.append((bytes((CODE_TYPE,)) + part, MORE_FOLLOWS))
        self._queue.append((bytes((CODE_TYPE,)) + parts[-1], 0))
        if not is_busy:
            self._send_first()

    def _send_first(self) -> None:
        """The packet at the head, marked when it was sent before."""
        data, flags = self._queue[0]
        self._sendings += 1
        self.resent += self._sendings > 1
        self._say(CODE, data, flags | (RESENT if self._sendings > 1 else 0))
        self._wait()

    def _wait(self) -> None:
        self.close()
        self._timer = asyncio.get_running_loop().call_later(self._response_s, self._again)

    def _again(self) -> None:
        if self._queue and self._sendings < SENDINGS:
            self._send_first()
        elif self._queue:
            self.given_up += 1
            self._next()

    def _next(self) -> None:
        self.close()
        self._queue.popleft()
        self._sendings = 0
        if self._queue:
            self._send_first()

    def _say(self, opcode: int, data: bytes = b"", flags: int = 0) -> None:
        frame = bytearray((len(data) + 4, opcode, 0, flags)) + data
        total = (0x10000 - sum(frame)) % 0x10000
        if opcode == CODE and self._plan.take("wrong_checksum"):
            total ^= 0x0100
        self.say(bytes(frame) + bytes((total >> 8, total & 0xFF)))

    # --- commands of the host ------------------------------------------------------------------------------------------

    def connected(self, client: Client) -> None:
        super().connected(client)
        self._heard.clear()

    def received(self, client: Client, data: bytes) -> None:
        self._heard += data
        while self._heard:
            size = self._heard[0] + 2
            if self._heard[0] < 4:  # a wake-up, or no beginning
                del self._heard[0]
            elif len(self._heard) < size:
                return
            else:
                frame = bytes(self._heard[:size])
                del self._heard[:size]
                self._frame(frame)

    def _frame(self, frame: bytes) -> None:
        if (sum(frame[:-2]) + int.from_bytes(frame[-2:], "big")) % 0x10000 or frame[2] != HOST:
            self._say(NOT_TAKEN, bytes((RESEND,)))
            return
        opcode, data = frame[1], frame[4:-2]
        if opcode == TAKEN:
            self._code_taken()
        elif opcode == NOT_TAKEN:
            self._code_refused(data[0] if data else ILLEGAL)
        elif self._plan.take("ssi_nak"):
            self._say(NOT_TAKEN, bytes((RESEND,)))
        elif opcode == WHAT_CAN_YOU:
            self._say(I_CAN, b"\x03")
        else:
            self._command(opcode, data)

    def _code_taken(self) -> None:
        if self._queue and not self._plan.take("ssi_lost_ack"):
            self.taken += 1
            self._next()

    def _code_refused(self, reason: int) -> None:
        if not self._queue:
            return
        if reason == RESEND and self._sendings < SENDINGS:
            self._send_first()
        else:
            self.given_up += 1
            self._next()

    def _command(self, opcode: int, data: bytes) -> None:
        if opcode not in KNOWN_COMMANDS:
            self._say(NOT_TAKEN, bytes((ILLEGAL,)))
        elif opcode == SOUND and len(data) != 1:
            self._say(NOT_TAKEN, bytes((DENIED,)))
        else:
            self.beeps += data if opcode == SOUND else b""
            self._say(TAKEN)
