"""The flight recorder: the last frames of one line, for the machine panel and to be attached to whatever goes wrong on it."""

from __future__ import annotations

import logging
import threading
from collections import deque

from hardware.values import WireFrame

KEPT_FRAMES = 200
ATTACHED_FRAMES = 30  # go with an error; the panel and the export show all
_HIDDEN = bytes(ord("x") if 0x20 <= value != 0x7F else value for value in range(256))


class WireLog:
    """A ring of frames. Written by the port's thread, read by anybody.

    `hides_text` keeps every printable byte as an x: what a scanner reads may be a badge, and its frames go with errors to people
    and files. Control bytes and lengths are what framing is about.
    """

    def __init__(self, device: str, *, size: int = KEPT_FRAMES, hides_text: bool = False) -> None:
        self._hides_text = hides_text
        self._frames: deque[WireFrame] = deque(maxlen=size)
        self._lock = threading.Lock()
        self._logger = logging.getLogger(f"hardware.wire.{device}")

    def record(self, data: bytes, *, sent: bool, at_s: float) -> None:
        """Keep one frame as it was on the line. `at_s` is monotonic time."""
        data = data.translate(_HIDDEN) if self._hides_text else data
        with self._lock:
            self._frames.append(WireFrame(at_s, sent, data))
        self._logger.debug("%.4f %s %r", at_s, ">" if sent else "<", data)

    def frames(self, most: int = ATTACHED_FRAMES) -> tuple[WireFrame, ...]:
        """The last of what is kept, oldest first."""
        with self._lock:
            return tuple(self._frames)[-most:]
