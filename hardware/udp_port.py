"""A UDP socket as a port of a line: each write is one packet. For devices that only listen.

The socket is connected, so that a packet the network refuses comes back as an error; nothing else tells that nobody is there.
"""

from __future__ import annotations

import contextlib
import errno
import re
import socket

from hardware.config import PortConfig
from hardware.serial_port import Port
from hardware.wake_pipe import WakePipe

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
    """Waits for an error, an answer or its own wake pipe."""

    def __init__(self, link: socket.socket, name: str) -> None:
        self.name = name
        self._link = link
        self._wake = WakePipe()
        link.setblocking(False)

    def read(self, until_s: float | None) -> bytes:
        if not self._wake.wait_for(self._link.fileno(), until_s):
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
        self._wake.interrupt()

    def close(self) -> None:
        self._link.close()
        self._wake.close()
