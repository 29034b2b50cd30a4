"""An Alpha sign that keeps its files and tells what a reader would see. The model is pure; the device hangs it on a line.

It is as strict as the published text: a wrong sum is ignored in silence, files must be allocated, a STRING written past its size
is emptied, a nested packet that does not pause after its STX is lost, and E$ forgets everything but the priority file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hardware.sim.device import SimulatedDevice
from hardware.sim.faults import FaultPlan
from hardware.sim.line import Client

SOH, STX, ETX, EOT, ESC, DLE, CR = 0x01, 0x02, 0x03, 0x04, 0x1B, 0x10, 0x0D
LEAST_PAUSE_S = 0.05  # 100 ms, less the time after which an idle line is looked at here
MOST_BYTES = 4096
PRIORITY, PRIORITY_BYTES = ord("0"), 125
ENTRY_BYTES = 11  # of E$: label, type, lock, size, hours


@dataclass(slots=True)
class _Packet:
    """What has come of one transmission. `pauses` are the times between an STX and the byte after it."""

    header: bytearray = field(default_factory=bytearray)
    blocks: list[bytearray] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    stx_at_s: float | None = None

    def take(self, byte: int, now_s: float) -> None:
        if self.stx_at_s is not None:
            self.pauses.append(now_s - self.stx_at_s)
            self.stx_at_s = None
        if byte == STX:
            self.blocks.append(bytearray())
            self.stx_at_s = now_s
        elif self.blocks:
            self.blocks[-1].append(byte)
        else:
            self.header.append(byte)

    @property
    def size(self) -> int:
        return len(self.header) + sum(len(block) for block in self.blocks)

    @property
    def is_hurried(self) -> bool:
        return len(self.blocks) > 1 and min(self.pauses, default=0.0) < LEAST_PAUSE_S


class AlphaSign:
    """One sign, fed with bytes and the time at which they came."""

    def __init__(self, *, kind: str = "^", number: str = "01") -> None:
        self._kind = kind
        self._number = number
        self._packet: _Packet | None = None
        self._sizes: dict[int, tuple[int, int]] = {ord("A"): (ord("A"), 256)}  # label -> (type, size); file A is always there
        self.texts: dict[int, bytes] = {}
        self.strings: dict[int, bytes] = {}
        self.priority: bytes | None = None
        self.allocations = 0
        self.redrawn = 0  # how often the standing text began again, which an eye sees as flicker
        self.wrong_sums = 0
        self.hurried = 0
        self.ignored = 0

    def feed(self, data: bytes, now_s: float) -> None:
        for byte in data:
            if byte == SOH:  # begins a packet wherever it stands; what was half there is lost
                self._packet = _Packet()
            elif self._packet is not None and byte == EOT:
                packet, self._packet = self._packet, None
                self._obey(packet)
            elif self._packet is not None:
                self._packet.take(byte, now_s)
                if self._packet.size > MOST_BYTES:
                    self._packet = None

    @property
    def rows(self) -> tuple[str, ...]:
        """What stands on the sign: the priority file over everything, else TEXT A with its STRINGs in it."""
        body = self.texts.get(ord("A"), b"") if self.priority is None else self.priority
        shown = bytearray()
        at = 0
        while at < len(body):
            if body[at] == DLE and at + 1 < len(body):
                shown += self.strings.get(body[at + 1], b"")
                at += 1
            else:
                shown.append(body[at])
            at += 1
        return tuple(row.decode("ascii", "replace").strip() for row in bytes(shown).split(bytes((CR,))))

    def _obey(self, packet: _Packet) -> None:
        if not self._is_for_us(bytes(packet.header)):
            self.ignored += 1
        elif packet.is_hurried:
            self.hurried += 1
        else:
            for block in packet.blocks:
                self._block(bytes(block))

    def _is_for_us(self, header: bytes) -> bool:
        if len(header) != 3:
            return False
        kind, number = chr(header[0]), header[1:].decode("ascii", "replace")
        fits = all(asked in ("?", own) for asked, own in zip(number, self._number, strict=True))
        return kind in ("Z", "?", self._kind) and (number == "00" or fits)

    def _block(self, block: bytes) -> None:
        command, etx, told = block.partition(bytes((ETX,)))
        if etx and told != f"{(sum(command) + STX + ETX) & 0xFFFF:04X}".encode("ascii"):
            self.wrong_sums += 1
        elif command[:2] == b"E$":
            self._allocate(command[2:])
        elif command[:1] == b"A" and len(command) > 1:
            self._text(command[1], command[2:])
        elif command[:1] == b"G" and len(command) > 1:
            self._string(command[1], command[2:])
        else:
            self.ignored += 1

    def _allocate(self, entries: bytes) -> None:
        cut = [entries[at : at + ENTRY_BYTES] for at in range(0, len(entries), ENTRY_BYTES)]
        try:
            sizes = {entry[0]: (entry[1], int(entry[3:7], 16)) for entry in cut}
            is_good = all(len(entry) == ENTRY_BYTES and (entry[1:2] != b"B" or entry[2:3] == b"L") for entry in cut)
        except (ValueError, IndexError):
            is_good = False
        if not is_good:
            self.ignored += 1
            return
        self._sizes = sizes
        self.texts, self.strings = {}, {}
        self.allocations += 1

    def _text(self, label: int, rest: bytes) -> None:
        body = rest[3:] if rest[:1] == bytes((ESC,)) else rest
        if label == PRIORITY:
            self.priority = body[:PRIORITY_BYTES] if rest else None
        elif self._room(label, "A") >= len(body):
            self.texts[label] = body
            self.redrawn += 1
        else:
            self.ignored += 1

    def _string(self, label: int, body: bytes) -> None:
        room = self._room(label, "B")
        if not room:
            self.ignored += 1
            return
        self.strings[label] = body if len(body) <= room else b""

    def _room(self, label: int, kind: str) -> int:
        found = self._sizes.get(label)
        return found[1] if found is not None and chr(found[0]) == kind else 0


class SimulatedAlpha(SimulatedDevice):
    """The sign at the end of a line. It answers nothing, as signs do that were not asked to acknowledge."""

    faults = frozenset(("display_silent",))

    def __init__(self, plan: FaultPlan, *, clock: Callable[[], float]) -> None:
        super().__init__()
        self._plan = plan
        self._clock = clock
        self.sign = AlphaSign()

    def received(self, client: Client, data: bytes) -> None:
        if not self._plan.is_on("display_silent"):
            self.sign.feed(data, self._clock())

    def state(self) -> dict[str, Any]:
        sign = self.sign
        return {
            "rows": list(sign.rows),
            "is_alarm": sign.priority is not None,
            "wrong_sums": sign.wrong_sums,
            "hurried": sign.hurried,
            "ignored": sign.ignored,
            "clients": self.clients,
        }
