"""The bar's bytes, pure: docs/wire/alpha.md. Source of every frame: reference 2.1 (Alpha protocol 9708-8061F)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hardware.ascii_text import fold

SYNC = b"\x00" * 5  # lets the sign find the speed of the line
SOH, STX, ETX, EOT, ESC = b"\x01", b"\x02", b"\x03", b"\x04", b"\x1b"
CALL_STRING = b"\x10"  # and a label: the STRING file stands here
NEW_LINE = b"\r"

TEXT_FILE = b"A"
LIVE_FILE = b"1"  # the STRING that holds what changes while the text stands
PRIORITY_FILE = b"0"  # interrupts everything; an empty write ends it
FILL, HOLD, FLASH = b"\x30", b"b", b"c"

FILES = b"AAU0400FF00" + b"1BL00200000"  # the manual's own pair (table 34): 1024 bytes of TEXT, always shown; 32 of STRING
MOST_IN_LINE = 40
MOST_LIVE = 31  # a STRING written past its size is emptied, not cut
_TYPE = re.compile(r"[!-~]")
_ADDRESS = re.compile(r"[0-9A-F?]{2}")


@dataclass(frozen=True, slots=True)
class SignAddress:
    """Which signs listen: a type ("Z" all, "^" BetaBrite) and an address of two hex digits ("00" all, "?" any digit)."""

    kind: str = "Z"
    number: str = "00"

    def __post_init__(self) -> None:
        if not _TYPE.fullmatch(self.kind) or not _ADDRESS.fullmatch(self.number):
            raise ValueError(f"no sign address: {self.kind!r} {self.number!r}")

    @property
    def raw(self) -> bytes:
        return (self.kind + self.number).encode("ascii")


def checksum(block: bytes) -> bytes:
    """The 16-bit sum of everything from STX to ETX, both included, as four upper-case hex digits."""
    return f"{sum(block) & 0xFFFF:04X}".encode("ascii")


def packet(address: SignAddress, commands: Sequence[bytes]) -> bytes:
    """One transmission. Several commands make a nested packet: the part from STX to the sum is repeated."""
    blocks = [STX + command + ETX for command in commands]
    return SYNC + SOH + address.raw + b"".join(block + checksum(block) for block in blocks) + EOT


def parts_of(whole: bytes) -> tuple[bytes, ...]:
    """A packet as it goes on the line: a nested one needs 100 ms after each STX, so it is cut there. STX stands nowhere else,
    because texts are printable."""
    if whole.count(STX) < 2:
        return (whole,)
    pieces = whole.split(STX)
    return (*(piece + STX for piece in pieces[:-1]), pieces[-1])


def allocate() -> bytes:
    """E$: the sign's memory becomes exactly these files, and everything it held before is gone. Each entry is label, type, lock
    (a STRING is always locked), size in hex, and four more: the hours of a TEXT (FF00: always), 0000 for a STRING."""
    return b"E$" + FILES


def write_text(label: bytes, body: bytes, *, position: bytes = FILL, mode: bytes = HOLD) -> bytes:
    """A TEXT file with its place on the sign and the way it stands there."""
    return b"A" + label + ESC + position + mode + body


def write_string(label: bytes, body: bytes) -> bytes:
    """A STRING file: every text that calls it shows it at once, without starting again."""
    return b"G" + label + body


def text_with_live(upper: str, lower: str) -> bytes:
    """The standing text: the upper line with the live part at its end, and the lower line if there is one."""
    above = _line(upper)
    below = _line(lower)
    return above + (b" " if above else b"") + CALL_STRING + LIVE_FILE + (NEW_LINE + below if below else b"")


def live_text(text: str) -> bytes:
    """The body of the STRING file: ASCII without accents, cut to MOST_LIVE characters, because the sign empties a longer one."""
    return fold(text)[:MOST_LIVE].encode("ascii")


def alarm(text: str) -> bytes:
    """Over everything, flashing. Without a text the bare label, which ends it: with a mode it would be an empty alarm."""
    body = _line(text)
    return write_text(PRIORITY_FILE, body, mode=FLASH) if body else b"A" + PRIORITY_FILE


def _line(text: str) -> bytes:
    return fold(text)[:MOST_IN_LINE].rstrip().encode("ascii")
