"""A UDP socket as a port of a line: each write is one packet. For devices that only listen.

The socket is connected, so that a packet the network refuses comes back as an error; nothing else tells that nobody is there.
"""

from __future__ import annotations

import contextlib
import errno
import re
import select
import socket
import time

from hardware.config import PortConfig
from hardware.serial_port import Port

_URL = re.compile(r"udp://(?P<host>[^:/\s]+|\[[0-9A-Fa-f:]+\]):(?P<port>\d{1,5})")
READ_MOST = 4096


def open_udp_port(config: PortConfig) -> Port:
    """`udp://host:port`. Raises OSError or ValueError as other ports do."""
    found = _URL.fullmatch(config.url)
    if found is None or not 0 < int(found["port"]) < 65536:
        raise ValueError(f"no UDP address: {config.url}")
    host, number = found["host"].strip("[]"), int(found["port"])
    family, kind, protocol, _, address = socket.getaddrinfo(host, number, type=socket.SOCK_DGRAM)[0]
    link = socket.socket(family, kind, protocol)
    try:
        link.connect(address)
    except OSError:
        link.close()
        raise
    return _UdpPort(link, f"{host}:{number}")


class _UdpPort:
    """Waits in `select` for an error, an answer or its own wake pipe."""

    def __init__(self, link: socket.socket, name: str) -> None:
        self.name = name
        self._link = link
        self._wake, self._waker = socket.socketpair()
        for each in (link, self._wake, self._waker):
            each.setblocking(False)

    def read(self, until_s: float | None) -> bytes:
        wait_s = None if until_s is None else max(0.0, until_s - time.monotonic())
        ready, _, _ = select.select([self._link, self._wake], [], [], wait_s)
        if self._wake in ready:
            with contextlib.suppress(BlockingIOError):
                self._wake.recv(READ_MOST)
        if self._link not in ready:
            return b""
        with contextlib.suppress(BlockingIOError):
            return self._link.recv(READ_MOST)
        return b""

    def write(self, data: bytes) -> None:
        try:
            self._link.send(data)
        except BlockingIOError as error:
            raise OSError(errno.ENOBUFS, "the network takes no packet") from error

    def interrupt(self) -> None:
        with contextlib.suppress(OSError):  # full: it wakes anyhow; closed: nobody waits any more
            self._waker.send(b"x")

    def close(self) -> None:
        for each in (self._link, self._wake, self._waker):
            each.close()
