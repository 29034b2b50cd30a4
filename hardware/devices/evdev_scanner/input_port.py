"""An input device of Linux as a port: opened by path, grabbed so that nobody else gets its keys, read by its own thread."""

from __future__ import annotations

import contextlib
import os
import struct
import sys

from hardware.config import ConfigError, PortConfig
from hardware.wake_pipe import WakePipe

READ_MOST = 24 * 64
CLOCK_MONOTONIC = 1
# linux/input.h: _IOW('E', 0x90, int) and _IOW('E', 0xa0, int)
EVIOCGRAB, EVIOCSCLOCKID = 0x40044590, 0x400445A0


def check_platform(url: str) -> None:
    """Raises ConfigError where there are no such devices."""
    if not sys.platform.startswith("linux"):
        raise ConfigError(
            "protocol", "evdev", "evdev on Linux only; elsewhere the scanner types into the window, or speaks serial"
        )
    if not url.startswith("/"):
        raise ConfigError("url", url, "an input device such as /dev/input/by-id/usb-...-event-kbd")


def open_input(config: PortConfig) -> InputPort:
    """Open and grab it. Raises OSError: not there, not ours to read, or grabbed by another program (EBUSY)."""
    descriptor = os.open(config.url, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        _grab(descriptor)
        return InputPort(descriptor, os.path.realpath(config.url))
    except BaseException:
        os.close(descriptor)
        raise


def _grab(descriptor: int) -> None:
    """Its keys are ours alone from here on, and their times monotonic. Closing lets go."""
    import fcntl  # not on Windows

    fcntl.ioctl(descriptor, EVIOCGRAB, 1)
    fcntl.ioctl(descriptor, EVIOCSCLOCKID, struct.pack("@i", CLOCK_MONOTONIC))


class InputPort:
    """`hardware.serial_port.Port` of an open descriptor, which it owns."""

    def __init__(self, descriptor: int, name: str) -> None:
        self.name = name
        self._descriptor = descriptor
        self._wake = WakePipe()

    def read(self, until_s: float | None) -> bytes:
        if not self._wake.wait_for(self._descriptor, until_s):
            return b""
        try:
            data = os.read(self._descriptor, READ_MOST)
        except BlockingIOError:
            return b""
        if not data:
            raise OSError("the device is gone")
        return data

    def write(self, data: bytes) -> None:
        """Nothing is said to an input device."""

    def interrupt(self) -> None:
        self._wake.interrupt()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            os.close(self._descriptor)
        self._wake.close()
