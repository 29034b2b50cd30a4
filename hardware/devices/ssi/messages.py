"""What SSI packets mean. Numbers: docs/wire/ssi.md; what is not known stays a number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from hardware.devices.ssi.framing import DECODE_DATA, FROM_HOST, Packet
from hardware.values import Beep


class Opcode(IntEnum):
    """The opcodes that this driver says or understands."""

    ACK = 0xD0
    NAK = 0xD1
    CAPABILITIES_REQUEST = 0xD3
    CAPABILITIES_REPLY = 0xD4
    START_SESSION = 0xE4
    STOP_SESSION = 0xE5
    BEEP = 0xE6
    LED_ON = 0xE7
    LED_OFF = 0xE8
    SCAN_ENABLE = 0xE9
    SCAN_DISABLE = 0xEA
    DECODE_DATA = DECODE_DATA


class NakReason(IntEnum):
    """Why a packet was not taken."""

    RESEND = 1
    DENIED = 2
    ILLEGAL = 6


WAKE_UP = b"\x00"  # a length no packet has
BEEPS = {Beep.ACCEPTED: 0x00, Beep.WRONG: 0x06}  # one short high, two short low


@dataclass(frozen=True, slots=True)
class Decoded:
    """A code, or a part of one. `symbology` is the decoder's own number of the code's type."""

    symbology: int
    text: bytes
    is_repeat: bool = False
    is_continued: bool = False


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The decoder took our last command."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The decoder did not take our last command. `reason` is a NakReason, or a number that we do not know."""

    reason: int


@dataclass(frozen=True, slots=True)
class Capabilities:
    """The answer to the question that we ask to see whether anybody is there. What is in it is not used."""

    data: bytes


@dataclass(frozen=True, slots=True)
class NotKnown:
    """A packet with a right checksum whose opcode or content we do not know."""

    opcode: int
    data: bytes


Message = Decoded | Acknowledged | Refused | Capabilities | NotKnown


def parse(packet: Packet) -> Message:
    """What a decoder said. Never raises."""
    match packet.opcode:
        case Opcode.DECODE_DATA if packet.data:
            return Decoded(packet.data[0], packet.data[1:], packet.is_repeat, packet.is_continued)
        case Opcode.ACK:
            return Acknowledged()
        case Opcode.NAK if packet.data:
            return Refused(packet.data[0])
        case Opcode.CAPABILITIES_REPLY:
            return Capabilities(packet.data)
        case _:
            return NotKnown(packet.opcode, packet.data)


def ack() -> Packet:
    """What every decode packet waits for: without it the decoder sends the code again. Frame: docs/wire/ssi.md."""
    return Packet(Opcode.ACK, source=FROM_HOST)


def nak(reason: NakReason) -> Packet:
    """The packet was not taken: RESEND asks for it once more, the others say what is wrong. Frame: docs/wire/ssi.md."""
    return Packet(Opcode.NAK, bytes((reason,)), FROM_HOST)


def command(content: bytes, *, status: int = 0) -> Packet:
    """A command of the host: opcode and data as one piece."""
    return Packet(content[0], content[1:], FROM_HOST, status)


def beep_command(kind: Beep) -> bytes:
    """Opcode and data that make the scanner beep."""
    return bytes((Opcode.BEEP, BEEPS[kind]))


def capabilities_question() -> bytes:
    """Opcode and data of the question that every decoder answers."""
    return bytes((Opcode.CAPABILITIES_REQUEST,))
