"""SSI packets to bytes and back, without I/O: `len opcode source status data.. checksum`, see docs/wire/ssi.md.

There is no start character, so a packet is told by its checksum alone. Bytes that could begin a packet wait for the rest of it;
when the line falls silent before that (`silence`), the first of them was no beginning, and what is behind it is looked at anew.
"""

from __future__ import annotations

from dataclasses import dataclass

HEAD_BYTES = 4  # what the length counts of an empty packet: length, opcode, source, status
CHECKSUM_BYTES = 2
MOST_DATA_BYTES = 255 - HEAD_BYTES
FROM_DECODER, FROM_HOST = 0, 4
RETRANSMIT, CONTINUED = 0x01, 0x02
MOST_NOISE_BYTES = 1024
DECODE_DATA = 0xF3


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet whose checksum was right. `opcode` may be one that we do not know."""

    opcode: int
    data: bytes = b""
    source: int = FROM_DECODER
    status: int = 0

    @property
    def is_repeat(self) -> bool:
        """Sent before and not acknowledged, as far as the sender knows."""
        return bool(self.status & RETRANSMIT)

    @property
    def is_continued(self) -> bool:
        """More packets of the same message follow."""
        return bool(self.status & CONTINUED)


@dataclass(frozen=True, slots=True)
class Noise:
    """Bytes that are no packet. `is_first_sending`: a damaged decode packet among them was not marked as sent again."""

    raw: bytes
    is_first_sending: bool = False


def checksum(body: bytes) -> int:
    """Two's complement of the 16-bit sum of everything before it."""
    return -sum(body) & 0xFFFF


def encode(packet: Packet) -> bytes:
    """The packet as it goes on the line. Raises ValueError for more data than one packet holds."""
    if len(packet.data) > MOST_DATA_BYTES:
        raise ValueError(f"{len(packet.data)} bytes in one packet, at most {MOST_DATA_BYTES}")
    head = bytes((HEAD_BYTES + len(packet.data), packet.opcode, packet.source, packet.status))
    body = head + packet.data
    return body + checksum(body).to_bytes(CHECKSUM_BYTES, "big")


class PacketFramer:
    """Cuts a decoder's bytes into packets and noise."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._noise = bytearray()
        self._is_first_sending = False

    @property
    def is_waiting(self) -> bool:
        """Whether bytes are held of which only silence can tell what they are."""
        return bool(self._buffer or self._noise)

    def reset(self) -> None:
        """The line is new: the half packet of the old one is gone."""
        self._buffer.clear()
        self._take_noise()

    def feed(self, data: bytes) -> tuple[Packet | Noise, ...]:
        """The packets that are whole now, with the noise before them."""
        self._buffer += data
        found = self._packets()
        if len(self._noise) > MOST_NOISE_BYTES:
            found += self._take_noise()
        return tuple(found)

    def silence(self) -> tuple[Packet | Noise, ...]:
        """Nothing came for longer than a packet pauses."""
        found = self._packets()
        while self._buffer:
            self._drop_first()
            found += self._packets()
        return (*found, *self._take_noise())

    def _packets(self) -> list[Packet | Noise]:
        found: list[Packet | Noise] = []
        while self._buffer:
            if not self._may_begin():
                self._drop_first()
                continue
            length = self._buffer[0] + CHECKSUM_BYTES
            if len(self._buffer) < length:
                break
            packet = _parse(bytes(self._buffer[:length]))
            if packet is None:
                self._note_damage()
                self._drop_first()
                continue
            found += [*self._take_noise(), packet]
            del self._buffer[:length]
        return found

    def _may_begin(self) -> bool:
        return self._buffer[0] >= HEAD_BYTES and (len(self._buffer) < 3 or self._buffer[2] == FROM_DECODER)

    def _note_damage(self) -> None:
        if self._buffer[1] == DECODE_DATA and not self._buffer[3] & RETRANSMIT:
            self._is_first_sending = True

    def _drop_first(self) -> None:
        self._noise.append(self._buffer.pop(0))

    def _take_noise(self) -> list[Packet | Noise]:
        raw, is_first = bytes(self._noise), self._is_first_sending
        self._noise.clear()
        self._is_first_sending = False
        return [Noise(raw, is_first)] if raw else []


def _parse(frame: bytes) -> Packet | None:
    """The packet of a whole frame, None where its checksum is wrong."""
    body, check = frame[:-CHECKSUM_BYTES], frame[-CHECKSUM_BYTES:]
    if checksum(body) != int.from_bytes(check, "big"):
        return None
    return Packet(body[1], body[HEAD_BYTES:], body[2], body[3])
