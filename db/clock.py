"""This computer's clocks: what its time service says of the one that events are dated by, and one that nobody sets."""

from __future__ import annotations

import ctypes
import sys
import time

SYNCED, UNSYNCED, NOT_TOLD = "synced", "unsynced", ""
_TIMEX_BYTES = 512  # struct timex has 208 at most; all zero means: change nothing, only tell
_TIME_ERROR = 5  # adjtimex(2): the clock is not synchronised


def time_service() -> str:
    """Whether the system's clock follows a time service, as the kernel knows it whatever the service is called: SYNCED, UNSYNCED,
    or NOT_TOLD where there is no adjtimex (Windows, macOS)."""
    if not sys.platform.startswith("linux"):
        return NOT_TOLD
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES))
    except (OSError, AttributeError):
        return NOT_TOLD
    return NOT_TOLD if state < 0 else UNSYNCED if state == _TIME_ERROR else SYNCED


def elapsed_s() -> float:
    """Seconds since some moment, which nobody sets; they go on while the computer sleeps, where the system tells of that."""
    if sys.platform.startswith("linux"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()
