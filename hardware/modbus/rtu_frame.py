"""Finds the answer to one request in what a serial line brought, pure. RTU: unit, PDU, CRC; at most 256 bytes; no start mark.

The end of an answer follows from the request (its length) and is proved by the CRC, not by silence. So an answer is found behind
noise and in pieces; bytes that cannot begin the answer are noise.
"""

from __future__ import annotations

from dataclasses import dataclass

from hardware.modbus.crc import SIZE, has_good_crc
from hardware.modbus.replies import NotAReply, Reply, parse_reply, reply_size
from hardware.modbus.requests import Request


@dataclass(frozen=True, slots=True)
class Found:
    """The answer, and where it was."""

    reply: Reply
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sought:
    """No answer yet. The first `noise` bytes cannot belong to it; `why` is the first reason."""

    noise: int = 0
    why: str = ""


def find_reply(data: bytes, unit: int, *, request: Request, is_all: bool) -> Found | Sought:
    """The first answer in `data`. `is_all`: nothing more will come, so that what looks like the beginning of an answer may be
    noise that hides one behind it."""
    noise, why, is_held = 0, "", False
    for start in range(len(data)):
        found = _reply_at(data[start:], unit, request=request)
        if isinstance(found, Found):
            return Found(found.reply, start, start + found.end)
        if found is None:
            if not is_all:
                return Sought(start, why)
            is_held, why = True, why or "short frame"
        elif not is_held:
            noise, why = start + 1, why or found.why
    return Sought(len(data) if is_all else noise, why)


def _reply_at(data: bytes, unit: int, *, request: Request) -> Found | NotAReply | None:
    """What begins with the first byte; None when too little is there to say."""
    if data[0] != unit:
        return NotAReply(f"unit {data[0]}")
    size = reply_size(request, data[1:])
    if size is None or isinstance(size, NotAReply):
        return size
    end = 1 + size + SIZE
    if len(data) < end:
        return None
    if not has_good_crc(data[:end]):
        return NotAReply("crc")
    reply = parse_reply(request, data[1 : 1 + size])
    return reply if isinstance(reply, NotAReply) else Found(reply, 0, end)
