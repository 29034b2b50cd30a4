"""What a Hänel controller reads and writes: the machine's own reading of requests, and its telegrams. Nothing of the driver is
used here, so that a mistake on one side is seen on the other."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from hardware.sim.options import OptionError

MOST_BYTES = 4096
SPACE, NBSP = b" ", "\u00a0".encode()
GAPS = {"space": (SPACE,), "nbsp": (NBSP,), "any": (SPACE, NBSP)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Controller:
    """How one controller is set up. `pm` and `gap` are what it takes: `PM1`, `PM01`, `any`; `space`, `nbsp`, `any`. With
    `is_status_taken_while_moving` it answers a read_status while something moves; else E02."""

    host: str = "2301"
    pm: str = "any"
    gap: str = "any"
    has_door: bool = False
    is_status_taken_while_moving: bool = False

    def __post_init__(self) -> None:
        if self.pm not in ("PM1", "PM01", "any") or self.gap not in GAPS:
            raise ValueError("pm is PM1, PM01 or any; gap is space, nbsp or any")


def read_controller(path: Path | None) -> Controller:
    """The `hostcom` object of a machine file. Raises OptionError."""
    if path is None:
        return Controller()
    try:
        return Controller(**json.loads(path.read_text(encoding="utf-8")).get("hostcom", {}))
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise OptionError("--machine", str(path), f"its hostcom part cannot be: {error}") from error


@dataclass(frozen=True, slots=True)
class Request:
    """One telegram of a host. `address` is lift and access point, four digits; `refusal` why it is not taken, empty when it
    can be read."""

    address: str
    seq: str
    macro: str = ""
    values: dict[int, int] = field(default_factory=dict)
    refusal: str = ""


class RequestReader:
    """Cuts a host's bytes at line ends and reads them."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self._rest = b""

    def feed(self, data: bytes) -> list[Request]:
        """What can be read; noise, and what nobody could answer, is dropped."""
        *lines, rest = (self._rest + data).split(b"\n")
        self._rest = rest[-MOST_BYTES:]
        requests = (self._read(line) for line in lines)
        return [request for request in requests if request is not None]

    def _read(self, line: bytes) -> Request | None:
        head, *parts = line[line.rfind(b"*G") :].rstrip(b"\r").split(b"$")
        if len(parts) < 4 or parts[-1] or not head.startswith(b"*G"):
            return None
        direction, seq, *fields = parts[:-1]
        address, colon, host = head[2:].partition(b":")
        if not colon or not address.isdigit() or len(address) != 4 or not seq.isdigit() or len(seq) != 3:
            return None
        here = Request(address.decode(), seq.decode())
        if direction not in [b"U" + gap + b"XR" for gap in GAPS[self._controller.gap]]:
            return Request(here.address, here.seq, refusal="E03")
        if host.decode("ascii", "replace") != self._controller.host:
            return Request(here.address, here.seq, refusal="E04")
        return self._macro(here, [each.decode("ascii", "replace") for each in fields])

    def _macro(self, here: Request, fields: list[str]) -> Request:
        """`macro=NAME` and its parameters."""
        wrong = Request(here.address, here.seq, refusal="E03")
        pairs = [each.split("=") for each in fields]
        if any(len(pair) != 2 for pair in pairs) or pairs[0][0] != "macro":
            return wrong
        values: dict[int, int] = {}
        for name, value in pairs[1:]:
            digits = name.removeprefix("PM")
            if not digits.isdigit() or not value.isdigit() or not self._is_spelled(name, int(digits)):
                return wrong
            values[int(digits)] = int(value)
        return Request(here.address, here.seq, pairs[0][1], values)

    def _is_spelled(self, name: str, number: int) -> bool:
        spelled = {"PM1": f"PM{number}", "PM01": f"PM{number:02}"}
        return name in spelled.values() if self._controller.pm == "any" else name == spelled[self._controller.pm]


class Writer:
    """The telegrams of a controller. The public texts show a line end behind XS alone, so only XS has one."""

    def __init__(self, controller: Controller) -> None:
        self._host = controller.host.encode()
        self._gap = GAPS[controller.gap][0]

    def status(self, address: str, seq: str, code: str) -> bytes:
        return self._telegram(address, seq, b"XS", code.encode()) + b"\r\n"

    def info(self, address: str, seq: str, number: int) -> bytes:
        return self._telegram(address, seq, b"XI", f"ER={number:02}{_place(address)}".encode())

    def response(self, address: str, seq: str, number: int, tray: int) -> bytes:
        content = f"ER={number:02}{_place(address)}&T={tray}&U=1_000&I=0&J=0"
        return self._telegram(address, seq, b"XA", content.encode())

    def _telegram(self, address: str, seq: str, kind: bytes, content: bytes) -> bytes:
        head = b"*G" + self._host + b":" + address.encode() + b"$V" + self._gap + kind
        return b"$".join((head, seq.encode(), content, b""))


def _place(address: str) -> str:
    return f"&L={int(address[:3])}&E={address[3]}"
