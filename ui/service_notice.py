"""What a service manager is told about the running program: systemd's sd_notify, a datagram of lines to the socket it names.

Without such a socket (a terminal, Windows) nothing is said. That a word cannot be said is no reason to end: the manager then acts
by its own clock.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

logger = logging.getLogger(__name__)

READY: Final = "READY=1"
STOPPING: Final = "STOPPING=1"
ALIVE: Final = "WATCHDOG=1"


class ServiceNotice:
    """Speaks to the manager named in the environment. `watchdog_s` is how long it waits for a sign of life; None: it asks for
    none."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._address = _address(environment.get("NOTIFY_SOCKET", ""))
        self.watchdog_s = _watchdog_s(environment) if self._address else None

    @classmethod
    def of_process(cls) -> ServiceNotice:
        """The one of this process. The name of the socket is taken out, so that no program that is started here speaks for it."""
        notice = cls(os.environ)
        for name in ("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"):
            os.environ.pop(name, None)
        return notice

    @property
    def is_wanted(self) -> bool:
        """Whether anybody listens."""
        return bool(self._address)

    def say(self, *lines: str) -> None:
        """Send these lines as one datagram, without waiting for anybody."""
        if not self._address:
            return
        with suppress(BlockingIOError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
            line.setblocking(False)
            try:
                line.sendto("\n".join(lines).encode(), self._address)
            except BlockingIOError:
                raise
            except OSError as error:
                logger.warning("the service manager cannot be told %s: %s", lines[0], error)


def _address(name: str) -> str:
    """A name that begins with @ stands for Linux's abstract names, which begin with a zero byte."""
    if not hasattr(socket, "AF_UNIX") or not name.startswith(("/", "@")):
        return ""
    return f"\0{name[1:]}" if name.startswith("@") else name


def _watchdog_s(environment: Mapping[str, str]) -> float | None:
    """`WATCHDOG_PID` names another process when a wrapper (cage) was started: the wrapped program speaks all the same."""
    told = environment.get("WATCHDOG_USEC", "")
    return int(told) / 1e6 if told.isdecimal() and int(told) > 0 else None
