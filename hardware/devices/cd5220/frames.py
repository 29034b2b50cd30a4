"""The display's bytes, pure: docs/wire/cd5220.md."""

from __future__ import annotations

from hardware.ascii_text import fold

COLUMNS = 20
CLEAR = b"\x0c"
INITIALISE = b"\x1b@"
UPPER = b"\x1bQA"
LOWER = b"\x1bQB"
END = b"\r"


def show_frame(upper: str, lower: str) -> bytes:
    """Both lines, cut or filled to 20. CLR goes first: after ESC Q the display obeys nothing else until it is cleared."""
    return CLEAR + UPPER + _cell_row(upper) + END + LOWER + _cell_row(lower) + END


def clear_frame() -> bytes:
    """CLR: nothing on both lines. The one command that is obeyed after ESC Q too. Frame: docs/wire/cd5220.md."""
    return CLEAR


def open_frame() -> bytes:
    """What a display whose state is not known needs: out of line mode first, then its power-on state."""
    return CLEAR + INITIALISE


def _cell_row(text: str) -> bytes:
    return fold(text)[:COLUMNS].ljust(COLUMNS).encode("ascii")
