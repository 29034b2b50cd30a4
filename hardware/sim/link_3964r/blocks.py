"""Texts to blocks and back."""

from __future__ import annotations

from dataclasses import dataclass

STX, ETX, DLE, NAK = b"\x02", b"\x03", b"\x10", b"\x15"


@dataclass(frozen=True, slots=True)
class Opened:
    """A block that is whole. `text` means nothing where it is not good."""

    text: bytes
    is_good: bool


def closed(text: bytes, *, has_bcc: bool) -> bytes:
    """A text as it follows STX."""
    out = bytearray()
    for number in text:
        out.append(number)
        if number == 0x10:
            out.append(number)
    out += DLE + ETX
    if has_bcc:
        out.append(_sum(out))
    return bytes(out)


def opened(came: bytes, *, has_bcc: bool) -> Opened | None:
    """What came after STX, taken apart; None while it goes on."""
    text, at, is_good = bytearray(), 0, not came.startswith(STX)
    while at < len(came):
        pair = came[at : at + 2]
        if pair[:1] != DLE:
            text += pair[:1]
            at += 1
        elif len(pair) < 2:
            return None
        elif pair[1:] == ETX:
            rest = came[at + 2 :]
            if not has_bcc:
                return Opened(bytes(text), is_good)
            return Opened(bytes(text), is_good and rest[0] == _sum(came[: at + 2])) if rest else None
        else:
            text += DLE
            is_good = is_good and pair[1:] == DLE
            at += 2
    return None


def _sum(characters: bytes | bytearray) -> int:
    """Column by column: a bit is set where an odd number of characters has it."""
    return sum(1 << bit for bit in range(8) if sum(number >> bit & 1 for number in characters) % 2)
