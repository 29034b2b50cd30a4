"""What a printer answers to ~HS: three lines between STX and ETX (ZPL II programming guide, "~HS Host Status Return"). Pure."""

from __future__ import annotations

from hardware.errors import PRINTER_OPEN, PRINTER_PAPER, PRINTER_PAUSED, PRINTER_RIBBON

ASK = b"~HS"
STX, ETX = b"\x02", b"\x03"
LINES = 3
LONGEST = 4096  # an answer has some 90 bytes; what never ends is none
_FIELDS = (12, 11, 2)


def is_whole(heard: bytes) -> bool:
    """Whether all three lines are there."""
    return heard.count(ETX) >= LINES


def trouble(heard: bytes) -> str | None:
    """The code of what keeps it from printing, "" when nothing does; None when these are no three lines of a status."""
    lines = [each.partition(STX)[2].decode("ascii", "replace").split(",") for each in heard.split(ETX)[:LINES]]
    if len(lines) != LINES or any(len(line) < wanted for line, wanted in zip(lines, _FIELDS, strict=True)):
        return None
    first, second, _ = lines
    for flag, code in (
        (second[2], PRINTER_OPEN),
        (first[1], PRINTER_PAPER),
        (second[3], PRINTER_RIBBON),
        (first[2], PRINTER_PAUSED),
    ):
        if flag.strip() == "1":
            return code
    return ""
